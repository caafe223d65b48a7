package class

import (
	"context"
	"errors"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/classwords"
	"unpinch/commands/place"
	"unpinch/schedule"
)

// A saver makes classes of drafts.
type saver struct {
	contracts contracts
	face      face
	changes   changes
}

// save makes classes of a batch and shows them. Of one that was saved already it
// shows the same classes; one in whose place others are it shows those. Classes
// that are there already it adds only to anyone who was asked.
func (s saver) save(ctx context.Context, req *bot.Request, state button.ClassState) (bot.Reply, error) {
	reply, err := s.first(ctx, req, state)
	switch {
	case errors.Is(err, schedule.ErrNoClass):
		reply, err = s.contracts.ended(ctx, req, state.ID, err)
	case errors.Is(err, schedule.ErrChanged):
		reply, err = s.again(ctx, req, state.ID, err)
	}
	if err != nil {
		return reply, err
	}
	return s.contracts.withRest(req, state.ID, reply), nil
}

// withRest leads from what was saved to the lines of its timetable that can't be
// read.
func (c contracts) withRest(req *bot.Request, batch int64, reply bot.Reply) bot.Reply {
	p, ok := c.pastes.get(req, batch)
	box, calm := reply.Parts[0].(bot.Container)
	if !ok || !calm || box.Accent != card.AccentCalm {
		return reply
	}
	if n := len(p.read().Faults); n > 0 {
		box.Parts = append(box.Parts, bot.Row{restButton(req, batch, n)})
		reply.Parts[0] = box
	}
	return reply
}

// again shows a draft whose class was changed since beside what the class is now,
// and who changed it, and asks once more.
func (s saver) again(ctx context.Context, req *bot.Request, batch int64, changed error) (bot.Reply, error) {
	drafts, err := s.contracts.desk.Batch(ctx, req, batch)
	if err != nil {
		return bot.Reply{}, err
	}
	if len(drafts) != 1 || drafts[0].DraftOf == 0 {
		return bot.Reply{}, changed
	}
	was, err := s.contracts.classes.changeable(ctx, req, drafts[0].DraftOf)
	if err != nil {
		return bot.Reply{}, err
	}
	note, err := s.changes.since(ctx, req, was, drafts[0].Revision)
	if err != nil {
		return bot.Reply{}, err
	}
	if drafts[0].PausedUntil = was.PausedUntil; len(classwords.Between(was, drafts[0]).Fields) == 0 { // it is what the draft wants
		return s.face.card(req, was, note)
	}
	drafts[0].Revision = was.Revision
	reply, err := s.contracts.keep(ctx, req, batch, drafts, known{})
	if err != nil {
		return reply, err
	}
	return noted(reply, note), nil
}

// first makes classes of a batch that waits.
func (s saver) first(ctx context.Context, req *bot.Request, state button.ClassState) (bot.Reply, error) {
	desk := s.contracts.desk
	drafts, err := desk.Batch(ctx, req, state.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	if state.N != button.SaveTwins {
		twins, err := desk.Twins(ctx, req, drafts)
		if err != nil {
			return bot.Reply{}, err
		}
		if len(twins) > 0 { // since the card was made
			return s.contracts.show(ctx, req, state.ID, known{})
		}
	}
	unclear, err := s.contracts.unclear(ctx, req, drafts)
	if err != nil {
		return bot.Reply{}, err
	}
	if len(unclear.asks) > 0 {
		return s.contracts.show(ctx, req, state.ID, known{})
	}
	note, err := s.note(req, drafts)
	if err != nil {
		return bot.Reply{}, err
	}
	more := 0
	for _, d := range drafts {
		switch {
		case d.Removes:
			more--
		case d.DraftOf == 0:
			more++
		}
	}
	if err := desk.Room(ctx, req, more); err != nil {
		return bot.Reply{}, err
	}
	ids, err := desk.Save(ctx, req, state.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	return s.contracts.saved(ctx, req, ids, place.Signed(req, note))
}

// note says when the first post of drafts goes out, or their first start is.
func (s saver) note(req *bot.Request, drafts []schedule.Series) (string, error) {
	var first time.Time
	posts := 0
	for _, d := range drafts {
		if d.Removes {
			continue
		}
		at, err := s.contracts.desk.First(d)
		if err != nil {
			return "", err
		}
		posts += len(d.Posts())
		if first.IsZero() || at.Before(first) {
			first = at
		}
	}
	if first.IsZero() {
		return "", nil
	}
	values := bot.Args{"Wall": card.When(req.Say, s.face.atlas.Now(), first), "City": s.face.atlas.City(drafts[0].Place.Zone)}
	return req.Say(card.Either(posts == 0, "class.saved_start", "class.saved"), values) + tells(req, drafts), nil
}

// saved shows the classes that were made of a batch.
func (c contracts) saved(ctx context.Context, req *bot.Request, ids []int64, note string) (bot.Reply, error) {
	if len(ids) == 1 {
		one, err := c.classes.saved(ctx, req, ids[0])
		if err != nil {
			return bot.Reply{}, err
		}
		return c.face.card(req, one, note)
	}
	parts := []bot.Part{bot.Text(req.Say("class.saved_many", bot.Args{"count": len(ids)}))}
	if note != "" {
		parts = append(parts, bot.Text(note))
	}
	return card.Calm(append(parts, classwords.AllRow(req))...), nil
}

// ended shows what became of a batch that can't be saved any more, or returns
// gone where nothing is known of that.
func (c contracts) ended(ctx context.Context, req *bot.Request, batch int64, gone error) (bot.Reply, error) {
	end, err := c.desk.End(ctx, req, schedule.Batch{Drafts: batch})
	switch {
	case errors.Is(err, schedule.ErrNoClass):
		return bot.Reply{}, gone
	case err != nil:
		return bot.Reply{}, err
	case end.Next != 0:
		return c.show(ctx, req, end.Next, known{})
	case len(end.Classes) == 0: // removed since
		return bot.Reply{}, &bot.UserError{Key: "class.gone"}
	case len(end.Classes) > 1:
		return c.saved(ctx, req, end.Classes, "")
	}
	one, err := c.classes.saved(ctx, req, end.Classes[0])
	if err != nil {
		return bot.Reply{}, err
	}
	return c.face.card(req, one, req.Say("class.saved_before", bot.Args{"Sentence": named(req, one)}))
}
