package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"filippo.io/age"

	"unpinch/backup"
	"unpinch/store"
)

type restoreCmd struct {
	Config   string `required:"" placeholder:"FILE" help:"The configuration that names the database."`
	Identity string `placeholder:"FILE" help:"The file with the age identity that opens an encrypted copy."`
	Copy     string `arg:"" name:"copy" help:"The copy that unpinch backup made."`
}

// Run puts a copy in the place of the database.
func (c *restoreCmd) Run(ctx context.Context, p program) error {
	cfg, err := loadConfig(c.Config, p.environ)
	if err != nil {
		return err
	}
	if cfg.Store.URL != "" {
		return errors.New("restore puts a file back, and [store] url names a PostgreSQL database: take url out, restore, and copy the file by unpinch migrate --from FILE --to URL into an empty database")
	}
	identities, err := readIdentities(c.Identity)
	if err != nil {
		return err
	}
	path, err := filepath.Abs(cfg.Store.Path)
	if err != nil {
		return err
	}
	return c.restore(ctx, p, path, forgetsKey(cfg.Discord.Token), identities)
}

func (c *restoreCmd) restore(ctx context.Context, p program, path string, key []byte, identities []age.Identity) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	free, err := backup.Alone(path) // for the file in the clear
	if err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	defer free()
	clear := path + ".restore"
	defer backup.Erase(clear)
	at, err := backup.Extract(c.Copy, clear, identities)
	if err != nil {
		return fmt.Errorf("restore %s: %w", c.Copy, err)
	}
	forgotten, err := backup.NotesOf(path, key).Since(at)
	if err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	aside := path + ".before-restore-" + p.now().UTC().Format("20060102T150405.000Z")
	done, err := store.Restore(ctx, path, clear, aside, p.now(), forgotten.Gone)
	if err != nil {
		return err
	}
	c.say(p, path, aside, at, done, forgotten)
	return nil
}

// say tells what a restore did, and what is left to do.
func (c *restoreCmd) say(p program, path, aside string, at time.Time, done store.Restored, forgotten backup.Record) {
	fmt.Fprintf(p.out, "%s is what it was at %s. The copy was whole.\n", path, at.In(p.now().Location()).Format(time.DateTime))
	fmt.Fprintln(p.out, "Posts that were due since then and the copy doesn't know are not sent, as they may be out already.")
	if done.From != done.To {
		fmt.Fprintf(p.out, "Its schema went from version %d to %d.\n", done.From, done.To)
	}
	const askAgain = "is in it again: ask them, or have them run /me forget."
	switch {
	case forgotten.From.IsZero():
		fmt.Fprintln(p.out, "No record of who asked to be forgotten is beside the database. Anyone who asked since the copy", askAgain)
	case forgotten.From.After(at):
		fmt.Fprintf(p.out, "The record of who asked to be forgotten begins at %s, after this copy. Anyone who asked in between %s\n",
			forgotten.From.In(p.now().Location()).Format(time.DateTime), askAgain)
	case done.Forgotten == 0 && forgotten.OtherKey == 0:
		fmt.Fprintln(p.out, "Nobody who is in the copy asked to be forgotten since.")
	}
	if done.Forgotten > 0 {
		fmt.Fprintf(p.out, "People who asked to be forgotten since, and are forgotten again: %d.\n", done.Forgotten)
	}
	if forgotten.OtherKey > 0 {
		fmt.Fprintf(p.out, "Requests to be forgotten under another bot token: %d. They can't be matched. Run restore again with that token in UNPINCH_DISCORD_TOKEN; it need not work any longer.\n", forgotten.OtherKey)
	}
	if _, err := os.Stat(aside); !errors.Is(err, fs.ErrNotExist) {
		fmt.Fprintf(p.out, "The database that was there is %s. Delete it when you don't need it: nobody is forgotten in it.\n", aside)
	}
}

// readIdentities reads the keys that open an encrypted copy.
func readIdentities(file string) ([]age.Identity, error) {
	if file == "" {
		return nil, nil
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("--identity: %w", err)
	}
	defer f.Close()
	out, err := age.ParseIdentities(f)
	if err != nil { // which may quote the key
		return nil, fmt.Errorf("--identity: %s has no identity of age, a line that begins with AGE-SECRET-KEY-", file)
	}
	return out, nil
}
