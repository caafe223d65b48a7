package bot

import (
	"context"
	"crypto/tls"
	"encoding/binary"
	"net"
)

// dial connects with a watch on what is read.
func (g *gateway) dial(ctx context.Context, network, addr string) (net.Conn, error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, network, addr)
	if err != nil {
		return nil, err
	}
	return g.watch(conn), nil
}

// dialTLS is dial with TLS beneath the watch, which needs the plain bytes.
func (g *gateway) dialTLS(ctx context.Context, network, addr string) (net.Conn, error) {
	conn, err := (&tls.Dialer{}).DialContext(ctx, network, addr)
	if err != nil {
		return nil, err
	}
	return g.watch(conn), nil
}

func (g *gateway) watch(conn net.Conn) net.Conn {
	g.closeCode.Store(0)
	c := &watchedConn{Conn: conn, g: g}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.conns[c] = true
	return c
}

// hangUp cuts what connections are left.
func (g *gateway) hangUp() {
	g.mu.Lock()
	conns := g.conns
	g.conns = map[net.Conn]bool{}
	g.mu.Unlock()
	for c := range conns {
		c.Close()
	}
}

// A watchedConn adds what discordgo lacks: a deadline on every read, and the
// code that Discord closes a connection with.
type watchedConn struct {
	net.Conn
	g    *gateway
	tail []byte // the last bytes read, enough for a close frame
}

// maxControl is the longest control frame that a server sends: two bytes of
// header, 125 of payload.
const maxControl = 127

func (c *watchedConn) Read(p []byte) (int, error) {
	if err := c.SetReadDeadline(c.g.now().Add(readMax)); err != nil {
		return 0, err
	}
	n, err := c.Conn.Read(p)
	c.tail = append(c.tail, p[max(0, n-maxControl):n]...)
	c.tail = c.tail[max(0, len(c.tail)-maxControl):]
	if code := closeCode(c.tail); code != 0 {
		c.g.closeCode.Store(int32(code))
	}
	return n, err
}

func (c *watchedConn) Close() error {
	c.g.mu.Lock()
	delete(c.g.conns, c)
	c.g.mu.Unlock()
	return c.Conn.Close()
}

// closeCode returns the code of a close frame that ends what was read, or 0. A
// close frame is the last thing a server sends: FIN and opcode 8, the length,
// a code, and a reason.
func closeCode(tail []byte) int {
	const header = 2
	for i := range max(0, len(tail)-header-1) {
		if tail[i] == 0x88 && int(tail[i+1]) == len(tail)-i-header {
			if code := int(binary.BigEndian.Uint16(tail[i+header:])); code >= 1000 && code < 5000 {
				return code
			}
		}
	}
	return 0
}
