package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"unpinch/schedule"
)

const (
	instantsLeftQuery = `SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'class_skips_0014'`
	instantsQuery     = `
SELECT 'skip', 0, k.class_id, k.planned_at, 0, c.rule, p.zone
FROM class_skips_0014 k JOIN classes c ON c.id = k.class_id JOIN places p ON p.id = c.place_id
UNION ALL
SELECT 'move', 0, m.class_id, m.from_at, m.to_at, c.rule, p.zone
FROM class_moves_0014 m JOIN classes c ON c.id = m.class_id JOIN places p ON p.id = c.place_id
UNION ALL
SELECT 'batch', b.id, 0, coalesce(b.planned_at, 0), coalesce(b.to_at, 0), coalesce(c.rule, ''), p.zone
FROM batch_changes_0014 b LEFT JOIN classes c ON c.id = b.class_id JOIN places p ON p.id = coalesce(c.place_id, b.place_id)`
	carryBatchQuery = `
INSERT INTO batch_changes (id, batch, place_id, class_id, what, planned, moved_to, days, created_by, draft_until, applied_at)
SELECT id, batch, place_id, class_id, what, ?1, ?2, days, created_by, draft_until, applied_at FROM batch_changes_0014 WHERE id = ?3`
)

// An instantRow is a single start that was kept by its instant.
type instantRow struct {
	what         string
	batch, class int64
	planned, to  int64
	rule, zone   string
}

// keepSlots carries over what was kept by instants before 0015_slots.sql. What
// it finds is carried over as a whole or, at the next start, again.
func (s *Store) keepSlots(ctx context.Context) error {
	var left int
	if err := s.write.QueryRowContext(ctx, instantsLeftQuery).Scan(&left); err != nil || left == 0 {
		return err
	}
	zones, err := schedule.LoadZones()
	if err != nil {
		return err
	}
	return inTx(ctx, s.write, func(tx *sql.Tx) error {
		all, err := collect(ctx, tx, func(r *sql.Rows) (i instantRow, err error) {
			return i, r.Scan(&i.what, &i.batch, &i.class, &i.planned, &i.to, &i.rule, &i.zone)
		}, instantsQuery)
		if err != nil {
			return err
		}
		for _, one := range all {
			if err := one.carry(ctx, tx, zones); err != nil {
				return fmt.Errorf("a start of class %d: %w", one.class, err)
			}
		}
		for _, table := range []string{"class_skips_0014", "class_moves_0014", "batch_changes_0014"} {
			if _, err := tx.ExecContext(ctx, "DROP TABLE "+quote(table)); err != nil {
				return err
			}
		}
		return nil
	})
}

func (i instantRow) carry(ctx context.Context, tx *sql.Tx, zones *schedule.Zones) error {
	planned, to := i.slots(zones)
	query, args := skipQuery, []any{planned, i.class}
	switch i.what {
	case "move":
		query, args = moveQuery, []any{planned, to, i.class}
	case "batch":
		query, args = carryBatchQuery, []any{orNull(planned), orNull(to), i.batch}
	}
	_, err := tx.ExecContext(ctx, query, args...)
	return err
}

// slots returns what the instants are on the place's clock: what the rule plans
// there, where it can be read and plans something, or else what the clock shows.
// A zone that can't be read is as good as UTC, as nothing takes place in it.
func (i instantRow) slots(zones *schedule.Zones) (planned, to string) {
	zone, err := zones.Location(i.zone)
	if err != nil {
		zone = time.UTC
	}
	if i.to != 0 {
		to = schedule.SlotOf(instant(i.to).In(zone)).String()
	}
	if i.planned == 0 {
		return "", to
	}
	at := instant(i.planned).In(zone)
	slot := schedule.SlotOf(at)
	rule, err := schedule.Parse(i.rule)
	if err != nil {
		return slot.String(), to
	}
	if next, err := rule.Next(at.Add(-1), zone); err == nil && next.Equal(at) {
		slot = rule.SlotAt(next)
	}
	return slot.String(), to
}
