package bot

import (
	"strings"
	"testing"
)

// pageState is a state with two parts, for tests.
type pageState struct {
	Topic string
	Page  string `state:"rest"`
}

var pageID = NewID[pageState]("page2")

func FuzzID(f *testing.F) {
	f.Add("neck", "1")
	f.Add("", "")
	f.Add("a:b", "c/d")
	f.Fuzz(func(t *testing.T, topic, page string) {
		state := pageState{topic, page}
		if strings.Contains(topic, "/") || len("page2:")+len(topic)+1+len(page) > customIDMax {
			t.Skip()
		}
		id := pageID.For(state)
		if back, ok := pageID.Read(id); !ok || back != state {
			t.Errorf("%q came back as %+v, %t", id, back, ok)
		}
	})
}

// TestNoStatePanics: a state that no custom ID can carry gets one that is read as
// none, and not the one of another such state.
func TestNoStatePanics(t *testing.T) {
	if got := len(pageID.For(pageState{strings.Repeat("x", 92), "1"})); got != customIDMax {
		t.Fatalf("the longest ID has %d bytes, want %d", got, customIDMax)
	}
	seen := map[string]bool{}
	for name, state := range map[string]pageState{"too long": {strings.Repeat("é", 47), "1"}, "far too long": {strings.Repeat("é", 4700), "1"}, "no text": {"a/b", "1"}} {
		got := pageID.For(state)
		if _, ok := pageID.Read(got); ok || len(got) > customIDMax || seen[got] || idName.MatchString(noID) {
			t.Errorf("%s: got %q, read %t", name, got, ok)
		}
		seen[got] = true
	}
	type page struct{ At struct{ X int } } // which has no text
	if got := NewID[page]("odd1").For(page{}); !strings.HasPrefix(got, noID+":") {
		t.Errorf("a state without a text is %q", got)
	}
}

func TestStem(t *testing.T) {
	for name, want := range map[string]string{"page2": "page", "page12": "page", "page": "page", "": ""} {
		if got := stem(name); got != want {
			t.Errorf("stem(%q) = %q, want %q", name, got, want)
		}
	}
}
