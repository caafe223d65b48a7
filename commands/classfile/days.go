package classfile

import (
	"strings"

	"unpinch/bot"
	"unpinch/commands/card"
	"unpinch/commands/classwords"
	"unpinch/schedule"
	"unpinch/timetable"
)

const (
	// daysKept and startsKept are for how many days a file may have closed days and
	// single starts that are over: what somebody keeps of a year, and what has
	// passed since the file was written.
	daysKept   = 366
	startsKept = 60
	// overShown is how many of those are named.
	overShown = 5
)

// never says why a class of a file, drafted as s, has days on which it can't be.
func (w *wish) never(s schedule.Series, of timetable.Changed) error {
	today := schedule.DateOf(w.desk.Now().In(w.zone(of.Place)))
	last := schedule.Date{Year: today.Year + 1, Month: today.Month, Day: today.Day}
	switch {
	case last.Before(s.PausedUntil):
		return &bot.UserError{Key: "class.pause.far", Args: bot.Args{"Seen": s.PausedUntil, "Last": last}}
	case s.Until.Before(today) && !s.Until.IsZero() && s.Until != of.Now.Until:
		return &bot.UserError{Key: "class.until_past", Args: bot.Args{"Seen": s.Until, "Today": today}}
	case of.Want.ID == 0:
		_, err := w.desk.First(s)
		return err
	}
	return nil
}

// untimely are what can't be about the single starts of a class of a file,
// drafted as s.
func (w *wish) untimely(s schedule.Series, of timetable.Changed) (all []error) {
	for _, u := range unclear(of.Now, of.Want) {
		if len(u.Starts) > 0 {
			all = append(all, &bot.UserError{Key: "class.file.unclear", Args: bot.Args{"Wall": card.Slot(w.req.Say, u.Slot), "Times": classwords.Clocks(w.req, u.Starts)}})
			continue
		}
		w.notes = append(w.notes, classwords.Lapsed(w.req, u))
	}
	now := kept(of.Now, of.Want)
	s.Skips, s.Moves = now.Skips, now.Moves
	changes := startChanges(of.Now, of.Want)
	k, err := checkOf(s, changes, w.desk.Zones, w.desk.Now())
	if err != nil {
		return append(all, err)
	}
	for _, one := range changes {
		if err := k.start(w.req, one); err != nil {
			all = append(all, err)
		}
	}
	return all
}

// over says what of a file is over, and refuses what is so for long: that is
// another year's file, or a slip.
func (w *wish) over(all []timetable.Past) {
	for _, p := range all {
		today := schedule.DateOf(w.desk.Now().In(w.zone(p.Place)))
		var said, long []string
		for _, d := range p.Days {
			if said = append(said, d.String()); d.Before(today.Add(-daysKept)) {
				long = append(long, d.String())
			}
		}
		for _, s := range p.Starts {
			if said = append(said, s.String()); s.Day.Before(today.Add(-startsKept)) {
				long = append(long, s.String())
			}
		}
		values := bot.Args{"count": len(said), "Place": card.Plain(p.Place), "Days": some(w.req, said), "Today": today}
		if len(long) > 0 {
			values["count"], values["Days"] = len(long), some(w.req, long)
			w.faults = append(w.faults, w.req.Say("class.file.long_over", values))
			continue
		}
		w.notes = append(w.notes, w.req.Say("class.file.over", values))
	}
}

// some are the first of some texts in a line, with how many more there are.
func some(req *bot.Request, texts []string) string {
	line := strings.Join(texts[:min(len(texts), overShown)], req.Say("list.comma"))
	if more := len(texts) - overShown; more > 0 {
		line += " " + req.Say("class.more", bot.Args{"count": more})
	}
	return line
}
