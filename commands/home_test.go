package commands

import (
	"context"
	"errors"
	"testing"

	"unpinch/bot"
	"unpinch/schedule"
)

type (
	oneMember  schedule.Member
	somePlaces []schedule.Place
)

func (m oneMember) Member(context.Context, string) (schedule.Member, error) {
	if m.UserID == "" {
		return schedule.Member{}, schedule.ErrNoMember
	}
	return schedule.Member(m), nil
}

func (p somePlaces) Places(context.Context, string) ([]schedule.Place, error) {
	if p == nil {
		return nil, errors.New("no disk")
	}
	return p, nil
}

// TestHome: the member's country comes before the place's; of several places the
// one that posts here counts, else the country that all share.
func TestHome(t *testing.T) {
	lisbon, porto := schedule.Place{ChannelID: "1", Country: "PT"}, schedule.Place{ChannelID: "2", Country: "PT"}
	london, nowhere := schedule.Place{ChannelID: "3", Country: "GB"}, schedule.Place{ChannelID: "4"}
	brazilian := oneMember{UserID: "42", Country: "BR"}
	for name, tc := range map[string]struct {
		member         oneMember
		places         somePlaces
		guild, channel string
		want           string
	}{
		"member's own":             {brazilian, somePlaces{lisbon}, "9", "1", "BR"},
		"member's own, in a DM":    {brazilian, nil, "", "1", "BR"},
		"nobody's, in a DM":        {oneMember{}, nil, "", "1", ""},
		"place of the channel":     {oneMember{}, somePlaces{london, lisbon}, "9", "1", "PT"},
		"member without a country": {oneMember{UserID: "42"}, somePlaces{london, lisbon}, "9", "3", "GB"},
		"shared by all places":     {oneMember{}, somePlaces{lisbon, porto}, "9", "8", "PT"},
		"places apart":             {oneMember{}, somePlaces{lisbon, london}, "9", "8", ""},
		"one place says nothing":   {oneMember{}, somePlaces{lisbon, nowhere}, "9", "8", ""},
		"no place":                 {oneMember{}, somePlaces{}, "9", "8", ""},
	} {
		got, err := home{tc.member, tc.places}.country(t.Context(), &bot.Request{UserID: "42", GuildID: tc.guild, ChannelID: tc.channel})
		if err != nil || got != tc.want {
			t.Errorf("%s: %q, %v, want %q", name, got, err, tc.want)
		}
	}
	if _, err := (home{oneMember{}, somePlaces(nil)}).country(t.Context(), &bot.Request{GuildID: "9"}); err == nil {
		t.Error("places that can't be read are no error")
	}
}
