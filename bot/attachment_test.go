package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// handed is a command with a file, as Discord sends it.
const handed = `{"id":"1","token":"t","type":2,"data":{"name":"c","options":[{"name":"file","type":11,"value":"50"}],
	"resolved":{"attachments":{"50":{"id":"50","filename":"week.yaml","content_type":"text/plain","size":12,"ephemeral":true,
		"url":"https://cdn.discordapp.com/a/week.yaml?ex=1","proxy_url":"https://media.discordapp.net/a/week.yaml"}}}}}`

func TestAttachments(t *testing.T) {
	file := Attachment("file", "a")
	whole := AttachmentValue{ID: "50", Name: "week.yaml", Type: "text/plain", Size: 12, URL: "https://cdn.discordapp.com/a/week.yaml?ex=1"}
	for _, tc := range []struct {
		name, in string
		want     AttachmentValue
	}{
		{"a file", handed, whole},
		{"another is resolved", strings.Replace(handed, `"50":{`, `"51":{`, 1), AttachmentValue{}},
		{"nothing is resolved", strings.Replace(handed, `"resolved"`, `"other"`, 1), AttachmentValue{}},
		{"none", command("c"), AttachmentValue{}},
	} {
		var i interaction
		if err := json.Unmarshal([]byte(tc.in), &i); err != nil {
			t.Fatalf("%s: %v", tc.name, err)
		}
		if got, ok := file.Get(i.request(sayings{})); got != tc.want || ok != (tc.want.ID != "") {
			t.Errorf("%s: %+v %v, want %+v", tc.name, got, ok, tc.want)
		}
	}
	req, err := NewRequest(sayings{}, "1", map[string]any{"file": whole})
	if err != nil {
		t.Fatal(err)
	}
	if got, ok := file.Get(req); got != whole || !ok {
		t.Errorf("a request made for a test gives %+v %v", got, ok)
	}
}

// fileStub returns files over a stand-in for everything that the bot asks.
func fileStub(t *testing.T, api string, d http.RoundTripper) files {
	t.Helper()
	u, err := url.Parse(api)
	if err != nil {
		t.Fatal(err)
	}
	return newFiles(d, u)
}

func TestFetch(t *testing.T) {
	tooBig := func(err error, size int) bool {
		e, ok := errors.AsType[*TooBigError](err)
		return ok && *e == TooBigError{size, 10} && !errors.Is(err, ErrUnreachable)
	}
	unreachable := func(err error) bool { return errors.Is(err, ErrUnreachable) }
	body := func(status int, words string) *discord {
		return &discord{answer: func(int, *http.Request) *http.Response {
			return respond(status, map[string]string{"Location": "https://evil.example/"}, words)
		}}
	}
	for _, tc := range []struct {
		name, at string
		size     int
		from     *discord
		want     string
		asked    int
		fails    func(error) bool
	}{
		{"a file", "https://cdn.discordapp.com/a", 4, body(200, "week"), "week", 1, nil},
		{"from the proxy", "https://media.discordapp.net/a", 4, body(200, "week"), "week", 1, nil},
		{"from the API's host", "http://localhost:8420/a", 4, body(200, "week"), "week", 1, nil},
		{"as large as may be", "https://cdn.discordapp.com/a", 10, body(200, "0123456789"), "0123456789", 1, nil},
		{"empty", "https://cdn.discordapp.com/a", 0, body(200, ""), "", 1, nil},
		{"too large", "https://cdn.discordapp.com/a", 11, body(200, "week"), "", 0, func(err error) bool { return tooBig(err, 11) }},
		{"larger than said", "https://cdn.discordapp.com/a", 4, body(200, strings.Repeat("x", 99)), "", 1, func(err error) bool { return tooBig(err, 11) }},
		{"gone", "https://cdn.discordapp.com/a", 4, body(404, "week"), "", 1, unreachable},
		{"moved", "https://cdn.discordapp.com/a", 4, body(302, "week"), "", 1, unreachable},
		{"another host", "https://evil.example/a", 4, body(200, "week"), "", 0, unreachable},
		{"a host that begins alike", "https://cdn.discordapp.com.evil.example/a", 4, body(200, "week"), "", 0, unreachable},
		{"another port", "https://cdn.discordapp.com:8443/a", 4, body(200, "week"), "", 0, unreachable},
		{"a host before an @", "https://cdn.discordapp.com@evil.example/a", 4, body(200, "week"), "", 0, unreachable},
		{"a user", "https://me@cdn.discordapp.com/a", 4, body(200, "week"), "", 0, unreachable},
		{"not encrypted", "http://cdn.discordapp.com/a", 4, body(200, "week"), "", 0, unreachable},
		{"another port of the API's host", "http://localhost:22/a", 4, body(200, "week"), "", 0, unreachable},
		{"no address", "", 4, body(200, "week"), "", 0, unreachable},
		{"no address at all", ":", 4, body(200, "week"), "", 0, unreachable},
	} {
		t.Run(tc.name, func(t *testing.T) {
			f := fileStub(t, "http://localhost:8420/api/v10", tc.from)
			got, err := f.get(t.Context(), AttachmentValue{Size: tc.size, URL: tc.at}, 10)
			if string(got) != tc.want || (err != nil) != (tc.fails != nil) || tc.fails != nil && !tc.fails(err) {
				t.Errorf("got %q, %v", got, err)
			}
			asked := tc.from.all()
			if len(asked) != tc.asked {
				t.Errorf("asked %v", asked)
			}
			for _, r := range asked {
				if r.auth != "" {
					t.Errorf("the token went along: %+v", r)
				}
			}
		})
	}
}

// TestFetchGivesUp: Fetch gives up on a server of files that says nothing, and
// does not tell its address, which is a key to the file.
func TestFetchGivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		silence := roundTrip(func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		})
		began := time.Now()
		_, err := fileStub(t, "https://discord.com", silence).get(t.Context(), AttachmentValue{URL: "https://cdn.discordapp.com/secret"}, 10)
		if !errors.Is(err, ErrUnreachable) || strings.Contains(err.Error(), "secret") || time.Since(began) != fetchMax {
			t.Errorf("after %v: %v", time.Since(began), err)
		}
	})
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// TestAFileFromThePlayground: a handler reads a file that a member picks.
func TestAFileFromThePlayground(t *testing.T) {
	t.Parallel()
	file, p := Attachment("file", "a").Required(), newPlace(t)
	type read struct {
		file   AttachmentValue
		words  string
		err    error
		tooBig error
	}
	got := make(chan read, 1)
	cmd := Command{Name: "plan", About: "a", Answer: NewPrivate, Options: []Option{file},
		Run: func(ctx context.Context, req *Request) (Reply, error) {
			var r read
			r.file, _ = file.Get(req)
			data, err := p.bot.Fetch(ctx, r.file, 100)
			r.words, r.err = string(data), err
			_, r.tooBig = p.bot.Fetch(ctx, r.file, 11)
			got <- r
			return Reply{Parts: []Part{Text("hello")}}, nil
		}}
	await(p, p.startBot(Options{Commands: []Command{cmd}}, func(*Bot) {}), "ready")
	p.call("POST", "/command", map[string]any{"as": "carl", "channel": "general", "name": "plan", "options": map[string]any{"file": "week.yaml"},
		"files": []any{map[string]any{"name": "other.yaml", "base64": []byte("no")}, map[string]any{"name": "week.yaml", "base64": []byte("mon: 18:00\n\n")}}})
	r := await(p, got, "the handler")
	if r.file.Name != "week.yaml" || r.file.Size != 12 || r.words != "mon: 18:00\n\n" || r.err != nil {
		t.Errorf("read %+v", r)
	}
	if want := fmt.Sprint(&TooBigError{12, 11}); fmt.Sprint(r.tooBig) != want {
		t.Errorf("over the limit: %v, want %s", r.tooBig, want)
	}
}
