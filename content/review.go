package content

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"unpinch/pattern"
)

// A Review is a clinician's signature under what they read.
type Review struct {
	By   string `toml:"by"`
	Role string `toml:"role"`
	Date string `toml:"date"` // as "2026-11-22"
	Hash string `toml:"hash"` // the Hash of what was read, as "show review" prints it

	// Changed says that what was read has another hash by now.
	Changed bool `toml:"-"`
}

// hashed is how a hash is written.
var hashed = pattern.New(`^[0-9a-f]{16}$`)

// Hash names what something says. It is made of every word, number, order and
// source in it, and of no signature: the first 16 digits of the SHA-256 of its
// fields as JSON.
func Hash(what any) string {
	data, err := json.Marshal(what)
	if err != nil {
		return "" // fits no signature
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])[:16]
}

// A Pack is what a clinician reads first: what decides whether a person rings
// somebody, and whom.
type Pack struct {
	Areas   []PackArea
	Stop    *Stop
	Numbers []Number
	Sources []Source // that all this rests on, in the order in which it names them
}

// A PackArea is what an area's reader sees before everything else.
type PackArea struct {
	ID, Name string
	Signs    *SignSet
	Ladder   Ladder
}

// Pack returns what a clinician reads first, in the language that is always
// whole.
func (l *Library) Pack() Pack {
	p := Pack{Stop: l.Stop(fallback), Numbers: l.numbers}
	var ids []string
	for _, a := range l.Areas(fallback) {
		p.Areas = append(p.Areas, PackArea{a.ID, a.Name, a.Signs, a.Ladder})
		ids = union(union(ids, a.Signs.Sources), a.Ladder.Sources)
	}
	for _, b := range []Block{p.Stop.Now, p.Stop.Soon, p.Stop.Under18, p.Stop.Pregnancy} {
		ids = union(ids, b.Sources)
	}
	for _, id := range ids {
		p.Sources = append(p.Sources, l.sources[id])
	}
	return p
}

// signed is what bears a signature, by where it stands.
type signed struct {
	at     string
	review *Review
	what   any
}

// A Signable is a place for a signature, with the hash that would fit there.
type Signable struct{ At, Hash string }

// Signable returns every place for a signature, the Pack's first.
func (l *Library) Signable() []Signable {
	var out []Signable
	for _, s := range l.signatures() {
		out = append(out, Signable{s.at, Hash(s.what)})
	}
	return out
}

// signatures returns everything that somebody has signed.
func (l *Library) signatures() []signed {
	out := []signed{{"version.toml", l.Reviewed, l.Pack()}}
	for _, dir := range slices.Sorted(maps.Keys(l.languages)) {
		la := l.languages[dir]
		for _, a := range la.areas {
			out = append(out, signed{dir + "/areas/" + a.ID, a.Reviewed, a})
		}
		for _, t := range la.topics {
			out = append(out, signed{dir + "/" + t.Key, t.Reviewed, t})
		}
		for _, c := range la.claims {
			out = append(out, signed{dir + "/" + c.Key, c.Reviewed, c})
		}
		for _, g := range la.glossaries {
			out = append(out, signed{dir + "/glossary." + g.Area, g.Reviewed, g})
		}
		for _, p := range la.pictures {
			out = append(out, signed{dir + "/" + p.Key, p.Reviewed, p})
		}
		for _, d := range la.drills {
			out = append(out, signed{dir + "/drills." + d.ID, d.Reviewed, d})
		}
		for _, r := range la.routines {
			out = append(out, signed{dir + "/routines." + r.ID, r.Reviewed, r})
		}
	}
	return out
}

// bind finds out which signatures still fit what they stand under.
func (l *Library) bind() {
	for _, s := range l.signatures() {
		if s.review != nil {
			s.review.Changed = s.review.Hash != Hash(s.what)
		}
	}
}

// Outdated says of each signature that no longer fits where it stands and which
// hash would fit.
func (l *Library) Outdated() []string {
	var out []string
	for _, s := range l.signatures() {
		if s.review != nil && s.review.Changed {
			out = append(out, fmt.Sprintf("%s: reviewed.hash: is %s, what stands there now has %s", s.at, s.review.Hash, Hash(s.what)))
		}
	}
	return out
}

// review checks who read what key stands in, when, and whether the hash can be
// one. Whether it fits is no fault: the cards say so.
func (r *reader) review(file, key string, v *Review) {
	if v == nil {
		return
	}
	r.text(file, key+".by", v.By, noPlaceholder)
	r.text(file, key+".role", v.Role, noPlaceholder)
	if _, err := time.Parse(time.DateOnly, v.Date); err != nil {
		r.fault(file, key+".date", "%q is not a date such as 2026-11-22", v.Date)
	}
	if !hashed().MatchString(v.Hash) {
		r.fault(file, key+".hash", "%q is no hash; \"unpinch show review\" prints it", v.Hash)
	}
}
