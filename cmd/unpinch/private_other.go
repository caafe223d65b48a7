//go:build !unix

package main

// private does nothing where files have no modes; the folder's own rights hold.
func private() {}

// readable reports nothing where files have no modes.
func readable(string) bool { return false }
