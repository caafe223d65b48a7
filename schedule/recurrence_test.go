package schedule_test

import (
	"strings"
	"testing"
	"time"

	"unpinch/schedule"
)

// zoneOf returns Berlin's clock.
func zoneOf(t testing.TB) *time.Location {
	t.Helper()
	zone, err := loadZones(t).Location("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

const local = "Mon 2006-01-02 15:04"

func TestClass(t *testing.T) {
	zone := zoneOf(t)
	on := func(text string) schedule.Slot {
		slot, err := schedule.ParseSlot(text)
		if err != nil {
			t.Fatal(err)
		}
		return slot
	}
	day := func(text string) schedule.Date {
		d, err := schedule.ParseDate(text)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	const monday, friday = "2026-11-23 18:00", "2026-11-27 18:00"
	for _, tc := range []struct {
		why   string
		class schedule.Recurrence
		rule  string
		want  string // starts that take place
		all   string // and those that don't, if there are any
	}{
		{why: "plain", rule: "mon fri 18:00", want: "Mon 2026-11-23 18:00, Fri 2026-11-27 18:00, Mon 2026-11-30 18:00"},
		{why: "until its last day", class: schedule.Recurrence{Until: day("2026-11-27")}, rule: "mon fri 18:00",
			want: "Mon 2026-11-23 18:00, Fri 2026-11-27 18:00, never"},
		{why: "until a day across midnight", class: schedule.Recurrence{Until: day("2026-11-27")}, rule: "daily 00:30 23:30",
			want: "Sun 2026-11-22 23:30, Mon 2026-11-23 00:30, Mon 2026-11-23 23:30, Tue 2026-11-24 00:30, Tue 2026-11-24 23:30, Wed 2026-11-25 00:30, Wed 2026-11-25 23:30, Thu 2026-11-26 00:30, Thu 2026-11-26 23:30, Fri 2026-11-27 00:30, Fri 2026-11-27 23:30, never"},
		{why: "until before it began", class: schedule.Recurrence{Until: day("2026-11-01")}, rule: "mon 18:00", want: "never"},
		{why: "paused", class: schedule.Recurrence{PausedUntil: day("2026-11-27")}, rule: "mon fri 18:00",
			want: "Fri 2026-11-27 18:00, Mon 2026-11-30 18:00", all: "Mon 2026-11-23 18:00 paused, Fri 2026-11-27 18:00"},
		{why: "paused for long", class: schedule.Recurrence{PausedUntil: day("2030-01-01")}, rule: "0 * * * *", want: "Tue 2030-01-01 00:00, Tue 2030-01-01 01:00"},
		{why: "paused past its end", class: schedule.Recurrence{PausedUntil: day("2027-01-01"), Until: day("2026-12-31")}, rule: "mon 18:00", want: "never"},
		{why: "closed", class: schedule.Recurrence{Closed: []schedule.Date{day("2026-11-23"), day("2026-11-30")}}, rule: "mon fri 18:00",
			want: "Fri 2026-11-27 18:00, Fri 2026-12-04 18:00", all: "Mon 2026-11-23 18:00 closed, Fri 2026-11-27 18:00, Mon 2026-11-30 18:00 closed"},
		{why: "the closed day is that of the start", class: schedule.Recurrence{Closed: []schedule.Date{day("2026-11-24")}}, rule: "daily 23:30",
			want: "Sun 2026-11-22 23:30, Mon 2026-11-23 23:30, Wed 2026-11-25 23:30"},
		{why: "skipped", class: schedule.Recurrence{Skips: []schedule.Slot{on(monday)}}, rule: "mon fri 18:00",
			want: "Fri 2026-11-27 18:00, Mon 2026-11-30 18:00", all: "Mon 2026-11-23 18:00 skipped, Fri 2026-11-27 18:00"},
		{why: "moved later, past another", class: schedule.Recurrence{Moves: []schedule.Move{{From: on(monday), To: on("2026-11-28 10:00")}}}, rule: "mon fri 18:00",
			want: "Fri 2026-11-27 18:00, Sat 2026-11-28 10:00, Mon 2026-11-30 18:00"},
		{why: "moved earlier", class: schedule.Recurrence{Moves: []schedule.Move{{From: on(friday), To: on("2026-11-23 10:00")}}}, rule: "mon fri 18:00",
			want: "Mon 2026-11-23 10:00, Mon 2026-11-23 18:00, Mon 2026-11-30 18:00"},
		{why: "moved onto another: once", class: schedule.Recurrence{Moves: []schedule.Move{{From: on(monday), To: on(friday)}}}, rule: "mon fri 18:00",
			want: "Fri 2026-11-27 18:00, Mon 2026-11-30 18:00"},
		{why: "moved twice: the first counts", class: schedule.Recurrence{Moves: []schedule.Move{{From: on(monday), To: on("2026-11-24 10:00")}, {From: on(monday), To: on("2026-11-25 10:00")}}}, rule: "mon fri 18:00",
			want: "Tue 2026-11-24 10:00, Fri 2026-11-27 18:00"},
		{why: "moved and skipped", class: schedule.Recurrence{Skips: []schedule.Slot{on(monday)}, Moves: []schedule.Move{{From: on(monday), To: on("2026-11-24 10:00")}}}, rule: "mon fri 18:00",
			want: "Fri 2026-11-27 18:00", all: "Mon 2026-11-23 18:00 skipped, Fri 2026-11-27 18:00"},
		{why: "moved off a closed day", class: schedule.Recurrence{Closed: []schedule.Date{day("2026-11-23")}, Moves: []schedule.Move{{From: on(monday), To: on("2026-11-24 10:00")}}}, rule: "mon fri 18:00",
			want: "Tue 2026-11-24 10:00, Fri 2026-11-27 18:00"},
		{why: "moved onto a closed day", class: schedule.Recurrence{Closed: []schedule.Date{day("2026-11-24")}, Moves: []schedule.Move{{From: on(monday), To: on("2026-11-24 10:00")}}}, rule: "mon fri 18:00",
			want: "Fri 2026-11-27 18:00", all: "Tue 2026-11-24 10:00 closed, Fri 2026-11-27 18:00"},
		{why: "the last one moved past the end", class: schedule.Recurrence{Until: day("2026-11-23"), Moves: []schedule.Move{{From: on(monday), To: on("2026-11-24 10:00")}}}, rule: "mon fri 18:00",
			want: "Tue 2026-11-24 10:00, never"},
		{why: "a move is void past the end", class: schedule.Recurrence{Until: day("2026-11-23"), Moves: []schedule.Move{{From: on(friday), To: on("2026-11-24 10:00")}}}, rule: "mon fri 18:00",
			want: "Mon 2026-11-23 18:00, never"},
		{why: "moved onto one that is skipped", class: schedule.Recurrence{Skips: []schedule.Slot{on(friday)}, Moves: []schedule.Move{{From: on(monday), To: on(friday)}}}, rule: "mon fri 18:00",
			want: "Fri 2026-11-27 18:00, Mon 2026-11-30 18:00", all: "Fri 2026-11-27 18:00, Mon 2026-11-30 18:00"},
		{why: "a move is void once the rule is another", class: schedule.Recurrence{Moves: []schedule.Move{{From: on(monday), To: on("2026-11-24 10:00")}}}, rule: "mon fri 19:00",
			want: "Mon 2026-11-23 19:00, Fri 2026-11-27 19:00"},
	} {
		r := tc.class
		r.Rule, r.Zone = parse(t, tc.rule), zone
		var got []string
		for at := on("2026-11-22 13:00").On(zone); len(got) < len(strings.Split(tc.want, ", ")); {
			next, err := r.NextStart(at)
			if err == schedule.ErrNever {
				got = append(got, "never")
				break
			} else if err != nil {
				t.Fatal(err)
			}
			got, at = append(got, next.Format(local)), next
		}
		if got := strings.Join(got, ", "); got != tc.want {
			t.Errorf("%s:\n got %s\nwant %s", tc.why, got, tc.want)
		}
		if tc.all == "" {
			continue
		}
		got = nil
		for at := on("2026-11-22 13:00").On(zone); len(got) < len(strings.Split(tc.all, ", ")); {
			next, err := r.Next(at)
			if err != nil {
				t.Fatal(err)
			}
			got, at = append(got, strings.TrimSpace(next.At.Format(local)+" "+string(next.Off))), next.At
		}
		if got := strings.Join(got, ", "); got != tc.all {
			t.Errorf("%s, all:\n got %s\nwant %s", tc.why, got, tc.all)
		}
	}
}

// TestElapsed sees that the posts keep their distance in real time through the
// night on which the clock changes.
func TestElapsed(t *testing.T) {
	zone := zoneOf(t)
	for _, tc := range []struct{ rule, from, pre, coolDown string }{
		{"daily 18:00", "2026-11-22T00:00:00Z", "2026-11-22T17:50:00+01:00", "2026-11-22T19:00:00+01:00"},
		{"daily 03:00", "2027-03-27T12:00:00Z", "2027-03-28T01:50:00+01:00", "2027-03-28T04:00:00+02:00"},
		{"daily 02:30", "2027-03-27T12:00:00Z", "2027-03-28T01:50:00+01:00", "2027-03-28T04:00:00+02:00"},
		{"daily 02:30", "2026-10-24T12:00:00Z", "2026-10-25T02:20:00+02:00", "2026-10-25T02:30:00+01:00"},
		{"sat 23:30", "2026-11-22T12:00:00Z", "2026-11-28T23:20:00+01:00", "2026-11-29T00:30:00+01:00"},
	} {
		from, err := time.Parse(time.RFC3339, tc.from)
		if err != nil {
			t.Fatal(err)
		}
		r := schedule.Recurrence{Rule: parse(t, tc.rule), Zone: zone}
		for offset, want := range map[time.Duration]string{-10 * time.Minute: tc.pre, time.Hour: tc.coolDown} {
			due, start, err := r.NextDue(from, offset)
			if got := due.Format(time.RFC3339); err != nil || got != want || due.Sub(start.At) != offset {
				t.Errorf("%s, %s: due at %s (start %s), %v; want %s", tc.rule, offset, got, start.At, err, want)
			}
		}
	}
}

func TestDate(t *testing.T) {
	zone := zoneOf(t)
	d, err := schedule.ParseDate("2026-12-05")
	if err != nil {
		t.Fatal(err)
	}
	if got := d.Start(zone).Format(time.RFC3339); got != "2026-12-05T00:00:00+01:00" {
		t.Errorf("Start = %s", got)
	}
	for _, text := range []string{"2026-12-05", ""} {
		var d schedule.Date
		if err := d.UnmarshalText([]byte(text)); err != nil {
			t.Fatal(err)
		}
		if got, err := d.MarshalText(); string(got) != text || err != nil {
			t.Errorf("%q comes back as %q, %v", text, got, err)
		}
	}
	for _, text := range []string{"2026-02-29", "2026-2-1", "tomorrow", "2026-12-05T00:00:00Z"} {
		if d, err := schedule.ParseDate(text); err == nil {
			t.Errorf("ParseDate(%q) = %v", text, d)
		}
	}
	cairo, err := loadZones(t).Location("Africa/Cairo")
	if err != nil {
		t.Fatal(err)
	}
	if got := (schedule.Date{Year: 2026, Month: 4, Day: 24}).Start(cairo).Format(time.RFC3339); got != "2026-04-24T01:00:00+03:00" {
		t.Errorf("a day without midnight starts at %s", got)
	}
}
