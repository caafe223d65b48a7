package store

import (
	"context"
	"fmt"
	"time"

	"unpinch/schedule"
)

func recentQuery() string {
	return `
SELECT count(*), count(*) FILTER (WHERE o.state IN ('sent', 'late', 'replaced'))
FROM occurrences o WHERE o.guild_id = ?1 AND o.due_at BETWEEN ?2 AND ?3 AND o.` + kindIn(schedule.Kind.Post) + `
  AND NOT (o.state = 'skipped' AND coalesce(o.reason, '') IN ('skipped', 'paused', 'closed', 'changed', 'few'))`
}

// Recent returns how many posts of a server were due from an instant up to
// another, and how many of them went out. Those that somebody wanted left out
// were not due.
func (s *Store) Recent(ctx context.Context, guildID string, from, to time.Time) (due, sent int, err error) {
	if err := s.read.QueryRowContext(ctx, recentQuery(), guildID, from.Unix(), to.Unix()).Scan(&due, &sent); err != nil {
		return 0, 0, fmt.Errorf("count the posts of a server: %w", err)
	}
	return due, sent, nil
}
