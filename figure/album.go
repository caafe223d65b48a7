package figure

import (
	"strings"
	"sync"
)

// albumMost is how many pictures of drills and routines an Album keeps: more
// than there are of both, and at most 8 MB.
const albumMost = 160

// An Album is a Cache that keeps pictures of drills and routines too, the
// latest ones drawn. Its zero value is ready, and it may be shared. What it
// returns must not be changed.
type Album struct {
	Cache
	mu    sync.Mutex
	drawn map[string][]byte
	order []string // oldest first
}

// Drill returns what the function Drill does, and keeps it.
func (a *Album) Drill(id string, mirrored bool) ([]byte, error) {
	key := id
	if mirrored {
		key += " mirrored"
	}
	return a.kept(key, func() ([]byte, error) { return Drill(id, mirrored) })
}

// Strip returns what the function Strip does, and keeps it.
func (a *Album) Strip(ids []string) ([]byte, error) {
	return a.kept("strip "+strings.Join(ids, " "), func() ([]byte, error) { return Strip(ids) })
}

// kept draws what isn't there. Whoever wants a picture meanwhile waits: it is a
// matter of 50 ms, and never to be drawn twice.
func (a *Album) kept(key string, draw func() ([]byte, error)) ([]byte, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if data, ok := a.drawn[key]; ok {
		return data, nil
	}
	data, err := draw()
	if err != nil {
		return nil, err
	}
	if a.drawn == nil {
		a.drawn = map[string][]byte{}
	}
	if len(a.order) == albumMost {
		delete(a.drawn, a.order[0])
		a.order = a.order[1:]
	}
	a.drawn[key] = data
	a.order = append(a.order, key)
	return data, nil
}
