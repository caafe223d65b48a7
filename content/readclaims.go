package content

import (
	"fmt"
	"slices"
	"unicode/utf8"
)

// Limits of the claims.
const (
	claimsLeast = 52 // a year without a repeat
	claimChars  = 120
	whyWords    = 60
	evenLeast   = 40 // of 100 claims, for either answer
)

// claimEntry is a claim as it is written. Which of the two it is must be said:
// left out, it would pass for "not so".
type claimEntry struct {
	Claim
	True *bool `toml:"true"`
}

// claims reads a language's claims. English has enough of them for a year, and
// about as many that are so as that are not.
func (r *reader) claims(dir, file string) []*Claim {
	var f struct {
		Claims []claimEntry `toml:"claim"`
	}
	if !r.toml(file, &f) {
		return nil
	}
	var out []*Claim
	so := 0
	for i := range f.Claims {
		e := &f.Claims[i]
		at := fmt.Sprintf("claim[%d]", i)
		if e.True == nil {
			r.fault(file, at+".true", "must be set")
		} else if e.Claim.True = *e.True; *e.True {
			so++
		}
		r.claim(file, at, &e.Claim)
		if slices.ContainsFunc(out, func(c *Claim) bool { return c.ID == e.ID }) {
			r.fault(file, at+".id", "%q is there twice", e.ID)
		}
		out = append(out, &e.Claim)
	}
	if dir != fallback {
		return out
	}
	if len(out) < claimsLeast {
		r.fault(file, "claim", "has %d, wants %d: one for each week of a year", len(out), claimsLeast)
	}
	if least := len(out) * evenLeast; so*100 < least || (len(out)-so)*100 < least {
		r.fault(file, "claim", "%d of %d are true, wants %d to %d of 100", so, len(out), evenLeast, 100-evenLeast)
	}
	return out
}

// claim checks one claim and completes it.
func (r *reader) claim(file, at string, c *Claim) {
	c.Key = "claims." + c.ID
	if !shortID().MatchString(c.ID) {
		r.fault(file, at+".id", "%q is not 2 to 20 small letters and underscores", c.ID)
	}
	r.text(file, at+".claim", c.Text, noPlaceholder)
	if n := utf8.RuneCountInString(c.Text); n > claimChars {
		r.fault(file, at+".claim", "has %d characters, at most %d", n, claimChars)
	}
	r.text(file, at+".why", c.Why, noPlaceholder)
	r.budget(file, at+".why", countWords(c.Why), whyWords)
	r.oneOf(file, at+".grade", string(c.Grade), "guideline", "health_service", "coaching", "cautious")
	r.cites(file, at+".sources", c.Sources)
	if of := gradesOf(r.sources, c.Sources); len(of) > 0 && slices.Contains(grades(), c.Grade) && !slices.Contains(of, c.Grade) {
		r.fault(file, at+".grade", "%q is the grade of none of its sources", c.Grade)
	}
	r.review(file, at+".reviewed", c.Reviewed)
}
