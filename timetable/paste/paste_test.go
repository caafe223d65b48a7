package paste_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"unpinch/schedule"
	"unpinch/timetable"
	"unpinch/timetable/paste"
)

// here is where texts are read: a Monday.
var here = schedule.Here{Today: schedule.Date{Year: 2026, Month: 11, Day: 30}}

// said says what was read, a line for each class, fault and heading. Of times
// without am or pm it says so, and reads them as half.
func said(text string, half paste.Half) []string {
	var all []string
	p := paste.Read(text, paste.Unasked, 50, here)
	if len(p.Open) > 0 {
		all = append(all, "ask: "+strings.Join(p.Open, " / "))
		p = paste.Read(text, half, 50, here)
	}
	for _, l := range p.Lines {
		all = append(all, strings.TrimSpace(fmt.Sprintf("%s, %d min %s", l.Rule, int(l.Length.Minutes()), l.Title)))
	}
	for _, f := range p.Faults {
		word := f.Seen
		if f.Rule != nil {
			word = f.Rule.Seen
		}
		all = append(all, fmt.Sprintf("fault %s %q", f.Code, word))
	}
	for _, h := range p.Headings {
		all = append(all, fmt.Sprintf("heading %q %d", h.Text, h.Classes))
	}
	return all
}

// TestRead reads single lines: several classes where "|" parts them.
func TestRead(t *testing.T) {
	for _, tc := range [][2]string{
		// spans, and am and pm that are shared or carried
		{"Mon/Wed 7-8:30pm BJJ", "mon wed 19:00, 90 min BJJ"},
		{"Mon from 5:40 pm to 6:30 pm", "mon 17:40, 50 min"},
		{"Mon 5:40 - 6:30 pm Spin", "mon 17:40, 50 min Spin"},
		{"Mon 5:40 pm - 6:30 Spin", "mon 17:40, 50 min Spin"},
		{"Mon and Wed 18H00-19H00 Gi 19H00-20H00 No-Gi.", "mon wed 18:00, 60 min Gi | mon wed 19:00, 60 min No-Gi"},
		{"Sun 12:00noon Flow - Downtown", "sun 12:00, 60 min Flow - Downtown"},
		{"Thu 0730 - 0810 Pram fit", "thu 07:30, 40 min Pram fit"},
		{"Ladies only Monday 7.p.m. - 7.50 p.m.", "mon 19:00, 50 min Ladies only"},
		{"Mon 11.15 a.m. - 12 noon.", "mon 11:15, 45 min"},
		{"Mon 11-1pm Lunch", "mon 11:00, 120 min Lunch"},
		{"Mon 10pm-12am Late", "mon 22:00, 120 min Late"},
		{"Fri 9-5pm Seminar", "fri 09:00, 480 min Seminar"},
		{"Tue 4, 5, 6pm WOD", "tue 16:00 17:00 18:00, 60 min WOD"},
		{"Mon 9am, 10, 4 Lift", "mon 09:00 10:00 16:00, 60 min Lift"},
		{"Wed: 6:00am, 9:00am, Noon, 4:30pm", "wed 06:00 09:00 12:00 16:30, 60 min"},
		{"Tuesday night 8 to 9 Girls", "tue 20:00, 60 min Girls"},
		{"Monday morning 9:30 to 10:30 Ladies", "mon 09:30, 60 min Ladies"},
		{"Open Gym Wed: 6 to 7 p.m.", "wed 18:00, 60 min Open Gym"},

		// days
		{"MWF 6a, 7a, 5:30p WOD", "mon wed fri 06:00 07:00 17:30, 60 min WOD"},
		{"TTh 530pm Barbell", "tue thu 17:30, 60 min Barbell"},
		{"M-TH 6pm Spin", "mon tue wed thu 18:00, 60 min Spin"},
		{"CrossFit 4pm, 5pm (M-TH) and 4pm (Friday)", "mon tue wed thu 16:00 17:00, 60 min CrossFit | fri 16:00, 60 min CrossFit"},
		{"Every day 6am Swim", "daily 06:00, 60 min Swim"},
		{"Early Swimming 7.00 - 9.00 a.m. Each Weekday.", "weekdays 07:00, 120 min Early Swimming"},
		{"Mo-Fr 9-10 Uhr Rückenfit", "weekdays 09:00, 60 min Rückenfit"},
		{"Fr. 17:30 - 18:30 Uhr: Turnen (4 - 6 Jahre)", "fri 17:30, 60 min Turnen (4 - 6 Jahre)"},
		{"Dienstags: 09:00 Uhr, 17:45 Uhr", "tue 09:00 17:45, 60 min"},
		{"Boxeo: martes y jueves de 9.45 a 10.40 horas", "tue thu 09:45, 55 min Boxeo"},
		{"L-M-X-J-V 13:30-14:30 h. Natación libre", "weekdays 13:30, 60 min Natación libre"},
		{"Lunes a viernes de 7:00 a 8:00 h Funcional", "weekdays 07:00, 60 min Funcional"},

		{"mwf 6a Barbell", "mon wed fri 06:00, 60 min Barbell"},
		{"m-th 5pm Spin", "mon tue wed thu 17:00, 60 min Spin"},
		{"tth 7p Yoga", "tue thu 19:00, 60 min Yoga"},
		{"m-f noon", "weekdays 12:00, 60 min"},
		{"F 5p-7p Open mat", "fri 17:00, 120 min Open mat"},
		{"Mon-Wed-Fri 18:00", "mon wed fri 18:00, 60 min"},
		{"Sa. vormittags 10 Uhr Lauftreff", "sat 10:00, 60 min Lauftreff"},
		{"Monday's 6pm Yoga", "mon 18:00, 60 min Yoga"},

		// hours without a colon, and between two
		{"WOD 330, 430, 530pm (M-TH)", "mon tue wed thu 15:30 16:30 17:30, 60 min WOD"},
		{"Mon 530-630pm Kids", "mon 17:30, 60 min Kids"},
		{"Kinder ab 6 Jahre: freitags zwischen 15 und 16 Uhr", "fri 15:00, 60 min Kinder ab 6 Jahre"},
		{"Between 6 and 7pm Monday", "mon 18:00, 60 min"},

		// titles
		{"Yoga - Mondays 6pm", "mon 18:00, 60 min Yoga"},
		{"Wednesdays, 6pm (with Coach A)", "wed 18:00, 60 min with Coach A"},
		{"Sat 8am 1st timers", "sat 08:00, 60 min 1st timers"},
		{"Mon 06:00 6am Crew", "mon 06:00, 60 min 6am Crew"},
		{"Fri 18:30 Barbell Friday", "fri 18:30, 60 min Barbell Friday"},
		{"Sat 09:30 Saturday Sweat", "sat 09:30, 60 min Saturday Sweat"},
		{"Mon 18:00 Sat prep", "mon 18:00, 60 min Sat prep"},
		{"Mon 18:00 On Ramp", "mon 18:00, 60 min On Ramp"},
		{"Mon 12:00 noon express", "mon 12:00, 60 min noon express"},
		{"Mon 18:00 5k", "mon 18:00, 60 min 5k"},
		{"Level 2 Mon 6pm", "mon 18:00, 60 min Level 2"},
		{"3:30-4:45PM Mon - W1E: 11-12 + some 13-17", "mon 15:30, 75 min W1E: 11-12 + some 13-17"},
		{"Ages 8-12, Wed 17:30-18:30", "wed 17:30, 60 min Ages 8-12"},
		{"Mon 6pm younger ones (P1 to P4)", "mon 18:00, 60 min younger ones (P1 to P4)"},
		{"MT Mon 6pm", "mon 18:00, 60 min MT"},
		{`Mon 18:00 "Wed 19:00 in 10min"`, "mon 18:00, 60 min Wed 19:00 in 10min"},
		{"Saturday morning class at 10am", "sat 10:00, 60 min"},
		{"Sat 9:15am Family, all ages", "sat 09:15, 60 min Family, all ages"},

		// lengths
		{"Wed 12:00 Midday HIIT 30 min", "wed 12:00, 30 min Midday HIIT"},
		{"Yoga (60 min) Flow Mon 6pm", "mon 18:00, 60 min Yoga Flow"},
		{"Mon 18:00 1h30", "mon 18:00, 90 min"},
		{"Mon 18h30 Yoga", "mon 18:30, 60 min Yoga"},
		{"Tue 18:30 60min 10k club", "tue 18:30, 60 min 10k club"},

		// several classes
		{"Mon 18:00 60 min Yoga, Wed 19:00 Pilates", "mon 18:00, 60 min Yoga | wed 19:00, 60 min Pilates"},
		{"Squad 1: Monday 5:00-5:45pm OR Tuesday 6:30-7:15pm", "mon 17:00, 45 min Squad 1 | tue 18:30, 45 min Squad 1"},
		{"Yoga Mon 6pm, Pilates Wed 7pm", "mon 18:00, 60 min Yoga | wed 19:00, 60 min Pilates"},
		{"mon wed 06:00 45min\nsat 10:00 Open gym", "mon wed 06:00, 45 min | sat 10:00, 60 min Open gym"},
		{"Monday: Yoga 6pm, Pilates 7pm", "mon 18:00, 60 min Yoga | mon 19:00, 60 min Pilates"},
		{"Mon & Wed: 6pm Kids, 7pm Adults; Fri: 5pm Open mat", "mon wed 18:00, 60 min Kids | mon wed 19:00, 60 min Adults | fri 17:00, 60 min Open mat"},
		{"Mon 6-7pm, 7-8:30pm Yoga", "mon 18:00, 60 min Yoga | mon 19:00, 90 min Yoga"},
		{"mon 18:00 wed 19:00", "mon 18:00, 60 min | wed 19:00, 60 min"},

		// rules beyond weeks
		{"every 2 weeks sat 09:00 from 2026-12-05 1h30 Run", "every 2 weeks sat 09:00 from 2026-12-05, 90 min Run"},
		{"first sat 10:00 90min Open gym", "first sat 10:00, 90 min Open gym"},
		{"15th 19:00 Board", "15th 19:00, 60 min Board"},
		{"0 18 * * 1-5 45min Strength", "0 18 * * 1-5, 45 min Strength"},

		{"every 3 days 07:00 Mobility", "every 3 days 07:00 from 2026-11-30, 60 min Mobility"},
		{"24 Dec 10:00 Christmas WOD", "2026-12-24 10:00, 60 min Christmas WOD"},
		{"Sat 12/12 9am", "2026-12-12 09:00, 60 min"},
		{"mon 18:00 until 30 June Beginners", "mon 18:00 until 2027-06-30, 60 min Beginners"},
		{"last weekday of the month 17:00 Social", "last weekday 17:00, 60 min Social"},

		// refused
		{"Tue 6:30m Yoga", `fault typo "6:30m"`},
		{"Tue 7:0pm Yoga", `fault typo "7:0pm"`},
		{"Tue 25:00 Yoga", `fault rule "25:00"`},
		{"6pm Yoga", `fault rule "6pm"`},
		{"Open Mat every Saturday.", `fault rule "Open Mat every Saturday."`},
		{"Wednesday, November 11th 7am, 8am and 4:30pm", `fault once "november"`},
		{"Wendesday 6pm Yoga", `fault typo "Wendesday"`},
		{"Next Friday 18:00 Seminar", `fault once "next friday"`},
		{"Level 4, 330 reps Mon 6pm", "mon 18:00, 60 min Level 4, 330 reps"},
		{"Sat 9am except bank holidays", `fault once "except"`},
		{"Mon 18:00 Wed Yoga 19:00", `fault mixed "19:00"`},
		{"Mon 18:00 60 Yoga", `fault unit "60"`},
		{"Mon 18:00 6h", `fault ambiguous "6h"`},
		{"Mon 18:00 Noon crew", `fault ambiguous "noon"`},
		{"Mon 18", `fault rule "18"`},
		{"Mon 6pm, Tue", `fault rule "tue"`},
		{"Mon 18:00 4min", `fault length "4min"`},
		{`Mon 18:00 "Open`, `fault quote "\"Open"`},
		{"Mon 18:00 " + strings.Repeat("ß", 61), `fault title_long "61"`},

		// am or pm
		{"Mon 5:30 Yoga", "ask: Mon 5:30 Yoga | mon 17:30, 60 min Yoga"},
		{"CrossFit 4, 5 (M-TH)", "ask: CrossFit 4, 5 (M-TH) | mon tue wed thu 16:00 17:00, 60 min CrossFit"},
		{"Bootcamp Friday from 5-6", "ask: Bootcamp Friday from 5-6 | fri 17:00, 60 min Bootcamp"},
		{"Mon 05:30 Yoga", "mon 05:30, 60 min Yoga"},
	} {
		if got := strings.Join(said(tc[0], paste.Evening), " | "); got != tc[1] {
			t.Errorf("%q is read as\n%s, want\n%s", tc[0], got, tc[1])
		}
	}
}

// TestHeadings reads days and titles as headings, and tables.
func TestHeadings(t *testing.T) {
	for _, tc := range []struct {
		name, text string
		want       []string
	}{
		{"days", "### Monday\n- 6am — Lift\n- 5pm — Lift\n**TUESDAY:**\n• 12pm Run", []string{
			"mon 06:00, 60 min Lift", "mon 17:00, 60 min Lift", "tue 12:00, 60 min Run", `heading "Monday" 2`, `heading "TUESDAY:" 1`}},
		{"titles", "#### 8–12 Jahre\nDienstags 17:30–18:30 Uhr\nJunioren\nMontags 18 Uhr kleine Halle", []string{
			"tue 17:30, 60 min 8–12 Jahre", "mon 18:00, 60 min Junioren, kleine Halle", `heading "8–12 Jahre" 1`, `heading "Junioren" 1`}},
		{"titles below days", "Monday\nYoga\n6pm\n7pm\nPilates\n8pm", []string{
			"mon 18:00, 60 min Yoga", "mon 19:00, 60 min Yoga", "mon 20:00, 60 min Pilates", `heading "Monday" 3`, `heading "Yoga" 2`, `heading "Pilates" 1`}},
		{"titles after times", "Monday\n6:00 AM\nLift\n7:00 AM\nYoga\nCoach Bo", []string{
			"mon 06:00, 60 min Lift", "mon 07:00, 60 min Yoga, Coach Bo", `heading "Monday" 2`}},
		{"titles of either", "Monday\n6pm\nYoga\n7pm", []string{`fault whose "Yoga"`, `fault whose "Yoga"`, `heading "Monday" 0`, `heading "Yoga" 0`}},
		{"a name, closed days, sentences", "Anvil Gym timetable\nSunday: Closed\nSaturday\n9am Lift\nBook online!", []string{
			"sat 09:00, 60 min Lift", `heading "Anvil Gym timetable" 0`, `heading "Sunday: Closed" 0`, `heading "Saturday" 1`, `heading "Book online!" 0`}},
		{"closed days", "Wednesday: Rest\nThursday: Push 6pm\nSunday closed\n9am Lift", []string{
			"thu 18:00, 60 min Push", `fault rule "9am"`, `heading "Wednesday: Rest" 0`, `heading "Sunday closed" 0`}},
		{"names of columns in lines of their own", "Monday sessions\nTime\nClass\nSession type\n7:00am to 9:00am\nEarly swim\nPaid\n8pm\nLanes\nFree", []string{
			"mon 07:00, 120 min Early swim, Paid", "mon 20:00, 60 min Lanes, Free",
			`heading "Monday sessions" 2`, `heading "Time" 0`, `heading "Class" 0`, `heading "Session type" 0`}},
		{"a day mistyped below another", "Monday\n6pm Lift\nWendesday 6pm Run", []string{"mon 18:00, 60 min Lift", `fault typo "Wendesday"`, `heading "Monday" 1`}},
		{"a date above", "Mon Jan 12\n6pm Yoga", []string{`fault once "jan"`, `fault once "jan"`}},
		{"another day under a heading", "Monday\n6pm Friday", []string{`fault ambiguous "friday"`, `heading "Monday" 0`}},
		{"up through the day", "Monday\n5:30 Lift\n9:30 Lift\n4:30 Kids\n5:30 Lift", []string{
			"mon 05:30, 60 min Lift", "mon 09:30, 60 min Lift", "mon 16:30, 60 min Kids", "mon 17:30, 60 min Lift", `heading "Monday" 4`}},
		{"not up through the day", "Monday\n6:30 Kids\n7:30 Adults\nFriday\n6:00 Open mat", []string{
			"ask: 6:30 Kids / 7:30 Adults / 6:00 Open mat", "mon 18:30, 60 min Kids", "mon 19:30, 60 min Adults", "fri 18:00, 60 min Open mat", `heading "Monday" 2`, `heading "Friday" 1`}},
		{"days across", "Time\tMon\tTue\tWed\n6:00–6:30\t—\tLift\tLift\n9:30-10:00\tYoga\t—\tClosed\n5:30–5:55\t—\t—\tBox", []string{
			"tue wed 06:00, 30 min Lift", "mon 09:30, 30 min Yoga", "wed 17:30, 25 min Box", `heading "Time, Mon, Tue, Wed" 3`}},
		{"titles first, days across", "Class\tMon\tWed\nBJJ\t6:30pm\t7pm-8:30pm\nNo-Gi\t-\t8:30pm", []string{
			"mon 18:30, 60 min BJJ", "wed 19:00, 90 min BJJ", "wed 20:30, 60 min No-Gi", `heading "Class, Mon, Wed" 3`}},
		{"times across", "|  | 6am | 5pm |\n|---|---|---|\n| Mon | Lift | Yoga |\n| Tue | - | Yoga |", []string{
			"mon 06:00, 60 min Lift", "mon 17:00, 60 min Yoga", "tue 17:00, 60 min Yoga", `heading "6am, 5pm" 3`}},
		{"CSV", "day,time,activity,location,\nMonday,06:45 - 07:15,Sprint,Studio\n,12:15 - 13:00,\"Aqua, deep\",Pool", []string{
			"mon 06:45, 30 min Sprint", "mon 12:15, 45 min Aqua, deep", `heading "day, time, activity, location" 2`, `heading "location" 0`}},
		{"CSV with semicolons", "Day;Start;End;Class;Minutes\nMonday;18:00;19:00;Yoga;60", []string{"mon 18:00, 60 min Yoga", `heading "Day, Start, End, Class, Minutes" 1`}},
		{"CSV without a head", "Monday,06:45 - 07:15,Sprint\nTuesday,19:00,Yoga", []string{"mon 06:45, 30 min Sprint", "tue 19:00, 60 min Yoga"}},
		{"cells", "5:30am | Monday | Camp\n7pm | Tuesday | Yoga", []string{"mon 05:30, 60 min Camp", "tue 19:00, 60 min Yoga"}},
		{"the same twice", "mon 6pm Yoga\nMondays 18:00 yoga", []string{"mon 18:00, 60 min Yoga", `fault twice "mon 6pm Yoga"`}},
		{"nothing", " \n\n", nil},
	} {
		if got := said(tc.text, paste.Evening); !slices.Equal(got, tc.want) {
			t.Errorf("%s:\n%s\nwant\n%s", tc.name, strings.Join(got, "\n"), strings.Join(tc.want, "\n"))
		}
	}
}

// TestAgain reads what a fault says to write elsewhere, after it was mended, as if
// it had been right from the start.
func TestAgain(t *testing.T) {
	for text, mended := range map[string]string{
		"Monday\n6:30m Yoga":           "mon 18:30, 60 min Yoga",
		"Monday\nTuesday 6:30m Yoga":   "tue 18:30, 60 min Yoga",
		"Time,Mon,Tue\n6:30m,Yoga,Box": `mon 18:30, 60 min Yoga | tue 18:30, 60 min Box`,
	} {
		p := paste.Read(text, paste.Unasked, 50, here)
		if len(p.Faults) != 1 {
			t.Errorf("%q has faults %v", text, p.Faults)
			continue
		}
		got := said(strings.Replace(p.Faults[0].Again, "6:30m", "6:30pm", 1), paste.Unasked)
		got = slices.DeleteFunc(got, func(s string) bool { return strings.HasPrefix(s, "heading") })
		if strings.Join(got, " | ") != mended {
			t.Errorf("%q, mended, is %q", p.Faults[0].Again, got)
		}
	}
}

// TestMost reads so many classes, and hands the rest back.
func TestMost(t *testing.T) {
	p := paste.Read("Monday\n6am A\n7am B\n8am C\nTuesday\n9am D", paste.Unasked, 2, here)
	if len(p.Lines) != 2 || len(p.Faults) != 1 || p.Faults[0].Code != timetable.CodeMany || p.Faults[0].Again != "mon\n8am C\nTuesday\n9am D" {
		t.Errorf("read %+v", p)
	}
}

// TestCountry reads weekdays as they are at the place.
func TestCountry(t *testing.T) {
	there := schedule.Here{Today: here.Today, Country: "SA"}
	for text, want := range map[string]string{
		"Weekdays 6am Lift":         "mon tue wed thu sun 06:00",
		"- Weekday mornings 6 to 7": "mon tue wed thu sun 06:00",
		"Lift every weekday at 6am": "mon tue wed thu sun 06:00",
		"Mon-Fri 6am":               "weekdays 06:00",
		"last weekday 17:00":        "last weekday among mon tue wed thu sun 17:00",
	} {
		p := paste.Read(text, paste.Unasked, 50, there)
		if len(p.Lines) != 1 || p.Lines[0].Rule.String() != want {
			t.Errorf("%q reads as %+v, want %s", text, p, want)
		}
	}
	rule, err := schedule.Parse("weekdays 06:00")
	if err != nil {
		t.Fatal(err)
	}
	line := timetable.LineOf(schedule.Series{Rule: rule, Length: time.Hour, Place: schedule.Place{Country: "SA"}})
	if p := paste.Read(line, paste.Unasked, 50, there); len(p.Lines) != 1 || !p.Lines[0].Rule.Equal(rule) {
		t.Errorf("%q reads as %+v", line, p)
	}
}

// TestLineOf reads what classes are written as.
func TestLineOf(t *testing.T) {
	for _, text := range []string{"mon 18:00", "weekdays 06:30 17:30", "daily 00:00", "first mon wed 19:00", "last fri 18:00", "15th 19:00", "1st 15th last day 09:00",
		"every 2 weeks sat 09:00 from 2026-12-05", "0 18 * * 1-5", "weekends 10:00", "mon 18:00 and wed 19:30", "every 3 days 07:00 from 2026-12-01",
		"2026-12-24 2026-12-31 10:00", "mon 18:00 from 2026-12-07 until 2027-06-30", "last weekday 09:00", "sun mon 09:00 and first sat 10:00", "sun mon tue wed thu 06:00"} {
		rule, err := schedule.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		for _, title := range []string{"", "Open gym", "101", `5" plates`, "6am: Mon 7pm"} {
			s := schedule.Series{Rule: rule, Title: title, Length: 90 * time.Minute}
			p := paste.Read("Tuesday\nYoga\n"+timetable.LineOf(s), paste.Unasked, 50, here)
			if len(p.Faults) > 0 || len(p.Lines) != 1 || p.Lines[0].Title != title && title != "" || !p.Lines[0].Rule.Equal(rule) || p.Lines[0].Length != s.Length {
				t.Errorf("%s reads as %+v", timetable.LineOf(s), p)
			}
		}
	}
}
