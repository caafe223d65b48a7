package player

import (
	"math"
	"path"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/content"
)

// A view is what a player's card says.
type view struct {
	Cards
	follower
}

func (v view) say(key string, a bot.Args) string { return v.lib.Say(v.Locale, key, a) }

func (v view) step() content.Step { return v.follows.Steps()[v.cards[v.Card].Step] }

// first is the line for anyone who should not do the routine as it is.
func (v view) first() string {
	switch {
	case v.follows.Kind.Gentle():
		return v.say("stretch.first_calm", nil)
	case v.follows.HoldsNeck():
		return v.say("stretch.first_neck", nil)
	}
	return v.say("stretch.first", nil)
}

func (v view) title() string {
	key := "stretch.step." + string(v.step().Side)
	if v.cards[v.Card].Change {
		key = "stretch.step.change"
	}
	return v.say(key, bot.Args{"Step": v.stepNumber(), "Of": len(v.follows.Steps())})
}

// text says what to do on this card and for how long.
func (v view) text() string {
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

// dose is a step's dose. Breaths come first, as nobody can watch a clock while
// stretching.
func (v view) dose(s content.Step) string {
	set := s.Seconds()/s.Dose.Sets - content.GetInPlace
	once := s.Dose
	once.Sets = 1
	sides := content.NoSides
	if s.Side == content.InTurn {
		sides = content.BothSides
	}
	words := v.lib.DoseWords(v.Locale, once, sides)
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

// pace says whether the card moves on by itself. The countdown is only an extra,
// because it sticks on phones.
func (v view) pace() string {
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

// count says how many are in, "" when nobody is.
func (v view) count() string {
	if v.In == 0 {
		return ""
	}
	return "\n" + v.say("stretch.together.count", bot.Args{"count": v.In})
}

// foot says how sure the card is, its version, and who has reviewed it.
func (v view) foot() string {
	return card.Foot(v.lib, v.Locale, v.step().Drill.Grades, v.step().Drill.Reviewed)
}

// note says on the first card of a member's own player that it is noted.
func (v view) note() string {
	if v.Card > 0 || v.Together() {
		return ""
	}
	return " " + v.say("stretch.note", nil)
}

// drawing draws the step. A picture that can't be drawn is left out, because the
// words say it all.
func (v view) drawing() (bot.Gallery, bot.File, bool) {
	if v.album == nil || !v.Pictures {
		return nil, bot.File{}, false
	}
	s := v.step()
	picture, err := v.album.Step(s.ID, s.Side == content.Right)
	if err != nil {
		return nil, bot.File{}, false
	}
	name := s.ID + "-" + string(s.Side) + path.Ext(picture.Name)
	return bot.Gallery{{File: name, Alt: s.Drill.Alt}}, bot.File{Name: name, About: s.Drill.Alt, Data: picture.Data}, true
}

// rows are the buttons, which are the same on every card of a routine.
func (v view) rows() []bot.Row {
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

// togetherRows are the buttons of a channel's card.
func (v view) togetherRows() []bot.Row {
	to := func(a button.TogetherAct) string {
		return button.TogetherID.For(button.TogetherState{Act: a, ID: v.ID})
	}
	pause := bot.Button{Label: v.say("stretch.button.pause", nil), ID: to(button.ActStandby)}
	if v.MoveAt.IsZero() {
		pause = bot.Button{Label: v.say("stretch.button.go_on", nil), ID: to(button.ActGoOn)}
	}
	return []bot.Row{
		{{Label: v.say("stretch.button.in", nil), ID: to(button.ActIn), Style: bot.Success}, pause,
			{Label: v.say("stretch.button.end", nil), ID: to(button.ActEndOfAll)}},
		v.readRow(),
	}
}

// readRow leads to what anyone can read beside the card.
func (v view) readRow() bot.Row {
	to := func(view button.ReadView) string {
		return button.ReadID.For(button.ReadState{View: view, Routine: buttonName(v.follows)})
	}
	row := bot.Row{
		{Label: v.say("stretch.button.text", nil), ID: to(button.ReadText)},
		{Label: v.say("card.sources", nil), ID: to(button.ReadSources)},
		{Label: v.say("stretch.button.signs", nil), ID: to(button.ReadSigns)},
	}
	if !v.follows.Kind.Gentle() {
		row = append(row, bot.Button{Label: v.say("stretch.button.gentle", nil), ID: button.OpenID.For(button.GentleOf(v.follows))})
	}
	return row
}

// againRow offers to go on, or to begin anew.
func (v view) againRow() bot.Row {
	return bot.Row{
		{Label: v.say("stretch.button.continue", bot.Args{"Step": v.stepNumber()}), ID: button.PlayID.For(button.PlayState{Act: button.PlayContinue, ID: v.ID, Card: v.Card}), Style: bot.Primary},
		{Label: v.say("stretch.button.again", nil), ID: button.PlayID.For(button.PlayState{Act: button.PlayAgain, ID: v.ID, Card: v.Card})},
	}
}
