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
) STRICT;
CREATE TABLE settings (
    name  TEXT NOT NULL PRIMARY KEY CHECK (name <> ''),
    value TEXT NOT NULL
) STRICT;
