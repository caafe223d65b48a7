package store

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"unpinch/delivery"
	"unpinch/schedule"
)

// dailyClass adds a tidy place with a class every day at 18:00, whose posts are
// planned from agreed on.
func dailyClass(t testing.TB, s *Store) schedule.Series {
	t.Helper()
	p := schedule.Place{GuildID: "1", Name: "Hall", Zone: "Europe/Lisbon", ChannelID: "10", CreatedAt: agreed(), Tidy: true}
	var err error
	if p.ID, err = s.SavePlace(t.Context(), p, schedule.By{At: agreed()}); err != nil {
		t.Fatal(err)
	}
	rule, err := schedule.Parse("daily 18:00")
	if err != nil {
		t.Fatal(err)
	}
	series := schedule.Series{Place: p, Rule: rule, Length: time.Hour, ChannelID: "10", Lead: 10 * time.Minute, CoolDown: true,
		CreatedBy: "5", CreatedAt: agreed(), DraftUntil: agreed().Add(time.Minute)}
	if series.ID, err = s.AddDrafts(t.Context(), 0, []schedule.Series{series}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.SaveDrafts(t.Context(), series.ID, schedule.By{At: agreed()}); err != nil {
		t.Fatal(err)
	}
	return series
}

// limitPages lets the database's file grow by so many pages and no more; the
// disk is full then, as SQLite sees it.
func limitPages(t testing.TB, s *Store, more int) {
	t.Helper()
	var pages int
	if err := s.write.QueryRowContext(t.Context(), `PRAGMA page_count`).Scan(&pages); err != nil {
		t.Fatal(err)
	}
	if _, err := s.write.ExecContext(t.Context(), fmt.Sprintf(`PRAGMA max_page_count = %d`, pages+more)); err != nil {
		t.Fatal(err)
	}
}

// TestFullDisk: what can't be written as a whole is not written at all, and
// goes on when there is room.
func TestFullDisk(t *testing.T) {
	ofFile(t)
	s := openEmpty(t)
	series := dailyClass(t, s)
	limitPages(t, s, 0)
	zones, err := schedule.LoadZones()
	if err != nil {
		t.Fatal(err)
	}
	d := &delivery.Dispatcher{Zones: zones, Planner: s, Log: s.log, Keep: 3650 * 24 * time.Hour}
	now := agreed().AddDate(2, 0, 0)
	if _, err := d.Tick(t.Context(), now); err == nil || !strings.Contains(err.Error(), "full") {
		t.Fatalf("two years of posts on a full disk: %v", err)
	}
	history := func() int {
		t.Helper()
		all, err := s.History(t.Context(), "1", series.ID, 10_000, 0)
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	due := func() int {
		t.Helper()
		plans, err := s.DuePlans(t.Context(), now, 10)
		if err != nil {
			t.Fatal(err)
		}
		return len(plans)
	}
	written := history()
	if due() == 0 {
		t.Error("a plan moved on without all of its posts in the ledger")
	}
	limitPages(t, s, 10_000)
	if _, err := d.Tick(t.Context(), now); err != nil {
		t.Fatal(err)
	}
	if got := history(); got != 2*731 || written > got || due() != 0 {
		t.Errorf("with room again the ledger has %d posts, want 1462; %d plans still due", got, due())
	}
}

// TestTidyKeepsTheLastMessage: a post that is found after a crash, when a later
// one stands already, is the one to be taken away.
func TestTidyKeepsTheLastMessage(t *testing.T) {
	for _, tc := range []struct {
		name  string
		order []int // in which the three posts end
	}{
		{"in order", []int{0, 1, 2}},
		{"the first found last", []int{1, 2, 0}},
		{"backwards", []int{2, 1, 0}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := openEmpty(t)
			series := dailyClass(t, s)
			var ids []int64
			for i := range 3 {
				due := agreed().Add(time.Duration(i) * time.Hour)
				o := schedule.Occurrence{ClassID: series.ID, GuildID: "1", Kind: schedule.KindPre, DueAt: due, StartAt: due, ChannelID: "10",
					State: schedule.StateDue, SendAt: due}
				id := addDue(t, s, o)
				if _, err := s.write.ExecContext(t.Context(), `UPDATE occurrences SET state = 'sending', owner = 'me' WHERE id = ?`, id); err != nil {
					t.Fatal(err)
				}
				ids = append(ids, id)
			}
			now := agreed().AddDate(0, 0, 1)
			for _, i := range tc.order { // ids of messages differ in length too
				o := schedule.Occurrence{ID: ids[i], ClassID: series.ID, Kind: schedule.KindPre, ChannelID: "10", State: schedule.StateSent, SentAt: now,
					MessageID: []string{"998", "999", "1000"}[i]}
				if err := s.Finish(t.Context(), "me", o); err != nil {
					t.Fatal(err)
				}
			}
			old, err := s.Untidy(t.Context(), now, 8)
			if err != nil {
				t.Fatal(err)
			}
			away := map[string]bool{}
			for _, o := range old {
				away[o.MessageID] = true
			}
			if len(away) != 2 || away["1000"] {
				t.Errorf("to be taken away: %v, want 998 and 999", away)
			}
		})
	}
}

// TestWakeWaitsForTheClaimBefore: a post that is due behind another's claim can
// be sent when that one ends, not before.
func TestWakeWaitsForTheClaimBefore(t *testing.T) {
	s := openEmpty(t)
	series := dailyClass(t, s)
	for _, kind := range []schedule.Kind{schedule.KindPre, schedule.KindCoolDown} {
		o := schedule.Occurrence{ClassID: series.ID, GuildID: "1", Kind: kind, DueAt: agreed(), StartAt: agreed(), ChannelID: "10",
			State: schedule.StateDue, SendAt: agreed()}
		addDue(t, s, o)
	}
	if _, err := s.write.ExecContext(t.Context(), `DELETE FROM class_posts`); err != nil {
		t.Fatal(err)
	}
	wake := func(want time.Time) {
		t.Helper()
		if at, err := s.Wake(t.Context(), "me"); err != nil || !at.Equal(want) {
			t.Errorf("Wake: %v, %v; want %v", at, err, want)
		}
	}
	wake(agreed())
	if got, err := s.Claim(t.Context(), agreed(), "one that was killed", time.Minute, 8); err != nil || len(got) != 1 {
		t.Fatalf("Claim: %v, %v", got, err)
	}
	wake(agreed().Add(time.Minute))
}
