package playground

import (
	"encoding/json"
	"time"
)

// nonceWindow is how long a nonce guards against sending twice, in virtual time.
const nonceWindow = 180 * time.Second

// nonces finds the latest posts of all channels and DMs by their nonces.
type nonces struct {
	byText map[string]*message
	recent []*message // oldest first; earlier ones of the same nonce too
}

// add takes a post that has a nonce.
func (n *nonces) add(m *message) {
	if t := nonceText(m.nonce); t != "" {
		n.forget(m.made)
		n.byText[t] = m
		n.recent = append(n.recent, m)
	}
}

// find returns the last post with a nonce, or nil if there is none in the window.
func (n *nonces) find(nonce string, now time.Time) *message {
	n.forget(now)
	return n.byText[nonce]
}

// forget drops what is past the window.
func (n *nonces) forget(now time.Time) {
	for len(n.recent) > 0 && now.Sub(n.recent[0].made) > nonceWindow {
		old := n.recent[0]
		if t := nonceText(old.nonce); n.byText[t] == old {
			delete(n.byText, t)
		}
		n.recent[0], n.recent = nil, n.recent[1:]
	}
}

func nonceText(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	}
	return ""
}
