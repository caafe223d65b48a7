package content

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"
)

// A clause is a part of a rung, with whom it fits.
type clause struct {
	Text   string   `toml:"text"`  // {ago} stands for a date
	Kinds  []string `toml:"kinds"` // none for every kind without a sign
	Trends []string `toml:"trends"`
	Began  string   `toml:"began"` // before or since the date; "" for whenever
}

// walked is what can be read in the rungs, and which kinds an area knows.
type walked struct {
	Clauses []clause `toml:"clause"`
	Areas   []struct {
		IDs   []string `toml:"ids"`
		Kinds []string `toml:"kinds"`
	} `toml:"area"`
}

func readLadder(t *testing.T) walked {
	t.Helper()
	data, err := os.ReadFile("testdata/ladder.toml")
	if err != nil {
		t.Fatal(err)
	}
	var w walked
	if err := toml.Unmarshal(data, &w); err != nil {
		t.Fatal(err)
	}
	return w
}

// signKinds are what the first two rungs are for.
var signKinds = []string{"first list", "not sure", "second list", "new weakness"}

// rungs returns the levels of every rung that fits.
func (w walked) rungs(t *testing.T, a *Area, kind string, days int, trend string) (fit []Level) {
	t.Helper()
	for _, r := range a.Ladder.Rungs {
		_, text, _ := strings.Cut(r.Text, ":** ")
		text, _, _ = strings.Cut(text, ". Read both lists on")
		for part := range strings.SplitSeq(strings.TrimSuffix(text, "."), "; ") {
			if w.fits(t, a.ID, part, kind, days, trend) {
				fit = append(fit, r.Level)
				break
			}
		}
	}
	return fit
}

// fits reports whether a part of a rung fits; the test fails where nobody wrote
// down what the part means.
func (w walked) fits(t *testing.T, area, part, kind string, days int, trend string) bool {
	t.Helper()
	limit := 0
	for _, p := range placeholder().FindAllString(part, -1) {
		if m := relative().FindStringSubmatch(p); m != nil && m[1] == "ago" {
			limit, _ = strconv.Atoi(m[2])
			part = strings.Replace(part, p, "{ago}", 1)
		}
	}
	i := slices.IndexFunc(w.Clauses, func(c clause) bool { return c.Text == part })
	if i < 0 {
		t.Fatalf("%s: testdata/ladder.toml does not say whom %q fits", area, part)
	}
	c := w.Clauses[i]
	switch {
	case len(c.Kinds) == 0 && slices.Contains(signKinds, kind), len(c.Kinds) > 0 && !slices.Contains(c.Kinds, kind):
		return false
	case len(c.Trends) > 0 && !slices.Contains(c.Trends, trend):
		return false
	}
	return c.Began == "" || c.Began == "before" && days > limit || c.Began == "since" && days <= limit
}

// TestTheLadderHasNoHole walks kind, duration and trend through each area's
// ladder: exactly one line fits. Nothing in the program takes any of the three.
func TestTheLadderHasNoHole(t *testing.T) {
	w := readLadder(t)
	cases := 0
	for _, group := range w.Areas {
		for _, id := range group.IDs {
			a, ok := load(t).Area("en-US", id)
			if !ok {
				t.Fatalf("no area %s", id)
			}
			for _, kind := range slices.Concat(signKinds, group.Kinds) {
				for _, days := range []int{0, 1, 2, 6, 7, 8, 13, 14, 15, 28, 41, 42, 43, 90, 400} {
					for _, trend := range []string{"easing", "same", "worse"} {
						cases++
						if fit := w.rungs(t, a, kind, days, trend); len(fit) != 1 {
							t.Errorf("%s: %s for %d days, %s: the lines %v fit, want one", id, kind, days, trend, fit)
						}
					}
				}
			}
		}
	}
	if want := 9 * 6 * 45; cases < want {
		t.Errorf("%d cases, want %d at least", cases, want)
	}
}

// TestTheLadderNamesTheDay: what to book says by when, and whom.
func TestTheLadderNamesTheDay(t *testing.T) {
	for _, a := range load(t).Areas("en-US") {
		if got := a.Ladder.Rungs[2].Text; !strings.HasPrefix(got, "**Book a doctor or physio by {in:14}:** ") {
			t.Errorf("%s: %q", a.ID, got)
		}
	}
}
