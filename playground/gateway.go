package playground

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
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

// A frame is one message to the bot, or the close of the connection.
type frame struct {
	data      []byte
	closeCode int
	reason    string
}

// A conn is one WebSocket of a bot. Frames are queued, so that nothing writes
// to a socket under the server's lock.
type conn struct {
	ws      *websocket.Conn
	base    string
	session *session // under the server's lock
	zombie  bool     // under the server's lock: says nothing any more
	beat    *time.Timer
	frames  []time.Time // arrivals, for the limit; read loop only

	mu      sync.Mutex
	queue   []frame
	queued  int
	closing bool // a close has been queued
	wake    chan struct{}
	gone    chan struct{}
	once    sync.Once
}

func gatewayURL(base string) string {
	return "ws" + strings.TrimPrefix(base, "http") + "/gateway"
}

// serveGateway runs one gateway connection.
func (s *Server) serveGateway(w http.ResponseWriter, r *http.Request) {
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

// greet says hello.
func (c *conn) greet(version string) {
	if version != "" && version != "10" && version != "9" {
		c.closeWith(4012, "Invalid API version.")
	}
	c.send(object{"op": opHello, "s": nil, "t": nil, "d": object{"heartbeat_interval": heartbeatEvery.Milliseconds(), "_trace": []string{}}})
}

// read handles what the bot sends until the connection ends.
func (s *Server) read(c *conn) {
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
func (s *Server) received(c *conn, raw []byte) {
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
	v, _ := decodeJSON(f.D) // absent or null data is an empty object
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
func (s *Server) gone(c *conn) {
	c.kill()
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.conns, c)
	if c.session != nil && c.session.conn == c {
		c.session.conn = nil
	}
	s.changed()
}

// send queues a payload.
func (c *conn) send(payload object) {
	raw, err := json.Marshal(payload)
	if err != nil {
		c.closeWith(4000, "Unknown error.")
		return
	}
	c.enqueue(frame{data: raw})
}

// closeWith queues the close; nothing goes out after it.
func (c *conn) closeWith(code int, reason string) {
	c.mu.Lock()
	c.closing = true
	c.mu.Unlock()
	c.enqueue(frame{closeCode: code, reason: reason})
}

func (c *conn) enqueue(f frame) {
	c.mu.Lock()
	c.queue = append(c.queue, f)
	c.queued += len(f.data)
	full := c.queued > maxQueue
	c.mu.Unlock()
	if full {
		c.kill()
	}
	select {
	case c.wake <- struct{}{}:
	default: // it is awake already
	}
}

// write sends the queue until the connection ends.
func (c *conn) write() {
	for {
		select {
		case <-c.wake:
		case <-c.gone:
			return
		}
		c.mu.Lock()
		queue := c.queue
		c.queue, c.queued = nil, 0
		c.mu.Unlock()
		for _, f := range queue {
			if f.closeCode != 0 {
				_ = c.ws.WriteMessage(websocket.CloseMessage, closeFrame(f.closeCode, f.reason)) // it ends anyway
				time.AfterFunc(closeGrace, c.kill)
				return
			}
			if c.ws.WriteMessage(websocket.TextMessage, f.data) != nil {
				c.kill()
				return
			}
		}
	}
}

// closeFrame is the body of a close; codes that must not be sent make an empty
// one.
func closeFrame(code int, reason string) []byte {
	if code == websocket.CloseNoStatusReceived || code == websocket.CloseAbnormalClosure {
		return nil
	}
	return websocket.FormatCloseMessage(code, reason)
}

// kill breaks the connection off.
func (c *conn) kill() {
	c.once.Do(func() {
		close(c.gone)
		_ = c.ws.Close() // it is being given up
	})
}
