package bot

import (
	"errors"
	"strings"
	"testing"
)

// pageState is a state with two parts, for tests.
type pageState struct{ Topic, Page string }

func (p pageState) MarshalText() ([]byte, error) {
	if strings.Contains(p.Topic, "/") {
		return nil, errors.New("a slash in the topic")
	}
	return []byte(p.Topic + "/" + p.Page), nil
}

func (p *pageState) UnmarshalText(text []byte) error {
	var ok bool
	if p.Topic, p.Page, ok = strings.Cut(string(text), "/"); !ok {
		return errors.New("want topic/page")
	}
	return nil
}

var pageID = NewID[pageState]("page2")

func FuzzID(f *testing.F) {
	f.Add("neck", "1")
	f.Add("", "")
	f.Add("a:b", "c/d")
	f.Fuzz(func(t *testing.T, topic, page string) {
		state := pageState{topic, page}
		if _, err := state.MarshalText(); err != nil || len("page2:")+len(topic)+1+len(page) > customIDMax {
			t.Skip()
		}
		id := pageID.For(state)
		name, text := splitID(id)
		var back pageState
		if err := back.UnmarshalText([]byte(text)); err != nil || name != "page2" || back != state {
			t.Errorf("%q came back as %q %+v, %v", id, name, back, err)
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
