package store

import (
	"context"
	"database/sql"
	"fmt"
)

// Held returns how many rows each table holds about a user; a table without any
// is not in it.
func (s *Store) Held(ctx context.Context, userID string) (map[string]int, error) {
	held := map[string]int{}
	err := inTx(ctx, s.read.DB, func(tx *sql.Tx) error {
		for _, p := range s.personal {
			if _, counted := held[p.table]; counted {
				continue
			}
			_, rows, err := s.rowsOf(ctx, tx, p.table, userID)
			if err != nil {
				return fmt.Errorf("%s: %w", p.table, err)
			}
			if len(rows) > 0 {
				held[p.table] = len(rows)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("count what is held about a user: %w", err)
	}
	return held, nil
}
