package main

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"unpinch/figure"
)

// A poseWatch draws drills again when their files change.
type poseWatch struct {
	folder, out string
	say         io.Writer
	seen        map[string]fs.FileInfo
	due         []string // changed and not drawn yet
}

// run looks until ctx ends.
func (w *poseWatch) run(ctx context.Context) error {
	fmt.Fprintf(w.say, "Watching %s; pictures go to %s. Ctrl+C ends it.\n", w.folder, w.out)
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	for {
		if err := w.look(); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// look draws the drills whose files have changed since the last look, and all of
// them where a file did that they share. Faults of files are said, a line each;
// it returns an error where it can't go on.
func (w *poseWatch) look() error {
	changed, err := w.changed()
	if err != nil || len(changed) == 0 {
		return err
	}
	w.due = append(w.due, changed...)
	poses, err := figure.ReadPoses(os.DirFS(w.folder))
	if err != nil {
		fmt.Fprintln(w.say, err)
		return nil
	}
	if len(poses.Drills()) == 0 {
		return fmt.Errorf("there is no drill in %s: name a folder such as figure/poses", w.folder)
	}
	shared := slices.ContainsFunc(w.due, func(file string) bool { return path.Dir(file) != "drills" })
	var drawn []string
	for _, id := range poses.Drills() {
		if !shared && !slices.Contains(w.due, "drills/"+id+".toml") {
			continue
		}
		still, moving, err := poses.Pictures(id)
		if err != nil {
			return err
		}
		if err := writePictures(w.out, still, moving); err != nil {
			return err
		}
		drawn = append(drawn, id)
	}
	w.due = nil
	fmt.Fprintf(w.say, "Drew %s.\n", strings.Join(drawn, ", "))
	return nil
}

// changed lists the files that are new or other than at the last look.
func (w *poseWatch) changed() ([]string, error) {
	now := map[string]fs.FileInfo{}
	var out []string
	err := fs.WalkDir(os.DirFS(w.folder), ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || path.Ext(file) != ".toml" {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		now[file] = info
		if was := w.seen[file]; was == nil || !was.ModTime().Equal(info.ModTime()) || was.Size() != info.Size() {
			out = append(out, file)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("look at the poses: %w", err)
	}
	w.seen = now
	return out, nil
}
