//go:build !linux

package main

import "runtime/debug"

// giveBack gives memory that is free back to the system.
func giveBack() { debug.FreeOSMemory() }
