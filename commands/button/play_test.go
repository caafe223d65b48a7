package button_test

import (
	"strings"
	"testing"

	"unpinch/commands/button"
)

// The states of buttons read back as they were written.
func FuzzPlayState(f *testing.F) {
	f.Add("next", "byv63dus3ny8", 3)
	f.Add("", "a/b", -1)
	f.Fuzz(func(t *testing.T, act, id string, n int) {
		if strings.Contains(act, "/") {
			return
		}
		want := button.PlayState{Act: button.PlayAct(act), ID: id, Card: n}
		text, err := want.MarshalText()
		var got button.PlayState
		if err != nil || got.UnmarshalText(text) != nil || got != want {
			t.Errorf("%q reads back as %+v, want %+v", text, got, want)
		}
	})
}
