-- +goose Up

-- What became of drafts, so that a press on a card of theirs shows it: the
-- classes that they made, changed or removed, or the drafts that took their place.
CREATE TABLE saved_batches (
    id         INTEGER PRIMARY KEY,
    batch      INTEGER NOT NULL,
    class_id   INTEGER REFERENCES classes (id) ON DELETE CASCADE,
    next_batch INTEGER,
    kept_until INTEGER NOT NULL,
    CHECK ((class_id IS NULL) <> (next_batch IS NULL))
) STRICT;
CREATE INDEX saved_batches_batch ON saved_batches (batch);
CREATE INDEX saved_batches_class ON saved_batches (class_id) WHERE class_id IS NOT NULL;

-- NULL until they are applied. From then on they only tell that they were.
ALTER TABLE batch_changes ADD COLUMN applied_at INTEGER;
