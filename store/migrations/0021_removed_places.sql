-- +goose Up

-- When somebody removed the place: it is kept, for the history of its classes,
-- as long as a place of a server that removed the bot.
ALTER TABLE places ADD COLUMN removed_at INTEGER;
CREATE INDEX places_removed ON places (removed_at) WHERE removed_at IS NOT NULL;
