-- +goose Up

-- The version of the program that brought the schema to each of its versions, so
-- that an older program can say which one reads it.
CREATE TABLE programs (
    schema_version INTEGER PRIMARY KEY,
    program        TEXT NOT NULL CHECK (program <> '')
) STRICT;
