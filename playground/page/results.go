package page

import (
	"crypto/rand"
	"sync"
)

// A result is what a form led to and no message shows, for the page that the browser
// is sent to next.
type result struct {
	as, channel string
	door        string      // the step of a door that the page shows
	counted     [2]database // what the bot had written down, before and after
	count       string      // the key of the result that counted it
	message     string      // that was clicked
	failed      bool
	ran, why    string // the command that failed, and what the playground says of it
	note        noteView
	modal       *modal
	draft       string // what was typed and did not run
	command     string // whose options to ask for
	focus       string // id of the element to look at
	worldOpen   bool   // the world was changed, and may be again
}

// keptResults bounds the memory. An older page loses its note and nothing else.
const keptResults = 200

// A resultStore remembers the newest results by a key that stands in the address.
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

// get returns the result of a key, but to no other member and in no other channel.
func (p *resultStore) get(key, as, channel string) result {
	p.mu.Lock()
	defer p.mu.Unlock()
	r := p.byKey[key]
	if r.as != as || r.channel != channel {
		return result{}
	}
	return r
}

// counted returns what a door counted under a key, to anyone: it goes on through what
// is done meanwhile as others and elsewhere.
func (p *resultStore) counted(key string) [2]database {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.byKey[key].counted
}
