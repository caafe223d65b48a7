package gateway

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

const (
	keepEvery = 1 * time.Second // at most so often, while events come
	keepMax   = 2 * time.Second // an IDENTIFY does not wait longer for it
	resumeMax = 3 * time.Minute // RESUMEs lead nowhere for so long in all, then the session counts as dead
)

// A Session is what it takes to RESUME, and which bot it is. It holds nothing
// about members.
type Session struct {
	Owner        string // says whether it is the same bot's, and gives no token away
	ID           string // "" for none
	Address      string // for a RESUME
	Seq          int64  // of the last event
	Application  string
	User         string    // the bot's own
	IdentifiedAt time.Time // the last IDENTIFY; zero for none
	Down         string    // the Keeper's: ids of servers in an outage, which a RESUME does not tell of again
	Shards       int       // how many there were: it is the session of one of these only
}

// A Keeper keeps each shard's session over a restart.
type Keeper interface {
	// GatewaySession returns the shard's session, or the zero one.
	GatewaySession(ctx context.Context, shard int) (Session, error)
	// KeepGatewaySession puts it in the place of the one before.
	KeepGatewaySession(ctx context.Context, shard int, s Session) error
}

// forgetful is the Keeper that keeps nothing.
type forgetful struct{}

func (forgetful) GatewaySession(context.Context, int) (Session, error)   { return Session{}, nil }
func (forgetful) KeepGatewaySession(context.Context, int, Session) error { return nil }

// ownerOf returns a mark of a bot at an API that does not give its token away.
func ownerOf(api, token string) string {
	sum := sha256.Sum256([]byte(api + " " + token))
	return hex.EncodeToString(sum[:8])
}

// endsSession reports whether a close code means that the session is over.
func endsSession(code int) bool {
	const invalidSeq, timedOut = 4007, 4009
	return code == invalidSeq || code == timedOut || code == closeFewShards
}

// restore takes up the session of an earlier process.
func (g *Gateway) restore(ctx context.Context) {
	s, err := g.o.Keeper.GatewaySession(ctx, g.shard.ID)
	if err != nil {
		g.o.Log.ErrorContext(ctx, "the last gateway session can't be read, a new one is started", "err", err)
		return
	}
	if s.Owner != g.owner {
		return
	}
	if !s.IdentifiedAt.IsZero() {
		g.budget.times = []time.Time{s.IdentifiedAt}
		if g.queue != nil {
			g.queue.identified(s.IdentifiedAt)
		}
	}
	if s.Shards != g.shard.Of {
		s = Session{Owner: g.owner, IdentifiedAt: s.IdentifiedAt, Shards: g.shard.Of}
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.session, g.kept = s, s
}

// known returns the session as far as its events have been handed over.
func (g *Gateway) known() Session {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.session
}

// forget notes that the session is over, and with it all that discordgo has not
// handed over yet.
func (r *relay) forget() {
	g := r.g
	g.resuming, g.fruitless = time.Time{}, 0
	g.mu.Lock()
	defer g.mu.Unlock()
	g.session = Session{Owner: g.owner, IdentifiedAt: g.session.IdentifiedAt, Shards: g.shard.Of, Application: g.session.Application, User: g.session.User}
	g.replaying = false
	r.over = r.passed
}

// tally adds the time that the last RESUME took, and led nowhere, to that of
// those before. Time in which none could be sent says nothing of the session.
func (g *Gateway) tally() {
	if !g.resuming.IsZero() {
		g.fruitless += g.o.Now().Sub(g.resuming)
		g.resuming = time.Time{}
	}
}

// begin notes the session that a READY tells of; the caller holds mu.
func (g *Gateway) begin(data json.RawMessage) {
	var ready struct {
		SessionID string `json:"session_id"`
		Address   string `json:"resume_gateway_url"`
		User      struct {
			ID string `json:"id"`
		} `json:"user"`
		Application struct {
			ID string `json:"id"`
		} `json:"application"`
	}
	if err := json.Unmarshal(data, &ready); err != nil {
		g.o.Log.Error("READY could not be read", "err", err)
		return
	}
	g.session = Session{Owner: g.owner, ID: ready.SessionID, Address: ready.Address, User: ready.User.ID, Application: ready.Application.ID,
		IdentifiedAt: g.session.IdentifiedAt, Shards: g.shard.Of}
}

// Touch lets the session be kept soon.
func (g *Gateway) Touch() {
	select {
	case g.touched <- struct{}{}:
	default: // it will be anyway
	}
}

// keepUp keeps the session as it goes on, until ctx ends.
func (g *Gateway) keepUp(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-g.touched:
		}
		if g.Keep(ctx) && sleep(ctx, keepEvery) != nil {
			return
		}
	}
}

// Keep keeps the session now, if it has changed and all of its events are done
// with. It reports whether it had to.
func (g *Gateway) Keep(ctx context.Context) bool {
	s := g.known() // before it is asked what is done
	g.mu.Lock()
	same := s == g.kept
	g.mu.Unlock()
	if same || !g.o.Settled() {
		return false
	}
	g.keep(ctx, s)
	return true
}

func (g *Gateway) keep(ctx context.Context, s Session) {
	if err := g.o.Keeper.KeepGatewaySession(ctx, g.shard.ID, s); err != nil {
		if !errors.Is(ctx.Err(), context.Canceled) {
			g.o.Log.ErrorContext(ctx, "the gateway session can't be kept, a restart starts a new one", "err", err)
		}
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.kept = s
}

// identifying notes, before it is sent, that an IDENTIFY goes out.
func (g *Gateway) identifying(ctx context.Context) {
	now := g.o.Now()
	g.budget.spend(now)
	g.mu.Lock()
	g.session.IdentifiedAt = now
	g.session.Owner, g.session.Shards = g.owner, g.shard.Of
	s := g.session
	g.mu.Unlock()
	ctx, cancel := context.WithTimeout(ctx, keepMax)
	defer cancel()
	g.keep(ctx, s)
}

// resumePayload is the message that asks for the session to go on.
func (g *Gateway) resumePayload(s Session) string {
	return fmt.Sprintf(`{"op":%d,"d":{"token":%q,"session_id":%q,"seq":%d}}`, opResume, "Bot "+g.o.Token, s.ID, s.Seq)
}
