package timetable_test

import (
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"unpinch/timetable"
)

func testdata(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// said lists what was imported, one a line, and sees that each has what every
// imported class has.
func said(t *testing.T, all timetable.Imported) string {
	t.Helper()
	var out []string
	for _, c := range all.Classes {
		if c.Channel != "323456789012345678" || c.Class.Length != time.Hour || c.Class.Lead != 10*time.Minute || !c.Class.CoolDown {
			t.Errorf("%s: %+v", c.From, c)
		}
		line := fmt.Sprintf("%s: %s, %s %q", c.From, c.Class.Rule, c.Zone, c.Class.Title)
		if !c.Class.Until.IsZero() {
			line += " until " + c.Class.Until.String()
		}
		out = append(out, line)
	}
	for _, s := range all.Skipped {
		out = append(out, fmt.Sprintf("%s: %s", s.Source, s.Why))
	}
	return strings.Join(out, "\n")
}

func TestImportReminderBotCSV(t *testing.T) {
	lisbon, err := zones(t).Location("Europe/Lisbon")
	if err != nil {
		t.Fatal(err)
	}
	data := testdata(t, "reminder-bot.csv")
	want := `Morning class: daily 06:00, Europe/Lisbon "Morning class"
Monday strength: mon 18:00, Europe/Lisbon "Monday strength"
Old kind of week: tue 18:30, Europe/Lisbon "Old kind of week"
Saturday run: every 2 weeks sat 09:00 from 2026-12-05, Europe/Lisbon "Saturday run"
Board: 15th 19:00, Europe/Lisbon "Board"
Summer night: tue 00:30, Europe/Lisbon "Summer night"
Reminder: wed 18:00, Europe/Lisbon ""
#9: thu 18:00, Europe/Lisbon ""
Autumn term: fri 18:00, Europe/Lisbon "Autumn term" until 2027-03-04
A name that is far longer than any title of ours may be, by…: sat 08:00, Europe/Lisbon "A name that is far longer than any title of ours may be, by…"
Month end: month_end
Over: over
Off: off
Once: once
Ten days: interval
Water: interval
Quarter: interval
Direct: channel
Broken: unreadable`
	for name, data := range map[string][]byte{"as it is": data, "with a mark of its encoding": append([]byte("\ufeff"), data...)} {
		all, err := timetable.ImportReminderBotCSV(t.Context(), data, lisbon)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := said(t, all); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, want)
		}
	}
}

func TestImportReminderBotCSVRefuses(t *testing.T) {
	for _, tc := range []struct{ text, want string }{
		{"", "nothing in it"},
		{"name,channel,enabled,utc_time,interval_seconds,interval_months\n1,2", "line 2: wrong number of fields: not CSV"},
		{`a,"b` + "\n", "line 1: extraneous or missing \" in quoted-field: not CSV"},
		{"name,channel,enabled,utc_time\n", "line 1: interval_seconds: is not there, so this is another program's file\nline 1: interval_months: is not there, so this is another program's file"},
		{strings.Repeat("x", timetable.MaxImport+1), "the file is too large"},
	} {
		_, err := timetable.ImportReminderBotCSV(t.Context(), []byte(tc.text), time.UTC)
		if got := fmt.Sprint(err); got != tc.want {
			t.Errorf("%.40q: %s, want %s", tc.text, got, tc.want)
		}
	}
}

func TestImportLovinatorJSON(t *testing.T) {
	all, err := timetable.ImportLovinatorJSON(t.Context(), testdata(t, "lovinator.json"), zones(t))
	if err != nil {
		t.Fatal(err)
	}
	want := `weekdays: weekdays 18:00, Europe/Stockholm ""
twice: tue thu 07:30 18:30, Europe/Stockholm ""
daily: daily 06:15, Europe/Stockholm ""
sunday: sun 10:00, Europe/Stockholm ""
first-monday: first mon 19:00, Europe/Stockholm ""
last-friday: second last fri 19:00, Europe/Stockholm ""
last-day: last day 19:00, Europe/Stockholm ""
dates: 1st 31st 19:00, Europe/Stockholm ""
summer: 0 18 * 6,7,8 1, Europe/Stockholm ""
half-hours: sat 09:00 09:30 10:00 10:30 11:00 11:30, Europe/Stockholm ""
open-step: daily 08:00 14:00 20:00, Europe/Stockholm ""
until: mon 18:00, Europe/Stockholm "" until 2027-02-28
zoneinfo: wed 12:00, Europe/Lisbon ""
utc: wed 12:00, UTC ""
on-the-hour: daily 06:00, Europe/Stockholm ""
fortnight: every 2 weeks mon 18:00 from 2026-12-07, Europe/Stockholm ""
each-week: mon 18:00, Europe/Stockholm ""
each-day: daily 18:00, Europe/Stockholm ""
two-weekdays: interval
over: over
fixed: zone
each-minute: often
each-second: often
one-year: once
week: interval
friday-13: both
paused: off
ten-days: interval
hours: interval
once: once
person: person
nowhere: channel`
	if got := said(t, all); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// A trigger's parts may also be in JSON as they are, where they know their
// state; what is no data is not followed.
func TestImportLovinatorTriggers(t *testing.T) {
	pickled := func(p string) string {
		return `{"__apscheduler_pickle__": "` + base64.StdEncoding.EncodeToString([]byte(p)) + `"}`
	}
	part := func(class, state string) string {
		return `{"__apscheduler_class__": "apscheduler.triggers.` + class + `", "__apscheduler_state__": {` + state + `}}`
	}
	utc := pickled("cpytz\n_UTC\n)R.")
	expression := func(name, class, state string) string {
		return part("cron.fields:BaseField", `"name": "`+name+`", "expressions": [`+part("cron.expressions:"+class, state)+`]`)
	}
	cron := func(zone string, fields ...string) string {
		return part("cron:CronTrigger", `"timezone": `+zone+`, "end_date": null, "fields": [`+strings.Join(fields, ",")+`]`)
	}
	hour, minute := expression("hour", "RangeExpression", `"first": 6, "last": 6`), expression("minute", "RangeExpression", `"first": 5, "last": null`)
	for _, tc := range []struct{ name, trigger, want string }{
		{"plain", cron(utc, hour, minute), `x: daily 06:05, UTC ""`},
		{"no minutes", cron(utc, hour), "x: often"},
		{"no zone", cron("null", hour, minute), "x: zone"},
		{"unheard zone", cron(pickled("cpytz\n_p\n(X\x04\x00\x00\x00Marst\x8f.")+"", hour, minute), "x: unreadable"},
		{"hour 25", cron(utc, expression("hour", "RangeExpression", `"first": 25, "last": 25`), minute), "x: unreadable"},
		{"step 0", cron(utc, expression("hour", "AllExpression", `"step": 0`), minute), "x: unreadable"},
		{"backwards", cron(utc, expression("hour", "RangeExpression", `"first": 6, "last": 5`), minute), "x: unreadable"},
		{"weekday 7", cron(utc, expression("day", "WeekdayPositionExpression", `"option_num": 0, "weekday": 7`), hour, minute), "x: unreadable"},
		{"a field of its own", cron(utc, expression("moon", "RangeExpression", `"first": 1, "last": 1`)), "x: unreadable"},
		{"no fields", part("cron:CronTrigger", `"timezone": `+utc), "x: unreadable"},
		{"calendar", part("calendarinterval:CalendarIntervalTrigger", `"timezone": `+utc), "x: interval"},
		{"interval without a time", part("interval:IntervalTrigger", `"timezone": `+utc+`, "interval": `+pickled("cdatetime\ntimedelta\nK\x07K\x00K\x00\x87R.")), "x: unreadable"},
		{"trigger is text", `"cron"`, "x: unreadable"},
		{"broken base64", `{"__apscheduler_pickle__": "?"}`, "x: unreadable"},
		{"a command", pickled("cos\nsystem\n(X\x04\x00\x00\x00truetR."), "x: zone"},
		{"not data", pickled("\x80\x05Q."), "x: unreadable"},
		{"nothing", pickled(""), "x: unreadable"},
	} {
		file := `{"version": 1, "jobs": [{"id": "x", "kwargs": {"channel_id": 323456789012345678}, "trigger": ` + tc.trigger + `}]}`
		all, err := timetable.ImportLovinatorJSON(t.Context(), []byte(file), zones(t))
		if err != nil {
			t.Errorf("%s: %v", tc.name, err)
			continue
		}
		if got := said(t, all); got != tc.want {
			t.Errorf("%s: %s, want %s", tc.name, got, tc.want)
		}
	}
}

func TestImportLovinatorJSONRefuses(t *testing.T) {
	for _, tc := range []struct{ text, want string }{
		{"", "nothing in it"},
		{"{", "unexpected EOF: not JSON"},
		{"[]", "jobs: is not there, so this is another program's file"},
		{`{"version": 1, "jobs": [1]}`, "jobs: is not there, so this is another program's file"},
		{"{}", "jobs: is not there, so this is another program's file"},
		{`{"version": 2, "jobs": []}`, "version 2: is a version that this program does not read; what works: 1"},
		{strings.Repeat(" ", timetable.MaxImport+1), "the file is too large"},
	} {
		_, err := timetable.ImportLovinatorJSON(t.Context(), []byte(tc.text), zones(t))
		if got := fmt.Sprint(err); got != tc.want {
			t.Errorf("%.40q: %s, want %s", tc.text, got, tc.want)
		}
	}
}

func TestSniff(t *testing.T) {
	for text, want := range map[string]timetable.Kind{
		"":                              timetable.KindYAML,
		"# ours\nversion: 1":            timetable.KindYAML,
		"version: 1\nplaces: [a,b,c]":   timetable.KindYAML,
		"mon, wed, fri 18:00":           timetable.KindText,
		"Monday: 6am Yoga":              timetable.KindText,
		"day,time,activity\nMon,6am,x":  timetable.KindText,
		" \n{\"version\": 1}":           timetable.KindJSON,
		"[1]":                           timetable.KindJSON,
		"\ufeff{}":                      timetable.KindJSON,
		"name,channel,enabled\r\nx,y,z": timetable.KindCSV,
		"name;channel;enabled;utc_time": timetable.KindCSV,
	} {
		if got := timetable.Sniff([]byte(text)); got != want {
			t.Errorf("Sniff(%q) = %s, want %s", text, got, want)
		}
	}
	for name, want := range map[string]timetable.Kind{"full.yaml": timetable.KindYAML, "reminder-bot.csv": timetable.KindCSV, "lovinator.json": timetable.KindJSON} {
		if got := timetable.Sniff(testdata(t, name)); got != want {
			t.Errorf("Sniff(%s) = %s, want %s", name, got, want)
		}
	}
}

// TestText reads what spreadsheets write, and loses no letter.
func TestText(t *testing.T) {
	for in, want := range map[string]string{
		"Café\n":                        "Café\n",
		"\ufeffCafé":                    "Café",
		"Caf\xe9 \x80 5 \x96 Yoga":      "Café € 5 – Yoga",
		"\xff\xfeM\x00o\x00\xe9\x00":    "Moé",
		"\xfe\xff\x00M\x00o\x00\xe9":    "Moé",
		"":                              "",
		"\x81\xe9":                      "is no text",
		"PK\x03\x04\x00\x00":            "is no text",
		"\xff\xfeM\x00o":                "is no text",
		"\x89PNG\r\n\x1a\n\x00\x00\xff": "is no text",
	} {
		got, err := timetable.Text([]byte(in))
		if err != nil {
			got = []byte(err.Error())
		}
		if string(got) != want {
			t.Errorf("%q is read as %q, want %q", in, got, want)
		}
	}
}

// TestOtherCommas reads an export that a spreadsheet has written anew.
func TestOtherCommas(t *testing.T) {
	const text = "name,channel,enabled,utc_time,interval_seconds,interval_days,interval_months\nx,#323456789012345678,true,2026-12-07T06:00:00,604800,,\n"
	want, err := timetable.ImportReminderBotCSV(t.Context(), []byte(text), time.UTC)
	if err != nil || len(want.Classes) != 1 {
		t.Fatal(want, err)
	}
	for _, other := range []string{strings.ReplaceAll(text, ",", ";"), strings.ReplaceAll(text, ",", "\t"), strings.ReplaceAll(text, "\n", ",\n")} {
		if got, err := timetable.ImportReminderBotCSV(t.Context(), []byte(other), time.UTC); err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%q is read as %+v, %v", other, got, err)
		}
	}
}

// What others send is read or refused, whatever it is.
func FuzzImport(f *testing.F) {
	f.Add([]byte("name,channel,enabled,utc_time,interval_seconds,interval_days,interval_months,expires\nx,#323456789012345678,true,2026-12-07T06:00:00,,7,,2027-01-01T00:00:00"))
	f.Add([]byte(`{"version":1,"jobs":[{"id":"x","kwargs":{"channel_id":323456789012345678},"trigger":{"__apscheduler_pickle__":"Y3B5dHoKX1VUQwopUi4="}}]}`))
	z := zones(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		rows, _ := timetable.ImportReminderBotCSV(t.Context(), data, time.UTC)
		jobs, _ := timetable.ImportLovinatorJSON(t.Context(), data, z)
		for _, c := range append(rows.Classes, jobs.Classes...) {
			if c.Class.Rule.IsZero() || c.Channel == "" || c.Zone == "" || c.From == "" {
				t.Fatalf("%+v", c)
			}
		}
	})
}
