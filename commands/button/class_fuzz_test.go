package button

import "testing"

func FuzzLinesState(f *testing.F) {
	for _, text := range []string{"0/0/10/true", "1/2/-3/false", "///", "1/2/3/x"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var s, back LinesState
		if s.UnmarshalText([]byte(text)) != nil {
			return
		}
		again, err := s.MarshalText()
		if err != nil || back.UnmarshalText(again) != nil || back != s {
			t.Errorf("%q reads as %+v, and that as %+v", text, s, back)
		}
	})
}

// FuzzClassState: what the text of a state reads as is written as a text that
// reads as the same.
func FuzzClassState(f *testing.F) {
	for _, text := range []string{"list/0/1", "show/1/0", "skip/7/1795802400", "a/-1/-9223372036854775808", "//", "x/1", "show/+1/00"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var s, back ClassState
		if s.UnmarshalText([]byte(text)) != nil {
			return
		}
		again, err := s.MarshalText()
		if err != nil || back.UnmarshalText(again) != nil || back != s {
			t.Errorf("%q reads as %+v, and that as %+v", text, s, back)
		}
	})
}

func FuzzOccurrenceID(f *testing.F) {
	for _, text := range []string{"1", "-1", "+1", "9223372036854775807", "9223372036854775808", "", "1/2"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var o, back Occurrence
		if o.UnmarshalText([]byte(text)) != nil {
			return
		}
		again, err := o.MarshalText()
		if err != nil || back.UnmarshalText(again) != nil || back != o {
			t.Errorf("%q reads as %d, and that as %d", text, o, back)
		}
	})
}
