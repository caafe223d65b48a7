package class

import (
	"context"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/place"
	"unpinch/schedule"
)

// An eventStore turns the events of classes at Discord.
type eventStore interface {
	// SetEvent has the next start of a class stand on the server's calendar, or
	// not. Asked for again, it is tried again.
	SetEvent(ctx context.Context, classID int64, on bool, by schedule.By) error
}

// events turns the events of classes.
type events struct {
	changing changing
	store    eventStore
}

// turn has the next start of a class stand on the server's calendar if n is 1, and
// no start of it if not. Without the permission for that nothing is turned on.
func (e events) turn(ctx context.Context, req *bot.Request, s schedule.Series, n int64) (bot.Reply, error) {
	on, may := n == 1, req.AppPerms.Has(bot.CreateEvents)
	switch {
	case on && s.Purpose == schedule.ForDesk:
		return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
	case on && !may:
		return e.changing.face.card(req, s, req.Say("event.may_not"))
	case on == s.Event && s.EventWhy == "":
		return e.changing.face.card(req, s, "")
	}
	key := card.Either(on, "event.note.on", card.Either(may, "event.note.off", "event.note.left"))
	return e.changing.done(ctx, req, s.ID, e.store.SetEvent(ctx, s.ID, on, place.By(req, e.changing.face.atlas.Now(), "")), req.Say(key))
}

// eventLine says that a class's starts stand on the server's calendar, or why they
// can't; "" if they are not to.
func eventLine(req *bot.Request, s schedule.Series) string {
	switch {
	case !s.Event:
		return ""
	case s.EventWhy != "":
		return req.Say("event.card.broken", bot.Args{"Why": req.Say("event.why." + string(s.EventWhy))})
	}
	return req.Say("event.card.on")
}

// eventButton turns the event of a class on or off; a desk break has none.
func eventButton(req *bot.Request, s schedule.Series) []bot.Button {
	switch {
	case s.Purpose == schedule.ForDesk:
		return nil
	case s.Event:
		return []bot.Button{turnEvent(req, s, "event.button.off", 0)}
	}
	return []bot.Button{turnEvent(req, s, "event.button.on", 1)}
}

// turnEvent is a button that turns the event of a class on, if n is 1, or off.
func turnEvent(req *bot.Request, s schedule.Series, key string, n int64) bot.Button {
	return bot.Button{Label: req.Say(key), ID: button.ClassID.For(button.ClassState{Act: button.ActEvent, ID: s.ID, N: n})}
}
