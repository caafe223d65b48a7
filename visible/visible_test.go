package visible

import (
	"testing"
	"unicode"
)

func TestText(t *testing.T) {
	for typed, want := range map[string]string{
		"":                                  "",
		"mon 18:00 Strength":                "mon 18:00 Strength",
		"one\ttwo\nthree":                   "one\ttwo\nthree",
		"one\r\ntwo\rthree\u2028four\u0085": "one\ntwo\nthree\nfour\n",
		"Ｍｏｎ　１８：００":                         "Mon 18:00",
		"Kraft\u00a0und\u2003Ausdauer":      "Kraft und Ausdauer",
		"cafe\u200b\u0301":                  "café",
		"Straße, Łódź, 北京, עברית":           "Straße, Łódź, 北京, עברית",
		"\u202egnirts\u202c":                "gnirts",
		"a\u200bb\u200c\u200d\u2060\ufeffc": "abc",
		"a\x00b\x1bc\x7f":                   "abc",
		"\u2066x\u2069\u061c\u200e\u200f":   "x",
		"H\u00ads\U000e0041\U000e007f":      "Hs",
		"\u3164\u115f\uffa0x\u034f\u17b4":   "x",
		"\u2800\u2800":                      "  ",
		"❤\ufe0f lift":                      "❤\ufe0f lift",
		"a\ufe00\U000e0100":                 "a",
		"a\xff\xc0b":                        "ab",
		"½ km, 2×30 s, 5…6":                 "½ km, 2×30 s, 5…6",
		"＜＠＆１２３＞ ＠ｅｖｅｒｙｏｎｅ ｈｔｔｐｓ：／／ｅｖｉｌ．ｅｘａｍｐｌｅ": "<@&123> @everyone https://evil.example",
	} {
		if got := Text(typed); got != want {
			t.Errorf("%q becomes %q, want %q", typed, got, want)
		}
	}
}

func TestHidden(t *testing.T) {
	for typed, want := range map[string]bool{
		"": false, "  ": false, "\n": false, "x": false, "\u200bx": false, "北": false, "❤\ufe0f": false,
		"\u200b": true, " \u202e ": true, "\u3164": true, "\u2800": true, "\x00": true, "\u00ad\ufe0f": true, "\u0301\u20dd": true, "\ufdd0": true, "\U0001d159": true, "\xff": true,
	} {
		if got := Hidden(typed); got != want {
			t.Errorf("%q is hidden: %t", typed, got)
		}
	}
}

// FuzzText: whatever is typed, what is kept is the same when it comes again, and
// nothing of it is invisible.
func FuzzText(f *testing.F) {
	f.Add("mon 18:00")
	f.Add("a\u200b\u202e\u3164\x00\r\n\xff")
	f.Fuzz(func(t *testing.T, typed string) {
		got := Text(typed)
		if again := Text(got); again != got {
			t.Errorf("%q becomes %q, and that %q", typed, got, again)
		}
		for _, r := range got {
			if r != '\n' && r != '\t' && unicode.In(r, unicode.Cc, unicode.Cf) {
				t.Errorf("%q keeps %q", typed, r)
			}
		}
	})
}
