package delivery

import (
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
)

const (
	// retryMax is the longest pause between two tries, until there were patientAt.
	retryMax    = time.Minute
	patientAt   = 30
	patientWait = 10 * time.Minute
	// tidyTries is how often a message that is out is drawn again or taken away
	// before it stays as it is; about twelve hours.
	tidyTries = 100
)

// pause is how long to wait after so many attempts: 2 s, 4 s, 8 s … 1 min, and
// ten minutes once it lasts.
func pause(attempts int) time.Duration {
	if attempts >= patientAt {
		return patientWait
	}
	return min(retryMax, 2*time.Second<<min(max(attempts-1, 0), 10))
}

// tidyPause is how long to wait after so many failures to change a message that
// is out.
func tidyPause(failures int) time.Duration { return max(retryMax, pause(failures)) }

// counts are how often each thing went wrong, one time after the other. They are
// in memory: the next start counts anew.
type counts[K comparable] struct{ failed *lru.Cache[K, int] }

func newCounts[K comparable]() counts[K] {
	failed, _ := lru.New[K, int](triesKept) // it fails for no size only
	return counts[K]{failed}
}

// up counts one more failure and returns how many there are.
func (c counts[K]) up(key K) int {
	n, _ := c.failed.Get(key)
	c.failed.Add(key, n+1)
	return n + 1
}

// end forgets what went wrong.
func (c counts[K]) end(key K) { c.failed.Remove(key) }
