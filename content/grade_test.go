package content

import (
	"math"
	"regexp"
	"strings"
	"testing"
)

// readingGrade is the Flesch-Kincaid grade of sentences: the years of school that
// reading them takes.
func readingGrade(sentences []string) float64 {
	words, syllables := 0, 0
	for _, s := range sentences {
		for _, w := range word.FindAllString(s, -1) {
			words, syllables = words+1, syllables+syllablesOf(w)
		}
	}
	return 0.39*float64(words)/float64(len(sentences)) + 11.8*float64(syllables)/float64(words) - 15.59
}

var (
	vowels = regexp.MustCompile(`[aeiouy]+`)
	// silent is an e that isn't spoken: at the end but not in "-le" after a
	// consonant, before "-d" but not in "-ted" and "-ded", before "-ly" and the like.
	silent = regexp.MustCompile(`([^aeiouyl]|[aeiouy]l)e$|[^aeiouytd]ed$|[^aeiouy]e(ly|ful|less|ment)$|([^aeiouyscxzghl]|[aeiouy]l)es$`)
	// apart are two vowels that are spoken one after the other.
	apart = regexp.MustCompile(`i[ao]|eo|[dr]ea$|eing|ying`)
	// together are the exceptions to apart.
	together = regexp.MustCompile(`[tscgl]i[ao]`)
)

// syllablesOf counts a word's syllables, near enough: TestSyllables says how near.
func syllablesOf(w string) int {
	w, _, _ = strings.Cut(strings.ToLower(w), "'")
	n := len(vowels.FindAllString(w, -1)) - len(silent.FindAllString(w, -1)) +
		len(apart.FindAllString(w, -1)) - len(together.FindAllString(w, -1))
	return max(n, 1)
}

// TestReadingGrade: each card of danger signs reads as easily as a text for
// children of twelve.
func TestReadingGrade(t *testing.T) {
	for _, a := range load(t).Areas("en-US") {
		for _, list := range []SignList{a.Signs.Now, a.Signs.Soon} {
			var texts []string
			for _, g := range list.Groups {
				for _, l := range g.Lines {
					texts = append(texts, l.Text)
				}
			}
			if grade := readingGrade(texts); grade > 7 {
				t.Errorf("%s, %s: reading grade %.1f, at most 7", a.ID, list.Level, grade)
			} else {
				t.Logf("%s, %s: reading grade %.1f", a.ID, list.Level, grade)
			}
		}
	}
}

// TestSyllables counts words of the cards whose syllables were counted by ear.
func TestSyllables(t *testing.T) {
	for text, want := range map[string]int{
		"a hurt chest feels tight": 5, "suddenly": 3, "weaker": 2, "numbness": 2, "tingling": 2, "genitals": 3, "buttocks": 2,
		"erection": 3, "movement": 2, "shooting": 2, "unsteady": 3, "clumsy": 2, "writing": 2, "droops": 1, "eyelid": 2,
		"pupil": 2, "double": 2, "purple": 2, "swollen": 2, "painful": 2, "immunity": 4, "pregnant": 2, "trouble": 2,
		"muscle": 2, "muscles": 2, "electric": 3, "hours": 1, "blisters": 2, "changed": 1, "prescribed": 2, "tablets": 2,
		"contractions": 3, "dizziness": 3, "breathless": 2, "landed": 2, "sides": 1, "joint": 1, "fever": 2, "injected": 3,
		"needles": 2, "expected": 3, "training": 2, "become": 2, "shape": 1, "spreading": 2, "lifted": 2, "area": 3, "serious": 3,
		"idea": 3, "being": 2, "like": 1, "cola": 2, "feeling": 2, "during": 2, "nothing": 2, "awake": 2, "losing": 2,
	} {
		got := 0
		for w := range strings.FieldsSeq(text) {
			got += syllablesOf(w)
		}
		if got != want {
			t.Errorf("%q has %d syllables, want %d", text, got, want)
		}
	}
	// Six words of a syllable each: 0.39 × 6 + 11.8 × 1 − 15.59.
	if got := readingGrade([]string{"The cat sat on the mat."}); math.Abs(got+1.45) > 0.001 {
		t.Errorf("the cat reads at %.2f, want -1.45", got)
	}
}
