-- +goose Up

-- How many shards there were: a session is of one of these only, and not gone on
-- with under another number of them.
ALTER TABLE gateway_sessions ADD COLUMN shards BIGINT NOT NULL DEFAULT 1 CHECK (shards >= 1);
