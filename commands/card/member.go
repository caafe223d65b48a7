package card

import (
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/schedule"
)

// Quiet says what keeps a member's DMs away now, all of them.
func Quiet(say schedule.Say, mem schedule.Member, now time.Time, zones *schedule.Zones) []string {
	var lines []string
	if !mem.DMsClosed.IsZero() {
		lines = append(lines, say("card.dm.closed", nil))
	}
	if mem.Paused(now, zones) {
		lines = append(lines, say("card.dm.paused", bot.Args{"Day": schedule.DayYear.OfDay(say, mem.PausedUntil)}))
	}
	return lines
}

// NudgeRow asks for a nudge.
func NudgeRow(req *bot.Request) bot.Row {
	var row bot.Row
	for _, n := range button.NudgeChoices() {
		row = append(row, bot.Button{Label: req.Say("card.nudge", bot.Args{"count": int(n)}), ID: button.NudgeID.For(n)})
	}
	return row
}
