package commands

import (
	"context"
	"fmt"
	"strings"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/figure"
	"unpinch/schedule"
)

const (
	progressWeeks = 12
	fullWeek      = 3 // sessions that a week is noted for
	progressFile  = "progress.png"
)

// turnProgress follows the buttons of the card. A day is counted once, however
// often the button is pressed.
func (m member) turnProgress(ctx context.Context, req *bot.Request, step button.ProgressStep) (bot.Reply, error) {
	if step == button.ProgressAgree {
		if err := m.agree(ctx, req); err != nil {
			return bot.Reply{}, err
		}
	}
	today, err := m.today(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	switch step {
	case button.ProgressCount, button.ProgressAgree:
		kept, err := m.Training.CountDay(ctx, req.UserID, today)
		if err != nil {
			return bot.Reply{}, fmt.Errorf("count today: %w", err)
		}
		if !kept {
			return card.Consent(req, button.ProgressID.For(button.ProgressAgree), button.ProgressID.For(button.ProgressShow)), nil
		}
	case button.ProgressBack:
		if err := m.Training.ClearDay(ctx, req.UserID, today); err != nil {
			return bot.Reply{}, fmt.Errorf("take today back: %w", err)
		}
	}
	return m.progress(ctx, req)
}

// today is the day on the member's clock: in the zone that they chose, else in
// that of the server's first place, else in UTC.
func (m member) today(ctx context.Context, req *bot.Request) (schedule.Date, error) {
	mem, _, err := m.self(ctx, req)
	if err != nil {
		return schedule.Date{}, err
	}
	name := mem.Zone
	if name == "" && req.GuildID != "" {
		places, err := m.Classes.Places(ctx, req.GuildID)
		if err != nil {
			return schedule.Date{}, fmt.Errorf("find the member's day: %w", err)
		}
		if len(places) > 0 {
			name = places[0].Zone
		}
	}
	zone := time.UTC
	if name != "" {
		if zone, err = m.Zones.Location(name); err != nil {
			return schedule.Date{}, fmt.Errorf("find the member's day: %w", err)
		}
	}
	return schedule.DateOf(m.Now().In(zone)), nil
}

// progress shows twelve weeks of sessions, as a picture and in words.
func (m member) progress(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	count := bot.Button{Label: req.Say("me.progress.button.count"), ID: button.ProgressID.For(button.ProgressCount), Style: bot.Success}
	agreed, err := m.agreed(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	if !agreed {
		return card.Calm(bot.Text(req.Say("me.progress.nothing")), bot.Row{count}), nil
	}
	today, err := m.today(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	weeks := lastWeeks(today)
	days, err := m.Training.Sessions(ctx, req.UserID, weeks[0].days[0], weeks[progressWeeks-1].days[6])
	if err != nil {
		return bot.Reply{}, fmt.Errorf("show the progress: %w", err)
	}
	if len(days) == 0 {
		return card.Calm(bot.Text(req.Say("me.progress.none")), bot.Row{count}), nil
	}
	for i := range weeks {
		weeks[i].count(days)
	}
	status := bot.Text(req.Say("me.progress.today", bot.Args{"Day": schedule.DateShort.OfDay(req.Say, today)}))
	row := bot.Row{count}
	if days[today] > 0 {
		status = bot.Text(req.Say("me.progress.counted", bot.Args{"Day": schedule.DateShort.OfDay(req.Say, today)}))
		row = bot.Row{{Label: req.Say("me.progress.button.back"), ID: button.ProgressID.For(button.ProgressBack)}}
	}
	words := progressWords(req, weeks)
	parts := []bot.Part{bot.Text(req.Say("me.progress.title"))}
	picture, files := m.calendar(req, weeks, today)
	parts = append(append(parts, picture...), bot.Text(words), status, row)
	reply := card.Calm(parts...)
	reply.Files = files
	return reply, nil
}

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

// calendar is the picture of the weeks. Its alternative text is what the card
// says beside it.
func (m member) calendar(req *bot.Request, weeks []week, today schedule.Date) ([]bot.Part, []bot.File) {
	if m.Figures == nil || !card.MayDraw(req) {
		return nil, nil
	}
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
