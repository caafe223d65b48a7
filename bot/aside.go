package bot

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
)

// An Aside makes a bot that stands beside the one that runs, to try what that does.
// It leaves the registered commands as they are, and answers nothing but its own
// components: what else comes is for the bot that runs.
type Aside struct {
	Self  string         // the bot's user id
	Watch func(Exchange) // told of each answer of Discord's, from many goroutines
}

// An Exchange is a request with Discord's answer.
type Exchange struct {
	Route  string // as APIError.Route
	Status int
	Body   []byte
}

// show tells the watcher of an answer, whose body can still be read afterwards.
func (t *transport) show(r route, resp *http.Response) error {
	body, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	if err != nil {
		return redact(r, fmt.Errorf("read the answer: %w", err))
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	t.watch(Exchange{r.name, resp.StatusCode, body})
	return nil
}

// binds reports whether an interaction is a press of one of the components here.
func (rt *router) binds(raw json.RawMessage) bool {
	var i interaction
	if json.Unmarshal(raw, &i) != nil || i.Type != typeComponent {
		return false
	}
	name, _ := splitID(i.Data.CustomID)
	return rt.components[name].run != nil
}
