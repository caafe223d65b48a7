package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
)

// What is discreet leaves counters and no line in the log, so that nobody can
// tell from a line's time who it was that pressed. Only what broke leaves a line,
// under one name, which says of what kind the fault is.

// discreetKey marks a context in which something discreet is answered.
type discreetKey struct{}

// discreetly returns a context in which a log that is hushed says nothing but
// errors.
func discreetly(ctx context.Context) context.Context {
	return context.WithValue(ctx, discreetKey{}, true)
}

// hushed is a log that says nothing but errors of what is discreet.
type hushed struct{ slog.Handler }

// hush returns a log as hushed has it.
func hush(log *slog.Logger) *slog.Logger { return slog.New(hushed{log.Handler()}) }

// Enabled reports whether a line is written.
func (h hushed) Enabled(ctx context.Context, level slog.Level) bool {
	if ctx.Value(discreetKey{}) != nil && level < slog.LevelError {
		return false
	}
	return h.Handler.Enabled(ctx, level)
}

// WithAttrs returns a hushed log that says more in each line.
func (h hushed) WithAttrs(attrs []slog.Attr) slog.Handler { return hushed{h.Handler.WithAttrs(attrs)} }

// WithGroup returns a hushed log that says more below a name.
func (h hushed) WithGroup(name string) slog.Handler { return hushed{h.Handler.WithGroup(name)} }

// cause is what the log says of an error of the binding. The text of a discreet
// one may tell which card it was, so that only its kinds are said, and what
// Discord answered: its codes tell of no card.
func (b binding) cause(err error) error {
	if !b.discreet {
		return err
	}
	if ae, ok := errors.AsType[*APIError](err); ok {
		return wordless{err, fmt.Sprintf("%s: HTTP %d (code %d)", ae.Route, ae.Status, ae.Code)}
	}
	return wordless{err, strings.Join(kindsOf(err), " ")}
}

// A wordless error says only of what kind it is; what it wraps can be looked for
// and is not said.
type wordless struct {
	err   error
	kinds string
}

func (w wordless) Error() string { return w.kinds }
func (w wordless) Unwrap() error { return w.err }

// kindsOf are the types of the errors at the bottom of an error, with their
// codes, such as a database's.
func kindsOf(err error) (kinds []string) {
	switch e := err.(type) {
	case interface{ Unwrap() []error }:
		for _, below := range e.Unwrap() {
			kinds = append(kinds, kindsOf(below)...)
		}
		return kinds
	case interface{ Unwrap() error }:
		if below := e.Unwrap(); below != nil {
			return kindsOf(below)
		}
	}
	if e, ok := err.(interface{ Code() int }); ok {
		return []string{fmt.Sprintf("%T %d", err, e.Code())}
	}
	return []string{fmt.Sprintf("%T", err)}
}
