package delivery

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
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

// comes reports whether a start still gets a message of a kind of its own.
func (c comparison) comes(k schedule.Kind, start schedule.Start) bool {
	accounted, planned := c.Accounted[k]
	return planned && start.Off == "" && start.At.Add(c.Offset(k)).After(accounted)
}

// wait leaves out a message that waits for a start which is off, or which gets
// another message later. One that waits for a start at another time goes out,
// and says so.
func (c comparison) wait(f *Finding, start schedule.Start) {
	o := &f.Is
	switch {
	case start.Off != "":
		if o.State, o.Reason = schedule.StateSkipped, start.Off; o.UserID != "" { // revive looks for it
			o.Reason = schedule.ReasonChanged
		}
	case start.At.Equal(o.StartAt), c.runs(o.StartAt, start):
	case c.comes(o.Kind, start):
		o.State, o.Reason = schedule.StateSkipped, schedule.ReasonChanged
	default:
		if o.Kind == schedule.KindNotice { // a snoozed one, mostly
			o.SendAt = o.SendAt.Add(start.At.Sub(o.StartAt))
		}
		o.StartAt = start.At
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
		o.StartAt, o.State = start.At, schedule.StateSent
		if o.Late(o.SentAt) {
			o.State = schedule.StateLate
		}
	}
	f.Draw = o.State != f.Was.State || !same
}

// tell settles the DMs of one start to one person: who heard something else than
// what is true gets one more, unless one waits that can say it.
func (c comparison) tell(slot schedule.Slot, all []*Finding, start schedule.Start) {
	truth := start.At
	if start.Off != "" {
		truth = time.Time{}
	}
	slices.SortFunc(all, func(a, b *Finding) int {
		return cmp.Or(c.told(a.Was).Compare(c.told(b.Was)), cmp.Compare(a.Was.ID, b.Was.ID))
	})
	var heard, word *Finding
	for _, f := range all {
		switch o := f.Was; {
		case o.Kind == schedule.KindOff && waits(o):
			if word != nil {
				drop(word)
			}
			word = f
		case waits(o):
			c.wait(f, start)
		case o.State == schedule.StateSkipped:
			c.revive(f, truth)
		default:
			heard = f
		}
	}
	switch {
	case heard != nil:
		c.follow(slot, heard, word, start, truth, said(heard.Was))
	case word != nil: // they follow the class, and know what the rule says
		c.follow(slot, word, word, start, truth, word.Was.StartAt)
	}
}

// told returns when the reader of a DM heard what it says, or will.
func (c comparison) told(o schedule.Occurrence) time.Time {
	if o.SentAt.IsZero() {
		return c.now
	}
	return o.SentAt
}

// said returns when a start takes place by what a DM says; zero for not at all.
func said(o schedule.Occurrence) time.Time {
	if o.Kind == schedule.KindOff {
		return o.SaysAt
	}
	return o.StartAt
}

// revive has a DM come again that was left out because of a change which is
// taken back.
func (c comparison) revive(f *Finding, truth time.Time) {
	if truth.Equal(f.Was.StartAt) && f.Was.SendAt.After(c.now) {
		f.Is.State, f.Is.Reason = schedule.StateDue, ""
	}
}

// follow has one DM say what is true to somebody who knows something else: the
// one that waits, or a new one.
func (c comparison) follow(slot schedule.Slot, heard, word *Finding, start schedule.Start, truth, known time.Time) {
	o := schedule.Occurrence{ClassID: c.ID, GuildID: c.Place.GuildID, Kind: schedule.KindOff, UserID: heard.Was.UserID,
		Slot: slot, Zone: heard.Was.Zone, State: schedule.StateDue, DueAt: c.now, SendAt: c.now}
	if word != nil {
		o = word.Was
	}
	o.StartAt, o.SaysAt, o.Reason = known, truth, start.Off
	if known.IsZero() {
		o.StartAt = truth
	}
	moot := truth.Equal(known) || c.over(o.StartAt) || !known.IsZero() && c.runs(known, start)
	switch {
	case moot && word != nil:
		drop(word)
	case moot, word == nil && c.silent(heard.Was.UserID):
	case word == nil:
		heard.Tell = &o
	default:
		if heard != word && o.SendAt.After(c.now) { // they count on what they heard
			o.SendAt = c.now
		}
		word.Is = o
	}
}

// drop leaves out a DM that has nothing to say any more.
func drop(word *Finding) {
	word.Is.State, word.Is.Reason = schedule.StateSkipped, schedule.ReasonChanged
}

// silent reports whether a member takes no DM now. The hours in which they take
// them don't count: they heard of the start within these.
func (c comparison) silent(user string) bool {
	m, ok := c.Readers[user]
	return !ok || !schedule.Follower{Member: m}.Wants(schedule.KindOff, c.now, c.clock.Zone, c.zones)
}
