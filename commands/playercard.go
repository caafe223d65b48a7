package commands

import (
	"math"
	"strings"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/content"
	"unpinch/delivery"
)

// Advance does what is due for a player at an instant and returns the card that
// shows it. It only works things out: to write and to send is for others.
func (d Deps) Advance(p delivery.Player, now time.Time) (delivery.Player, bot.Reply) {
	f, ok := d.follow(p)
	if !ok { // of another version
		p.Gone = true
		return p, d.overCard(p.Locale, "stretch.over.changed", nil)
	}
	after, away := f.moveOn(now)
	after.RedrawAt = time.Time{}
	switch {
	case away && after.Gone && !after.Auto: // by whoever started it
		return after.Player, d.overCard(p.Locale, "stretch.over.ended", bot.Args{"Routine": d.routineName(p.Locale, f.follows)})
	case away && after.Gone:
		return after.Player, d.overCard(p.Locale, "stretch.over.away", bot.Args{"Routine": d.routineName(p.Locale, f.follows)})
	case away:
		return after.Player, d.restCard(after, "stretch.rest.away")
	}
	return after.Player, d.playerCard(after)
}

// playerCard draws a player as it is.
func (d Deps) playerCard(f follower) bot.Reply {
	switch {
	case f.Gone:
		return d.finished(f)
	case f.Card == beforeStart:
		return d.lobbyCard(f)
	}
	view := playerView{d, f}
	reply := bot.Reply{}
	body := []bot.Part{bot.Text(view.first()), bot.Text(view.title())}
	if picture, file, ok := view.drawing(); ok {
		body, reply.Files = append(body, picture), []bot.File{file}
	}
	body = append(body, bot.Text(view.text()), bot.Text(view.pace()+view.count()+"\n"+view.foot()))
	for _, row := range view.rows() {
		body = append(body, row)
	}
	reply.Parts = card.Calm(body...).Parts
	return reply
}

// A playerView is what a player's card says.
type playerView struct {
	Deps
	follower
}

func (v playerView) say(key string, a bot.Args) string { return v.Content.Say(v.Locale, key, a) }

func (v playerView) step() content.Step { return v.follows.Steps()[v.cards[v.Card].Step] }

// first is the line for those who should not do this as it is.
func (v playerView) first() string {
	switch v.follows.Kind {
	case content.Calm:
		return v.say("stretch.first_calm", nil)
	case content.Post: // the only ones that hold the neck
		return v.say("stretch.first_post", nil)
	}
	return v.say("stretch.first", nil)
}

func (v playerView) title() string {
	key := "stretch.step." + string(v.step().Side)
	if v.cards[v.Card].Change {
		key = "stretch.step.change"
	}
	return v.say(key, bot.Args{"Step": v.stepNumber(), "Of": len(v.follows.Steps())})
}

// text says what to do on this card and for how long.
func (v playerView) text() string {
	s := v.step()
	lead := v.say("stretch.in_place", bot.Args{"Name": s.Drill.Name, "Seconds": content.GetInPlace, "Dose": v.dose(s)})
	switch {
	case v.cards[v.Card].Change:
		lead = v.say("stretch.change", bot.Args{"Name": s.Drill.Name, "Seconds": content.GetInPlace, "Dose": v.dose(s)})
	case s.Side == content.Right:
		lead = v.say("stretch.other_side", bot.Args{"Name": s.Drill.Name, "Dose": v.dose(s)})
	}
	return lead + "\n" + card.Bullets(s.Steps) + "\n" + s.Drill.Stop
}

// dose is a step's dose with its breaths first, as nobody can watch a clock
// while stretching.
func (v playerView) dose(s content.Step) string {
	set := s.Seconds()/s.Dose.Sets - content.GetInPlace
	once := s.Dose
	once.Sets = 1
	sides := content.NoSides
	if s.Side == content.InTurn {
		sides = content.BothSides
	}
	words := v.Content.DoseWords(v.Locale, once, sides)
	if s.Dose.Breaths > 0 {
		words = v.say("dose.breaths", bot.Args{"count": s.Dose.Breaths})
	}
	// Nobody counts to 47.
	text := v.say("stretch.dose", bot.Args{"Dose": words, "Seconds": int(math.Round(float64(set)/5) * 5)})
	if s.Dose.Sets > 1 {
		return v.say("stretch.sets", bot.Args{"Sets": s.Dose.Sets, "Dose": text})
	}
	return text
}

// pace says whether the card moves on by itself. The countdown is an extra: it
// sticks on phones.
func (v playerView) pace() string {
	switch {
	case v.MoveAt.IsZero() && v.Together():
		return v.say("stretch.pace.paused", nil)
	case v.MoveAt.IsZero():
		return v.say("stretch.pace.waits", nil)
	}
	key := "stretch.pace.moves"
	if v.Together() {
		key = "stretch.pace.together"
	}
	return v.say(key, bot.Args{"In": card.FromNow(v.MoveAt)})
}

// count says how many are in, on a channel's card; "" for nobody.
func (v playerView) count() string {
	if v.In == 0 {
		return ""
	}
	return "\n" + v.say("stretch.together.count", bot.Args{"count": v.In})
}

// foot says how sure the card is, its version, and who has reviewed it.
func (v playerView) foot() string {
	return card.Foot(v.Content, v.Locale, v.step().Drill.Grades, v.step().Drill.Reviewed)
}

// drawing draws the step. A picture that can't be drawn is left out: the words
// say it all.
func (v playerView) drawing() (bot.Gallery, bot.File, bool) {
	if v.Figures == nil || !v.Pictures {
		return nil, bot.File{}, false
	}
	s := v.step()
	data, err := v.Figures.Drill(s.ID, s.Side == content.Right)
	if err != nil {
		return nil, bot.File{}, false
	}
	name := s.ID + "-" + string(s.Side) + ".png"
	return bot.Gallery{{File: name, Alt: s.Drill.Alt}}, bot.File{Name: name, About: s.Drill.Alt, Data: data}, true
}

// rows are the buttons, the same on every card of a routine.
func (v playerView) rows() []bot.Row {
	if v.Together() {
		return v.togetherRows()
	}
	to := func(a button.PlayAct) string {
		return button.PlayID.For(button.PlayState{Act: a, ID: v.ID, Card: v.Card})
	}
	moving := bot.Button{Label: v.say("stretch.button.auto", nil), ID: to(button.PlayAuto)}
	if v.Auto {
		moving = bot.Button{Label: v.say("stretch.button.wait", nil), ID: to(button.PlayWait)}
	}
	return []bot.Row{
		{{Label: v.say("stretch.button.next", nil), ID: to(button.PlayNext), Style: bot.Primary}, moving},
		{
			{Label: v.say("stretch.button.previous", nil), ID: to(button.PlayPrevious), Disabled: v.Card == 0},
			{Label: v.say("stretch.button.skip", nil), ID: to(button.PlaySkip)},
			{Label: v.say("stretch.button.stop", nil), ID: to(button.PlayStop)},
		},
		v.readRow(),
	}
}

// readRow has what can be read beside the card, for whoever presses.
func (v playerView) readRow() bot.Row {
	to := func(view button.ReadView) string {
		return button.ReadID.For(button.ReadState{View: view, Routine: v.Routine})
	}
	row := bot.Row{
		{Label: v.say("stretch.button.text", nil), ID: to(button.ReadText)},
		{Label: v.say("pinched.button.sources", nil), ID: to(button.ReadSources)},
		{Label: v.say("stretch.button.signs", nil), ID: to(button.ReadSigns)},
	}
	if v.follows.Kind != content.Calm {
		row = append(row, bot.Button{Label: v.say("stretch.button.gentle", nil), ID: button.OpenID.For(button.CalmRoutine)})
	}
	return row
}

// restCard is where a private player stopped.
func (d Deps) restCard(f follower, why string) bot.Reply {
	v := playerView{d, f}
	values := bot.Args{"Step": f.stepNumber(), "Of": len(f.follows.Steps()), "Routine": d.routineName(f.Locale, f.follows)}
	return card.Calm(bot.Text(v.say(why, values)), v.againRow())
}

// againRow offers to go on, or to begin anew.
func (v playerView) againRow() bot.Row {
	return bot.Row{
		{Label: v.say("stretch.button.continue", bot.Args{"Step": v.stepNumber()}), ID: button.PlayID.For(button.PlayState{Act: button.PlayContinue, ID: v.ID, Card: v.Card}), Style: bot.Primary},
		{Label: v.say("stretch.button.again", nil), ID: button.PlayID.For(button.PlayState{Act: button.PlayAgain, ID: v.ID, Card: v.Card})},
	}
}

// finished is the end of a routine that was followed through: the one place
// that knows of it, so what counts sessions hangs on here.
func (d Deps) finished(f follower) bot.Reply {
	v := playerView{d, f}
	lines := []string{v.say("stretch.done.title", bot.Args{"Routine": d.routineName(f.Locale, f.follows)}),
		v.say("stretch.done."+string(f.follows.Kind), bot.Args{"Minutes": f.follows.Minutes})}
	if f.Together() && f.In > 0 {
		lines = append(lines, v.say("stretch.done.in", bot.Args{"count": f.In}))
	}
	if f.follows.Close != "" {
		lines = append(lines, f.follows.Close)
	}
	parts := []bot.Part{bot.Text(strings.Join(lines, "\n"))}
	if !f.Together() { // counting asks for consent itself
		parts = append(parts, bot.Row{{Label: v.say("me.progress.button.count", nil), ID: button.ProgressID.For(button.ProgressCount), Style: bot.Success}})
	}
	return card.Calm(parts...)
}

// overCard ends a player in words.
func (d Deps) overCard(locale, key string, a bot.Args) bot.Reply {
	return card.Calm(bot.Text(d.Content.Say(locale, key, a)))
}

// routineName is a routine's title and length.
func (d Deps) routineName(locale string, r *content.Routine) string {
	return d.Content.Say(locale, "stretch.name", bot.Args{"Title": r.Title, "Minutes": r.Minutes})
}
