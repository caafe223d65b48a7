// Package pattern holds regular expressions that nobody may ever need. Compiled
// ones take kilobytes each, of memory and of a start's time, and most of ours are
// for what few people type.
package pattern

import (
	"regexp"
	"sync"
)

// New returns a function that returns the regular expression. Its first call
// compiles it, and panics if it is none.
func New(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}
