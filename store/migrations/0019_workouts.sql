-- +goose Up

-- What coaches paste for a start of a class, or for its starts on a weekday.
CREATE TABLE workouts (
    class_id INTEGER NOT NULL REFERENCES classes (id) ON DELETE CASCADE,
    planned  TEXT    NOT NULL CHECK (planned GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]'), -- the start, or the first on that weekday
    weekly   INTEGER NOT NULL CHECK (weekly IN (0, 1)),
    lines    TEXT    NOT NULL CHECK (lines <> ''),
    made_by  TEXT,             -- NULL once they asked to be forgotten
    made_at  INTEGER NOT NULL,
    over_on  TEXT CHECK (over_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), -- the last day that it is for; NULL for a weekly one that goes on
    PRIMARY KEY (class_id, planned, weekly)
) STRICT, WITHOUT ROWID;
CREATE INDEX workouts_made_by ON workouts (made_by);
