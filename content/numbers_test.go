package content

import (
	"slices"
	"strings"
	"testing"
)

// Whom to ring, once more by hand: a slip in the file must not pass.
var (
	emergencies = map[string]string{
		"112": "AM BE BG HR CY CZ DK EE FI GE DE GH GR HU IS IN KZ KW LV LT LU MT MD NL NG PL PT RO SK SI ES SE TR",
		"911": "CA CR DO EC FJ JO MX PA PH PR US UY VE",
		"999": "BH BD HK MO MY QA",
		"119": "KH JP KR TW",

		"15 or 112": "FR", "112 or 118": "IT", "112 or 103": "AZ", "112 or 999": "IE", "999 or 112": "GB KE",
		"144 or 112": "AT CH LI", "194 or 112": "MK", "124 or 112": "ME", "911 or 107": "AR", "997 or 911": "SA",
		"1122 or 115": "PK", "10177 or 112": "ZA",

		"000": "AU", "101": "IL", "102": "NP", "103": "BY UA", "110": "JM", "111": "NZ", "113": "NO", "114": "MU",
		"115": "VN", "120": "CN", "123": "EG", "124": "BA", "127": "AL", "131": "CL", "140": "LB", "190": "TN",
		"192": "BR", "194": "RS", "912": "RW", "991": "BN", "995": "SG", "998": "AE", "1669": "TH", "9999": "OM",
	}
	urgents = map[string]string{"AT": "1450", "AU": "1800 022 222", "BE": "1733", "CA": "811", "DE": "116117", "FI": "116117",
		"GB": "111", "NO": "116117", "NZ": "0800 611 116", "PT": "808 24 24 24", "SE": "1177"}
)

func TestNumbers(t *testing.T) {
	l := load(t)
	n := 0
	for number, countries := range emergencies {
		for country := range strings.FieldsSeq(countries) {
			n++
			if got, ok := l.Number(country); !ok || got.Emergency != number || got.Urgent != urgents[country] {
				t.Errorf("%s: %q and %q, want %q and %q", country, got.Emergency, got.Urgent, number, urgents[country])
			}
		}
	}
	if got := len(l.Numbers()); got != n || got < 60 {
		t.Errorf("%d countries in the file, %d here, want the same and at least 60", got, n)
	}
	if _, ok := l.Number("XX"); ok {
		t.Error("found a country that does not exist")
	}
	for _, w := range []string{"United Kingdom", "Türkiye"} {
		if !slices.ContainsFunc(l.Numbers(), func(n Number) bool { return n.Name == w }) {
			t.Errorf("no %s", w)
		}
	}
}

func TestStopCard(t *testing.T) {
	l := load(t)
	s := l.Stop("en-US")
	for _, tc := range []struct {
		country         string
		line            string // the first one
		now, soon       string // what each block says
		notNow, notSoon string
	}{
		{"GB", "999 or 112 emergency · 111 urgent", "call 999 or 112.", "Ring a doctor, or 111 (NHS 111), today.", "911", "911"},
		{"NZ", "111 emergency · 0800 611 116 urgent", "call 111.", "Ring a doctor, or 0800 611 116 (Healthline), today.", "0800", "or 111"},
		{"US", "911 emergency", "call 911.", "Ring a doctor or an urgent-care service today.", "999", "999"},
		{"", "112 · 911 · 999 emergency", "call your local emergency number.", "Ring a doctor or an urgent-care service today.", "000", "111"},
	} {
		n, _ := l.Number(tc.country)
		now, soon := s.For(n)
		nowText, soonText := strings.Join(now.texts(), "\n"), strings.Join(soon.texts(), "\n")
		if got := s.Line(n); got != tc.line {
			t.Errorf("%q begins %q, want %q", tc.country, got, tc.line)
		}
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
	if text := strings.Join(s.Now.texts(), " "); strings.Contains(text, "somebody") || strings.Contains(text, "take you") || !strings.Contains(text, "wait for the ambulance") {
		t.Errorf("whoever must wait for the ambulance is told otherwise: %s", text)
	}
	if !strings.Contains(strings.Join(s.Now.texts(), ""), "{emergency}") {
		t.Error("For changed the library")
	}
}
