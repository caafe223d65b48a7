package main

import "syscall"

// addrInUse is the system's error for a port that another program listens at:
// WSAEADDRINUSE, which package syscall lacks.
const addrInUse = syscall.Errno(10048)
