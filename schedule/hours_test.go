package schedule

import (
	"errors"
	"testing"
)

func TestParseHours(t *testing.T) {
	for text, want := range map[string]string{
		"07:00-22:00":             "07:00-22:00",
		" 7am  to 10pm ":          "07:00-22:00",
		"7 am - 10 p.m.":          "07:00-22:00",
		"from 7:30 until 21:00":   "07:30-21:00",
		"Between 7:00 and 9:30pm": "07:00-21:30",
		"7-22":                    "07:00-22:00",
		"07:00 – 22:00":           "07:00-22:00",
		"noon to midnight":        "12:00-24:00",
		"06:00-24:00":             "06:00-24:00",
		"6-24":                    "06:00-24:00",
		"22:00-06:00":             "22:00-06:00",
		"22:00-00:00":             "22:00-24:00",
		"00:00-24:00":             "all day",
		"0-0":                     "all day",
		"All day":                 "all day",
		"any time":                "all day",
	} {
		h, err := ParseHours(text)
		if err != nil || h.String() != want {
			t.Errorf("%q is %v, %v, want %s", text, h, err, want)
		}
		if again, err := ParseHours(h.String()); err != nil || again != h {
			t.Errorf("%v came back as %v, %v", h, again, err)
		}
	}
	for _, text := range []string{"", "7", "07:00", "7-10pm", "7am-22", "07:00-07:00", "25:00-26:00", "mon-fri", "07:00-22:00-23:00", "24:00-06:00", "-", "07:00-"} {
		if h, err := ParseHours(text); !errors.Is(err, ErrHours) {
			t.Errorf("%q was read as %v, %v", text, h, err)
		}
	}
}

func FuzzParseHours(f *testing.F) {
	f.Add("07:00-22:00")
	f.Add("between 7am and midnight")
	f.Fuzz(func(t *testing.T, text string) {
		h, err := ParseHours(text)
		if err != nil {
			return
		}
		if h != (Hours{}) && (h.From < 0 || h.From >= dayEnd || h.To < 1 || h.To > dayEnd || h.From == h.To) {
			t.Errorf("%q is %d to %d", text, h.From, h.To)
		}
		if again, err := ParseHours(h.String()); err != nil || again != h {
			t.Errorf("%v came back as %v, %v", h, again, err)
		}
	})
}
