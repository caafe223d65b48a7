package post

import (
	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/schedule"
)

// MessageMark returns what only the occurrence's message bears: a button's
// custom ID, or a number where other messages may have the same buttons.
func MessageMark(o schedule.Occurrence) bot.Mark {
	switch o.Kind {
	case schedule.KindAlert, schedule.KindLog:
		return bot.Mark{CustomID: button.MendID.For(button.Occurrence(o.ID))}
	case schedule.KindNotice, schedule.KindConfirm, schedule.KindReminder:
		return bot.Mark{CustomID: button.NoticeID.For(button.NoticeState{Act: button.NoticeStop, ID: o.ID})}
	case schedule.KindAsk:
		return bot.Mark{CustomID: button.NoticeID.For(button.NoticeState{Act: button.NoticeKeep, ID: o.ID})}
	case schedule.KindNudge, schedule.KindOff, schedule.KindMyth, schedule.KindRecap:
		return bot.Mark{Number: bot.MarkLow + int(o.ID%(bot.MarkHigh-bot.MarkLow+1))}
	}
	return bot.Mark{CustomID: button.DoneID.For(button.Occurrence(o.ID))}
}
