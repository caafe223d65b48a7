package delivery_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"unpinch/delivery"
	"unpinch/schedule"
)

// A planner keeps plans in memory.
type planner struct {
	plans  []delivery.Plan
	writes []int // occurrences of each Record
	ledger []schedule.Occurrence
	broken []schedule.Reason
	people []schedule.Follower
	err    error
}

func (p *planner) Followers(context.Context, schedule.Series, time.Time) ([]schedule.Follower, error) {
	return p.people, p.err
}

func (p *planner) Doubts(context.Context, int) ([]delivery.Doubt, error) { return nil, p.err }

func (p *planner) Settle(context.Context, time.Time, []delivery.Finding) error { return p.err }

func (p *planner) DuePlans(_ context.Context, now time.Time, limit int) (due []delivery.Plan, err error) {
	for _, plan := range p.plans {
		if len(due) < limit && !plan.NextAt.IsZero() && !plan.NextAt.After(now) {
			due = append(due, plan)
		}
	}
	return due, p.err
}

func (p *planner) Record(_ context.Context, _ time.Time, steps []delivery.Step) error {
	n := 0
	for _, s := range steps {
		for i := range p.plans {
			if p.plans[i].ID == s.Plan.ID && p.plans[i].Kind == s.Plan.Kind {
				p.plans[i].AccountedTo, p.plans[i].NextAt = s.AccountedTo, s.NextAt
			}
		}
		n += len(s.Occurrences)
		p.ledger = append(p.ledger, s.Occurrences...)
		if s.Broken != "" {
			p.broken = append(p.broken, s.Broken)
		}
	}
	p.writes = append(p.writes, n)
	return nil
}

func date(t testing.TB, text string) schedule.Date {
	t.Helper()
	d, err := schedule.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func at(t testing.TB, text, zone string) time.Time {
	t.Helper()
	loc, err := loadZones(t).Location(zone)
	if err != nil {
		t.Fatal(err)
	}
	when, err := time.ParseInLocation("2006-01-02 15:04:05", text, loc)
	if err != nil {
		t.Fatal(err)
	}
	return when
}

func TestTick(t *testing.T) {
	const berlin = "Europe/Berlin"
	type ticks []string
	for name, tc := range map[string]struct {
		rule   string
		coolDn bool // the cool-down post, at the end of an hour; otherwise the pre, ten minutes before
		change func(*schedule.Series)
		from   string
		ticks  ticks
		want   string // dues on Berlin's clock
		next   string
	}{
		"not due":                   {rule: "mon 18:00", from: "2026-11-23 17:00:00", ticks: ticks{"2026-11-23 17:49:59"}, next: "Mon 2026-11-23 17:50"},
		"due":                       {rule: "mon 18:00", from: "2026-11-23 17:00:00", ticks: ticks{"2026-11-23 17:50:00"}, want: "17:50 due", next: "Mon 2026-11-30 17:50"},
		"once":                      {rule: "mon 18:00", from: "2026-11-23 17:00:00", ticks: ticks{"2026-11-23 17:50:00", "2026-11-23 17:50:00", "2026-11-23 17:50:01"}, want: "17:50 due", next: "Mon 2026-11-30 17:50"},
		"a second before the class": {rule: "mon 18:00", from: "2026-11-23 17:00:00", ticks: ticks{"2026-11-23 17:59:59"}, want: "17:50 due", next: "Mon 2026-11-30 17:50"},
		"the class has begun":       {rule: "mon 18:00", from: "2026-11-23 17:00:00", ticks: ticks{"2026-11-23 18:00:00"}, want: "17:50 skipped away", next: "Mon 2026-11-30 17:50"},
		"cool-down":                 {rule: "mon 18:00", coolDn: true, from: "2026-11-23 17:00:00", ticks: ticks{"2026-11-23 19:29:59"}, want: "19:00 due", next: "Mon 2026-11-30 19:00"},
		"cool-down too late":        {rule: "mon 18:00", coolDn: true, from: "2026-11-23 17:00:00", ticks: ticks{"2026-11-23 19:30:00"}, want: "19:00 skipped away", next: "Mon 2026-11-30 19:00"},
		"cool-down across midnight": {rule: "mon 23:30", coolDn: true, from: "2026-11-23 17:00:00", ticks: ticks{"2026-11-24 00:30:00"}, want: "00:30 due", next: "Tue 2026-12-01 00:30"},
		"away for days": {rule: "daily 18:00", from: "2026-11-23 17:00:00", ticks: ticks{"2026-11-26 17:55:00"},
			want: "17:50 skipped away, 17:50 skipped away, 17:50 skipped away, 17:50 due", next: "Fri 2026-11-27 17:50"},
		"no burst": {rule: "*/5 16-17 * * *", coolDn: true, from: "2026-11-23 17:00:00", ticks: ticks{"2026-11-23 17:21:00"},
			want: "17:05 skipped away, 17:10 skipped away, 17:15 skipped away, 17:20 due", next: "Mon 2026-11-23 17:25"},
		"no burst, the last is skipped": {rule: "*/5 16-17 * * *", coolDn: true, from: "2026-11-23 17:00:00", ticks: ticks{"2026-11-23 17:16:00"},
			change: func(s *schedule.Series) {
				s.Skips = []schedule.Slot{schedule.SlotOf(at(t, "2026-11-23 16:15:00", berlin))}
			},
			want: "17:05 skipped away, 17:10 due, 17:15 skipped skipped", next: "Mon 2026-11-23 17:20"},
		"until":  {rule: "daily 18:00", change: func(s *schedule.Series) { s.Until = date(t, "2026-11-24") }, from: "2026-11-23 17:00:00", ticks: ticks{"2026-11-24 17:50:00"}, want: "17:50 skipped away, 17:50 due", next: "never"},
		"paused": {rule: "daily 18:00", change: func(s *schedule.Series) { s.PausedUntil = date(t, "2026-11-25") }, from: "2026-11-23 17:00:00", ticks: ticks{"2026-11-23 17:50:00", "2026-11-24 17:50:00", "2026-11-25 17:50:00"}, want: "17:50 skipped paused, 17:50 skipped paused, 17:50 due", next: "Thu 2026-11-26 17:50"},
		"skipped": {rule: "daily 18:00", change: func(s *schedule.Series) {
			s.Skips = []schedule.Slot{schedule.SlotOf(at(t, "2026-11-23 18:00:00", berlin))}
		}, from: "2026-11-23 17:00:00", ticks: ticks{"2026-11-23 17:50:00", "2026-11-24 17:50:00"}, want: "17:50 skipped skipped, 17:50 due", next: "Wed 2026-11-25 17:50"},
		"broken":                     {rule: "daily 18:00", change: func(s *schedule.Series) { s.BrokenAt = time.Unix(1, 0) }, from: "2026-11-23 17:00:00", ticks: ticks{"2026-11-23 17:50:00"}, want: "17:50 skipped broken", next: "Tue 2026-11-24 17:50"},
		"left":                       {rule: "daily 18:00", change: func(s *schedule.Series) { s.Place.LeftAt = time.Unix(1, 0) }, from: "2026-11-23 17:00:00", ticks: ticks{"2026-11-23 17:50:00"}, want: "17:50 skipped removed", next: "Tue 2026-11-24 17:50"},
		"in the gap":                 {rule: "daily 02:40", from: "2026-03-28 12:00:00", ticks: ticks{"2026-03-29 01:51:00"}, want: "01:50 due", next: "Mon 2026-03-30 02:30"},
		"two in one gap":             {rule: "daily 02:15 02:40", from: "2026-03-28 12:00:00", ticks: ticks{"2026-03-29 01:50:00", "2026-03-29 03:10:00"}, want: "01:50 due", next: "Mon 2026-03-30 02:05"},
		"in the overlap":             {rule: "daily 02:30", from: "2026-10-24 12:00:00", ticks: ticks{"2026-10-25 04:00:00"}, want: "02:20 skipped away", next: "Mon 2026-10-26 02:20"},
		"cool-down over the gap":     {rule: "daily 01:30", coolDn: true, from: "2026-03-28 12:00:00", ticks: ticks{"2026-03-29 03:30:00"}, want: "03:30 due", next: "Mon 2026-03-30 02:30"},
		"cool-down over the overlap": {rule: "daily 02:30", coolDn: true, from: "2026-10-24 12:00:00", change: func(s *schedule.Series) { s.Length = 75 * time.Minute }, ticks: ticks{"2026-10-25 03:00:00"}, want: "02:45 due", next: "Mon 2026-10-26 03:45"},
		"clock set back":             {rule: "daily 18:00", from: "2026-11-23 17:00:00", ticks: ticks{"2026-11-23 17:50:00", "2026-11-23 17:49:40", "2026-11-23 17:50:10"}, want: "17:50 due", next: "Tue 2026-11-24 17:50"},
	} {
		t.Run(name, func(t *testing.T) {
			s := schedule.Series{ID: 7, Place: schedule.Place{GuildID: "1", Zone: berlin}, Rule: parse(t, tc.rule), Length: time.Hour, Lead: 10 * time.Minute, CoolDown: true, ChannelID: "c"}
			if tc.change != nil {
				tc.change(&s)
			}
			from := at(t, tc.from, berlin)
			p := &planner{plans: []delivery.Plan{{Series: s, Kind: schedule.KindPre, AccountedTo: from, NextAt: from}}}
			if tc.coolDn {
				p.plans[0].Kind = schedule.KindCoolDown
			}
			d := &delivery.Dispatcher{Zones: loadZones(t), Planner: p, Log: (&gym{}).log(), Keep: 90 * 24 * time.Hour}
			for _, now := range tc.ticks {
				if _, err := d.Tick(t.Context(), at(t, now, berlin)); err != nil {
					t.Fatal(err)
				}
			}
			zone := at(t, tc.from, berlin).Location()
			var got []string
			for _, o := range p.ledger {
				got = append(got, strings.TrimSpace(fmt.Sprint(o.DueAt.In(zone).Format("15:04"), " ", o.State, " ", o.Reason)))
				if o.SendAt.Before(o.DueAt) || o.SendAt.Sub(o.DueAt) >= 20*time.Second {
					t.Errorf("got it sent at %v, want it within 20 s of %v", o.SendAt, o.DueAt)
				}
			}
			if strings.Join(got, ", ") != tc.want {
				t.Errorf("got  %s\nwant %s", strings.Join(got, ", "), tc.want)
			}
			next := "never"
			if at := p.plans[0].NextAt; !at.IsZero() {
				next = at.In(zone).Format(local)
			}
			if next != tc.next {
				t.Errorf("got next %s, want %s", next, tc.next)
			}
		})
	}
}

// However long it was away, each transaction stays small, each occurrence is
// in the ledger once, what is older than the ledger is left out, and at most
// one post of a kind goes out.
func TestTickAfterMonths(t *testing.T) {
	const keep, plans = 90 * 24 * time.Hour, 20
	from := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	now := time.Date(2026, 11, 23, 12, 1, 0, 0, time.UTC)
	p := &planner{}
	for i := range int64(plans) {
		p.plans = append(p.plans, delivery.Plan{Kind: schedule.KindCoolDown, AccountedTo: from, NextAt: from, Series: schedule.Series{
			ID: i, Place: schedule.Place{Zone: "UTC"}, Rule: parse(t, "*/5 11-12 * * *"), Length: 5 * time.Minute, CoolDown: true}})
	}
	d := &delivery.Dispatcher{Zones: loadZones(t), Planner: p, Log: (&gym{}).log(), Keep: keep}
	if _, err := d.Tick(t.Context(), now); err != nil {
		t.Fatal(err)
	}
	seen, due := map[string]bool{}, 0
	for _, o := range p.ledger {
		key := fmt.Sprint(o.ClassID, " ", o.DueAt.Unix())
		if seen[key] || o.DueAt.Before(now.Add(-keep)) {
			t.Fatalf("got %v of class %d twice, or older than the ledger", o.DueAt, o.ClassID)
		}
		seen[key] = true
		if o.State == schedule.StateDue {
			due++
			if !o.DueAt.Equal(now.Add(-time.Minute)) {
				t.Errorf("got %v due, want the last", o.DueAt)
			}
		}
	}
	if want := plans * 24 * 90; len(p.ledger) != want || due != plans {
		t.Errorf("got %d occurrences, %d due, want %d and %d", len(p.ledger), due, want, plans)
	}
	for _, n := range p.writes {
		if n > plans*110 {
			t.Errorf("got %d occurrences in one transaction, want a hundred a plan", n)
		}
	}
}

// A class that can't be read breaks, and the others go on.
func TestTickOfUnreadableClasses(t *testing.T) {
	from := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	plan := func(id int64, zone string, fault error) delivery.Plan {
		return delivery.Plan{Kind: schedule.KindPre, AccountedTo: from, NextAt: from, Fault: fault, Series: schedule.Series{
			ID: id, Place: schedule.Place{Zone: zone}, Rule: parse(t, "daily 12:30"), Lead: 10 * time.Minute}}
	}
	p := &planner{plans: []delivery.Plan{plan(1, "Mars/Olympus", nil), plan(2, "UTC", errors.New("no rule")), plan(3, "UTC", nil)}}
	g := &gym{}
	d := &delivery.Dispatcher{Zones: loadZones(t), Planner: p, Log: g.log(), Keep: time.Hour}
	if n, err := d.Tick(t.Context(), from.Add(20*time.Minute)); n != 3 || err != nil {
		t.Errorf("got %d, %v, want 3", n, err)
	}
	if len(p.broken) != 2 || p.broken[0] != schedule.ReasonRule || len(p.ledger) != 1 || p.ledger[0].ClassID != 3 {
		t.Errorf("got broken %v, ledger %+v, want two broken and the post of the third", p.broken, p.ledger)
	}
	for _, want := range []string{"Mars/Olympus", "no rule"} {
		if !strings.Contains(g.logged.String(), want) {
			t.Errorf("got log\n%s\nwant %s in it", &g.logged, want)
		}
	}
	p.err = errors.New("disk gone")
	if _, err := d.Tick(t.Context(), from); !errors.Is(err, p.err) {
		t.Errorf("got %v, want %v", err, p.err)
	}
}

// More plans than fit in one transaction are all moved on in one tick.
func TestTickInBatches(t *testing.T) {
	from := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	p := &planner{}
	for i := range int64(1200) {
		p.plans = append(p.plans, delivery.Plan{Kind: schedule.KindPre, AccountedTo: from, NextAt: from, Series: schedule.Series{
			ID: i, Place: schedule.Place{Zone: "UTC"}, Rule: parse(t, "daily 12:30"), Lead: 10 * time.Minute}})
	}
	d := &delivery.Dispatcher{Zones: loadZones(t), Planner: p, Log: (&gym{}).log(), Keep: time.Hour}
	if n, err := d.Tick(t.Context(), from.Add(20*time.Minute)); n != 1200 || err != nil || len(p.ledger) != 1200 {
		t.Errorf("got %d, %v, %d occurrences, want 1200", n, err, len(p.ledger))
	}
}

// What is personal goes to each who wants it, and to nobody else.
func TestTickForFollowers(t *testing.T) {
	const berlin = "Europe/Berlin"
	everybody := []schedule.Follower{
		{Member: schedule.Member{UserID: "all day"}},
		{Member: schedule.Member{UserID: "mornings", Active: schedule.Hours{From: 6 * 60, To: 12 * 60}}},
		{Member: schedule.Member{UserID: "mornings in New York", Zone: "America/New_York", Active: schedule.Hours{From: 6 * 60, To: 13 * 60}}},
		{Member: schedule.Member{UserID: "paused", PausedUntil: date(t, "2026-11-24")}},
		{Member: schedule.Member{UserID: "pause over", PausedUntil: date(t, "2026-11-23")}},
		{Member: schedule.Member{UserID: "closed", DMsClosed: time.Unix(1, 0)}},
		{Member: schedule.Member{UserID: "quiet"}, QuietUntil: at(t, "2026-11-24 00:00:00", berlin)},
		{Member: schedule.Member{UserID: "quiet is over"}, QuietUntil: at(t, "2026-11-23 17:50:00", berlin)},
	}
	class := schedule.Series{ID: 7, Place: schedule.Place{GuildID: "1", Zone: berlin}, Rule: parse(t, "mon 18:00"), Length: time.Hour,
		Lead: 10 * time.Minute, ChannelID: "c"}
	for name, tc := range map[string]struct {
		kind   schedule.Kind
		change func(*schedule.Series)
		people []schedule.Follower
		now    string
		want   string
	}{
		"a class":                {schedule.KindNotice, nil, everybody, "17:50:00", "17:50 all day, 17:50 mornings in New York, 17:50 pause over, 17:50 quiet is over"},
		"nobody":                 {schedule.KindNotice, nil, nil, "17:50:00", ""},
		"one without a pre post": {schedule.KindNotice, func(s *schedule.Series) { s.Lead = 0 }, everybody[:1], "17:50:00", "17:50 all day"},
		"another lead":           {schedule.KindNotice, func(s *schedule.Series) { s.Lead = time.Hour }, everybody[:1], "17:00:00", "17:00 all day"},
		"a desk break":           {schedule.KindNotice, func(s *schedule.Series) { s.Purpose, s.Lead = schedule.ForDesk, 0 }, everybody[:1], "18:00:00", "18:00 all day"},
		"it has begun":           {schedule.KindNotice, nil, everybody[:1], "18:00:00", ""},
		"skipped": {schedule.KindNotice, func(s *schedule.Series) {
			s.Skips = []schedule.Slot{schedule.SlotOf(at(t, "2026-11-23 18:00:00", berlin))}
		}, everybody[:1], "17:50:00", ""},
		"its channel is broken": {schedule.KindNotice, func(s *schedule.Series) { s.BrokenAt = time.Unix(1, 0) }, everybody[:1], "17:50:00", "17:50 all day"},
		"the bot has left":      {schedule.KindNotice, func(s *schedule.Series) { s.Place.LeftAt = time.Unix(1, 0) }, everybody[:1], "17:50:00", ""},
		"a reminder, whatever the hour": {schedule.KindReminder, func(s *schedule.Series) { s.Purpose, s.Lead = schedule.ForReminder, 0 }, everybody[1:2],
			"18:00:00", "18:00 mornings"},
		"a reminder in a pause": {schedule.KindReminder, func(s *schedule.Series) { s.Purpose, s.Lead = schedule.ForReminder, 0 }, everybody[3:4], "18:00:00", ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := class
			if tc.change != nil {
				tc.change(&s)
			}
			from := at(t, "2026-11-23 16:30:00", berlin)
			p := &planner{plans: []delivery.Plan{{Series: s, Kind: tc.kind, AccountedTo: from, NextAt: from}}, people: tc.people}
			d := &delivery.Dispatcher{Zones: loadZones(t), Planner: p, Log: (&gym{}).log(), Keep: 90 * 24 * time.Hour}
			for range 2 { // once
				if _, err := d.Tick(t.Context(), at(t, "2026-11-23 "+tc.now, berlin)); err != nil {
					t.Fatal(err)
				}
			}
			var got []string
			for _, o := range p.ledger {
				got = append(got, o.DueAt.In(from.Location()).Format("15:04 ")+o.UserID)
				if o.ChannelID != "" || o.State != schedule.StateDue || o.Kind != tc.kind || o.ClassID != s.ID {
					t.Errorf("got %+v, want a DM that is due", o)
				}
				if wait := o.SendAt.Sub(o.DueAt); wait > 25*time.Second || tc.kind == schedule.KindNotice && wait < 5*time.Second {
					t.Errorf("got it sent %v after it is due, want the post to go first", wait)
				}
			}
			if strings.Join(got, ", ") != tc.want {
				t.Errorf("got  %s\nwant %s", strings.Join(got, ", "), tc.want)
			}
		})
	}
	p := &planner{plans: []delivery.Plan{{Series: class, Kind: schedule.KindNotice, AccountedTo: at(t, "2026-11-23 16:30:00", berlin), NextAt: time.Unix(1, 0)}}}
	d := &delivery.Dispatcher{Zones: loadZones(t), Planner: forgetful{p}, Log: (&gym{}).log(), Keep: time.Hour}
	if _, err := d.Tick(t.Context(), at(t, "2026-11-23 17:50:00", berlin)); !errors.Is(err, errForgot) || len(p.writes) != 0 {
		t.Errorf("got %v, %d writes, want %v and to try again", err, len(p.writes), errForgot)
	}
}

// forgetful does not know who follows.
type forgetful struct{ *planner }

var errForgot = errors.New("disk gone")

func (forgetful) Followers(context.Context, schedule.Series, time.Time) ([]schedule.Follower, error) {
	return nil, errForgot
}

// shippedZones are read once: nothing changes them.
var shippedZones = sync.OnceValues(schedule.LoadZones)

func loadZones(t testing.TB) *schedule.Zones {
	t.Helper()
	zones, err := shippedZones()
	if err != nil {
		t.Fatal(err)
	}
	return zones
}

func parse(t testing.TB, text string) schedule.Rule {
	t.Helper()
	r, err := schedule.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// local is how the tests write a time of a place.
const local = "Mon 2006-01-02 15:04"
