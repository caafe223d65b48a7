package playground

import (
	"strconv"
	"time"

	"unpinch/playground/wire"
)

// An object is a decoded JSON object, or one to be written.
type object = wire.Object

// stamp writes a time as Discord does.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000-07:00") }

// bits writes permissions as Discord does: a decimal string.
func bits(p uint64) string { return strconv.FormatUint(p, 10) }

// itoa writes a number.
func itoa(n int64) string { return strconv.FormatInt(n, 10) }
