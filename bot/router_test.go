package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// testRouter is a router over a stand-in, with everything it says.
type testRouter struct {
	*router
	rest    *client
	discord *discord
	log     *syncBuffer

	mu       sync.Mutex
	observed []string
}

// testBindings returns a command or button for each way to answer.
func testBindings(run func(context.Context, *Request) (Reply, error)) ([]Command, []Component) {
	component := func(name string, a Answer) Component {
		return Handle(NewID[pageState](name), a, func(ctx context.Context, r *Request, _ pageState) (Reply, error) { return run(ctx, r) })
	}
	owned := component("owned1", Update)
	owned.OwnerOnly = true
	managed := component("managed1", NewPrivate)
	managed.Perm = ManageServer
	typed := String("text", "opt.about").Complete(func(_ context.Context, _ *Request, typed string) ([]Choice, error) {
		if typed == "x" {
			return []Choice{{"X-ray", "xray"}}, nil
		}
		if typed == "boom" {
			return nil, errors.New("no list")
		}
		return nil, nil
	})
	return []Command{
			{Name: "private", About: "a", Answer: NewPrivate, Options: []Option{typed}, Run: run},
			{Name: "public", About: "a", Answer: NewPublic, Run: run},
			{Name: "form", About: "a", Answer: OpenModal, Run: run},
			{Name: "guarded", About: "a", Answer: NewPrivate, Perm: ManageServer, Where: []Context{InServer}, Run: run},
			{Name: "me", About: "a", Subs: []Command{{Name: "export", About: "a", Answer: NewPrivate, Run: run}}},
		}, []Component{
			component("page2", Update), component("fresh1", NewPrivate), component("open1", OpenModal), owned, managed,
		}
}

func newTestRouter(t *testing.T, run func(context.Context, *Request) (Reply, error)) *testRouter {
	t.Helper()
	if run == nil {
		run = reply("hello")
	}
	tr := &testRouter{discord: &discord{}, log: &syncBuffer{}}
	log := slog.New(slog.NewTextHandler(tr.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	cmds, parts := testBindings(run)
	rt, err := newRouter(Options{Commands: cmds, Components: parts, Words: sayings{}, Log: log, Now: time.Now,
		Observe: func(binding, outcome string, _ time.Duration) {
			tr.mu.Lock()
			defer tr.mu.Unlock()
			tr.observed = append(tr.observed, binding+" "+outcome)
		}})
	if err != nil {
		t.Fatal(err)
	}
	tr.router = rt
	tr.rest, _ = overStub(t, tr.discord, log)
	return tr
}

// forget has the router take the next interaction as new, whatever its id.
func (rt *router) forget() { rt.recent.known = nil }

// numbered is an interaction with an id of its own.
func numbered(in string, n int) string {
	return strings.Replace(in, `"id":"1000"`, fmt.Sprintf(`"id":"%d"`, 2000+n), 1)
}

// do runs one interaction to its end, as one that is new.
func (tr *testRouter) do(ctx context.Context, in string) {
	tr.forget()
	tr.start(ctx, tr.rest, json.RawMessage(in), false)
	tr.wg.Wait()
}

// command and button return interactions as Discord sends them, shortened.
func command(name string, more ...string) string {
	return fmt.Sprintf(`{"id":"1000","application_id":"7","type":2,"token":"tok","channel_id":"5","guild_id":"6","locale":"de",
		"member":{"user":{"id":"42"},"roles":["9"],"permissions":"2048"},"app_permissions":"3072","data":{"name":%q%s}}`, name, strings.Join(more, ""))
}

func button(id, presser, owner string) string {
	return fmt.Sprintf(`{"id":"1000","application_id":"7","type":3,"token":"tok","channel_id":"5","user":{"id":%q},"locale":"en-US",
		"message":{"id":"1","components":[{"type":99}],"interaction_metadata":{"user":{"id":%q}}},"data":{"custom_id":%q,"component_type":2,"values":["v"]}}`, presser, owner, id)
}

// menu is a button that was picked from a menu.
func menu(id, owner string) string {
	return strings.Replace(button("menu", "42", owner), `["v"]`, fmt.Sprintf("[%q]", id), 1)
}

// sees answers, if the values that were picked are those wanted.
func sees(values string) func(context.Context, *Request) (Reply, error) {
	return func(_ context.Context, req *Request) (Reply, error) {
		if got := fmt.Sprint(req.Values); got != values {
			return Reply{}, fmt.Errorf("the values are %s, want %s", got, values)
		}
		return Reply{Parts: []Part{Text("hello")}}, nil
	}
}

func reply(text string) func(context.Context, *Request) (Reply, error) {
	return func(context.Context, *Request) (Reply, error) { return Reply{Parts: []Part{Text(text)}}, nil }
}

// slowly answers after the deferral.
func slowly(r Reply, err error) func(context.Context, *Request) (Reply, error) {
	return func(ctx context.Context, _ *Request) (Reply, error) {
		if e := sleep(ctx, 2500*time.Millisecond); e != nil {
			return Reply{}, e
		}
		return r, err
	}
}

const callbackPath = "POST /api/v10/interactions/1000/tok/callback"
const originalPath = "/api/v10/webhooks/7/tok/messages/@original"

// An answerCase is an interaction with what is sent and counted of it.
type answerCase struct {
	name string
	run  func(context.Context, *Request) (Reply, error)
	in   string
	want []string // each request: its line, then a part of its body
	seen string   // what the observer hears
}

func answerCases() []answerCase {
	ok := Reply{Parts: []Part{Text("hello")}}
	withFile := Reply{Parts: []Part{Gallery{{"a.png", "alt"}}}, Files: []File{{Name: "a.png", Data: []byte("x")}}}
	boom := errors.New("secret fault")
	return []answerCase{
		{"private command", reply("hello"), command("private"), []string{callbackPath + ` {"type":4,"data":{"flags":32832`}, "private answered"},
		{"public command", reply("hello"), command("public"), []string{callbackPath + ` {"type":4,"data":{"flags":32768`}, "public answered"},
		{"subcommand", reply("hello"), command("me", `,"options":[{"type":1,"name":"export"}]`), []string{callbackPath + ` {"type":4`}, "me export answered"},
		{"button updates", reply("hello"), button("page2:a/1", "42", "42"), []string{callbackPath + ` {"type":7,"data":{"flags":32768`}, "page2 answered"},
		{"button answers anew", reply("hello"), button("fresh1:a/1", "42", "42"), []string{callbackPath + ` {"type":4,"data":{"flags":32832`}, "fresh1 answered"},
		{"modal", func(context.Context, *Request) (Reply, error) { return Reply{Modal: aModal()}, nil }, button("open1:a/1", "42", "42"),
			[]string{callbackPath + ` {"type":9,"data":{"custom_id":"page2:form/1"`}, "open1 answered"},
		{"update with a new picture is an edit", func(context.Context, *Request) (Reply, error) { return withFile, nil }, button("page2:a/1", "42", "42"),
			[]string{callbackPath + ` {"type":6}`, "PATCH " + originalPath + " files[0]"}, "page2 answered"},

		{"a menu updates", sees("[]"), menu("page2:a/1", "42"), []string{callbackPath + ` {"type":7,"data":{"flags":32768`}, "page2 answered"},
		{"a menu answers anew", sees("[]"), menu("fresh1:a/1", "42"), []string{callbackPath + ` {"type":4,"data":{"flags":32832`}, "fresh1 answered"},
		{"a menu opens a form", func(context.Context, *Request) (Reply, error) { return Reply{Modal: aModal()}, nil }, menu("open1:a/1", "42"),
			[]string{callbackPath + ` {"type":9`}, "open1 answered"},
		{"a menu of someone else", reply("hello"), menu("owned1:a/1", "43"), []string{callbackPath + ` <bot.not_yours>`}, "owned1 refused"},
		{"a menu asks for permission", reply("hello"), menu("managed1:a/1", "42"), []string{callbackPath + ` <bot.server_only>`}, "managed1 refused"},
		{"a menu in a menu", reply("hello"), menu("menu", "42"), []string{callbackPath + ` <bot.old_button>`}, "unknown refused"},
		{"a menu with what nobody offered", reply("hello"), menu("what is this", "42"), []string{callbackPath + ` <bot.old_button>`}, "unknown refused"},

		{"slow private is deferred", slowly(ok, nil), command("private"),
			[]string{callbackPath + ` {"type":5,"data":{"flags":64}}`, "PATCH " + originalPath + ` {"flags":32768,"components":[{"type":10,"content":"hello"`}, "private answered"},
		{"slow public is deferred without flags", slowly(ok, nil), command("public"),
			[]string{callbackPath + ` {"type":5}`, "PATCH " + originalPath + ` {"flags":32768`}, "public answered"},
		{"slow update is deferred as one", slowly(ok, nil), button("page2:a/1", "42", "42"),
			[]string{callbackPath + ` {"type":6}`, "PATCH " + originalPath + ` {"flags":32768`}, "page2 answered"},
		{"a slow modal can't open, which is said", slowly(Reply{Modal: aModal()}, nil), button("open1:a/1", "42", "42"),
			[]string{callbackPath + ` {"type":5,"data":{"flags":64}}`, "PATCH " + originalPath + ` <bot.late_form>`}, "open1 refused"},
		{"words in place of a modal", reply("hello"), button("open1:a/1", "42", "42"), []string{callbackPath + ` {"type":4,"data":{"flags":32832`}, "open1 answered"},
		{"slow words in place of a modal are deferred", slowly(ok, nil), command("form"),
			[]string{callbackPath + ` {"type":5,"data":{"flags":64}}`, "PATCH " + originalPath + ` {"flags":32768,"components":[{"type":10,"content":"hello"`}, "form answered"},
		{"a card with a picture in place of a modal", func(context.Context, *Request) (Reply, error) { return withFile, nil }, command("form"),
			[]string{callbackPath + ` files[0]`}, "form answered"},
		{"a slow fault in place of a modal", slowly(Reply{}, boom), command("form"),
			[]string{callbackPath + ` {"type":5`, "PATCH " + originalPath + ` <bot.broke rs>`}, "form failed"},

		{"a fault of ours", func(context.Context, *Request) (Reply, error) { return Reply{}, boom }, command("private"),
			[]string{callbackPath + ` <bot.broke rs>`}, "private failed"},
		{"a fault on a public message is private", func(context.Context, *Request) (Reply, error) { return Reply{}, boom }, command("public"),
			[]string{callbackPath + ` {"type":4,"data":{"flags":32832`}, "public failed"},
		{"a fault on a button leaves the message", func(context.Context, *Request) (Reply, error) { return Reply{}, boom }, button("page2:a/1", "42", "42"),
			[]string{callbackPath + ` {"type":4,"data":{"flags":32832`}, "page2 failed"},
		{"a slow fault, private", slowly(Reply{}, boom), command("private"),
			[]string{callbackPath + ` {"type":5`, "PATCH " + originalPath + ` <bot.broke rs>`}, "private failed"},
		{"a slow fault never fills a public placeholder", slowly(Reply{}, boom), command("public"),
			[]string{callbackPath + ` {"type":5`, "DELETE " + originalPath + " ", "POST /api/v10/webhooks/7/tok " + `{"flags":32832`}, "public failed"},
		{"a slow fault never overwrites the message", slowly(Reply{}, boom), button("page2:a/1", "42", "42"),
			[]string{callbackPath + ` {"type":6`, "POST /api/v10/webhooks/7/tok " + `{"flags":32832`}, "page2 failed"},
		{"a user's fault", func(context.Context, *Request) (Reply, error) {
			return Reply{}, &UserError{Key: "x.y", Err: errors.New("why")}
		}, command("private"), []string{callbackPath + ` <x.y>`}, "private refused"},
		{"a panic", func(context.Context, *Request) (Reply, error) { panic("neck") }, command("private"), []string{callbackPath + ` <bot.broke rs>`}, "private failed"},
		{"a reply over the limits", reply(""), command("private"), []string{callbackPath + ` <bot.broke rs>`}, "private failed"},
		{"a handler past its time", func(ctx context.Context, _ *Request) (Reply, error) { <-ctx.Done(); return Reply{}, ctx.Err() }, command("private"),
			[]string{callbackPath + ` {"type":5`, "PATCH " + originalPath + ` <bot.too_slow rs>`}, "private failed"},

		{"unknown command", reply("hello"), command("nope"), []string{callbackPath + ` <bot.unknown_command>`}, "unknown refused"},
		{"unknown button", reply("hello"), button("nope1:x", "42", "42"), []string{callbackPath + ` <bot.old_button>`}, "unknown refused"},
		{"an older version's button", reply("hello"), button("page1:neck", "42", "42"), []string{callbackPath + ` <bot.old_button>`}, "page refused"},
		{"a state that can't be read", reply("hello"), button("page2:neck", "42", "42"), []string{callbackPath + ` <bot.old_button>`}, "page2 refused"},
		{"one's own button", reply("hello"), button("owned1:a/1", "42", "42"), []string{callbackPath + ` {"type":7`}, "owned1 answered"},
		{"another's button", reply("hello"), button("owned1:a/1", "43", "42"), []string{callbackPath + ` <bot.not_yours>`}, "owned1 refused"},
		{"nobody's button", reply("hello"), button("owned1:a/1", "43", ""), []string{callbackPath + ` <bot.not_yours>`}, "owned1 refused"},
		{"without the permission", reply("hello"), command("guarded"), []string{callbackPath + ` <bot.no_permission>`}, "guarded refused"},
		{"with the permission", reply("hello"), strings.Replace(command("guarded"), `"permissions":"2048"`, `"permissions":"32"`, 1), []string{callbackPath + ` "content":"hello"`}, "guarded answered"},
		{"a public answer where the user may not write", reply("hello"), strings.Replace(command("public"), `"permissions":"2048"`, `"permissions":"0"`, 1), []string{callbackPath + ` <bot.no_write>`}, "public refused"},
		{"an administrator", reply("hello"), strings.Replace(command("guarded"), `"permissions":"2048"`, `"permissions":"8"`, 1), []string{callbackPath + ` "content":"hello"`}, "guarded answered"},
		{"a button without the permission", reply("hello"), strings.Replace(button("managed1:a/1", "42", "42"), `"user":{"id":"42"},"locale"`,
			`"guild_id":"6","member":{"user":{"id":"42"},"permissions":"0"},"locale"`, 1), []string{callbackPath + ` <bot.no_permission>`}, "managed1 refused"},
		{"a server's button in a DM", reply("hello"), button("managed1:a/1", "42", "42"), []string{callbackPath + ` <bot.server_only>`}, "managed1 refused"},

		{"suggestions", nil, complete("x"), []string{callbackPath + ` {"type":8,"data":{"choices":[{"name":"X-ray","value":"xray"}]}}`}, "private answered"},
		{"no suggestions", nil, complete("y"), []string{callbackPath + ` {"type":8,"data":{"choices":[]}}`}, "private answered"},
		{"suggestions that fail", nil, complete("boom"), []string{callbackPath + ` {"type":8,"data":{"choices":[]}}`}, "private failed"},
		{"suggestions for an unknown command", nil, strings.Replace(complete("x"), "private", "nope", 1), []string{callbackPath + ` {"type":8,"data":{"choices":[]}}`}, "unknown refused"},

		{"not an interaction", nil, `{"id":7}`, nil, "unknown failed"},
	}
}

func TestAnswers(t *testing.T) {
	for _, tc := range answerCases() {
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tr := newTestRouter(t, tc.run)
				tr.do(t.Context(), tc.in)
				compareRequests(t, tr.discord.all(), tc.want)
				if got := strings.Join(tr.observed, ", "); got != tc.seen {
					t.Errorf("observed %q, want %q", got, tc.seen)
				}
				for _, secret := range []string{"neck", "42", "tok/", "a/1"} {
					if strings.Contains(strings.ReplaceAll(tr.log.String(), "router_test.go", ""), "="+secret) {
						t.Errorf("the log says %q:\n%s", secret, tr.log)
					}
				}
			})
		})
	}
}

func complete(typed string) string {
	return strings.Replace(command("private", `,"options":[{"type":3,"name":"text","focused":true,"value":"`+typed+`"}]`), `"type":2`, `"type":4`, 1)
}

func compareRequests(t *testing.T, got []sent, want []string) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d requests, want %d: %+v", len(got), len(want), got)
	}
	for i, w := range want {
		f := strings.SplitN(w, " ", 3)
		g := got[i]
		body := strings.NewReplacer(`\u003c`, "<", `\u003e`, ">").Replace(g.body)
		if g.method != f[0] || g.path != f[1] || !strings.Contains(body, f[2]) {
			t.Errorf("request %d is %s %s %s\nwant %s", i, g.method, g.path, body, w)
		}
	}
}

// TestWhoHasInstalledTheBot: where the server has not, the request says so.
func TestWhoHasInstalledTheBot(t *testing.T) {
	for _, tc := range []struct {
		in   string
		want bool
	}{
		{`"guild_id":"6","authorizing_integration_owners":{"0":"6","1":"42"}`, false},
		{`"guild_id":"6","authorizing_integration_owners":{"0":"6"}`, false},
		{`"guild_id":"6","authorizing_integration_owners":{"1":"42"}`, true},
		{`"authorizing_integration_owners":{"1":"42"}`, false},
		{`"authorizing_integration_owners":{"0":"0","1":"42"}`, false},
		{`"guild_id":"6"`, false},
	} {
		var i interaction
		if err := json.Unmarshal([]byte("{"+tc.in+"}"), &i); err != nil {
			t.Fatal(err)
		}
		if got := i.request(sayings{}).UserOnly; got != tc.want {
			t.Errorf("%s: for the user only %t, want %t", tc.in, got, tc.want)
		}
	}
}

// TestAReplayedInteractionIsHandledOnce: it is deferred first, which Discord
// refuses when the process before had answered it.
func TestAReplayedInteractionIsHandledOnce(t *testing.T) {
	for name, tc := range map[string]struct {
		status, code int // of the deferral
		runs         int
	}{
		"new":             {204, 0, 1},
		"answered before": {400, codeAcknowledged, 0},
		"too late":        {404, codeUnknownInteraction, 0},
		"unknown":         {502, 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			runs := 0
			tr := newTestRouter(t, func(context.Context, *Request) (Reply, error) {
				runs++
				return Reply{Parts: []Part{Text("hello")}}, nil
			})
			tr.discord.answer = func(n int, _ *http.Request) *http.Response {
				if n > 1 {
					return nil
				}
				return respond(tc.status, nil, fmt.Sprintf(`{"code":%d}`, tc.code))
			}
			tr.start(t.Context(), tr.rest, json.RawMessage(command("private")), true)
			tr.wg.Wait()
			if runs != tc.runs || strings.Contains(tr.log.String(), "level=ERROR") {
				t.Errorf("the handler ran %d times, want %d; log:\n%s", runs, tc.runs, tr.log)
			}
		})
	}
}

func TestRequestSeesTheInteraction(t *testing.T) {
	var got *Request
	tr := newTestRouter(t, func(_ context.Context, r *Request) (Reply, error) {
		got = r
		return Reply{Parts: []Part{Text("x")}}, nil
	})
	tr.do(t.Context(), command("private", `,"options":[{"type":3,"name":"text","value":"hi"}]`))
	if got.UserID != "42" || got.GuildID != "6" || got.ChannelID != "5" || got.Locale != "de" || got.AppPerms != 3072 || len(got.Roles) != 1 || got.Ref != "rs" {
		t.Errorf("got %+v", got)
	}
	text := String("text", "")
	if v := text.Get(got); v != "hi" {
		t.Errorf("the option is %q", v)
	}
	modal := `{"id":"1000","application_id":"7","type":5,"token":"tok","user":{"id":"42"},"data":{"custom_id":"fresh1:a/1","components":[
		{"type":18,"component":{"type":4,"custom_id":"lines","value":"mon 18:00"}},
		{"type":18,"component":{"type":3,"custom_id":"where","values":["2"]}},
		{"type":1,"components":[{"type":4,"custom_id":"old","value":"row"}]}]}}`
	tr.do(t.Context(), modal)
	for field, want := range map[string]string{"lines": "mon 18:00", "where": "2", "old": "row"} {
		if got.Fields[field] != want {
			t.Errorf("field %s is %q, want %q", field, got.Fields[field], want)
		}
	}
	tr.do(t.Context(), button("page2:a/1", "42", "42"))
	if len(got.Values) != 1 || got.Values[0] != "v" {
		t.Errorf("values are %q", got.Values)
	}
}

func TestOptionsReadWhatTheyDeclare(t *testing.T) {
	n, yes, s := Int("n", "a", 1, 9, 5), Bool("yes", "a"), String("s", "a")
	req, err := NewRequest(sayings{}, "1", map[string]any{"n": 7, "yes": true, "s": "t"})
	if err != nil {
		t.Fatal(err)
	}
	if n.Get(req) != 7 || !yes.Get(req) || s.Get(req) != "t" {
		t.Errorf("got %v %v %q", n.Get(req), yes.Get(req), s.Get(req))
	}
	odd, err := NewRequest(sayings{}, "1", map[string]any{"n": "seven"})
	if err != nil {
		t.Fatal(err)
	}
	if n.Get(odd) != 5 || yes.Get(odd) || s.Get(odd) != "" {
		t.Errorf("defaults are %v %v %q", n.Get(odd), yes.Get(odd), s.Get(odd))
	}
}

func TestHandlersInFlightAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		tr := newTestRouter(t, func(context.Context, *Request) (Reply, error) {
			<-release
			return Reply{Parts: []Part{Text("x")}}, nil
		})
		for n := range waitingAtOnce + 5 {
			tr.start(t.Context(), tr.rest, json.RawMessage(numbered(command("private"), n)), false)
		}
		sleep(t.Context(), placeWait+time.Millisecond)
		synctest.Wait()
		if got, want := len(tr.discord.all()), waitingAtOnce-handlersAtOnce; got != want {
			t.Errorf("%d were told that the bot is busy, want %d", got, want)
		}
		close(release)
		tr.wg.Wait()
		if got := strings.Count(tr.log.String(), "interaction dropped"); got != 5 {
			t.Errorf("%d were dropped, want 5", got)
		}
	})
}

// TestAsideTakesNoPlace lets more handlers wait than there are places, all of them
// aside: others are answered at once, and each place is given up once.
func TestAsideTakesNoPlace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		tr := newTestRouter(t, func(_ context.Context, req *Request) (Reply, error) {
			if req.Locale == "de" {
				req.Aside()
				req.Aside()
				<-release
			}
			return Reply{Parts: []Part{Text("x")}}, nil
		})
		for n := range handlersAtOnce + 5 {
			tr.start(t.Context(), tr.rest, json.RawMessage(numbered(command("private"), n)), false)
		}
		synctest.Wait()
		if n := len(tr.running); n != 0 {
			t.Errorf("those aside hold %d places", n)
		}
		in := strings.Replace(numbered(command("private"), handlersAtOnce+5), `"locale":"de"`, `"locale":"en-US"`, 1)
		tr.start(t.Context(), tr.rest, json.RawMessage(in), false)
		synctest.Wait()
		if got := len(tr.discord.all()); got != 1 {
			t.Errorf("%d answers beside those aside, want 1", got)
		}
		close(release)
		tr.wg.Wait()
		if n := len(tr.running); n != 0 {
			t.Errorf("in the end %d places are held", n)
		}
	})
}

func TestAnAnswerThatDiscordRefusesIsLogged(t *testing.T) {
	tr := newTestRouter(t, reply("hello"))
	tr.discord.answer = func(int, *http.Request) *http.Response {
		return respond(404, nil, `{"code":10062,"message":"Unknown interaction"}`)
	}
	tr.do(t.Context(), command("private"))
	if !strings.Contains(tr.log.String(), "code 10062") || tr.observed[0] != "private failed" {
		t.Errorf("observed %q, log:\n%s", tr.observed, tr.log)
	}
}

func TestNewRouterNamesEveryFault(t *testing.T) {
	run := reply("x")
	bad := Command{Name: "Bad Name", About: "absent.about", Answer: Update, Run: run}
	twice := Command{Name: "twice", About: "a", Answer: NewPrivate, Run: run}
	order := Command{Name: "order", About: "a", Answer: NewPrivate, Run: run, Options: []Option{Bool("b", "a"), String("s", "a").Required()}}
	guarded := Command{Name: "guarded", About: "a", Answer: NewPrivate, Perm: ManageServer, Run: run}
	mixed := Command{Name: "mixed", About: "a", Answer: NewPrivate, Run: run, Subs: []Command{{Name: "s", About: "a"}}}
	part := Handle(pageID, Update, func(context.Context, *Request, pageState) (Reply, error) { return Reply{}, nil })
	_, err := newRouter(Options{Commands: []Command{bad, twice, twice, order, guarded, mixed}, Components: []Component{part, part, {}}, Words: sayings{}, Log: silent()})
	for _, want := range []string{`name "Bad Name"`, `description "absent.about"`, "no message to update", "twice: stands twice", "required, after an optional",
		"exists only in a server", "both subcommands and a handler", "s: has no handler", "page2: bound twice", "how it answers is not said"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is missing from %v", want, err)
		}
	}
}

// FuzzInteraction feeds the router what Discord might send one day. The router
// never panics, and answers everything that it can read.
func FuzzInteraction(f *testing.F) {
	for _, s := range []string{command("private"), complete("x"), button("page2:a/1", "42", "42"), `{"id":"1","token":"t","type":9}`, `[]`,
		`{"id":"x","token":"t","type":2,"data":{"name":"me","options":[{"type":1,"options":[{"type":1}]}]}}`} {
		f.Add([]byte(s))
	}
	cmds, parts := testBindings(reply("hello"))
	rt, err := newRouter(Options{Commands: cmds, Components: parts, Words: sayings{}, Log: silent(), Now: time.Now, Observe: func(string, string, time.Duration) {}})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		d := &discord{}
		rest, _ := overStub(t, d, silent())
		rt.forget()
		rt.handle(t.Context(), rest, raw, false)
		var i interaction
		if json.Unmarshal(raw, &i) == nil && i.ID != "" && i.Token != "" && len(d.all()) == 0 {
			t.Errorf("%s got no answer", raw)
		}
	})
}

// One that Discord dispatches twice is handled once, and so is one that is under
// way. What was long ago is forgotten.
func TestAnInteractionThatComesTwice(t *testing.T) {
	var ran int
	tr := newTestRouter(t, func(context.Context, *Request) (Reply, error) {
		ran++
		return Reply{Parts: []Part{Text("x")}}, nil
	})
	for range 3 {
		tr.start(t.Context(), tr.rest, json.RawMessage(command("private")), false)
		tr.wg.Wait()
	}
	if got := strings.Join(tr.observed, ", "); ran != 1 || len(tr.discord.all()) != 1 || got != "private answered, unknown dropped, unknown dropped" {
		t.Errorf("handled %d times, answered %d times, observed %s", ran, len(tr.discord.all()), got)
	}
	var r recent
	for n := range 3 * recentKept {
		if r.again(fmt.Sprint(n)) {
			t.Fatalf("%d is new and was taken as known", n)
		}
	}
	if len(r.known) != recentKept || len(r.ids) != recentKept || !r.again(fmt.Sprint(2*recentKept)) || r.again(fmt.Sprint(2*recentKept-1)) {
		t.Errorf("%d are remembered, in a ring of %d", len(r.known), len(r.ids))
	}
}

func TestAPlaceIsGivenBack(t *testing.T) {
	tr := newTestRouter(t, nil)
	for range waitingAtOnce + 1 {
		tr.do(t.Context(), command("private"))
	}
	if strings.Contains(tr.log.String(), "dropped") {
		t.Error("an interaction was dropped with nothing in flight")
	}
}

func TestASubcommandAsksForItsCommandsPermission(t *testing.T) {
	sub := Command{Name: "add", About: "a", Answer: NewPrivate, Run: reply("hello")}
	rt, err := newRouter(Options{Commands: []Command{{Name: "class", About: "a", Perm: ManageServer, Where: []Context{InServer}, Subs: []Command{sub}}}, Words: sayings{}, Log: silent()})
	if err != nil {
		t.Fatal(err)
	}
	if got := rt.commands["class add"].Perm; got != ManageServer {
		t.Errorf("class add asks for %d, want %d", got, ManageServer)
	}
}
