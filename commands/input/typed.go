package input

import (
	"strings"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
)

const (
	typedFor  = 15 * time.Minute
	typedMany = 1000 // texts
)

// Typed remembers what people wrote into a form that refused it, so that they
// need not write it again: in memory only, and for a quarter of an hour. Its
// methods may be called from several goroutines at once.
type Typed struct {
	now  func() time.Time
	kept *lru.Cache[string, typed]
}

type typed struct {
	text string
	at   time.Time
}

// NewTyped returns an empty memory.
func NewTyped(now func() time.Time) *Typed {
	kept, err := lru.New[string, typed](typedMany)
	if err != nil {
		panic("a memory without room") // typedMany is above 0
	}
	return &Typed{now, kept}
}

// Set remembers a text in place of the last of the same key, which is the user,
// or the user, a slash and the form; "" forgets it.
func (t *Typed) Set(key, text string) {
	for { // the oldest is the first that is over: reading moves none
		oldest, last, ok := t.kept.GetOldest()
		if !ok || !t.over(last) {
			break
		}
		t.kept.Remove(oldest)
	}
	if text == "" {
		t.kept.Remove(key)
		return
	}
	t.kept.Add(key, typed{text, t.now()})
}

// Forget forgets all that a user wrote.
func (t *Typed) Forget(userID string) {
	for _, key := range t.kept.Keys() {
		if by, _, _ := strings.Cut(key, "/"); by == userID {
			t.kept.Remove(key)
		}
	}
}

// Get returns what is remembered; "" for nothing.
func (t *Typed) Get(key string) string {
	last, ok := t.kept.Peek(key)
	if !ok || t.over(last) {
		return ""
	}
	return last.text
}

func (t *Typed) over(last typed) bool { return t.now().Sub(last.at) >= typedFor }
