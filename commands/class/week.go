package class

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/figure"
	"unpinch/schedule"
)

const (
	weekDays = 7
	// weekTitle is how much of a title a line of the week has, in characters.
	weekTitle = 40
	// weekText is how long the lines are at most, in characters: what Discord takes
	// on a card, less the heading. Marks of a title count twice.
	weekText = 3300
	// weekAlt is how much of the lines the picture's alternative text has.
	weekAlt  = 700
	weekFile = "week.png"
	// weekAhead is how many days ahead a week may begin: less than a year, so that
	// a day needs no year.
	weekAhead = 330
)

// week shows the next seven days of a server's classes, drawn and in lines.
type week struct {
	list     list
	pictures bool
}

// A slot is one start of a class, on the clock of its place.
type slot struct {
	series schedule.Series
	start  schedule.Start
	place  int // of the shown places
}

// day returns the slot's day, on its own clock.
func (s slot) day() schedule.Date { return schedule.DateOf(s.start.At) }

// moved reports whether the start takes place at another time than planned.
func (s slot) moved() bool { return !s.start.At.Equal(s.start.Planned) }

// A weekPage is the days from one on, from so many starts of theirs on.
type weekPage struct {
	from schedule.Date
	skip int
}

// skipsMost is above the number of starts of a week: 200 classes, each 24 times
// a day.
const skipsMost = 100_000

// state returns the page as a button has it.
func (p weekPage) state(placeID int64) button.ClassState {
	day := int64(p.from.Year*10_000 + int(p.from.Month)*100 + p.from.Day) // as 20261205
	return button.ClassState{Act: button.ActWeek, ID: placeID, N: day*skipsMost + int64(p.skip)}
}

// pageOf returns the page of a button; today's for one that names none.
func (w week) pageOf(n int64, today schedule.Date) weekPage {
	day := n / skipsMost
	from := schedule.Date{Year: int(day / 10_000), Month: time.Month(day / 100 % 100), Day: int(day % 100)}.Add(0) // a day of the calendar, whatever was sent
	if n <= 0 || from.Before(today) || today.Add(weekAhead).Before(from) {
		return weekPage{from: today}
	}
	return weekPage{from, int(n % skipsMost)}
}

// show shows a page of the week of a server, or of one of its places.
func (w week) show(ctx context.Context, req *bot.Request, placeID, n int64) (bot.Reply, error) {
	places, all, err := w.list.all(ctx, req, placeID)
	if err != nil {
		return bot.Reply{}, err
	}
	if len(places) > 1 || len(places) == 1 && placeID != places[0].ID {
		placeID = 0
	}
	if len(all) == 0 {
		return card.Calm(bot.Text(req.Say("class.list.none"))), nil
	}
	zone, err := w.list.atlas.Zones.Location(places[0].Zone)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("show the week: %w", err)
	}
	now := w.list.atlas.Now()
	today := schedule.DateOf(now.In(zone))
	page := w.pageOf(n, today)
	slots, soon, err := w.slots(places, all, page.from)
	if err != nil {
		return bot.Reply{}, err
	}
	entries, err := w.entries(req, soon, len(places) > 1)
	if err != nil {
		return bot.Reply{}, err
	}
	page.skip = min(page.skip, len(slots))
	shown := slots[page.skip:min(len(slots), page.skip+figure.TimetableMost)]
	v := view{req, places, shown, page, today, len(slots), now}
	for len(v.slots) > 1 && utf8.RuneCountInString(v.lines()) > weekText {
		v.slots = v.slots[:len(v.slots)-1]
	}
	picture, files := []bot.Part(nil), []bot.File(nil)
	if w.pictures && card.MayDraw(req) {
		picture, files = v.draw()
	}
	reply := card.Calm(slices.Concat([]bot.Part{bot.Text(v.head(len(all), soon[0]))}, picture, []bot.Part{bot.Text(v.lines()),
		bot.Select{ID: button.ClassID.For(button.ClassState{Act: button.ActShow, ID: 0, N: 0}), Hint: req.Say("class.list.hint"), Entries: entries},
		v.row(placeID, len(all) > classesAtOnce)})...)
	reply.Files = files
	return reply, nil
}

// slots returns the starts of the days from one on, in the order of their clocks,
// and each class with its next start, the soonest first: those without one come
// last, at no instant.
func (w week) slots(places []schedule.Place, all []schedule.Series, from schedule.Date) (slots, soon []slot, err error) {
	now, end := w.list.atlas.Now(), from.Add(weekDays)
	for _, s := range all {
		r, err := s.Recurrence(w.list.atlas.Zones)
		if err != nil {
			return nil, nil, fmt.Errorf("show the week: %w", err)
		}
		at := slices.IndexFunc(places, func(p schedule.Place) bool { return p.ID == s.Place.ID })
		next, _ := nextOn(r, now)
		soon = append(soon, slot{s, next, at})
		for after := from.Start(r.Zone).Add(-1); ; {
			start, err := r.Next(after)
			if errors.Is(err, schedule.ErrNever) || err == nil && !schedule.DateOf(start.At).Before(end) {
				break
			}
			if err != nil {
				return nil, nil, fmt.Errorf("show the week: %w", err)
			}
			slots = append(slots, slot{s, start, at})
			after = start.At
		}
	}
	clock := func(s slot) string { return s.start.At.Format("2006-01-02 15:04") }
	slices.SortStableFunc(slots, func(a, b slot) int {
		return cmp.Or(cmp.Compare(clock(a), clock(b)), cmp.Compare(a.place, b.place), cmp.Compare(a.series.Title, b.series.Title))
	})
	slices.SortStableFunc(soon, func(a, b slot) int {
		if a.start.At.IsZero() != b.start.At.IsZero() {
			return cmp.Compare(b.start.At.Unix(), a.start.At.Unix())
		}
		return a.start.At.Compare(b.start.At)
	})
	return slots, soon, nil
}

// entries are the first of some classes to pick.
func (w week) entries(req *bot.Request, soon []slot, named bool) (entries []bot.Entry, err error) {
	for _, s := range soon[:min(len(soon), classesAtOnce)] {
		e, err := w.list.entry(req, s.series, named)
		if err != nil {
			return nil, err
		}
		entries = append(entries, e)
	}
	return entries, nil
}

// A view is a page of the week in the words of a reader.
type view struct {
	req    *bot.Request
	places []schedule.Place
	slots  []slot
	page   weekPage
	today  schedule.Date
	all    int // starts of these days
	now    time.Time
}

// head says how many classes there are, and which begins next.
func (v view) head(count int, next slot) string {
	key := card.Either(len(v.places) > 1, "class.list.title_many", "class.list.title")
	head := v.req.Say(key, bot.Args{"count": count, "Place": card.Plain(v.places[0].Name), "Places": len(v.places)})
	if next.start.At.IsZero() || v.page.from != v.today || v.page.skip > 0 {
		return head
	}
	return head + "\n" + v.req.Say("class.week.next", bot.Args{"Wall": card.When(v.req.Say, v.now, next.start.At), "Class": v.name(next), "Soon": card.FromNow(next.start.At)})
}

// name is a class's title, or its place where it has none.
func (v view) name(s slot) string {
	if s.series.Title != "" {
		return card.Plain(card.Cut(s.series.Title, weekTitle))
	}
	return card.Plain(s.series.Place.Name)
}

// dayLabel names a day.
func (v view) dayLabel(d schedule.Date) string {
	return schedule.DayShort.OfDay(v.req.Say, d)
}

// lines are the days and what starts on each.
func (v view) lines() string {
	var lines []string
	for day := range v.days() {
		label := v.dayLabel(v.page.from.Add(day))
		if v.page.from.Add(day) == v.today {
			label = v.req.Say("class.week.today", bot.Args{"Day": label})
		}
		var starts []string
		for _, s := range v.on(day) {
			starts = append(starts, v.line(s))
		}
		if len(starts) > 0 {
			lines = append(lines, "**"+label+"**: "+strings.Join(starts, " · "))
		}
	}
	if len(lines) == 0 {
		return v.req.Say("class.week.none", bot.Args{"From": v.dayLabel(v.page.from), "To": v.dayLabel(v.page.from.Add(weekDays - 1))})
	}
	if len(v.places) > 1 {
		var key []string
		for i, p := range v.places {
			key = append(key, figure.PlaceLetter(i)+" "+card.Plain(p.Name))
		}
		lines = append(lines, "-# "+strings.Join(key, " · "))
	}
	if len(v.slots) < v.all {
		lines = append(lines, v.req.Say("class.week.part", bot.Args{"First": v.page.skip + 1, "Last": v.page.skip + len(v.slots), "All": v.all}))
	}
	return strings.Join(lines, "\n")
}

// days is how many days the page shows: all, or up to the last start of it where
// more follow.
func (v view) days() int {
	if v.page.skip+len(v.slots) < v.all {
		n := 1
		for last := v.slots[len(v.slots)-1].day(); v.page.from.Add(n - 1).Before(last); {
			n++
		}
		return n
	}
	return weekDays
}

// on returns the slots of a day of the page.
func (v view) on(day int) []slot {
	return slices.DeleteFunc(slices.Clone(v.slots), func(s slot) bool { return s.day() != v.page.from.Add(day) })
}

// line is one start: its time, its class, its place where there are several, and
// what is out of the ordinary.
func (v view) line(s slot) string {
	text := s.start.At.Format("15:04")
	if s.series.Title != "" {
		text += " " + card.Plain(card.Cut(s.series.Title, weekTitle))
	}
	if len(v.places) > 1 {
		text += " (" + figure.PlaceLetter(s.place) + ")"
	}
	switch {
	case s.start.Off != "":
		return v.req.Say("class.week.off", bot.Args{"Start": text, "Why": v.req.Say("class.week.why." + string(s.start.Off))})
	case s.moved() && schedule.DateOf(s.start.Planned) == s.day():
		return v.req.Say("class.week.moved", bot.Args{"Start": text, "From": s.start.Planned.Format("15:04")})
	case s.moved():
		return v.req.Say("class.week.moved", bot.Args{"Start": text, "From": card.Wall(v.req.Say, s.start.Planned)})
	}
	return text
}

// draw draws the page. Its alternative text is its first lines, and how many
// starts there are.
func (v view) draw() ([]bot.Part, []bot.File) {
	t := figure.Timetable{Off: v.req.Say("class.week.key.off"), Moved: v.req.Say("class.week.key.moved")}
	if len(v.places) > 1 {
		for _, p := range v.places {
			t.Places = append(t.Places, p.Name)
		}
	}
	for day := range v.days() {
		date := v.page.from.Add(day)
		d := figure.TimetableDay{Label: v.shortLabel(date), Today: date == v.today}
		for _, s := range v.on(day) {
			d.Starts = append(d.Starts, figure.TimetableStart{Time: s.start.At.Format("15:04"), Title: s.series.Title, Place: s.place, Off: s.start.Off != "", Moved: s.moved()})
		}
		t.Days = append(t.Days, d)
	}
	data, err := figure.DrawTimetable(t)
	if err != nil {
		return nil, nil // labels that don't fit; TestWeekLabelsFit finds them first
	}
	alt := v.req.Say("class.week.alt", bot.Args{"count": v.all, "Lines": card.Cut(strings.NewReplacer("**", "", "~~", "", "-# ", "", `\`, "", "\n", ". ").Replace(v.lines()), weekAlt)})
	return []bot.Part{bot.Gallery{{File: weekFile, Alt: alt}}}, []bot.File{{Name: weekFile, About: alt, Data: data}}
}

// shortLabel names a day in the picture.
func (v view) shortLabel(d schedule.Date) string {
	if d == v.today {
		return v.req.Say("class.week.today_short")
	}
	return v.req.Say("class.week.day_short", bot.Args{"Weekday": schedule.WeekdayShort(v.req.Say, d.Start(time.UTC).Weekday()), "Day": strconv.Itoa(d.Day)})
}

// row leads to other days, and to all classes where the select can't hold them.
func (v view) row(placeID int64, more bool) bot.Row {
	to := func(label string, p weekPage) bot.Button {
		return bot.Button{Label: label, ID: button.ClassID.For(p.state(placeID))}
	}
	var row bot.Row
	if v.page.from != v.today || v.page.skip > 0 {
		row = append(row, to(v.req.Say("class.week.button.today"), weekPage{from: v.today}))
	}
	if read := v.page.skip + len(v.slots); read < v.all {
		row = append(row, to(v.req.Say("class.week.button.rest"), weekPage{v.page.from, read}))
	}
	if next := v.page.from.Add(weekDays); !v.today.Add(weekAhead).Before(next) {
		row = append(row, to(v.req.Say("class.week.button.from", bot.Args{"Day": v.dayLabel(next)}), weekPage{from: next}))
	}
	if more {
		row = append(row, bot.Button{Label: v.req.Say("class.week.button.all"), ID: button.ClassID.For(button.ClassState{Act: button.ActList, ID: placeID, N: 1})})
	}
	return row
}
