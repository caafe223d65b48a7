package bot

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"
)

// TestTicket: a ticket can be kept as text and never shows itself.
func TestTicket(t *testing.T) {
	const text = "123/aW50ZXJhY3Rpb246c2VjcmV0"
	k, err := ParseTicket(text)
	if err != nil || k.Text() != text || (Ticket{}).Text() != "" {
		t.Fatalf("got %q, %v, want %q", k.Text(), err, text)
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "%v %+v %#v %s", k, k, struct{ K Ticket }{k}, &k)
	slog.New(slog.NewTextHandler(&b, nil)).Info("x", "k", k)
	slog.New(slog.NewJSONHandler(&b, nil)).Info("x", "k", k, "in", struct{ K Ticket }{k})
	if strings.Contains(b.String(), "aW50") || strings.Contains(b.String(), "123") {
		t.Errorf("it shows itself:\n%s", &b)
	}
	for _, odd := range []string{"", "/", "123/", "abc/tok", "123/a/../b", "tok"} {
		if k, err := ParseTicket(odd); err == nil || k != (Ticket{}) || odd != "" && odd != "/" && strings.Contains(err.Error(), odd) {
			t.Errorf("%q: %v", odd, err)
		}
	}
}

// TestEditAnswer changes the answer to a command and the message that a component
// stands on, with their pictures.
func TestEditAnswer(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	tickets := make(chan Ticket, 2)
	picture := func(name string) Reply {
		return Reply{Parts: []Part{Text("with " + name), Gallery{{File: name + ".png", Alt: "an alt"}}},
			Files: []File{{Name: name + ".png", Data: []byte(name)}}}
	}
	await(p, p.start(func(_ context.Context, r *Request) (Reply, error) {
		tickets <- r.Ticket
		return picture("first"), nil
	}), "ready")
	seen := func(want, not string) {
		t.Helper()
		if got := p.call("GET", "/messages?as=mia&channel=general", nil); !strings.Contains(got, want) || strings.Contains(got, not) {
			t.Errorf("want %s and no %s in %s", want, not, got)
		}
	}
	p.call("POST", "/command", map[string]any{"as": "mia", "channel": "general", "name": "private"})
	ticket := await(p, tickets, "the ticket")
	again, err := ParseTicket(ticket.Text()) // as after a restart
	if err != nil {
		t.Fatal(err)
	}
	if err := p.bot.EditAnswer(t.Context(), again, picture("second")); err != nil {
		t.Error(err)
	}
	seen("second.png", "first.png")
	if err := p.bot.EditAnswer(t.Context(), again, Reply{}); err == nil || !strings.Contains(err.Error(), "over Discord's limits") {
		t.Errorf("an edit to nothing: %v", err)
	}
	p.call("POST", "/clock", map[string]any{"now": time.Now().Add(16 * time.Minute).Format(time.RFC3339)})
	err = p.bot.EditAnswer(t.Context(), again, picture("third"))
	if ae, ok := errors.AsType[*APIError](err); !ok || ae.Status != 401 || strings.Contains(err.Error(), again.token) {
		t.Errorf("an edit with a ticket that is over: %v", err)
	}
	seen("second.png", "third.png")
	if strings.Contains(p.log.String(), again.token) {
		t.Errorf("the log holds the ticket:\n%s", &p.log)
	}
	if err := p.bot.Probe(t.Context()); err != nil {
		t.Errorf("after a refused ticket nothing goes out: %v", err)
	}
}
