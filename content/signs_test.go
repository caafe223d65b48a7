package content

import (
	"slices"
	"strings"
	"testing"
)

// armSigns is every sign that the card of neck, shoulder, elbow, wrist and hand
// must tell. It is written down twice, here and in codes.toml, so that none
// can be lost in one place.
var armSigns = map[Level]string{
	Emergency: "gait_change hand_clumsiness sudden_weakness wrist_drop rapid_weakness major_trauma axial_load " +
		"trauma_tingling stroke_signs horner sudden_severe_headache_neck chest_pain breathlessness tearing_pain " +
		"limb_cold_pale limb_blue_swollen dark_urine unremitting_pain fever",
	Urgent: "new_weakness wide_weakness spreading_numbness wide_numbness no_feeling bilateral_arm lhermitte " +
		"recurrent_stinger sudden_shoulder_pain limb_swelling rash_band cancer_history weight_loss " +
		"osteoporosis_steroids immunosuppressed iv_drug_use fever_alone feeling_ill morning_stiffness " +
		"structural_change worsening_pain night_pain neck_onset_age",
}

func TestEverySignIsOnTheCard(t *testing.T) {
	all := neck(t).Signs.All()
	for level, codes := range armSigns {
		for code := range strings.FieldsSeq(codes) {
			if !slices.ContainsFunc(all, func(s Sign) bool { return s.Code == code && s.Level == level }) {
				t.Errorf("%s is not on the card as %s", code, level)
			}
		}
	}
	want := len(strings.Fields(armSigns[Emergency])) + len(strings.Fields(armSigns[Urgent]))
	if len(all) != want {
		t.Errorf("the card has %d signs, want %d", len(all), want)
	}
}

// The danger signs of invented neck and shoulder stories, with the level that
// readers who recognise themselves must find, or a sooner one.
func TestStories(t *testing.T) {
	level := map[string]Level{}
	for _, s := range neck(t).Signs.All() {
		level[s.Code] = s.Level
	}
	for _, story := range []struct {
		name  string
		codes string
		want  Level
	}{
		{"bar on the neck, both hands buzz", "major_trauma trauma_tingling", Emergency},
		{"heavy arm, tight chest", "chest_pain", Emergency},
		{"droopy lid, room tilts", "horner stroke_signs", Emergency},
		{"buttons and stairs", "hand_clumsiness gait_change", Emergency},
		{"cola after pull-ups", "dark_urine", Emergency},
		{"head first off a box", "major_trauma axial_load", Emergency},
		{"fever and a rigid neck", "fever sudden_severe_headache_neck", Emergency},
		{"triceps fading for days", "new_weakness", Urgent},
		{"shoulder pain, then a winged blade", "new_weakness sudden_shoulder_pain", Urgent},
		{"both hands tingle, no blow", "bilateral_arm", Urgent},
		{"awake every night, thinner", "night_pain weight_loss", Urgent},
	} {
		for code := range strings.FieldsSeq(story.codes) {
			got, ok := level[code]
			if !ok || slices.Index(levels(), got) > slices.Index(levels(), story.want) {
				t.Errorf("%s: %s is %q on the card, want %s", story.name, code, got, story.want)
			}
		}
	}
}

// Every word that a sign stands on is in the card's line, and the other way round.
func TestCardAndSignsSayTheSame(t *testing.T) {
	s := neck(t).Signs
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
					t.Errorf("line %q lacks %q of %s", line.Key, w, sign.Code)
				}
			}
		}
		for _, w := range word.FindAllString(shown, -1) {
			if !strings.Contains(said, w) {
				t.Errorf("line %q says %q, no sign does", line.Key, w)
			}
		}
	}
	for _, sign := range s.All() {
		if strings.Contains(sign.Text, "**") || len(sign.Sources) == 0 {
			t.Errorf("%s: %q from %v", sign.Code, sign.Text, sign.Sources)
		}
	}
}

func TestCardBudgets(t *testing.T) {
	s := neck(t).Signs
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
				t.Errorf("%s: no key word in %q", list.name, line.Text)
			}
		}
		if len(list.lines) > list.most || n > list.budget {
			t.Errorf("%s: %d lines and %d words, at most %d and %d", list.name, len(list.lines), n, list.most, list.budget)
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
