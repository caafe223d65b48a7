package playground

import (
	"slices"

	"unpinch/playground/wire"
)

// keptPosts is how many ids of posts are kept to tell what a move of the clock
// brought.
const keptPosts = 20_000

// A postLog counts the messages posted without an interaction.
type postLog struct {
	ids     []wire.ID // the last ones
	dropped int
}

func (p *postLog) add(id wire.ID) {
	p.ids = append(p.ids, id)
	if len(p.ids) > keptPosts {
		p.dropped += keptPosts / 10
		p.ids = slices.Clone(p.ids[keptPosts/10:])
	}
}

// count returns how many posts there ever were.
func (p *postLog) count() int { return p.dropped + len(p.ids) }

// since returns the posts after a count.
func (p *postLog) since(count int) []wire.ID {
	return append([]wire.ID{}, p.ids[min(max(count-p.dropped, 0), len(p.ids)):]...)
}
