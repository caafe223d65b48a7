-- +goose Up

-- One row a member who agreed, and nothing before that. The row cannot exist
-- without the age statement ("16 or older, or my parent agrees").
CREATE TABLE members (
    user_id         TEXT    NOT NULL PRIMARY KEY CHECK (user_id <> ''),
    consent_version INTEGER NOT NULL CHECK (consent_version > 0),
    consented_at    INTEGER NOT NULL CHECK (consented_at > 0),
    age_statement   INTEGER NOT NULL CHECK (age_statement = 1),
    locale          TEXT    NOT NULL,
    zone            TEXT,
    country         TEXT
) STRICT;

-- What the program remembers for itself. Nothing about a person goes in here.
CREATE TABLE settings (
    name  TEXT NOT NULL PRIMARY KEY CHECK (name <> ''),
    value TEXT NOT NULL
) STRICT;
