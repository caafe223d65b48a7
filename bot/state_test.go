package bot

import (
	"errors"
	"testing"
)

// An even number is one that calls itself invalid when it is odd.
type even int

func (e even) Valid() bool { return e%2 == 0 }

// A sign says itself.
type sign bool

func (s sign) MarshalText() ([]byte, error) {
	if s {
		return []byte("plus"), nil
	}
	return []byte("minus"), nil
}

func (s *sign) UnmarshalText(text []byte) error {
	if *s = string(text) == "plus"; !*s && string(text) != "minus" {
		return errors.New("no sign")
	}
	return nil
}

type shelf struct {
	Word  string
	N     int64
	Small uint8
	On    bool
	Sign  sign
	Extra string `state:"optional"`
}

// TestStatesAreRead holds what a text is read as: each state by one spelling.
func TestStatesAreRead(t *testing.T) {
	shelfID, evenID, wordID, signID := NewID[shelf]("shelf1"), NewID[even]("even1"), NewID[string]("word1"), NewID[sign]("sign1")
	read := func(id string) (any, bool) {
		switch name, _ := splitID(id); name {
		case "shelf1":
			return keep(shelfID.Read(id))
		case "even1":
			return keep(evenID.Read(id))
		case "word1":
			return keep(wordID.Read(id))
		}
		return keep(signID.Read(id))
	}
	for id, want := range map[string]any{
		"shelf1:a/-7/255/true/plus":     shelf{"a", -7, 255, true, true, ""},
		"shelf1:/0/0/false/minus/x:y":   shelf{"", 0, 0, false, false, "x:y"},
		"shelf1:a/-7/256/true/plus":     nil, // no uint8
		"shelf1:a/07/1/true/plus":       nil, // another spelling
		"shelf1:a/+7/1/true/plus":       nil,
		"shelf1:a/7/1/yes/plus":         nil,
		"shelf1:a/7/1/true/plus/":       nil, // an optional field that is there and empty
		"shelf1:a/7/1/true/plus/x/more": nil,
		"shelf1:a/7/1":                  nil,
		"shelf1:":                       nil,
		"even1:4":                       even(4),
		"even1:5":                       nil,
		"even1:":                        nil,
		"word1:a/b:c":                   "a/b:c",
		"word1:":                        "",
		"sign1:plus":                    sign(true),
		"sign1:times":                   nil,
	} {
		got, ok := read(id)
		if ok != (want != nil) || ok && got != want {
			t.Errorf("%s is read as %+v, %t; want %+v", id, got, ok, want)
		}
	}
	if _, ok := wordID.Read("words1:a"); ok {
		t.Error("the custom ID of another ID is read")
	}
}

func keep[T any](state T, ok bool) (any, bool) { return state, ok }
