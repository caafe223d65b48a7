package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"unpinch/content"
	"unpinch/figure"
	"unpinch/playground"
)

// A gym that lives: the playground's world and the bot's database after two weeks
// in October 2026. make demo-world records both anew.
//
//go:embed gym/world.json.gz gym/unpinch.db.gz
var gymFiles embed.FS

// A demoFolder holds what a demo goes on with: its database and its world.
type demoFolder string

func (d demoFolder) database() string { return filepath.Join(string(d), "unpinch.db") }
func (d demoFolder) world() string    { return filepath.Join(string(d), "world.json.gz") }

// open returns the world that the demo goes on with. In a folder without a
// database that is the gym's, which gets its database; beside one that an older
// demo left without a world it is nil, the fixed one.
func (d demoFolder) open() ([]byte, error) {
	world, err := unpack(os.DirFS(string(d)), filepath.Base(d.world()))
	switch {
	case err == nil:
		return world, nil
	case !errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("the demo in %s cannot go on; another --data begins anew: %w", d, err)
	}
	if _, err := os.Stat(d.database()); err == nil {
		return nil, nil
	}
	db, err := unpack(gymFiles, "gym/unpinch.db.gz")
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(string(d), 0o700); err != nil {
		return nil, fmt.Errorf("make the demo's folder: %w", err)
	}
	if err := os.WriteFile(d.database(), db, 0o600); err != nil {
		return nil, fmt.Errorf("write the demo's database: %w", err)
	}
	return unpack(gymFiles, "gym/world.json.gz")
}

// save writes the world into the folder, whole or not at all.
func (d demoFolder) save(world *playground.Server) error {
	raw, err := world.Save()
	if err != nil {
		return err
	}
	packed, err := pack(raw, gzip.BestSpeed)
	if err != nil {
		return err
	}
	fresh := d.world() + ".new"
	if err := os.WriteFile(fresh, packed, 0o600); err != nil {
		return fmt.Errorf("save the demo's world: %w", err)
	}
	if err := os.Rename(fresh, d.world()); err != nil {
		return fmt.Errorf("save the demo's world: %w", err)
	}
	return nil
}

// saveEvery is how long what happens in a demo may wait to be saved.
const saveEvery = 2 * time.Second

// keep saves the world as it changes, so that a demo that is killed loses seconds,
// until the function that it returns is called, which saves it once more.
func (d demoFolder) keep(ctx context.Context, world *playground.Server, log *slog.Logger) (stop func() error) {
	ctx, cancel := context.WithCancel(ctx)
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			select {
			case <-world.Changed():
			case <-ctx.Done():
				return
			}
			select {
			case <-time.After(saveEvery):
			case <-ctx.Done():
				return
			}
			if err := d.save(world); err != nil {
				log.WarnContext(ctx, "the demo could not be saved", "err", err)
			}
		}
	})
	return func() error {
		cancel()
		wg.Wait()
		return d.save(world)
	}
}

func pack(raw []byte, level int) ([]byte, error) {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, level)
	if err == nil {
		_, err = w.Write(raw)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("pack: %w", err)
	}
	return b.Bytes(), nil
}

func unpack(files fs.FS, name string) ([]byte, error) {
	packed, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, err
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("unpack %s: %w", name, err)
	}
	raw, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("unpack %s: %w", name, err)
	}
	return raw, nil
}

// gymPictures returns what draws the pictures that the gym's world leaves out: the
// strips of its posts, by the routine in their names.
func gymPictures(album *figure.Album) func(name string) []byte {
	library := sync.OnceValues(content.Load)
	return func(name string) []byte {
		lib, err := library()
		id, strip := strings.CutPrefix(strings.TrimSuffix(name, ".png"), "routine-")
		if err != nil || !strip || album == nil {
			return nil
		}
		for _, r := range lib.Routines("en") {
			if r.ID != id {
				continue
			}
			drills := make([]string, len(r.Entries))
			for i, e := range r.Entries {
				drills[i] = e.ID
			}
			picture, _ := album.Strip(drills) // nil for one that can't be drawn
			return picture
		}
		return nil
	}
}
