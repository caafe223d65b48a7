package store

import (
	"testing"
	"time"

	"unpinch/schedule"
)

// Not today is of what counts for the class: another that is followed on its
// own still comes.
func TestQuietLeavesOtherClasses(t *testing.T) {
	t.Parallel()
	c := newClub(t)
	other := c.series(addClass(t, c.Store, c.place, "5"))
	for _, s := range []schedule.Series{c.class, other} {
		must(t, c.follow(anna, schedule.Follow{ClassID: s.ID}))
	}
	ids := map[int64]string{}
	for l, want := range map[int64]string{c.class.ID: "skipped skipped", other.ID: "due"} {
		ids[addDue(t, c.Store, schedule.Occurrence{ClassID: l, GuildID: "1", Kind: schedule.KindNotice, UserID: anna,
			DueAt: evening().Add(-5 * time.Minute), StartAt: evening()})] = want
	}
	must(t, c.Quiet(t.Context(), anna, c.class.ID, monday().AddDate(0, 0, 1)))
	for id, want := range ids {
		if got := stateOf(t, c.Store, id); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
