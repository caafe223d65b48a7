-- +goose Up

-- The seconds that a player has spent on the cards before the one on show, so that
-- its end says what is true.
ALTER TABLE players ADD COLUMN spent_s INTEGER NOT NULL DEFAULT 0 CHECK (spent_s >= 0);
