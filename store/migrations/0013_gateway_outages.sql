-- +goose Up

-- Servers that were in an outage when the session was kept: a RESUME does not
-- tell of them again.
ALTER TABLE gateway_sessions ADD COLUMN down TEXT NOT NULL DEFAULT ''; -- their ids, separated by blanks
