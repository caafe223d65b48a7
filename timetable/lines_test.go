package timetable_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"unpinch/schedule"
	"unpinch/timetable"
)

// parseLine is ParseLine with the fault in a list.
func parseLine(text string) (l timetable.Line, faults []timetable.Fault) {
	l, fault := timetable.ParseLine(text, schedule.Here{})
	if fault != nil {
		faults = []timetable.Fault{*fault}
	}
	return l, faults
}

func TestParseLine(t *testing.T) {
	for _, tc := range []struct {
		text, rule string
		minutes    int
		title      string
	}{
		{"mon wed fri 06:00 60min", "mon wed fri 06:00", 60, ""},
		{"mon wed fri 06:00", "mon wed fri 06:00", 60, ""},
		{"tue & thu 07:00, 18:00 45 min Mobility", "tue thu 07:00 18:00", 45, "Mobility"},
		{"every 2 weeks sat 09:00 from 2026-12-05 1h30", "every 2 weeks sat 09:00 from 2026-12-05", 90, ""},
		{"every 2 weeks sat 09:00 1h30 from 2026-12-05 Long run", "every 2 weeks sat 09:00 from 2026-12-05", 90, "Long run"},
		{"every 2 weeks sat 09:00 90min from 2026-12-05", "every 2 weeks sat 09:00 from 2026-12-05", 90, ""},
		{"weekdays 6:30pm", "weekdays 18:30", 60, ""},
		{"weekdays 6:30 pm Open gym", "weekdays 18:30", 60, "Open gym"},
		{"Mon 6 p.m. Strength", "mon 18:00", 60, "Strength"},
		{"first mon 19:00 2h", "first mon 19:00", 120, ""},
		{"15th 19:00 75m Board meeting", "15th 19:00", 75, "Board meeting"},
		{"mon 18:00-19:30 Gi", "mon 18:00", 90, "Gi"},
		{"MWF 6p-6:45p 45min Camp", "mon wed fri 18:00", 45, "Camp"},

		// lengths
		{"mon 18:00 90m", "mon 18:00", 90, ""},
		{"mon 18:00 90 minutes", "mon 18:00", 90, ""},
		{"mon 18:00 90'", "mon 18:00", 90, ""},
		{"mon 18:00 1h", "mon 18:00", 60, ""},
		{"mon 18:00 1h30m", "mon 18:00", 90, ""},
		{"mon 18:00 1h30min Yoga", "mon 18:00", 90, "Yoga"},
		{"mon 18:00 1h 30min Yoga", "mon 18:00", 90, "Yoga"},
		{"mon 18:00 1 h 30 min Yoga", "mon 18:00", 90, "Yoga"},
		{"mon 18:00 1 hour and 30 minutes Yoga", "mon 18:00", 90, "Yoga"},
		{"mon 18:00 1h 30", "mon 18:00", 90, ""},
		{"mon 18:00 1.5h", "mon 18:00", 90, ""},
		{"mon 18:00 1.5 hours", "mon 18:00", 90, ""},
		{"mon 18:00 2 hours", "mon 18:00", 120, ""},
		{"mon 18:00 (45 min)", "mon 18:00", 45, ""},
		{"mon 18:00, 45 min, Mobility", "mon 18:00", 45, "Mobility"},
		{"mon,wed 18:00,45min,Mobility", "mon wed 18:00", 45, "Mobility"},
		{"mon 18:00 for 45min", "mon 18:00", 45, ""},
		{"mon 18:00 - 45min - Mobility", "mon 18:00", 45, "Mobility"},
		{"mon 18:00 5min", "mon 18:00", 5, ""},
		{"mon 18:00 600min", "mon 18:00", 600, ""},
		{"mon 18:00 10h", "mon 18:00", 0, ""}, // ambiguous, see below
		{"18:00 60min mon wed", "mon wed 18:00", 60, ""},
		{"18:00 1h30 mon wed Strength", "mon wed 18:00", 90, "Strength"},

		// hours that are times
		{"mon 18h 30min", "mon 18:00", 30, ""},
		{"mon 18h 1h30", "mon 18:00", 90, ""},
		{"lu 18h", "", 0, ""}, // no day in English
		{"mon 7h, 9h30", "mon 07:00 09:30", 60, ""},
		{"mon 7h and 9h30 45min", "mon 07:00 09:30", 45, ""},
		{"mon 7h 18h", "mon 07:00 18:00", 60, ""},
		{"mon 7h at 9h30", "mon 07:00 09:30", 60, ""},
		{"mon 1h30", "mon 01:30", 60, ""},

		// titles
		{"mon 18:00 The basics", "mon 18:00", 60, "The basics"},
		{"mon 18:00 Weekly strength", "mon 18:00", 60, "Weekly strength"},
		{"mon 18:00 weekly", "mon 18:00", 60, ""},
		{"mon 18:00 First steps", "mon 18:00", 60, "First steps"},
		{"mon 18:00 Sat prep", "mon 18:00", 60, "Sat prep"},
		{"mon 18:00 5k prep", "mon 18:00", 60, "5k prep"},
		{"mon 18:00 Level 2", "mon 18:00", 60, "Level 2"},
		{"mon 18:00 60min 5x5 in 1h at 18:00", "mon 18:00", 60, "5x5 in 1h at 18:00"},
		{"mon 18:00 — Open   gym", "mon 18:00", 60, "Open gym"},
		{"mon 18:00: Open gym, all levels", "mon 18:00", 60, "Open gym, all levels"},
		{`mon 18:00 "Wed 19:00 in 10min"`, "mon 18:00", 60, "Wed 19:00 in 10min"},
		{`mon 18:00 “Open gym” 45min`, "mon 18:00", 45, "Open gym"},
		{`mon 18:00 45min "101"`, "mon 18:00", 45, "101"},
		{"mon 18:00 60min Kraft für alle ✓", "mon 18:00", 60, "Kraft für alle ✓"},
		{"* mon 18:00 Strength", "mon 18:00", 60, "Strength"},
		{"• 18:00 mon", "mon 18:00", 60, ""},
		{"mon 18:00 | 45min | Strength | Skill", "mon 18:00", 45, "Strength | Skill"},
		{"mon noon Strength", "mon 12:00", 60, "Strength"},
		{"mon 06:00 noon 45min Strength", "mon 06:00 12:00", 45, "Strength"},
		{"- mon wed fri: 18:00 Strength", "mon wed fri 18:00", 60, "Strength"},
		{"mon 18:00 " + strings.Repeat("ß", 60), "mon 18:00", 60, strings.Repeat("ß", 60)},

		// cron
		{"0 18 * * 1-5", "0 18 * * 1-5", 60, ""},
		{"0 18 * * 1-5 45min", "0 18 * * 1-5", 45, ""},
		{"0 18 * * 1-5 1h Strength", "0 18 * * 1-5", 60, "Strength"},
		{"0 18 * * 1-5 Strength", "0 18 * * 1-5", 60, "Strength"},
		{"cron 0 18 * * MON-FRI 90m", "0 18 * * mon-fri", 90, ""},
		{"0 18 1,15 * * 90m Talk", "0 18 1,15 * *", 90, "Talk"},
		{"0 18 1 1,7 1 90m", "0 18 1 1,7 1", 90, ""},
		{"*/30 9-14 * * 1 30min", "*/30 9-14 * * 1", 30, ""},
	} {
		l, faults := parseLine(tc.text)
		if tc.minutes == 0 {
			if len(faults) != 1 {
				t.Errorf("ParseLine(%q) = %v, want a fault", tc.text, l)
			}
			continue
		}
		if len(faults) > 0 {
			t.Errorf("ParseLine(%q): %v", tc.text, faults)
			continue
		}
		want := fmt.Sprintf("%q %v %q", tc.rule, time.Duration(tc.minutes)*time.Minute, tc.title)
		if got := fmt.Sprintf("%q %v %q", l.Rule, l.Length, l.Title); got != want {
			t.Errorf("ParseLine(%q) = %s, want %s", tc.text, got, want)
		}
		if l.Text != tc.text {
			t.Errorf("ParseLine(%q): %q", tc.text, l.Text)
		}
	}
}

func TestParseLineRefuses(t *testing.T) {
	for _, tc := range []struct {
		text string
		code timetable.Code
		seen string
		rule schedule.Fault
	}{
		{"strength", timetable.CodeRule, "strength", schedule.FaultWord},
		{"mon wed", timetable.CodeRule, "mon wed", schedule.FaultNoTime},
		{"mon wed 60min", timetable.CodeRule, "mon wed", schedule.FaultNoTime},
		{"mon fry 18:00 60min Strength", timetable.CodeRule, "fry", schedule.FaultWord},
		{"mon 25:00 60min", timetable.CodeRule, "25:00", schedule.FaultTime},
		{"mon 18:00 18:60", timetable.CodeRule, "18:60", schedule.FaultTime},
		{"mon 18:00 Strength, wed 19:00 Yoga", timetable.CodeRule, "19:00", schedule.FaultMixed},
		{"mon 18:00 wed", timetable.CodeRule, "wed", schedule.FaultNoTime},
		{"mon 18:00-19:00 90min", timetable.CodeRule, "18:00-19:00", schedule.FaultSpan},
		{"every 2 weeks sat 09:00 60min Run", timetable.CodeRule, "every 2 weeks", schedule.FaultFrom},
		{"0 25 * * * Strength", timetable.CodeRule, "25", schedule.FaultCron},
		{"0 18 30 2 * 60min", timetable.CodeRule, "0 18 30 2 *", schedule.FaultNever},
		{"60min", timetable.CodeRule, "60min", schedule.FaultNoDay},
		{"mon 18:00 60", timetable.CodeUnit, "60", ""},
		{"mon 18:00 60 Strength", timetable.CodeUnit, "60", ""},
		{"mon 18:00 4min", timetable.CodeLength, "4min", ""},
		{"mon 18:00 1441 min", timetable.CodeLength, "1441 min", ""},
		{"mon 18:00 0min", timetable.CodeLength, "0min", ""},
		{"mon 18:00 9999min", timetable.CodeLength, "9999min", ""},
		{"mon 7h 9h30", timetable.CodeAmbiguous, "9h30", ""},
		{"mon 18:00, 1h30", timetable.CodeAmbiguous, "1h30", ""},
		{"mon 18:00 10h", timetable.CodeAmbiguous, "10h", ""},
		{"mon 18:00 Noon crew", timetable.CodeAmbiguous, "noon", ""},
		{"* 18 * * 1 60min", timetable.CodeRule, "* 18 * * 1", schedule.FaultMany},
		{"mon 18:00 Mobility 45min", timetable.CodeOrder, "45min", ""},
		{"mon 18:00 Mobility 1h", timetable.CodeOrder, "1h", ""},
		{`mon 18:00 "Mobility`, timetable.CodeQuote, `"Mobility`, ""},
		{`mon 18:00 ""`, timetable.CodeQuote, `""`, ""},
		{`mon 18:00 Open "gym"`, timetable.CodeQuote, "Open", ""},
		{"mon 18:00 " + strings.Repeat("ß", 61), timetable.CodeTitleLong, "61", ""},
		{"mon 18:00 60min " + strings.Repeat("x", 600), timetable.CodeTooLong, "mon 18:00 60min xxx…", ""},
	} {
		_, faults := parseLine(tc.text)
		if len(faults) != 1 {
			t.Errorf("ParseLine(%q) has faults %v, want %s", tc.text, faults, tc.code)
			continue
		}
		f := faults[0]
		var rule schedule.Fault
		if f.Rule != nil {
			rule = f.Rule.Fault
		}
		if f.Code != tc.code || f.Seen != tc.seen || rule != tc.rule {
			t.Errorf("ParseLine(%q): %s %q %q, want %s %q %q", tc.text, f.Code, f.Seen, rule, tc.code, tc.seen, tc.rule)
		}
	}
}

func FuzzParseLine(f *testing.F) {
	for _, text := range []string{
		"mon wed fri 06:00 60min", "tue & thu 07:00, 18:00 45 min Mobility", "weekdays 6:30pm",
		"every 2 weeks sat 09:00 1h30 from 2026-12-05 Run", "0 18 1,15 * * 90m \"Talk\"", "mon 7h, 9h30",
		"mon 18:00 1 h 30 min", "# no\n\nmon 18:00 “x”\n", "mon 18:00 1.5h - a", "first last fri 19:00 The 5k",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		l, fault := timetable.ParseLine(text, schedule.Here{})
		if fault != nil {
			if fault.Code == "" || fault.Error() == "" {
				t.Fatalf("fault %+v", fault)
			}
			return
		}
		if l.Rule.IsZero() || l.Length < timetable.MinLength || l.Length > timetable.MaxLength || len([]rune(l.Title)) > timetable.MaxTitle {
			t.Fatalf("%q is read as %q %v %q", l.Text, l.Rule, l.Length, l.Title)
		}
		if strings.ContainsAny(l.Title, `"“”„«»`) || l.Title == "" {
			return
		}
		// What was read is read alike when it is written out in full.
		full := fmt.Sprintf("%s %dmin %s", l.Rule, int(l.Length.Minutes()), `"`+l.Title+`"`)
		again, fault := timetable.ParseLine(full, schedule.Here{})
		if fault != nil || !again.Rule.Equal(l.Rule) || again.Length != l.Length || again.Title != l.Title {
			t.Fatalf("%q is read as %q %v %q, and that as %v", l.Text, l.Rule, l.Length, l.Title, again)
		}
	})
}
