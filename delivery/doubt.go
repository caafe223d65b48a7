package delivery

import (
	"context"
	"errors"
	"fmt"
	"time"

	"unpinch/schedule"
)

// A Doubt is a series that was changed, with its messages that may not say what
// is true any more: those that are out, on their way or wait.
type Doubt struct {
	schedule.Series
	Messages  []schedule.Occurrence
	Readers   map[string]schedule.Member  // by user, of those that are DMs
	Accounted map[schedule.Kind]time.Time // up to when each plan's messages are in the ledger
	Fault     error                       // the stored rule can't be read; nil if it can
}

// A Finding is what becomes of a message in doubt.
type Finding struct {
	Was, Is schedule.Occurrence
	Draw    bool                 // it is to be drawn again
	Tell    *schedule.Occurrence // a DM to add; nil for none
	Late    *schedule.Occurrence // a message to leave out, as another says what it would; nil for none
}

// doubtBatch is how many series in doubt are compared in one transaction.
const doubtBatch = 20

// Check compares what messages of changed series say with what is true now: it
// has posts drawn again, leaves out what waits, and tells each member once who
// heard something else. Several changes make one DM of how it is in the end.
func (d *Dispatcher) Check(ctx context.Context, now time.Time) error {
	for {
		doubts, err := d.Planner.Doubts(ctx, doubtBatch)
		if err != nil {
			return fmt.Errorf("find what has changed: %w", err)
		}
		var all []Finding
		for _, doubt := range doubts {
			all = append(all, d.findings(ctx, doubt, now)...)
		}
		if len(all) > 0 {
			if err := d.Planner.Settle(ctx, now, all); err != nil {
				return fmt.Errorf("write what has changed: %w", err)
			}
		}
		if len(doubts) < doubtBatch {
			return nil
		}
	}
}

// findings returns a finding for each message of a series in doubt. Where nobody
// can tell what is true, they stay as they are.
func (d *Dispatcher) findings(ctx context.Context, doubt Doubt, now time.Time) []Finding {
	clock, err := doubt.Recurrence(d.Zones)
	if err = errors.Join(doubt.Fault, err); err != nil {
		d.Log.WarnContext(ctx, "messages of a class that can't be read stay as they are", "class", doubt.ID, "err", err)
	}
	c := comparison{Doubt: doubt, clock: clock, zones: d.Zones, now: now}
	all := make([]Finding, 0, len(doubt.Messages))
	starts := map[schedule.Slot][]int{} // of messages, as positions in all
	for _, o := range doubt.Messages {
		if err == nil && o.Slot.IsZero() {
			o.Slot = clock.SlotTo(o.StartAt)
		}
		starts[o.Slot] = append(starts[o.Slot], len(all))
		all = append(all, Finding{Was: o, Is: o})
	}
	if err != nil || !doubt.Place.LeftAt.IsZero() {
		return all
	}
	for slot, at := range starts {
		of := make([]*Finding, len(at))
		for i, n := range at {
			of[i] = &all[n]
		}
		c.compare(slot, of)
	}
	return all
}

// A comparison says what becomes of the messages of one series.
type comparison struct {
	Doubt
	clock schedule.Recurrence
	zones *schedule.Zones
	now   time.Time
}

// compare settles the messages of one start.
func (c comparison) compare(slot schedule.Slot, all []*Finding) {
	start := c.Became(slot, c.clock)
	people := map[string][]*Finding{}
	var out []*Finding // posts, oldest first
	for _, f := range all {
		switch o := f.Was; {
		case o.UserID != "":
			people[o.UserID] = append(people[o.UserID], f)
		case waits(o):
			c.wait(f, start)
		case o.Kind.Announces() && o.State != schedule.StateSkipped:
			out = append(out, f)
		}
	}
	for i, f := range out {
		c.post(f, start, i == len(out)-1)
	}
	for _, user := range people {
		c.tell(slot, user, start)
	}
}

// waits reports whether a message certainly was not sent yet.
func waits(o schedule.Occurrence) bool {
	return o.State == schedule.StateDue && o.TriedAt.IsZero()
}

// onItsWay reports whether a message may have arrived, or will.
func onItsWay(o schedule.Occurrence) bool {
	return o.State == schedule.StateSending || o.State == schedule.StateDue && !o.TriedAt.IsZero()
}

// over reports whether a start that takes place at an instant has ended.
func (c comparison) over(start time.Time) bool { return !start.Add(c.Length).After(c.now) }

// runs reports whether a start has begun, by what people know, and no change stops
// it: only someone who cancels it does.
func (c comparison) runs(known time.Time, start schedule.Start) bool {
	return !known.After(c.now) && start.Off != schedule.ReasonSkipped
}

// comes reports whether a start still gets a message of a kind of its own, in time.
func (c comparison) comes(k schedule.Kind, start schedule.Start) bool {
	return c.planned(k, start) && start.At.Add(c.Offset(k)).After(c.now)
}

// planned reports whether a message of a kind of a start isn't in the ledger yet.
func (c comparison) planned(k schedule.Kind, start schedule.Start) bool {
	accounted, ok := c.Accounted[k]
	return ok && start.Off == "" && start.At.Add(c.Offset(k)).After(accounted)
}

// instead leaves out the message of a kind of a start that would go out late, as
// one that was there before says when the start is.
func (c comparison) instead(f *Finding, k schedule.Kind, start schedule.Start) {
	if !c.planned(k, start) || c.comes(k, start) {
		return
	}
	due := start.At.Add(c.Offset(k))
	f.Late = &schedule.Occurrence{ClassID: c.ID, GuildID: c.Place.GuildID, Kind: k, UserID: f.Was.UserID, ChannelID: f.Was.ChannelID, Slot: start.Slot,
		Zone: c.Place.Zone, State: schedule.StateSkipped, Reason: schedule.ReasonChanged, DueAt: due, SendAt: due, StartAt: start.At}
}

// wait leaves out a message that waits for a start which is off, or which gets
// another message later. One that waits for a start at another time goes out,
// and says so.
func (c comparison) wait(f *Finding, start schedule.Start) {
	o := &f.Is
	switch {
	case !c.now.Before(o.Deadline()): // it goes out no more
	case start.Off != "":
		if o.State, o.Reason = schedule.StateSkipped, start.Off; o.UserID != "" { // revive looks for it
			o.Reason = schedule.ReasonChanged
		}
	case start.At.Equal(o.StartAt):
	case c.comes(o.Kind, start):
		o.State, o.Reason = schedule.StateSkipped, schedule.ReasonChanged
	default:
		if o.Kind == schedule.KindNotice { // a snoozed one, mostly
			o.SendAt = o.SendAt.Add(start.At.Sub(o.StartAt))
		}
		o.StartAt = start.At
		c.instead(f, o.Kind, start)
	}
}

// post has a post drawn again that says something else than what is true. The
// last post of a start that gets no other takes over its new time.
func (c comparison) post(f *Finding, start schedule.Start, last bool) {
	o := &f.Is
	same := start.Off == "" && start.At.Equal(o.StartAt)
	if onItsWay(*o) {
		if o.EditAt = (time.Time{}); !same {
			o.Reason, f.Draw = "", true
		}
		return
	}
	if c.over(o.StartAt) || !same && c.runs(o.StartAt, start) {
		return
	}
	o.Reason, o.State = "", schedule.StateReplaced
	if same || start.Off == "" && last && !c.comes(o.Kind, start) {
		if o.StartAt, o.State = start.At, schedule.StateSent; !same {
			c.instead(f, o.Kind, start)
		}
		if o.Late(o.SentAt) {
			o.State = schedule.StateLate
		}
	}
	f.Draw = o.State != f.Was.State || !same
}
