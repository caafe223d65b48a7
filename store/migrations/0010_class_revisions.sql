-- +goose Up

-- How often a class was changed or paused: a draft has that of the class which it
-- changes, as it was when someone read it. The instants of both can be the same.
ALTER TABLE classes ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
