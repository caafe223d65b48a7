package playground

import (
	"time"

	"unpinch/playground/wire"
)

// An idSource makes ids that always grow.
type idSource struct {
	now  func() time.Time
	last wire.ID
}

// next returns a new id of this moment.
func (s *idSource) next() wire.ID {
	s.last = max(s.last+1, wire.IDAt(s.now()))
	return s.last
}
