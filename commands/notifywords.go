package commands

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"unpinch/bot"
	"unpinch/commands/card"
	"unpinch/schedule"
)

// followed returns what of a member's follows counts for a class.
func (d Deps) followed(ctx context.Context, userID string, s schedule.Series) ([]schedule.Follow, error) {
	all, err := d.Notices.Follows(ctx, userID)
	if err != nil {
		return nil, fmt.Errorf("read what a member follows: %w", err)
	}
	return slices.DeleteFunc(all, func(f schedule.Follow) bool {
		return f.ClassID != s.ID && (f.ClassID != 0 || f.Place.ID != s.Place.ID)
	}), nil
}

// what says what follows are of.
func (d Deps) what(locale string, all []schedule.Follow) string {
	var words []string
	for _, f := range all {
		words = append(words, d.FollowWords(locale, f))
	}
	return schedule.List(d.Content.In(locale), words)
}

// FollowWords says before which classes a follow brings a DM.
func (d Deps) FollowWords(locale string, f schedule.Follow) string {
	values, say := bot.Args{"Place": card.Plain(f.Place.Name)}, d.Content.In(locale)
	switch {
	case f.ClassID != 0:
		values["Class"] = card.ClassName(say, schedule.Series{Title: f.Title, Rule: f.Rule})
		return say("notify.what.class", values)
	case f.Days == schedule.EveryDay:
		return say("notify.what.place", values)
	}
	var days []string
	for _, day := range f.Days.List() {
		days = append(days, schedule.Weekday(say, day))
	}
	values["Days"] = strings.Join(days, say("list.comma"))
	return say("notify.what.days", values)
}
