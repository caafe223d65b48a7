-- +goose Up

-- A message follows its start, whatever becomes of the class: the local day and
-- time of day for which the rule planned that, as 2026-12-02 18:00, and the zone
-- of that clock. Both are NULL in rows from before, and where there is no start.
ALTER TABLE occurrences ADD COLUMN slot TEXT;
ALTER TABLE occurrences ADD COLUMN zone TEXT;
-- When the start takes place by what a DM of kind 'off' says; NULL for not at all.
ALTER TABLE occurrences ADD COLUMN says_at INTEGER;
-- The class was changed since: what the message says has to be compared.
ALTER TABLE occurrences ADD COLUMN check_at INTEGER;
CREATE INDEX occurrences_check ON occurrences (check_at) WHERE check_at IS NOT NULL;
