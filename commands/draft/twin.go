package draft

import (
	"context"
	"fmt"
	"slices"

	"unpinch/bot"
	"unpinch/schedule"
)

// Twins returns the drafts that add what is on the server's timetable already, or
// make a class the same as another.
func (d Desk) Twins(ctx context.Context, req *bot.Request, drafts []schedule.Series) (twins []schedule.Series, err error) {
	all, err := d.Store.SeriesOf(ctx, req.GuildID)
	if err != nil {
		return nil, fmt.Errorf("look for twins: %w", err)
	}
	for _, s := range drafts {
		if d.becomesTwin(s, all) {
			twins = append(twins, s)
		}
	}
	return twins, nil
}

// becomesTwin reports whether saving a draft makes a class the same as one of all
// others. A class that is so already was asked about before.
func (d Desk) becomesTwin(s schedule.Series, all []schedule.Series) bool {
	edits := func(o schedule.Series) bool { return s.DraftOf != 0 && o.ID == s.DraftOf }
	others := slices.DeleteFunc(slices.Clone(all), edits)
	if i := slices.IndexFunc(all, edits); i >= 0 && d.Twin(all[i], others) {
		return false
	}
	return d.Twin(s, others)
}

// Twin reports whether one of some classes is the same as another and still has
// starts to come: at the same place and times, as long, with the same posts in
// the same channel. Another title makes it no other class.
func (d Desk) Twin(s schedule.Series, of []schedule.Series) bool {
	return slices.ContainsFunc(of, func(o schedule.Series) bool {
		if o.Place.ID != s.Place.ID || !o.Rule.Equal(s.Rule) || o.Length != s.Length || o.Purpose != s.Purpose ||
			o.Lead != s.Lead || o.CoolDown != s.CoolDown || o.ChannelID != s.ChannelID {
			return false
		}
		_, err := d.First(o)
		return err == nil
	})
}
