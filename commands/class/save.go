package class

import (
	"context"
	"time"

	"unpinch/bot"
	"unpinch/commands/card"
	"unpinch/commands/classwords"
)

// A saver makes classes of drafts.
type saver struct {
	contracts contracts
	face      face
}

// save makes classes of a batch and shows them.
func (s saver) save(ctx context.Context, req *bot.Request, batch int64) (bot.Reply, error) {
	desk, city := s.contracts.desk, s.face.atlas.City
	drafts, err := desk.Batch(ctx, req, batch)
	if err != nil {
		return bot.Reply{}, err
	}
	var first time.Time
	more, posts := 0, 0
	for _, d := range drafts {
		at, err := desk.First(d)
		if err != nil {
			return bot.Reply{}, err
		}
		posts += len(d.Posts())
		if first.IsZero() || at.Before(first) {
			first = at
		}
		if d.DraftOf == 0 {
			more++
		}
	}
	if err := desk.Room(ctx, req, more); err != nil {
		return bot.Reply{}, err
	}
	ids, err := desk.Save(ctx, req, batch)
	if err != nil {
		return bot.Reply{}, err
	}
	note := req.Say(card.Either(posts == 0, "class.saved_start", "class.saved"), bot.Args{"Wall": card.Wall(req.Say, first), "City": city(drafts[0].Place.Zone)}) + tells(req, drafts)
	if len(ids) == 1 {
		one, err := s.contracts.classes.saved(ctx, req, ids[0])
		if err != nil {
			return bot.Reply{}, err
		}
		return s.face.card(req, one, note)
	}
	return card.Calm(bot.Text(req.Say("class.saved_many", bot.Args{"count": len(ids)})), bot.Text(note), classwords.AllRow(req)), nil
}
