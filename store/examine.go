package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"

	"github.com/gofrs/flock"
)

// A Condition is how a database does, as it is found from outside.
type Condition struct {
	Version, Latest int64 // of the schema; the latest that this program knows
	Size, Log       int64 // bytes of the file, and of the log of what it does not have yet
	Channels        []Channel
}

// A Channel is one that classes post in, or that a place's log goes to.
type Channel struct {
	GuildID, ID string
	Classes     int // that post there; 0 where only the log goes
	Broken      int // of these
}

const channelsQuery = `
SELECT guild_id, channel_id, sum(classes), sum(broken) FROM (
    SELECT p.guild_id, coalesce(c.channel_id, p.channel_id) AS channel_id, 1 AS classes, CASE WHEN c.broken_at IS NULL THEN 0 ELSE 1 END AS broken
    FROM classes c JOIN places p ON p.id = c.place_id
    WHERE c.removed_at IS NULL AND c.draft_until IS NULL AND p.left_at IS NULL
    UNION ALL
    SELECT guild_id, log_channel_id, 0, 0 FROM places WHERE left_at IS NULL AND log_channel_id IS NOT NULL) channels
GROUP BY guild_id, channel_id ORDER BY guild_id, channel_id`

// Examine looks at the database file at path beside whoever has it open, takes no
// lock of theirs and writes nothing. It returns an error when the file is not
// there (fs.ErrNotExist), can't be read, is damaged, or is of a version that this
// program doesn't know; the sizes are returned all the same. A path that IsURL is of a
// PostgreSQL database, which has no log of its own.
func Examine(ctx context.Context, path string) (Condition, error) {
	var c Condition
	if IsURL(path) {
		err := c.readServer(ctx, path)
		if err != nil {
			err = fmt.Errorf("examine the database: %w", explain(Server(path), err))
		}
		return c, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return c, fmt.Errorf("examine the database: %w", err)
	}
	c.Size = info.Size()
	source := readerDSN
	if log, err := os.Stat(path + "-wal"); err == nil {
		c.Log = log.Size()
	} else { // nobody has it open, and a reader must not leave files behind
		source = func(file string) string {
			return dsn(file, url.Values{"mode": {"ro"}, "immutable": {"1"}, "_pragma": {tempInMemory}})
		}
	}
	db, err := openAlone(path, source)
	if err != nil {
		return c, fmt.Errorf("examine the database: %w", err)
	}
	if err := errors.Join(explain(path, c.read(ctx, db)), db.Close()); err != nil {
		return c, fmt.Errorf("examine the database: %w", err)
	}
	return c, nil
}

func (c *Condition) readServer(ctx context.Context, where string) (err error) {
	s := &Store{shared: true}
	defer func() { err = errors.Join(err, s.Close()) }()
	if err := s.openServer(ctx, where); err != nil {
		return err
	}
	if err := s.check(ctx, Server(where)); err != nil {
		return err
	}
	if s.from == 0 {
		return fmt.Errorf("nothing is in it: %w", fs.ErrNotExist)
	}
	if err := s.read.QueryRowContext(ctx, `SELECT pg_database_size(current_database())`).Scan(&c.Size); err != nil {
		return err
	}
	return c.readTables(ctx, s.read.DB, s.dialect)
}

func (c *Condition) read(ctx context.Context, db *sql.DB) error {
	if err := verify(ctx, db); err != nil {
		return err
	}
	return c.readTables(ctx, db, sqliteDialect())
}

func (c *Condition) readTables(ctx context.Context, db *sql.DB, d dialect) error {
	var err error
	if c.Latest, err = latestKnown(d); err != nil {
		return err
	}
	if err := db.QueryRowContext(ctx, versionQuery).Scan(&c.Version); err != nil || c.Version < c.Latest {
		return err // whose tables are others
	}
	c.Channels, err = collect(ctx, db, func(r *sql.Rows) (ch Channel, err error) {
		return ch, r.Scan(&ch.GuildID, &ch.ID, &ch.Classes, &ch.Broken)
	}, channelsQuery)
	return err
}

// InUse reports whether a Store has the file at path open. Where this user may not
// find out, it reports false.
func InUse(path string) bool {
	if IsURL(path) {
		return serverInUse(path)
	}
	if _, err := os.Stat(path + ".lock"); err != nil {
		return false // no Store has been here
	}
	lock := flock.New(path + ".lock")
	free, err := lock.TryRLock()
	lock.Close()
	return err == nil && !free
}
