package store

import (
	"errors"
	"slices"
	"testing"
	"time"

	"unpinch/schedule"
)

// edit saves a change of the class.
func (c *club) edit(change func(*schedule.Series), by schedule.By) {
	c.t.Helper()
	s := c.series(c.class.ID)
	s.DraftOf, s.DraftUntil = s.ID, by.At.Add(time.Minute)
	change(&s)
	batch, err := c.AddDrafts(c.t.Context(), 0, []schedule.Series{s})
	must(c.t, err)
	_, err = c.SaveDrafts(c.t.Context(), batch, by)
	must(c.t, err)
}

// A member who follows a class follows it to another place.
func TestFollowersMoveWithTheClass(t *testing.T) {
	t.Parallel()
	c := newClub(t)
	yard := addPlace(t, c.Store, schedule.Place{GuildID: "1", Name: "Yard", ChannelID: "20"})
	must(t, c.follow(anna, schedule.Follow{ClassID: c.class.ID}))
	must(t, c.follow(bert, schedule.Follow{}))
	c.edit(func(s *schedule.Series) { s.Place = yard }, now())
	if got := c.followers(c.series(c.class.ID), evening()); !slices.Equal(got, []string{anna}) {
		t.Errorf("got %v, want who follows the class and not who follows the old place", got)
	}
	must(t, c.UnfollowClass(t.Context(), anna, c.class.ID))
	if all, _ := c.Follows(t.Context(), anna); len(all) != 0 {
		t.Errorf("got %+v, want it ended", all)
	}
}

// A change of words or of the channel loses no post that is due this moment.
func TestEditKeepsWhatIsDue(t *testing.T) {
	t.Parallel()
	due := evening().Add(-10 * time.Minute)
	for name, tc := range map[string]struct {
		change func(*schedule.Series)
		from   time.Time
	}{
		"title":   {func(s *schedule.Series) { s.Title = "Yoga" }, monday()},
		"channel": {func(s *schedule.Series) { s.ChannelID = "20" }, monday()},
		"rule":    {func(s *schedule.Series) { s.Rule = rule(t, "mon 19:00") }, due},
		"lead":    {func(s *schedule.Series) { s.Lead = 5 * time.Minute }, due},
	} {
		t.Run(name, func(t *testing.T) {
			c := newClub(t)
			c.edit(tc.change, schedule.By{UserID: "5", At: due})
			plans, err := c.DuePlans(t.Context(), due, 10)
			must(t, err)
			for _, p := range plans {
				if !p.AccountedTo.Equal(tc.from) {
					t.Errorf("%s: planned from %v, want %v", p.Kind, p.AccountedTo, tc.from)
				}
			}
			if len(plans) != len(c.class.Kinds()) {
				t.Errorf("got %d plans, want %d", len(plans), len(c.class.Kinds()))
			}
		})
	}
}

// What someone else has changed meanwhile is not written over.
func TestEditOfAChangedClass(t *testing.T) {
	t.Parallel()
	c := newClub(t)
	s := c.class
	s.DraftOf, s.Title, s.CreatedAt, s.DraftUntil = s.ID, "Yoga", monday(), monday().Add(15*time.Minute)
	batch, err := c.AddDrafts(t.Context(), 0, []schedule.Series{s})
	must(t, err)
	later := schedule.By{UserID: "6", At: monday().Add(time.Minute)}
	must(t, c.Skip(t.Context(), s.ID, at(evening()), later)) // no draft says anything of it
	must(t, c.Pause(t.Context(), s.ID, schedule.Date{Year: 2026, Month: 12, Day: 1}, later))
	before := dump(t, c.Store)
	later.At = later.At.Add(time.Minute)
	if _, err := c.SaveDrafts(t.Context(), batch, later); !errors.Is(err, schedule.ErrChanged) {
		t.Errorf("got %v, want %v", err, schedule.ErrChanged)
	}
	if got := dump(t, c.Store); got != before {
		t.Errorf("something was saved: got\n%s\nwant\n%s", got, before)
	}
}

// A change within the same second counts too, by whoever and whichever draft: of
// two drafts of one class only the first is saved, and what is drafted after that
// is saved again.
func TestEditWithinASecond(t *testing.T) {
	t.Parallel()
	c := newClub(t)
	draft := func(change func(*schedule.Series)) int64 {
		s := c.series(c.class.ID)
		s.DraftOf, s.CreatedAt, s.DraftUntil = s.ID, monday(), monday().Add(15*time.Minute)
		change(&s)
		batch, err := c.AddDrafts(t.Context(), 0, []schedule.Series{s})
		must(t, err)
		return batch
	}
	by := schedule.By{UserID: "5", At: monday()}
	title := draft(func(s *schedule.Series) { s.Title, s.CreatedBy = "Yoga", "6" })
	removal := draft(func(s *schedule.Series) { s.Removes, s.CreatedBy = true, "7" })
	for _, clock := range []string{"mon 19:00", "mon 20:00"} {
		_, err := c.SaveDrafts(t.Context(), draft(func(s *schedule.Series) { s.Rule = rule(t, clock) }), by)
		must(t, err)
	}
	before := dump(t, c.Store)
	for _, batch := range []int64{title, removal} {
		if _, err := c.SaveDrafts(t.Context(), batch, by); !errors.Is(err, schedule.ErrChanged) {
			t.Errorf("got %v, want %v", err, schedule.ErrChanged)
		}
		if err := c.ApplyBatch(t.Context(), schedule.Batch{Drafts: batch}, nil, by); !errors.Is(err, schedule.ErrChanged) {
			t.Errorf("got %v, want %v", err, schedule.ErrChanged)
		}
	}
	if got := dump(t, c.Store); got != before {
		t.Errorf("something was saved: got\n%s\nwant\n%s", got, before)
	}
}

// What waits goes where the class, or its place, posts now.
func TestWaitingPostsMoveToTheChannel(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*club){
		"class": func(c *club) { c.edit(func(s *schedule.Series) { s.ChannelID = "20" }, now()) },
		"place": func(c *club) {
			p := c.place
			p.ChannelID = "20"
			_, err := c.SavePlace(t.Context(), p, now())
			must(t, err)
		},
	} {
		c := newClub(t)
		post, own := c.pre(evening()), c.pre(evening())
		own.Kind, own.ChannelID, own.UserID = schedule.KindNotice, "", anna
		ids := map[int64]string{addDue(t, c.Store, post): "20", addDue(t, c.Store, own): ""}
		change(c)
		for id, want := range ids {
			if got, err := c.Occurrence(t.Context(), id); err != nil || got.ChannelID != want {
				t.Errorf("%s: %s goes to %q, %v, want %q", name, got.Kind, got.ChannelID, err, want)
			}
		}
	}
}
