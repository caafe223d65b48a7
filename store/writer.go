package store

import (
	"context"
	"database/sql/driver"

	"modernc.org/sqlite"
)

// A telling connector opens connections that tell of each commit, just before it
// holds.
type telling struct {
	driver.Connector
	tell func()
}

// Connect opens a connection.
func (t telling) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := t.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	c.(sqlite.HookRegisterer).RegisterCommitHook(func() int32 { t.tell(); return 0 })
	return c, nil
}

// Changed returns what is sent to whenever something is about to be written,
// unless that is still to be read from last time. Anyone who looks for what is due
// waits a moment first. There is one for a Store.
func (s *Store) Changed() <-chan struct{} { return s.written }

func (s *Store) tellChanged() {
	select {
	case s.written <- struct{}{}:
	default: // it is told already
	}
}
