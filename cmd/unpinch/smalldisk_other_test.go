//go:build !linux

package main

import "testing"

// smallDisk skips: only Linux has a disk in memory for the asking.
func smallDisk(t *testing.T, _ string) {
	t.Helper()
	t.Skip("a small disk takes Linux")
}
