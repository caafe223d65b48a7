package delivery

import (
	"cmp"
	"slices"
	"time"

	"unpinch/schedule"
)

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
		c.instead(heard, schedule.KindNotice, start)
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
