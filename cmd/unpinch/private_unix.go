//go:build unix

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// private makes every file that the program creates readable by its owner only.
func private() { syscall.Umask(0o077) }

// writable reports whether this user can write a file, or in a folder.
func writable(path string) bool {
	const write = 2
	return syscall.Access(path, write) == nil
}

// oneDisk reports whether two files, or folders, are on one disk.
func oneDisk(a, b string) bool {
	on := func(path string) any {
		info, err := os.Stat(path)
		if err != nil {
			return err // which is like no other
		}
		if s, ok := info.Sys().(*syscall.Stat_t); ok {
			return s.Dev
		}
		return nil
	}
	return on(a) == on(b)
}

// readable reports whether others than its owner can read a file.
func readable(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular() && info.Mode().Perm()&0o044 != 0
}

// handOver gives what root made beside a database to the owner of its folder: the
// bot's user, who can't read it otherwise. It follows no links, and leaves a file
// that has another name elsewhere.
func handOver(database string) error {
	dir := filepath.Dir(database)
	folder, err := os.Stat(dir)
	if os.Geteuid() != 0 || errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("look at the database's folder: %w", err)
	}
	owner, ok := folder.Sys().(*syscall.Stat_t)
	files, err := os.ReadDir(dir)
	if err != nil || !ok || owner.Uid == 0 {
		return err
	}
	var failed []error
	for _, f := range files {
		info, err := f.Info()
		if err != nil || !info.Mode().IsRegular() || !strings.HasPrefix(f.Name(), filepath.Base(database)) {
			continue // also what is gone since
		}
		if s, ok := info.Sys().(*syscall.Stat_t); ok && s.Uid == 0 && s.Nlink == 1 {
			err := os.Lchown(filepath.Join(dir, f.Name()), int(owner.Uid), int(owner.Gid))
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				failed = append(failed, fmt.Errorf("hand the database's files to the owner of their folder: %w", err))
			}
		}
	}
	return errors.Join(failed...)
}
