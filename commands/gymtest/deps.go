package gymtest

import (
	"context"
	"sync"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands"
	"unpinch/commands/card"
	"unpinch/content"
	"unpinch/figure"
)

// Noon is the time that tests live at.
var Noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// People is a store of one member.
type People struct {
	Version int
	At      time.Time
	Rows    int
	Kept    []string
	Until   time.Time
	Err     error
}

// Consent returns what was agreed to.
func (p *People) Consent(context.Context, string) (int, time.Time, error) {
	return p.Version, p.At, p.Err
}

// Agree keeps a consent.
func (p *People) Agree(_ context.Context, _ string, version int, _ string, at time.Time) error {
	p.Version, p.At, p.Rows = version, at, 1
	return p.Err
}

// Easy returns what is kept low until its end.
func (p *People) Easy(_ context.Context, _ string, now time.Time) ([]string, time.Time, error) {
	if !now.Before(p.Until) {
		return nil, time.Time{}, p.Err
	}
	return p.Kept, p.Until, p.Err
}

// SetEasy keeps what is kept low.
func (p *People) SetEasy(_ context.Context, _ string, less []string, until time.Time) error {
	p.Kept, p.Until = less, until
	return p.Err
}

// Held returns the rows as those of members.
func (p *People) Held(context.Context, string) (map[string]int, error) {
	if p.Rows == 0 {
		return nil, p.Err
	}
	return map[string]int{"members": p.Rows}, p.Err
}

// Export returns an empty export.
func (p *People) Export(context.Context, string) ([]byte, error) {
	return []byte(`{"tables":{}}`), p.Err
}

// Forget deletes everything.
func (p *People) Forget(context.Context, string) (int, error) {
	n := p.Rows
	*p = People{Err: p.Err}
	return n, p.Err
}

// quiet has nothing to tell anybody.
type quiet struct{ commands.Notices }

func (quiet) TellClosedDM(context.Context, string, time.Time) (bool, error) { return false, nil }

// library is read once: nothing changes it.
var library = sync.OnceValues(content.Load)

// album is shared by all gyms: a picture is drawn once for all tests of a package.
var album = sync.OnceValue(func() *figure.Album { return &figure.Album{} })

// Deps returns what cards that need no store are made of: the content, pictures,
// a store of one member, and a clock that stands at Noon.
func Deps(t testing.TB) commands.Deps {
	t.Helper()
	lib, err := library()
	if err != nil {
		t.Fatal(err)
	}
	return commands.Deps{Content: lib, People: &People{}, Notices: quiet{}, Figures: album(), Now: func() time.Time { return Noon },
		Operator: card.Operator{Name: "Iron Garden", Contact: "help@iron.example", PrivacyURL: "https://iron.example/privacy"}}
}

// Request returns a request with options by name and the values of a select.
func Request(t testing.TB, d commands.Deps, options map[string]any, values ...string) *bot.Request {
	t.Helper()
	req, err := bot.NewRequest(d.Content, "42", options)
	if err != nil {
		t.Fatal(err)
	}
	req.Values = values
	return req
}
