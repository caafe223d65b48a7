package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// A GatewaySession is what it takes to go on with the session on Discord's
// gateway after a restart.
type GatewaySession struct {
	Owner        string // says whether it is the same bot's
	ID           string // "" for none
	Address      string
	Seq          int64
	Application  string
	User         string
	IdentifiedAt time.Time // to the millisecond; zero for never
	Down         string    // ids of servers in an outage, separated by blanks
	Shards       int       // that there were
}

const (
	gatewaySessionQuery = `
SELECT owner, session_id, address, seq, application_id, bot_id, identified_ms, down, shards FROM gateway_sessions WHERE shard = ?`
	keepGatewaySessionQuery = `
INSERT INTO gateway_sessions (shard, owner, session_id, address, seq, application_id, bot_id, identified_ms, down, shards) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (shard) DO UPDATE SET owner = excluded.owner, session_id = excluded.session_id, address = excluded.address, seq = excluded.seq,
    application_id = excluded.application_id, bot_id = excluded.bot_id, identified_ms = excluded.identified_ms, down = excluded.down, shards = excluded.shards`
)

// GatewaySession returns the session of a shard, or the zero one when none is
// kept.
func (s *Store) GatewaySession(ctx context.Context, shard int) (GatewaySession, error) {
	var g GatewaySession
	var identified int64
	err := s.read.QueryRowContext(ctx, gatewaySessionQuery, shard).Scan(&g.Owner, &g.ID, &g.Address, &g.Seq, &g.Application, &g.User, &identified, &g.Down, &g.Shards)
	if errors.Is(err, sql.ErrNoRows) {
		return GatewaySession{}, nil
	}
	if err != nil {
		return GatewaySession{}, fmt.Errorf("read the gateway session of shard %d: %w", shard, err)
	}
	if identified > 0 {
		g.IdentifiedAt = time.UnixMilli(identified).UTC()
	}
	return g, nil
}

// KeepGatewaySession keeps the session of a shard in place of the one before.
func (s *Store) KeepGatewaySession(ctx context.Context, shard int, g GatewaySession) error {
	var identified int64
	if !g.IdentifiedAt.IsZero() {
		identified = g.IdentifiedAt.UnixMilli()
	}
	if _, err := s.write.ExecContext(ctx, keepGatewaySessionQuery, shard, g.Owner, g.ID, g.Address, g.Seq, g.Application, g.User, identified, g.Down, g.Shards); err != nil {
		return fmt.Errorf("keep the gateway session of shard %d: %w", shard, err)
	}
	return nil
}
