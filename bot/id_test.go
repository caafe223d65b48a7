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

func TestIDOver100BytesIsABug(t *testing.T) {
	if got := len(pageID.For(pageState{strings.Repeat("x", 92), "1"})); got != customIDMax {
		t.Fatalf("the longest ID has %d bytes, want %d", got, customIDMax)
	}
	for name, state := range map[string]pageState{"too long": {strings.Repeat("é", 47), "1"}, "no text": {"a/b", "1"}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: For did not panic", name)
				}
			}()
			pageID.For(state)
		}()
	}
}

func TestStem(t *testing.T) {
	for name, want := range map[string]string{"page2": "page", "page12": "page", "page": "page", "": ""} {
		if got := stem(name); got != want {
			t.Errorf("stem(%q) = %q, want %q", name, got, want)
		}
	}
}
