package draft

import (
	"context"
	"fmt"
	"slices"

	"unpinch/bot"
	"unpinch/schedule"
)

// Twins returns the drafts that add what is on the server's timetable already.
func (d Desk) Twins(ctx context.Context, req *bot.Request, drafts []schedule.Series) (twins []schedule.Series, err error) {
	all, err := d.Store.SeriesOf(ctx, req.GuildID)
	if err != nil {
		return nil, fmt.Errorf("look for twins: %w", err)
	}
	for _, s := range drafts {
		if s.DraftOf == 0 && d.Twin(s, all) {
			twins = append(twins, s)
		}
	}
	return twins, nil
}

// Twin reports whether one of some classes is the same as another and still has
// starts to come: at the same place and times, as long, with the same posts in
// the same channel, and with the same title.
func (d Desk) Twin(s schedule.Series, of []schedule.Series) bool {
	return slices.ContainsFunc(of, func(o schedule.Series) bool {
		if o.Place.ID != s.Place.ID || !o.Rule.Equal(s.Rule) || o.Length != s.Length || o.Purpose != s.Purpose ||
			o.Lead != s.Lead || o.CoolDown != s.CoolDown || o.ChannelID != s.ChannelID || o.Title != s.Title {
			return false
		}
		_, err := d.First(o)
		return err == nil
	})
}
