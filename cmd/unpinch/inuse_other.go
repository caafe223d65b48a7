//go:build !windows

package main

import "syscall"

// addrInUse is the system's error for a port that another program listens at.
const addrInUse = syscall.EADDRINUSE
