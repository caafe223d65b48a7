package commands

import (
	"context"
	"errors"
	"fmt"

	"unpinch/bot"
	"unpinch/schedule"
)

// home knows in which country readers are at home, as far as somebody said so.
type home struct {
	members interface {
		// Member returns schedule.ErrNoMember for anyone who has not agreed.
		Member(ctx context.Context, userID string) (schedule.Member, error)
	}
	places interface {
		Places(ctx context.Context, guildID string) ([]schedule.Place, error)
	}
}

// country returns the member's own country, else that of the place which posts in
// this channel, else the one that all places of the server share; "" if none is
// known.
func (h home) country(ctx context.Context, req *bot.Request) (string, error) {
	mem, err := h.members.Member(ctx, req.UserID)
	if err != nil && !errors.Is(err, schedule.ErrNoMember) {
		return "", fmt.Errorf("find the member's country: %w", err)
	}
	if mem.Country != "" || req.GuildID == "" {
		return mem.Country, nil
	}
	places, err := h.places.Places(ctx, req.GuildID)
	if err != nil {
		return "", fmt.Errorf("find the place's country: %w", err)
	}
	return countryOf(places, req.ChannelID), nil
}

// countryOf returns the country of the place that posts in a channel, else the one
// that all places share.
func countryOf(places []schedule.Place, channelID string) string {
	shared := ""
	for i, p := range places {
		if p.ChannelID == channelID && p.Country != "" {
			return p.Country
		}
		if i == 0 {
			shared = p.Country
		} else if p.Country != shared {
			shared = ""
		}
	}
	return shared
}
