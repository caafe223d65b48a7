//go:build !unix

package main

// private does nothing where files have no modes; the folder's own rights hold.
func private() {}

// writable reports everything: what can't be written says so when it is.
func writable(string) bool { return true }

// oneDisk reports nothing where it can't be told.
func oneDisk(a, b string) bool { return false }

// handOver does nothing where no root works beside another user.
func handOver(string) error { return nil }

// readable reports nothing where files have no modes.
func readable(string) bool { return false }
