-- +goose Up

-- That a member trained on a day of their own calendar, and how often. Neither
-- what they did nor where they came from goes in here.
CREATE TABLE sessions (
    user_id TEXT    NOT NULL REFERENCES members (user_id) ON DELETE CASCADE, -- only who agreed
    day     TEXT    NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    count   INTEGER NOT NULL CHECK (count > 0),
    PRIMARY KEY (user_id, day)
) STRICT;

-- A member's own routine, a drill a line. The drill is an id of ours: no words
-- of theirs fit in.
CREATE TABLE own_routines (
    user_id   TEXT    NOT NULL REFERENCES members (user_id) ON DELETE CASCADE,
    line_no   INTEGER NOT NULL CHECK (line_no > 0),
    drill     TEXT    NOT NULL CHECK (drill <> '' AND drill NOT GLOB '*[^a-z-]*'),
    sets      INTEGER NOT NULL CHECK (sets > 0),
    reps      INTEGER NOT NULL CHECK (reps >= 0),
    hold_s    INTEGER NOT NULL CHECK (hold_s >= 0),
    each_side INTEGER NOT NULL CHECK (each_side IN (0, 1)),
    PRIMARY KEY (user_id, line_no)
) STRICT;
