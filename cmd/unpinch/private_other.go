//go:build !unix

package main

// private does nothing where files have no modes; the folder's own rights hold.
func private() {}
