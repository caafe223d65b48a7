package commands

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"unpinch/schedule"
)

// followed returns what of a member's follows counts for a class.
func (d Deps) followed(ctx context.Context, userID string, l schedule.Listing) ([]schedule.Follow, error) {
	all, err := d.Notices.Follows(ctx, userID)
	if err != nil {
		return nil, fmt.Errorf("read what a member follows: %w", err)
	}
	return slices.DeleteFunc(all, func(f schedule.Follow) bool {
		return f.ClassID != l.ID && (f.ClassID != 0 || f.Place.ID != l.Place.ID)
	}), nil
}

// what says what follows are of. Two at most count for one class.
func (d Deps) what(locale string, all []schedule.Follow) string {
	var words []string
	for _, f := range all {
		words = append(words, d.followWords(locale, f))
	}
	if len(words) == 2 {
		return d.Content.Say(locale, "notify.what.both", args{"A": words[0], "B": words[1]})
	}
	return strings.Join(words, ", ")
}

// followWords says before which classes a follow brings a DM.
func (d Deps) followWords(locale string, f schedule.Follow) string {
	values := args{"Place": plain(f.Place.Name)}
	switch {
	case f.ClassID != 0:
		values["Class"] = className(schedule.Listing{Title: f.Title, Rule: f.Rule})
		return d.Content.Say(locale, "notify.what.class", values)
	case f.Days == schedule.EveryDay:
		return d.Content.Say(locale, "notify.what.place", values)
	}
	var days []string
	for i, day := range schedule.EveryDay.List() {
		if f.Days.Has(day) {
			days = append(days, weekdays(d, locale)[i])
		}
	}
	values["Days"] = strings.Join(days, ", ")
	return d.Content.Say(locale, "notify.what.days", values)
}

// className names a class where its place is said too: by title, or else by
// rule.
func className(l schedule.Listing) string {
	return either(l.Title == "", cut(l.Rule.Sentence(), titleMax), plain(l.Title))
}
