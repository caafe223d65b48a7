package figure

import (
	"fmt"
	"sync"
)

// A Cache draws each map once for each set of words and keeps it. Its zero
// value is ready, and it may be shared. What it returns must not be changed.
type Cache struct {
	mu    sync.Mutex
	drawn map[string][]byte
}

// Draw returns what the function Draw does, drawn at the first call only.
func (c *Cache) Draw(m Map, words Words) ([]byte, error) {
	c.mu.Lock()
	defer c.mu.Unlock() // while drawing too: whoever wants the same waits for it
	key := fmt.Sprintf("%s %q", m, words)
	if data, ok := c.drawn[key]; ok {
		return data, nil
	}
	data, err := Draw(m, words)
	if err != nil {
		return nil, err
	}
	if c.drawn == nil {
		c.drawn = map[string][]byte{}
	}
	c.drawn[key] = data
	return data, nil
}
