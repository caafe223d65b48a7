package playground

import (
	"crypto/rand"
	"sync"
)

// pageResult is what one form led to, for the page that the browser is sent
// to next: an outcome that no message shows.
type pageResult struct {
	as, channel string
	message     string // that was clicked
	failed      bool
	ran, why    string // the command that failed, and what the playground says of it
	note        noteView
	modal       *pageModal
	draft       string // what was typed and did not run
	command     string // whose options to ask for
	focus       string // id of the element to look at
	worldOpen   bool   // the world was changed, and may be again
}

// keptResults bounds the memory; an older page loses its note, nothing else.
const keptResults = 200

// pageResults remembers the newest results by a key that goes in the address.
type pageResults struct {
	mu    sync.Mutex
	byKey map[string]pageResult
	order []string
}

func (p *pageResults) put(r pageResult) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.byKey == nil {
		p.byKey = map[string]pageResult{}
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
func (p *pageResults) get(key, as, channel string) pageResult {
	p.mu.Lock()
	defer p.mu.Unlock()
	r := p.byKey[key]
	if r.as != as || r.channel != channel {
		return pageResult{}
	}
	return r
}
