package commands

import (
	"context"
	"fmt"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/input"
)

// me is what a member can see of, and do with, what is kept about them.
func me(d Deps) (bot.Command, []bot.Component) {
	m := member{d, input.NewTyped(d.Now)}
	s, r, p, n := newSettings(m), newReminders(m), newPause(m), newNudges(m)
	sub := func(name, about string, run func(context.Context, *bot.Request) (bot.Reply, error), options ...bot.Option) bot.Command {
		return bot.Command{Name: name, About: about, Answer: bot.NewPrivate, Options: options, Run: run}
	}
	consent := bot.Handle(button.ConsentID, bot.Update, m.decide)
	private := []bot.Component{consent,
		bot.Handle(button.EasyID, bot.Update, m.setEasy),
		bot.Handle(button.ProgressID, bot.Update, m.turnProgress),
		bot.Handle(button.OwnID, bot.Update, m.turnRoutine),
		bot.Handle(button.OwnFormID, bot.OpenModal, m.routineForm),
		bot.Handle(button.OwnSetID, bot.Update, m.setRoutine),
		bot.Handle(button.SettingsID, bot.Update, m.turnSettings),
		bot.Handle(button.SettingsFormID, bot.OpenModal, m.settingsForm),
		bot.Handle(button.SettingsSetID, bot.Update, m.setSettings),
		bot.Handle(button.NotifyMeID, bot.Update, m.turnNotify),
		bot.Handle(button.RemindersID, bot.Update, m.turnReminders),
		bot.Handle(button.RemindersFormID, bot.OpenModal, m.reminderForm),
		bot.Handle(button.RemindersSetID, bot.Update, m.setReminder),
		bot.Handle(button.PauseMeID, bot.Update, m.turnPause),
		bot.Handle(button.NudgeID, bot.NewPrivate, m.nudge),
		bot.Handle(button.NudgeSetID, bot.Update, m.turnNudge),
	}
	for i := range private {
		private[i].OwnerOnly = true
	}
	return bot.Command{Name: "me", About: "me.about", Subs: []bot.Command{
		sub("settings", "me.settings.about", s.run, s.zone, s.country, s.language, s.active),
		sub("reminders", "me.reminders.about", r.run, r.at, r.routine, r.zone),
		sub("notify", "me.notify.about", m.notify),
		sub("nudge", "me.nudge.about", n.run, n.days),
		sub("pause", "me.pause.about", p.run, p.until),
		sub("progress", "me.progress.about", m.progress),
		sub("routine", "me.routine.about", m.routine),
		sub("easy", "me.easy.about", m.easyCard),
		sub("privacy", "me.privacy.about", m.privacy),
		sub("export", "me.export.about", m.export),
		sub("forget", "me.forget.about", m.forget),
	}}, private
}

type member struct {
	Deps
	typed *input.Typed
}

// privacy says what the bot does and does not keep, and offers the choice.
func (m member) privacy(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	version, at, err := m.People.Consent(ctx, req.UserID)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("read the consent: %w", err)
	}
	kept := req.Say("me.privacy.nothing")
	choice := bot.Button{Label: req.Say("me.button.consent"), ID: button.ConsentID.For(button.ConsentAsk), Style: bot.Secondary}
	if version > 0 {
		kept = req.Say("me.privacy.kept", bot.Args{"Date": fmt.Sprintf("<t:%d:D>", at.Unix())})
		choice = bot.Button{Label: req.Say("me.button.forget"), ID: button.ConsentID.For(button.ConsentForget), Style: bot.Danger}
	}
	row := bot.Row{choice}
	if m.Operator.PrivacyURL != "" {
		row = append(row, bot.Button{Label: req.Say("me.button.policy"), URL: m.Operator.PrivacyURL})
	}
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: card.AccentCalm, Parts: []bot.Part{
		bot.Text(req.Say("me.privacy.text")),
		bot.Text(kept),
		bot.Text(req.Say("me.privacy.operator", bot.Args{"Name": m.Operator.Name, "Contact": m.Operator.Contact})),
		row,
	}}}}, nil
}

// decide follows the buttons of the consent card.
func (m member) decide(ctx context.Context, req *bot.Request, step button.ConsentStep) (bot.Reply, error) {
	switch step {
	case button.ConsentAsk:
		return consentCard(req), nil
	case button.ConsentYes:
		if err := m.agree(ctx, req); err != nil {
			return bot.Reply{}, err
		}
	case button.ConsentForget:
		if _, err := m.forgotten(ctx, req); err != nil {
			return bot.Reply{}, err
		}
	}
	return m.privacy(ctx, req)
}

func (m member) agree(ctx context.Context, req *bot.Request) error {
	if err := m.People.Agree(ctx, req.UserID, card.ConsentVersion, req.Locale, m.Now()); err != nil {
		return fmt.Errorf("keep the consent: %w", err)
	}
	return nil
}

// agreed reports whether the reader lets the bot keep what they ask it to.
func (m member) agreed(ctx context.Context, req *bot.Request) (bool, error) {
	version, _, err := m.People.Consent(ctx, req.UserID)
	if err != nil {
		return false, fmt.Errorf("read the consent: %w", err)
	}
	return version > 0, nil
}

// consentCard asks before the first thing about a member is kept, and leads to
// the card of their privacy.
func consentCard(req *bot.Request) bot.Reply {
	return card.Consent(req, button.ConsentID.For(button.ConsentYes), button.ConsentID.For(button.ConsentNo))
}

// exportFile is the name of the file that /me export sends.
const exportFile = "unpinch-export.json"

func (m member) export(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	data, err := m.People.Export(ctx, req.UserID)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("export the member: %w", err)
	}
	return bot.Reply{
		Parts: []bot.Part{bot.Text(req.Say("me.export.text")), bot.FileLink(exportFile)},
		Files: []bot.File{{Name: exportFile, About: req.Say("me.export.alt"), Data: data}},
	}, nil
}

func (m member) forget(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	rows, err := m.forgotten(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	if rows == 0 {
		return bot.Reply{Parts: []bot.Part{bot.Text(req.Say("me.forget.nothing"))}}, nil
	}
	return bot.Reply{Parts: []bot.Part{bot.Text(req.Say("me.forget.done", bot.Args{"count": rows}))}}, nil
}

// forgotten deletes all that is kept about the reader, and returns how many
// rows that was.
func (m member) forgotten(ctx context.Context, req *bot.Request) (rows int, err error) {
	m.typed.Set(req.UserID, "")
	m.typed.Set(reminderTyped(req), "")
	rows, err = m.People.Forget(ctx, req.UserID)
	if err != nil {
		return rows, fmt.Errorf("forget the member: %w", err)
	}
	return rows, nil
}
