CREATE TRIGGER easy_active AFTER INSERT ON easy
BEGIN UPDATE members SET idle_since = NULL WHERE user_id = NEW.user_id AND idle_since IS NOT NULL; END;
CREATE TRIGGER follows_active AFTER INSERT ON follows
BEGIN UPDATE members SET idle_since = NULL WHERE user_id = NEW.user_id AND idle_since IS NOT NULL; END;
CREATE TRIGGER follows_ended AFTER DELETE ON follows
BEGIN UPDATE members SET idle_since = NULL WHERE user_id = OLD.user_id AND idle_since IS NOT NULL; END;
CREATE TRIGGER members_active AFTER UPDATE OF consented_at, locale, zone, country, active_from, active_to, paused_until ON members
BEGIN UPDATE members SET idle_since = NULL WHERE user_id = NEW.user_id AND idle_since IS NOT NULL; END;
CREATE TRIGGER nudges_active AFTER INSERT ON occurrences WHEN NEW.kind = 'nudge'
BEGIN UPDATE members SET idle_since = NULL WHERE user_id = NEW.user_id AND idle_since IS NOT NULL; END;
CREATE TRIGGER own_routines_active AFTER INSERT ON own_routines
BEGIN UPDATE members SET idle_since = NULL WHERE user_id = NEW.user_id AND idle_since IS NOT NULL; END;
CREATE TRIGGER players_active AFTER INSERT ON players WHEN NEW.user_id IS NOT NULL
BEGIN UPDATE members SET idle_since = NULL WHERE user_id = NEW.user_id AND idle_since IS NOT NULL; END;
CREATE TRIGGER reminders_active AFTER INSERT ON classes WHEN NEW.purpose = 'reminder'
BEGIN UPDATE members SET idle_since = NULL
    WHERE user_id = (SELECT user_id FROM places WHERE id = NEW.place_id) AND idle_since IS NOT NULL; END;
CREATE TRIGGER reminders_ended AFTER DELETE ON classes WHEN OLD.purpose = 'reminder'
BEGIN UPDATE members SET idle_since = NULL
    WHERE user_id = (SELECT user_id FROM places WHERE id = OLD.place_id) AND idle_since IS NOT NULL; END;
CREATE TRIGGER sessions_active AFTER INSERT ON sessions
BEGIN UPDATE members SET idle_since = NULL WHERE user_id = NEW.user_id AND idle_since IS NOT NULL; END;
CREATE TABLE batch_changes (
    id          INTEGER PRIMARY KEY AUTOINCREMENT, -- they are applied in this order
    batch       INTEGER NOT NULL,                  -- one number for those that are applied together: the first one's id
    place_id    INTEGER NOT NULL REFERENCES places (id) ON DELETE CASCADE,
    class_id    INTEGER REFERENCES classes (id) ON DELETE CASCADE, -- a class or a draft of one; NULL for days of the place
    what        TEXT    NOT NULL CHECK (what IN ('skip', 'unskip', 'move', 'close', 'open')),
    planned     TEXT,                              -- what the rule plans the start for
    moved_to    TEXT,                              -- where it is moved to
    days        TEXT    NOT NULL DEFAULT '',       -- as 2026-12-24, a blank between two
    created_by  TEXT    NOT NULL,                  -- who alone may apply it
    draft_until INTEGER NOT NULL,
    revision    INTEGER,                           -- of the class as it was read; NULL if nobody knows
    applied_at  INTEGER,                           -- from then on they only tell that they were
    CHECK ((class_id IS NULL) = (what IN ('close', 'open'))),
    CHECK ((planned IS NULL) = (class_id IS NULL)),
    CHECK ((moved_to IS NULL) = (what <> 'move')),
    CHECK ((days = '') = (class_id IS NOT NULL))
) STRICT;
CREATE TABLE buckets (
    name    TEXT    PRIMARY KEY,
    full_at INTEGER NOT NULL     -- the bucket is full again; then the row goes
) STRICT, WITHOUT ROWID;
CREATE TABLE changes (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id TEXT    NOT NULL,
    place_id INTEGER NOT NULL REFERENCES places (id) ON DELETE CASCADE,
    class_id INTEGER REFERENCES classes (id) ON DELETE CASCADE,
    user_id  TEXT, -- NULL once they asked to be forgotten
    at       INTEGER NOT NULL,
    what     TEXT    NOT NULL CHECK (what <> ''),
    detail   TEXT    NOT NULL DEFAULT ''
, fields TEXT) STRICT;
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
CREATE TABLE class_moves (
    class_id INTEGER NOT NULL REFERENCES classes (id) ON DELETE CASCADE,
    planned  TEXT    NOT NULL CHECK (planned GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]'),
    moved_to TEXT    NOT NULL CHECK (moved_to GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]'),
    PRIMARY KEY (class_id, planned)
) STRICT, WITHOUT ROWID;
CREATE TABLE "class_posts" (
    class_id     INTEGER NOT NULL REFERENCES classes (id) ON DELETE CASCADE,
    kind         TEXT    NOT NULL CHECK (kind IN ('pre', 'cool_down', 'notice', 'desk', 'reminder', 'myth', 'recap')),
    accounted_to INTEGER NOT NULL, -- every post due by then is in the ledger
    next_run_at  INTEGER,          -- NULL when the class has no start left
    PRIMARY KEY (class_id, kind)
) STRICT, WITHOUT ROWID;
CREATE TABLE class_skips (
    class_id INTEGER NOT NULL REFERENCES classes (id) ON DELETE CASCADE,
    planned  TEXT    NOT NULL CHECK (planned GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]'),
    PRIMARY KEY (class_id, planned)
) STRICT, WITHOUT ROWID;
CREATE TABLE classes (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    place_id     INTEGER NOT NULL REFERENCES places (id) ON DELETE CASCADE,
    title        TEXT    NOT NULL,
    rule         TEXT    NOT NULL CHECK (rule <> ''),
    length_s     INTEGER NOT NULL CHECK (length_s > 0),
    channel_id   TEXT CHECK (channel_id <> ''), -- NULL for the place's own
    role_id      TEXT,    -- pinged by the post before the class
    until_day    TEXT,    -- its last day, as 2026-12-05
    paused_until TEXT,    -- the first day that has starts again
    lead_s       INTEGER CHECK (lead_s > 0), -- the pre post comes so long before; NULL for none
    cool_down    INTEGER NOT NULL CHECK (cool_down IN (0, 1)),
    created_by   TEXT,
    created_at   INTEGER NOT NULL,
    draft_until  INTEGER, -- when the draft is thrown away; NULL once saved
    broken_at    INTEGER, -- posts can't go out since then; NULL while they can
    broken_why   TEXT,
    removed_at   INTEGER  -- kept for its history only since then
, purpose TEXT NOT NULL DEFAULT 'class' CHECK (purpose IN ('class', 'desk', 'reminder', 'myth', 'recap')), routine TEXT, draft_batch INTEGER, draft_of INTEGER REFERENCES classes (id) ON DELETE CASCADE, draft_removes INTEGER NOT NULL DEFAULT 0 CHECK (draft_removes IN (0, 1)), asked_at INTEGER, revision INTEGER NOT NULL DEFAULT 0, draft_answers TEXT NOT NULL DEFAULT '', warm_up TEXT CHECK (warm_up IN ('lower', 'whole')), event INTEGER NOT NULL DEFAULT 0 CHECK (event IN (0, 1)), event_why TEXT) STRICT;
CREATE TABLE closed_days (
    place_id INTEGER NOT NULL REFERENCES places (id) ON DELETE CASCADE,
    day      TEXT    NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    PRIMARY KEY (place_id, day)
) STRICT, WITHOUT ROWID;
CREATE TABLE easy (
    user_id  TEXT    NOT NULL REFERENCES members (user_id) ON DELETE CASCADE,
    less     TEXT    NOT NULL CHECK (less <> ''),
    until_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, less)
) STRICT, WITHOUT ROWID;
CREATE TABLE follows (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id     TEXT    NOT NULL REFERENCES members (user_id) ON DELETE CASCADE,
    place_id    INTEGER NOT NULL REFERENCES places (id) ON DELETE CASCADE,
    class_id    INTEGER REFERENCES classes (id) ON DELETE CASCADE, -- NULL for all at the place
    days        INTEGER NOT NULL CHECK (days BETWEEN 1 AND 127),   -- Monday is 1, Sunday 64
    quiet_until INTEGER,                                           -- not before then
    created_at  INTEGER NOT NULL
) STRICT;
CREATE TABLE gateway_sessions (
    shard          INTEGER PRIMARY KEY CHECK (shard >= 0),
    owner          TEXT    NOT NULL, -- a mark of API and token, which gives neither away
    session_id     TEXT    NOT NULL, -- empty: there is none
    address        TEXT    NOT NULL, -- for a RESUME
    seq            INTEGER NOT NULL, -- of the last event
    application_id TEXT    NOT NULL,
    bot_id         TEXT    NOT NULL,
    identified_ms  INTEGER NOT NULL  -- the last IDENTIFY, in milliseconds: Discord counts them by the second
, down TEXT NOT NULL DEFAULT '', shards INTEGER NOT NULL DEFAULT 1 CHECK (shards >= 1)) STRICT;
CREATE TABLE goose_db_version (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		version_id INTEGER NOT NULL,
		is_applied INTEGER NOT NULL,
		tstamp TIMESTAMP DEFAULT (datetime('now'))
	);
CREATE TABLE members (
    user_id         TEXT    NOT NULL PRIMARY KEY CHECK (user_id <> ''),
    consent_version INTEGER NOT NULL CHECK (consent_version > 0),
    consented_at    INTEGER NOT NULL CHECK (consented_at > 0),
    age_statement   INTEGER NOT NULL CHECK (age_statement = 1),
    locale          TEXT    NOT NULL,
    zone            TEXT,
    country         TEXT
, active_from INTEGER CHECK (active_from BETWEEN 0 AND 1439), active_to INTEGER CHECK (active_to BETWEEN 1 AND 1440), paused_until TEXT, dm_closed_at INTEGER, idle_since TEXT CHECK (idle_since GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]')) STRICT;
CREATE TABLE no_together (
    guild_id TEXT NOT NULL PRIMARY KEY CHECK (guild_id <> '')
) STRICT;
CREATE TABLE "occurrences" (
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
, slot TEXT, zone TEXT, says_at INTEGER, check_at INTEGER) STRICT;
CREATE TABLE own_routines (
    user_id   TEXT    NOT NULL REFERENCES members (user_id) ON DELETE CASCADE,
    line_no   INTEGER NOT NULL CHECK (line_no > 0),
    drill     TEXT    NOT NULL CHECK (drill <> '' AND drill NOT GLOB '*[^a-z-]*'),
    sets      INTEGER NOT NULL CHECK (sets > 0),
    reps      INTEGER NOT NULL CHECK (reps >= 0),
    hold_s    INTEGER NOT NULL CHECK (hold_s >= 0),
    each_side INTEGER NOT NULL CHECK (each_side IN (0, 1)),
    PRIMARY KEY (user_id, line_no)
) STRICT;
CREATE TABLE places (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id       TEXT    NOT NULL CHECK (guild_id <> ''),
    name           TEXT    NOT NULL CHECK (name <> ''),
    zone           TEXT    NOT NULL CHECK (zone <> ''), -- IANA, as Europe/Lisbon
    channel_id     TEXT    NOT NULL CHECK (channel_id <> ''),
    coach_role_id  TEXT,
    log_channel_id TEXT,
    tidy           INTEGER NOT NULL DEFAULT 1 CHECK (tidy IN (0, 1)), -- one live post of a kind in a channel
    created_at     INTEGER NOT NULL,
    left_at        INTEGER, country TEXT, language TEXT, user_id TEXT REFERENCES members (user_id) ON DELETE CASCADE, revision INTEGER NOT NULL DEFAULT 0, removed_at INTEGER, -- the bot was removed from the server then; NULL while it is there
    UNIQUE (guild_id, name)
) STRICT;
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
, spent_s INTEGER NOT NULL DEFAULT 0 CHECK (spent_s >= 0)) STRICT;
CREATE TABLE programs (
    schema_version INTEGER PRIMARY KEY,
    program        TEXT NOT NULL CHECK (program <> '')
) STRICT;
CREATE TABLE saved_batches (
    id         INTEGER PRIMARY KEY,
    batch      INTEGER NOT NULL,
    class_id   INTEGER REFERENCES classes (id) ON DELETE CASCADE,
    next_batch INTEGER,
    kept_until INTEGER NOT NULL,
    CHECK ((class_id IS NULL) <> (next_batch IS NULL))
) STRICT;
CREATE TABLE scrubs (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    asked INTEGER NOT NULL CHECK (asked > 0)
) STRICT;
CREATE TABLE sessions (
    user_id TEXT    NOT NULL REFERENCES members (user_id) ON DELETE CASCADE, -- only who agreed
    day     TEXT    NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    count   INTEGER NOT NULL CHECK (count > 0),
    PRIMARY KEY (user_id, day)
) STRICT;
CREATE TABLE settings (
    name  TEXT NOT NULL PRIMARY KEY CHECK (name <> ''),
    value TEXT NOT NULL
) STRICT;
CREATE TABLE workouts (
    class_id INTEGER NOT NULL REFERENCES classes (id) ON DELETE CASCADE,
    planned  TEXT    NOT NULL CHECK (planned GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]'), -- the start, or the first on that weekday
    weekly   INTEGER NOT NULL CHECK (weekly IN (0, 1)),
    lines    TEXT    NOT NULL CHECK (lines <> ''),
    made_by  TEXT,             -- NULL once they asked to be forgotten
    made_at  INTEGER NOT NULL,
    over_on  TEXT CHECK (over_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), -- the last day that it is for; NULL for a weekly one that goes on
    PRIMARY KEY (class_id, planned, weekly)
) STRICT, WITHOUT ROWID;
CREATE INDEX batch_changes_batch ON batch_changes (batch);
CREATE INDEX batch_changes_class ON batch_changes (class_id) WHERE class_id IS NOT NULL;
CREATE INDEX batch_changes_created_by ON batch_changes (created_by);
CREATE INDEX batch_changes_creator ON batch_changes (created_by) WHERE applied_at IS NULL;
CREATE INDEX batch_changes_place ON batch_changes (place_id);
CREATE INDEX buckets_full ON buckets (full_at);
CREATE INDEX changes_at ON changes (at);
CREATE INDEX changes_class ON changes (class_id, id) WHERE class_id IS NOT NULL;
CREATE INDEX changes_guild ON changes (guild_id, id);
CREATE INDEX changes_place ON changes (place_id);
CREATE INDEX changes_user ON changes (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX class_events_look ON class_events (look_at) WHERE look_at IS NOT NULL;
CREATE INDEX class_moves_over ON class_moves (max(planned, moved_to));
CREATE INDEX class_posts_next ON class_posts (next_run_at) WHERE next_run_at IS NOT NULL;
CREATE INDEX class_skips_planned ON class_skips (planned);
CREATE INDEX classes_batch ON classes (draft_batch) WHERE draft_batch IS NOT NULL;
CREATE INDEX classes_created_by ON classes (created_by) WHERE created_by IS NOT NULL;
CREATE INDEX classes_draft ON classes (draft_until) WHERE draft_until IS NOT NULL;
CREATE INDEX classes_draft_of ON classes (draft_of) WHERE draft_of IS NOT NULL;
CREATE INDEX classes_drafter ON classes (created_by) WHERE draft_until IS NOT NULL;
CREATE INDEX classes_place ON classes (place_id);
CREATE INDEX classes_removed ON classes (removed_at) WHERE removed_at IS NOT NULL;
CREATE INDEX closed_days_day ON closed_days (day);
CREATE INDEX follows_class ON follows (class_id) WHERE class_id IS NOT NULL;
CREATE UNIQUE INDEX follows_once ON follows (user_id, place_id, coalesce(class_id, 0));
CREATE INDEX follows_place ON follows (place_id);
CREATE INDEX members_idle ON members (idle_since);
CREATE INDEX occurrences_check ON occurrences (check_at) WHERE check_at IS NOT NULL;
CREATE INDEX occurrences_class ON occurrences (class_id, due_at);
CREATE INDEX occurrences_due ON occurrences (due_at);
CREATE INDEX occurrences_edit ON occurrences (edit_at) WHERE edit_at IS NOT NULL AND gone_at IS NULL;
CREATE INDEX occurrences_guild ON occurrences (guild_id, due_at);
CREATE INDEX occurrences_live ON occurrences (channel_id, kind) WHERE message_id IS NOT NULL AND gone_at IS NULL;
CREATE UNIQUE INDEX occurrences_once ON occurrences (coalesce(class_id, 0), kind, due_at, coalesce(user_id, ''));
CREATE INDEX occurrences_sending ON occurrences (lease_until) WHERE state = 'sending';
CREATE INDEX occurrences_tidy ON occurrences (tidy_at) WHERE tidy_at IS NOT NULL AND gone_at IS NULL;
CREATE INDEX occurrences_user ON occurrences (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX occurrences_waiting ON occurrences (send_at) WHERE state = 'due';
CREATE INDEX places_left ON places (left_at) WHERE left_at IS NOT NULL;
CREATE INDEX places_removed ON places (removed_at) WHERE removed_at IS NOT NULL;
CREATE UNIQUE INDEX places_user ON places (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX players_expires ON players (expires_at);
CREATE INDEX players_next ON players (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX players_redraw ON players (redraw_at) WHERE redraw_at IS NOT NULL;
CREATE INDEX players_started_by ON players (started_by) WHERE started_by IS NOT NULL;
CREATE INDEX saved_batches_batch ON saved_batches (batch);
CREATE INDEX saved_batches_class ON saved_batches (class_id) WHERE class_id IS NOT NULL;
CREATE INDEX sessions_day ON sessions (day);
CREATE INDEX workouts_made_by ON workouts (made_by);
