package bot

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Bounds on the work in flight.
const (
	handlersAtOnce = 256  // handlers that run
	waitingAtOnce  = 2048 // interactions that run or wait for a place
	placeWait      = 1 * time.Second
	handlerMax     = 30 * time.Second // a handler's time
	brokenMax      = 10 * time.Second // likewise, while what the bot keeps things in is known not to work
)

// An Observer is told of each interaction that has ended: its binding, which is
// DiscreetName for all that are discreet, how it went ("answered", "refused",
// "failed", "dropped") and how long it took. It never learns the user, the place
// or the state.
type Observer func(binding, outcome string, took time.Duration)

// A router finds the binding of an interaction and answers through it.
type router struct {
	commands   map[string]Command   // by full name, "me export"
	components map[string]Component // by ID name, "pinched1"
	stems      map[string]bool      // of the components' names; true for discreet ones
	words      Words
	ids        atomic.Pointer[map[string]string] // of the commands, by name; nil until they are in place
	log        *slog.Logger
	now        func() time.Time
	observe    Observer
	storage    func(error) bool
	age        func(id string) time.Duration // of an interaction, by Discord's clock
	rivals     rivals
	recent     recent

	waiting chan struct{}
	running chan struct{}
	wg      sync.WaitGroup
}

// cameBack is said of a replayed interaction that no answer reaches any more.
const cameBack = "an interaction came back too late for an answer"

// routerKeys are the sentences that the router itself says.
func routerKeys() []string {
	return []string{"bot.broke", "bot.storage", "bot.too_slow", "bot.late_form", "bot.old_button", "bot.not_yours", "bot.no_permission", "bot.no_write", "bot.hidden", "bot.server_only", "bot.busy", "bot.unknown_command"}
}

// newRouter checks the bindings and returns every fault at once.
func newRouter(o Options) (*router, error) {
	rt := &router{commands: map[string]Command{}, components: map[string]Component{}, stems: map[string]bool{},
		words: o.Words, log: hush(o.Log), now: o.Now, observe: o.Observe, storage: o.Storage, age: func(string) time.Duration { return 0 },
		waiting: make(chan struct{}, waitingAtOnce), running: make(chan struct{}, handlersAtOnce)}
	faults := []error{checkCommands(o.Commands, o.Words)}
	for _, c := range o.Commands {
		rt.add("", c)
	}
	for _, c := range o.Components {
		if !idName.MatchString(c.name) {
			faults = append(faults, fmt.Errorf("component %q: the name is not lower-case letters, digits and _, with a version digit at its end", c.name))
		}
		if rt.components[c.name].run != nil {
			faults = append(faults, fmt.Errorf("component %s: bound twice", c.name))
		}
		if c.Answer == 0 || c.run == nil {
			faults = append(faults, fmt.Errorf("component %s: how it answers is not said", c.name))
		}
		rt.components[c.name] = c
		rt.stems[stem(c.name)] = rt.stems[stem(c.name)] || c.Discreet
	}
	for _, key := range slices.Concat(routerKeys(), rt.lostKeys()) {
		if o.Words.Say(language, key, map[string]any{"Ref": ""}) == "?"+key {
			faults = append(faults, fmt.Errorf("the message catalogue has no %q", key))
		}
	}
	return rt, errors.Join(faults...)
}

// lostKeys are the sentences for answers that got lost.
func (rt *router) lostKeys() (keys []string) {
	for _, c := range rt.commands {
		keys = append(keys, c.Lost)
	}
	for _, c := range rt.components {
		keys = append(keys, c.Lost)
	}
	slices.Sort(keys)
	return slices.DeleteFunc(slices.Compact(keys), func(key string) bool { return key == "" })
}

func (rt *router) add(prefix string, c Command) {
	for _, sub := range c.Subs {
		sub.Perm |= c.Perm
		sub.Lost = cmp.Or(sub.Lost, c.Lost)
		sub.Discreet = sub.Discreet || c.Discreet
		rt.add(prefix+c.Name+" ", sub)
	}
	if c.Run != nil {
		rt.commands[prefix+c.Name] = c
	}
}

// start answers one interaction in the background. It never blocks: past the
// bounds the interaction is dropped, counted and logged. Discord may replay one
// that came while the bot was away.
func (rt *router) start(ctx context.Context, rest *client, raw json.RawMessage, replayed bool) {
	select {
	case rt.waiting <- struct{}{}:
	default:
		rt.log.WarnContext(ctx, "interaction dropped, too many are waiting")
		rt.observe("unknown", "dropped", 0)
		return
	}
	rt.wg.Go(func() {
		defer func() { <-rt.waiting }()
		rt.handle(ctx, rest, raw, replayed)
	})
}

func (rt *router) handle(ctx context.Context, rest *client, raw json.RawMessage, replayed bool) {
	begin := rt.now()
	i := &interaction{replayed: replayed}
	if err := json.Unmarshal(raw, i); err != nil || i.ID == "" || i.Token == "" {
		rt.log.ErrorContext(ctx, "interaction could not be read")
		rt.observe("unknown", "failed", 0)
		return
	}
	i.choose()
	b := rt.find(i)
	if b.discreet {
		ctx = discreetly(ctx)
	}
	if replayed && rt.age(i.ID) > answerBy {
		rt.log.InfoContext(ctx, cameBack)
		rt.observe("unknown", "dropped", 0)
		return
	}
	if rt.recent.again(i.ID) { // what it asks for is done already, or under way
		rt.log.InfoContext(ctx, "an interaction came twice")
		rt.observe("unknown", "dropped", 0)
		return
	}
	outcome := rt.answer(ctx, rest, i, b)
	took := rt.now().Sub(begin)
	rt.log.InfoContext(ctx, "handled", "binding", b.name, "outcome", outcome, "ms", took.Milliseconds())
	rt.observe(b.name, outcome, took)
}

// place waits for room among the running handlers.
func (rt *router) place(ctx context.Context) bool {
	select {
	case rt.running <- struct{}{}:
		return true
	default:
	}
	t := time.NewTimer(placeWait)
	defer t.Stop()
	select {
	case rt.running <- struct{}{}:
		return true
	case <-t.C:
	case <-ctx.Done():
	}
	return false
}

// answer runs the binding and sends what it returns, or words in its place.
func (rt *router) answer(ctx context.Context, rest *client, i *interaction, b binding) (outcome string) {
	most := handlerMax
	if rt.storage != nil && rt.storage(context.DeadlineExceeded) {
		most = brokenMax
	}
	ctx, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	req := i.request(rt.words)
	if ids := rt.ids.Load(); ids != nil {
		req.ids = *ids
	}
	r := &responder{rest: rest, i: i, answer: b.answer, taken: func() { rt.rivals.note(rt.log, rt.now()) }}
	if i.replayed && b.answer != OpenModal {
		// The process before this one may have handled it: then it has its answer.
		if err := r.deferNow(sending(ctx)); err != nil {
			rt.log.InfoContext(ctx, cameBack, "binding", b.name)
			return "dropped"
		}
	}
	reply, choices, err := rt.run(ctx, req, r, b)
	if i.Type == typeAutocomplete {
		outcome = "answered"
		if err != nil { // there is no room for words: the list stays empty
			_, outcome = replyFor(ctx, rt.log, req, b, err)
		}
		return rt.sent(ctx, i, b, outcome, r.choices(sending(ctx), choices))
	}
	if err == nil {
		if err = r.send(sending(ctx), reply); err == nil {
			return "answered"
		}
		if i.replayed && over(err) {
			rt.log.InfoContext(ctx, cameBack, "binding", b.name)
			return "dropped"
		}
		err = fmt.Errorf("send the answer: %w", err)
	}
	words, outcome := replyFor(ctx, rt.log, req, b, err)
	return rt.sent(ctx, i, b, outcome, r.fail(sending(ctx), words))
}

// sending is ctx for the requests that carry an answer: a handler that used
// up its own time still gets its apology through.
func sending(ctx context.Context) context.Context {
	return context.WithoutCancel(ctx)
}

func (rt *router) sent(ctx context.Context, i *interaction, b binding, outcome string, err error) string {
	if i.replayed && over(err) {
		rt.log.InfoContext(ctx, cameBack, "binding", b.name)
		return "dropped"
	}
	if err != nil {
		rt.log.ErrorContext(ctx, "answer not sent", "binding", b.name, "err", b.cause(err))
		return "failed"
	}
	return outcome
}

// run calls the handler, and defers when it is slow.
func (rt *router) run(ctx context.Context, req *Request, r *responder, b binding) (Reply, []Choice, error) {
	after := deferAfter
	if b.answer == OpenModal {
		after = formAfter
	}
	slow := time.AfterFunc(after, func() { // the wait for a place counts too
		if err := r.deferNow(sending(ctx)); err != nil {
			rt.log.WarnContext(ctx, "deferral not sent", "binding", b.name, "err", b.cause(err))
		}
	})
	defer slow.Stop()
	if !rt.place(ctx) {
		return Reply{}, nil, &UserError{Key: "bot.busy"}
	}
	leave := sync.OnceFunc(func() { <-rt.running })
	defer leave()
	req.leave = leave
	if err := b.allowed(req); err != nil {
		return Reply{}, nil, err
	}
	return rt.call(ctx, req, b)
}

// call calls the handler and turns a panic into an error.
func (rt *router) call(ctx context.Context, req *Request, b binding) (reply Reply, choices []Choice, err error) {
	defer func() {
		if p := recover(); p != nil {
			// What it says may quote the state; the stack may tell it too.
			stack := "not logged"
			if !b.discreet {
				stack = string(debug.Stack())
			}
			rt.log.ErrorContext(ctx, "handler panicked", "binding", b.name, "ref", req.Ref, "kind", fmt.Sprintf("%T", p), "stack", stack)
			err = errors.New("panic in the handler")
		}
	}()
	if b.complete != nil {
		choices, err = b.complete(ctx, req)
		return Reply{}, choices, err
	}
	reply, err = b.run(ctx, req)
	if err != nil {
		return Reply{}, nil, err
	}
	if err := reply.Validate(); err != nil {
		return Reply{}, nil, fmt.Errorf("the reply is over Discord's limits: %w", err)
	}
	return reply, nil, nil
}
