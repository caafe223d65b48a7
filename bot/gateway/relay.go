package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/gorilla/websocket"
)

// What must follow has a deadline; that of a heartbeat's answer is the next
// heartbeat.
const (
	dialMax  = 5 * time.Second
	helloMax = 5 * time.Second
	loginMax = 20 * time.Second // READY or RESUMED
	askMax   = 10 * time.Second // the answer to GET /gateway/bot
	writeMax = 5 * time.Second
	letGo    = 1 * time.Second // until discordgo sees that a connection has ended
)

// Gateway opcodes.
const (
	opDispatch  = 0
	opHeartbeat = 1
	opIdentify  = 2
	opResume    = 6
	opReconnect = 7
	opInvalid   = 9
	opHello     = 10
	opAck       = 11
)

// Why a connection is given up.
var (
	errReconnect = errors.New("the gateway asked for a new connection (op 7)")
	errInvalid   = errors.New("the gateway ended the session (op 9)")
	errNoHello   = fmt.Errorf("no HELLO from Discord within %v", helloMax)
	errNoReady   = fmt.Errorf("no READY from Discord within %v", loginMax)
	errNoResumed = fmt.Errorf("no RESUMED from Discord within %v", loginMax)
	errNoAck     = errors.New("the gateway left a heartbeat without an answer")
	errFruitless = fmt.Errorf("the gateway has not let the session go on for %v", resumeMax)
)

// A phase is what a connection waits for.
type phase int

const (
	greeting phase = iota // HELLO
	holding               // the time for a login
	asked                 // READY or RESUMED
	running
)

// A relay is one connection to Discord and the pipe to discordgo. All but hand
// is called on one goroutine.
type relay struct {
	g        *Gateway
	discord  *websocket.Conn
	library  *websocket.Conn // nil before HELLO
	pipe     net.Conn
	phase    phase
	timer    *time.Timer // of the phase; stopped while running
	due      time.Time   // the login that holding waits for
	late     error       // what it means when the timer fires in asked
	start    *Start      // that no IDENTIFY has gone out for
	lane     *lane       // that it has until then; nil for none
	identify []byte      // discordgo's
	unacked  bool        // the last heartbeat is
	since    time.Time   // running
	ran      time.Duration

	fromDiscord, fromLibrary chan []byte
	failed                   chan error
	done                     chan struct{}

	dead                 bool              // under the gateway's mu, like all that follow: hands over nothing any more
	passed, handed, over int               // events: shown to discordgo, back from it, and the first ones, whose session is over
	kept                 []json.RawMessage // of the events that were shown and are not back: what discordgo does not get to see
}

// run relays until the connection ends, and returns why.
func (r *relay) run(ctx context.Context) error {
	r.fromDiscord, r.fromLibrary = make(chan []byte), make(chan []byte)
	r.failed, r.done = make(chan error), make(chan struct{})
	defer close(r.done)
	go r.read(r.discord, r.fromDiscord, func(err error) error { return err })
	for {
		var err error
		select {
		case <-ctx.Done():
			return ctx.Err()
		case err = <-r.failed:
		case raw := <-r.fromDiscord:
			err = r.discordSaid(ctx, raw)
		case raw := <-r.fromLibrary:
			err = r.librarySaid(raw)
		case <-r.timer.C:
			err = r.timeUp(ctx)
		}
		if errors.Is(err, websocket.ErrCloseSent) {
			err = r.parting()
		}
		if err != nil {
			return err
		}
	}
}

// parting returns what the other side ended the connection with. Its close was read,
// and answered, while something was being written, which could not go out any more.
func (r *relay) parting() error {
	for {
		select {
		case err := <-r.failed:
			return err
		case <-r.fromDiscord: // the close stands behind it
		case <-r.fromLibrary:
		}
	}
}

// read passes messages on until from ends, and closes it then. What comes after
// run has ended is dropped: discordgo must not be kept from writing.
func (r *relay) read(from *websocket.Conn, to chan<- []byte, why func(error) error) {
	defer from.Close()
	for {
		_, raw, err := from.ReadMessage()
		if err != nil {
			r.fail(why(err))
			return
		}
		select {
		case to <- raw:
		case <-r.done:
		}
	}
}

// fail ends run.
func (r *relay) fail(err error) {
	select {
	case r.failed <- err:
	case <-r.done:
	}
}

// discordSaid takes a message of Discord's.
func (r *relay) discordSaid(ctx context.Context, raw []byte) error {
	var m struct {
		Op   int             `json:"op"`
		Seq  int64           `json:"s"`
		Kind string          `json:"t"`
		Data json.RawMessage `json:"d"`
	}
	if err := json.Unmarshal(raw, &m); err != nil {
		return fmt.Errorf("read a message of Discord's: %w", err)
	}
	switch m.Op {
	case opHello:
		if r.phase == greeting {
			return r.greeted(ctx, raw)
		}
	case opReconnect:
		return errReconnect
	case opInvalid:
		return r.invalid(ctx, raw)
	case opHeartbeat:
		return r.beat()
	case opAck:
		r.unacked = false
		if r.phase == running { // discordgo locks itself out over one while it opens
			return r.pass(raw)
		}
	case opDispatch:
		if m.Kind != "READY" && m.Kind != "RESUMED" {
			return r.passEvent(untyped(m.Seq, m.Kind), m.Data)
		}
		if r.phase == asked {
			r.loggedIn()
		}
		return r.passEvent(raw, nil)
	}
	return nil
}

// pass lets discordgo see a message.
func (r *relay) pass(raw []byte) error {
	if r.library == nil {
		return nil // no HELLO yet: the deadline runs
	}
	return r.library.WriteMessage(websocket.TextMessage, raw)
}

// passEvent lets discordgo see an event, which it hands over once, in its turn.
// What is kept is not in the event, and comes back to it then.
func (r *relay) passEvent(raw []byte, kept json.RawMessage) error {
	if r.library != nil {
		r.g.mu.Lock()
		r.passed++
		r.kept = append(r.kept, kept)
		r.g.mu.Unlock()
	}
	return r.pass(raw)
}

// tell sends Discord a message.
func (r *relay) tell(raw []byte) error {
	if err := r.discord.SetWriteDeadline(r.g.o.Now().Add(writeMax)); err != nil {
		return err
	}
	return r.discord.WriteMessage(websocket.TextMessage, raw)
}

// librarySaid takes a message of discordgo's: after its IDENTIFY these are
// heartbeats.
func (r *relay) librarySaid(raw []byte) error {
	var m struct {
		Op int `json:"op"`
	}
	if err := json.Unmarshal(raw, &m); err != nil || m.Op != opHeartbeat {
		return err
	}
	if r.unacked {
		return errNoAck
	}
	r.unacked = true
	return r.beat()
}

// beat sends a heartbeat with the true sequence: discordgo does not know those
// of a session that it did not begin.
func (r *relay) beat() error {
	seq := "null"
	if n := r.g.known().Seq; n > 0 {
		seq = fmt.Sprint(n)
	}
	return r.tell(fmt.Appendf(nil, `{"op":%d,"d":%s}`, opHeartbeat, seq))
}

// close ends both sides. Discord keeps the session, which a code of 1000 or 1001
// would end.
func (r *relay) close() {
	const goingOn = 4000
	r.g.mu.Lock()
	r.dead = true
	r.g.live = false
	r.g.mu.Unlock()
	_ = r.discord.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(goingOn, ""), r.g.o.Now().Add(writeMax)) // it is being given up
	r.discord.Close()
	switch {
	case r.identify != nil: // it may be in the middle of a heartbeat, and hangs up under the lock that this needs
		time.AfterFunc(letGo, func() { r.pipe.Close() })
	case r.pipe != nil:
		r.pipe.Close()
	}
}
