//go:build unix

package main

import (
	"os"
	"syscall"
)

// private makes every file that the program creates readable by its owner only.
func private() { syscall.Umask(0o077) }

// readable reports whether others than its owner can read a file.
func readable(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular() && info.Mode().Perm()&0o044 != 0
}
