-- +goose Up

-- What a coach's timetable and a member's own reminders need beside the rules.

ALTER TABLE places ADD COLUMN country TEXT;
ALTER TABLE places ADD COLUMN language TEXT;
-- A member's own place, in DMs: its classes are that member's reminders. Its
-- guild_id is '@me', as in Discord's links, and its name is made at random.
ALTER TABLE places ADD COLUMN user_id TEXT REFERENCES members (user_id) ON DELETE CASCADE;
CREATE UNIQUE INDEX places_user ON places (user_id) WHERE user_id IS NOT NULL;

-- Days on which a place has no classes.
CREATE TABLE closed_days (
    place_id INTEGER NOT NULL REFERENCES places (id) ON DELETE CASCADE,
    day      TEXT    NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    PRIMARY KEY (place_id, day)
) STRICT, WITHOUT ROWID;

-- What a rule is for: a class, a break at a desk, a member's reminder, or one
-- of the weekly posts of a place.
ALTER TABLE classes ADD COLUMN purpose TEXT NOT NULL DEFAULT 'class' CHECK (purpose IN ('class', 'desk', 'reminder', 'myth', 'recap'));
ALTER TABLE classes ADD COLUMN routine TEXT;        -- of a reminder, such as desk
ALTER TABLE classes ADD COLUMN draft_batch INTEGER; -- drafts that are saved together have one number
ALTER TABLE classes ADD COLUMN draft_of INTEGER REFERENCES classes (id) ON DELETE CASCADE; -- the class that the draft changes
ALTER TABLE classes ADD COLUMN draft_removes INTEGER NOT NULL DEFAULT 0 CHECK (draft_removes IN (0, 1)); -- or removes
ALTER TABLE classes ADD COLUMN asked_at INTEGER;    -- its creator was asked then whether it is of use
CREATE INDEX classes_batch ON classes (draft_batch) WHERE draft_batch IS NOT NULL;
CREATE INDEX classes_draft_of ON classes (draft_of) WHERE draft_of IS NOT NULL;

-- Starts that take place at another instant, once.
CREATE TABLE class_moves (
    class_id INTEGER NOT NULL REFERENCES classes (id) ON DELETE CASCADE,
    from_at  INTEGER NOT NULL, -- when the rule planned it
    to_at    INTEGER NOT NULL,
    PRIMARY KEY (class_id, from_at)
) STRICT, WITHOUT ROWID;

-- Who changed what, and when.
CREATE TABLE changes (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id TEXT    NOT NULL,
    place_id INTEGER NOT NULL REFERENCES places (id) ON DELETE CASCADE,
    class_id INTEGER REFERENCES classes (id) ON DELETE CASCADE,
    user_id  TEXT, -- NULL once they asked to be forgotten
    at       INTEGER NOT NULL,
    what     TEXT    NOT NULL CHECK (what <> ''),
    detail   TEXT    NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX changes_guild ON changes (guild_id, id);
CREATE INDEX changes_class ON changes (class_id, id) WHERE class_id IS NOT NULL;

-- Who gets a DM before which classes: one class, or all at a place, or those on
-- some days of the week there. It says nothing of why.
CREATE TABLE follows (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id     TEXT    NOT NULL REFERENCES members (user_id) ON DELETE CASCADE,
    place_id    INTEGER NOT NULL REFERENCES places (id) ON DELETE CASCADE,
    class_id    INTEGER REFERENCES classes (id) ON DELETE CASCADE, -- NULL for all at the place
    days        INTEGER NOT NULL CHECK (days BETWEEN 1 AND 127),   -- Monday is 1, Sunday 64
    quiet_until INTEGER,                                           -- not before then
    created_at  INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX follows_once ON follows (user_id, place_id, coalesce(class_id, 0));
CREATE INDEX follows_place ON follows (place_id);
CREATE INDEX follows_class ON follows (class_id) WHERE class_id IS NOT NULL;

ALTER TABLE members ADD COLUMN active_from INTEGER CHECK (active_from BETWEEN 0 AND 1439); -- minutes of the day
ALTER TABLE members ADD COLUMN active_to INTEGER CHECK (active_to BETWEEN 1 AND 1440);
ALTER TABLE members ADD COLUMN paused_until TEXT; -- no DMs before that day
ALTER TABLE members ADD COLUMN dm_closed_at INTEGER; -- Discord refused the last DM then

-- Notices, desk breaks, weekly posts and reminders are planned like posts.
CREATE TABLE class_posts_new (
    class_id     INTEGER NOT NULL REFERENCES classes (id) ON DELETE CASCADE,
    kind         TEXT    NOT NULL CHECK (kind IN ('pre', 'cool_down', 'notice', 'desk', 'reminder', 'myth', 'recap')),
    accounted_to INTEGER NOT NULL, -- every post due by then is in the ledger
    next_run_at  INTEGER,          -- NULL when the class has no start left
    PRIMARY KEY (class_id, kind)
) STRICT, WITHOUT ROWID;
INSERT INTO class_posts_new SELECT class_id, kind, accounted_to, next_run_at FROM class_posts;
-- Classes from before have notices from now on.
INSERT INTO class_posts_new (class_id, kind, accounted_to, next_run_at)
SELECT c.id, 'notice', max(n.accounted_to), max(n.accounted_to) FROM classes c JOIN class_posts n ON n.class_id = c.id GROUP BY c.id;
DROP TABLE class_posts;
ALTER TABLE class_posts_new RENAME TO class_posts;
CREATE INDEX class_posts_next ON class_posts (next_run_at) WHERE next_run_at IS NOT NULL;

-- The ledger also has direct messages that belong to no class, several of one
-- kind to different people, and posts that are to be drawn again.
CREATE TABLE occurrences_new (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    class_id     INTEGER REFERENCES classes (id) ON DELETE CASCADE, -- NULL for a nudge
    guild_id     TEXT    NOT NULL,
    kind         TEXT    NOT NULL CHECK (kind IN ('pre', 'cool_down', 'now', 'desk', 'myth', 'recap',
                     'alert', 'log', 'ask', 'confirm', 'notice', 'off', 'reminder', 'nudge')),
    due_at       INTEGER NOT NULL,
    start_at     INTEGER NOT NULL, -- of the class that it belongs to
    channel_id   TEXT    NOT NULL, -- '' for a direct message
    user_id      TEXT,             -- whom a direct message goes to
    state        TEXT    NOT NULL CHECK (state IN ('due', 'sending', 'sent', 'late', 'skipped', 'failed', 'unknown', 'replaced')),
    reason       TEXT    NOT NULL DEFAULT '',
    send_at      INTEGER NOT NULL, -- not before
    owner        TEXT,             -- of the claim
    lease_until  INTEGER,          -- the claim may be taken over then
    attempts     INTEGER NOT NULL DEFAULT 0,
    tried_at     INTEGER,          -- the first attempt that may have arrived
    sent_at      INTEGER,
    message_id   TEXT,
    done_count   INTEGER NOT NULL DEFAULT 0, -- presses of Done; nobody's name
    press_count  INTEGER NOT NULL DEFAULT 0, -- presses of any button; nobody's name
    edit_at      INTEGER,          -- the message is to be drawn again from then on
    tidy_at      INTEGER,          -- the message is to be taken away from then on
    gone_at      INTEGER,          -- and was
    told_at      INTEGER           -- the person was told then that the direct message was refused
) STRICT;
INSERT INTO occurrences_new (id, class_id, guild_id, kind, due_at, start_at, channel_id, user_id, state, reason, send_at, owner,
    lease_until, attempts, tried_at, sent_at, message_id, done_count, press_count, tidy_at, gone_at)
SELECT id, class_id, guild_id, kind, due_at, start_at, channel_id, user_id, state, reason, send_at, owner,
    lease_until, attempts, tried_at, sent_at, message_id, done_count, done_count, tidy_at, gone_at FROM occurrences;
DROP TABLE occurrences;
ALTER TABLE occurrences_new RENAME TO occurrences;
CREATE UNIQUE INDEX occurrences_once ON occurrences (coalesce(class_id, 0), kind, due_at, coalesce(user_id, ''));
CREATE INDEX occurrences_class ON occurrences (class_id, due_at);
CREATE INDEX occurrences_waiting ON occurrences (send_at) WHERE state = 'due';
CREATE INDEX occurrences_sending ON occurrences (lease_until) WHERE state = 'sending';
CREATE INDEX occurrences_live ON occurrences (channel_id, kind) WHERE message_id IS NOT NULL AND gone_at IS NULL;
CREATE INDEX occurrences_edit ON occurrences (edit_at) WHERE edit_at IS NOT NULL AND gone_at IS NULL;
CREATE INDEX occurrences_tidy ON occurrences (tidy_at) WHERE tidy_at IS NOT NULL AND gone_at IS NULL;
CREATE INDEX occurrences_due ON occurrences (due_at);
CREATE INDEX occurrences_guild ON occurrences (guild_id, due_at);
CREATE INDEX occurrences_user ON occurrences (user_id) WHERE user_id IS NOT NULL;
