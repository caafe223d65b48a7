// Package me has what a member sets, asks for and sees of themselves: settings,
// reminders, notices before classes, nudges, pauses, what to keep low, progress,
// a routine of their own, and all that is kept about them. Before the first
// thing is kept it asks for consent.
package me

import (
	"context"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/gate"
	"unpinch/commands/input"
	"unpinch/content"
	"unpinch/figure"
	"unpinch/schedule"
)

// Needs are what the room is put together from. New gives each piece the part
// that it uses.
type Needs struct {
	Content  *content.Library
	Zones    *schedule.Zones
	Operator card.Operator
	Figures  *figure.Album // nil for cards without pictures
	Now      func() time.Time
	Kick     func() // tells the engine that something to send has changed
	Gate     gate.Gate
	Forget   func(userID string) // drops what other rooms have of a user in memory

	Consents  card.ConsentStore
	Records   Records
	Members   Members
	Places    Places
	Reminders Reminders
	Follows   Follows
	Nudges    Nudges
	Easies    Easies
	Sessions  Sessions
	Routines  Routines
}

// A Room is what the rest of the bot gets of it.
type Room struct {
	Commands   []bot.Command
	Components []bot.Component
	reminders  reminderCards
}

// RemindersCard shows the reader's reminders, with the way to a first one.
func (r Room) RemindersCard(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	return r.reminders.all(ctx, req)
}

// New puts the room together.
func New(n Needs) Room {
	c := card.Consents{Kept: n.Consents, Now: n.Now}
	m := members{n.Members, c, n.Zones, n.Now, n.Kick}
	atlas := input.Atlas{Zones: n.Zones, Numbers: n.Content.Numbers(), Now: n.Now}
	typedLines, typedReminders, typedSettings := input.NewTyped(n.Now), input.NewTyped(n.Now), input.NewTyped(n.Now)

	cards := reminderCards{m, n.Reminders, n.Routines, atlas}
	follows := notices{m, n.Follows, cards, n.Nudges}
	set := newSettings(m, c, n.Content, atlas, follows.card, typedSettings)
	remind := newReminders(cards, c, n.Places, typedReminders, set.setZone, n.Content)
	nudge := newNudges(m, c, n.Nudges, n.Content)
	hold := newPauses(m, c, waiting{n.Reminders, n.Follows, n.Nudges})
	days := progress{m, c, n.Sessions, n.Places, n.Figures != nil}
	own := routine{c, n.Routines, n.Content, typedLines, n.Figures}
	low := easy{c, n.Easies, n.Now}
	about := privacy{c, n.Records, n.Operator, n.Gate, func(userID string) {
		typedLines.Forget(userID)
		typedReminders.Forget(userID)
		typedSettings.Forget(userID)
		n.Forget(userID)
	}}

	exported := bot.Handle(button.ExportID, bot.NewPrivate, about.pressed)
	exported.OwnerOnly = true
	asked, answered := bot.Handle(button.NudgeID, bot.NewPrivate, nudge.ask), bot.Handle(button.NudgeSetID, bot.Update, nudge.turn)
	turned, formed, sent := bot.Handle(button.RemindersID, bot.Update, remind.turn), bot.Handle(button.RemindersFormID, bot.OpenModal, remind.form), bot.Handle(button.RemindersSetID, bot.Update, remind.set)
	for _, c := range []*bot.Component{&asked, &answered, &turned, &formed, &sent} {
		c.Discreet = true
	}
	return Room{
		Commands: []bot.Command{{Name: "me", About: "me.about", Subs: []bot.Command{
			saving("settings", "me.settings.about", set.run, set.zone, set.country, set.language, set.active),
			discreet(saving("reminders", "me.reminders.about", remind.run, remind.at, remind.routine, remind.zone)),
			sub("notify", "me.notify.about", follows.card),
			discreet(saving("nudge", "me.nudge.about", nudge.run, nudge.days)),
			saving("pause", "me.pause.about", hold.run, hold.until),
			sub("progress", "me.progress.about", days.card),
			sub("routine", "me.routine.about", own.card),
			sub("easy", "me.easy.about", low.card),
			sub("privacy", "me.privacy.about", about.card),
			sub("export", "me.export.about", about.export),
			saving("forget", "me.forget.about", about.forget),
		}}},
		Components: append(ownersOnly(
			bot.Handle(button.ConsentID, bot.Update, about.turn),
			bot.Handle(button.EasyID, bot.Update, low.turn),
			bot.Handle(button.EasyAgreeID, bot.Update, low.agree),
			bot.Handle(button.ProgressID, bot.Update, days.turn),
			bot.Handle(button.OwnID, bot.Update, own.turn),
			bot.Handle(button.OwnFormID, bot.OpenModal, own.form),
			bot.Handle(button.OwnSetID, bot.Update, own.set),
			bot.Handle(button.OwnFixID, bot.Update, own.fix),
			bot.Handle(button.SettingsID, bot.Update, set.turn),
			bot.Handle(button.SettingsFormID, bot.OpenModal, set.form),
			bot.Handle(button.SettingsSetID, bot.Update, set.set),
			bot.Handle(button.NotifyMeID, bot.Update, follows.turn),
			turned, formed, sent,
			bot.Handle(button.PauseMeID, bot.Update, hold.turn),
			asked, answered,
		), exported),
		reminders: cards,
	}
}

// sub is a command below /me. Nobody but its user sees the answer.
func sub(name, about string, run func(context.Context, *bot.Request) (bot.Reply, error), options ...bot.Option) bot.Command {
	return bot.Command{Name: name, About: about, Answer: bot.NewPrivate, Options: options, Run: run}
}

// lostKey is what is said where an answer got lost.
const lostKey = "me.lost"

// saving is a sub that saves something.
func saving(name, about string, run func(context.Context, *bot.Request) (bot.Reply, error), options ...bot.Option) bot.Command {
	c := sub(name, about, run, options...)
	c.Lost = lostKey
	return c
}

// discreet is a sub whose presses are only counted: a nudge can be asked for on a
// card about the body too, and a reminder beside one, and none is to tell whether
// it was.
func discreet(c bot.Command) bot.Command {
	c.Discreet = true
	return c
}

// ownersOnly keeps everyone but the owner of a card from pressing what is on it.
// All but what opens a form may save something.
func ownersOnly(components ...bot.Component) []bot.Component {
	for i := range components {
		components[i].OwnerOnly = true
		if components[i].Answer != bot.OpenModal {
			components[i] = components[i].Saving(lostKey)
		}
	}
	return components
}
