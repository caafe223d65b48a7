package bot

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
)

// TestLostAnswers: what Discord does with each request, and what the user gets of
// a handler that saved something.
func TestLostAnswers(t *testing.T) {
	const (
		taken = `{"code":40060,"message":"Interaction has already been acknowledged."}`
		late  = `{"code":10062,"message":"Unknown interaction"}`
		bad   = `{"code":50035,"message":"Invalid Form Body"}`
	)
	const followUp = "POST /api/v10/webhooks/7/tok "
	const lost = `<x.lost rs>`
	hello := Reply{Parts: []Part{Text("hello")}}
	withFile := Reply{Parts: []Part{Gallery{{"a.png", "alt"}}}, Files: []File{{Name: "a.png", Data: []byte("x")}}}
	at := func(r Reply) func(context.Context, *Request) (Reply, error) {
		return func(context.Context, *Request) (Reply, error) { return r, nil }
	}
	for _, tc := range []struct {
		name    string
		run     func(context.Context, *Request) (Reply, error)
		in      string
		answers []*http.Response // to the first requests; nil is no content
		want    []string
		seen    string
	}{
		{"the receipt is lost", at(hello), button("page2:a/1", "42", "42"), []*http.Response{respond(502, nil, ``), respond(400, nil, taken)},
			[]string{callbackPath + ` {"type":7`, callbackPath + ` {"type":7`}, "page2 answered"},
		{"the answer is lost", at(hello), button("page2:a/1", "42", "42"), []*http.Response{respond(502, nil, ``)},
			[]string{callbackPath + ` {"type":7`, callbackPath + ` {"type":7`}, "page2 answered"},
		{"a form is lost", at(Reply{Modal: aModal()}), button("open1:a/1", "42", "42"), []*http.Response{respond(502, nil, ``), respond(400, nil, taken)},
			[]string{callbackPath + ` {"type":9`, callbackPath + ` {"type":9`}, "open1 answered"},
		{"the answer is lost twice", at(hello), button("page2:a/1", "42", "42"), []*http.Response{respond(502, nil, ``), respond(502, nil, ``)},
			[]string{callbackPath + ` {"type":7`, callbackPath + ` {"type":7`, callbackPath + ` ` + lost}, "page2 failed"},
		{"the answer is lost, and then too late", at(hello), button("page2:a/1", "42", "42"), []*http.Response{respond(502, nil, ``), respond(404, nil, late), respond(404, nil, late)},
			[]string{callbackPath + ` {"type":7`, callbackPath + ` {"type":7`, callbackPath + ` ` + lost}, "page2 failed"},
		{"the answer is refused", at(hello), command("private"), []*http.Response{respond(400, nil, bad)},
			[]string{callbackPath + ` {"type":4`, callbackPath + ` ` + lost}, "private failed"},
		{"the edit after a deferral is refused", slowly(hello, nil), button("page2:a/1", "42", "42"), []*http.Response{nil, respond(400, nil, bad)},
			[]string{callbackPath + ` {"type":6`, "PATCH " + originalPath + " hello", followUp + lost}, "page2 failed"},
		{"the edit of a private placeholder is refused", slowly(hello, nil), command("private"), []*http.Response{nil, respond(400, nil, bad)},
			[]string{callbackPath + ` {"type":5`, "PATCH " + originalPath + " hello", "PATCH " + originalPath + " " + lost}, "private failed"},
		{"the edit of a public placeholder is refused", slowly(hello, nil), command("public"), []*http.Response{nil, respond(400, nil, bad)},
			[]string{callbackPath + ` {"type":5`, "PATCH " + originalPath + " hello", "DELETE " + originalPath + " ", followUp + lost}, "public failed"},
		{"the receipt of a deferral is lost", slowly(hello, nil), button("page2:a/1", "42", "42"), []*http.Response{respond(502, nil, ``), respond(400, nil, taken)},
			[]string{callbackPath + ` {"type":6`, callbackPath + ` {"type":7`, "PATCH " + originalPath + " hello"}, "page2 answered"},
		{"the receipt of a picture's deferral is lost", at(withFile), button("page2:a/1", "42", "42"), []*http.Response{respond(502, nil, ``), respond(400, nil, taken)},
			[]string{callbackPath + ` {"type":6`, callbackPath + ` {"type":6`, "PATCH " + originalPath + " files[0]"}, "page2 answered"},
		{"the handler broke", func(context.Context, *Request) (Reply, error) { return Reply{}, errors.New("x") }, button("page2:a/1", "42", "42"), nil,
			[]string{callbackPath + ` ` + lost}, "page2 failed"},
		{"a refusal is no doubt", func(context.Context, *Request) (Reply, error) { return Reply{}, &UserError{Key: "x.y"} }, button("page2:a/1", "42", "42"), nil,
			[]string{callbackPath + ` <x.y>`}, "page2 refused"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tr := newTestRouter(t, tc.run)
				for name, c := range tr.commands {
					c.Lost = "x.lost"
					tr.commands[name] = c
				}
				for name, c := range tr.components {
					c.Lost = "x.lost"
					tr.components[name] = c
				}
				tr.discord.answer = func(n int, _ *http.Request) *http.Response {
					if n > len(tc.answers) {
						return nil
					}
					return tc.answers[n-1]
				}
				tr.do(t.Context(), tc.in)
				compareRequests(t, tr.discord.all(), tc.want)
				if got := strings.Join(tr.observed, ", "); got != tc.seen {
					t.Errorf("observed %q, want %q", got, tc.seen)
				}
			})
		})
	}
}

// A sentence for lost answers that the catalogue lacks is a fault, and a
// subcommand has that of its command.
func TestLostWords(t *testing.T) {
	sub := Command{Name: "add", About: "a", Answer: NewPrivate, Run: reply("hello")}
	cmd := Command{Name: "class", About: "a", Lost: "class.lost", Subs: []Command{sub}}
	rt, err := newRouter(Options{Commands: []Command{cmd}, Words: sayings{}, Log: silent()})
	if err != nil || rt.commands["class add"].Lost != "class.lost" {
		t.Errorf("class add says %q, %v", rt.commands["class add"].Lost, err)
	}
	part := Handle(pageID, Update, func(context.Context, *Request, pageState) (Reply, error) { return Reply{}, nil })
	part.Lost = "absent.lost"
	if _, err := newRouter(Options{Components: []Component{part}, Words: sayings{}, Log: silent()}); err == nil || !strings.Contains(err.Error(), `"absent.lost"`) {
		t.Errorf("got %v", err)
	}
}
