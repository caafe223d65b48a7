package playground

import (
	"encoding/json"
	"time"
)

// nonceWindow is how long a nonce guards against sending twice, virtual.
const nonceWindow = 180 * time.Second

// nonces finds the posts of the last moments by their nonces, those of every
// channel and DM together.
type nonces struct {
	byText map[string]*message
	recent []*message // those and earlier ones of the same nonce, oldest first
}

// add takes a post that has a nonce.
func (n *nonces) add(m *message) {
	if t := nonceText(m.nonce); t != "" {
		n.forget(m.made)
		n.byText[t] = m
		n.recent = append(n.recent, m)
	}
}

// find finds the last post with a nonce, nil for none in the window.
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
