package card_test

import (
	"testing"

	"unpinch/commands/card"
	"unpinch/content"
)

// TestFoot: a card says who has read it, that nobody has, or that it has changed
// since, and names the weakest grade first.
func TestFoot(t *testing.T) {
	lib, err := content.Load()
	if err != nil {
		t.Fatal(err)
	}
	r := content.Review{By: "Ana Reis", Role: "physiotherapist", Date: "2026-12-01"}
	changed := r
	changed.Changed = true
	for _, tc := range []struct {
		review *content.Review
		want   string
	}{
		{nil, "No clinician has reviewed this."},
		{&r, "Reviewed by Ana Reis, physiotherapist, on 2026-12-01."},
		{&changed, "Reviewed by Ana Reis, physiotherapist, on 2026-12-01; changed since it was reviewed."},
	} {
		got := card.Foot(lib, "en", content.JoinGrades([]content.Grade{content.Guideline, content.Cautious}), tc.review)
		want := "-# How sure: our own cautious rule · guideline or study. Version " + lib.Version + ". " + tc.want
		if got != want {
			t.Errorf("Foot says\n%s\nwant\n%s", got, want)
		}
	}
}
