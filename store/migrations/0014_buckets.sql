-- +goose Up

-- How often something may be done, by someone or in a server. A name is a hash
-- under a key that is not in the database, so that no id stands here.
CREATE TABLE buckets (
    name    TEXT    PRIMARY KEY,
    full_at INTEGER NOT NULL     -- the bucket is full again; then the row goes
) STRICT, WITHOUT ROWID;
CREATE INDEX buckets_full ON buckets (full_at);

-- A person has one batch of drafts, and one of what a file changes.
CREATE INDEX classes_drafter ON classes (created_by) WHERE draft_until IS NOT NULL;
CREATE INDEX batch_changes_creator ON batch_changes (created_by) WHERE applied_at IS NULL;
