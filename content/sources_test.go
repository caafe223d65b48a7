package content

import (
	"maps"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
)

// refusedHosts reads the hosts that nothing of ours may point at.
func refusedHosts(t *testing.T) []string {
	t.Helper()
	data, err := os.ReadFile("testdata/refused-hosts.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			out = append(out, line)
		}
	}
	return out
}

// refused reports whether an address lies at one of the hosts or below it, or at
// no name at all.
func refused(hosts []string, address string) bool {
	u, err := url.Parse(address)
	if err != nil || strings.Trim(u.Hostname(), "0123456789.") == "" || u.Port() != "" {
		return true
	}
	return slices.ContainsFunc(hosts, func(h string) bool { return u.Hostname() == h || strings.HasSuffix(u.Hostname(), "."+h) })
}

// TestNoMirrors: every address is the publisher's own, no mirror's and no
// content farm's.
func TestNoMirrors(t *testing.T) {
	l, hosts := load(t), refusedHosts(t)
	if len(hosts) < 60 {
		t.Errorf("%d hosts are refused", len(hosts))
	}
	n := 0
	check := func(what, address string) {
		if address == "" {
			return
		}
		if n++; refused(hosts, address) {
			t.Errorf("%s: %s may not be cited", what, address)
		}
	}
	for id, s := range l.sources {
		check(id, s.URL)
	}
	for _, c := range l.Numbers() {
		check(c.Country, c.Source)
		check(c.Country, c.UrgentSource)
	}
	if n < 200 {
		t.Errorf("only %d addresses were read", n)
	}
}

// The list must catch what it is for, and nothing beside it.
func TestRefused(t *testing.T) {
	hosts := refusedHosts(t)
	for address, want := range map[string]bool{
		"https://en.wikipedia.org/wiki/List_of_emergency_telephone_numbers": true,
		"https://docslib.org/doc/1":                                         true,
		"https://www.scribd.com/document/1":                                 true,
		"https://hubbardtrainingsystems.blogspot.com":                       true,
		"http://47.251.13.51:8081/28613587":                                 true,
		"https://localhost:8080/x":                                          true,
		"https://www.nhs.uk/conditions/back-pain/":                          false,
		"https://notreddit.company/":                                        false,
	} {
		if got := refused(hosts, address); got != want {
			t.Errorf("refused(%q) = %t, want %t", address, got, want)
		}
	}
}

// TestOneSourceAPage: a page that is cited twice has one id.
func TestOneSourceAPage(t *testing.T) {
	of := map[string]string{}
	for id, s := range load(t).sources {
		if other, ok := of[s.URL]; ok && s.URL != "" {
			t.Errorf("%s and %s are both %s", id, other, s.URL)
		}
		of[s.URL] = id
	}
}

// TestOneCase: whatever rests on the report of a single person says so.
func TestOneCase(t *testing.T) {
	l := load(t)
	n := 0
	says := func(what string, ids []string, texts ...string) {
		if !slices.ContainsFunc(ids, func(id string) bool { return l.sources[id].Case }) {
			return
		}
		n++
		if !strings.Contains(strings.ToLower(strings.Join(texts, " ")), "one case") {
			t.Errorf("%s rests on one case and doesn't say so", what)
		}
	}
	for _, c := range l.Claims("en") {
		says(c.Key, c.Sources, c.Why)
	}
	for _, topic := range l.Topics("en") {
		says(topic.Key, topic.Text.Sources, topic.Text.texts()...)
		for _, c := range topic.Corrections {
			says(topic.Key, c.Sources, c.Found)
		}
	}
	for _, g := range l.Glossaries("en") {
		for _, s := range g.Sensations {
			says(s.Key, s.Sources, s.Feels, s.Linked)
		}
	}
	for _, a := range l.Areas("en") {
		says(a.Signs.Key, a.Signs.Sources)
		says(a.Ladder.Key, a.Ladder.Sources)
		for _, b := range []Block{a.Tonight, a.FirstDays, a.Nerve, a.Back, a.Clinic} {
			says(b.Key, b.Sources, b.texts()...)
		}
	}
	for _, e := range l.Lifts("en").All() {
		says(e.ID, e.Sources, e.Pause)
	}
	for _, d := range l.Drills("en") {
		says(d.ID, d.Sources)
	}
	if n < 4 {
		t.Errorf("%d texts rest on one case", n)
	}
}

// TestWeakestGradeFirst: a line of grades begins with what is least sure.
func TestWeakestGradeFirst(t *testing.T) {
	got := JoinGrades([]Grade{Guideline}, []Grade{HealthService, Cautious}, nil, []Grade{Guideline})
	if want := []Grade{Cautious, HealthService, Guideline}; !slices.Equal(got, want) {
		t.Errorf("JoinGrades = %v, want %v", got, want)
	}
	l := load(t)
	if got, want := l.SourceWords("en", l.sources["A22"]), "one case"; got != want {
		t.Errorf("a report of one person is called %q, want %q", got, want)
	}
	if got, want := l.SourceWords("en", l.sources["A2"]), "guideline or study"; got != want {
		t.Errorf("a guideline is called %q, want %q", got, want)
	}
	for _, id := range slices.Sorted(maps.Keys(l.sources)) {
		if s := l.sources[id]; s.Case && s.Grade != Cautious {
			t.Errorf("%s is one case and graded %s", id, s.Grade)
		}
	}
}
