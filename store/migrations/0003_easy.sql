-- +goose Up

-- What a member wants to keep low in training for a while, in the words of
-- "less" such as grip. It says nothing of why, and ends by itself.
CREATE TABLE easy (
    user_id  TEXT    NOT NULL REFERENCES members (user_id) ON DELETE CASCADE,
    less     TEXT    NOT NULL CHECK (less <> ''),
    until_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, less)
) STRICT, WITHOUT ROWID;
