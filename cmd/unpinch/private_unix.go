//go:build unix

package main

import (
	"os"
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
