package player

import (
	"strings"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/content"
	"unpinch/delivery"
	"unpinch/figure"
)

// Cards draws the cards of players.
type Cards struct {
	lib   *content.Library
	album *figure.Album // nil for none
}

// NewCards returns cards in the words of a library. Without an album they have
// no pictures.
func NewCards(lib *content.Library, album *figure.Album) Cards { return Cards{lib, album} }

// Advance does what is due for a player at an instant and returns the card that
// shows it. It keeps nothing and sends nothing.
func (c Cards) Advance(p delivery.Player, now time.Time) (delivery.Player, bot.Reply) {
	f, ok := follow(c.lib, p)
	if !ok { // of another version
		p.Gone = true
		return p, c.saying(p.Locale, "stretch.over.changed", nil)
	}
	after, away := f.moveOn(now)
	after.RedrawAt = time.Time{}
	switch {
	case away && after.Gone && !after.Auto: // someone has ended it
		return after.Player, c.saying(p.Locale, "stretch.over.ended", bot.Args{"Routine": routineName(c.lib, p.Locale, f.follows)})
	case away && after.Gone:
		return after.Player, c.saying(p.Locale, "stretch.over.away", bot.Args{"Routine": routineName(c.lib, p.Locale, f.follows)})
	case away:
		return after.Player, c.restCard(after, "stretch.rest.away")
	}
	return after.Player, c.playerCard(after)
}

// GiveUp ends a player whose card can't be drawn, and says so.
func (c Cards) GiveUp(p delivery.Player) (delivery.Player, bot.Reply) {
	p.Gone = true
	return p, c.saying(p.Locale, "stretch.over.undrawn", nil)
}

// Refused tells the starter of a channel's player why it can't go on there: for a
// reason of the ledger, or without one because its card was deleted.
func (c Cards) Refused(p delivery.Player, reason string) bot.Reply {
	why := c.lib.Say(p.Locale, "stretch.together.deleted", nil)
	if reason != "" {
		why = c.lib.Say(p.Locale, "class.reason."+reason, nil)
	}
	return c.saying(p.Locale, "stretch.together.refused", bot.Args{"Channel": card.ChannelMention(p.ChannelID), "Why": why})
}

// playerCard draws a player as it is.
func (c Cards) playerCard(f follower) bot.Reply {
	switch {
	case f.Gone:
		return c.finished(f)
	case f.Card == beforeStart:
		return c.lobbyCard(f)
	}
	v := view{c, f}
	reply := bot.Reply{}
	body := []bot.Part{bot.Text(v.first()), bot.Text(v.title())}
	if picture, file, ok := v.drawing(); ok {
		body, reply.Files = append(body, picture), []bot.File{file}
	}
	body = append(body, bot.Text(v.text()), bot.Text(v.pace()+v.count()+"\n"+v.foot()+v.note()))
	for _, row := range v.rows() {
		body = append(body, row)
	}
	reply.Parts = card.Calm(body...).Parts
	return reply
}

// lobbyCard is the channel's card before the start.
func (c Cards) lobbyCard(f follower) bot.Reply {
	v := view{c, f}
	body := []bot.Part{
		bot.Text(v.first()),
		bot.Text(v.say("stretch.together.lobby", bot.Args{"Routine": routineName(c.lib, f.Locale, f.follows), "At": card.Yours(f.MoveAt), "In": card.FromNow(f.MoveAt)})),
	}
	if f.MoveAt.IsZero() {
		body[1] = bot.Text(v.say("stretch.together.lobby_paused", bot.Args{"Routine": routineName(c.lib, f.Locale, f.follows)}))
	}
	if f.In > 0 {
		body = append(body, bot.Text(strings.TrimSpace(v.count())))
	}
	if needs := c.lib.NeedWords(f.Locale, f.follows); needs != "" {
		body = append(body, bot.Text(needs))
	}
	for _, row := range v.togetherRows() {
		body = append(body, row)
	}
	return card.Calm(body...)
}

// restCard is where a private player stopped.
func (c Cards) restCard(f follower, why string) bot.Reply {
	v := view{c, f}
	values := bot.Args{"Step": f.stepNumber(), "Of": len(f.follows.Steps()), "Routine": routineName(c.lib, f.Locale, f.follows)}
	return card.Calm(bot.Text(v.say(why, values)), v.againRow())
}

// finished is the card after the last step. It alone knows whether a routine was
// followed to its end, so that it offers to count the session; it praises no
// minutes that were not spent.
func (c Cards) finished(f follower) bot.Reply {
	v := view{c, f}
	name := routineName(c.lib, f.Locale, f.follows)
	if !f.followed() {
		return card.Calm(bot.Text(v.say("stretch.done.quick", bot.Args{"Routine": name})))
	}
	minutes := f.follows.Minutes
	if !f.Together() {
		minutes = max(1, int(f.Spent.Round(time.Minute)/time.Minute))
	}
	lines := []string{v.say("stretch.done.title", bot.Args{"Routine": name}),
		v.say("stretch.done."+string(f.follows.Kind), bot.Args{"Minutes": minutes, "count": minutes})}
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

// saying is a card of one sentence.
func (c Cards) saying(locale, key string, a bot.Args) bot.Reply {
	return card.Calm(bot.Text(c.lib.Say(locale, key, a)))
}

// routineName is a routine's title and length.
func routineName(lib *content.Library, locale string, r *content.Routine) string {
	return lib.Say(locale, "stretch.name", bot.Args{"Title": r.Title, "Minutes": r.Minutes})
}
