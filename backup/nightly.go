package backup

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

const (
	partKept   = 24 * time.Hour
	nightHour  = 4 // on this machine's clock
	namePrefix = "unpinch-"
	nameTime   = "20060102T150405Z"
)

// Name returns the name of a copy of an instant: copies in one folder are in the
// order of their names.
func Name(at time.Time, encrypted bool) string {
	name := namePrefix + at.UTC().Format(nameTime) + ".db.gz"
	if encrypted {
		name += ".age"
	}
	return name
}

// A Kept is a copy in a folder.
type Kept struct {
	File string
	At   time.Time
	Size int64
}

// List returns the copies in a folder that Name named, oldest first.
func List(dir string) ([]Kept, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("list the copies: %w", err)
	}
	var out []Kept
	for _, e := range entries {
		stamp, suffix, _ := strings.Cut(strings.TrimPrefix(e.Name(), namePrefix), ".")
		at, err := time.Parse(nameTime, stamp)
		if err != nil || suffix != "db.gz" && suffix != "db.gz.age" || !strings.HasPrefix(e.Name(), namePrefix) {
			continue
		}
		info, err := e.Info()
		if err != nil {
			continue // deleted meanwhile
		}
		if info.Size() == 0 {
			continue // holds the name of one that is being named
		}
		out = append(out, Kept{filepath.Join(dir, e.Name()), at, info.Size()})
	}
	slices.SortFunc(out, func(a, b Kept) int { return a.At.Compare(b.At) })
	return out, nil
}

// Prune deletes all but the newest copies in a folder, and what one that was
// killed a day ago or earlier left there.
func Prune(dir string, keep int, now time.Time) error {
	kept, err := List(dir)
	if err != nil {
		return err
	}
	for _, k := range kept[:max(len(kept)-keep, 0)] {
		if err := os.Remove(k.File); err != nil {
			return fmt.Errorf("delete an old copy: %w", err)
		}
	}
	parts, err := filepath.Glob(filepath.Join(dir, namePrefix+"*.part"))
	if err != nil {
		return fmt.Errorf("look for unfinished copies: %w", err)
	}
	for _, p := range parts {
		stamp, _, _ := strings.Cut(strings.TrimPrefix(filepath.Base(p), namePrefix), ".")
		if at, err := time.Parse(nameTime, stamp); err != nil || now.Sub(at) < partKept {
			continue // another process may be writing it
		}
		if err := os.Remove(p); err != nil {
			return fmt.Errorf("delete an unfinished copy: %w", err)
		}
	}
	return nil
}

// Due returns when the copy after that of last is due: at four in the morning on
// now's clock, or at once if that was missed.
func Due(last, now time.Time) time.Time {
	last = last.In(now.Location())
	due := time.Date(last.Year(), last.Month(), last.Day(), nightHour, 0, 0, 0, now.Location())
	if !due.After(last) {
		due = time.Date(last.Year(), last.Month(), last.Day()+1, nightHour, 0, 0, 0, now.Location())
	}
	if due.Before(now) {
		return now
	}
	return due
}
