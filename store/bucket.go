package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

const (
	bucketQuery      = `SELECT full_at FROM buckets WHERE name = ?`
	keepBucketQuery  = `INSERT INTO buckets (name, full_at) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET full_at = excluded.full_at`
	dropBucketsQuery = `DELETE FROM buckets WHERE full_at <= ?`
)

// ChangeBuckets hands change the instants at which some buckets are full again,
// in the order of their names, and keeps what it makes of them. A bucket that is
// not kept is full since the zero time. If change returns an error, that is
// returned and nothing is kept. No two changes run at once.
func (s *Store) ChangeBuckets(ctx context.Context, names []string, change func(full []time.Time) error) error {
	return s.inTx(ctx, "change buckets", func(tx *sql.Tx) error {
		full := make([]time.Time, len(names))
		for i, name := range names {
			var at int64
			switch err := tx.QueryRowContext(ctx, bucketQuery, name).Scan(&at); {
			case err == nil:
				full[i] = instant(at)
			case !errors.Is(err, sql.ErrNoRows):
				return fmt.Errorf("read a bucket: %w", err)
			}
		}
		if err := change(full); err != nil {
			return err
		}
		for i, name := range names {
			if _, err := tx.ExecContext(ctx, keepBucketQuery, name, full[i].Unix()); err != nil {
				return fmt.Errorf("keep a bucket: %w", err)
			}
		}
		return nil
	})
}
