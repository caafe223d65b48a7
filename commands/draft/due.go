package draft

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"unpinch/bot"
	"unpinch/schedule"
)

// A Due is a post, or a start where there is no post.
type Due struct {
	At    time.Time
	Kind  schedule.Kind // "" for a start
	Title string
}

// Next returns the next posts of a class, or its next starts if it has no posts,
// so many of each kind at most, in order.
func Next(s schedule.Series, r schedule.Recurrence, now time.Time, most int) ([]Due, error) {
	kinds := s.Posts()
	if len(kinds) == 0 {
		kinds = []schedule.Kind{""}
	}
	var all []Due
	for _, k := range kinds {
		offset := s.Offset(k)
		for after, n := now, 0; n < most; {
			at, start, err := r.NextDue(after, offset)
			if errors.Is(err, schedule.ErrNever) {
				break
			}
			if err != nil {
				return nil, err
			}
			if after = at; start.Off == "" {
				all, n = append(all, Due{at, k, s.Title}), n+1
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Due) int { return a.At.Compare(b.At) })
	return all, nil
}

// First returns when the next post of a class is due, or its next start if it
// has no posts, or says that none is.
func (d Desk) First(s schedule.Series) (first time.Time, err error) {
	r, err := s.Recurrence(d.Zones)
	if err != nil {
		return first, fmt.Errorf("find the first post: %w", err)
	}
	due, err := Next(s, r, d.Now(), 1)
	if err != nil {
		return first, fmt.Errorf("find the first post: %w", err)
	}
	if len(due) == 0 {
		return first, &bot.UserError{Key: "class.never"}
	}
	return due[0].At, nil
}
