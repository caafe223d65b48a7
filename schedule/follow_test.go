package schedule_test

import (
	"slices"
	"testing"
	"time"

	"unpinch/schedule"
)

func TestHours(t *testing.T) {
	day, night := schedule.Hours{From: 7 * 60, To: 22 * 60}, schedule.Hours{From: 20 * 60, To: 6 * 60}
	zone := mustZone(t, "Europe/Lisbon")
	for _, tc := range []struct {
		hours schedule.Hours
		at    string
		has   bool
		first string
	}{
		{schedule.Hours{}, "2026-11-23 03:00", true, "2026-11-23 03:00"},
		{day, "2026-11-23 06:59", false, "2026-11-23 07:00"},
		{day, "2026-11-23 07:00", true, "2026-11-23 07:00"},
		{day, "2026-11-23 21:59", true, "2026-11-23 21:59"},
		{day, "2026-11-23 22:00", false, "2026-11-24 07:00"},
		{schedule.Hours{From: 12 * 60, To: 24 * 60}, "2026-11-23 23:59", true, "2026-11-23 23:59"},
		{night, "2026-11-23 12:00", false, "2026-11-23 20:00"},
		{night, "2026-11-23 23:00", true, "2026-11-23 23:00"},
		{night, "2026-11-23 05:59", true, "2026-11-23 05:59"},
		{night, "2026-11-23 06:00", false, "2026-11-23 20:00"},
		{schedule.Hours{From: 90, To: 8 * 60}, "2027-03-28 00:30", false, "2027-03-28 02:00"}, // 01:30 does not exist
	} {
		at, err := time.ParseInLocation("2006-01-02 15:04", tc.at, zone)
		if err != nil {
			t.Fatal(err)
		}
		if got := tc.hours.Has(at); got != tc.has {
			t.Errorf("%v has %s: got %v, want %v", tc.hours, tc.at, got, tc.has)
		}
		if got := tc.hours.First(at).Format("2006-01-02 15:04"); got != tc.first {
			t.Errorf("%v first after %s: got %s, want %s", tc.hours, tc.at, got, tc.first)
		}
	}
}

// Where the clocks skip the hour at which the hours begin, they begin after it.
func TestHoursInAGap(t *testing.T) {
	for zone, tc := range map[string]struct {
		at    string
		from  schedule.Clock
		first string
	}{
		"America/Santiago": {"2026-09-05 12:00", 0, "2026-09-06 01:00"},
		"America/New_York": {"2027-03-14 00:20", 150, "2027-03-14 03:00"},
		"Europe/Lisbon":    {"2027-03-28 00:20", 90, "2027-03-28 02:00"},
	} {
		at, err := time.ParseInLocation("2006-01-02 15:04", tc.at, mustZone(t, zone))
		if err != nil {
			t.Fatal(err)
		}
		h := schedule.Hours{From: tc.from, To: 600}
		if got := h.First(at); got.Format("2006-01-02 15:04") != tc.first || !h.Has(got) {
			t.Errorf("%s: got %s, want %s", zone, got, tc.first)
		}
	}
}

// A DM that waits for a member comes after their pause and inside their hours,
// both on their own clock.
func TestFirstDM(t *testing.T) {
	day := schedule.Hours{From: 7 * 60, To: 22 * 60}
	zones := loadZones(t)
	for name, tc := range map[string]struct {
		mem      schedule.Member
		at, want string // UTC
	}{
		"nothing set":                {schedule.Member{}, "2026-11-22 03:00", "2026-11-22 03:00"},
		"hours without a zone":       {schedule.Member{Active: day}, "2026-11-22 03:00", "2026-11-22 03:00"},
		"inside the hours":           {schedule.Member{Zone: "Asia/Tokyo", Active: day}, "2026-11-22 12:00", "2026-11-22 12:00"},
		"after the hours":            {schedule.Member{Zone: "Asia/Tokyo", Active: day}, "2026-11-22 13:00", "2026-11-22 22:00"},
		"pause without a zone":       {schedule.Member{PausedUntil: schedule.Date{Year: 2026, Month: 12, Day: 5}}, "2026-11-22 12:00", "2026-12-05 00:00"},
		"pause on their own clock":   {schedule.Member{Zone: "Asia/Tokyo", PausedUntil: schedule.Date{Year: 2026, Month: 11, Day: 23}}, "2026-11-22 14:00", "2026-11-22 15:00"},
		"pause that is over there":   {schedule.Member{Zone: "Asia/Tokyo", PausedUntil: schedule.Date{Year: 2026, Month: 11, Day: 23}}, "2026-11-22 15:30", "2026-11-22 15:30"},
		"hours after the pause":      {schedule.Member{Zone: "Asia/Tokyo", Active: day, PausedUntil: schedule.Date{Year: 2026, Month: 12, Day: 5}}, "2026-11-22 12:00", "2026-12-04 22:00"},
		"night before the pause end": {schedule.Member{Zone: "Asia/Tokyo", Active: day, PausedUntil: schedule.Date{Year: 2026, Month: 11, Day: 23}}, "2026-11-22 13:30", "2026-11-22 22:00"},
	} {
		at, err := time.Parse("2006-01-02 15:04", tc.at)
		if err != nil {
			t.Fatal(err)
		}
		if got := tc.mem.FirstDM(at, zones).UTC().Format("2006-01-02 15:04"); got != tc.want {
			t.Errorf("%s: got %s, want %s", name, got, tc.want)
		}
	}
}

func mustZone(t testing.TB, name string) *time.Location {
	t.Helper()
	zone, err := loadZones(t).Location(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func TestDays(t *testing.T) {
	for day := time.Sunday; day <= time.Saturday; day++ {
		if got := schedule.On(day).List(); !slices.Equal(got, []time.Weekday{day}) {
			t.Errorf("%v: got %v", day, got)
		}
	}
	if schedule.On(time.Monday) != 1 || schedule.On(time.Sunday) != 64 {
		t.Errorf("got %d and %d, want Monday 1 and Sunday 64", schedule.On(time.Monday), schedule.On(time.Sunday))
	}
	if got := schedule.EveryDay.List(); len(got) != 7 || got[0] != time.Monday || got[6] != time.Sunday {
		t.Errorf("got %v, want the week from Monday", got)
	}
	weekend := schedule.On(time.Saturday) | schedule.On(time.Sunday)
	if !weekend.Has(time.Sunday) || weekend.Has(time.Friday) {
		t.Errorf("got %v", weekend.List())
	}
}

func TestWants(t *testing.T) {
	zones := loadZones(t)
	lisbon := mustZone(t, "Europe/Lisbon")
	due := time.Date(2026, 11, 23, 17, 50, 0, 0, time.UTC) // 12:50 in New York
	day := schedule.Hours{From: 7 * 60, To: 17 * 60}
	for name, tc := range map[string]struct {
		kind schedule.Kind
		f    schedule.Follower
		want bool
	}{
		"anyone":               {schedule.KindNotice, schedule.Follower{}, true},
		"outside their hours":  {schedule.KindNotice, schedule.Follower{Member: schedule.Member{Active: day}}, false},
		"inside, on own clock": {schedule.KindNotice, schedule.Follower{Member: schedule.Member{Active: day, Zone: "America/New_York"}}, true},
		"own rule, any hour":   {schedule.KindReminder, schedule.Follower{Member: schedule.Member{Active: day}}, true},
		"unknown zone":         {schedule.KindNotice, schedule.Follower{Member: schedule.Member{Active: day, Zone: "Europe/Nowhere"}}, false},
		"paused":               {schedule.KindReminder, schedule.Follower{Member: schedule.Member{PausedUntil: schedule.Date{Year: 2026, Month: 11, Day: 24}}}, false},
		"pause over":           {schedule.KindReminder, schedule.Follower{Member: schedule.Member{PausedUntil: schedule.Date{Year: 2026, Month: 11, Day: 23}}}, true},
		"closed":               {schedule.KindNotice, schedule.Follower{Member: schedule.Member{DMsClosed: due.Add(-time.Hour)}}, false},
		"quiet":                {schedule.KindNotice, schedule.Follower{QuietUntil: due.Add(time.Second)}, false},
		"quiet no more":        {schedule.KindNotice, schedule.Follower{QuietUntil: due}, true},
	} {
		if got := tc.f.Wants(tc.kind, due, lisbon, zones); got != tc.want {
			t.Errorf("%s: got %v, want %v", name, got, tc.want)
		}
	}
}
