package store

import (
	"context"
	"fmt"
	"time"

	"unpinch/schedule"
)

const (
	// In a tidy place each class keeps the last of its messages that stand in for
	// each other. The message's id tells which that is: one that is found after a
	// crash may be older than the next. What other classes posted goes once a start
	// of another day has its post: a class that is over has no later one. A start
	// that is still to come keeps its message until it begins.
	untidyQuery = `
UPDATE occurrences SET tidy_at = CASE state WHEN 'replaced' THEN ?1 ELSE max(?1, start_at) END
WHERE channel_id = ?2 AND kind IN (SELECT value FROM json_each(?3)) AND message_id IS NOT NULL AND gone_at IS NULL AND tidy_at IS NULL
    AND state IN ('sent', 'late', 'replaced')
    AND (class_id = ?4 AND (length(message_id), message_id) < (
            SELECT length(message_id), message_id FROM occurrences
            WHERE channel_id = ?2 AND kind IN (SELECT value FROM json_each(?3)) AND message_id IS NOT NULL AND gone_at IS NULL AND class_id = ?4
            ORDER BY length(message_id) DESC, message_id DESC LIMIT 1)
        OR start_at + 86400 < (
            SELECT max(start_at) FROM occurrences
            WHERE channel_id = ?2 AND kind IN (SELECT value FROM json_each(?3)) AND message_id IS NOT NULL AND gone_at IS NULL))
    AND EXISTS (SELECT 1 FROM classes c JOIN places p ON p.id = c.place_id WHERE c.id = occurrences.class_id AND p.tidy)`
	untidyListQuery = `SELECT ` + occurrenceColumns + ` FROM occurrences o
WHERE o.tidy_at <= ? AND o.gone_at IS NULL ORDER BY o.tidy_at LIMIT ? + 0`
	tidiedQuery    = `UPDATE occurrences SET gone_at = ? WHERE id = ?`
	tidyLaterQuery = `UPDATE occurrences SET tidy_at = ? WHERE id = ?`
)

// Untidy returns at most limit messages to be taken away, longest due first.
func (s *Store) Untidy(ctx context.Context, now time.Time, limit int) ([]schedule.Occurrence, error) {
	all, err := collect(ctx, s.read, scanOccurrence, untidyListQuery, now.Unix(), limit)
	if err != nil {
		return nil, fmt.Errorf("find old posts: %w", err)
	}
	return all, nil
}

// Tidied notes that the message is away.
func (s *Store) Tidied(ctx context.Context, id int64, at time.Time) error {
	return s.changeTidy(ctx, tidiedQuery, id, at)
}

// TidyLater notes when to try to take the message away again.
func (s *Store) TidyLater(ctx context.Context, id int64, at time.Time) error {
	return s.changeTidy(ctx, tidyLaterQuery, id, at)
}

func (s *Store) changeTidy(ctx context.Context, query string, id int64, at time.Time) error {
	if _, err := s.write.ExecContext(ctx, query, at.Unix(), id); err != nil {
		return fmt.Errorf("tidy occurrence %d: %w", id, err)
	}
	return nil
}
