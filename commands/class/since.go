package class

import (
	"context"
	"fmt"
	"slices"

	"unpinch/bot"
	"unpinch/commands/card"
	"unpinch/schedule"
)

// sinceMost is how many changes a contract names that were made meanwhile.
const sinceMost = 5

// revising are the changes of a class that count as a revision of it.
func revising() []string {
	return []string{"changed", "paused", "resumed", "skipped", "unskipped", "cancelled", "moved"}
}

// since says who changed a class, and what, since it had an earlier revision.
func (c changes) since(ctx context.Context, req *bot.Request, s schedule.Series, revision int64) (string, error) {
	n := int(min(s.Revision-revision, sinceMost))
	all, err := c.store.Changes(ctx, req.GuildID, s.ID, historyPages, 0)
	if err != nil {
		return "", fmt.Errorf("find what has changed: %w", err)
	}
	all = slices.DeleteFunc(all, func(ch schedule.Change) bool { return !slices.Contains(revising(), ch.What) })
	var lines []string
	for _, one := range all[:min(max(n, 0), len(all))] {
		line, err := c.line(req, one, []schedule.Place{s.Place}, "")
		if err != nil {
			return "", err
		}
		lines = append(lines, line)
	}
	if len(lines) == 0 { // the clock of its place, or what is kept no more
		return req.Say("class.since.other"), nil
	}
	return req.Say("class.since") + "\n" + card.Bullets(lines), nil
}

// noted puts a note first on a card, where its reader can't miss it.
func noted(reply bot.Reply, note string) bot.Reply {
	if box, ok := reply.Parts[0].(bot.Container); ok && note != "" {
		box.Parts = slices.Insert(slices.Clone(box.Parts), 0, bot.Part(bot.Text(note)))
		reply.Parts = []bot.Part{box}
	}
	return reply
}
