package store

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"unpinch/delivery"
	"unpinch/schedule"
)

// monday is a moment for tests: a Monday at noon, UTC.
func monday() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) }

// now is a change at that moment.
func now() schedule.By { return schedule.By{UserID: "5", At: monday()} }

// at is the start that is planned for an instant, and takes place then.
func at(t time.Time) schedule.Start { return moved(t, t) }

// moved is a start that takes place at another instant than it is planned for.
func moved(planned, to time.Time) schedule.Start {
	return schedule.Start{At: to, Planned: planned, Slot: schedule.SlotOf(planned)}
}

func addPlace(t testing.TB, s *Store, p schedule.Place) schedule.Place {
	t.Helper()
	if p.Zone == "" {
		p.Zone = "Europe/Lisbon"
	}
	p.CreatedAt = monday()
	id, err := s.SavePlace(t.Context(), p, schedule.By{At: monday()})
	if err != nil {
		t.Fatal(err)
	}
	p.ID = id
	return p
}

func rule(t testing.TB, text string) schedule.Rule {
	t.Helper()
	r, err := schedule.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// addClass saves a class of an hour with both posts, and returns its id.
func addClass(t testing.TB, s *Store, p schedule.Place, by string) int64 {
	t.Helper()
	id, err := s.AddDrafts(t.Context(), 0, []schedule.Series{{
		Place: p, Title: "WOD", Rule: rule(t, "mon wed fri 18:00"), Length: time.Hour, ChannelID: p.ChannelID,
		RoleID: "77", Lead: 10 * time.Minute, CoolDown: true, CreatedBy: by, CreatedAt: monday(), DraftUntil: monday().Add(time.Minute),
	}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.SaveDrafts(t.Context(), id, now()); err != nil {
		t.Fatal(err)
	}
	return id
}

// addDue writes an occurrence that is due, and returns its id.
func addDue(t testing.TB, s *Store, o schedule.Occurrence) int64 {
	t.Helper()
	if o.State == "" {
		o.State = schedule.StateDue
	}
	if o.Kind == "" {
		o.Kind = schedule.KindPre
	}
	if o.DueAt.IsZero() {
		o.DueAt = monday()
	}
	if o.StartAt.IsZero() {
		o.StartAt = o.DueAt.Add(10 * time.Minute)
	}
	if o.SendAt.IsZero() {
		o.SendAt = o.DueAt
	}
	must(t, addAll(t, s, o))
	var id int64
	if err := s.read.QueryRowContext(t.Context(), `SELECT id FROM occurrences WHERE class_id = ? AND kind = ? AND due_at = ?`,
		o.ClassID, o.Kind, o.DueAt.Unix()).Scan(&id); err != nil {
		t.Fatal(err)
	}
	return id
}

// addAll writes occurrences as Record does.
func addAll(t testing.TB, s *Store, all ...schedule.Occurrence) error {
	t.Helper()
	return inTx(t.Context(), s.write, func(tx *sql.Tx) error {
		add, err := tx.PrepareContext(t.Context(), addOccurrenceQuery)
		must(t, err)
		overtaken, err := tx.PrepareContext(t.Context(), overtakenQuery)
		must(t, err)
		return addOccurrences(t.Context(), add, overtaken, all)
	})
}

func claim(t testing.TB, s *Store, owner string, now time.Time, limit int) []schedule.Occurrence {
	t.Helper()
	all, err := s.Claim(t.Context(), now, owner, delivery.Lease, limit)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// stateOf returns "state" or "state reason".
func stateOf(t testing.TB, s *Store, id int64) string {
	t.Helper()
	o, err := s.Occurrence(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(fmt.Sprint(string(o.State), " ", string(o.Reason)))
}

func count(t testing.TB, s *Store, query string, args ...any) int {
	t.Helper()
	var n int
	if err := s.read.QueryRowContext(t.Context(), query, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Another owner took the claim over: nothing that the first writes counts.
func TestStaleOwnerWritesNothing(t *testing.T) {
	t.Parallel()
	for name, write := range map[string]func(*Store, schedule.Occurrence) error{
		"finish": func(s *Store, o schedule.Occurrence) error {
			o.State, o.SentAt, o.MessageID = schedule.StateSent, monday(), "9"
			return s.Finish(t.Context(), "old", o)
		},
		"retry": func(s *Store, o schedule.Occurrence) error {
			o.SendAt = monday().Add(time.Hour)
			return s.Retry(t.Context(), "old", o)
		},
		"release": func(s *Store, o schedule.Occurrence) error {
			return s.Release(t.Context(), "old", []schedule.Occurrence{o})
		},
		"break": func(s *Store, o schedule.Occurrence) error {
			o.State, o.Reason = schedule.StateFailed, schedule.ReasonAccess
			return s.Break(t.Context(), "old", o, monday())
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := openEmpty(t)
			p := addPlace(t, s, schedule.Place{GuildID: "1", Name: "Hall", ChannelID: "10", LogChannel: "11"})
			class := addClass(t, s, p, "5")
			id := addDue(t, s, schedule.Occurrence{ClassID: class, GuildID: "1", ChannelID: "10"})
			addDue(t, s, schedule.Occurrence{ClassID: class, GuildID: "1", ChannelID: "10", Kind: schedule.KindCoolDown})
			old := claim(t, s, "old", monday(), 32)
			if len(old) != 1 || old[0].ID != id {
				t.Fatalf("got %+v, want occurrence %d alone", old, id)
			}
			if got := claim(t, s, "new", monday().Add(delivery.Lease-time.Second), 32); len(got) != 0 {
				t.Fatalf("got %+v, want nothing while the lease holds", got)
			}
			taken := claim(t, s, "new", monday().Add(delivery.Lease), 32)
			if len(taken) != 1 || taken[0].ID != id || taken[0].Attempts != 2 || !taken[0].TriedAt.Equal(monday()) {
				t.Fatalf("got %+v, want the old claim", taken)
			}
			before := dump(t, s)
			must(t, write(s, old[0]))
			if after := dump(t, s); after != before {
				t.Errorf("got\n%s\nwant\n%s", after, before)
			}
		})
	}
}

// Whoever opens the file is its only owner: what a dead one had claimed may be sent
// again at once, as what may have arrived.
func TestADeadOwnersClaimsAreFree(t *testing.T) {
	t.Parallel()
	path := emptyPath(t)
	s := openAt(t, path)
	p := addPlace(t, s, schedule.Place{GuildID: "1", Name: "Hall", ChannelID: "10"})
	id := addDue(t, s, schedule.Occurrence{ClassID: addClass(t, s, p, "5"), GuildID: "1", ChannelID: "10"})
	dead := claim(t, s, "dead", monday(), 32)
	if len(dead) != 1 {
		t.Fatalf("got %+v, want occurrence %d", dead, id)
	}
	must(t, s.Close())
	s = openAt(t, path)
	taken := claim(t, s, "next", monday().Add(time.Second), 32)
	if len(taken) != 1 || taken[0].ID != id || taken[0].Attempts != 2 || !taken[0].TriedAt.Equal(monday()) {
		t.Errorf("got %+v, want the dead owner's claim", taken)
	}
	before := dump(t, s)
	must(t, s.Retry(t.Context(), "dead", dead[0]))
	if after := dump(t, s); after != before {
		t.Errorf("the dead owner wrote\n%s\nwant\n%s", after, before)
	}
}

// A claim that was given back unused leaves no trace: above all no time at
// which the message may have arrived.
func TestReleaseLeavesNoTrace(t *testing.T) {
	t.Parallel()
	s := openEmpty(t)
	p := addPlace(t, s, schedule.Place{GuildID: "1", Name: "Hall", ChannelID: "10"})
	addDue(t, s, schedule.Occurrence{ClassID: addClass(t, s, p, "5"), GuildID: "1", ChannelID: "10"})
	release := func() {
		t.Helper()
		before := dump(t, s)
		must(t, s.Release(t.Context(), "a", claim(t, s, "a", monday(), 32)))
		if after := dump(t, s); after != before {
			t.Errorf("got\n%s\nwant\n%s", after, before)
		}
	}
	release()
	o := claim(t, s, "a", monday(), 32)[0]
	o.SendAt = monday()
	must(t, s.Retry(t.Context(), "a", o)) // certainly not sent
	release()
	o = claim(t, s, "a", monday(), 32)[0]
	o.SendAt, o.TriedAt = monday(), monday().Add(-time.Second)
	must(t, s.Retry(t.Context(), "a", o)) // it may have been
	release()
}

// Posts that wait are written off with their class, except those that may be
// in the channel already.
func TestOnlyWhatCertainlyWasNotSentIsWrittenOff(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		do   func(*Store, int64) error
		want string
	}{
		"remove": {func(s *Store, class int64) error { return s.Remove(t.Context(), class, now()) }, "skipped removed"},
		"left":   {func(s *Store, _ int64) error { return s.Left(t.Context(), "1", monday()) }, "skipped removed"},
		"skip": {func(s *Store, class int64) error {
			return s.Skip(t.Context(), class, at(monday().Add(10*time.Minute)), now())
		}, "skipped changed"}, // the rule has no start then
		"break": {func(s *Store, class int64) error {
			o := claim(t, s, "a", monday().Add(-2*time.Hour), 1)[0]
			o.State, o.Reason = schedule.StateFailed, schedule.ReasonAccess
			return s.Break(t.Context(), "a", o, monday())
		}, "skipped broken"},
		"a newer one": {func(s *Store, class int64) error {
			return addAll(t, s, schedule.Occurrence{ClassID: class, GuildID: "1", Kind: schedule.KindPre, ChannelID: "10",
				DueAt: monday().Add(time.Minute), StartAt: monday().Add(11 * time.Minute), SendAt: monday(), State: schedule.StateDue})
		}, "skipped away"},
	} {
		t.Run(name, func(t *testing.T) {
			s := openEmpty(t)
			p := addPlace(t, s, schedule.Place{GuildID: "1", Name: "Hall", ChannelID: "10"})
			class := addClass(t, s, p, "5")
			waits := addDue(t, s, schedule.Occurrence{ClassID: class, GuildID: "1", ChannelID: "10"})
			tried := addDue(t, s, schedule.Occurrence{ClassID: class, GuildID: "1", ChannelID: "10", DueAt: monday().Add(-time.Minute), StartAt: monday().Add(10 * time.Minute)})
			o := claim(t, s, "a", monday().Add(-time.Minute), 32)[0]
			o.SendAt, o.TriedAt = monday(), monday().Add(-time.Minute)
			must(t, s.Retry(t.Context(), "a", o))
			addDue(t, s, schedule.Occurrence{ClassID: class, GuildID: "1", ChannelID: "10", Kind: schedule.KindNow, DueAt: monday().Add(-3 * time.Hour)})
			must(t, tc.do(s, class))
			checked(t, s, monday())
			if got := stateOf(t, s, waits); got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
			if got := stateOf(t, s, tried); got != "due" {
				t.Errorf("got %q for what may have arrived, want it due still", got)
			}
		})
	}
}

// What a newer post of its class overtakes after it was tried in vain was not
// skipped for want of us.
func TestOvertakenRetryGaveUp(t *testing.T) {
	t.Parallel()
	s := openEmpty(t)
	p := addPlace(t, s, schedule.Place{GuildID: "1", Name: "Hall", ChannelID: "10"})
	class := addClass(t, s, p, "5")
	id := addDue(t, s, schedule.Occurrence{ClassID: class, GuildID: "1", ChannelID: "10"})
	o := claim(t, s, "a", monday(), 1)[0]
	o.SendAt = monday().Add(time.Hour)
	must(t, s.Retry(t.Context(), "a", o))
	other := addDue(t, s, schedule.Occurrence{ClassID: class, GuildID: "1", ChannelID: "10", Kind: schedule.KindCoolDown})
	addDue(t, s, schedule.Occurrence{ClassID: class, GuildID: "1", ChannelID: "10", DueAt: monday().Add(5 * time.Minute)})
	if got := stateOf(t, s, id); got != "failed gave_up" {
		t.Errorf("got %q, want failed gave_up", got)
	}
	if got := stateOf(t, s, other); got != "due" {
		t.Errorf("the other kind: got %q, want due", got)
	}
}

// What changes for a class counts also for posts that are being planned at
// that moment.
func TestPlanChangedSinceItWasRead(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*Store, int64) error{
		"skip": func(s *Store, class int64) error {
			return s.Skip(t.Context(), class, at(monday().Add(6*time.Hour)), now())
		},
		"pause": func(s *Store, class int64) error {
			return s.Pause(t.Context(), class, schedule.DateOf(monday().AddDate(0, 0, 1)), now())
		},
		"mend": func(s *Store, class int64) error {
			if _, err := s.write.ExecContext(t.Context(), `UPDATE classes SET broken_at = 1, broken_why = 'access' WHERE id = ?`, class); err != nil {
				return err
			}
			return s.Mend(t.Context(), class, now())
		},
		"channel": func(s *Store, class int64) error {
			series, err := s.Series(t.Context(), class)
			if err != nil {
				return err
			}
			series.Place.ChannelID = "99"
			_, err = s.SavePlace(t.Context(), series.Place, schedule.By{At: monday()})
			return err
		},
		"remove": func(s *Store, class int64) error { return s.Remove(t.Context(), class, now()) },
		"zone": func(s *Store, class int64) error {
			series, err := s.Series(t.Context(), class)
			if err != nil {
				return err
			}
			series.Place.Zone = "Asia/Tokyo"
			_, err = s.SavePlace(t.Context(), series.Place, schedule.By{At: monday().Add(time.Minute)})
			return err
		},
		"left": func(s *Store, _ int64) error { return s.Left(t.Context(), "1", monday()) },
		"break": func(s *Store, class int64) error {
			addDue(t, s, schedule.Occurrence{ClassID: class, GuildID: "1", ChannelID: "10", Kind: schedule.KindNow})
			o := claim(t, s, "a", monday(), 1)[0]
			o.State, o.Reason = schedule.StateFailed, schedule.ReasonAccess
			return s.Break(t.Context(), "a", o, monday())
		},
	} {
		for _, fresh := range []bool{true, false} {
			t.Run(fmt.Sprint(name, " fresh ", fresh), func(t *testing.T) {
				s := openEmpty(t)
				p := addPlace(t, s, schedule.Place{GuildID: "1", Name: "Hall", ChannelID: "10"})
				class := addClass(t, s, p, "5")
				start := monday().Add(6 * time.Hour)
				if !fresh {
					stepOn(t, s, monday(), start.Add(-10*time.Minute), nil)
				}
				plans, err := s.DuePlans(t.Context(), start, 10)
				if err != nil || len(plans) != 3 {
					t.Fatalf("got %d plans, %v, want three", len(plans), err)
				}
				must(t, change(s, class))
				var steps []delivery.Step
				for _, p := range plans {
					steps = append(steps, delivery.Step{Plan: p, AccountedTo: start, NextAt: start.Add(time.Hour), Occurrences: []schedule.Occurrence{
						{ClassID: class, GuildID: "1", Kind: p.Kind, DueAt: start, StartAt: start, ChannelID: "10", State: schedule.StateDue, SendAt: start}}})
				}
				must(t, s.Record(t.Context(), start, steps))
				if n := count(t, s, `SELECT count(*) FROM occurrences WHERE kind IN ('pre', 'cool_down', 'notice')`); n != 0 {
					t.Errorf("got %d occurrences of the old plan, want none", n)
				}
			})
		}
	}
}

// stepOn moves all plans on.
func stepOn(t testing.TB, s *Store, now, next time.Time, occurrences []schedule.Occurrence) {
	t.Helper()
	plans, err := s.DuePlans(t.Context(), now, 100)
	must(t, err)
	var steps []delivery.Step
	for _, p := range plans {
		steps = append(steps, delivery.Step{Plan: p, AccountedTo: now.Add(-time.Second), NextAt: next, Occurrences: occurrences})
	}
	must(t, s.Record(t.Context(), now, steps))
}

func spoil(t testing.TB, s *Store, class int64) {
	t.Helper()
	if _, err := s.write.ExecContext(t.Context(), `UPDATE classes SET rule = 'now and then' WHERE id = ?`, class); err != nil {
		t.Fatal(err)
	}
}

// One class that can't be read hides no other, and is told of like any that
// broke.
func TestUnreadableRule(t *testing.T) {
	t.Parallel()
	s := openEmpty(t)
	p := addPlace(t, s, schedule.Place{GuildID: "1", Name: "Hall", ChannelID: "10", LogChannel: "11"})
	bad, good := addClass(t, s, p, "5"), addClass(t, s, p, "5")
	spoil(t, s, bad)
	all, err := s.SeriesOf(t.Context(), "1")
	if err != nil || len(all) != 2 || !all[0].Rule.IsZero() || all[1].Rule.IsZero() {
		t.Fatalf("got %+v, %v, want both classes, the first without a rule", all, err)
	}
	if series, err := s.Series(t.Context(), bad); err != nil || !series.Rule.IsZero() {
		t.Errorf("got %+v, %v, want the class without a rule", series, err)
	}
	p.Zone = "Asia/Tokyo"
	if _, err := s.SavePlace(t.Context(), p, schedule.By{At: monday()}); err != nil {
		t.Error(err)
	}
	breaks := func() {
		t.Helper()
		plans, err := s.DuePlans(t.Context(), monday().Add(time.Minute), 10)
		must(t, err)
		var steps []delivery.Step
		for _, p := range plans {
			step := delivery.Step{Plan: p, AccountedTo: p.AccountedTo, NextAt: monday().AddDate(1, 0, 0)}
			if (p.Fault != nil) != (p.ID == bad) {
				t.Errorf("class %d: got fault %v", p.ID, p.Fault)
			}
			if p.Fault != nil {
				step.NextAt, step.Broken = time.Time{}, schedule.ReasonRule
			}
			steps = append(steps, step)
		}
		must(t, s.Record(t.Context(), monday().Add(time.Minute), steps))
	}
	breaks()
	series, err := s.Series(t.Context(), bad)
	if err != nil || series.BrokenWhy != schedule.ReasonRule || series.BrokenAt.IsZero() {
		t.Errorf("got %+v, %v, want it broken", series, err)
	}
	if series, _ := s.Series(t.Context(), good); !series.BrokenAt.IsZero() {
		t.Error("the other class is broken too")
	}
	if n := count(t, s, `SELECT count(*) FROM occurrences WHERE kind IN ('alert', 'log')`); n != 2 {
		t.Errorf("got %d words of it, want one to the creator and one to the log channel", n)
	}
	must(t, s.Mend(t.Context(), bad, now()))
	if n := count(t, s, `SELECT count(*) FROM class_posts WHERE class_id = ? AND next_run_at IS NOT NULL`, bad); n != 3 {
		t.Errorf("got %d plans after it was mended, want 3", n)
	}
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	s := openEmpty(t)
	p := addPlace(t, s, schedule.Place{GuildID: "1", Name: "Hall", ChannelID: "10", CoachRole: "7", LogChannel: "11", Tidy: true})
	other := addPlace(t, s, schedule.Place{GuildID: "2", Name: "Hall", ChannelID: "20"})
	got, err := s.Places(t.Context(), "1")
	if err != nil || len(got) != 1 || got[0] != p {
		t.Errorf("got %+v, %v, want %+v", got, err, p)
	}
	if got, err := s.Places(t.Context(), "3"); err != nil || len(got) != 0 {
		t.Errorf("got %+v, %v, want none", got, err)
	}
	second := p
	second.ID, second.Name = 0, "Box"
	second = addPlace(t, s, second)
	second.Name = "Hall"
	if _, err := s.SavePlace(t.Context(), second, schedule.By{At: monday()}); !errors.Is(err, schedule.ErrPlaceName) {
		t.Errorf("got %v, want %v", err, schedule.ErrPlaceName)
	}
	second.ID = 0
	if _, err := s.SavePlace(t.Context(), second, schedule.By{At: monday()}); !errors.Is(err, schedule.ErrPlaceName) {
		t.Errorf("got %v, want %v", err, schedule.ErrPlaceName)
	}
	other.GuildID, other.Name = "1", "Mine"
	if _, err := s.SavePlace(t.Context(), other, schedule.By{At: monday()}); err == nil {
		t.Error("a place was changed from another server")
	}
	p.Name, p.ChannelID, p.Tidy, p.CoachRole, p.LogChannel = "Big hall", "12", false, "", ""
	if id, err := s.SavePlace(t.Context(), p, schedule.By{At: monday()}); id != p.ID || err != nil {
		t.Errorf("got %d, %v, want %d", id, err, p.ID)
	}
	stale := p
	stale.Zone = "Europe/Paris"
	if _, err := s.SavePlace(t.Context(), stale, schedule.By{At: monday()}); !errors.Is(err, schedule.ErrChanged) {
		t.Errorf("a place that was changed since it was read: got %v, want %v", err, schedule.ErrChanged)
	}
	p.Revision++
	if got, err := s.Places(t.Context(), "1"); err != nil || len(got) != 2 || got[0] != p {
		t.Errorf("got %+v, %v, want %+v first", got, err, p)
	}
}

func TestDrafts(t *testing.T) {
	t.Parallel()
	s := openEmpty(t)
	p := addPlace(t, s, schedule.Place{GuildID: "1", Name: "Hall", ChannelID: "10"})
	draft := schedule.Series{Place: p, Title: "WOD", Rule: rule(t, "mon 18:00"), Length: time.Hour, ChannelID: "10", Lead: 10 * time.Minute,
		CoolDown: true, CreatedBy: "5", CreatedAt: monday(), DraftUntil: monday().Add(15 * time.Minute)}
	id, err := s.AddDrafts(t.Context(), 0, []schedule.Series{draft})
	must(t, err)
	draft.ID = id
	if all, err := s.SeriesOf(t.Context(), "1"); err != nil || len(all) != 0 {
		t.Errorf("got %+v, %v, want no class", all, err)
	}
	draft.Title, draft.Rule, draft.Until, draft.RoleID, draft.CoolDown, draft.WarmUp = "Yoga", rule(t, "weekdays 07:00"), schedule.DateOf(monday().AddDate(0, 1, 0)), "7", false, schedule.LowerBody
	first := id
	id, err = s.AddDrafts(t.Context(), id, []schedule.Series{draft})
	must(t, err)
	if _, err := s.Series(t.Context(), first); !errors.Is(err, schedule.ErrNoClass) {
		t.Errorf("the earlier draft: got %v, want %v", err, schedule.ErrNoClass)
	}
	got, err := s.Series(t.Context(), id)
	if err != nil || got.Title != "Yoga" || got.Rule.String() != draft.Rule.String() || got.Until != draft.Until || got.WarmUp != draft.WarmUp || !got.DraftUntil.Equal(draft.DraftUntil) {
		t.Errorf("got %+v, %v, want %+v", got, err, draft)
	}
	if n := count(t, s, `SELECT count(*) FROM class_posts`); n != 0 {
		t.Errorf("a draft has %d posts, want none", n)
	}
	if _, err := s.SaveDrafts(t.Context(), id, schedule.By{At: draft.DraftUntil}); !errors.Is(err, schedule.ErrNoClass) {
		t.Errorf("a draft whose time is over: got %v, want %v", err, schedule.ErrNoClass)
	}
	if ids, err := s.SaveDrafts(t.Context(), id, now()); err != nil || !slices.Equal(ids, []int64{id}) {
		t.Errorf("got %v, %v, want the class", ids, err)
	}
	if _, err := s.SaveDrafts(t.Context(), id, now()); !errors.Is(err, schedule.ErrNoClass) {
		t.Errorf("saved twice: got %v, want %v", err, schedule.ErrNoClass)
	}
	if _, err := s.AddDrafts(t.Context(), id, []schedule.Series{draft}); !errors.Is(err, schedule.ErrNoClass) {
		t.Errorf("changed once saved: got %v, want %v", err, schedule.ErrNoClass)
	}
	if plans, err := s.DuePlans(t.Context(), monday(), 10); err != nil || len(plans) != 2 || plans[0].Kind == plans[1].Kind {
		t.Errorf("got %+v, %v, want the plans of pre post and notice", plans, err)
	}
	second, err := s.AddDrafts(t.Context(), 0, []schedule.Series{draft})
	must(t, err)
	must(t, s.DropDrafts(t.Context(), draft.DraftUntil.Add(-time.Second)))
	if _, err := s.Series(t.Context(), second); err != nil {
		t.Errorf("dropped early: %v", err)
	}
	must(t, s.DropDrafts(t.Context(), draft.DraftUntil))
	if _, err := s.Series(t.Context(), second); !errors.Is(err, schedule.ErrNoClass) {
		t.Errorf("got %v, want %v", err, schedule.ErrNoClass)
	}
	if all, err := s.SeriesOf(t.Context(), "1"); err != nil || len(all) != 1 || all[0].ID != id {
		t.Errorf("got %+v, %v, want the class", all, err)
	}
}

func TestChangesOfAClass(t *testing.T) {
	t.Parallel()
	s := openEmpty(t)
	p := addPlace(t, s, schedule.Place{GuildID: "1", Name: "Hall", ChannelID: "10"})
	var ids []int64
	for range schedule.ClassesMax {
		ids = append(ids, addClass(t, s, p, "5"))
	}
	all, err := s.SeriesOf(t.Context(), "1")
	if err != nil || len(all) != schedule.ClassesMax || !slices.IsSortedFunc(all, func(a, b schedule.Series) int { return int(a.ID - b.ID) }) {
		t.Errorf("got %d classes, %v, want them in order", len(all), err)
	}
	start, id := monday().Add(6*time.Hour), ids[0]
	must(t, s.Skip(t.Context(), id, at(start), now()))
	must(t, s.Skip(t.Context(), id, at(start), now()))
	until := schedule.DateOf(monday().AddDate(0, 0, 9))
	must(t, s.Pause(t.Context(), id, until, now()))
	series, err := s.Series(t.Context(), id)
	if err != nil || len(series.Skips) != 1 || series.Skips[0] != schedule.SlotOf(start) || series.PausedUntil != until {
		t.Errorf("got %+v, %v, want it skipped once and paused", series, err)
	}
	must(t, s.Pause(t.Context(), id, schedule.Date{}, now()))
	if series, _ := s.Series(t.Context(), id); !series.PausedUntil.IsZero() {
		t.Errorf("got a pause until %v, want none", series.PausedUntil)
	}
	must(t, s.Remove(t.Context(), id, now()))
	for what, err := range map[string]error{
		"skip":      s.Skip(t.Context(), id, at(start), now()),
		"skip none": s.Skip(t.Context(), 9999, at(start), now()),
		"pause":     s.Pause(t.Context(), id, until, now()),
		"remove":    s.Remove(t.Context(), id, now()),
		"cancel":    s.Cancel(t.Context(), series, at(start), nil, now()),
		"move":      s.Move(t.Context(), id, at(start), schedule.SlotOf(start.Add(time.Hour)), now()),
		"take over": s.TakeOver(t.Context(), id, false, now()),
	} {
		if !errors.Is(err, schedule.ErrNoClass) {
			t.Errorf("%s a class that is gone: got %v, want %v", what, err, schedule.ErrNoClass)
		}
	}
	if n := count(t, s, `SELECT count(*) FROM class_posts WHERE class_id = ?`, id); n != 0 {
		t.Errorf("a removed class has %d plans", n)
	}
}

func TestHistory(t *testing.T) {
	t.Parallel()
	s := openEmpty(t)
	p := addPlace(t, s, schedule.Place{GuildID: "1", Name: "Hall", ChannelID: "10"})
	class, second := addClass(t, s, p, "5"), addClass(t, s, p, "5")
	var want []int64
	for i := range 5 {
		want = append(want, addDue(t, s, schedule.Occurrence{ClassID: class, GuildID: "1", ChannelID: "10", State: schedule.StateSkipped, DueAt: monday().AddDate(0, 0, i)}))
	}
	slices.Reverse(want)
	addDue(t, s, schedule.Occurrence{ClassID: class, GuildID: "1", Kind: schedule.KindAlert, UserID: "5"})
	addDue(t, s, schedule.Occurrence{ClassID: second, GuildID: "1", ChannelID: "10"})
	var got []int64
	for offset := 0; ; offset += 2 {
		page, err := s.History(t.Context(), "1", class, 2, offset)
		must(t, err)
		if len(page) == 0 {
			break
		}
		for _, o := range page {
			got = append(got, o.ID)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if all, err := s.History(t.Context(), "1", 0, 100, 0); err != nil || len(all) != 6 {
		t.Errorf("got %d, %v, want 6 of both classes and no alert", len(all), err)
	}
	if all, err := s.History(t.Context(), "2", class, 100, 0); err != nil || len(all) != 0 {
		t.Errorf("got %d, %v, want none of another server", len(all), err)
	}
	for n := 1; n <= 2; n++ {
		if got, err := s.Press(t.Context(), want[0], true, monday()); got != n || err != nil {
			t.Errorf("got %d, %v, want %d", got, err, n)
		}
	}
	if _, err := s.Press(t.Context(), 9999, true, monday()); !errors.Is(err, schedule.ErrNoOccurrence) {
		t.Errorf("got %v, want %v", err, schedule.ErrNoOccurrence)
	}
	if _, err := s.Occurrence(t.Context(), 9999); !errors.Is(err, schedule.ErrNoOccurrence) {
		t.Errorf("got %v, want %v", err, schedule.ErrNoOccurrence)
	}
	must(t, s.Trim(t.Context(), monday().AddDate(0, 0, 3)))
	if all, err := s.History(t.Context(), "1", class, 100, 0); err != nil || len(all) != 2 {
		t.Errorf("got %d, %v, want the last two", len(all), err)
	}
	if n := count(t, s, `SELECT count(*) FROM occurrences WHERE state = 'due'`); n != 2 {
		t.Errorf("got %d that are due, want the 2 that were: what has no end yet stays", n)
	}
}

func TestTrimRemoved(t *testing.T) {
	t.Parallel()
	s := openEmpty(t)
	p := addPlace(t, s, schedule.Place{GuildID: "1", Name: "Hall", ChannelID: "10"})
	removed, stays := addClass(t, s, p, "5"), addClass(t, s, p, "5")
	must(t, s.Skip(t.Context(), stays, at(monday().AddDate(0, 0, -1)), now())) // kept for its whole day
	must(t, s.Remove(t.Context(), removed, now()))
	must(t, s.Trim(t.Context(), monday()))
	if n := count(t, s, `SELECT count(*) FROM classes`); n != 2 {
		t.Errorf("got %d classes, want 2 until their time is over", n)
	}
	must(t, s.Trim(t.Context(), monday().Add(time.Second)))
	for id, want := range map[int64]int{removed: 0, stays: 1} {
		if n := count(t, s, `SELECT count(*) FROM classes WHERE id = ?`, id); n != want {
			t.Errorf("class %d: got %d rows, want %d", id, n, want)
		}
	}
	if n := count(t, s, `SELECT count(*) FROM class_skips`); n != 0 {
		t.Errorf("got %d old skips, want none", n)
	}
}

func everyServer(string) bool { return true }

// TestPresentCountsFaults: what befalls thousands of servers alike is said once.
func TestPresentCountsFaults(t *testing.T) {
	t.Parallel()
	s := openEmpty(t)
	for i := range 30 {
		addPlace(t, s, schedule.Place{GuildID: fmt.Sprint(1000 + i), Name: "Hall", ChannelID: fmt.Sprint(2000 + i)})
	}
	must(t, s.Present(t.Context(), everyServer, []string{"1007"}, monday()))
	refuse := []string{`CREATE TEMP TRIGGER refused BEFORE UPDATE ON places BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`}
	if s.file == "" {
		refuse = []string{`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'the disk is full'; END $$`,
			`CREATE TRIGGER refused BEFORE UPDATE ON places FOR EACH ROW EXECUTE FUNCTION refuse()`}
	}
	for _, statement := range refuse {
		change(t, s, statement)
	}
	err := s.Present(t.Context(), everyServer, []string{"1003", "1005"}, monday())
	if err == nil || len(err.Error()) > 300 || !strings.Contains(err.Error(), "3 could not be noted") || strings.Count(err.Error(), "the disk is full") != 1 {
		t.Errorf("got %v, want the number of servers and one reason", err)
	}
}

func TestServerLeftAndJoined(t *testing.T) {
	t.Parallel()
	s := openEmpty(t)
	for _, guild := range []string{"1", "2"} {
		p := addPlace(t, s, schedule.Place{GuildID: guild, Name: "Hall", ChannelID: guild + "0", LogChannel: guild + "1"})
		class := addClass(t, s, p, "5")
		if _, err := s.write.ExecContext(t.Context(), `UPDATE classes SET broken_at = 1, broken_why = ? WHERE id = ?`,
			map[string]string{"1": "access", "2": "channel"}[guild], class); err != nil {
			t.Fatal(err)
		}
	}
	check := func(what string, here ...bool) {
		t.Helper()
		for i, want := range here {
			places, err := s.Places(t.Context(), fmt.Sprint(i+1))
			must(t, err)
			if places[0].LeftAt.IsZero() != want {
				t.Errorf("%s: server %d: got left at %v, want here %t", what, i+1, places[0].LeftAt, want)
			}
		}
	}
	must(t, s.Present(t.Context(), everyServer, []string{"1", "2", "3"}, monday()))
	check("all here", true, true)
	must(t, s.Present(t.Context(), everyServer, []string{"2"}, monday()))
	check("one left", false, true)
	must(t, s.Left(t.Context(), "1", monday().Add(time.Hour)))
	if places, _ := s.Places(t.Context(), "1"); !places[0].LeftAt.Equal(monday()) {
		t.Errorf("got left at %v, want the first time", places[0].LeftAt)
	}
	must(t, s.Present(t.Context(), everyServer, []string{"1"}, monday()))
	check("the other left", true, false)
	must(t, s.Present(t.Context(), func(id string) bool { return id == "2" }, nil, monday()))
	check("a shard without the first", true, false)
	must(t, s.Joined(t.Context(), "2"))
	check("back", true, true)
	for guild, want := range map[string]bool{"1": true, "2": false} {
		all, err := s.SeriesOf(t.Context(), guild)
		if err != nil || len(all) != 1 || all[0].BrokenAt.IsZero() != want {
			t.Errorf("server %s: got %+v, %v, want mended %t", guild, all, err, want)
		}
	}
}

// One server with much to send holds up another by no more than one batch.
func TestClaimIsFair(t *testing.T) {
	t.Parallel()
	s := openEmpty(t)
	big := addPlace(t, s, schedule.Place{GuildID: "1", Name: "Hall", ChannelID: "10"})
	for i := range 200 {
		class := addClass(t, s, big, "5")
		for j := range 5 {
			addDue(t, s, schedule.Occurrence{ClassID: class, GuildID: "1", ChannelID: fmt.Sprint("c", i, "-", j), DueAt: monday().Add(time.Duration(j) * time.Second), SendAt: monday(), Kind: schedule.KindNow})
		}
	}
	small := addPlace(t, s, schedule.Place{GuildID: "2", Name: "Hall", ChannelID: "20"})
	one := addDue(t, s, schedule.Occurrence{ClassID: addClass(t, s, small, "5"), GuildID: "2", ChannelID: "20", DueAt: monday().Add(time.Minute)})
	now := monday().Add(time.Minute)
	got := claim(t, s, "a", now, 32)
	if len(got) != 32 || !slices.ContainsFunc(got[:2], func(o schedule.Occurrence) bool { return o.ID == one }) {
		t.Errorf("got %d with %v first, want 32 with %d among the first two", len(got), got[0].ID, one)
	}
	another := addPlace(t, s, schedule.Place{GuildID: "3", Name: "Hall", ChannelID: "30"})
	three := addDue(t, s, schedule.Occurrence{ClassID: addClass(t, s, another, "5"), GuildID: "3", ChannelID: "30", DueAt: monday().Add(time.Minute)})
	if got := claim(t, s, "a", now, 32); len(got) != 32 || got[0].ID != three {
		t.Errorf("got %v first, want %d: a server with posts on their way waits", got[0].ID, three)
	}
}

func TestClaimTakesOneAChannel(t *testing.T) {
	t.Parallel()
	s := openEmpty(t)
	p := addPlace(t, s, schedule.Place{GuildID: "1", Name: "Hall", ChannelID: "10"})
	first := addDue(t, s, schedule.Occurrence{ClassID: addClass(t, s, p, "5"), GuildID: "1", ChannelID: "10"})
	second := addDue(t, s, schedule.Occurrence{ClassID: addClass(t, s, p, "5"), GuildID: "1", ChannelID: "10"})
	dm := addDue(t, s, schedule.Occurrence{ClassID: addClass(t, s, p, "5"), GuildID: "1", UserID: "5", Kind: schedule.KindAlert})
	addDue(t, s, schedule.Occurrence{ClassID: addClass(t, s, p, "5"), GuildID: "1", UserID: "5", Kind: schedule.KindAlert})
	other := addDue(t, s, schedule.Occurrence{ClassID: addClass(t, s, p, "5"), GuildID: "1", UserID: "6", Kind: schedule.KindAlert})
	ids := func(all []schedule.Occurrence) (ids []int64) {
		for _, o := range all {
			ids = append(ids, o.ID)
		}
		return ids
	}
	got := claim(t, s, "a", monday(), 32)
	if !slices.Equal(ids(got), []int64{first, dm, other}) {
		t.Errorf("got %v, want %v", ids(got), []int64{first, dm, other})
	}
	if got := claim(t, s, "b", monday(), 32); len(got) != 0 {
		t.Errorf("got %v, want nothing while those are on their way", ids(got))
	}
	got[0].State, got[0].MessageID, got[0].SentAt = schedule.StateSent, "900", monday()
	must(t, s.Finish(t.Context(), "a", got[0]))
	if got := claim(t, s, "a", monday(), 32); !slices.Equal(ids(got), []int64{second}) {
		t.Errorf("got %v, want %d", ids(got), second)
	}
}

// TestBack makes due at once what waits for another try in a server that is back,
// and moves neither a first try, nor a DM, nor what waits in another server.
func TestBack(t *testing.T) {
	t.Parallel()
	s := openEmpty(t)
	add := func(guild, channel, user string) int64 {
		p := addPlace(t, s, schedule.Place{GuildID: guild, Name: "Hall " + channel + user, ChannelID: "10"})
		return addDue(t, s, schedule.Occurrence{ClassID: addClass(t, s, p, "5"), GuildID: guild, ChannelID: channel, UserID: user})
	}
	tried, dm, other := add("1", "10", ""), add("1", "", "6"), add("2", "20", "")
	again := monday().Add(10 * time.Minute)
	for _, o := range claim(t, s, "a", monday(), 32) {
		o.SendAt = again
		must(t, s.Retry(t.Context(), "a", o))
	}
	first := addDue(t, s, schedule.Occurrence{ClassID: addClass(t, s, addPlace(t, s, schedule.Place{GuildID: "1", Name: "Yard", ChannelID: "11"}), "5"), GuildID: "1", ChannelID: "11", SendAt: again})
	must(t, s.Back(t.Context(), []string{"1", "3"}, monday()))
	for what, tc := range map[string]struct {
		id   int64
		want time.Time
	}{"tried": {tried, monday()}, "first try": {first, again}, "DM": {dm, again}, "other server": {other, again}} {
		if o, err := s.Occurrence(t.Context(), tc.id); err != nil || !o.SendAt.Equal(tc.want) {
			t.Errorf("%s: due at %v, %v; want %v", what, o.SendAt, err, tc.want)
		}
	}
	if o, err := s.Occurrence(t.Context(), tried); err != nil || o.Attempts != 1 {
		t.Errorf("%d attempts, %v; want 1", o.Attempts, err)
	}
}

// Broken once: a word to each creator and each log channel, however many
// classes post there.
func TestBreak(t *testing.T) {
	t.Parallel()
	s := openEmpty(t)
	p := addPlace(t, s, schedule.Place{GuildID: "1", Name: "Hall", ChannelID: "10", LogChannel: "11"})
	q := addPlace(t, s, schedule.Place{GuildID: "1", Name: "Yard", ChannelID: "10", LogChannel: "12"})
	elsewhere := addPlace(t, s, schedule.Place{GuildID: "1", Name: "Roof", ChannelID: "30", LogChannel: "11"})
	first := addClass(t, s, p, "5")
	for _, by := range []string{"5", "6", ""} {
		addClass(t, s, p, by)
		addClass(t, s, q, by)
	}
	fine := addClass(t, s, elsewhere, "5")
	failed := addClass(t, s, p, "5") // not the oldest of them
	for range 2 {
		addDue(t, s, schedule.Occurrence{ClassID: failed, GuildID: "1", ChannelID: "10", Kind: schedule.KindNow})
		for _, o := range claim(t, s, "a", monday(), 32) {
			if o.Kind != schedule.KindNow {
				continue
			}
			o.State, o.Reason = schedule.StateFailed, schedule.ReasonPermission
			must(t, s.Break(t.Context(), "a", o, monday()))
			if got := stateOf(t, s, o.ID); got != "failed permission" {
				t.Errorf("got %q, want failed permission", got)
			}
		}
	}
	all, err := s.SeriesOf(t.Context(), "1")
	must(t, err)
	for _, series := range all {
		if broken := !series.BrokenAt.IsZero(); broken != (series.ID != fine) || broken && series.BrokenWhy != schedule.ReasonPermission {
			t.Errorf("class %d: got broken %t for %q", series.ID, broken, series.BrokenWhy)
		}
	}
	for what, tc := range map[string]struct {
		query string
		want  int
	}{
		"creators":     {`SELECT count(DISTINCT user_id) FROM occurrences WHERE kind = 'alert'`, 2},
		"alerts":       {`SELECT count(*) FROM occurrences WHERE kind = 'alert'`, 2},
		"log channels": {`SELECT count(DISTINCT channel_id) FROM occurrences WHERE kind = 'log'`, 2},
		"log lines":    {`SELECT count(*) FROM occurrences WHERE kind = 'log'`, 2},
		"of another":   {fmt.Sprintf(`SELECT count(*) FROM occurrences WHERE kind = 'alert' AND class_id <> %d`, failed), 0},
		"at its place": {fmt.Sprintf(`SELECT count(*) FROM occurrences WHERE kind = 'log' AND class_id = %d AND channel_id = '11'`, failed), 1},
	} {
		if got := count(t, s, tc.query); got != tc.want {
			t.Errorf("%s: got %d, want %d", what, got, tc.want)
		}
	}
	must(t, s.Mend(t.Context(), first, now()))
	if series, _ := s.Series(t.Context(), first); series.Off(schedule.KindPre) != "" || series.BrokenWhy != "" {
		t.Errorf("got %q after it was mended", series.Off(schedule.KindPre))
	}
}

func TestTidy(t *testing.T) {
	t.Parallel()
	s := openEmpty(t)
	p := addPlace(t, s, schedule.Place{GuildID: "1", Name: "Hall", ChannelID: "10", Tidy: true})
	messy := addPlace(t, s, schedule.Place{GuildID: "1", Name: "Yard", ChannelID: "20"})
	class := map[int64]int64{p.ID: addClass(t, s, p, "5"), messy.ID: addClass(t, s, messy, "5")}
	send := func(p schedule.Place, kind schedule.Kind, message string, at time.Time) int64 {
		t.Helper()
		id := addDue(t, s, schedule.Occurrence{ClassID: class[p.ID], GuildID: "1", ChannelID: p.ChannelID, Kind: kind, DueAt: at, StartAt: at})
		o := claim(t, s, "a", at, 32)[0]
		o.State, o.MessageID, o.SentAt = schedule.StateSent, message, at
		must(t, s.Finish(t.Context(), "a", o))
		return id
	}
	untidy := func(now time.Time) (ids []int64) {
		t.Helper()
		all, err := s.Untidy(t.Context(), now, 8)
		must(t, err)
		for _, o := range all {
			ids = append(ids, o.ID)
		}
		return ids
	}
	at := func(minutes int) time.Time { return monday().Add(time.Duration(minutes) * time.Minute) }
	first := send(p, schedule.KindPre, "1", at(0))
	send(p, schedule.KindCoolDown, "2", at(1))
	send(messy, schedule.KindPre, "4", at(3))
	send(messy, schedule.KindPre, "5", at(4))
	send(p, schedule.KindPre, "", at(5)) // it was taken away by hand
	if got := untidy(at(60)); len(got) != 0 {
		t.Errorf("got %v, want nothing", got)
	}
	second := send(p, schedule.KindNow, "7", at(6))
	if got := untidy(at(6)); !slices.Equal(got, []int64{first}) {
		t.Errorf("got %v, want %d", got, first)
	}
	must(t, s.TidyLater(t.Context(), first, at(10)))
	send(p, schedule.KindPre, "8", at(7))
	if got := untidy(at(9)); !slices.Equal(got, []int64{second}) {
		t.Errorf("got %v, want %d", got, second)
	}
	if got := untidy(at(10)); !slices.Equal(got, []int64{second, first}) {
		t.Errorf("got %v, want %v", got, []int64{second, first})
	}
	must(t, s.Tidied(t.Context(), first, at(11)))
	if got := untidy(at(60)); !slices.Equal(got, []int64{second}) {
		t.Errorf("got %v, want %d", got, second)
	}
	if o, _ := s.Occurrence(t.Context(), first); !o.Gone {
		t.Error("the message is not noted as away")
	}
}

func TestWake(t *testing.T) {
	t.Parallel()
	s := openEmpty(t)
	wake := func(owner string, want time.Time) {
		t.Helper()
		if got, err := s.Wake(t.Context(), owner); !got.Equal(want) || err != nil {
			t.Errorf("got %v, %v, want %v", got, err, want)
		}
	}
	wake("a", time.Time{})
	p := addPlace(t, s, schedule.Place{GuildID: "1", Name: "Hall", ChannelID: "10", Tidy: true})
	class := addClass(t, s, p, "5")
	wake("a", monday())
	stepOn(t, s, monday(), monday().Add(time.Hour), nil)
	wake("a", monday().Add(time.Hour))
	addDue(t, s, schedule.Occurrence{ClassID: class, GuildID: "1", ChannelID: "10", SendAt: monday().Add(time.Minute)})
	wake("a", monday().Add(time.Minute))
	claim(t, s, "a", monday().Add(time.Minute), 1)
	wake("a", monday().Add(time.Hour))
	wake("b", monday().Add(time.Minute+delivery.Lease))
}

func TestPostNow(t *testing.T) {
	t.Parallel()
	s := openEmpty(t)
	series, err := s.Series(t.Context(), addClass(t, s, addPlace(t, s, schedule.Place{GuildID: "1", Name: "Hall", ChannelID: "10"}), "5"))
	must(t, err)
	must(t, s.PostNow(t.Context(), series, now()))
	must(t, s.PostNow(t.Context(), series, schedule.By{At: monday().Add(time.Millisecond)}))
	got := claim(t, s, "a", monday(), 32)
	if len(got) != 1 || got[0].Kind != schedule.KindNow || got[0].ChannelID != "10" {
		t.Errorf("got %+v, want one post", got)
	}
}

// One press mends all that one channel broke, at whatever place.
func TestMendIsOfAChannel(t *testing.T) {
	t.Parallel()
	c := newClub(t)
	yard := addPlace(t, c.Store, schedule.Place{GuildID: "1", Name: "Yard", ChannelID: "10"})
	roof := addPlace(t, c.Store, schedule.Place{GuildID: "1", Name: "Roof", ChannelID: "30"})
	same, far := addClass(t, c.Store, yard, "5"), addClass(t, c.Store, roof, "5")
	for _, channel := range []string{"10", "30"} {
		id := c.class.ID
		if channel == "30" {
			id = far
		}
		addDue(t, c.Store, schedule.Occurrence{ClassID: id, GuildID: "1", ChannelID: channel, Kind: schedule.KindNow})
		for _, o := range claim(t, c.Store, "a", monday(), 32) {
			o.State, o.Reason = schedule.StateFailed, schedule.ReasonPermission
			must(t, c.Break(t.Context(), "a", o, monday()))
		}
	}
	must(t, c.Mend(t.Context(), c.class.ID, now()))
	for id, broken := range map[int64]bool{c.class.ID: false, same: false, far: true} {
		if s := c.series(id); s.BrokenAt.IsZero() == broken {
			t.Errorf("class %d of %s: got broken %t, want %t", id, s.Place.Name, !broken, broken)
		}
	}
}
