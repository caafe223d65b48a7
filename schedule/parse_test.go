package schedule_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"unpinch/content"
	"unpinch/schedule"
)

// english is the words of the English catalogue.
func english(tb testing.TB) schedule.Say {
	tb.Helper()
	lib, err := content.Load()
	if err != nil {
		tb.Fatal(err)
	}
	return lib.In("en")
}

func TestParse(t *testing.T) {
	say := english(t)
	for _, tc := range []struct{ text, stored, sentence string }{
		{"mon wed fri 18:00", "mon wed fri 18:00", "Mondays, Wednesdays and Fridays at 18:00"},
		{"Monday, Wednesday and Friday at 6 pm", "mon wed fri 18:00", ""},
		{"MON/WED/FRI @ 18.00", "mon wed fri 18:00", ""},
		{"- fri mon wed: 6PM", "mon wed fri 18:00", ""},
		{"every mon, wed & fri at 6:00 p.m.", "mon wed fri 18:00", ""},
		{"on mondays + weds + fridays 18h", "mon wed fri 18:00", ""},
		{"18:00 mon wed fri", "mon wed fri 18:00", ""},
		{"mo we fr 1800", "mon wed fri 18:00", ""},
		{"weekdays 6:30pm", "weekdays 18:30", "Mondays to Fridays at 18:30"},
		{"mon-fri 18:30", "weekdays 18:30", ""},
		{"Mon – Fri 18h30", "weekdays 18:30", ""},
		{"monday to friday 18:30", "weekdays 18:30", ""},
		{"mon through thu, and fri 18:30", "weekdays 18:30", ""},
		{"every weekday at 18:30", "weekdays 18:30", ""},
		{"weekends 9am", "weekends 09:00", "Saturdays and Sundays at 09:00"},
		{"fri-mon 12am", "mon fri sat sun 00:00", "Mondays, Fridays, Saturdays and Sundays at 00:00"},
		{"daily noon", "daily 12:00", "Every day at 12:00"},
		{"every day at midnight", "daily 00:00", ""},
		{"daily 02:30", "daily 02:30", "Every day at 02:30"},
		{"daily 12:15am 12:15pm", "daily 00:15 12:15", "Every day at 00:15 and 12:15"},
		{"tue & thu 07:00, 18:00", "tue thu 07:00 18:00", "Tuesdays and Thursdays at 07:00 and 18:00"},
		{"thu tue 18:00 7:00", "tue thu 07:00 18:00", ""},
		{"every week mon 18:00", "mon 18:00", ""},
		{"every 2 weeks sat 09:00 from 2026-12-05", "every 2 weeks sat 09:00 from 2026-12-05", "Saturdays at 09:00, every 2 weeks from 5 December 2026"},
		{"every other saturday 9am starting 2026-12-05", "every 2 weeks sat 09:00 from 2026-12-05", ""},
		{"Fortnightly on Sat at 09:00 from 2026-12-01", "every 2 weeks sat 09:00 from 2026-12-05", ""},
		{"every two weeks sat 09:00 from 2026-12-05", "every 2 weeks sat 09:00 from 2026-12-05", ""},
		{"every 3rd week sat 09:00 from 2026-12-05", "every 3 weeks sat 09:00 from 2026-12-05", ""},
		{"from 2026-12-05 every 2 weeks daily 09:00", "every 2 weeks daily 09:00 from 2026-12-05", ""},
		{"first mon 19:00", "first mon 19:00", "The first Monday of the month at 19:00"},
		{"1st Monday of every month, 7pm", "first mon 19:00", ""},
		{"every second sat of the month 9am", "second sat 09:00", ""},
		{"first and third mon 19:00", "first third mon 19:00", "The first and third Monday of the month at 19:00"},
		{"last fri, first fri 19:00", "first last fri 19:00", "The first and last Friday of the month at 19:00"},
		{"5th sun 10:00", "fifth sun 10:00", "The fifth Sunday of the month at 10:00, in months that have it"},
		{"15th 19:00", "15th 19:00", "The 15th of the month at 19:00"},
		{"monthly on the 15th at 19:00", "15th 19:00", ""},
		{"every 15th 19:00", "15th 19:00", ""},
		{"day 15 of the month 19:00", "15th 19:00", ""},
		{"1st and 15th 19:00", "1st 15th 19:00", "The 1st and 15th of the month at 19:00"},
		{"first day of the month 19:00", "1st 19:00", "The 1st of the month at 19:00"},
		{"last day of the month 19:00", "last day 19:00", "The last day of the month at 19:00"},
		{"11th, 12th, 13th, 21st, 22nd, 23rd, 31st 8am", "11th 12th 13th 21st 22nd 23rd 31st 08:00", "The 11th, 12th, 13th, 21st, 22nd, 23rd and 31st of the month at 08:00, in months that have it"},
		{"0 18 * * 1-5", "0 18 * * 1-5", "Mondays to Fridays at 18:00"},
		{"cron 0 18 * * MON-FRI", "0 18 * * mon-fri", "Mondays to Fridays at 18:00"},
		{"  0  18 * *  7 ", "0 18 * * 0", "Sundays at 18:00"},
		{"0 18 * * fri-sun", "0 18 * * fri-6,0", "Fridays, Saturdays and Sundays at 18:00"},
		{"0 * * * *", "0 * * * *", "Every day, every hour from 00:00 to 23:00"},
		{"*/30 9-14 * * 1", "*/30 9-14 * * 1", "Mondays, every 30 minutes from 09:00 to 14:30"},
		{"0 18 31 * *", "0 18 31 * *", "The 31st of the month at 18:00, in months that have it"},
		{"0 18 31 1 *", "0 18 31 1 *", "The 31st of January at 18:00"},
		{"0 18 1 1,7 *", "0 18 1 1,7 *", "The 1st of January and July at 18:00"},
		{"0 18 * 6-8 1", "0 18 * 6-8 1", "Mondays in June, July and August at 18:00"},
		{"0 12 13 * 5", "0 12 13 * 5", "The 13th of the month and Fridays at 12:00"},
		{"0 12 13 6 5", "0 12 13 6 5", "The 13th of June and Fridays in June at 12:00"},
		{"0 */2 * * *", "0 */2 * * *", "Every day, every 2 hours from 00:00 to 22:00"},
		{"mon 18:00 18:01 18:02 18:03 18:04", "mon 18:00 18:01 18:02 18:03 18:04", "Mondays, every minute from 18:00 to 18:04"},
	} {
		r, err := schedule.Parse(tc.text)
		if err != nil {
			t.Errorf("Parse(%q): %v", tc.text, err)
			continue
		}
		if r.String() != tc.stored {
			t.Errorf("Parse(%q) is stored as %q, want %q", tc.text, r, tc.stored)
		}
		if got := r.Sentence(say); tc.sentence != "" && got != tc.sentence {
			t.Errorf("Parse(%q) says %q, want %q", tc.text, got, tc.sentence)
		}
		roundTrip(t, say, r)
	}
}

// roundTrip sees that what is stored reads back as the same rule.
func roundTrip(t *testing.T, say schedule.Say, r schedule.Rule) {
	t.Helper()
	text, err := r.MarshalText()
	if err != nil {
		t.Fatal(err)
	}
	var back schedule.Rule
	if err := back.UnmarshalText(text); err != nil {
		t.Fatalf("read back %q: %v", text, err)
	}
	if !back.Equal(r) || back.Sentence(say) != r.Sentence(say) {
		t.Fatalf("%q reads back as %q", r, back)
	}
}

func TestParseRefuses(t *testing.T) {
	times := make([]string, 0, 25)
	for h := range 24 {
		times = append(times, schedule.Clock(h*60).String())
	}
	for _, tc := range []struct {
		text  string
		fault schedule.Fault
		seen  string
	}{
		{"", schedule.FaultEmpty, ""},
		{" \t ", schedule.FaultEmpty, ""},
		{"mon " + strings.Repeat("x", 400), schedule.FaultLong, "mon xxxxxxxxxxxxxxxx…"},
		{"mon 9 pm-ish", schedule.FaultWord, "ish"},
		{"mon soon", schedule.FaultWord, "soon"},
		{"mnxday 18:00", schedule.FaultWord, "mnxday"},
		{"every 2 days 18:00", schedule.FaultFrom, "every 2 days 18:00"},
		{"mon 25:00", schedule.FaultTime, "25:00"},
		{"mon 24:00", schedule.FaultTime, "24:00"},
		{"mon 18:60", schedule.FaultTime, "18:60"},
		{"mon 13pm", schedule.FaultTime, "13pm"},
		{"mon 0am", schedule.FaultTime, "0am"},
		{"mon 18:00:30", schedule.FaultTime, "18:00:30"},
		{"mon 18", schedule.FaultNumber, "18"},
		{"32nd 18:00", schedule.FaultDate, "32nd"},
		{"day 32 18:00", schedule.FaultDate, "day 32"},
		{"18:00", schedule.FaultNoDay, "18:00"},
		{"monthly 18:00", schedule.FaultNoDay, "monthly 18:00"},
		{"last 18:00", schedule.FaultNoDay, "last"},
		{"mon wed", schedule.FaultNoTime, "mon wed"},
		{"mon 18:00 6pm", schedule.FaultTwice, "6pm"},
		{"daily " + strings.Join(times, " ") + " 12:30", schedule.FaultMany, "daily " + strings.Join(times, " ") + " 12:30"},
		{"mon 18:00 wed", schedule.FaultNoTime, "wed"},
		{"18:00 mon 19:00", schedule.FaultMixed, "19:00"},
		{"mon 18:00-19:00", schedule.FaultSpan, "18:00-19:00"},
		{"mon-weekend 18:00", schedule.FaultRange, "mon-weekend"},
		{"mon to", schedule.FaultRange, "mon to"},
		{"first mon 15th 19:00", schedule.FaultDays, "first mon 15th"},
		{"first weekend 19:00", schedule.FaultDays, "first weekend"},
		{"mon last day 19:00", schedule.FaultDays, "mon last day"},
		{"every 2 weeks first mon 19:00 from 2026-12-05", schedule.FaultDays, "every 2 weeks"},
		{"every 2 weeks every 3 weeks mon 19:00 from 2026-12-05", schedule.FaultDays, "every 3 weeks"},
		{"every 2 weeks mon 19:00 from 2026-12-05 from 2026-12-05", schedule.FaultDays, "from 2026-12-05"},
		{"every 2 weeks sat 09:00", schedule.FaultFrom, "every 2 weeks"},
		{"every 2 weeks sat 09:00 from 5.12.", schedule.FaultDate, "5.12."},
		{"every 2 weeks sat 09:00 from 2026-02-30", schedule.FaultDate, "2026-02-30"},
		{"every 2 weeks mon 09:00 from 9999-12-31", schedule.FaultDate, "9999-12-31"},
		{"every 2 weeks sat 09:00 from", schedule.FaultDate, "from"},
		{"every 60 weeks sat 09:00 from 2026-12-05", schedule.FaultWeeks, "every 60 weeks"},
		{"every 0 weeks sat 09:00", schedule.FaultWeeks, "every 0 weeks"},
		{"every second sat 09:00", schedule.FaultOther, "every second sat"},
		{"TZ=", schedule.FaultZone, "TZ="},
		{"TZ=0", schedule.FaultZone, "TZ=0"},
		{"TZ=Europe/Berlin 0 18 * * *", schedule.FaultZone, "TZ=Europe/Berlin"},
		{"CRON_TZ=UTC", schedule.FaultZone, "CRON_TZ=UTC"},
		{"cron TZ=UTC 18 * * *", schedule.FaultZone, "TZ=UTC"},
		{"@every 1h", schedule.FaultDescriptor, "@every 1h"},
		{"@daily", schedule.FaultDescriptor, "@daily"},
		{"0 18 30 2 *", schedule.FaultNever, "0 18 30 2 *"},
		{"0 18 31 4,6,9,11 *", schedule.FaultNever, "0 18 31 4,6,9,11 *"},
		{"* * * * *", schedule.FaultMany, "* * * * *"},
		{"*/30 * * * *", schedule.FaultMany, "*/30 * * * *"},
		{"0 18 * *", schedule.FaultFields, "0 18 * *"},
		{"0 0 18 * * *", schedule.FaultFields, "0 0 18 * * *"},
		{"*/61 18 * * *", schedule.FaultCron, "*/61"},
		{"*/0 18 * * *", schedule.FaultCron, "*/0"},
		{"61 18 * * *", schedule.FaultCron, "61"},
		{"0 24 * * *", schedule.FaultCron, "24"},
		{"0 18 * * 8", schedule.FaultCron, "8"},
		{"0 18 15w * *", schedule.FaultCron, "15w"},
		{"0 18 * * mon#6", schedule.FaultCron, "mon#6"},
		{"0 18 * * 5-1", schedule.FaultCron, "5-1"},
		{"0 18 , * *", schedule.FaultCron, ","},
		{"0 18,, * * *", schedule.FaultCron, "18,,"},
	} {
		r, err := schedule.Parse(tc.text)
		pe, ok := errors.AsType[*schedule.ParseError](err)
		if !ok {
			t.Errorf("Parse(%q) = %v, %v; want fault %q", tc.text, r, err, tc.fault)
			continue
		}
		if pe.Fault != tc.fault || pe.Seen != tc.seen {
			t.Errorf("Parse(%q): fault %q at %q, want %q at %q", tc.text, pe.Fault, pe.Seen, tc.fault, tc.seen)
		}
		if pe.Example() == "" || !strings.Contains(pe.Error(), pe.Example()) {
			t.Errorf("Parse(%q): %q shows nothing that works", tc.text, pe)
		}
	}
}

// FuzzParse reads anything without a panic, and what it takes for a rule is
// stored so that it reads back, and has a next start.
func FuzzParse(f *testing.F) {
	for _, text := range []string{"mon wed fri 18:00", "every 2 weeks sat 09:00 from 2026-12-05", "first last mon 19:00", "1st last day 6pm", "0 18 1,15 */2 5-7", "TZ= 0", "fri to mon, noon & 7.30 a.m.", "@every 1h", "cron tz=x"} {
		f.Add(text)
	}
	say := english(f)
	f.Fuzz(func(t *testing.T, text string) {
		r, err := schedule.Parse(text)
		if err != nil {
			if _, ok := errors.AsType[*schedule.ParseError](err); !ok {
				t.Fatalf("Parse(%q): %v", text, err)
			}
			return
		}
		roundTrip(t, say, r)
		if n := len(r.Times()); n < 1 || n > schedule.MaxTimes {
			t.Fatalf("Parse(%q) has %d times", text, n)
		}
		next(t, r, time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC), time.UTC)
	})
}
