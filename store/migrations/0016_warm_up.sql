-- +goose Up

-- What training the post before a class warms up for; NULL for the upper body.
ALTER TABLE classes ADD COLUMN warm_up TEXT CHECK (warm_up IN ('lower', 'whole'));
