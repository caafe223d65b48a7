-- +goose Up

-- The session on Discord's gateway, one row a shard, so that a restart goes on
-- with it. It says nothing about anybody but the bot.
CREATE TABLE gateway_sessions (
    shard          INTEGER PRIMARY KEY CHECK (shard >= 0),
    owner          TEXT    NOT NULL, -- a mark of API and token, which gives neither away
    session_id     TEXT    NOT NULL, -- empty: there is none
    address        TEXT    NOT NULL, -- for a RESUME
    seq            INTEGER NOT NULL, -- of the last event
    application_id TEXT    NOT NULL,
    bot_id         TEXT    NOT NULL,
    identified_ms  INTEGER NOT NULL  -- the last IDENTIFY, in milliseconds: Discord counts them by the second
) STRICT;
