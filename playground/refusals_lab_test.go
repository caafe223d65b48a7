package playground

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"unpinch/playground/rig"
	"unpinch/playground/wire"
)

// A refusalLab is a playground and what a row needs to know of it.
type refusalLab struct {
	*lab
	vars map[string]string // ids and tokens by name
	bot  *rig.Bot          // once it is logged in
}

func newRefusalLab(t *testing.T) *refusalLab {
	t.Helper()
	l := &refusalLab{lab: newLab(t), vars: map[string]string{}}
	state := l.Do("GET", "/state", nil)
	for _, kind := range []string{"guilds", "channels", "roles", "users"} {
		for _, o := range wire.Objects(wire.List(state, kind)) {
			if name := wire.Text(o, "name"); name != "@everyone" { // its id is the guild's
				l.vars[name] = wire.Text(o, "id")
			}
		}
	}
	l.vars["app"] = l.App()
	return l
}

var (
	letterRuns = regexp.MustCompile(`a×(\d+)`)
	copyRuns   = regexp.MustCompile(`«(.*?)»×(\d+)`)
	labNames   = regexp.MustCompile(`\$[a-z][a-z0-9-]*`)
)

// expand puts ids, letters and copies into a path or body.
func (l *refusalLab) expand(s string) string {
	l.T.Helper()
	s = copyRuns.ReplaceAllStringFunc(s, func(run string) string {
		m := copyRuns.FindStringSubmatch(run)
		n, _ := strconv.Atoi(m[2])
		return copies(n, m[1])
	})
	s = letterRuns.ReplaceAllStringFunc(s, func(run string) string {
		n, _ := strconv.Atoi(strings.TrimPrefix(run, "a×"))
		return strings.Repeat("a", n)
	})
	return labNames.ReplaceAllStringFunc(s, func(name string) string {
		v, ok := l.vars[name[1:]]
		if !ok {
			l.T.Fatalf("%s stands for nothing in %s", name, s)
		}
		return v
	})
}

// named puts the names of ids back, so that the golden file stays the same.
func (l *refusalLab) named(s string) string {
	for _, name := range slices.Sorted(maps.Keys(l.vars)) {
		s = strings.ReplaceAll(s, l.vars[name], "$"+name)
	}
	return s
}

// send makes a row's request.
func (l *refusalLab) send(row refusalRow) (int, object) {
	l.T.Helper()
	path := "/api/v10" + l.expand(row.path)
	if row.token != "" {
		return l.sendAs(row.token, row.method, path)
	}
	var body any
	switch {
	case len(row.files) > 0:
		body = rig.Form{Payload: l.expand(row.body), Files: row.files}
	case row.body != "":
		body = l.expand(row.body)
	}
	status, v, _ := l.Call(row.method, path, body)
	answer, _ := v.(object)
	return status, answer
}

// sendAs makes a request with another token than the bot's, or "none".
func (l *refusalLab) sendAs(token, method, path string) (int, object) {
	l.T.Helper()
	req, err := http.NewRequestWithContext(l.T.Context(), method, l.URL+path, nil)
	if err != nil {
		l.T.Fatal(err)
	}
	if token != "none" {
		req.Header.Set("Authorization", token)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		l.T.Fatal(err)
	}
	defer res.Body.Close()
	var answer object
	if err := json.NewDecoder(res.Body).Decode(&answer); err != nil {
		l.T.Fatal(err)
	}
	return res.StatusCode, answer
}

// must makes a request of the bot that has to succeed.
func (l *refusalLab) must(method, path, body string) object {
	l.T.Helper()
	status, answer := l.send(refusalRow{method: method, path: path, body: body})
	if status >= 300 {
		l.T.Fatalf("%s %s: %d %v", method, path, status, answer)
	}
	return answer
}

// interaction makes a user do something that is now waiting for its answer;
// its id and token become $interaction and $token. The call is let go when the
// row ends.
func (l *refusalLab) interaction(path, body string) {
	l.T.Helper()
	if l.bot == nil {
		l.bot = l.Login(0, nil)
	}
	req, err := http.NewRequestWithContext(l.T.Context(), "POST", l.URL+path, strings.NewReader(l.expand(body)))
	if err != nil {
		l.T.Fatal(err)
	}
	go func() {
		if res, err := http.DefaultClient.Do(req); err == nil {
			res.Body.Close()
		}
	}()
	it := wire.Child(l.bot.Event("INTERACTION_CREATE"), "d")
	l.vars["interaction"], l.vars["token"] = wire.Text(it, "id"), wire.Text(it, "token")
}

// leap moves virtual time on.
func (l *refusalLab) leap(d time.Duration) {
	l.T.Helper()
	now, err := time.Parse(time.RFC3339Nano, wire.Text(l.Do("GET", "/clock", nil), "now"))
	if err != nil {
		l.T.Fatal(err)
	}
	l.Do("POST", "/clock", fmt.Sprintf(`{"now":%q}`, now.Add(d).Format(time.RFC3339Nano)))
}

// copies joins n copies of a text, "%d" being the number of each.
func copies(n int, text string) string {
	parts := make([]string, n)
	for i := range parts {
		parts[i] = strings.ReplaceAll(text, "%d", fmt.Sprint(i))
	}
	return strings.Join(parts, ",")
}
