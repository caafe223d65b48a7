package playground

import (
	"encoding/json"
	"sync"
	"time"

	"github.com/gorilla/websocket"
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

// greet says hello.
func (c *conn) greet(version string) {
	if version != "" && version != "10" && version != "9" {
		c.closeWith(4012, "Invalid API version.")
	}
	c.send(object{"op": opHello, "s": nil, "t": nil, "d": object{"heartbeat_interval": heartbeatEvery.Milliseconds(), "_trace": []string{}}})
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

// closeWith queues the close, after which nothing goes out.
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

// closeFrame returns the body of a close, empty for codes that must not be sent.
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
