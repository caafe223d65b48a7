package content

import "slices"

// A Grade says how sure a source makes us. Readers see it in words.
type Grade string

// The four grades, most sure first.
const (
	Guideline     Grade = "guideline"      // guideline, review, trial or cohort
	HealthService Grade = "health_service" // what a health service or a professional body says
	Coaching      Grade = "coaching"       // coaching practice
	Cautious      Grade = "cautious"       // our own cautious rule
)

// grades returns every grade in the order in which readers see them: the weakest
// first, because a card is no surer than that.
func grades() []Grade { return []Grade{Cautious, Coaching, HealthService, Guideline} }

// A Source is where a statement comes from.
type Source struct {
	ID    string `toml:"-"`
	Title string `toml:"title"`
	URL   string `toml:"url"` // may be empty for our own cautious rule and for coaching practice
	Grade Grade  `toml:"grade"`
	Case  bool   `toml:"case"` // a report of one person: what cites it says "one case"
}

// JoinGrades returns the grades of all lists, each once, the weakest first.
func JoinGrades(lists ...[]Grade) []Grade {
	var out []Grade
	for _, g := range grades() {
		if slices.ContainsFunc(lists, func(list []Grade) bool { return slices.Contains(list, g) }) {
			out = append(out, g)
		}
	}
	return out
}

// gradesOf returns the grades of the sources, each once, the weakest first.
func gradesOf(sources map[string]Source, ids []string) []Grade {
	var out []Grade
	for _, g := range grades() {
		if slices.ContainsFunc(ids, func(id string) bool { return sources[id].Grade == g }) {
			out = append(out, g)
		}
	}
	return out
}

// A Number is whom to ring in one country.
type Number struct {
	Country      string  `toml:"country"`       // ISO 3166, as "GB"
	Name         string  `toml:"name"`          // as "United Kingdom"
	Lines        []Phone `toml:"emergency"`     // for an ambulance now, the best first; any will do
	Emergency    string  `toml:"-"`             // what to dial of Lines, as "144 / 112"
	Urgent       string  `toml:"urgent"`        // advice when it is no emergency; empty where there is none for the whole country
	UrgentName   string  `toml:"urgent_name"`   // what Urgent is, as "NHS 111"
	Source       string  `toml:"source"`        // the page it was read from
	UrgentSource string  `toml:"urgent_source"` // the page of Urgent; empty where Source has it too
}

// A Phone is a telephone number that brings an ambulance.
type Phone struct {
	Dial string  `toml:"dial"`
	For  Service `toml:"for"`
}

// A Service says who answers a Phone.
type Service string

// Who answers.
const (
	Ambulance   Service = "ambulance"
	AllServices Service = "all" // police and fire too
)
