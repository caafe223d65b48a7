//go:build unix

package main

import "syscall"

// private makes every file that the program creates readable by its owner only.
func private() { syscall.Umask(0o077) }
