package page

import (
	"fmt"
	"testing"
	"time"
)

func TestResultsAreBoundedAndOnesOwn(t *testing.T) {
	var p resultStore
	first := p.put(result{as: "mia", channel: "general", draft: "x"})
	if got := p.get(first, "mia", "general"); got.draft != "x" {
		t.Errorf("got %+v, want what was put", got)
	}
	for _, c := range [][2]string{{"noah", "general"}, {"mia", "classes"}} {
		if got := p.get(first, c[0], c[1]); got.draft != "" {
			t.Errorf("%s in %s gets %+v", c[0], c[1], got)
		}
	}
	for i := range keptResults {
		p.put(result{as: "mia", channel: fmt.Sprint(i)})
	}
	if len(p.byKey) != keptResults || len(p.order) != keptResults || p.get(first, "mia", "general").draft != "" {
		t.Errorf("%d results are kept, want %d and the oldest gone", len(p.byKey), keptResults)
	}
}

func TestChangeEve(t *testing.T) {
	for now, want := range map[string]string{
		"2026-11-26T07:00:00Z": "2027-03-27T12:00:00Z",
		"2027-03-27T11:59:59Z": "2027-03-27T12:00:00Z",
		"2027-03-27T12:00:00Z": "2027-10-30T12:00:00Z",
		"2027-12-31T23:30:00Z": "2028-03-25T12:00:00Z",
		"2024-01-01T00:00:00Z": "2024-03-30T12:00:00Z", // the change is on the 31st
	} {
		at, err := time.Parse(time.RFC3339, now)
		if err != nil {
			t.Fatal(err)
		}
		if got := changeEve(at).Format(time.RFC3339); got != want {
			t.Errorf("from %s: %s, want %s", now, got, want)
		}
	}
}
