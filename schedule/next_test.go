package schedule_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/robfig/cron/v3"

	"unpinch/schedule"
)

// TestNextAtFamousChanges has clocks at their worst. Each case lists when a
// rule runs after a local time, on the zone's own clock.
func TestNextAtFamousChanges(t *testing.T) {
	zones := loadZones(t)
	for _, tc := range []struct {
		why, rule, zone, from string
		want                  string
	}{
		{"spring: the gap ends at 03:00", "daily 02:30", "Europe/Berlin", "2027-03-27 12:00",
			"2027-03-28 03:00 +0200, 2027-03-29 02:30 +0200, 2027-03-30 02:30 +0200"},
		{"autumn: the first pass only", "daily 02:30", "Europe/Berlin", "2026-10-24 12:00",
			"2026-10-25 02:30 +0200, 2026-10-26 02:30 +0100"},
		{"two in one gap run once", "daily 02:15 02:45", "Europe/Berlin", "2027-03-27 12:00",
			"2027-03-28 03:00 +0200, 2027-03-29 02:15 +0200, 2027-03-29 02:45 +0200"},
		{"and so with one at its end", "daily 02:30 03:00", "Europe/Berlin", "2027-03-27 12:00",
			"2027-03-28 03:00 +0200, 2027-03-29 02:30 +0200"},
		{"the ends of an overlap", "daily 01:59 02:00 03:00", "Europe/Berlin", "2026-10-24 12:00",
			"2026-10-25 01:59 +0200, 2026-10-25 02:00 +0200, 2026-10-25 03:00 +0100, 2026-10-26 01:59 +0100"},
		{"New York, spring", "daily 02:30", "America/New_York", "2026-03-07 12:00",
			"2026-03-08 03:00 -0400, 2026-03-09 02:30 -0400"},
		{"New York, autumn", "daily 01:30", "America/New_York", "2026-10-31 12:00",
			"2026-11-01 01:30 -0400, 2026-11-02 01:30 -0500"},
		{"midnight skipped, Cairo", "daily 00:00", "Africa/Cairo", "2026-04-23 12:00",
			"2026-04-24 01:00 +0300, 2026-04-25 00:00 +0300"},
		{"midnight skipped, Beirut", "daily 00:30", "Asia/Beirut", "2026-03-28 12:00",
			"2026-03-29 01:00 +0300, 2026-03-30 00:30 +0300"},
		{"midnight skipped, Santiago", "daily 00:00", "America/Santiago", "2026-09-05 12:00",
			"2026-09-06 01:00 -0300, 2026-09-07 00:00 -0300"},
		{"midnight twice, Havana", "daily 00:30", "America/Havana", "2025-11-01 12:00",
			"2025-11-02 00:30 -0400, 2025-11-03 00:30 -0500"},
		{"and no more in 2026: Cuba stays", "daily 00:30", "America/Havana", "2026-10-31 12:00",
			"2026-11-01 00:30 -0400, 2026-11-02 00:30 -0400"},
		{"Vancouver stays in summer time", "daily 18:00", "America/Vancouver", "2026-10-31 19:00",
			"2026-11-01 18:00 -0700"},
		{"half an hour, Lord Howe, spring", "daily 02:15 02:30", "Australia/Lord_Howe", "2026-10-03 12:00",
			"2026-10-04 02:30 +1100, 2026-10-05 02:15 +1100"},
		{"half an hour, Lord Howe, autumn", "daily 01:45", "Australia/Lord_Howe", "2026-04-04 12:00",
			"2026-04-05 01:45 +1100, 2026-04-06 01:45 +1030"},
		{"the midnight after it", "daily 00:00", "Australia/Lord_Howe", "2026-10-04 12:00",
			"2026-10-05 00:00 +1100, 2026-10-06 00:00 +1100"},
		{"two hours, Troll", "daily 02:00", "Antarctica/Troll", "2026-03-28 12:00",
			"2026-03-29 03:00 +0200, 2026-03-30 02:00 +0200"},
		{"Samoa had no 30 December 2011", "daily 02:30", "Pacific/Apia", "2011-12-28 12:00",
			"2011-12-29 02:30 -1000, 2011-12-31 02:30 +1400, 2012-01-01 02:30 +1400"},
		{"its Friday class has none that week", "fri 18:00", "Pacific/Apia", "2011-12-28 12:00",
			"2012-01-06 18:00 +1400"},
		{"Kwajalein had no 21 August 1993", "daily 00:00 23:30", "Pacific/Kwajalein", "1993-08-20 12:00",
			"1993-08-20 23:30 -1200, 1993-08-22 00:00 +1200"},
		{"and 30 September 1969 nearly twice", "daily 02:30 12:00", "Pacific/Kwajalein", "1969-09-29 12:30",
			"1969-09-30 02:30 +1100, 1969-09-30 12:00 +1100, 1969-10-01 02:30 -1200"},
		{"Alaska's day was twice", "daily 12:00", "America/Juneau", "1867-10-17 13:00",
			"1867-10-18 12:00 +1502, 1867-10-19 12:00 +1502, 1867-10-20 12:00 -0857"},
		{"a gap across midnight, Toronto 1919", "daily 23:45", "America/Toronto", "1919-03-30 12:00",
			"1919-03-31 00:30 -0400, 1919-03-31 23:45 -0400"},
		{"winter time by law in the summer's place, Dublin", "daily 01:30", "Europe/Dublin", "2026-10-24 12:00",
			"2026-10-25 01:30 +0100, 2026-10-26 01:30 +0000"},
		{"Ramadan, Casablanca", "daily 02:30", "Africa/Casablanca", "2026-02-14 12:00",
			"2026-02-15 02:30 +0100, 2026-02-16 02:30 +0000"},
	} {
		zone, err := zones.Location(tc.zone)
		if err != nil {
			t.Fatal(err)
		}
		const layout = "2006-01-02 15:04 -0700"
		at, err := time.ParseInLocation("2006-01-02 15:04", tc.from, zone)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for range strings.Split(tc.want, ", ") {
			at = next(t, parse(t, tc.rule), at, zone)
			got = append(got, at.Format(layout))
		}
		if got := strings.Join(got, ", "); got != tc.want {
			t.Errorf("%s: %s in %s after %s\n got %s\nwant %s", tc.why, tc.rule, tc.zone, tc.from, got, tc.want)
		}
	}
}

// TestNextInTheSecondPass asks while the clock shows times again.
func TestNextInTheSecondPass(t *testing.T) {
	zone, err := loadZones(t).Location("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	second := time.Date(2026, 10, 25, 1, 10, 0, 0, time.UTC) // 02:10 for the second time
	got := next(t, parse(t, "daily 02:30"), second, zone)
	if want := time.Date(2026, 10, 26, 1, 30, 0, 0, time.UTC); !got.Equal(want) {
		t.Errorf("daily 02:30 after %v = %v, want %v", second.In(zone), got, want)
	}
	got = next(t, parse(t, "daily 03:00"), second, zone)
	if want := time.Date(2026, 10, 25, 2, 0, 0, 0, time.UTC); !got.Equal(want) {
		t.Errorf("daily 03:00 after %v = %v, want %v", second.In(zone), got, want)
	}
}

// TestNextLateInASecondDay asks near the end of the longest overlap ever.
func TestNextLateInASecondDay(t *testing.T) {
	zone, err := loadZones(t).Location("America/Juneau")
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(1867, 10, 19, 23, 57, 41, 0, time.UTC) // 15:00 on the 19th, for the second time
	if got, want := next(t, parse(t, "daily 15:10"), at, zone).Format("2006-01-02 15:04 -0700"), "1867-10-20 15:10 -0857"; got != want {
		t.Errorf("daily 15:10 after %v = %s, want %s", at.In(zone), got, want)
	}
}

func TestNext(t *testing.T) {
	for _, tc := range []struct{ rule, from, want string }{
		{"mon wed fri 18:00", "2026-11-22T00:00:00Z", "2026-11-23 18:00, 2026-11-25 18:00, 2026-11-27 18:00, 2026-11-30 18:00"},
		{"mon 18:00", "2026-11-23T18:00:00Z", "2026-11-30 18:00"}, // strictly after
		{"mon 18:00", "2026-11-23T17:59:59.999Z", "2026-11-23 18:00"},
		{"mon 18:00", "2026-11-23T18:00:00.001Z", "2026-11-30 18:00"},
		{"tue thu 07:00 18:00", "2026-11-24T07:00:00Z", "2026-11-24 18:00, 2026-11-26 07:00"},
		{"weekdays 12:00", "2026-11-27T13:00:00Z", "2026-11-30 12:00"},
		{"weekends 12:00", "2026-11-23T13:00:00Z", "2026-11-28 12:00, 2026-11-29 12:00, 2026-12-05 12:00"},
		{"daily 00:00", "2026-12-31T12:00:00Z", "2027-01-01 00:00"},
		{"every 2 weeks sat 09:00 from 2026-12-05", "2026-11-22T00:00:00Z", "2026-12-05 09:00, 2026-12-19 09:00, 2027-01-02 09:00"},
		{"every 2 weeks tue thu 09:00 from 2026-12-03", "2026-11-22T00:00:00Z", "2026-12-03 09:00, 2026-12-15 09:00, 2026-12-17 09:00, 2026-12-29 09:00"},
		{"every 2 weeks mon 09:00 from 2026-12-05", "2026-11-22T00:00:00Z", "2026-12-07 09:00, 2026-12-21 09:00"}, // the first Monday counts
		{"every 52 weeks sun 09:00 from 2026-12-06", "2026-12-07T00:00:00Z", "2027-12-05 09:00"},
		{"every 3 weeks sun mon 09:00 from 2030-01-01", "2026-12-07T00:00:00Z", "2030-01-06 09:00, 2030-01-21 09:00, 2030-01-27 09:00"},
		{"first mon 19:00", "2026-11-22T00:00:00Z", "2026-12-07 19:00, 2027-01-04 19:00, 2027-02-01 19:00"},
		{"first third mon 19:00", "2026-12-08T00:00:00Z", "2026-12-21 19:00, 2027-01-04 19:00"},
		{"last fri 19:00", "2026-11-22T00:00:00Z", "2026-11-27 19:00, 2026-12-25 19:00, 2027-01-29 19:00, 2027-02-26 19:00"},
		{"fifth sun 10:00", "2026-11-22T00:00:00Z", "2026-11-29 10:00, 2027-01-31 10:00"},
		{"15th 19:00", "2026-11-22T00:00:00Z", "2026-12-15 19:00, 2027-01-15 19:00"},
		{"1st last day 19:00", "2027-02-02T00:00:00Z", "2027-02-28 19:00, 2027-03-01 19:00, 2027-03-31 19:00"},
		{"31st 19:00", "2027-01-31T20:00:00Z", "2027-03-31 19:00, 2027-05-31 19:00"},
		{"last day 19:00", "2028-02-02T00:00:00Z", "2028-02-29 19:00"},
		{"0 18 * * 1-5", "2026-11-20T18:00:00Z", "2026-11-23 18:00"},
		{"0 18 * * 5-7", "2026-11-20T18:00:00Z", "2026-11-21 18:00, 2026-11-22 18:00, 2026-11-27 18:00"},
		{"30 6 1 jan,jul *", "2026-11-20T18:00:00Z", "2027-01-01 06:30, 2027-07-01 06:30"},
		{"0 12 13 * fri", "2026-11-20T18:00:00Z", "2026-11-27 12:00, 2026-12-04 12:00, 2026-12-11 12:00, 2026-12-13 12:00"}, // either
		{"0 0 29 2 *", "2096-03-01T00:00:00Z", "2104-02-29 00:00"},
		{"0 9-17/4 * * mon", "2026-11-22T00:00:00Z", "2026-11-23 09:00, 2026-11-23 13:00, 2026-11-23 17:00, 2026-11-30 09:00"},
	} {
		at, err := time.Parse(time.RFC3339, tc.from)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for range strings.Split(tc.want, ", ") {
			at = next(t, parse(t, tc.rule), at, time.UTC)
			got = append(got, at.Format("2006-01-02 15:04"))
		}
		if got := strings.Join(got, ", "); got != tc.want {
			t.Errorf("%s after %s\n got %s\nwant %s", tc.rule, tc.from, got, tc.want)
		}
	}
	if at, err := (schedule.Rule{}).Next(time.Unix(0, 0), time.UTC); err != schedule.ErrNever {
		t.Errorf("the zero rule: %v, %v", at, err)
	}
}

// TestNextAgreesWithCron compares five-field rules with robfig/cron, which is
// right as long as no clock changes.
func TestNextAgreesWithCron(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	pick := func(words ...string) string { return words[rnd.IntN(len(words))] }
	for range 3000 {
		text := strings.Join([]string{
			pick("0", "30", "59", "0,30", "15"),
			pick("0", "18", "6,18", "9-17/2", "23", "*/6"),
			pick("*", "*", "1", "15,31", "*/2", "29", "10-20/3", "?"),
			pick("*", "*", "2", "1,7", "3-10", "feb-may", "*/5"),
			pick("*", "*", "1-5", "0", "sat", "*/2", "fri,sun"),
		}, " ")
		their, err := cron.ParseStandard(text)
		if err != nil {
			t.Fatal(err)
		}
		rule, err := schedule.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		at := time.Date(2020+rnd.IntN(20), 1, 1+rnd.IntN(366), rnd.IntN(24), rnd.IntN(60), rnd.IntN(60), 0, time.UTC)
		for range 10 {
			want := their.Next(at)
			if want.IsZero() { // cron looks only five years ahead
				break
			}
			if got := next(t, rule, at, time.UTC); !got.Equal(want) {
				t.Fatalf("%s after %v: %v, cron says %v", text, at, got, want)
			}
			at = want
		}
	}
}

// TestNextIsOrdered draws instants and rules at random: a rule never runs
// earlier after a later instant, and it does not run between an instant and
// the next run.
func TestNextIsOrdered(t *testing.T) {
	zones := loadZones(t)
	names := zones.Names()
	rules := []schedule.Rule{parse(t, "daily 00:00 01:30 02:30 23:45"), parse(t, "first sun 02:00"), parse(t, "every 2 weeks sun 01:00 from 2026-03-29"), parse(t, "0 */3 * * *")}
	rnd := rand.New(rand.NewPCG(3, 4))
	for range 20000 {
		zone, err := zones.Location(names[rnd.IntN(len(names))])
		if err != nil {
			t.Fatal(err)
		}
		rule := rules[rnd.IntN(len(rules))]
		a := time.Unix(-2e9+rnd.Int64N(6e9), rnd.Int64N(1e9))
		run := next(t, rule, a, zone)
		b := a.Add(time.Duration(rnd.Float64() * float64(run.Sub(a))))
		if !run.After(a) {
			t.Fatalf("%v in %v: %v is not after %v", rule, zone, run, a)
		}
		if b.Before(run) && !next(t, rule, b, zone).Equal(run) {
			t.Fatalf("%v in %v: after %v comes %v, after %v %v", rule, zone, a, run, b, next(t, rule, b, zone))
		}
		if y := run.Year(); y > 1900 && slices.Contains(rule.Times(), schedule.Clock(run.Hour()*60+run.Minute())) == false {
			if start, _ := run.ZoneBounds(); !run.Equal(start) {
				t.Fatalf("%v in %v: runs at %v", rule, zone, run)
			}
		}
	}
}

func next(t testing.TB, r schedule.Rule, after time.Time, zone *time.Location) time.Time {
	t.Helper()
	at, err := r.Next(after, zone)
	if err != nil {
		t.Fatalf("%v in %v after %v: %v", r, zone, after, err)
	}
	return at
}

func BenchmarkNext(b *testing.B) {
	zone, err := loadZones(b).Location("Europe/Berlin")
	if err != nil {
		b.Fatal(err)
	}
	for _, text := range []string{"mon wed fri 18:00", "daily 02:30", "first mon 19:00", "every 2 weeks sat 09:00 from 2026-12-05", "15th 19:00", "0 18 29 2 *"} {
		rule := parse(b, text)
		b.Run(text, func(b *testing.B) {
			b.ReportAllocs()
			// Years away from now, where time.Location has no answer cached.
			at := time.Date(2031, 6, 22, 0, 0, 0, 0, time.UTC)
			for b.Loop() {
				if _, err := rule.Next(at, zone); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("the night the clock changes", func(b *testing.B) {
		rule, at := parse(b, "daily 02:30"), time.Date(2027, 3, 27, 12, 0, 0, 0, time.UTC)
		for b.Loop() {
			if _, err := rule.Next(at, zone); err != nil {
				b.Fatal(err)
			}
		}
	})
}
