package playground

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"unpinch/playground/page"
)

// Options configure a playground.
type Options struct {
	Token string           // the bot token it accepts; "playground" when empty
	Now   func() time.Time // the real clock, required
	Log   *slog.Logger     // silent when nil
	// World is what Save returned, to go on from; nil is the fixed world, which
	// begins now.
	World []byte
	// File returns the content of a file that World leaves out, by its name, or
	// nil. It is called once somebody looks.
	File func(name string) []byte
	// Page is what the page has in a demo of one bot.
	Page page.Options
	// Database, if set, answers GET /database: how many rows of each table the bot
	// of a demo has written down, and a fingerprint of what is in them.
	Database func(context.Context) (any, error)
	// Hosts are names, besides those of the loopback, that a request may call
	// the playground by, without port.
	Hosts []string
	// IdentifyEvery is the real time in which the gateway takes one IDENTIFY.
	// Discord's is 5 s. Zero is a quarter of a second, so that nobody has to wait.
	// With less than zero the gateway takes every IDENTIFY that comes.
	IdentifyEvery time.Duration
	// Check, if set, is called with every request that a bot makes under /api/v10
	// or /api/v9: method, path without that prefix, content type, body. Tests hang
	// the schema check on it. It is called from many goroutines.
	Check func(method, path, contentType string, body []byte)
}

// defaultToken is the bot token when none is chosen. It is no secret.
const defaultToken = "playground"

// base returns the address that a request called, which addresses in its answer
// begin with.
func base(r *http.Request) string {
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}
