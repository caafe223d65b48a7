package bot

import "sync"

// recentKept is how many interactions are remembered: far more than come while
// a connection is taken up again.
const recentKept = 1 << 14

// A recent remembers the ids of the latest interactions, so that one that Discord
// dispatches twice is handled once.
type recent struct {
	mu    sync.Mutex
	known map[string]bool
	ids   []string // in a ring, once there are recentKept
	next  int
}

// again notes an id, and reports whether it was known.
func (r *recent) again(id string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.known[id] {
		return true
	}
	if r.known == nil {
		r.known = map[string]bool{}
	}
	r.known[id] = true
	if len(r.ids) < recentKept {
		r.ids = append(r.ids, id)
		return false
	}
	delete(r.known, r.ids[r.next])
	r.ids[r.next] = id
	r.next = (r.next + 1) % recentKept
	return false
}
