package schedule_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"unpinch/schedule"
)

func slot(t testing.TB, text string) schedule.Slot {
	t.Helper()
	s, err := schedule.ParseSlot(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// A start has the rule's own time, also where the zone's clock never shows it.
func TestSlotAt(t *testing.T) {
	for _, tc := range []struct{ zone, rule, after, want string }{
		{"Europe/Berlin", "daily 18:00", "2026-12-02 12:00", "2026-12-02 18:00"},
		{"Europe/Berlin", "daily 02:30", "2027-03-27 12:00", "2027-03-28 02:30"},       // a gap
		{"Europe/Berlin", "daily 02:15 02:30", "2027-03-27 12:00", "2027-03-28 02:15"}, // two in one gap
		{"Europe/Berlin", "daily 03:00", "2027-03-27 12:00", "2027-03-28 03:00"},
		{"Europe/Berlin", "daily 02:30", "2026-10-24 12:00", "2026-10-25 02:30"}, // an overlap
		{"Europe/Berlin", "daily 03:00", "2026-10-24 12:00", "2026-10-25 03:00"},
		{"Africa/Cairo", "daily 00:30", "2026-04-23 12:00", "2026-04-24 00:30"}, // a gap at midnight
		{"Pacific/Apia", "daily 00:00", "2011-12-29 12:00", "2011-12-31 00:00"}, // a day that wasn't
	} {
		zone := mustZone(t, tc.zone)
		next, err := parse(t, tc.rule).Next(slot(t, tc.after).On(zone), zone)
		if err != nil {
			t.Fatal(err)
		}
		if got := parse(t, tc.rule).SlotAt(next); got != slot(t, tc.want) {
			t.Errorf("%s in %s after %s: got %v, want %s", tc.rule, tc.zone, tc.after, got, tc.want)
		}
	}
}

func TestSlotText(t *testing.T) {
	for _, text := range []string{"", "2026-12-05", "18:00", "2026-12-05 24:00", "2026-02-29 18:00", "2026-12-05 18:00:00", "2026-12-05T18:00Z"} {
		if s, err := schedule.ParseSlot(text); err == nil {
			t.Errorf("%q is read as %v", text, s)
		}
	}
	early, late := slot(t, "2026-12-05 07:00"), slot(t, "2026-12-05 18:00")
	if late.String() != "2026-12-05 18:00" || (schedule.Slot{}).String() != "" || early.Compare(late) >= 0 || late.Compare(late) != 0 || late.Day.Add(1) == late.Day {
		t.Errorf("%v and %v", early, late)
	}
}

// Exceptions in gaps are those of the rule's time, and survive a zone without
// the gap.
func TestSkipInAGap(t *testing.T) {
	r := schedule.Recurrence{Rule: parse(t, "daily 02:30"), Zone: mustZone(t, "Europe/Berlin"), Skips: []schedule.Slot{slot(t, "2027-03-28 02:30")}}
	after := slot(t, "2027-03-27 12:00").On(r.Zone)
	for _, zone := range []string{"Europe/Berlin", "Etc/UTC"} {
		r.Zone = mustZone(t, zone)
		if next, err := r.NextStart(after); err != nil || schedule.SlotOf(next) != slot(t, "2027-03-29 02:30") {
			t.Errorf("%s: got %v, %v", zone, next, err)
		}
	}
}

func TestTaken(t *testing.T) {
	r := schedule.Recurrence{Rule: parse(t, "mon wed 18:00"), Zone: zoneOf(t), Skips: []schedule.Slot{slot(t, "2026-12-09 18:00")},
		Moves: []schedule.Move{{From: slot(t, "2026-12-02 18:00"), To: slot(t, "2026-12-03 19:00")}, {From: slot(t, "2026-12-04 18:00"), To: slot(t, "2026-12-05 09:00")}}}
	for _, tc := range []struct {
		to, of string
		want   bool
	}{
		{"2026-12-03 19:00", "2026-12-07 18:00", true},  // another was moved there
		{"2026-12-03 19:00", "2026-12-02 18:00", false}, // it is there itself
		{"2026-12-02 18:00", "2026-12-02 18:00", false}, // back again
		{"2026-12-02 18:00", "2026-12-07 18:00", false}, // that one is elsewhere
		{"2026-12-07 18:00", "2026-12-02 18:00", true},
		{"2026-12-09 18:00", "2026-12-02 18:00", true},  // skipped, but it may come back
		{"2026-12-05 09:00", "2026-12-02 18:00", false}, // a move of no start
	} {
		if got := r.Taken(slot(t, tc.to), slot(t, tc.of)); got != tc.want {
			t.Errorf("%s to %s: got %v", tc.of, tc.to, got)
		}
	}
}

func TestCarry(t *testing.T) {
	const wed = "2026-12-02 18:00"
	for _, tc := range []struct {
		why, before, after string
		skips, moves       string // a move as from>to
		answers            string
		want               string
	}{
		{"the same clock", "wed 18:00", "wed fri 18:00", wed, "", "", wed},
		{"the same clock among others", "wed 18:00", "wed 07:00 18:00", wed, "", "", wed},
		{"one before and after", "wed 18:00", "wed 18:30", wed, "", "", "2026-12-02 18:30"},
		{"on other days more", "mon wed 18:00", "30 18 * * 3", wed, "", "", "2026-12-02 18:30"},
		{"two before", "wed 07:00 18:00", "wed 18:30", wed, "", "", wed + " ? 2026-12-02 18:30"},
		{"two after", "wed 18:00", "wed 07:00 18:30", wed, "", "", wed + " ? 2026-12-02 07:00 2026-12-02 18:30"},
		{"two after, answered", "wed 18:00", "wed 07:00 18:30", wed, "", wed + ">2026-12-02 18:30", "2026-12-02 18:30"},
		{"let go", "wed 18:00", "wed 07:00 18:30", wed, "", wed + ">", ""},
		{"an answer of another rule", "wed 18:00", "wed 07:00 18:30", wed, "", wed + ">2026-12-02 20:00", wed + " ? 2026-12-02 07:00 2026-12-02 18:30"},
		{"no start that day", "mon wed 18:00", "mon 18:00", wed, "", "", wed + " ?"},
		{"no start that day before", "mon 18:00", "fri 18:00", wed, "", "", wed},
		{"a start again", "mon 18:00", "mon wed 18:00", wed, "", "", wed},
		{"another start again", "mon 18:00", "mon wed 18:30", wed, "", "", wed + " ? 2026-12-02 18:30"},
		{"the same rule", "wed 07:00", "wed 07:00", wed, "", "", wed},
		{"moved", "wed 18:00", "wed 18:30", "", wed + ">2026-12-03 19:00", "", "2026-12-02 18:30>2026-12-03 19:00"},
		{"moved where it is now", "wed 18:00", "wed 18:30", "", wed + ">2026-12-02 18:30", "", ""},
		{"moved, of two", "wed 18:00", "wed 07:00 18:30", "", wed + ">2026-12-03 19:00", "", wed + ">2026-12-03 19:00 ? 2026-12-02 07:00 2026-12-02 18:30"},
		{"both to one", "wed 07:00 18:00", "wed 12:00", wed + ",2026-12-02 07:00", "", wed + ">2026-12-02 12:00,2026-12-02 07:00>2026-12-02 12:00", "2026-12-02 12:00"},
	} {
		was := schedule.Series{Rule: parse(t, tc.before)}
		for text := range strings.SplitSeq(tc.skips, ",") {
			if text != "" {
				was.Skips = append(was.Skips, slot(t, text))
			}
		}
		if from, to, ok := strings.Cut(tc.moves, ">"); ok {
			was.Moves = []schedule.Move{{From: slot(t, from), To: slot(t, to)}}
		}
		answers, err := schedule.ReadAnswers(tc.answers)
		if err != nil || schedule.WriteAnswers(answers) != tc.answers {
			t.Errorf("%s: the answers are %v, %v", tc.why, answers, err)
		}
		skips, moves, unclear := schedule.Carry(was, parse(t, tc.after), answers)
		var got []string
		for _, s := range skips {
			got = append(got, s.String())
		}
		for _, m := range moves {
			got = append(got, m.From.String()+">"+m.To.String())
		}
		for _, u := range unclear {
			got = append(got, "?")
			for _, s := range u.Starts {
				got = append(got, s.String())
			}
		}
		if got := strings.Join(got, " "); got != tc.want {
			t.Errorf("%s:\n got %s\nwant %s", tc.why, got, tc.want)
		}
	}
	if all, err := schedule.ReadAnswers("2026-12-02"); err == nil {
		t.Errorf("got %v", all)
	}
}

// What a day's clocks are does not depend on a zone.
func TestClocks(t *testing.T) {
	day := schedule.Date{Year: 2027, Month: time.March, Day: 28}
	for rule, want := range map[string]string{"sun 02:30 18:00": "[02:30 18:00]", "mon 18:00": "[]", "daily 00:00": "[00:00]", "59 23 * * *": "[23:59]"} {
		if got := fmt.Sprint(parse(t, rule).Clocks(day)); got != want {
			t.Errorf("%s: got %s, want %s", rule, got, want)
		}
	}
	if n := len(parse(t, "0 * * * *").Clocks(day)); n != 24 {
		t.Errorf("every hour is %d", n)
	}
	if !slices.Contains(parse(t, "daily 02:30").Clocks(day), 150) || parse(t, "daily 02:30").Plans(schedule.Slot{Day: day, Clock: 180}) {
		t.Error("a gap of some zone counts")
	}
}
