package commands

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/schedule"
)

// doneMax is how long a press on a post counts.
const doneMax = 24 * time.Hour

// counts reports whether a press on an occurrence's message counts: on a post
// with a routine, where it stands, in time, and of a class that takes place.
func counts(req *bot.Request, o schedule.Occurrence, now time.Time) bool {
	switch o.Kind {
	case schedule.KindPre, schedule.KindCoolDown, schedule.KindDesk, schedule.KindNow:
		return o.State != schedule.StateReplaced && o.ChannelID == req.ChannelID && now.Sub(o.DueAt) <= doneMax
	}
	return false
}

// postStart answers the presses that start a routine from a post.
type postStart struct {
	Deps
	open func(ctx context.Context, req *bot.Request, routine button.Routine) (bot.Reply, error)
}

// press opens a routine for whoever presses, and counts the press: a class whose
// posts nobody presses is asked about. An old post still opens it.
func (p postStart) press(ctx context.Context, req *bot.Request, s button.PostState) (bot.Reply, error) {
	if err := p.countPress(ctx, req, s.ID); err != nil {
		return bot.Reply{}, err
	}
	return p.open(ctx, req, s.Routine)
}

// countPress counts a press on a post, if it counts.
func (d Deps) countPress(ctx context.Context, req *bot.Request, id int64) error {
	o, err := d.Classes.Occurrence(ctx, id)
	if errors.Is(err, schedule.ErrNoOccurrence) || err == nil && !counts(req, o, d.Now()) {
		return nil
	}
	if err == nil {
		_, err = d.Classes.Press(ctx, id, false, d.Now())
	}
	if err != nil {
		return fmt.Errorf("count a press: %w", err)
	}
	return nil
}

// doneKept is how many posts' pressers are remembered, in memory only.
const doneKept = 1000

// doneCount counts who did a post's routine. The store holds a number and
// nobody's name, so that only this memory tells a second press from a first;
// it goes with the program.
type doneCount struct {
	Deps
	mu      sync.Mutex
	pressed map[int64]map[string]bool
	order   []int64 // oldest first
}

func newDoneCount(d Deps) *doneCount {
	return &doneCount{Deps: d, pressed: map[int64]map[string]bool{}}
}

// press counts one more, once a person. The post itself shows the number a
// little later, for many presses at once.
func (c *doneCount) press(ctx context.Context, req *bot.Request, id button.Occurrence) (bot.Reply, error) {
	o, err := c.Classes.Occurrence(ctx, int64(id))
	if errors.Is(err, schedule.ErrNoOccurrence) || err == nil && !counts(req, o, c.Now()) {
		return bot.Reply{}, &bot.UserError{Key: "post.done_over"}
	}
	if err != nil {
		return bot.Reply{}, fmt.Errorf("count a press: %w", err)
	}
	if !c.first(o.ID, req.UserID) {
		return doneCard(req, req.Say("post.done_already")), nil
	}
	n, err := c.Classes.Press(ctx, o.ID, true, c.Now())
	if err != nil {
		c.undo(o.ID, req.UserID)
		return bot.Reply{}, fmt.Errorf("count a press: %w", err)
	}
	return doneCard(req, req.Say("post.done", bot.Args{"count": n})), nil
}

// doneCard answers who is done, and offers to count the day for them too.
func doneCard(req *bot.Request, text string) bot.Reply {
	return bot.Reply{Parts: []bot.Part{bot.Text(text),
		bot.Row{{Label: req.Say("post.button.keep_days"), ID: button.ProgressID.For(button.ProgressCount)}}}}
}

// undo forgets a press that could not be counted, so that it can be made again.
func (c *doneCount) undo(id int64, userID string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.pressed[id], userID)
}

// first notes a press, and reports whether it is the person's first.
func (c *doneCount) first(id int64, userID string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.pressed[id] == nil {
		c.pressed[id] = map[string]bool{}
		if c.order = append(c.order, id); len(c.order) > doneKept {
			delete(c.pressed, c.order[0])
			c.order = c.order[1:]
		}
	}
	first := !c.pressed[id][userID]
	c.pressed[id][userID] = true
	return first
}
