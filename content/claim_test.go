package content

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

const claimsFile = "en/claims.toml"

func TestClaims(t *testing.T) {
	l := load(t)
	claims := l.Claims("en-US")
	if len(claims) < 52 {
		t.Fatalf("%d claims, want one for each week of a year", len(claims))
	}
	said := map[string]string{}
	for _, c := range claims {
		if c.Key != "claims."+c.ID {
			t.Errorf("%s has the key %s", c.ID, c.Key)
		}
		if found, ok := l.Claim("en-US", c.ID); !ok || found != c {
			t.Errorf("%s is not found", c.ID)
		}
		if other := said[c.Text]; other != "" {
			t.Errorf("%s says what %s says", c.ID, other)
		}
		said[c.Text] = c.ID
		if !strings.HasSuffix(c.Text, ".") || strings.Contains(strings.TrimSuffix(c.Text, "."), ". ") {
			t.Errorf("%s is not one sentence: %q", c.ID, c.Text)
		}
		for word := range strings.FieldsSeq(strings.ToLower(c.Text + " " + c.Why)) {
			if w := strings.Trim(word, ".,:;’'"); w == "you" || w == "your" || w == "yours" {
				t.Errorf("%s speaks of the reader: %q", c.ID, word)
			}
		}
		if c.Reviewed != nil {
			t.Errorf("%s: reviewed by %+v; no clinician has read it", c.ID, *c.Reviewed)
		}
	}
	if _, ok := l.Claim("en-US", "gone"); ok {
		t.Error("found a claim that is not there")
	}
}

// TestAnswersCannotBeGuessed lets guessers who know every answer so far, and not
// the claims, play a whole round: none does much better or worse than a coin.
func TestAnswersCannotBeGuessed(t *testing.T) {
	claims := load(t).Claims("en")
	n := len(claims)
	// was is the answer so many weeks before week i. The first follows the last.
	was := func(i, weeks int) bool { return claims[(i-weeks+n)%n].True }
	for name, guess := range map[string]func(i int) bool{
		"always true":            func(int) bool { return true },
		"every other week":       func(i int) bool { return i%2 == 0 },
		"two and two":            func(i int) bool { return i%4 < 2 },
		"as last week":           func(i int) bool { return was(i, 1) },
		"as two weeks ago":       func(i int) bool { return was(i, 2) },
		"as three weeks ago":     func(i int) bool { return was(i, 3) },
		"as four weeks ago":      func(i int) bool { return was(i, 4) },
		"the last two differed":  func(i int) bool { return was(i, 1) != was(i, 2) },
		"most of the last three": func(i int) bool { return was(i, 1) && was(i, 2) || was(i, 3) && (was(i, 1) || was(i, 2)) },
	} {
		right := 0
		for i, c := range claims {
			if guess(i) == c.True {
				right++
			}
		}
		if right*100 < n*40 || right*100 > n*60 {
			t.Errorf("a guess of %q is right %d times of %d; put new claims elsewhere", name, right, n)
		}
	}
}

func TestClaimOf(t *testing.T) {
	l := load(t)
	claims := l.Claims("en")
	zone := func(name string) *time.Location {
		z, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		return z
	}
	lisbon, auckland, kiritimati := zone("Europe/Lisbon"), zone("Pacific/Auckland"), zone("Pacific/Kiritimati")
	for _, tc := range []struct {
		at   time.Time
		week int // since that of 5 January 1970
	}{
		{time.Date(1970, 1, 5, 0, 0, 0, 0, time.UTC), 0},
		{time.Date(1970, 1, 11, 23, 59, 59, 0, time.UTC), 0},
		{time.Date(1970, 1, 12, 0, 0, 0, 0, time.UTC), 1},
		{time.Date(1970, 1, 4, 23, 59, 59, 0, time.UTC), -1},
		{time.Date(1969, 12, 29, 0, 0, 0, 0, time.UTC), -1},
		{time.Date(2026, 11, 22, 23, 59, 0, 0, lisbon), 2967},
		{time.Date(2026, 11, 23, 0, 0, 0, 0, lisbon), 2968},
		// One instant, two weeks: it is Sunday in London and Monday in Auckland.
		{time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC), 2967},
		{time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC).In(auckland), 2968},
		{time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC).In(kiritimati), 2968},
		// The clock changes in the night to Sunday; the week is no shorter.
		{time.Date(2026, 3, 29, 23, 30, 0, 0, lisbon), 2933},
		{time.Date(2026, 3, 30, 0, 30, 0, 0, lisbon), 2934},
		{time.Date(2026, 10, 25, 23, 30, 0, 0, lisbon), 2963},
		{time.Date(2026, 10, 26, 0, 30, 0, 0, lisbon), 2964},
		{time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC), 418984},
	} {
		n := len(claims)
		if got, want := l.ClaimOf("en-GB", tc.at), claims[(tc.week%n+n)%n]; got != want {
			t.Errorf("%v has %s, want %s", tc.at, got.ID, want.ID)
		}
	}
}

// TestEveryClaimHasItsWeek: over as many weeks as there are claims, each is
// asked once, in the file's order.
func TestEveryClaimHasItsWeek(t *testing.T) {
	l := load(t)
	claims := l.Claims("en")
	monday := time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC)
	first := 0
	for i, c := range claims {
		if c == l.ClaimOf("en", monday) {
			first = i
		}
	}
	for i := range claims {
		for day := range 7 {
			at := monday.AddDate(0, 0, 7*i+day)
			if got, want := l.ClaimOf("en", at), claims[(first+i)%len(claims)]; got != want {
				t.Fatalf("%v has %s, want %s", at, got.ID, want.ID)
			}
		}
	}
}

// TestClaimsInAnotherLanguage: every language asks the same claim in the same
// week, in English where it has none of its own.
func TestClaimsInAnotherLanguage(t *testing.T) {
	fsys := embedded(t)
	fsys["pt/words.toml"] = &fstest.MapFile{Data: []byte("[\"grade.guideline\"]\nother = \"orientação\"\n")}
	fsys["pt/claims.toml"] = &fstest.MapFile{Data: []byte(`[[claim]]
id = "bed_rest"
claim = "Repouso na cama."
true = false
why = "Não."
grade = "health_service"
sources = ["B1"]
`)}
	l, err := LoadFrom(fsys)
	if err != nil {
		t.Fatal(err)
	}
	english, own := l.Claims("en"), l.Claims("pt-BR")
	if len(own) != len(english) {
		t.Fatalf("%d claims, want %d", len(own), len(english))
	}
	for i, c := range own {
		if c.ID != english[i].ID || (c.Text == "Repouso na cama.") != (c.ID == "bed_rest") {
			t.Errorf("claim %d is %s, %q", i, c.ID, c.Text)
		}
	}
	at := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	if got, want := l.ClaimOf("pt", at).ID, l.ClaimOf("en", at).ID; got != want {
		t.Errorf("Portuguese asks %s, English %s", got, want)
	}
}

// claimFaults is one slip each, as in faults.
var claimFaults = []fault{
	{"no claims", claimsFile, ``, ``, []string{`en/claims.toml: file: is missing`}},
	{"claim's unknown key", claimsFile, `true = false`, "true = false\ntheme = \"desk\"",
		[]string{`en/claims.toml: claim.theme: is not a known key`}},
	{"neither so nor not so", claimsFile, "true = false\n", ``,
		[]string{`en/claims.toml: claim[0].true: must be set`}},
	{"claim's id", claimsFile, `id = "after_soreness"`, `id = "after/soreness"`,
		[]string{`en/claims.toml: claim[0].id: "after/soreness" is not 2 to 20 small letters and underscores`}},
	{"claim twice", claimsFile, `id = "cola_urine"`, `id = "after_soreness"`,
		[]string{`en/claims.toml: claim[1].id: "after_soreness" is there twice`}},
	{"claim without words", claimsFile, `claim = "Stretching after training stops next-day soreness."`, ``,
		[]string{`en/claims.toml: claim[0].claim: must be set`}},
	{"long claim", claimsFile, `Stretching after`, `Stretching` + strings.Repeat(" –", 40) + ` after`,
		[]string{`en/claims.toml: claim[0].claim: has 130 characters, at most 120`}},
	{"claim without a reason", claimsFile, `why = "In trials`, `why = "" # In trials`,
		[]string{`en/claims.toml: claim[0].why: must be set`}},
	{"long reason", claimsFile, `why = "In trials`, `why = "` + strings.Repeat("So ", 30) + `in trials`,
		[]string{`en/claims.toml: claim[0].why: has 79 words, at most 60`}},
	{"placeholder in a claim", claimsFile, `Stretching after`, `Stretching {ago:7} after`,
		[]string{`en/claims.toml: claim[0].claim: unknown placeholder "{ago:7}"`}},
	{"claim's grade", claimsFile, `grade = "guideline"`, `grade = "proven"`,
		[]string{`en/claims.toml: claim[0].grade: "proven" is not one of guideline, health_service, coaching, cautious`}},
	{"claim without a grade", claimsFile, "grade = \"guideline\"\n", ``,
		[]string{`en/claims.toml: claim[0].grade: "" is not one of guideline, health_service, coaching, cautious`}},
	{"grade that no source has", claimsFile, `grade = "guideline"`, `grade = "coaching"`,
		[]string{`en/claims.toml: claim[0].grade: "coaching" is the grade of none of its sources`}},
	{"claim without a source", claimsFile, `sources = ["A19", "A47"]`, ``,
		[]string{`en/claims.toml: claim[0].sources: names no source`}},
	{"claim's source", claimsFile, `sources = ["A19", "A47"]`, `sources = ["A19", "Z9"]`,
		[]string{`en/claims.toml: claim[0].sources[1]: source "Z9" is not in sources.toml`}},
	{"claim reviewed by nobody", claimsFile, `true = false`, "true = false\nreviewed = { by = \"A B\", role = \"physio\", date = \"soon\", hash = \"0123456789abcdef\" }",
		[]string{`en/claims.toml: claim[0].reviewed.date: "soon" is not a date such as 2026-11-22`}},
}

func TestClaimFaults(t *testing.T) { testFaults(t, claimFaults) }

// TestTooFewClaims: a year has 52 weeks, and neither answer may be the better bet.
func TestTooFewClaims(t *testing.T) {
	for _, tc := range []struct {
		claims, true int
		want         string // "" for none
	}{
		{52, 26, ""},
		{51, 26, "en/claims.toml: claim: has 51, wants 52: one for each week of a year"},
		{60, 24, ""},
		{60, 36, ""},
		{60, 23, "en/claims.toml: claim: 23 of 60 are true, wants 40 to 60 of 100"},
		{60, 37, "en/claims.toml: claim: 37 of 60 are true, wants 40 to 60 of 100"},
	} {
		var b strings.Builder
		for i := range tc.claims {
			id := string(rune('a'+i/26)) + string(rune('a'+i%26))
			fmt.Fprintf(&b, "[[claim]]\nid = %q\nclaim = \"So it is.\"\ntrue = %t\nwhy = \"So.\"\ngrade = \"cautious\"\nsources = [\"TC\"]\n", id, i < tc.true)
		}
		fsys := embedded(t)
		fsys[claimsFile] = &fstest.MapFile{Data: []byte(b.String())}
		_, err := LoadFrom(fsys)
		got := ""
		if err != nil {
			got = err.Error()
		}
		if got != tc.want {
			t.Errorf("%d claims, %d of them true: Load says %q, want %q", tc.claims, tc.true, got, tc.want)
		}
	}
}
