package store

import (
	"errors"
	"slices"
	"testing"
	"time"

	"unpinch/schedule"
)

// wanted is what a file of the club's wants: a new class with a start less, the
// class longer, a start of it moved, and two days closed, of which one is today.
func (c *club) wanted() (drafts []schedule.Series, changes []schedule.BatchChange) {
	until := monday().Add(15 * time.Minute)
	added, longer := c.class, c.class
	added.ID, added.Title, added.Rule, added.CreatedAt, added.DraftUntil = 0, "New", rule(c.t, "tue 18:00"), monday(), until
	longer.DraftOf, longer.Length, longer.CreatedAt, longer.DraftUntil = c.class.ID, 90*time.Minute, monday(), until
	tuesday, wednesday := evening().AddDate(0, 0, 1), evening().AddDate(0, 0, 2)
	return []schedule.Series{added, longer}, []schedule.BatchChange{
		{What: schedule.BatchSkip, Place: c.place, Draft: 1, Slot: schedule.SlotOf(tuesday), Start: at(tuesday), CreatedBy: "5"},
		{What: schedule.BatchMove, Place: c.place, ClassID: c.class.ID, Slot: schedule.SlotOf(wednesday), Start: at(wednesday), To: schedule.SlotOf(wednesday.Add(time.Hour)), CreatedBy: "5"},
		{What: schedule.BatchClose, Place: c.place, Days: []schedule.Date{schedule.DateOf(monday()), schedule.DateOf(monday()).Add(7)}, CreatedBy: "5"},
	}
}

// reopened is the club after the program has been started anew.
func (c *club) reopened(path string) {
	c.t.Helper()
	closeStore(c.t, c.Store)
	c.Store = openAt(c.t, path)
}

// told completes changes as their owner does when they are applied.
func (c *club) told(changes []schedule.BatchChange) []schedule.BatchChange {
	for i := range changes {
		changes[i].Detail = string(changes[i].What)
		if at := changes[i].Slot.On(time.UTC); changes[i].ClassID != 0 {
			changes[i].Start = schedule.Start{At: at, Planned: at, Slot: changes[i].Slot}
		}
		if changes[i].What == schedule.BatchClose {
			changes[i].Tell = []schedule.Occurrence{{ClassID: c.class.ID, GuildID: "1", Kind: schedule.KindOff, DueAt: monday(), StartAt: evening(),
				UserID: anna, State: schedule.StateDue, SendAt: monday()}}
		}
	}
	return changes
}

// A batch outlives a restart, and is applied as a whole.
func TestBatchIsApplied(t *testing.T) {
	path := emptyPath(t)
	c := newClubIn(t, openAt(t, path))
	pre := addDue(t, c.Store, schedule.Occurrence{ClassID: c.class.ID, GuildID: "1", ChannelID: "10", StartAt: evening(), DueAt: evening().Add(-10 * time.Minute)})
	drafts, changes := c.wanted()
	b, err := c.AddBatch(t.Context(), drafts, changes, monday().Add(15*time.Minute))
	must(t, err)
	c.reopened(path)
	later := schedule.By{UserID: "5", At: monday().Add(time.Minute)}
	kept, err := c.BatchChanges(t.Context(), b.Changes, later.At)
	must(t, err)
	if len(kept) != 3 || kept[0].ClassID != b.Drafts || kept[2].ClassID != 0 || kept[0].Place.Name != "Hall" || kept[0].CreatedBy != "5" ||
		kept[1].To != changes[1].To || !slices.Equal(kept[2].Days, changes[2].Days) {
		t.Fatalf("kept are %+v", kept)
	}
	must(t, c.ApplyBatch(t.Context(), b, c.told(kept), later))
	checked(t, c.Store, later.At)
	added, class := c.series(b.Drafts), c.series(c.class.ID)
	if added.Title != "New" || !added.DraftUntil.IsZero() || len(added.Skips) != 1 {
		t.Errorf("the new class is %+v", added)
	}
	if class.Length != 90*time.Minute || len(class.Moves) != 1 || len(class.Closed) != 2 {
		t.Errorf("the class is %+v", class)
	}
	if got := stateOf(t, c.Store, pre); got != "skipped closed" {
		t.Errorf("today's post is %s", got)
	}
	if n := count(t, c.Store, `SELECT count(*) FROM occurrences WHERE kind = 'off' AND user_id = ?`, anna); n != 1 {
		t.Errorf("%d DMs tell of it", n)
	}
	all, err := c.Changes(t.Context(), "1", 0, 5, 0)
	must(t, err)
	var told []string
	for _, one := range all {
		told = append(told, one.What+" "+one.Detail)
	}
	if want := []string{"closed close", "moved move", "skipped skip", "changed mon wed fri 18:00", "added tue 18:00"}; !slices.Equal(told, want) {
		t.Errorf("the record has %q, want %q", told, want)
	}
	before := dump(t, c.Store)
	if err := c.ApplyBatch(t.Context(), b, kept, later); !errors.Is(err, schedule.ErrNoClass) || dump(t, c.Store) != before {
		t.Errorf("applied twice: %v", err)
	}
	if err := c.ApplyBatch(t.Context(), schedule.Batch{Changes: b.Changes}, kept, later); !errors.Is(err, schedule.ErrNoClass) || dump(t, c.Store) != before {
		t.Errorf("its changes applied twice: %v", err)
	}
	for _, of := range []schedule.Batch{b, {Changes: b.Changes}} {
		end, err := c.BatchEnd(t.Context(), of, later.At.Add(59*time.Minute))
		if err != nil || end.Next != 0 || len(end.Places) != 1 || end.Places[0].ID != c.place.ID {
			t.Errorf("%+v became %+v, %v", of, end, err)
		}
		if want := []int64{b.Drafts, c.class.ID}; of.Drafts != 0 && !slices.Equal(end.Classes, want) {
			t.Errorf("its classes are %v, want %v", end.Classes, want)
		}
		if _, err := c.BatchEnd(t.Context(), of, later.At.Add(time.Hour)); !errors.Is(err, schedule.ErrNoClass) {
			t.Errorf("an hour later: %v", err)
		}
	}
	must(t, c.Remove(t.Context(), b.Drafts, later))
	if end, err := c.BatchEnd(t.Context(), b, later.At); err != nil || !slices.Equal(end.Classes, []int64{c.class.ID}) {
		t.Errorf("with one class removed it became %+v, %v", end, err)
	}
	must(t, c.DropDrafts(t.Context(), later.At.Add(time.Hour)))
	if n := count(t, c.Store, `SELECT (SELECT count(*) FROM saved_batches) + (SELECT count(*) FROM batch_changes)`); n != 0 {
		t.Errorf("%d rows are left", n)
	}
}

// Of drafts that were replaced it is known which are in their place, and what
// became of those.
func TestReplacedDrafts(t *testing.T) {
	c := newClub(t)
	drafts, _ := c.wanted()
	first, err := c.AddDrafts(t.Context(), 0, drafts[:1])
	must(t, err)
	if _, err := c.BatchEnd(t.Context(), schedule.Batch{Drafts: first}, monday()); !errors.Is(err, schedule.ErrNoClass) {
		t.Errorf("drafts that wait became something: %v", err)
	}
	second, err := c.AddDrafts(t.Context(), first, drafts[:1])
	must(t, err)
	third, err := c.AddDrafts(t.Context(), second, drafts[:1])
	must(t, err)
	if _, err := c.AddDrafts(t.Context(), first, drafts[:1]); !errors.Is(err, schedule.ErrNoClass) {
		t.Errorf("replaced again: %v", err)
	}
	for _, batch := range []int64{first, second} {
		end, err := c.BatchEnd(t.Context(), schedule.Batch{Drafts: batch}, monday())
		if err != nil || end.Next != third || end.Places != nil {
			t.Errorf("%d became %+v, %v, want %d", batch, end, err, third)
		}
	}
	ids, err := c.SaveDrafts(t.Context(), third, now())
	must(t, err)
	for _, batch := range []int64{first, second, third} {
		end, err := c.BatchEnd(t.Context(), schedule.Batch{Drafts: batch}, monday())
		if err != nil || end.Next != 0 || !slices.Equal(end.Classes, ids) {
			t.Errorf("%d became %+v, %v, want %v", batch, end, err, ids)
		}
	}
}

// A batch of which one thing can't be done changes nothing at all.
func TestBatchIsAllOrNothing(t *testing.T) {
	for name, fail := range map[string]func(c *club, changes []schedule.BatchChange) []schedule.BatchChange{
		"a change that the store doesn't know": func(_ *club, all []schedule.BatchChange) []schedule.BatchChange {
			all[2].What = "paint"
			return all
		},
		"a DM to nobody": func(_ *club, all []schedule.BatchChange) []schedule.BatchChange {
			all[2].Tell[0].ClassID = 999
			return all
		},
		"one change less than is kept": func(_ *club, all []schedule.BatchChange) []schedule.BatchChange { return all[:2] },
		"a class that is gone": func(c *club, all []schedule.BatchChange) []schedule.BatchChange {
			must(c.t, c.Remove(c.t.Context(), c.class.ID, now()))
			return all
		},
		"a class that someone paused since": func(c *club, all []schedule.BatchChange) []schedule.BatchChange {
			by := schedule.By{UserID: "6", At: monday().Add(time.Second)}
			must(c.t, c.Pause(c.t.Context(), c.class.ID, schedule.Date{Year: 2026, Month: 12, Day: 1}, by))
			return all
		},
		"a disk that is full": func(c *club, all []schedule.BatchChange) []schedule.BatchChange {
			if c.file == "" {
				change(c.t, c.Store, `DROP TABLE closed_days`) // as little can be written there
				return all
			}
			limitPages(c.t, c.Store, 0)
			for i := range 2000 { // more than fits into what is free
				day := schedule.DateOf(monday()).Add(i)
				all[2].Days = append(all[2].Days, day)
			}
			return all
		},
	} {
		c := newClub(t)
		drafts, changes := c.wanted()
		b, err := c.AddBatch(t.Context(), drafts, changes, monday().Add(15*time.Minute))
		must(t, err)
		kept, err := c.BatchChanges(t.Context(), b.Changes, monday())
		must(t, err)
		kept = fail(c, c.told(kept))
		before := dump(t, c.Store)
		if err := c.ApplyBatch(t.Context(), b, kept, schedule.By{UserID: "5", At: monday().Add(time.Minute)}); err == nil {
			t.Errorf("%s: applied", name)
		}
		if dump(t, c.Store) != before {
			t.Errorf("%s: something has changed", name)
		}
	}
}

// A batch ends with its time, and with its owner.
func TestBatchEnds(t *testing.T) {
	c := newClub(t)
	end := monday().Add(15 * time.Minute)
	drafts, changes := c.wanted()
	add := func(drafts []schedule.Series, changes []schedule.BatchChange) schedule.Batch {
		t.Helper()
		b, err := c.AddBatch(t.Context(), drafts, changes, end)
		must(t, err)
		return b
	}
	b := add(drafts, changes)
	if _, err := c.BatchChanges(t.Context(), b.Changes, end); !errors.Is(err, schedule.ErrNoClass) {
		t.Errorf("after its time: %v", err)
	}
	must(t, c.DropDrafts(t.Context(), end))
	rows := func() int { return count(t, c.Store, `SELECT count(*) FROM batch_changes`) }
	if n := rows(); n != 0 {
		t.Errorf("%d rows are left", n)
	}
	again := add(nil, changes[2:])
	if again.Drafts != 0 || again.Changes <= b.Changes {
		t.Errorf("the next batch is %+v after %+v", again, b)
	}
	if _, err := c.Forget(t.Context(), "5"); err != nil || rows() != 0 {
		t.Errorf("of who is forgotten %d rows are left, %v", rows(), err)
	}
	if empty := add(drafts[:1], nil); empty.Changes != 0 || empty.Drafts == 0 {
		t.Errorf("a batch of drafts alone is %+v", empty)
	}
}

// The place of a change is that at which its class is by now.
func TestBatchPlaceIsTheClasss(t *testing.T) {
	c := newClub(t)
	yard := addPlace(t, c.Store, schedule.Place{GuildID: "1", Name: "Yard", ChannelID: "20"})
	_, changes := c.wanted()
	for i := range changes {
		changes[i].CreatedBy = "6" // another than the one who edits
	}
	b, err := c.AddBatch(t.Context(), nil, changes[1:], monday().Add(15*time.Minute))
	must(t, err)
	c.edit(func(s *schedule.Series) { s.Place = yard }, now())
	kept, err := c.BatchChanges(t.Context(), b.Changes, monday())
	must(t, err)
	if kept[0].Place.ID != yard.ID || kept[1].Place.ID != c.place.ID {
		t.Errorf("the places are %s and %s", kept[0].Place.Name, kept[1].Place.Name)
	}
}
