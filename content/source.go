package content

import "slices"

// A Grade says how sure a source makes us. Readers see it in words.
type Grade string

// The four grades, most sure first.
const (
	Guideline     Grade = "guideline"      // guideline, study or professional reference
	HealthService Grade = "health_service" // what a health service tells patients
	Coaching      Grade = "coaching"       // coaching practice
	Cautious      Grade = "cautious"       // our own cautious rule
)

// grades returns every grade in the order in which readers see them.
func grades() []Grade { return []Grade{Guideline, HealthService, Coaching, Cautious} }

// A Source is where a statement comes from.
type Source struct {
	ID    string `toml:"-"`
	Title string `toml:"title"`
	URL   string `toml:"url"` // may be empty for our own cautious rule and for coaching practice
	Grade Grade  `toml:"grade"`
}

// gradesOf returns the grades of the sources, each once, most sure first.
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
	Country      string `toml:"country"`       // ISO 3166, as "GB"
	Name         string `toml:"name"`          // as "United Kingdom"
	Emergency    string `toml:"emergency"`     // for an ambulance now, as "999" or "999 or 112"
	Urgent       string `toml:"urgent"`        // advice when it is no emergency; empty where there is none for the whole country
	UrgentName   string `toml:"urgent_name"`   // what Urgent is, as "NHS 111"
	Source       string `toml:"source"`        // the page it was read from
	UrgentSource string `toml:"urgent_source"` // the page of Urgent; empty where Source has it too
}
