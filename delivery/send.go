package delivery

import (
	"context"
	"errors"
	"fmt"
	"time"

	"unpinch/schedule"
)

// A Refusal is a message that will never be taken as it is. Of a post it stops
// the classes that post in the same channel, so that it is only for what Discord
// says of a channel, a thread or a permission that is gone. With
// schedule.ReasonRule it is of a post that can't be rendered, and stops the post's
// class only.
type Refusal struct {
	Reason schedule.Reason
	Err    error
}

// Error names the reason and what was said.
func (e *Refusal) Error() string { return fmt.Sprintf("refused (%s): %v", e.Reason, e.Err) }

// Unwrap returns what was said.
func (e *Refusal) Unwrap() error { return e.Err }

// ErrNotSent says that a message certainly was not sent, and may be tried
// again.
var ErrNotSent = errors.New("not sent")

func isRefusal(err error) bool {
	_, ok := errors.AsType[*Refusal](err)
	return ok
}

// call bounds one call of the Poster. A panic in it is an error like any
// other, after which the message may have arrived.
func call(ctx context.Context, do func(context.Context) error) (err error) {
	ctx, cancel := context.WithTimeout(ctx, sendMax)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			err = undrawable(p)
		}
	}()
	return do(ctx)
}

// send makes one attempt at a claimed occurrence and writes how it went.
func (s *Sender) send(ctx context.Context, o schedule.Occurrence) {
	if !o.TriedAt.IsZero() && (s.Now().Sub(o.TriedAt) >= nonceWindow || !s.Now().Before(o.Deadline())) {
		// The nonce may not hold any more, so that only a look can tell.
		if !s.look(ctx, &o) {
			return
		}
	}
	now := s.Now()
	if !now.Before(o.Deadline()) {
		o.State, o.Reason = schedule.StateSkipped, schedule.ReasonAway
		if o.Attempts > 1 {
			o.State, o.Reason = schedule.StateFailed, schedule.ReasonGaveUp
		}
		s.finish(ctx, o)
		return
	}
	var id string
	err := call(ctx, func(ctx context.Context) (err error) {
		id, err = s.Poster.Post(ctx, o, o.Late(now))
		return err
	})
	if err == nil {
		at := s.Posted(id)
		if at.IsZero() {
			at = s.Now()
		}
		s.sent(ctx, o, id, at)
		return
	}
	s.failed(ctx, o, err, now)
}

// look searches the channel for an occurrence that may have arrived. It
// returns true if it has not, so that it can be sent anew.
func (s *Sender) look(ctx context.Context, o *schedule.Occurrence) (anew bool) {
	var id string
	var at time.Time
	err := call(ctx, func(ctx context.Context) (err error) {
		id, at, err = s.Poster.Find(ctx, *o)
		return err
	})
	switch {
	case err == nil && id == "":
		o.TriedAt = time.Time{}
		return true
	case err == nil:
		s.sent(ctx, *o, id, at)
	case isRefusal(err), !s.Now().Before(o.Deadline().Add(schedule.CoolDownGrace)):
		s.Log.WarnContext(ctx, "a post may have gone out, and the channel can't be read", "occurrence", o.ID, "class", o.ClassID, "err", err)
		o.State, o.Reason = schedule.StateUnknown, schedule.ReasonUnreadable
		s.finish(ctx, *o)
	default:
		s.again(ctx, *o, err)
	}
	return false
}

func (s *Sender) sent(ctx context.Context, o schedule.Occurrence, messageID string, at time.Time) {
	o.State, o.MessageID, o.SentAt = schedule.StateSent, messageID, at
	if o.Late(at) {
		o.State = schedule.StateLate
	}
	s.finish(ctx, o)
}

// failed writes what follows from a send that went wrong; before is when it
// began.
func (s *Sender) failed(ctx context.Context, o schedule.Occurrence, err error, before time.Time) {
	if r, ok := errors.AsType[*Refusal](err); ok {
		s.refused(ctx, o, r)
		return
	}
	if !errors.Is(err, ErrNotSent) && o.TriedAt.IsZero() {
		o.TriedAt = before
	}
	s.again(ctx, o, err)
}

// refused ends an occurrence that Discord does not take, and stops its class
// if it is a post.
func (s *Sender) refused(ctx context.Context, o schedule.Occurrence, r *Refusal) {
	// An earlier attempt may have arrived, before whatever changed since.
	if !o.TriedAt.IsZero() && !s.look(ctx, &o) {
		return
	}
	o.State, o.Reason = schedule.StateFailed, r.Reason
	gone := r.Reason == schedule.ReasonRemoved || r.Reason == schedule.ReasonChanged || r.Reason == schedule.ReasonFew // it was not to be sent after all
	if gone {
		o.State = schedule.StateSkipped
	}
	if !o.Kind.Post() || gone {
		s.Log.InfoContext(ctx, "message refused", "occurrence", o.ID, "kind", string(o.Kind), "err", r)
		s.finish(ctx, o)
		return
	}
	s.Log.WarnContext(ctx, "class is broken", "class", o.ClassID, "occurrence", o.ID, "err", r)
	s.write(ctx, func(ctx context.Context) error { return s.Ledger.Break(ctx, s.Owner, o, s.Now()) })
	s.Observe(o.Kind, o.State, 0)
	s.Kick() // there is word of it to send now
}

// again gives the occurrence back for another try.
func (s *Sender) again(ctx context.Context, o schedule.Occurrence, err error) {
	o.SendAt = s.Now().Add(pause(o.Attempts))
	s.tell(ctx, "not sent, trying again", o, err)
	s.write(ctx, func(ctx context.Context) error { return s.Ledger.Retry(ctx, s.Owner, o) })
}

// tell logs that something went wrong with an occurrence, once for all that go
// wrong for the same cause.
func (s *Sender) tell(ctx context.Context, what string, o schedule.Occurrence, err error) {
	if untold, tell := s.news.of(what, err, s.Now()); tell {
		s.Log.WarnContext(ctx, what, "occurrence", o.ID, "class", o.ClassID, "since", untold, "err", err)
	}
}

func (s *Sender) finish(ctx context.Context, o schedule.Occurrence) {
	s.endings.write(ctx, o, func(all []schedule.Occurrence) {
		s.write(ctx, func(ctx context.Context) error { return s.Ledger.Finish(ctx, s.Owner, all...) })
	})
	lateness := time.Duration(0)
	if !o.SentAt.IsZero() {
		lateness = o.SentAt.Sub(o.DueAt)
	}
	s.Observe(o.Kind, o.State, lateness)
}

// writeMax bounds one write to the ledger, also at shutdown.
const writeMax = 5 * time.Second

// write tries a write until it holds: what became of a message must not be
// lost because the disk was full for a moment. After ctx has ended it tries
// once more.
func (s *Sender) write(ctx context.Context, do func(context.Context) error) {
	for told := false; ; {
		writing, cancel := context.WithTimeout(context.WithoutCancel(ctx), writeMax)
		err := do(writing)
		cancel()
		if err == nil {
			return
		}
		if !told {
			s.Log.ErrorContext(ctx, "the ledger can't be written, trying again every second", "err", err)
			told = true
		}
		if ctx.Err() != nil {
			return
		}
		t := time.NewTimer(time.Second)
		select {
		case <-t.C:
		case <-ctx.Done():
			t.Stop()
		}
	}
}

// nonceWindow is how long a second send with the same nonce is sure to make no
// second message. Discord says "a few minutes"; this is the cautious reading.
const nonceWindow = 2 * time.Minute
