package main

import "golang.org/x/sys/windows"

// addrInUse is the system's error for a port that another program listens at.
const addrInUse = windows.WSAEADDRINUSE
