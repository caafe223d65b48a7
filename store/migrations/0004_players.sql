-- +goose Up

-- Routines that are being followed: a member's own on a private card, or a
-- channel's on a public one. A row is there while it runs and for half an hour
-- after, so that it can go on, and then goes.
CREATE TABLE players (
    id         TEXT    NOT NULL PRIMARY KEY CHECK (id <> ''), -- its buttons carry it
    user_id    TEXT    UNIQUE CHECK (user_id <> ''),    -- whose own it is; NULL for a channel's
    channel_id TEXT    UNIQUE CHECK (channel_id <> ''), -- that follows it; NULL for a member's own
    guild_id   TEXT,
    started_by TEXT,             -- may pause and end a channel's
    message_id TEXT,             -- of a channel's, once posted
    ticket     TEXT    NOT NULL, -- edits a private card for fifteen minutes; '' after
    locale     TEXT    NOT NULL,
    routine    TEXT    NOT NULL CHECK (routine <> ''),
    card       INTEGER NOT NULL, -- on show, from 0; -1 before the start
    auto       INTEGER NOT NULL CHECK (auto IN (0, 1)),
    pictures   INTEGER NOT NULL CHECK (pictures IN (0, 1)), -- the bot may send files there
    in_count   INTEGER NOT NULL DEFAULT 0, -- presses of I'm in; nobody's name
    pressed_at INTEGER NOT NULL,
    move_at    INTEGER,          -- the next card comes then; NULL while it waits
    next_at    INTEGER,          -- there is something to do then
    redraw_at  INTEGER,          -- the card is to be drawn again as it stands
    expires_at INTEGER NOT NULL,
    version    INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX players_next ON players (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX players_redraw ON players (redraw_at) WHERE redraw_at IS NOT NULL;
CREATE INDEX players_expires ON players (expires_at);

-- Servers in which channels may not follow routines together.
CREATE TABLE no_together (
    guild_id TEXT NOT NULL PRIMARY KEY CHECK (guild_id <> '')
) STRICT;
