package gateway

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"time"
)

// greeted lets discordgo open and logs in.
func (r *relay) greeted(ctx context.Context, hello []byte) error {
	var m struct {
		D struct {
			Every float64 `json:"heartbeat_interval"`
		} `json:"d"`
	}
	if err := json.Unmarshal(hello, &m); err != nil || m.D.Every < 1 {
		return fmt.Errorf("a HELLO without a heartbeat_interval (%v)", err) // discordgo would panic
	}
	r.g.detour = false
	if err := r.open(hello); err != nil {
		return fmt.Errorf("open discordgo's end: %w", err)
	}
	return r.login(ctx)
}

// login asks for the session that there is to go on, or for a new one.
func (r *relay) login(ctx context.Context) error {
	g := r.g
	if s := g.known(); s.ID != "" {
		if g.tally(); g.fruitless > resumeMax {
			r.forget()
			return errFruitless
		}
		g.resuming = g.o.Now()
		g.replays()
		r.await("waiting for RESUMED", errNoResumed)
		return r.tell([]byte(g.resumePayload(s)))
	}
	err := r.start.enough(g.o.Now())
	r.start = nil
	if err != nil {
		return err
	}
	g.identifying(ctx)
	if r.lane != nil {
		r.lane.identified(g.o.Now(), g.o.Every)
		r.leave()
	}
	r.await("waiting for READY", errNoReady)
	return r.tell(r.identify)
}

// leave lets another shard log in.
func (r *relay) leave() {
	if r.lane != nil {
		r.lane.leave()
		r.lane = nil
	}
}

// await starts the deadline of a login.
func (r *relay) await(what string, late error) {
	r.g.troubled(what)
	r.phase, r.late = asked, late
	r.timer.Reset(loginMax)
}

// loggedIn notes that the session goes on, or a new one began.
func (r *relay) loggedIn() {
	r.phase, r.since = running, r.g.o.Now()
	r.timer.Stop()
	r.g.resuming, r.g.fruitless = time.Time{}, 0
	r.g.alive(true, "")
}

// rest ends running and returns for how long the connection was logged in.
func (r *relay) rest() time.Duration {
	if r.phase == running {
		r.ran = max(r.ran, r.g.o.Now().Sub(r.since))
		r.g.budget.rested(r.ran)
		r.phase = holding
	}
	return r.ran
}

// invalid takes an op 9. Discord wants a pause of one to five seconds, and then
// the next login on the same connection. Further ones meanwhile do not put that
// login off.
func (r *relay) invalid(ctx context.Context, raw []byte) error {
	g, now := r.g, r.g.o.Now()
	var m struct {
		Resumable bool `json:"d"`
	}
	if err := json.Unmarshal(raw, &m); err != nil || !m.Resumable {
		r.forget()
	}
	good := r.phase == running && now.Sub(r.since) >= g.o.Every
	if r.phase != holding {
		r.due = now.Add(g.o.Every/5 + rand.N(g.o.Every*4/5))
	}
	r.rest()
	r.phase = holding
	g.alive(false, errInvalid.Error())
	wait := g.untilLogin()
	if r.library == nil || wait > g.o.Every || g.queue != nil && g.known().ID == "" { // Discord does not keep one that says nothing
		return errInvalid
	}
	if at := now.Add(wait); at.After(r.due) {
		r.due = at
	}
	if g.news(errInvalid.Error()) || good {
		g.o.Log.WarnContext(ctx, "Discord ended the session, logging in again", "resume", g.known().ID != "", "in", r.due.Sub(now).Round(100*time.Millisecond))
	}
	if err := r.mayLogin(ctx); err != nil {
		return err
	}
	r.timer.Reset(r.due.Sub(g.o.Now()))
	return nil
}

// mayLogin asks for the Start of a new session, if there is to be one.
func (r *relay) mayLogin(ctx context.Context) error {
	if r.start != nil || r.g.known().ID != "" {
		return nil
	}
	start, err := r.g.ask(ctx)
	if err == nil {
		err = r.g.enoughShards(start)
	}
	if err != nil {
		return err
	}
	r.start = &start
	return nil
}

// timeUp does what the phase's time was for.
func (r *relay) timeUp(ctx context.Context) error {
	switch r.phase {
	case greeting:
		return errNoHello
	case holding:
		return r.login(ctx)
	case asked:
		return r.late
	}
	return nil
}
