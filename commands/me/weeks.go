package me

import (
	"strings"
	"time"

	"unpinch/bot"
	"unpinch/commands/card"
	"unpinch/figure"
	"unpinch/schedule"
)

// A week is seven days from a Monday on, and the sessions of each.
type week struct {
	days     [7]schedule.Date
	sessions [7]int
}

// lastWeeks returns the week of a day and those before it, the oldest first.
func lastWeeks(today schedule.Date) []week {
	// Days as instants of UTC: none of its days is longer than another.
	monday := today.Start(time.UTC)
	monday = monday.AddDate(0, 0, -(int(monday.Weekday())+6)%7)
	weeks := make([]week, progressWeeks)
	for i := range weeks {
		for d := range 7 {
			weeks[i].days[d] = schedule.DateOf(monday.AddDate(0, 0, 7*(i-progressWeeks+1)+d))
		}
	}
	return weeks
}

func (w *week) count(days map[schedule.Date]int) {
	for i, d := range w.days {
		w.sessions[i] = days[d]
	}
}

// total returns the week's sessions, and on how many days they were.
func (w *week) total() (sessions, days int) {
	for _, n := range w.sessions {
		sessions += n
		if n > 0 {
			days++
		}
	}
	return sessions, days
}

// progressWords says what the picture shows: the sum, and each week that had a
// session.
func progressWords(req *bot.Request, weeks []week) string {
	sum, full := 0, 0
	var lines []string
	for _, w := range weeks {
		sessions, on := w.total()
		sum += sessions
		if sessions >= fullWeek {
			full++
		}
		if sessions == 0 {
			continue
		}
		var days []string
		for i, n := range w.sessions {
			if n > 0 {
				days = append(days, schedule.WeekdayShort(req.Say, time.Weekday((i+1)%7)))
			}
		}
		values := bot.Args{"Week": schedule.DateShort.OfDay(req.Say, w.days[0]), "Days": strings.Join(days, req.Say("list.comma")), "count": sessions}
		key := "me.progress.week"
		if on == 7 {
			values["Days"] = req.Say("me.progress.daily")
		}
		if sessions > on {
			key = "me.progress.week_more"
		}
		lines = append(lines, req.Say(key, values))
	}
	return req.Say("me.progress.sum", bot.Args{"count": sum}) + " " +
		req.Say("me.progress.full", bot.Args{"count": full, "Sessions": fullWeek}) + "\n" + card.Bullets(lines)
}

// drawWeeks is the picture of the weeks. Its alternative text is what the card
// says beside it.
func drawWeeks(req *bot.Request, weeks []week, today schedule.Date) ([]bot.Part, []bot.File) {
	k := figure.Calendar{Key: [2]string{req.Say("me.progress.key.day"), req.Say("me.progress.key.week", bot.Args{"Sessions": fullWeek})}}
	copy(k.Days[:], strings.Fields(req.Say("me.progress.letters")))
	for _, w := range weeks {
		row := figure.Week{Label: schedule.DateShort.OfDay(req.Say, w.days[0])}
		row.Count, _ = w.total()
		row.Full = row.Count >= fullWeek
		for i, d := range w.days {
			switch {
			case w.sessions[i] > 0:
				row.Days[i] = figure.Trained
			case today.Before(d):
				row.Days[i] = figure.Ahead
			}
		}
		k.Weeks = append(k.Weeks, row)
	}
	data, err := figure.DrawCalendar(k)
	if err != nil {
		return nil, nil // words that don't fit; TestProgressIsDrawn finds them first
	}
	sum, lines, _ := strings.Cut(progressWords(req, weeks), "\n- ")
	alt := req.Say("me.progress.alt", bot.Args{"Sum": strings.ReplaceAll(sum, "**", ""), "Weeks": strings.ReplaceAll(lines, "\n- ", "; ")})
	return []bot.Part{bot.Gallery{{File: progressFile, Alt: alt}}}, []bot.File{{Name: progressFile, About: alt, Data: data}}
}
