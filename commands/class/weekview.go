package class

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/figure"
	"unpinch/schedule"
)

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
