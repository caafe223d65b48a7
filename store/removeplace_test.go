package store

import (
	"errors"
	"testing"
	"time"

	"unpinch/schedule"
)

// A place goes with its classes and those who follow them; its history stays for
// thirty days, and its name is free at once.
func TestRemovePlace(t *testing.T) {
	t.Parallel()
	c := lonelyClub(t)
	agree(t, c.Store, "8", "9")
	must(t, c.Follow(t.Context(), schedule.Follow{UserID: "8", Place: c.place, ClassID: c.class.ID, Days: schedule.EveryDay}, c.class, monday()))
	must(t, c.Follow(t.Context(), schedule.Follow{UserID: "9", Place: c.place, Days: schedule.EveryDay}, c.class, monday()))
	must(t, c.SetTogether(t.Context(), "1", false))
	addDue(t, c.Store, c.pre(evening()))
	if n, err := c.PlaceFollowers(t.Context(), c.place.ID); n != 2 || err != nil {
		t.Errorf("%d people follow, %v; want 2", n, err)
	}
	now := monday().AddDate(0, 0, 1)
	by := schedule.By{UserID: "5", At: now, Detail: c.place.Name}
	other := c.place
	other.GuildID = "2"
	if err := c.RemovePlace(t.Context(), other, by); !errors.Is(err, schedule.ErrNoPlace) {
		t.Errorf("another server removes it: %v", err)
	}
	must(t, c.RemovePlace(t.Context(), c.place, by))
	if err := c.RemovePlace(t.Context(), c.place, by); !errors.Is(err, schedule.ErrNoPlace) {
		t.Errorf("removed twice: %v", err)
	}
	if _, err := c.SavePlace(t.Context(), c.place, by); !errors.Is(err, schedule.ErrNoPlace) {
		t.Errorf("changed once it is removed: %v", err)
	}
	places, err := c.Places(t.Context(), "1")
	all, err2 := c.SeriesOf(t.Context(), "1")
	if err := errors.Join(err, err2); err != nil || len(places)+len(all) != 0 {
		t.Errorf("left are %v and %v, %v", places, all, err)
	}
	for query, want := range map[string]int{
		`SELECT count(*) FROM follows`:     0,
		`SELECT count(*) FROM class_posts`: 0,
		`SELECT count(*) FROM occurrences o JOIN classes c ON c.id = o.class_id WHERE o.state = 'due'`: 0,
		`SELECT count(*) FROM changes WHERE what = 'place_removed' AND user_id = '5'`:                  1,
	} {
		if n := count(t, c.Store, query); n != want {
			t.Errorf("%s: got %d, want %d", query, n, want)
		}
	}
	again := c.place
	again.ID, again.Revision = 0, 0
	if _, err := c.SavePlace(t.Context(), again, by); err != nil {
		t.Errorf("a new place of its name: %v", err)
	}
	retire(t, c.Store, now.AddDate(0, 0, leftDays))
	if n := count(t, c.Store, `SELECT count(*) FROM places`); n != 2 {
		t.Errorf("after thirty days there are %d places, want 2", n)
	}
	retire(t, c.Store, now.AddDate(0, 0, leftDays).Add(time.Second))
	if places, classes := count(t, c.Store, `SELECT count(*) FROM places`), count(t, c.Store, `SELECT count(*) FROM classes`); places != 1 || classes != 0 {
		t.Errorf("later there are %d places and %d classes, want the new place", places, classes)
	}
	if on, err := c.Together(t.Context(), "1"); on || err != nil {
		t.Errorf("the server's switch is on: %t, %v", on, err)
	}
}
