package main

import (
	"slices"
	"strings"
	"testing"
)

// TestUnchanged: only what is on disk as it is in memory may be given back.
func TestUnchanged(t *testing.T) {
	const maps = `00400000-01225000 r-xp 00000000 08:01 7 /opt/unpinch
Rss:               12564 kB
Anonymous:             0 kB
01225000-025dd000 r--p 00e25000 08:01 7 /opt/unpinch
Anonymous:             4 kB
025dd000-025de000 r--p 00e25000 08:01 7 /opt/unpinch
Anonymous:             0 kB
025de000-026fa000 rw-p 021dd000 08:01 7 /opt/unpinch
Anonymous:             0 kB
7fac869a7000-7fac86afd000 r-xp 00000000 08:01 9 /usr/lib/libc.so.6
Anonymous:             0 kB
7ffd31bc1000-7ffd31be2000 r--p 00000000 00:00 0 [vvar]
Anonymous:             0 kB
7fac86b00000-7fac86b10000 r--p 00000000 00:00 0
Anonymous:             0 kB
`
	want := [][2]uintptr{{0x400000, 0x1225000}, {0x25dd000, 0x25de000}, {0x7fac869a7000, 0x7fac86afd000}}
	if got := unchanged(strings.NewReader(maps)); !slices.Equal(got, want) {
		t.Errorf("got %x, want %x", got, want)
	}
}
