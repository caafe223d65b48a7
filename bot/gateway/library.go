package gateway

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
)

// open starts a discordgo session on a pipe, shows it the HELLO and takes its
// IDENTIFY.
func (r *relay) open(hello []byte) error {
	ours, theirs := net.Pipe()
	r.pipe = ours
	s := r.session(theirs)
	go func() {
		if err := s.Open(); err != nil {
			theirs.Close()
			r.fail(err)
		}
	}()
	var err error
	if r.library, err = accept(ours); err != nil {
		return err
	}
	if err := r.pass(hello); err != nil {
		return err
	}
	_, identify, err := r.library.ReadMessage()
	if err != nil {
		return err
	}
	r.identify = identify
	go r.read(r.library, r.fromLibrary, func(err error) error { return fmt.Errorf("discordgo: %v", err) }) // its code is not Discord's
	return nil
}

// session returns a discordgo session that dials conn, with its own caches,
// limiter and reconnecting out of the way. It is good for one connection, and
// always sends IDENTIFY.
func (r *relay) session(conn net.Conn) *discordgo.Session {
	s, _ := discordgo.New("Bot " + r.g.o.Token) // its error is always nil
	s.Client = &http.Client{Transport: addressOnly{}}
	s.Dialer = &websocket.Dialer{NetDialContext: func(context.Context, string, string) (net.Conn, error) { return conn, nil }}
	s.StateEnabled = false
	s.ShouldReconnectOnError = false
	s.LogLevel = -1     // discordgo's log would quote tokens and payloads
	s.SyncEvents = true // hand only hands over
	s.Identify.Compress = false
	s.Identify.Intents = discordgo.IntentsGuilds
	s.ShardID, s.ShardCount = r.g.shard.ID, r.g.shard.Of
	s.AddHandler(func(_ *discordgo.Session, e *discordgo.Event) { r.hand(e) })
	return s
}

// rawEvent begins the name that discordgo sees of an event. It decodes those that
// it knows into types of its own, which costs more than all the rest, and loses
// an interaction over one component that it does not know.
const rawEvent = "RAW_"

// untyped returns an event as one that discordgo passes on as it is, without what
// it says: a press brings its whole message, and each reading of that costs.
func untyped(seq int64, kind string) []byte {
	return fmt.Appendf(nil, `{"op":%d,"s":%d,"t":%q,"d":null}`, opDispatch, seq, rawEvent+kind)
}

// hand hands over an event that discordgo has read, unless the connection was
// given up meanwhile: its session then begins again behind the last event that
// was handed over. Late events of a session that is over are handed over too,
// but change nothing of the session there is; its READY or RESUMED is not.
func (r *relay) hand(e *discordgo.Event) {
	g := r.g
	g.mu.Lock()
	defer g.mu.Unlock()
	r.handed++
	data := e.RawData
	if r.kept[0] != nil {
		data = r.kept[0]
	}
	r.kept = r.kept[1:]
	kind := strings.TrimPrefix(e.Type, rawEvent)
	over, login := r.handed <= r.over, kind == "READY" || kind == "RESUMED"
	if r.dead || over && login {
		return
	}
	if kind == "READY" {
		g.begin(data)
	}
	if login {
		g.arrived(kind == "RESUMED")
	}
	if !over {
		g.session.Seq = e.Sequence
	}
	g.o.Event(Event{kind, g.shard, data, g.replaying, g.session.Application, g.session.User})
	g.Touch()
}

// replays notes that what comes up to RESUMED is what the bot missed.
func (g *Gateway) replays() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.replaying = true
}

// alive notes whether the connection is logged in, and why it is not.
func (g *Gateway) alive(live bool, why string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.live = live; !live {
		g.noteTrouble(why)
	}
}

// arrived ends the trouble, unless there is a new one; the caller holds mu.
func (g *Gateway) arrived(resumed bool) {
	g.replaying = false
	if !g.live || g.trouble == "" {
		return
	}
	g.trouble = ""
	g.o.Log.Info("connected", "resumed", resumed, "away", g.o.Now().Sub(g.since))
}

// addressOnly answers discordgo's one request, which is for an address to dial.
type addressOnly struct{}

// RoundTrip answers with an address that the dialer does not look at.
func (addressOnly) RoundTrip(req *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Request: req,
		Body: io.NopCloser(strings.NewReader(`{"url":"ws://relay"}`))}, nil
}

// accept answers the WebSocket handshake that comes on conn.
func accept(conn net.Conn) (*websocket.Conn, error) {
	in := bufio.NewReader(conn)
	req, err := http.ReadRequest(in)
	if err != nil {
		return nil, err
	}
	return (&websocket.Upgrader{}).Upgrade(&hijacked{conn, in}, req, nil)
}

// hijacked is a connection as the Upgrader asks for it.
type hijacked struct {
	conn net.Conn
	in   *bufio.Reader
}

func (h *hijacked) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	return h.conn, bufio.NewReadWriter(h.in, bufio.NewWriter(h.conn)), nil
}

func (*hijacked) Header() http.Header         { return http.Header{} }
func (*hijacked) Write(b []byte) (int, error) { return len(b), nil }
func (*hijacked) WriteHeader(int)             {}
