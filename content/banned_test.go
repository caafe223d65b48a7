package content

import (
	"io/fs"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"
)

// banned is what no sentence of the content or the interface may say.
var banned = []struct{ why, pattern string }{
	{"reassures", `safe|safer|safest|safely|safety|harmless|reassur\w*|nothing (serious|to worry about|dangerous)|` +
		`(do not|don't|no need to) (worry|panic)|all clear|no cause for concern|you(’|')?(re| are| will be|'ll be) (fine|okay|ok)|perfectly normal|usually (fine|nothing)`},
	{"belittles", `(just|only|merely|simply) (a|an|your|some|muscle|muscular|sore|soreness|doms|stiff|stiffness|strain\w*|nerve|nerves|pain|tension|wear)`},
	{"judges what it is", `diagnos\w*|you (probably |likely |may |might |must )?(have|'ve got) (a|an) \w*\s?(nerve|disc|strain|injury|condition)|this (is|means) (a|an|that you have)|sounds like`},
	{"rules out", `(rule|rules|ruled|ruling) (it |this |that |them |anything )?out`},
	{"promises", `will (heal|recover|settle|clear|go away|get better|improve|resolve|pass)|guarantee\w*|cure|cures|cured|fully recover\w*|full recovery|back to normal in`},
	{"names a drug", `ibuprofen|paracetamol|acetaminophen|aspirin|naproxen|diclofenac|codeine|tramadol|gabapentin|pregabalin|` +
		`amitriptyline|duloxetine|diazepam|cyclobenzaprine|predniso\w+|cortisone|nsaids?|anti-?inflammator\w+|muscle relaxants?|` +
		`painkillers?|pain relief|opioids?|antivirals?|tylenol|advil|volt\w+|magnesium|vitamin\w*`},
	{"names a condition", `radiculopath\w+|sciatica|carpal tunnel|cubital tunnel|herniat\w+|(slipped|bulging|prolapsed) discs?|stenosis|` +
		`myelopath\w+|neuropath\w+|thoracic outlet|rhabdo\w*|shingles|stroke|heart attack|meningitis|cauda equina|dvt|thrombos\w+|` +
		`blood clots?|dissection|compartment syndrome|amyotroph\w+|tendini?tis|tendinopath\w+|arthritis|whiplash`},
	{"suggests a test of oneself", `spurling\w*|straight-leg|tinel\w*|phalen\w*|test (yourself|your)|self-test|check your (strength|reflexes|pulse|grip)|` +
		`try (to )?(lift|raise|press|grip)|squeeze (a|my|someone)`},
	{"teaches what belongs to a clinician", `manipulat\w*|adjust (your )?(neck|spine)|nerve (glides?|flossing|sliders?)|tensioners?|(get|have) (it|your neck) cracked`},
}

// askedFor are the banned words that people look a topic up by. They stand in its
// title and nowhere else.
var askedFor = map[string]bool{
	"en/topics/rhabdo.toml: text: title: Rhabdo":           true,
	"en/topics/flossing.toml: text: title: nerve flossing": true,
}

// rules are the banned patterns on whole words, and the exclamation mark.
func rules() map[string]*regexp.Regexp {
	out := map[string]*regexp.Regexp{"shouts": regexp.MustCompile("!")}
	for _, b := range banned {
		out[b.why] = regexp.MustCompile(`(?i)\b(` + b.pattern + `)\b`)
	}
	return out
}

func TestNoBannedWords(t *testing.T) {
	n := 0
	says, all := rules(), sentences(t)
	for _, key := range []string{"en/drills/chin-tuck.toml: stop", "en/drills/chin-tuck.toml: alt", "en/drills/chin-tuck.toml: steps[2]",
		"en/routines.toml: stop: text", "en/routines.toml: routine[7]: lead", "en/claims.toml: claim[0]: claim", "en/claims.toml: claim[60]: why"} {
		if all[key] == "" {
			t.Errorf("%s was not read", key)
		}
	}
	for key, text := range all {
		n++
		text = plain(text)
		for why, re := range says {
			if found := re.FindString(text); found != "" && !askedFor[key+": "+found] {
				t.Errorf("%s: %q %s: %q", key, found, why, text)
			}
		}
	}
	if n < 300 {
		t.Errorf("only %d sentences were read", n)
	}
}

// The list must catch what it is for.
func TestBannedWordsBite(t *testing.T) {
	for _, text := range []string{
		"This is safe.", "Harmless.", "Nothing serious.", "Don't worry.", "It is just a strain.", "Just soreness.",
		"This is no diagnosis.", "You probably have a pinched nerve.", "That rules out a fracture.", "It will heal.",
		"Take ibuprofen.", "Ask for a muscle relaxant.", "It may be sciatica.", "Check your grip.", "Try a nerve glide.", "Go!",
	} {
		caught := false
		for _, re := range rules() {
			caught = caught || re.MatchString(text)
		}
		if !caught {
			t.Errorf("%q passes", text)
		}
	}
}

// The words of the catalogue that tie sentences to these cards stay possible.
func TestBannedWordsSpare(t *testing.T) {
	for _, text := range []string{"You pressed None of these signs. That rules nothing out.", "Numbness is never called soreness only."} {
		for why, re := range rules() {
			if re.MatchString(text) {
				t.Errorf("%q is caught: it %s", text, why)
			}
		}
	}
}

// notWords are the keys whose values readers never see as sentences.
var notWords = map[string]bool{"areas": true, "codes": true, "sources": true, "key": true, "level": true, "id": true, "limb": true, "group": true, "date": true,
	"kind": true, "sides": true, "drill": true, "equipment": true, "grade": true,
	"names": true, "muscles": true, "stresses": true, "swaps": true, "loads": true, "gentler": true,
	"tells": true, "every": true, "declined": true, "arm": true, "leg": true}

// sentences returns every text of every language, by where it stands.
func sentences(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.Contains(path, "/") {
			return err
		}
		data, err := fs.ReadFile(files, path)
		if err != nil {
			return err
		}
		var tree map[string]any
		if err := toml.Unmarshal(data, &tree); err != nil {
			return err
		}
		collect(out, path, tree)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func collect(out map[string]string, at string, value any) {
	switch v := value.(type) {
	case string:
		out[at] = v
	case []any:
		for i, x := range v {
			collect(out, at+"["+strconv.Itoa(i)+"]", x)
		}
	case map[string]any:
		for k, x := range v {
			if !notWords[k] {
				collect(out, at+": "+k, x)
			}
		}
	}
}
