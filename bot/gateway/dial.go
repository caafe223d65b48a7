package gateway

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"github.com/gorilla/websocket"
)

// connect opens a WebSocket to Discord: for a RESUME at the session's own
// address, unless that did not answer the last time; else where GET
// /gateway/bot says.
func (g *Gateway) connect(ctx context.Context, r *relay) (*websocket.Conn, error) {
	g.troubled("connecting to Discord")
	s := g.known()
	address := s.Address
	own := s.ID != "" && address != "" && !g.detour
	g.detour = own // until it has said HELLO
	if !own {
		start, err := g.ask(ctx)
		if err == nil && s.ID == "" {
			err = g.admit(ctx, r, start)
		}
		if err != nil {
			return nil, err
		}
		address = start.URL
	}
	ws, err := g.dial(ctx, address)
	if err != nil {
		return nil, err
	}
	r.timer.Reset(helloMax)
	g.troubled("waiting for Discord's HELLO")
	return ws, nil
}

// admit returns nil when the shard may log in anew, which is in its turn.
func (g *Gateway) admit(ctx context.Context, r *relay, start Start) (err error) {
	if err := g.enoughShards(start); err != nil {
		return err
	}
	if g.queue != nil {
		g.troubled("waiting for its turn to log in")
		if r.lane, err = g.queue.enter(ctx, g.shard, start); err != nil {
			return err
		}
		if start, err = g.ask(ctx); err != nil { // others have logged in meanwhile
			return err
		}
	}
	if err := start.enough(g.o.Now()); err != nil {
		return err
	}
	r.start = &start
	return nil
}

// dial opens the WebSocket at a gateway's address.
func (g *Gateway) dial(ctx context.Context, address string) (*websocket.Conn, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return nil, fmt.Errorf("the gateway's address cannot be %q", address)
	}
	if u.Path == "" {
		u.Path = "/"
	}
	u.RawQuery = "v=10&encoding=json"
	ctx, cancel := context.WithTimeout(ctx, dialMax)
	defer cancel()
	d := websocket.Dialer{NetDialContext: g.o.Dial, Proxy: http.ProxyFromEnvironment}
	asked := g.o.Now()
	ws, resp, err := d.DialContext(ctx, u.String(), nil)
	if resp != nil {
		g.o.Answered(resp.Header.Get("Date"), asked, g.o.Now())
	}
	if errors.Is(err, websocket.ErrBadHandshake) {
		return nil, fmt.Errorf("the gateway answered HTTP %d", resp.StatusCode)
	}
	return ws, err
}
