-- +goose Up

-- Single starts are kept by the day and the time of day for which the rule plans
-- them, as 2026-12-05 18:00 on the place's clock: they stay what they are in
-- another zone. What was kept by instants is carried over by the program, which
-- knows the zones, as soon as this is done; then the tables called _0014 go.
DROP INDEX class_skips_planned;
DROP INDEX class_moves_over;
ALTER TABLE class_skips RENAME TO class_skips_0014;
ALTER TABLE class_moves RENAME TO class_moves_0014;
CREATE TABLE class_skips (
    class_id INTEGER NOT NULL REFERENCES classes (id) ON DELETE CASCADE,
    planned  TEXT    NOT NULL CHECK (planned GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]'),
    PRIMARY KEY (class_id, planned)
) STRICT, WITHOUT ROWID;
CREATE INDEX class_skips_planned ON class_skips (planned);
CREATE TABLE class_moves (
    class_id INTEGER NOT NULL REFERENCES classes (id) ON DELETE CASCADE,
    planned  TEXT    NOT NULL CHECK (planned GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]'),
    moved_to TEXT    NOT NULL CHECK (moved_to GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]'),
    PRIMARY KEY (class_id, planned)
) STRICT, WITHOUT ROWID;
CREATE INDEX class_moves_over ON class_moves (max(planned, moved_to));

DROP INDEX batch_changes_batch;
DROP INDEX batch_changes_place;
DROP INDEX batch_changes_class;
DROP INDEX batch_changes_created_by;
DROP INDEX batch_changes_creator;
ALTER TABLE batch_changes RENAME TO batch_changes_0014;
CREATE TABLE batch_changes (
    id          INTEGER PRIMARY KEY AUTOINCREMENT, -- they are applied in this order
    batch       INTEGER NOT NULL,                  -- one number for those that are applied together: the first one's id
    place_id    INTEGER NOT NULL REFERENCES places (id) ON DELETE CASCADE,
    class_id    INTEGER REFERENCES classes (id) ON DELETE CASCADE, -- a class or a draft of one; NULL for days of the place
    what        TEXT    NOT NULL CHECK (what IN ('skip', 'unskip', 'move', 'close', 'open')),
    planned     TEXT,                              -- what the rule plans the start for
    moved_to    TEXT,                              -- where it is moved to
    days        TEXT    NOT NULL DEFAULT '',       -- as 2026-12-24, a blank between two
    created_by  TEXT    NOT NULL,                  -- who alone may apply it
    draft_until INTEGER NOT NULL,
    revision    INTEGER,                           -- of the class as it was read; NULL if nobody knows
    applied_at  INTEGER,                           -- from then on they only tell that they were
    CHECK ((class_id IS NULL) = (what IN ('close', 'open'))),
    CHECK ((planned IS NULL) = (class_id IS NULL)),
    CHECK ((moved_to IS NULL) = (what <> 'move')),
    CHECK ((days = '') = (class_id IS NOT NULL))
) STRICT;
INSERT INTO sqlite_sequence (name, seq) SELECT 'batch_changes', seq FROM sqlite_sequence WHERE name = 'batch_changes_0014';
CREATE INDEX batch_changes_batch ON batch_changes (batch);
CREATE INDEX batch_changes_place ON batch_changes (place_id);
CREATE INDEX batch_changes_class ON batch_changes (class_id) WHERE class_id IS NOT NULL;
CREATE INDEX batch_changes_created_by ON batch_changes (created_by);
CREATE INDEX batch_changes_creator ON batch_changes (created_by) WHERE applied_at IS NULL;

-- Which starts the exceptions of a class belong to once a draft of it is saved.
ALTER TABLE classes ADD COLUMN draft_answers TEXT NOT NULL DEFAULT '';

-- How often a place was changed, so that nobody undoes unseen what someone else
-- has changed meanwhile.
ALTER TABLE places ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
