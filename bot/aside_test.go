package bot

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
)

// TestAside: a bot beside the one that runs registers nothing, leaves to that what
// is not its own, and tells of Discord's answers.
func TestAside(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	answers := make(chan Exchange, 100)
	id := NewID[string]("own1")
	own := Handle(id, NewPrivate, func(context.Context, *Request, string) (Reply, error) { return Reply{}, nil })
	o := Options{Components: []Component{own}, Aside: &Aside{Self: "1", Watch: func(e Exchange) { answers <- e }}}
	await(p, p.startBot(o, func(*Bot) {}), "ready")
	if requests := p.call("GET", "/requests", nil); strings.Contains(requests, "/commands") {
		t.Errorf("it looks at the registered commands: %s", requests)
	}
	if e := await(p, answers, "an answer"); e.Route != "GET /gateway/bot" || e.Status != 200 || !strings.Contains(string(e.Body), "session_start_limit") {
		t.Errorf("it tells of %s %d %s", e.Route, e.Status, e.Body)
	}
	for raw, want := range map[string]bool{
		`{"type":3,"data":{"custom_id":"` + id.For("x") + `"}}`: true,
		`{"type":3,"data":{"custom_id":"other1:x"}}`:            false,
		`{"type":2,"data":{"name":"own1"}}`:                     false,
		`{"type":5,"data":{"custom_id":"own1:x"}}`:              false,
		`no JSON`: false,
	} {
		if got := p.bot.router.binds(json.RawMessage(raw)); got != want {
			t.Errorf("%s is its own: %v", raw, got)
		}
	}
	p.stop()
}
