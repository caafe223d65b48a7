-- +goose Up

-- What a file would change beside its classes, until that is applied together
-- with the drafts of them.
CREATE TABLE batch_changes (
    id          INTEGER PRIMARY KEY AUTOINCREMENT, -- they are applied in this order
    batch       INTEGER NOT NULL,                  -- one number for those that are applied together: the first one's id
    place_id    INTEGER NOT NULL REFERENCES places (id) ON DELETE CASCADE,
    class_id    INTEGER REFERENCES classes (id) ON DELETE CASCADE, -- a class or a draft of one; NULL for days of the place
    what        TEXT    NOT NULL CHECK (what IN ('skip', 'unskip', 'move', 'close', 'open')),
    planned_at  INTEGER,                           -- when the rule planned the start
    start_at    INTEGER,                           -- when it takes place
    to_at       INTEGER,                           -- where it is moved to
    days        TEXT    NOT NULL DEFAULT '',       -- as 2026-12-24, a blank between two
    created_by  TEXT    NOT NULL,                  -- who alone may apply it
    draft_until INTEGER NOT NULL,
    CHECK ((class_id IS NULL) = (what IN ('close', 'open'))),
    CHECK ((planned_at IS NULL) = (class_id IS NULL) AND (start_at IS NULL) = (class_id IS NULL)),
    CHECK ((to_at IS NULL) = (what <> 'move')),
    CHECK ((days = '') = (class_id IS NOT NULL))
) STRICT;
CREATE INDEX batch_changes_batch ON batch_changes (batch);
CREATE INDEX batch_changes_place ON batch_changes (place_id);
CREATE INDEX batch_changes_class ON batch_changes (class_id) WHERE class_id IS NOT NULL;

-- What was changed of a place, field by field, as JSON: it is said in the
-- reader's words. What is older says it in detail.
ALTER TABLE changes ADD COLUMN fields TEXT;
