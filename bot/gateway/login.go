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
	if r.start == nil {
		start, err := g.ask(ctx)
		if err != nil {
			return err
		}
		r.start = &start
	}
	err := r.start.enough(g.o.Now())
	r.start = nil
	if err != nil {
		return err
	}
	g.identifying(ctx)
	r.await("waiting for READY", errNoReady)
	return r.tell(r.identify)
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
// the next login on the same connection.
func (r *relay) invalid(ctx context.Context, raw []byte) error {
	g := r.g
	var m struct {
		Resumable bool `json:"d"`
	}
	if err := json.Unmarshal(raw, &m); err != nil || !m.Resumable {
		r.forget()
	}
	good := r.phase == running && g.o.Now().Sub(r.since) >= g.o.Every
	r.rest()
	g.alive(false, errInvalid.Error())
	pause := g.o.Every/5 + rand.N(g.o.Every*4/5)
	due := g.untilLogin()
	if r.library == nil || due > g.o.Every { // Discord does not keep one that says nothing
		return errInvalid
	}
	pause = max(pause, due)
	if g.news(errInvalid.Error()) || good {
		g.o.Log.WarnContext(ctx, "Discord ended the session, logging in again", "resume", g.known().ID != "", "in", pause.Round(100*time.Millisecond))
	}
	r.phase = holding
	r.timer.Reset(pause)
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
