-- +goose Up

-- Whoever asks to be forgotten is found without a walk through the tables, and
-- so is what goes with a place.
CREATE INDEX batch_changes_created_by ON batch_changes (created_by);
CREATE INDEX changes_place ON changes (place_id);
CREATE INDEX changes_user ON changes (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX classes_created_by ON classes (created_by) WHERE created_by IS NOT NULL;
CREATE INDEX players_started_by ON players (started_by) WHERE started_by IS NOT NULL;

-- How often it was asked to overwrite what deleted rows left in the files, since
-- that was last done. There is no row once it is.
CREATE TABLE scrubs (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    asked INTEGER NOT NULL CHECK (asked > 0)
) STRICT;
