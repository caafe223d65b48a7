-- +goose Up

-- Whether the next start of a class stands on the server's calendar at Discord, and
-- why it can't: NULL while it can.
ALTER TABLE classes ADD COLUMN event INTEGER NOT NULL DEFAULT 0 CHECK (event IN (0, 1));
ALTER TABLE classes ADD COLUMN event_why TEXT;

-- What stands there for a class, as far as is known.
CREATE TABLE class_events (
    class_id INTEGER PRIMARY KEY REFERENCES classes (id) ON DELETE CASCADE,
    look_at  INTEGER,                     -- compare it with what is true then; NULL for not before a change
    changes  INTEGER NOT NULL DEFAULT 0,  -- of the class since: what was read before one is out of date
    failures INTEGER NOT NULL DEFAULT 0,  -- in a row, after which it is tried again
    event_id TEXT,                        -- Discord's; NULL for none
    slot     TEXT,                        -- the start that it is of, as the rule plans that
    says     TEXT,                        -- what was written there last, as JSON
    gone     INTEGER NOT NULL DEFAULT 0 CHECK (gone IN (0, 1)) -- somebody took the one of that start away
) STRICT;
CREATE INDEX class_events_look ON class_events (look_at) WHERE look_at IS NOT NULL;
