package content

import (
	"fmt"
	"slices"
	"strings"

	"unpinch/pattern"
)

var (
	country = pattern.New(`^[A-Z]{2}$`)     // an ISO 3166 code
	dialled = pattern.New(`^[0-9][0-9 ]*$`) // one number, as people dial it
)

// between parts the numbers of which any will do.
const between = " / "

// readNumbers reads whom to ring, by the name of the country.
func (r *reader) readNumbers() []Number {
	const file = "numbers.toml"
	var all struct {
		Numbers []Number `toml:"number"`
	}
	if !r.toml(file, &all) {
		return nil
	}
	for i := range all.Numbers {
		n := &all.Numbers[i]
		at := n.Country
		if !country().MatchString(n.Country) {
			at = fmt.Sprintf("number[%d]", i)
			r.fault(file, at+".country", "%q is not a country code such as GB", n.Country)
		}
		if slices.ContainsFunc(all.Numbers[:i], func(m Number) bool { return m.Country == n.Country }) {
			r.fault(file, at+".country", "%q is there twice", n.Country)
		}
		r.text(file, at+".name", n.Name, noPlaceholder)
		r.lines(file, at+".emergency", n)
		r.urgent(file, at, n)
		r.address(file, at+".source", n.Source)
		if n.UrgentSource != "" {
			r.address(file, at+".urgent_source", n.UrgentSource)
		}
	}
	slices.SortFunc(all.Numbers, func(a, b Number) int { return slices.Compare(bareWords(a.Name), bareWords(b.Name)) })
	return all.Numbers
}

// bareWords are the words of a name without accents, by which countries are put
// in order.
func bareWords(name string) []string {
	words := strings.Fields(name)
	for i, w := range words {
		words[i] = bare(w)
	}
	return words
}

// lines checks the emergency numbers of a country and joins them.
func (r *reader) lines(file, key string, n *Number) {
	if len(n.Lines) == 0 {
		r.fault(file, key, "names no number")
	}
	var dial []string
	for i, l := range n.Lines {
		at := fmt.Sprintf("%s[%d]", key, i)
		if !dialled().MatchString(l.Dial) {
			r.fault(file, at+".dial", "%q is not a number", l.Dial)
		}
		if slices.Contains(dial, l.Dial) {
			r.fault(file, at+".dial", "%q is there twice", l.Dial)
		}
		r.oneOf(file, at+".for", string(l.For), string(Ambulance), string(AllServices))
		dial = append(dial, l.Dial)
	}
	n.Emergency = strings.Join(dial, between)
}

// urgent checks the number for advice, which is never the emergency number.
func (r *reader) urgent(file, at string, n *Number) {
	switch {
	case (n.Urgent == "") != (n.UrgentName == ""):
		r.fault(file, at+".urgent", "goes with urgent_name, and urgent_name with it")
	case n.Urgent != "" && !dialled().MatchString(n.Urgent):
		r.fault(file, at+".urgent", "%q is not a number", n.Urgent)
	case slices.ContainsFunc(n.Lines, func(l Phone) bool { return l.Dial == n.Urgent }):
		r.fault(file, at+".urgent", "is the emergency number")
	case n.UrgentSource != "" && n.Urgent == "":
		r.fault(file, at+".urgent_source", "goes with urgent")
	}
}
