package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"unpinch/backup"
)

type backupCmd struct {
	Config    string `required:"" placeholder:"FILE" help:"The configuration that names the database."`
	Out       string `required:"" placeholder:"FILE" help:"Where the copy goes: a new file, or a folder in which it gets a name of its own."`
	Recipient string `placeholder:"age1…" help:"Encrypt the copy to this public key of age. Without it the recipient of [backup] holds, if there is one."`
}

// Run writes a copy of the database, which a running bot may go on using.
func (c *backupCmd) Run(ctx context.Context, p program) (err error) {
	cfg, err := loadConfig(c.Config, p.environ)
	if err != nil {
		return err
	}
	if c.Recipient != "" {
		cfg.Backup.Recipient = c.Recipient
		if _, err := backup.Recipients(c.Recipient); err != nil {
			return usageError{fmt.Errorf("--recipient %w", err)}
		}
	}
	k, err := newCopies(cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, handOver(cfg.Store.Path)) }()
	at := p.now()
	out := c.Out
	if info, err := os.Stat(out); err == nil && info.IsDir() {
		out = filepath.Join(out, backup.Name(at, k.encrypted()))
	}
	size, err := k.make(ctx, out, at)
	if err != nil {
		return err
	}
	how := "compressed"
	if k.encrypted() {
		how = "compressed and encrypted"
	}
	fmt.Fprintf(p.out, "%s: %s, %s, opened again and whole. It has all that was saved before %s.\n",
		out, inKilobytes(size), how, at.Format(time.DateTime))
	if !k.encrypted() {
		fmt.Fprintln(p.out, "It is not encrypted: anyone who has the file can read it. --recipient encrypts it.")
	}
	return nil
}

// inKilobytes is a size as people read it.
func inKilobytes(bytes int64) string { return fmt.Sprintf("%d KB", (bytes+1023)/1024) }
