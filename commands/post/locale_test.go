package post

import (
	"context"
	"errors"
	"testing"

	"unpinch/schedule"
)

// readers knows members' languages.
type readers map[string]string

func (r readers) Member(_ context.Context, userID string) (schedule.Member, error) {
	if userID == "broken" {
		return schedule.Member{}, errors.New("disk full")
	}
	if r[userID] == "" {
		return schedule.Member{}, schedule.ErrNoMember
	}
	return schedule.Member{UserID: userID, Locale: r[userID]}, nil
}

func (readers) Follows(context.Context, string) ([]schedule.Follow, error) { return nil, nil }

// TestLocale holds that a DM is in its reader's language, a post in its place's,
// and a DM to anyone who is no member in the default.
func TestLocale(t *testing.T) {
	m := Maker{readers: readers{"mia": "pt-BR"}}
	for _, tc := range []struct {
		user, language, want string
	}{
		{"", "de", "de"}, {"", "", "en"}, {"mia", "de", "pt-BR"}, {"carl", "de", "en"}, {"broken", "de", ""},
	} {
		s := schedule.Series{Place: schedule.Place{Language: tc.language}}
		if got, err := m.locale(t.Context(), s, schedule.Occurrence{UserID: tc.user}); got != tc.want || (err == nil) != (tc.want != "") {
			t.Errorf("%+v: got %q, %v", tc, got, err)
		}
	}
}
