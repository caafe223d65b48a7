package delivery

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"unpinch/schedule"
)

// A Plan is one post of a class with its place in time: everything due up to
// AccountedTo is in the ledger, and the next is due at NextAt.
type Plan struct {
	schedule.Series
	Kind        schedule.Kind
	AccountedTo time.Time
	NextAt      time.Time
	Fault       error // the stored rule can't be read; nil if it can
}

// A Step moves a plan on: the occurrences that came due, and what comes next.
type Step struct {
	Plan        Plan
	Occurrences []schedule.Occurrence // in order
	AccountedTo time.Time
	NextAt      time.Time       // zero when the class has no start left
	Broken      schedule.Reason // the class can't go on at all; "" if it can
}

// A Planner keeps plans and the ledger.
type Planner interface {
	// DuePlans returns at most limit plans due at or before now, earliest first.
	DuePlans(ctx context.Context, now time.Time, limit int) ([]Plan, error)
	// Record writes the steps' occurrences and moves their plans on, in one
	// transaction. A plan that was changed since it was read stays as it is, and
	// an occurrence that is there already stays once.
	Record(ctx context.Context, now time.Time, steps []Step) error
	// Followers returns the members who are to get the personal messages of a
	// series for a start, which is on the series' own clock.
	Followers(ctx context.Context, s schedule.Series, start time.Time) ([]schedule.Follower, error)
	// Doubts returns at most limit series that were changed since their messages
	// were compared with them, removed ones too.
	Doubts(ctx context.Context, limit int) ([]Doubt, error)
	// Settle writes what becomes of messages in doubt, in one transaction. One that
	// has changed since it was read stays in doubt.
	Settle(ctx context.Context, now time.Time, all []Finding) error
}

// planBatch is how many plans are moved on in one transaction: few enough that
// other writers wait for some milliseconds only.
const planBatch = 500

// stepMax is about how many occurrences of one plan are written in one
// transaction. After a long outage a plan takes several.
const stepMax = 100

// A Dispatcher turns what is due into occurrences.
type Dispatcher struct {
	Zones   *schedule.Zones
	Planner Planner
	Log     *slog.Logger
	// Keep is how long the ledger is kept. What was missed before that isn't
	// written any more.
	Keep time.Duration
}

// Tick turns everything due at now into occurrences and returns how many steps
// that took. It reads no clock.
func (d *Dispatcher) Tick(ctx context.Context, now time.Time) (moved int, err error) {
	if err := d.Check(ctx, now); err != nil {
		return 0, err
	}
	for {
		plans, err := d.Planner.DuePlans(ctx, now, planBatch)
		if err != nil {
			return moved, fmt.Errorf("find what is due: %w", err)
		}
		if len(plans) == 0 {
			return moved, nil
		}
		steps := make([]Step, 0, len(plans))
		for _, p := range plans {
			s := d.step(ctx, p, now)
			if p.Kind.Personal() {
				if err := d.address(ctx, &s); err != nil {
					return moved, fmt.Errorf("find who follows: %w", err)
				}
			}
			steps = append(steps, s)
		}
		if err := d.Planner.Record(ctx, now, steps); err != nil {
			return moved, fmt.Errorf("write the ledger: %w", err)
		}
		behind := slices.ContainsFunc(steps, func(s Step) bool { return !s.NextAt.IsZero() && !s.NextAt.After(now) })
		if moved += len(plans); len(plans) < planBatch && !behind {
			return moved, nil
		}
	}
}

// step works out what of a plan is due at now.
func (d *Dispatcher) step(ctx context.Context, p Plan, now time.Time) Step {
	s := Step{Plan: p, AccountedTo: p.AccountedTo}
	if oldest := now.Add(-d.Keep); s.AccountedTo.Before(oldest) {
		s.AccountedTo = oldest
	}
	class, err := p.Recurrence(d.Zones)
	if err = errors.Join(p.Fault, err); err != nil {
		d.Log.ErrorContext(ctx, "class can't be read", "class", p.ID, "err", err)
		s.Broken = schedule.ReasonRule
		return s
	}
	for {
		due, start, err := class.NextDue(s.AccountedTo, p.Offset(p.Kind))
		if err != nil { // never again
			break
		}
		if due.After(now) || s.full() {
			s.NextAt = due
			break
		}
		s.Occurrences = append(s.Occurrences, p.occurrence(due, start, now))
		s.AccountedTo = due
	}
	noBurst(s.Occurrences)
	return s
}

// full reports whether the step is to end here. Occurrences that can still go
// out stay in one step, so that noBurst sees them all.
func (s *Step) full() bool {
	n := len(s.Occurrences)
	return n >= stepMax && s.Occurrences[n-1].State != schedule.StateDue
}

// occurrence returns the row for a message that came due.
func (p Plan) occurrence(due time.Time, start schedule.Start, now time.Time) schedule.Occurrence {
	o := schedule.Occurrence{ClassID: p.ID, GuildID: p.Place.GuildID, Kind: p.Kind, DueAt: due, StartAt: start.At,
		Slot: start.Slot, Zone: p.Place.Zone, ChannelID: p.ChannelID, State: schedule.StateDue, SendAt: due.Add(jitter(p.ID))}
	if p.Kind == schedule.KindNotice {
		o.SendAt = o.SendAt.Add(noticeAfter)
	}
	switch off := p.Off(p.Kind); {
	case start.Off != "":
		o.State, o.Reason = schedule.StateSkipped, start.Off
	case off != "":
		o.State, o.Reason = schedule.StateSkipped, off
	case !now.Before(o.Deadline()):
		o.State, o.Reason = schedule.StateSkipped, schedule.ReasonAway
	}
	return o
}

// address replaces each personal occurrence of a step by one for every person
// who is to get it. It drops those that don't go out, as they are nobody's.
func (d *Dispatcher) address(ctx context.Context, s *Step) error {
	templates := s.Occurrences
	s.Occurrences = nil
	for _, o := range templates {
		if o.State != schedule.StateDue {
			continue
		}
		zone, err := d.Zones.Location(s.Plan.Place.Zone)
		if err != nil {
			return err
		}
		followers, err := d.Planner.Followers(ctx, s.Plan.Series, o.StartAt.In(zone))
		if err != nil {
			return err
		}
		o.ChannelID = ""
		for _, f := range followers {
			if !f.Wants(o.Kind, o.DueAt, zone, d.Zones) {
				continue
			}
			o.UserID = f.UserID
			s.Occurrences = append(s.Occurrences, o)
		}
	}
	return nil
}

// noBurst skips all but the last of several messages of one kind that can
// still go out.
func noBurst(all []schedule.Occurrence) {
	sendable := false
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].State != schedule.StateDue {
			continue
		}
		if sendable {
			all[i].State, all[i].Reason = schedule.StateSkipped, schedule.ReasonAway
		}
		sendable = true
	}
}

// jitterMax spreads the posts of one minute over its beginning.
const jitterMax = 20 * time.Second

// noticeAfter lets the post of a class go out before the DMs that link to it.
const noticeAfter = 5 * time.Second

// jitter is how far into their minute the messages of a class are sent: always
// the same for one class, and spread evenly over classes.
func jitter(classID int64) time.Duration {
	const golden = 0x9E3779B97F4A7C15 // 2^64 over the golden ratio: consecutive ids land far apart
	return time.Duration(uint64(classID) * golden >> 32 * uint64(jitterMax/time.Second) >> 32 * uint64(time.Second))
}
