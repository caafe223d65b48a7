package post

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"unpinch/bot"
	"unpinch/commands/card"
	"unpinch/schedule"
)

// A followReader reads what members follow.
type followReader interface {
	Follows(ctx context.Context, userID string) ([]schedule.Follow, error)
}

// followed returns those of a member's follows that cover a class.
func followed(ctx context.Context, from followReader, userID string, s schedule.Series) ([]schedule.Follow, error) {
	all, err := from.Follows(ctx, userID)
	if err != nil {
		return nil, fmt.Errorf("read what a member follows: %w", err)
	}
	return slices.DeleteFunc(all, func(f schedule.Follow) bool {
		return f.ClassID != s.ID && (f.ClassID != 0 || f.Place.ID != s.Place.ID)
	}), nil
}

// followsInWords lists before which classes follows bring a DM.
func followsInWords(say schedule.Say, all []schedule.Follow) string {
	var words []string
	for _, f := range all {
		words = append(words, FollowWords(say, f))
	}
	return schedule.List(say, words)
}

// FollowWords says before which classes a follow brings a DM.
func FollowWords(say schedule.Say, f schedule.Follow) string {
	values := bot.Args{"Place": card.Plain(f.Place.Name)}
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
