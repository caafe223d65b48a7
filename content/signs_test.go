package content

import (
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"
)

// What every card tells, and what only some of them do. It is written down
// twice, here and in codes.toml, so that no sign can be lost in one place.
const (
	everyNow = "gait_change sudden_weakness rapid_weakness major_trauma axial_load trauma_tingling chest_pain " +
		"breathlessness tearing_pain limb_cold_pale limb_blue_swollen dark_urine unremitting_pain fever"
	armNow = " hand_clumsiness wrist_drop stroke_signs horner sudden_severe_headache_neck"
	legNow = " saddle_numbness bladder_change bowel_change sexual_change bilateral_leg foot_drop"

	everySoon = "new_weakness spreading_numbness no_feeling bilateral_arm lhermitte recurrent_stinger limb_swelling " +
		"rash_band cancer_history weight_loss osteoporosis_steroids immunosuppressed iv_drug_use fever_alone " +
		"feeling_ill morning_stiffness structural_change worsening_pain night_pain under_18 pregnancy"
	armSoon = " wide_weakness wide_numbness sudden_shoulder_pain neck_onset_age"
)

// cards are the nine areas with the signs that their first card must tell.
var cards = []struct{ areas, now, soon string }{
	{"neck shoulder_upper_back elbow wrist_hand", everyNow + armNow, everySoon + armSoon},
	{"mid_back", everyNow + armNow + legNow, everySoon + armSoon},
	{"low_back buttock_hip thigh knee_foot", everyNow + legNow, everySoon},
}

// The signs of a limb stand whole on each area of its group, and no others.
func TestEverySignIsOnTheCard(t *testing.T) {
	l := load(t)
	areas := 0
	for _, c := range cards {
		for id := range strings.FieldsSeq(c.areas) {
			areas++
			a, ok := l.Area("en-US", id)
			if !ok {
				t.Errorf("%s is missing", id)
				continue
			}
			got := map[Level][]string{}
			for _, s := range a.Signs.All() {
				got[s.Level] = append(got[s.Level], s.Code)
			}
			for level, codes := range map[Level]string{Emergency: c.now, Urgent: c.soon} {
				want := strings.Fields(codes)
				slices.Sort(want)
				slices.Sort(got[level])
				if !slices.Equal(got[level], want) {
					t.Errorf("%s, %s:\n%v\nwant\n%v", id, level, got[level], want)
				}
			}
		}
	}
	if n := len(l.Areas("en-US")); areas != 9 || n != 9 {
		t.Errorf("%d areas checked of %d, want nine", areas, n)
	}
}

// A story is invented, with what must be found on its area's cards.
type story struct {
	Name  string   `toml:"name"`
	Area  string   `toml:"area"`
	Signs []string `toml:"signs"`
	Level Level    `toml:"level"`
	Days  int      `toml:"days"`
	Eases bool     `toml:"eases"`
}

func stories(t *testing.T) []story {
	t.Helper()
	data, err := os.ReadFile("testdata/stories.toml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Stories []story `toml:"story"`
	}
	if err := toml.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Stories) != 26 {
		t.Errorf("%d stories, want 26", len(file.Stories))
	}
	return file.Stories
}

// People who recognise themselves in a story find all its signs on the area's
// first card, and the soonest of them is as soon as the story asks for.
func TestStories(t *testing.T) {
	l := load(t)
	for _, s := range stories(t) {
		a, ok := l.Area("en-US", s.Area)
		if !ok {
			t.Errorf("%s: no area %s", s.Name, s.Area)
			continue
		}
		soonest := SelfCare
		for _, code := range s.Signs {
			i := slices.IndexFunc(a.Signs.All(), func(sign Sign) bool { return sign.Code == code })
			if i < 0 {
				t.Errorf("%s: %s is not on the card of %s", s.Name, code, s.Area)
			} else if got := a.Signs.All()[i].Level; slices.Index(levels(), got) < slices.Index(levels(), soonest) {
				soonest = got
			}
		}
		if len(s.Signs) > 0 && slices.Index(levels(), soonest) > slices.Index(levels(), s.Level) {
			t.Errorf("%s: the card says %s, want %s", s.Name, soonest, s.Level)
		}
		if len(s.Signs) == 0 {
			ladderFits(t, a, s)
		}
	}
}

// ladderFits checks a story without a sign against the two lower rungs: who
// should book has waited long enough for the rung to say so, and who should
// not either eases or is within the days that the last rung names.
func ladderFits(t *testing.T, a *Area, s story) {
	t.Helper()
	book, care := daysAgo(a.Ladder.Rungs[2].Text), daysAgo(a.Ladder.Rungs[3].Text)
	if len(book) == 0 || len(care) != 1 || slices.Min(book) != care[0] {
		t.Errorf("%s: booking begins after %v days, looking after it ends after %v", a.ID, book, care)
		return
	}
	switch {
	case s.Level == Book && s.Days < care[0]:
		t.Errorf("%s: %d days are too few to book on %s", s.Name, s.Days, a.ID)
	case s.Level == SelfCare && !s.Eases && s.Days >= care[0]:
		t.Errorf("%s: %d days are too many for the last rung of %s", s.Name, s.Days, a.ID)
	}
}

// daysAgo returns the days of every {ago:N} in a text.
func daysAgo(text string) (days []int) {
	for _, p := range placeholder.FindAllString(text, -1) {
		if m := relative.FindStringSubmatch(p); m != nil && m[1] == "ago" {
			n, _ := strconv.Atoi(m[2])
			days = append(days, n)
		}
	}
	return days
}

// signSets returns the three sets of danger signs.
func signSets(t *testing.T) []*SignSet {
	t.Helper()
	l := load(t)
	var out []*SignSet
	for _, id := range []string{"neck", "mid_back", "low_back"} {
		a, ok := l.Area("en-US", id)
		if !ok {
			t.Fatalf("no %s", id)
		}
		out = append(out, a.Signs)
	}
	return out
}

// word is what the budgets count, said in another way than countWords does.
var word = regexp.MustCompile(`[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*`)

func TestCountWords(t *testing.T) {
	texts := []string{"", "a", "heavy-legged", "arm/leg", "don't stop", "5 kg – or 10", "a--b", "x-", "-x", "o’clock.", "a-'b", "**Call now:** 1–2"}
	for _, text := range sentences(t) {
		texts = append(texts, text)
	}
	for _, text := range texts {
		if got, want := countWords(text), len(word.FindAllString(text, -1)); got != want {
			t.Errorf("countWords(%q) = %d, want %d", text, got, want)
		}
	}
}

// Every word that a sign stands on is in the card's line, and the other way round.
func TestCardAndSignsSayTheSame(t *testing.T) {
	for _, s := range signSets(t) {
		cardSaysItsSigns(t, s)
	}
}

func cardSaysItsSigns(t *testing.T, s *SignSet) {
	t.Helper()
	for _, line := range slices.Concat(s.Now, s.Soon) {
		shown := strings.ToLower(plain(line.Text))
		said := ""
		for _, sign := range s.All() {
			if !slices.Contains(line.Codes, sign.Code) {
				continue
			}
			said += " " + strings.ToLower(sign.Text)
			for _, w := range word.FindAllString(strings.ToLower(sign.Text), -1) {
				if !strings.Contains(shown, w) {
					t.Errorf("%s: line %q lacks %q of %s", s.Key, line.Key, w, sign.Code)
				}
			}
		}
		for _, w := range word.FindAllString(shown, -1) {
			if !strings.Contains(said, w) {
				t.Errorf("%s: line %q says %q, no sign does", s.Key, line.Key, w)
			}
		}
	}
	for _, sign := range s.All() {
		if strings.Contains(sign.Text, "**") || len(sign.Sources) == 0 {
			t.Errorf("%s: %s: %q from %v", s.Key, sign.Code, sign.Text, sign.Sources)
		}
	}
}

func TestCardBudgets(t *testing.T) {
	for _, s := range signSets(t) {
		for _, list := range []struct {
			name         string
			lines        []SignLine
			most, budget int
		}{
			{"call now", s.Now, 7, 100},
			{"today or tomorrow", s.Soon, 5, 60},
		} {
			n := 0
			for _, line := range list.lines {
				n += len(strings.Fields(line.Text))
				if !strings.Contains(line.Text, "**") {
					t.Errorf("%s, %s: no key word in %q", s.Key, list.name, line.Text)
				}
			}
			if len(list.lines) > list.most || n > list.budget {
				t.Errorf("%s, %s: %d lines and %d words, at most %d and %d", s.Key, list.name, len(list.lines), n, list.most, list.budget)
			}
		}
	}
}

// A sign that two fragments tell keeps the words of both.
func TestSignInTwoFragments(t *testing.T) {
	e := signEntry{Key: "k", Lead: "**Limb**", Parts: []fragment{
		{Text: "cold", Codes: []string{"a"}, Sources: []string{"S1"}},
		{Text: "blue", Codes: []string{"a", "b"}, Sources: []string{"S1", "S2"}},
	}}
	line := e.line()
	if got, want := line.Text, "**Limb** cold; blue."; got != want {
		t.Errorf("line = %q, want %q", got, want)
	}
	if !slices.Equal(line.Codes, []string{"a", "b"}) {
		t.Errorf("codes = %v", line.Codes)
	}
	signs := e.signs(nil, Urgent)
	if got, want := signs[0].Text, "Limb cold; limb blue"; got != want {
		t.Errorf("a = %q, want %q", got, want)
	}
	if got, want := signs[1].Text, "Limb blue"; got != want {
		t.Errorf("b = %q, want %q", got, want)
	}
	if !slices.Equal(signs[0].Sources, []string{"S1", "S2"}) {
		t.Errorf("a's sources = %v", signs[0].Sources)
	}
}
