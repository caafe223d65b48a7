package playground

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/gorilla/websocket"

	"unpinch/playground/wire"
)

// Limits of a gateway connection.
const (
	heartbeatEvery = 41250 * time.Millisecond
	closeGrace     = 500 * time.Millisecond // for the other side to close too
	maxFrame       = 4096                   // bytes from the bot
	maxQueue       = 64 << 20               // bytes to a bot that does not read
	framesAllowed  = 120                    // from the bot
	framesWindow   = time.Minute
)

// Gateway opcodes.
const (
	opDispatch       = 0
	opHeartbeat      = 1
	opIdentify       = 2
	opPresence       = 3
	opVoiceState     = 4
	opResume         = 6
	opReconnect      = 7
	opRequestMembers = 8
	opInvalidSession = 9
	opHello          = 10
	opHeartbeatAck   = 11
)

// A gateway has the connections and sessions of the bot, and tells it what
// happens in the world.
type gateway struct {
	*monitor
	opts     Options
	log      *slog.Logger
	world    *world
	faults   *faults
	plan     plan
	sessions []*session
	logins   logins
	conns    map[*conn]bool
}

// stop closes every connection.
func (s *gateway) stop() {
	for c := range s.conns {
		c.closeWith(1001, "the playground stops")
		time.AfterFunc(closeGrace, c.kill)
	}
}

func gatewayURL(base string) string {
	return "ws" + strings.TrimPrefix(base, "http") + "/gateway"
}

// serveGateway runs one gateway connection.
func (s *gateway) serveGateway(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if q.Get("compress") != "" || q.Get("encoding") == "etf" {
		s.log.WarnContext(r.Context(), "a bot asked the gateway for compression or ETF, which the playground does not have")
		http.Error(w, "The playground's gateway speaks plain JSON only: leave out compress and use encoding=json.", http.StatusNotImplemented)
		return
	}
	s.mu.Lock()
	away, mute := s.faults.gateway == "upgrade_503", s.faults.gateway == "no_hello"
	s.mu.Unlock()
	if away {
		http.Error(w, "upstream connect error or disconnect/reset before headers", http.StatusServiceUnavailable)
		return
	}
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }} // ServeHTTP has checked it
	ws, err := up.Upgrade(w, r, nil)
	if err != nil {
		s.log.InfoContext(r.Context(), "a gateway connection failed", "err", err)
		return
	}
	c := &conn{ws: ws, base: base(r), wake: make(chan struct{}, 1), gone: make(chan struct{})}
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		_ = ws.Close() // it has just been opened
		return
	}
	s.conns[c] = true
	s.wg.Add(2)
	s.mu.Unlock()
	go func() {
		defer s.wg.Done()
		c.write()
	}()
	defer s.wg.Done()
	if !mute {
		c.greet(q.Get("v"))
	}
	s.read(c)
}

// read handles what the bot sends until the connection ends.
func (s *gateway) read(c *conn) {
	c.beat = time.AfterFunc(2*heartbeatEvery, func() { c.closeWith(4009, "Session timed out.") })
	defer s.gone(c)
	defer c.beat.Stop()
	code := websocket.CloseAbnormalClosure
	c.ws.SetCloseHandler(func(got int, _ string) error {
		c.mu.Lock()
		echo := c.closing
		c.mu.Unlock()
		if !echo {
			code = got
			c.closeWith(got, "")
		}
		return nil
	})
	for {
		_, raw, err := c.ws.ReadMessage()
		if err != nil {
			break
		}
		if len(raw) > maxFrame {
			c.closeWith(4002, "Payload too large.")
			continue
		}
		s.received(c, raw)
	}
	s.mu.Lock()
	if c.session != nil && (code == websocket.CloseNormalClosure || code == websocket.CloseGoingAway) {
		s.dropSession(c.session) // the bot said goodbye
	}
	s.mu.Unlock()
}

// received handles one frame of the bot.
func (s *gateway) received(c *conn, raw []byte) {
	now := s.opts.Now()
	c.frames = append(slices.DeleteFunc(c.frames, func(t time.Time) bool { return now.Sub(t) >= framesWindow }), now)
	if len(c.frames) > framesAllowed {
		c.closeWith(4008, "You are being rate limited.")
		return
	}
	var f struct {
		Op *int            `json:"op"`
		D  json.RawMessage `json:"d"`
	}
	if json.Unmarshal(raw, &f) != nil || f.Op == nil {
		c.closeWith(4002, "Error while decoding payload.")
		return
	}
	v, _ := wire.Decode(f.D) // absent or null data is an empty object
	d, _ := v.(object)
	s.mu.Lock()
	defer s.mu.Unlock()
	switch *f.Op {
	case opHeartbeat:
		c.beat.Reset(2 * heartbeatEvery)
		if !c.zombie {
			c.send(object{"op": opHeartbeatAck, "s": nil, "t": nil, "d": nil})
		}
	case opIdentify:
		s.identify(c, d)
	case opResume:
		s.resume(c, d)
	case opPresence, opVoiceState, opRequestMembers:
		if c.session == nil {
			c.closeWith(4003, "Not authenticated.")
			return
		}
		s.log.Warn("the playground does nothing with this gateway opcode", "op", *f.Op)
	default:
		c.closeWith(4001, "Unknown opcode.")
	}
}

// gone forgets a connection; its session waits for a resume.
func (s *gateway) gone(c *conn) {
	c.kill()
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.conns, c)
	if c.session != nil && c.session.conn == c {
		c.session.conn = nil
	}
	s.changed()
}
