package content

import (
	"slices"
	"strings"
	"testing"
)

// Whom to ring, once more by hand: a slip in the file must not pass. An a after
// a number says that it brings an ambulance only.
var (
	emergencies = map[string]string{
		"112":        "AM BE BG CY CZ DE DK EE ES FI GE GR HR HU IN IS KW LT LU LV MC MD MT NG NL PL PT RO SE SI SK TR",
		"911":        "AI AW BM CA CR DO EC GU HN JO KN KY LC MX PA PH PR TC US UY VE VI",
		"999":        "BD BH FK HK MO MY QA",
		"103a 112":   "AZ KG KZ RU UA",
		"15a 112":    "FR GF GP MQ RE",
		"103a":       "BY MN TJ UZ",
		"119a":       "JP KH KR TW",
		"144a 112":   "AT CH LI",
		"911 999":    "AG VC VG",
		"112a":       "BT VU",
		"115a":       "IR VN",
		"192a":       "BR MM",
		"912a":       "CW RW",
		"999 112":    "GB KE",
		"000":        "AU",
		"10177a 112": "ZA",
		"101a":       "IL",
		"102a":       "NP",
		"104a":       "CU",
		"106a 116":   "PE",
		"107a 911":   "AR",
		"110a":       "JM",
		"111":        "NZ",
		"111a":       "PG",
		"112 118a":   "IT",
		"112 193a":   "GH",
		"112 999":    "IE",
		"1122a 115a": "PK",
		"113a":       "NO",
		"114a":       "MU",
		"116a":       "AD",
		"118a":       "SM",
		"120a":       "CN",
		"123":        "CO",
		"123a":       "EG",
		"124a":       "BA",
		"124a 112":   "ME",
		"127a 112":   "AL",
		"128a":       "NI",
		"130a":       "CV",
		"131a":       "CL",
		"132a 911":   "SV",
		"140a":       "LB",
		"141a 911":   "PY",
		"150a":       "MA",
		"151a 999":   "SC",
		"1669a":      "TH",
		"185a":       "CI",
		"190a":       "TN",
		"190a 112":   "GI",
		"194a":       "RS",
		"194a 112":   "MK",
		"1990a":      "LK",
		"511a":       "BB",
		"811a":       "TT",
		"911a":       "FJ",
		"913a":       "GY",
		"919 911":    "BS",
		"991a":       "BN",
		"995a":       "SG",
		"997a":       "BW",
		"997a 911":   "SA",
		"998a":       "AE",
		"9999":       "OM",
	}
	urgents = map[string]string{"AT": "1450", "AU": "1800 022 222", "BE": "1733", "CA": "811", "DE": "116117", "FI": "116117",
		"GB": "111", "IS": "1700", "NO": "116117", "NZ": "0800 611 116", "PT": "808 24 24 24", "SE": "1177"}
)

func TestNumbers(t *testing.T) {
	l := load(t)
	n := 0
	for number, countries := range emergencies {
		for country := range strings.FieldsSeq(countries) {
			n++
			got, ok := l.Number(country)
			if !ok || short(got) != number || got.Urgent != urgents[country] {
				t.Errorf("%s: %q and %q, want %q and %q", country, short(got), got.Urgent, number, urgents[country])
			}
			if want := strings.ReplaceAll(strings.ReplaceAll(number, "a", ""), " ", " / "); got.Emergency != want {
				t.Errorf("%s: said as %q, want %q", country, got.Emergency, want)
			}
		}
	}
	if got := len(l.Numbers()); got != n || got < 120 {
		t.Errorf("%d countries in the file, %d here, want the same and at least 120", got, n)
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

// short is the lines of a country as they stand in emergencies.
func short(n Number) string {
	var out []string
	for _, l := range n.Lines {
		out = append(out, l.Dial+map[Service]string{Ambulance: "a"}[l.For])
	}
	return strings.Join(out, " ")
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
		{"GB", "999 / 112 emergency · 111 urgent", "call 999 / 112.", "Ring a doctor, or 111 (NHS 111), today.", "911", "911"},
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
