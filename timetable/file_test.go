package timetable_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"unpinch/schedule"
	"unpinch/timetable"
)

var update = flag.Bool("update", false, "write the golden files")

func zones(t testing.TB) *schedule.Zones {
	t.Helper()
	z, err := schedule.LoadZones()
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// noon is when files are read.
func noon() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) }

func rule(t testing.TB, text string) schedule.Rule {
	t.Helper()
	r, err := schedule.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func slot(t testing.TB, text string) schedule.Slot {
	t.Helper()
	s, err := schedule.ParseSlot(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// full has everything that a timetable can have.
func full(t testing.TB) timetable.File {
	day := schedule.Date{Year: 2026, Month: 12, Day: 24}
	return timetable.File{Places: []timetable.Place{
		{
			Name: "Main hall", Zone: "Europe/Lisbon", Closed: []schedule.Date{day, {Year: 2026, Month: 12, Day: 25}},
			Classes: []timetable.Class{
				{ID: 12, Rule: rule(t, "mon wed fri 18:00"), Title: "Strength: *heavy* #1", Length: time.Hour, Lead: 10 * time.Minute, WarmUp: schedule.LowerBody, CoolDown: true, Event: true,
					Channel: "123456789012345678", Role: "234567890123456789", Until: day, PausedUntil: schedule.Date{Year: 2026, Month: 11, Day: 30},
					Skips: []schedule.Slot{slot(t, "2026-12-02 18:00")},
					Moves: []schedule.Move{{From: slot(t, "2026-12-04 18:00"), To: slot(t, "2026-12-04 19:30")}}},
				{ID: 13, Rule: rule(t, "*/30 9-14 * * 1"), Length: 30 * time.Minute, CoolDown: true},
				{Rule: rule(t, "0 18 * * 1-5"), Title: "yes", Length: 90 * time.Minute, Lead: 2 * time.Hour},
			},
		},
		{Name: "12", Zone: "Asia/Kolkata", Classes: []timetable.Class{
			{ID: 14, Rule: rule(t, "every 2 weeks sat 09:00 from 2026-12-05"), Title: "2026-12-05", Length: time.Hour, Lead: time.Minute},
			{ID: 15, Rule: rule(t, "last day 19:00"), Title: `"quoted" — it's ✓`, Length: time.Hour, Lead: time.Minute},
		}},
		{Name: "Empty", Zone: "Etc/UTC"},
	}}
}

func TestEncode(t *testing.T) {
	out, err := timetable.Encode(full(t))
	if err != nil {
		t.Fatal(err)
	}
	golden := filepath.Join("testdata", "full.yaml")
	if *update {
		if err := os.WriteFile(golden, out, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if string(out) != string(want) {
		t.Errorf("got\n%s\nwant\n%s", out, want)
	}
	back, err := timetable.Decode(t.Context(), out, zones(t), noon(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(back, full(t)) {
		t.Errorf("read back:\n%+v\nwant\n%+v", back, full(t))
	}
	if d := timetable.Diff(full(t), back); !nothing(d) || len(d.Untouched) > 0 {
		t.Errorf("a round trip differs: %+v", d)
	}
}

// What earlier versions wrote had an offset from UTC. It means the same start,
// on the clock of the place, whose zone may come last.
func TestDecodeReadsInstants(t *testing.T) {
	f, err := timetable.Decode(t.Context(), []byte(`version: 1
places:
  - name: Hall
    classes:
      - at: mon 18:00
        skips: [2026-07-06T18:00:00+01:00, 2026-07-13T17:00:00Z, 2026-07-20T18:00]
        moves: [{from: 2026-12-07T18:00:00Z, to: 2026-12-07T20:30:00+01:00}]
    zone: Europe/Lisbon
`), zones(t), noon(), nil)
	if err != nil {
		t.Fatal(err)
	}
	got := f.Places[0].Classes[0]
	skips := []schedule.Slot{slot(t, "2026-07-06 18:00"), slot(t, "2026-07-13 18:00"), slot(t, "2026-07-20 18:00")}
	moves := []schedule.Move{{From: slot(t, "2026-12-07 18:00"), To: slot(t, "2026-12-07 19:30")}}
	if !slices.Equal(got.Skips, skips) || !slices.Equal(got.Moves, moves) {
		t.Errorf("got %v and %v", got.Skips, got.Moves)
	}
}

// TestDecodeSees: of every text of a file what can be seen is read, and a text of
// which nothing can be seen is refused, however YAML writes it.
func TestDecodeSees(t *testing.T) {
	const file = "version: 1\nplaces:\n  - name: NAME\n    zone: Etc/UTC\n    classes:\n      - at: AT\n        title: TITLE\n"
	for name, tc := range map[string]struct{ name, at, title, wantName, wantTitle string }{
		"plain":      {"Hall", "mon 18:00", "Power", "Hall", "Power"},
		"invisible":  {`"Ha\u200bll"`, `"mon\u2009\u202e18:00"`, "\u2066Po\u00adwer", "Hall", "Power"},
		"full width": {"Ｈａｌｌ", "ｍｏｎ　１８：００", "Ｐｏｗｅｒ", "Hall", "Power"},
		"hidden":     {"Hall", "mon 18:00", `"\u200b\u202e"`, "", ""},
		"no name":    {`"\u3164"`, "mon 18:00", "Power", "", ""},
	} {
		text := strings.NewReplacer("NAME", tc.name, "AT", tc.at, "TITLE", tc.title).Replace(file)
		f, err := timetable.Decode(t.Context(), []byte(text), zones(t), noon(), nil)
		faults, _ := errors.AsType[timetable.Faults](err)
		switch {
		case tc.wantName == "":
			if len(faults) == 0 || faults[0].Code != timetable.CodeHidden {
				t.Errorf("%s: %v, %v", name, f, err)
			}
		case err != nil || f.Places[0].Name != tc.wantName || f.Places[0].Classes[0].Title != tc.wantTitle:
			t.Errorf("%s: %+v, %v", name, f, err)
		}
	}
}

// A title is read back as it is, whatever YAML might take it for.
func TestEncodeTitles(t *testing.T) {
	for _, title := range []string{
		"null", "~", "true", "No", "12", "0x1F", "1e3", "12:30:00", "2026-12-05", "- a", "a: b", "a #b", "#b", "*a", "&a", "!a", "%a", "@a", "`a`", "{a}", "[a]",
		"'", "\"", "\\n", "<<", "? a", "| a", "> a", "--- a", "...", "a\u2028b", "👩🏽", "مرحبا", "=",
	} {
		f := timetable.File{Places: []timetable.Place{{Name: title, Zone: "Etc/UTC", Classes: []timetable.Class{
			{Rule: rule(t, "mon 18:00"), Title: title, Length: time.Hour, CoolDown: true}}}}}
		out, err := timetable.Encode(f)
		if err != nil {
			t.Errorf("%q: %v", title, err)
			continue
		}
		want := strings.Join(strings.Fields(title), " ")
		if back, err := timetable.Decode(t.Context(), out, zones(t), noon(), nil); err != nil || back.Places[0].Classes[0].Title != want {
			t.Errorf("%q: %v\n%s", title, err, out)
		}
	}
}

func TestEncodeRefuses(t *testing.T) {
	f := timetable.File{Places: []timetable.Place{{Name: "Hall", Zone: "Etc/UTC", Classes: []timetable.Class{{ID: 3, Length: time.Hour}}}}}
	if _, err := timetable.Encode(f); err == nil {
		t.Error("a class without a rule is written")
	}
	f.Places[0].Classes[0].Rule = rule(t, "mon 18:00")
	for range 20000 {
		f.Places[0].Classes[0].Skips = append(f.Places[0].Classes[0].Skips, slot(t, "2026-12-02 18:00"))
	}
	if _, err := timetable.Encode(f); err == nil {
		t.Error("a file above MaxSize is written")
	}
}

// A class that says nothing but its rule is as one of /class add; people write
// keys in any order, ids as mentions, and lists in lines or brackets.
func TestDecodeByHand(t *testing.T) {
	f, err := timetable.Decode(t.Context(), []byte(`
places:
- classes:
  - at: weekdays 6:30pm
  - {title: "  Open   gym ", at: "tue & thu 07:00, 18:00", channel: <#123456789012345678>, ping: "<@&234567890123456789>", cool_down: no, skips: [2026-12-01T08:00:00+01:00], id: }
  zone: europe/lisbon
  name: Hall
version: 1
`), zones(t), noon(), nil)
	if err != nil {
		t.Fatal(err)
	}
	want := timetable.File{Places: []timetable.Place{{Name: "Hall", Zone: "Europe/Lisbon", Classes: []timetable.Class{
		{Rule: rule(t, "weekdays 18:30"), Length: time.Hour, Lead: 10 * time.Minute, CoolDown: true},
		{Rule: rule(t, "tue thu 07:00 18:00"), Title: "Open gym", Length: time.Hour, Lead: 10 * time.Minute,
			Channel: "123456789012345678", Role: "234567890123456789", Skips: []schedule.Slot{slot(t, "2026-12-01 07:00")}},
	}}}}
	if !reflect.DeepEqual(f, want) {
		t.Errorf("got %+v\nwant %+v", f, want)
	}
}

const header = "version: 1\nplaces:\n- name: Hall\n  zone: Etc/UTC\n"

func TestDecodeRefuses(t *testing.T) {
	class := header + "  classes:\n  - at: mon 18:00\n    "
	for _, tc := range []struct{ name, text, want string }{
		{"nothing", "", "nothing in it"},
		{"comments", "# only\n", "nothing in it"},
		{"null", "~\n", "line 1: ~: does not belong here; what works: version: 1"},
		{"words", "mon 18:00 60min", "line 1: mon 18:00 60min: does not belong here; what works: version: 1"},
		{"list", "- a", "line 1: […]: does not belong here; what works: version: 1"},
		{"syntax", "version: 1\nplaces: [", "line 2: did not find expected node content: not YAML"},
		{"tab", "version: 1\nplaces:\n\t- name: x", "line 3: found character that cannot start any token: not YAML"},
		{"latin", "version: 1 # \xfc", "not UTF-8: not YAML"},
		{"two documents", "version: 1\n---\nversion: 1", "line 2: ---: not YAML"},
		{"version", "version: 2\nplaces: []", "line 1: version 2: is a version that this program does not read; what works: 1"},
		{"no version", "places: []", "line 1: version: is missing"},
		{"no places", "version: 1", "line 1: places: is missing"},
		{"null places", "version: 1\nplaces:", "line 1: places: is missing"},
		{"places no list", "version: 1\nplaces: {a: b}", "line 2: places {…}: does not belong here; what works: - name: Main hall"},
		{"place no mapping", "version: 1\nplaces: [x]", "line 2: places x: does not belong here; what works: name: Main hall"},
		{"key", header + "  country: PT", "line 5: places country: is not a key of this file; what works: name, zone, closed, classes"},
		{"key twice", header + "  zone: Etc/UTC", "line 5: places zone: is there twice"},
		{"list as key", header + "  [a, b]: c", "line 5: places […]: is not a key of this file; what works: name, zone, closed, classes"},
		{"merge", header + "  <<: {classes: []}", "line 5: places <<: is not a key of this file; what works: name, zone, closed, classes"},
		{"no name", "version: 1\nplaces:\n- zone: Etc/UTC", "line 3: name: is missing"},
		{"name of spaces", "version: 1\nplaces:\n- name: ' '\n  zone: Etc/UTC", "line 3: name: is missing"},
		{"place twice", header + "- name: HALL\n  zone: Etc/UTC", "line 5: name HALL: is there twice"},
		{"zone", "version: 1\nplaces:\n- name: x\n  zone: Europe/Lisbn", "line 4: zone Europe/Lisbn: is no time zone; what works: Europe/Lisbon"},
		{"unheard zone", "version: 1\nplaces:\n- name: x\n  zone: Xqzzwv", "line 4: zone Xqzzwv: is no time zone; what works: Europe/Berlin"},
		{"zone list", "version: 1\nplaces:\n- name: x\n  zone: []", "line 4: zone […]: does not belong here; what works: Europe/Lisbon"},
		{"closed", header + "  closed: [2026-02-30]", "line 5: closed 2026-02-30: is neither a day nor the first and last of several; what works: 2026-12-24, 27 Dec - 2 Jan"},
		{"closed twice", header + "  closed: [2026-02-03, 2026-02-03]", "line 5: closed 2026-02-03: is there twice"},
		{"no rule", header + "  classes:\n  - title: x", "line 6: at: is missing"},
		{"rule", header + "  classes:\n  - at: mon fry 18:00", `line 6: at: "fry" is neither a day nor a time; what works: mon 18:00`},
		{"title", class + "title: " + strings.Repeat("x", 61), "line 7: title 61: is longer than 60 characters"},
		{"title list", class + "title: [x]", "line 7: title […]: does not belong here; what works: Strength"},
		{"length", class + "length_min: 4", "line 7: length_min 4: is no length from 5 to 1440 minutes; what works: 10"},
		{"length words", class + "length_min: 1h", "line 7: length_min 1h: is no length from 5 to 1440 minutes; what works: 10"},
		{"lead", class + "before_min: 121", "line 7: before_min 121: is not from 0 to 120 minutes; what works: 10"},
		{"bool", class + "cool_down: maybe", "line 7: cool_down maybe: is neither true nor false; what works: true"},
		{"warm-up", class + "warm_up: arms", "line 7: warm_up arms: is nothing that a warm-up is for; what works: lower"},
		{"event", class + "event: sometimes", "line 7: event sometimes: is neither true nor false; what works: true"},
		{"channel", class + "channel: general", "line 7: channel general: is no id of Discord's"},
		{"member", class + "ping: <@123456789012345678>", "line 7: ping <@123456789012345678>: is no id of Discord's"},
		{"id", class + "id: -1", "line 7: id -1: is no whole number above 0; what works: 12"},
		{"id twice", class + "id: 7\n  - at: tue 18:00\n    id: 7", "line 9: id 7: is there twice"},
		{"until", class + "until: soon", `line 7: until: "soon" is no day of the calendar; what works: 2026-12-05`},
		{"until a list", class + "until: [2026-12-05]", "line 7: until […]: is no day of the calendar; what works: 2026-12-05"},
		{"skips", class + "skips: [2026-12-05]", "line 7: skips 2026-12-05: is no day with a time of day; what works: 2026-12-05 18:00"},
		{"skip twice", class + "skips: [2026-12-05T18:00:00Z, 2026-12-05T19:00:00+01:00]", "line 7: skips 2026-12-05T19:00:00+01:00: is there twice"},
		{"moves", class + "moves: [{from: 2026-12-05T18:00:00Z}]", "line 7: to: is missing"},
		{"class twice", class + "title: x\n  - {at: mondays at 6pm, title: x}", "line 8: at mon 18:00: is there twice"},
		{"closed days", header + "  closed: [" + strings.Repeat("2026-02-03, ", 401) + "]", "line 5: closed 401: are too many; what works: 400"},
		{"closed run", header + "  closed: [2026-02-03..2027-03-09, 2027-03-10]", "line 5: closed 401: are too many; what works: 400"},
		{"closed for ages", header + "  closed: [0001-01-01..9999-12-31]", "line 5: closed 3652059: are too many; what works: 400"},
		{"closed backwards", header + "  closed: [2026-02-03..2026-02-02]", "line 5: closed 2026-02-03..2026-02-02: ends before it begins; what works: 2026-12-27..2026-12-30"},
		{"closed twice in runs", header + "  closed: [2026-02-03..2026-02-05, 2026-02-05]", "line 5: closed 2026-02-05: is there twice"},
		{"closed list", header + "  closed: [[2026-02-03]]", "line 5: closed […]: is neither a day nor the first and last of several; what works: 2026-12-24, 27 Dec - 2 Jan"},
		{"no list of days", header + "  closed: {a: b}", "line 5: closed {…}: does not belong here; what works: [2026-12-24, 27 Dec - 2 Jan]"},
		{"no list of classes", header + "  classes: mon 18:00", "line 5: classes mon 18:00: does not belong here; what works: - at: mon wed fri 18:00"},
		{"class no mapping", header + "  classes: [mon 18:00]", "line 5: classes mon 18:00: does not belong here; what works: at: mon wed fri 18:00"},
		{"move no mapping", class + "moves: [2026-12-05T18:00:00Z]", "line 7: moves 2026-12-05T18:00:00Z: does not belong here; what works: {from: 2026-12-05 18:00, to: 2026-12-05 19:00}"},
		{"places", "version: 1\nplaces: [" + strings.Repeat("x, ", 26) + "]", "line 2: places 26: are too many; what works: 25"},
		{"classes", header + "  classes: [" + strings.Repeat("x, ", 201) + "]", "line 5: classes 201: are too many; what works: 200"},
		{"skips", class + "skips: [" + strings.Repeat("x, ", 201) + "]", "line 7: skips 201: are too many; what works: 200"},
		{"moves", class + "moves: [" + strings.Repeat("x, ", 201) + "]", "line 7: moves 201: are too many; what works: 200"},
		{"anchor", header + "  closed: &a [2026-02-03]", "line 5: a: anchors, aliases and tags are not read"},
		{"tag", header + "  closed: !!set [2026-02-03]", "line 5: !!set: anchors, aliases and tags are not read"},
		{"all at once", "version: 1\nplaces:\n- name: a\n  zone: b\n  x: y\n  classes:\n  - at: c\n    id: d\n",
			"line 4: zone b: is no time zone; what works: Europe/Berlin, America/New_York, America/Chicago\n" +
				"line 5: places x: is not a key of this file; what works: name, zone, closed, classes\n" +
				"line 7: at: \"c\" is neither a day nor a time; what works: mon wed fri 18:00\n" +
				"line 8: id d: is no whole number above 0; what works: 12"},
	} {
		_, err := timetable.Decode(t.Context(), []byte(tc.text), zones(t), noon(), nil)
		if got := fmt.Sprint(err); got != tc.want {
			t.Errorf("%s:\ngot  %s\nwant %s", tc.name, got, tc.want)
		}
	}
}

// TestDecodeExamples reads what the faults say works: under its key, each is
// taken without a fault.
func TestDecodeExamples(t *testing.T) {
	class := header + "  classes:\n  - at: mon 18:00\n    "
	for key, wrong := range map[string]string{"closed": header + "  closed: {x: y}", "classes": header + "  classes: x", "skips": class + "skips: x", "moves": class + "moves: x",
		"title": class + "title: []", "zone": "version: 1\nplaces:\n- name: Hall\n  zone: []", "at": header + "  classes:\n  - at: []"} {
		_, err := timetable.Decode(t.Context(), []byte(wrong), zones(t), noon(), nil)
		faults, _ := errors.AsType[timetable.Faults](err)
		if len(faults) != 1 || faults[0].Text != key || faults[0].Code != timetable.CodeKind {
			t.Errorf("%s: %v", key, err)
			continue
		}
		mended := strings.NewReplacer(key+": []", key+": "+faults[0].Example, key+": {x: y}", key+":\n      "+faults[0].Example, key+": x", key+":\n      "+faults[0].Example).Replace(wrong)
		if _, err := timetable.Decode(t.Context(), []byte(mended), zones(t), noon(), nil); err != nil {
			t.Errorf("%s\n%v", mended, err)
		}
	}
}

// Days that follow each other may be written as a run, as in /class closed.
func TestDecodeRuns(t *testing.T) {
	f, err := timetable.Decode(t.Context(), []byte(header+"  closed: 24 Dec, 2026-12-27..2026-12-29, 1 - 2 Jan"), zones(t), noon(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(f.Places[0].Closed); got != "[2026-12-24 2026-12-27 2026-12-28 2026-12-29 2027-01-01 2027-01-02]" {
		t.Errorf("closed is %s", got)
	}
}

// TestDecodeStops tells no more than fifty faults, and says that it has stopped.
func TestDecodeStops(t *testing.T) {
	for _, line := range []string{"x%d: y\n", "x%d: &y z\n"} {
		for count, want := range map[int]int{50: 50, 51: 51, 9000: 51} {
			text := "version: 1\nplaces: []\n"
			for i := range count {
				text += fmt.Sprintf(line, i)
			}
			_, err := timetable.Decode(t.Context(), []byte(text), zones(t), noon(), nil)
			faults, _ := errors.AsType[timetable.Faults](err)
			if len(faults) != want || (faults[0].Code == timetable.CodeStopped) != (count > 50) {
				t.Errorf("%d of %q: %d faults, the first %v", count, line, len(faults), faults[:1])
			}
		}
	}
}

// TestDecodeEndsWithItsContext reads nothing for anyone who has left.
func TestDecodeEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for name, read := range map[string]func() error{
		"yaml": func() error { _, err := timetable.Decode(ctx, []byte(header), zones(t), noon(), nil); return err },
		"csv": func() error {
			_, err := timetable.ImportReminderBotCSV(ctx, testdata(t, "reminder-bot.csv"), time.UTC)
			return err
		},
		"json": func() error {
			_, err := timetable.ImportLovinatorJSON(ctx, testdata(t, "lovinator.json"), zones(t))
			return err
		},
	} {
		if err := read(); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What would take the reader's memory or time is refused at once.
func TestDecodeRefusesBombs(t *testing.T) {
	laughs := "version: 1\nplaces: []\na: &a [x, x, x, x, x, x, x, x, x]\n"
	for c := 'b'; c <= 'z'; c++ {
		laughs += fmt.Sprintf("%c: &%c [%s*%c]\n", c, c, strings.Repeat(fmt.Sprintf("*%c, ", c-1), 8), c-1)
	}
	for name, text := range map[string]string{
		"laughs":   laughs,
		"itself":   "version: 1\nplaces: &a [*a]\n",
		"size":     strings.Repeat("#", timetable.MaxSize+1),
		"brackets": strings.Repeat("[", timetable.MaxSize),
		"braces":   strings.Repeat("{a: ", timetable.MaxSize/4),
		"dashes":   strings.Repeat("- ", timetable.MaxSize/2),
		"keys":     "? " + strings.Repeat("? ", timetable.MaxSize/2-1),
		"nested":   "version: 1\nplaces: " + strings.Repeat("[", 9000) + strings.Repeat("]", 9000),
	} {
		began := time.Now()
		if _, err := timetable.Decode(t.Context(), []byte(text), zones(t), noon(), nil); err == nil {
			t.Errorf("%s: read", name)
		}
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("%s: %v", name, took)
		}
	}
}

func FuzzDecode(f *testing.F) {
	out, err := timetable.Encode(full(f))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(out))
	f.Add(header + "  classes: [{at: mon 18:00}]")
	f.Add("version: 1\nplaces: &a [*a]")
	z := zones(f)
	f.Fuzz(func(t *testing.T, text string) {
		file, err := timetable.Decode(t.Context(), []byte(text), z, noon(), nil)
		if err != nil {
			if err.Error() == "" {
				t.Fatal("a fault without words")
			}
			return
		}
		out, err := timetable.Encode(file)
		if err != nil {
			t.Fatalf("%q can't be written: %v", text, err)
		}
		back, err := timetable.Decode(t.Context(), out, z, noon(), nil)
		if err != nil || !reflect.DeepEqual(back, file) {
			t.Fatalf("%q is\n%+v, and read back\n%+v\n%v", text, file, back, err)
		}
	})
}
