package bot

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
)

// How errors are worded: say what was seen and what would work. No blame, no
// jargon, no exclamation mark. A fault of ours names a reference that finds
// the line in the log. The words stand in the message catalogue.

// A UserError is a failure that the user can do something about.
type UserError struct {
	Key  string         // the sentence in the message catalogue
	Args map[string]any // what the sentence names; shown, never logged
	Err  error          // for the log only; nil for none
	// Offers are what would work in place of what was typed. Below are the parts
	// that stand below the sentence, in which the offers can be taken.
	Offers []Offer
	Below  []Part
}

// An Offer is a text that would work in place of one that did not.
type Offer struct {
	Of, Text string
	Label    func(Say) string // names it on a button, at any length
}

// A Say returns the sentence of a key in a reader's language.
type Say = func(key string, args ...map[string]any) string

// Error describes the failure for the log.
func (e *UserError) Error() string {
	if e.Err != nil {
		return e.Key + ": " + e.Err.Error()
	}
	return e.Key
}

// Unwrap returns the error behind it.
func (e *UserError) Unwrap() error { return e.Err }

// Parts are the failure as its user sees it.
func (e *UserError) Parts(say Say) []Part {
	return append([]Part{Text(say(e.Key, e.Args))}, e.Below...)
}

// replyFor is the only place where an error becomes words for a user. The
// outcome it returns is what logs and metrics call it.
func replyFor(ctx context.Context, log *slog.Logger, req *Request, b binding, err error) (Reply, string) {
	if ue, ok := errors.AsType[*UserError](err); ok {
		log.InfoContext(ctx, "refused", "binding", b.name, "why", ue.Error())
		return Reply{Parts: ue.Parts(req.Say)}, "refused"
	}
	key := "bot.broke"
	if errors.Is(err, context.DeadlineExceeded) {
		key = "bot.too_slow"
	}
	key = cmp.Or(b.lost, key) // what broke, and when, nobody can tell from here
	if b.storage != nil && b.storage(err) {
		key = "bot.storage"
	}
	log.ErrorContext(ctx, "handler failed", "binding", b.name, "ref", req.Ref, "err", b.cause(err))
	return Reply{Parts: []Part{Text(req.Say(key, map[string]any{"Ref": req.Ref}))}}, "failed"
}

// unsent is an error that came before anything that makes a message went out.
type unsent struct{ error }

// Unwrap returns the error itself.
func (u unsent) Unwrap() error { return u.error }

// Sure reports whether a failed Send or SendDM certainly made no message, so
// that sending again under another nonce can't post twice. It is true when
// Discord refused (4xx, a 429 that outlasted the context or the tries among
// them), when the token is refused, and when nothing went out: a reply over the
// limits, a DM that did not open, a context that ended while waiting, a network
// that isn't there. It is false for a 5xx, for a connection or context that
// ended with the request under way, and for an answer that can't be read: the
// message may stand in the channel then. It is also false for ErrDeleted and for
// nil, because the message was made.
func Sure(err error) bool {
	if err == nil || errors.Is(err, ErrDeleted) {
		return false
	}
	if _, ok := errors.AsType[unsent](err); ok || errors.Is(err, ErrToken) {
		return true
	}
	ae, ok := errors.AsType[*APIError](err)
	return ok && ae.Status >= 400 && ae.Status < 500
}

// Args names the values of a sentence.
type Args = map[string]any
