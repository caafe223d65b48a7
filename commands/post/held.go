package post

import (
	"context"
	"errors"
	"fmt"
	"time"

	"unpinch/bot"
	"unpinch/commands/card"
	"unpinch/schedule"
)

// Members knows what members have set.
type Members interface {
	// Member returns a member, or schedule.ErrNoMember.
	Member(ctx context.Context, userID string) (schedule.Member, error)
}

// held says what keeps DMs away from a reader.
type held struct {
	members Members
	zones   *schedule.Zones
	now     func() time.Time
}

func (h held) lines(ctx context.Context, req *bot.Request) (lines []string, err error) {
	mem, err := h.members.Member(ctx, req.UserID)
	if errors.Is(err, schedule.ErrNoMember) { // they asked to be forgotten meanwhile
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read what keeps DMs away: %w", err)
	}
	if mem.Active != (schedule.Hours{}) {
		lines = append(lines, req.Say("notify.active", bot.Args{"From": mem.Active.From, "To": mem.Active.To}))
	}
	return append(lines, card.Quiet(req.Say, mem, h.now(), h.zones)...), nil
}
