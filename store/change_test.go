package store

import (
	"slices"
	"testing"

	"unpinch/schedule"
)

// What was changed of a place is read as it was written, and what is older as
// words.
func TestChangesOfAPlace(t *testing.T) {
	s := openEmpty(t)
	before := addPlace(t, s, schedule.Place{GuildID: "1", Name: "Hall", ChannelID: "10", CoachRole: "7"})
	after := before
	after.Name, after.CoachRole, after.Tidy = "Pier \"9\"", "", true
	by := now()
	by.Fields = schedule.PlaceChanges(before, after)
	_, err := s.SavePlace(t.Context(), after, by)
	must(t, err)
	all, err := s.Changes(t.Context(), "1", 0, 2, 0)
	must(t, err)
	want := []schedule.FieldChange{{Field: schedule.PlaceName, From: "Hall", To: "Pier \"9\""}, {Field: schedule.PlaceCoach, From: "7"}, {Field: schedule.PlaceTidy, To: "true"}}
	if !slices.Equal(all[0].Fields, want) || all[0].Detail != "" || len(all[1].Fields) > 0 {
		t.Errorf("got %+v, want %+v", all, want)
	}
}
