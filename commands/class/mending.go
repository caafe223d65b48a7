package class

import (
	"context"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/place"
	"unpinch/schedule"
)

// A ledger has what was posted.
type ledger interface {
	// Occurrence returns a post, or schedule.ErrNoOccurrence.
	Occurrence(ctx context.Context, id int64) (schedule.Occurrence, error)
	mender
}

// A mender mends classes.
type mender interface {
	// Mend lets the posts of a broken class, and of others in its channel, go
	// out again. A class that is gone is no error.
	Mend(ctx context.Context, classID int64, by schedule.By) error
}

// mending lets posts go out again from the messages that told of their trouble.
type mending struct {
	store   ledger
	classes reader
	now     func() time.Time
	kick    func()
}

// press lets a class's posts go out again: for its creator, who was told in a DM,
// and for anyone who may change it.
func (m mending) press(ctx context.Context, req *bot.Request, id button.Occurrence) (bot.Reply, error) {
	o, err := m.store.Occurrence(ctx, int64(id))
	if err == nil && o.Kind != schedule.KindAlert && o.Kind != schedule.KindLog {
		err = schedule.ErrNoOccurrence
	}
	if err != nil {
		return bot.Reply{}, inWords("mend a class", err)
	}
	s, err := m.classes.Series(ctx, o.ClassID)
	if err != nil {
		return bot.Reply{}, inWords("mend a class", err)
	}
	if o.UserID != req.UserID { // the one who was told may mend
		if err := place.MayChange(req, s.Place); err != nil {
			return bot.Reply{}, err
		}
	}
	note := card.Either(o.Reason == schedule.ReasonEvent, "event.note.again", "class.note.mended")
	if err := m.store.Mend(ctx, s.ID, place.By(req, m.now(), "")); err != nil {
		return bot.Reply{}, inWords("mend a class", err)
	}
	m.kick()
	return bot.Reply{Parts: []bot.Part{bot.Text(place.Signed(req, req.Say(note)))}}, nil
}
