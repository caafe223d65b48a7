package card

import (
	"time"

	"unpinch/bot"
	"unpinch/schedule"
)

// ClockChange says what the next change of the place's clock does to a class:
// nothing, unless the class starts in an hour that the change leaves out, which
// gap reports. A class that ends before the change has no such line.
func ClockChange(say schedule.Say, now time.Time, s schedule.Series, r schedule.Recurrence) (line string, gap bool) {
	at, ok := schedule.NextChange(now, r.Zone)
	if !ok {
		return say("card.clock.no_change", nil), false
	}
	if !s.Until.IsZero() && s.Until.Before(schedule.DateOf(at)) {
		return "", false
	}
	if next, err := r.NextStart(at.Add(-1)); err == nil && next.Equal(at) {
		if gone, ok := leftOut(s.Rule, at); ok {
			return say("card.clock.gap", bot.Args{"Day": schedule.DateShort.From(say, now, at), "Time": gone, "Instead": at.Format("15:04")}), true
		}
	}
	return say("card.clock.change", bot.Args{"Day": schedule.DateShort.From(say, now, at), "Time": s.Rule.Times()[0]}), false
}

// leftOut returns the time of a rule that the clock jumps over at a change.
func leftOut(r schedule.Rule, change time.Time) (schedule.Clock, bool) {
	_, before := change.Add(-1).Zone()
	_, after := change.Zone()
	to := schedule.Clock(change.Hour()*60 + change.Minute())
	for _, at := range r.Times() {
		if at < to && at >= to-schedule.Clock((after-before)/60) {
			return at, true
		}
	}
	return 0, false
}
