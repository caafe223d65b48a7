//go:build !linux

package main

// clockState knows nothing of other systems.
func clockState() (synchronised, known bool) { return false, false }

// freeOn likewise.
func freeOn(string) (bytes uint64, known bool) { return 0, false }

// openFiles likewise.
func openFiles() (limit uint64, known bool) { return 0, false }
