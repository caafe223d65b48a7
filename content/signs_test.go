package content

import (
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"
)

// What every area's cards tell, and what only some of them do. It is written down
// twice, here and in codes.toml, so that no sign can be lost in one place.
const (
	everyNow = "gait_change sudden_weakness rapid_weakness major_trauma axial_load trauma_tingling chest_pain " +
		"breathlessness tearing_pain limb_cold_pale limb_blue_swollen dark_urine unremitting_pain fever " +
		"saddle_numbness bladder_change bowel_change sexual_change bilateral_leg hot_joint aneurysm collapse pre_eclampsia"
	armNow = " hand_clumsiness wrist_drop stroke_signs horner sudden_severe_headache_neck"
	legNow = " foot_drop"

	everySoon = "new_weakness spreading_numbness no_feeling bilateral_arm lhermitte recurrent_stinger limb_swelling " +
		"rash_band cancer_history weight_loss osteoporosis_steroids immunosuppressed iv_drug_use fever_alone " +
		"feeling_ill structural_change worsening_pain night_pain under_18 pregnancy joint_out_of_place rhabdo kidney"
	armSoon      = " wide_weakness wide_numbness sudden_shoulder_pain"
	shoulderSoon = " lasting_tingling stuck_shoulder"
	midBackSoon  = " upper_back_pain"
)

// cards are the nine areas with the signs that their two cards must tell.
var cards = []struct{ areas, now, soon string }{
	{"neck elbow wrist_hand", everyNow + armNow, everySoon + armSoon},
	{"shoulder_upper_back", everyNow + armNow, everySoon + armSoon + shoulderSoon},
	{"mid_back", everyNow + armNow + legNow, everySoon + armSoon + midBackSoon},
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
	Kind  string   `toml:"kind"` // of a story without a sign: as in ladder.toml
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
			trend := "same"
			if s.Eases {
				trend = "easing"
			}
			if got := readLadder(t).rungs(t, a, s.Kind, s.Days, trend); !slices.Equal(got, []Level{s.Level}) {
				t.Errorf("%s: the lines %v fit, want %s", s.Name, got, s.Level)
			}
		}
	}
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

// Each card is as small as the readers of the last one asked for: what a list,
// its heads and a line may hold at most, and whole sentences.
func TestCardBudgets(t *testing.T) {
	for _, a := range load(t).Areas("en-US") {
		groups, most, budget := 7, 22, 270
		if a.ID == "mid_back" {
			groups, most, budget = 8, 32, 380
		}
		for _, list := range []SignList{a.Signs.Now, a.Signs.Soon} {
			lines, words := 0, 0
			for _, g := range list.Groups {
				words += len(strings.Fields(g.Head))
				for _, l := range g.Lines {
					n := len(strings.Fields(l.Text))
					lines, words = lines+1, words+n
					if n > 22 || !strings.HasSuffix(l.Text, ".") || plain(l.Text) != l.Text {
						t.Errorf("%s: %q has %d words, or is no sentence", a.ID, l.Text, n)
					}
				}
			}
			if len(list.Groups) > groups || lines > most || words > budget {
				t.Errorf("%s, %s: %d groups, %d lines, %d words, at most %d, %d, %d", a.ID, list.Level, len(list.Groups), lines, words, groups, most, budget)
			}
		}
	}
}

// Every sign has words that its card has, and sources.
func TestSignsSayWhatTheCardSays(t *testing.T) {
	for _, a := range load(t).Areas("en-US") {
		var shown strings.Builder
		for _, list := range []SignList{a.Signs.Now, a.Signs.Soon} {
			for _, g := range list.Groups {
				shown.WriteString(g.Head + "\n")
				for _, l := range g.Lines {
					shown.WriteString(l.Text + "\n")
				}
			}
		}
		for _, sign := range a.Signs.All() {
			for _, w := range word.FindAllString(sign.Text, -1) {
				if !strings.Contains(strings.ToLower(shown.String()), strings.ToLower(w)) {
					t.Errorf("%s: %s says %q, the cards don't", a.ID, sign.Code, w)
				}
			}
			if len(sign.Sources) == 0 {
				t.Errorf("%s: %s has no source", a.ID, sign.Code)
			}
		}
	}
}

// A sign that two sentences tell has the words and the sources of both.
func TestSignInTwoSentences(t *testing.T) {
	cold := SignLine{Text: "It is cold.", Codes: []string{"a"}, Sources: []string{"S1"}}
	blue := SignLine{Text: "It is blue.", Codes: []string{"a", "b"}, Sources: []string{"S1", "S2"}}
	signs := tell(tell(nil, Urgent, cold.Text, cold), Urgent, "Limb: it is blue.", blue)
	want := []Sign{
		{"a", Urgent, "It is cold. Limb: it is blue.", []string{"S1", "S2"}},
		{"b", Urgent, "Limb: it is blue.", []string{"S1", "S2"}},
	}
	if !reflect.DeepEqual(signs, want) {
		t.Errorf("signs are %v, want %v", signs, want)
	}
}

// TestEveryIdeaIsHeld drops, of each idea of each sign, the words that say it,
// wherever they stand: then Load names the sign.
func TestEveryIdeaIsHeld(t *testing.T) {
	fsys := embedded(t)
	var all map[string]ideas
	if err := toml.Unmarshal(fsys["en/signs/ideas.toml"].Data, &all); err != nil {
		t.Fatal(err)
	}
	r := &reader{codes: map[string]code{}}
	n := 0
	for _, a := range load(t).Areas("en-US") {
		for _, sign := range a.Signs.All() {
			for _, idea := range all[sign.Code].of(a.Limb) {
				n++
				r.faults = nil
				without := sign
				without.Text = strings.NewReplacer(",", "", ".", "", ":", "").Replace(strings.ToLower(sign.Text))
				for w := range strings.SplitSeq(idea, "/") {
					without.Text = strings.ReplaceAll(without.Text, strings.ReplaceAll(strings.TrimSpace(w), ",", ""), "")
				}
				if r.says("ideas.toml", without, []string{idea}); len(r.faults) != 1 {
					t.Errorf("%s, %s: without %q it passes as %q", a.ID, sign.Code, idea, without.Text)
				}
			}
		}
	}
	if n < 1000 {
		t.Errorf("only %d ideas were dropped", n)
	}
}
