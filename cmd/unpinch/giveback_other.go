//go:build !linux

package main

import (
	"runtime/debug"
	"runtime/metrics"
)

// giveBack gives memory that is free back to the system.
func giveBack() { debug.FreeOSMemory() }

// resident returns how many bytes the program has of the system, its own file
// and SQLite's memory aside.
func resident() uint64 {
	all := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(all)
	return all[0].Value.Uint64() - all[1].Value.Uint64()
}
