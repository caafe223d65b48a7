package class

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
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
