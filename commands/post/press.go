package post

import (
	"context"
	"errors"
	"fmt"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/schedule"
)

// doneMax is how long after a post was due a press on it counts.
const doneMax = 24 * time.Hour

// A Ledger holds what became of posts and DMs.
type Ledger interface {
	// Occurrence returns a message, or schedule.ErrNoOccurrence.
	Occurrence(ctx context.Context, id int64) (schedule.Occurrence, error)
	// Press counts a press on a post, and with done one more person who did its
	// routine, and returns how many people did.
	Press(ctx context.Context, occurrenceID int64, done bool, now time.Time) (count int, err error)
}

// counts reports whether a press on an occurrence's message counts: on a post
// with a routine, where it stands, in time, and of a class that takes place.
func counts(req *bot.Request, o schedule.Occurrence, now time.Time) bool {
	switch o.Kind {
	case schedule.KindPre, schedule.KindCoolDown, schedule.KindDesk, schedule.KindNow:
		return o.State != schedule.StateReplaced && o.ChannelID == req.ChannelID && now.Sub(o.DueAt) <= doneMax
	}
	return false
}

// presses counts presses on posts: a class whose posts nobody presses is asked
// about.
type presses struct {
	ledger Ledger
	now    func() time.Time
}

// count counts a press on a post, unless it is too late or not on a post.
func (p presses) count(ctx context.Context, req *bot.Request, id int64) error {
	o, err := p.ledger.Occurrence(ctx, id)
	if errors.Is(err, schedule.ErrNoOccurrence) || err == nil && !counts(req, o, p.now()) {
		return nil
	}
	if err == nil {
		_, err = p.ledger.Press(ctx, id, false, p.now())
	}
	if err != nil {
		return fmt.Errorf("count a press: %w", err)
	}
	return nil
}

// starts answers the buttons that start a routine from a post.
type starts struct {
	presses presses
	open    func(ctx context.Context, req *bot.Request, routine button.Routine) (bot.Reply, error)
}

// press counts the press and opens a routine for the presser alone. An old post
// still opens it.
func (s starts) press(ctx context.Context, req *bot.Request, state button.PostState) (bot.Reply, error) {
	if err := s.presses.count(ctx, req, state.ID); err != nil {
		return bot.Reply{}, err
	}
	return s.open(ctx, req, state.Routine)
}

// doneKept is how many presses are remembered. It is far more than all posts of
// one day get.
const doneKept = 50_000

// A donePress is one person's press on one post.
type donePress struct {
	post   int64
	userID string
}

// doneCount counts people who did a post's routine. The store holds a number and
// nobody's name, so that only this memory tells a second press from a first. It
// ends with the program.
type doneCount struct {
	ledger  Ledger
	now     func() time.Time
	pressed *lru.Cache[donePress, struct{}]
}

func newDoneCount(ledger Ledger, now func() time.Time, kept int) doneCount {
	pressed, _ := lru.New[donePress, struct{}](kept) // fails below a size of 1 only
	return doneCount{ledger, now, pressed}
}

// press counts the presser, once. The post itself shows the number a little
// later, once for many presses.
func (c doneCount) press(ctx context.Context, req *bot.Request, id button.Occurrence) (bot.Reply, error) {
	o, err := c.ledger.Occurrence(ctx, int64(id))
	if err != nil {
		return bot.Reply{}, inWords(err, "count a press", "post.done_over")
	}
	if !counts(req, o, c.now()) {
		return bot.Reply{}, &bot.UserError{Key: "post.done_over"}
	}
	press := donePress{o.ID, req.UserID}
	if again, _ := c.pressed.ContainsOrAdd(press, struct{}{}); again {
		return doneCard(req, req.Say("post.done_already")), nil
	}
	n, err := c.ledger.Press(ctx, o.ID, true, c.now())
	if err != nil {
		c.pressed.Remove(press) // so that it can be made again
		return bot.Reply{}, fmt.Errorf("count a press: %w", err)
	}
	return doneCard(req, req.Say("post.done", bot.Args{"count": n})), nil
}

// doneCard answers a press on Done, and offers to count the presser's day too.
func doneCard(req *bot.Request, text string) bot.Reply {
	return bot.Reply{Parts: []bot.Part{bot.Text(text),
		bot.Row{{Label: req.Say("post.button.keep_days"), ID: button.ProgressID.For(button.ProgressCount)}}}}
}
