//go:build !linux

package main

import (
	"runtime/debug"
	"runtime/metrics"
)

// ownMemory is the memory of this process.
func ownMemory() *memory {
	return &memory{resident: resident, collect: debug.FreeOSMemory, letGo: func() {}}
}

// resident returns how many bytes the program has of the system, its own file
// and SQLite's memory aside.
func resident() uint64 {
	all := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(all)
	return all[0].Value.Uint64() - all[1].Value.Uint64()
}
