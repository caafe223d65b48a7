package store

import (
	"database/sql"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"unpinch/delivery"
	"unpinch/schedule"
)

func retire(t testing.TB, s *Store, now time.Time) {
	t.Helper()
	if err := s.Retire(t.Context(), now); err != nil {
		t.Fatal(err)
	}
}

// lonelyClub is a club without members.
func lonelyClub(t *testing.T) *club {
	t.Helper()
	c := newClub(t)
	change(t, c.Store, `DELETE FROM members`)
	return c
}

func change(t testing.TB, s *Store, query string) {
	t.Helper()
	if _, err := s.write.ExecContext(t.Context(), query); err != nil {
		t.Fatal(err)
	}
}

// memberIDs returns who is a member, in order.
func memberIDs(t testing.TB, s *Store) string {
	t.Helper()
	ids, err := collect(t.Context(), s.read, func(r *sql.Rows) (id string, err error) { return id, r.Scan(&id) }, `SELECT user_id FROM members ORDER BY user_id`)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(ids, " ")
}

func TestOldTrainingGoes(t *testing.T) {
	t.Parallel()
	s := openEmpty(t)
	agree(t, s, "1", "2")
	today := schedule.DateOf(agreed())
	for back := range 400 {
		for _, user := range []string{"1", "2"} {
			if _, err := s.CountDay(t.Context(), user, today.Add(-back)); err != nil {
				t.Fatal(err)
			}
		}
	}
	retire(t, s, agreed())
	for _, user := range []string{"1", "2"} {
		days, err := s.Sessions(t.Context(), user, today.Add(-400), today)
		if err != nil || len(days) != 92 || days[today.Add(-91)] != 1 {
			t.Errorf("user %s: got %d days, %v, want today and the 91 before", user, len(days), err)
		}
	}
}

// did are all ways in which a member does something that is kept.
func did(t *testing.T, c *club, user string) map[string]func() error {
	s, ctx := c.Store, t.Context()
	by := agreed()
	return map[string]func() error{
		"agrees again": func() error { return s.Agree(ctx, user, 2, "en-GB", agreed().AddDate(1, 0, 0)) },
		"sets a zone": func() error {
			return s.SetMember(ctx, schedule.Member{UserID: user, Zone: "Europe/Lisbon", Locale: "en-GB"}, by, by)
		},
		"pauses": func() error {
			return s.SetMember(ctx, schedule.Member{UserID: user, Locale: "en-GB", PausedUntil: schedule.DateOf(by)}, by, by)
		},
		"trains":           func() error { _, err := s.CountDay(ctx, user, schedule.DateOf(by)); return err },
		"writes a routine": func() error { _, err := s.SaveOwnRoutine(ctx, user, own()); return err },
		"takes it easy":    func() error { return s.SetEasy(ctx, user, []string{"grip"}, by.AddDate(0, 0, 14)) },
		"follows": func() error {
			return s.Follow(ctx, schedule.Follow{UserID: user, Place: c.place, Days: schedule.EveryDay}, c.class, by)
		},
		"stops following": func() error { return s.Unfollow(ctx, user, 0) },
		"sets a reminder": func() error {
			_, err := s.AddReminder(ctx, user, rule(t, "daily 11:00"), "UTC", "desk", by)
			return err
		},
		"drops a reminder": func() error {
			mine, err := s.Reminders(ctx, user)
			if err != nil || len(mine) != 1 {
				return fmt.Errorf("%d reminders, %w", len(mine), err)
			}
			return s.DropReminder(ctx, user, mine[0].ID)
		},
		"asks for a nudge": func() error { return s.AddNudge(ctx, user, by.AddDate(0, 0, 2)) },
		"stretches": func() error {
			return s.StartPlayer(ctx, delivery.Player{ID: "p", UserID: user, Ticket: "t", Locale: "en", Routine: "post-3", PressedAt: by, ExpiresAt: by}, by)
		},
	}
}

// Whatever a member does counts, and what others do or the bot sends does not.
func TestWhatAMemberDoesCounts(t *testing.T) {
	t.Parallel()
	c := lonelyClub(t)
	agree(t, c.Store, "1", "2")
	acts := did(t, c, "1")
	order := []string{"agrees again", "sets a zone", "pauses", "trains", "writes a routine", "takes it easy", "follows", "stops following",
		"sets a reminder", "drops a reminder", "asks for a nudge", "stretches"}
	if len(order) != len(acts) {
		t.Fatalf("%d acts, %d in order", len(acts), len(order))
	}
	for _, act := range order {
		retire(t, c.Store, agreed())
		if n := count(t, c.Store, `SELECT count(*) FROM members WHERE idle_since = '2026-11'`); n != 2 {
			t.Fatalf("before one %s: got %d idle members, want 2", act, n)
		}
		if err := acts[act](); err != nil {
			t.Fatalf("%s: %v", act, err)
		}
		if n := count(t, c.Store, `SELECT count(*) FROM members WHERE idle_since IS NULL AND user_id = '1'`); n != 1 {
			t.Errorf("a member who %s counts as idle", act)
		}
		if n := count(t, c.Store, `SELECT count(*) FROM members WHERE idle_since IS NULL AND user_id = '2'`); n != 0 {
			t.Errorf("while one %s, another counts as active", act)
		}
	}
}

// A table with rows about a member tells when the member does something.
func TestEveryPersonalTableTellsOfActs(t *testing.T) {
	t.Parallel()
	s := openEmpty(t)
	for _, p := range personalColumns() {
		if p.onForget == clearColumn || p.table == "batch_changes" { // about a timetable
			continue
		}
		table := p.table
		if table == "places" { // where the member's reminders are
			table = "classes"
		}
		query := `SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ? AND sql LIKE '%idle_since = NULL%'`
		if s.file == "" {
			query = `SELECT count(*) FROM pg_trigger t JOIN pg_proc f ON f.oid = t.tgfoid
WHERE t.tgrelid = CAST(? AS regclass) AND f.prosrc LIKE '%idle_since = NULL%'`
		}
		if n := count(t, s, query, table); n == 0 {
			t.Errorf("%s: no trigger, so that a member who uses it counts as idle", p.table)
		}
	}
}

func TestIdleMembersGo(t *testing.T) {
	t.Parallel()
	c := lonelyClub(t)
	later := agreed().AddDate(2, 1, 0)
	waits := map[string]func(string) error{
		"follows":  func(u string) error { return did(t, c, u)["follows"]() },
		"reminded": func(u string) error { return did(t, c, u)["sets a reminder"]() },
		"nudged":   func(u string) error { return c.AddNudge(t.Context(), u, later.AddDate(0, 0, 1)) },
		"trains":   func(u string) error { return nil },
		"idle":     func(u string) error { _, err := c.SaveOwnRoutine(t.Context(), u, own()); return err },
		"ended":    func(u string) error { return c.AddNudge(t.Context(), u, agreed()) },
	}
	for user, wait := range waits {
		agree(t, c.Store, user)
		must(t, wait(user))
	}
	change(t, c.Store, `UPDATE occurrences SET state = 'sent' WHERE user_id = 'ended'`)
	retire(t, c.Store, agreed())
	if _, err := c.CountDay(t.Context(), "trains", schedule.DateOf(agreed().AddDate(1, 0, 0))); err != nil {
		t.Fatal(err)
	}
	retire(t, c.Store, agreed().AddDate(1, 0, 0))
	retire(t, c.Store, agreed().AddDate(2, 0, 0))
	if got := memberIDs(t, c.Store); got != "ended follows idle nudged reminded trains" {
		t.Errorf("after two years to the month: got %s, want all six", got)
	}
	before := count(t, c.Store, `SELECT count(*) FROM occurrences WHERE user_id NOT IN ('idle', 'ended')`)
	retire(t, c.Store, later)
	if got := memberIDs(t, c.Store); got != "follows nudged reminded trains" {
		t.Errorf("a month later: got %s, want those who do something or wait for a DM", got)
	}
	if all := dump(t, c.Store); strings.Contains(all, `"idle"`) || strings.Contains(all, `"ended"`) {
		t.Errorf("rows of those who are gone stay:\n%s", all)
	}
	if after := count(t, c.Store, `SELECT count(*) FROM occurrences WHERE user_id NOT IN ('idle', 'ended')`); after != before {
		t.Errorf("got %d DMs to others, want the %d from before: nobody is told", after, before)
	}
	change(t, c.Store, `UPDATE occurrences SET state = 'sent' WHERE user_id = 'nudged'`)
	change(t, c.Store, `DELETE FROM follows`)
	retire(t, c.Store, later)
	retire(t, c.Store, later.AddDate(2, 0, 0))
	retire(t, c.Store, later.AddDate(2, 1, 0))
	if got := memberIDs(t, c.Store); got != "reminded" {
		t.Errorf("after two more years: got %s, want only the one who gets reminders", got)
	}
}

// What somebody made for others outlives their own rows.
func TestIdleCoachStaysAuthor(t *testing.T) {
	t.Parallel()
	c := lonelyClub(t)
	agree(t, c.Store, "5")
	before := count(t, c.Store, `SELECT count(*) FROM classes WHERE created_by = '5'`)
	retire(t, c.Store, agreed())
	retire(t, c.Store, agreed().AddDate(3, 0, 0))
	if got := memberIDs(t, c.Store); got != "" {
		t.Errorf("got members %s, want none", got)
	}
	if after := count(t, c.Store, `SELECT count(*) FROM classes WHERE created_by = '5'`); after != before || after == 0 {
		t.Errorf("got %d classes of theirs, want %d", after, before)
	}
}

// A server that removed the bot has thirty days to come back to everything.
func TestPlacesOfServersThatLeftGo(t *testing.T) {
	t.Parallel()
	c := lonelyClub(t)
	stays := addPlace(t, c.Store, schedule.Place{GuildID: "2", Name: "Hall", ChannelID: "20"})
	addClass(t, c.Store, stays, "5")
	agree(t, c.Store, "9")
	must(t, c.Follow(t.Context(), schedule.Follow{UserID: "9", Place: c.place, Days: schedule.EveryDay}, c.class, monday()))
	must(t, c.SetTogether(t.Context(), "1", false))
	for i := range 350 { // more than one batch
		addDue(t, c.Store, c.pre(evening().AddDate(0, 0, i)))
	}
	all := func() string {
		text := dump(t, c.Store)
		return text[strings.Index(text, "batch_changes"):strings.Index(text, "goose_db")] + text[strings.Index(text, "no_together"):strings.Index(text, "settings")]
	}
	left := monday().AddDate(0, 0, 1)
	must(t, c.Left(t.Context(), "1", left))
	before := all()
	retire(t, c.Store, left.AddDate(0, 0, 30))
	if after := all(); after != before {
		t.Errorf("after thirty days: got\n%s\nwant\n%s", after, before)
	}
	must(t, c.Joined(t.Context(), "1"))
	retire(t, c.Store, left.AddDate(0, 0, 99))
	if n := count(t, c.Store, `SELECT count(*) FROM places`); n != 2 {
		t.Errorf("a server that came back: got %d places, want both", n)
	}
	must(t, c.Left(t.Context(), "1", left))
	retire(t, c.Store, left.AddDate(0, 0, 30).Add(time.Second))
	for _, table := range []string{"places", "classes"} {
		if n := count(t, c.Store, `SELECT count(*) FROM `+table); n != 1 {
			t.Errorf("%s: got %d, want that of the other server", table, n)
		}
	}
	for _, table := range []string{"occurrences", "follows", "no_together", "closed_days"} {
		if n := count(t, c.Store, `SELECT count(*) FROM `+table); n != 0 {
			t.Errorf("%s: got %d, want none", table, n)
		}
	}
	if n := count(t, c.Store, `SELECT count(*) FROM changes WHERE guild_id = '1'`); n != 0 {
		t.Errorf("got %d changes, want none", n)
	}
	if got := memberIDs(t, c.Store); got != "9" {
		t.Errorf("got members %s, want the one who followed", got)
	}
}

// What was deleted by its time is overwritten in the files too.
func TestRetiredBytesAreScrubbed(t *testing.T) {
	ofFile(t)
	t.Parallel()
	s := openEmpty(t)
	ids := []string{"712345678901234567"}
	agree(t, s, ids...)
	retire(t, s, agreed())
	retire(t, s, agreed().AddDate(2, 1, 0))
	scrub(t, s)
	checkBytes(t, s, ids)
}

// PRIVACY.md promises what is kept how long.
func TestPrivacyTellsTheTimes(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../PRIVACY.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{fmt.Sprintf("%d weeks", trainingDays/7), fmt.Sprintf("%d days after the bot was removed", leftDays),
		[]string{2: "two years"}[idleYears]} {
		if !slices.Contains(strings.Fields(string(text)), strings.Fields(want)[0]) || !strings.Contains(string(text), want) {
			t.Errorf("PRIVACY.md does not say %q", want)
		}
	}
}
