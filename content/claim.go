package content

import "time"

// A Claim is a sentence that people say in gyms, with what the evidence says of
// it. Its ID is permanent: it sits in custom IDs of messages that stay.
type Claim struct {
	ID       string   `toml:"id"`
	Key      string   `toml:"-"`     // stable, as "claims.bed_rest"
	Text     string   `toml:"claim"` // one sentence, at most 120 characters
	True     bool     `toml:"-"`     // whether the evidence bears it out
	Why      string   `toml:"why"`   // whole sentences, at most 60 words
	Grade    Grade    `toml:"grade"` // how sure Why is; that of one of its sources
	Sources  []string `toml:"sources"`
	Reviewed *Review  `toml:"reviewed" json:"-"` // nil until a clinician has read it
}

// Claims returns every claim in the order in which they are asked. One that a
// language lacks comes in English, whole.
func (l *Library) Claims(locale string) []*Claim {
	all := l.languages[fallback].claims
	out := make([]*Claim, 0, len(all))
	for _, c := range all {
		own, _ := l.Claim(locale, c.ID) // at least c itself
		out = append(out, own)
	}
	return out
}

// Claim looks up a claim, in English where there is no other.
func (l *Library) Claim(locale, id string) (*Claim, bool) {
	return find(l, locale, func(la *lang) []*Claim { return la.claims }, func(c *Claim) bool { return c.ID == id })
}

// ClaimOf returns the claim of the week that an instant falls into. Weeks begin
// on Monday in the instant's own zone, and the first claim is that of the week
// of 5 January 1970; after the last claim the first comes again. It is the same
// one in every language.
func (l *Library) ClaimOf(locale string, at time.Time) *Claim {
	all := l.Claims(locale)
	y, m, d := at.Date()
	// The calendar's days as if in UTC, so that no change of the clock shortens one.
	days := int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix()/secondsOfDay) - firstMonday
	round := 7 * len(all)
	return all[(days%round+round)%round/7]
}

const (
	secondsOfDay = 24 * 60 * 60
	firstMonday  = 4 // days after 1 January 1970, a Thursday
)
