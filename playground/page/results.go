package page

import (
	"crypto/rand"
	"sync"
)

// result is what one form led to, for the page that the browser is sent
// to next: an outcome that no message shows.
type result struct {
	as, channel string
	message     string // that was clicked
	failed      bool
	ran, why    string // the command that failed, and what the playground says of it
	note        noteView
	modal       *modal
	draft       string // what was typed and did not run
	command     string // whose options to ask for
	focus       string // id of the element to look at
	worldOpen   bool   // the world was changed, and may be again
}

// keptResults bounds the memory; an older page loses its note, nothing else.
const keptResults = 200

// resultStore remembers the newest results by a key that goes in the address.
type resultStore struct {
	mu    sync.Mutex
	byKey map[string]result
	order []string
}

func (p *resultStore) put(r result) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.byKey == nil {
		p.byKey = map[string]result{}
	}
	key := rand.Text()[:12]
	p.byKey[key] = r
	p.order = append(p.order, key)
	if len(p.order) > keptResults {
		delete(p.byKey, p.order[0])
		p.order = p.order[1:]
	}
	return key
}

// get finds a result, for the member and the channel that it belongs to only.
func (p *resultStore) get(key, as, channel string) result {
	p.mu.Lock()
	defer p.mu.Unlock()
	r := p.byKey[key]
	if r.as != as || r.channel != channel {
		return result{}
	}
	return r
}
