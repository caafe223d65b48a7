package content

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// sign puts a signature with a hash in front of a line of a content file.
func sign(t *testing.T, fsys fstest.MapFS, file, before, hash string) {
	t.Helper()
	edit(t, fsys, file, before, "reviewed = { by = \"Ana Reis\", role = \"physiotherapist\", date = \"2026-12-01\", hash = \""+hash+"\" }\n"+before)
}

// A signable is something that can be signed, and a change that must be noticed.
type signable struct {
	file, before string // where the signature goes
	what         any    // gives the hash
	in, old, new string // the change
	review       func(*Library) *Review
}

// signables are one of each kind.
func signables(l *Library) []signable {
	pack := func(l *Library) *Review { return l.Reviewed }
	area, _ := l.Area("en", "neck")
	topic, _ := l.Topic("en", "prevention")
	glossary, _ := l.Glossary("en", "elbow")
	picture, _ := l.Picture("en", "where-leg")
	drill, _ := l.Drill("en", "chin-tuck")
	return []signable{
		{"version.toml", "version =", l.Pack(), "en/stop.toml", "Don't wait", "Never wait", pack},
		{"version.toml", "version =", l.Pack(), "numbers.toml", `dial = "000"`, `dial = "0000"`, pack},
		{"version.toml", "version =", l.Pack(), "sources.toml", "NHS: heart attack", "NHS: heart", pack},
		{neckFile, "felt =", area, neckFile, "{ago:7}", "{ago:8}", func(l *Library) *Review { a, _ := l.Area("en", "neck"); return a.Reviewed }},
		{"en/topics/prevention.toml", "[text]", topic, "en/topics/prevention.toml", "Nothing prevents", "Little prevents",
			func(l *Library) *Review { x, _ := l.Topic("en", "prevention"); return x.Reviewed }},
		{claimsFile, `id = "after_soreness"`, l.Claims("en")[0], claimsFile, "too little to notice", "hardly enough to notice",
			func(l *Library) *Review { return l.Claims("en")[0].Reviewed }},
		{"en/glossary/elbow.toml", "name =", glossary, "en/glossary/elbow.toml", "Funny-bone", "Odd-bone",
			func(l *Library) *Review { x, _ := l.Glossary("en", "elbow"); return x.Reviewed }},
		{"en/figures/where-leg.toml", "views =", picture, "en/figures/where-leg.toml", `"Front"`, `"Fore"`,
			func(l *Library) *Review { x, _ := l.Picture("en", "where-leg"); return x.Reviewed }},
		{tuckFile, "sides =", drill, tuckFile, `stop = "`, `stop = "Now: `, func(l *Library) *Review { x, _ := l.Drill("en", "chin-tuck"); return x.Reviewed }},
	}
}

// TestSignatures: a signature fits what it was put under, also after a start,
// and no longer after a change of one word, number or source.
func TestSignatures(t *testing.T) {
	unsigned := load(t)
	if unsigned.Reviewed != nil || len(unsigned.Outdated()) > 0 {
		t.Fatalf("signed by %+v; no clinician has read it", unsigned.Reviewed)
	}
	all, signed := signables(unsigned), map[string]bool{}
	fsys := embedded(t)
	for _, k := range all {
		if !signed[k.file] {
			sign(t, fsys, k.file, k.before, Hash(k.what))
		}
		signed[k.file] = true
	}
	l, err := LoadFrom(fsys)
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range all {
		if r := k.review(l); r == nil || r.Changed || len(l.Outdated()) > 0 {
			t.Errorf("%s is signed as %+v, outdated: %v", k.file, r, l.Outdated())
		}
		t.Run(k.file+", changed in "+k.in, func(t *testing.T) {
			t.Parallel()
			fsys := embedded(t)
			sign(t, fsys, k.file, k.before, Hash(k.what))
			edit(t, fsys, k.in, k.old, k.new)
			l, err := LoadFrom(fsys)
			if err != nil {
				t.Fatal(err)
			}
			out := l.Outdated()
			if r := k.review(l); !r.Changed || !slices.ContainsFunc(out, func(s string) bool { return strings.Contains(s, Hash(k.what)) }) {
				t.Errorf("signed as %+v after a change, outdated: %v", r, out)
			}
		})
	}
}

// TestNothingElseChangesThePack: its hash is the same with another version and
// with other topics, so that a signature lives as long as what was read.
func TestNothingElseChangesThePack(t *testing.T) {
	want := Hash(load(t).Pack())
	fsys := embedded(t)
	edit(t, fsys, "version.toml", `version = "`, `version = "2027.01.01" # "`)
	edit(t, fsys, "en/topics/prevention.toml", "Nothing prevents", "Hardly anything prevents")
	l, err := LoadFrom(fsys)
	if err != nil {
		t.Fatal(err)
	}
	if got := Hash(l.Pack()); got != want || len(want) != 16 {
		t.Errorf("the pack has the hash %q, want %q", got, want)
	}
}

// signatureFaults is one slip each, as in faults.
var signatureFaults = []fault{
	{"signed without a hash", "version.toml", "version =", "reviewed = { by = \"A B\", role = \"physio\", date = \"2026-12-01\" }\nversion =",
		[]string{`version.toml: reviewed.hash: "" is no hash; "unpinch show review" prints it`}},
	{"signed with a word", "version.toml", "version =", "reviewed = { by = \"\", role = \"physio\", date = \"2026-12-01\", hash = \"latest\" }\nversion =",
		[]string{`version.toml: reviewed.by: must be set`, `version.toml: reviewed.hash: "latest" is no hash; "unpinch show review" prints it`}},
	{"signed with more", "version.toml", "version =", "reviewed = { by = \"A B\", role = \"physio\", date = \"2026-12-01\", hash = \"0123456789abcdef\", fee = \"1\" }\nversion =",
		[]string{`version.toml: fee: is not a known key`}},
}

func TestSignatureFaults(t *testing.T) { testFaults(t, signatureFaults) }
