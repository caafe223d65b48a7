package bot

import (
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
}

// Error describes the failure for the log.
func (e *UserError) Error() string {
	if e.Err != nil {
		return e.Key + ": " + e.Err.Error()
	}
	return e.Key
}

// Unwrap returns the error behind it.
func (e *UserError) Unwrap() error { return e.Err }

// replyFor is the only place where an error becomes words for a user. The
// outcome it returns is what logs and metrics call it.
func replyFor(ctx context.Context, log *slog.Logger, req *Request, binding string, err error) (Reply, string) {
	if ue, ok := errors.AsType[*UserError](err); ok {
		log.InfoContext(ctx, "refused", "binding", binding, "why", ue.Error())
		return Reply{Parts: []Part{Text(req.Say(ue.Key, ue.Args))}}, "refused"
	}
	key := "bot.broke"
	if errors.Is(err, context.DeadlineExceeded) {
		key = "bot.too_slow"
	}
	log.ErrorContext(ctx, "handler failed", "binding", binding, "ref", req.Ref, "err", err)
	return Reply{Parts: []Part{Text(req.Say(key, map[string]any{"Ref": req.Ref}))}}, "failed"
}
