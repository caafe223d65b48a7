package content

import "strings"

// Stop is the words of the stop card and of the two groups of people for whom
// it, and the ladder, say more. Its lines hold placeholders; For fills them in.
type Stop struct {
	Now       Block `toml:"now"`       // call now
	Soon      Block `toml:"soon"`      // be seen today or tomorrow
	Under18   Block `toml:"under_18"`  // shown with the stop card and the ladder
	Pregnancy Block `toml:"pregnancy"` // likewise
	Ring      Ring  `toml:"ring"`
	Large     Large `toml:"large"`
}

// Ring is how the numbers are said inside a sentence.
type Ring struct {
	Emergency string `toml:"emergency"` // where the country is unknown
	Urgent    string `toml:"urgent"`    // likewise, or where a country has no such number
	Known     string `toml:"known"`     // where it has one: {name}, {number}
}

// Large is how the numbers are said on the card's first line.
type Large struct {
	Unknown   string `toml:"unknown"`   // where the country is unknown
	Emergency string `toml:"emergency"` // where it has no urgent number: {emergency}
	Both      string `toml:"both"`      // {emergency}, {urgent}
}

// Line returns the first line of the stop card for a country. The zero Number
// stands for an unknown country.
func (s *Stop) Line(n Number) string {
	line := s.Large.Both
	switch {
	case n.Emergency == "":
		line = s.Large.Unknown
	case n.Urgent == "":
		line = s.Large.Emergency
	}
	return strings.NewReplacer("{emergency}", n.Emergency, "{urgent}", n.Urgent).Replace(line)
}

// For returns the two blocks of the stop card for a country. The zero Number
// stands for an unknown country.
func (s *Stop) For(n Number) (now, soon Block) {
	emergency, urgent := s.Ring.Emergency, s.Ring.Urgent
	if n.Emergency != "" {
		emergency = n.Emergency
	}
	if n.Urgent != "" {
		urgent = strings.NewReplacer("{name}", n.UrgentName, "{number}", n.Urgent).Replace(s.Ring.Known)
	}
	fill := strings.NewReplacer("{emergency}", emergency, "{urgent}", urgent)
	return s.Now.with(fill.Replace), s.Soon.with(fill.Replace)
}

// with returns the block with every text changed by f.
func (b Block) with(f func(string) string) Block {
	b.Lead, b.Close = f(b.Lead), f(b.Close)
	parts := make([]Part, len(b.Parts))
	for i, p := range b.Parts {
		lines := make([]string, len(p.Lines))
		for j, line := range p.Lines {
			lines[j] = f(line)
		}
		parts[i] = Part{Head: f(p.Head), Lines: lines}
	}
	b.Parts = parts
	return b
}
