package button_test

import (
	"testing"

	"unpinch/commands/button"
)

func FuzzPostState(f *testing.F) { fuzzState[button.PostState](f, "7/pre-5", "7/", "-1/a/b", "x/y") }

func FuzzFollowState(f *testing.F) {
	fuzzState[button.FollowState](f, "class/7/127", "days/7/3/yes", "a/1/128", "//", "/0/0/yes")
}

func FuzzNoticeState(f *testing.F) {
	fuzzState[button.NoticeState](f, "snooze/7", "/7", "stop/", "a/b/7")
}

// fuzzState: what the text of a state reads as is written as a text that reads
// as the same.
func fuzzState[T interface {
	comparable
	MarshalText() ([]byte, error)
}, P interface {
	*T
	UnmarshalText([]byte) error
}](f *testing.F, seeds ...string) {
	for _, text := range seeds {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var s, back T
		if P(&s).UnmarshalText([]byte(text)) != nil {
			return
		}
		again, err := s.MarshalText()
		if err != nil || P(&back).UnmarshalText(again) != nil || back != s {
			t.Errorf("%q reads as %+v, and that as %+v", text, s, back)
		}
	})
}
