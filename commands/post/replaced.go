package post

import (
	"slices"
	"time"

	"unpinch/bot"
	"unpinch/commands/card"
	"unpinch/schedule"
)

// replaced returns what a post says once its class does not take place as the
// post said.
func (m message) replaced() bot.Reply {
	key, values := "post.off", bot.Args{"Place": card.Plain(m.series.Place.Name), "Time": m.start().Format("15:04")}
	if to, ok := movedTo(m.clock, m.o.StartAt); ok {
		key, values["Wall"] = "post.moved", card.Wall(m.say, to)
	}
	parts := []bot.Part{bot.Text(m.say(key, values))}
	if m.series.Title != "" {
		parts = append(parts, bot.Text(card.Plain(m.series.Title)))
	}
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: card.AccentRead, Parts: parts}}, Silent: true}
}

// movedTo returns when a start takes place instead, on the class's clock. Moves
// are kept by the start that the rule has. A start that neither the rule nor a
// move has was therefore moved twice; it belongs to the only move there is, and
// is unknown if there are several.
func movedTo(r schedule.Recurrence, start time.Time) (time.Time, bool) {
	moves := slices.DeleteFunc(slices.Clone(r.Moves), func(m schedule.Move) bool {
		return m.To.On(r.Zone).Equal(start) || slices.Contains(r.Skips, m.From)
	})
	i := slices.IndexFunc(moves, func(m schedule.Move) bool { return m.From.On(r.Zone).Equal(start) })
	if planned, err := r.Rule.Next(start.Add(-1), r.Zone); i < 0 && len(moves) == 1 && (err != nil || !planned.Equal(start)) {
		i = 0
	}
	if i < 0 {
		return time.Time{}, false
	}
	return moves[i].To.On(r.Zone), true
}
