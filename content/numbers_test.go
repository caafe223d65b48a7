package content

import (
	"strings"
	"testing"
)

// Whom to ring, once more by hand: a slip in the file must not pass.
func TestNumbers(t *testing.T) {
	l := load(t)
	want := map[string][2]string{
		"AU": {"000", "1800 022 222"}, "CA": {"911", "811"}, "DE": {"112", "116117"}, "ES": {"112", ""},
		"FR": {"15 or 112", ""}, "GB": {"999 or 112", "111"}, "IE": {"112 or 999", ""}, "IN": {"112", ""},
		"IT": {"112 or 118", ""}, "NL": {"112", ""}, "NZ": {"111", "0800 611 116"},
		"PT": {"112", "808 24 24 24"}, "US": {"911", ""},
	}
	for country, w := range want {
		n, ok := l.Number(country)
		if !ok || n.Emergency != w[0] || n.Urgent != w[1] {
			t.Errorf("%s: %q and %q, want %q and %q", country, n.Emergency, n.Urgent, w[0], w[1])
		}
	}
	if got := len(l.Numbers()); got != len(want) || got < 10 {
		t.Errorf("%d countries, want %d", got, len(want))
	}
	for _, n := range l.Numbers() {
		for _, part := range strings.Split(n.Emergency, " or ") {
			if n.Urgent == part {
				t.Errorf("%s: %s is both", n.Country, part)
			}
		}
	}
	if _, ok := l.Number("XX"); ok {
		t.Error("found a country that does not exist")
	}
}

func TestStopCard(t *testing.T) {
	l := load(t)
	s := l.Stop("en-US")
	for _, tc := range []struct {
		country         string
		now, soon       string // what each block says
		notNow, notSoon string
	}{
		{"GB", "Call 999 or 112,", "Ring a doctor, or 111 (NHS 111), today.", "911", "911"},
		{"NZ", "Call 111,", "Ring a doctor, or 0800 611 116 (Healthline), today.", "0800", "or 111"},
		{"US", "Call 911,", "Ring a doctor or an urgent-care service today.", "999", "999"},
		{"", "Call your local emergency number (112 · 911 · 999),", "Ring a doctor or an urgent-care service today.", "000", "111"},
	} {
		n, _ := l.Number(tc.country)
		now, soon := s.For(n)
		nowText, soonText := strings.Join(now.texts(), "\n"), strings.Join(soon.texts(), "\n")
		if !strings.Contains(nowText, tc.now) || strings.Contains(nowText, tc.notNow) {
			t.Errorf("%q, call now:\n%s\nwant %q, not %q", tc.country, nowText, tc.now, tc.notNow)
		}
		if !strings.Contains(soonText, tc.soon) || strings.Contains(soonText, tc.notSoon) {
			t.Errorf("%q, today or tomorrow:\n%s\nwant %q, not %q", tc.country, soonText, tc.soon, tc.notSoon)
		}
		if strings.ContainsAny(nowText+soonText, "{}") {
			t.Errorf("%q: a placeholder is left in\n%s\n%s", tc.country, nowText, soonText)
		}
	}
	if !strings.Contains(strings.Join(s.Now.texts(), ""), "{emergency}") {
		t.Error("For changed the library")
	}
}
