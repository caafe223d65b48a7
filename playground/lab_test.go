package playground

import (
	"testing"
	"time"

	"unpinch/playground/rig"
)

// A lab is a rig around a playground that tests look into.
type lab struct {
	*rig.Rig
	s *Server
}

func newLab(t *testing.T, change ...func(*Options)) *lab {
	t.Helper()
	l := &lab{}
	l.Rig = rig.New(t, func(now func() time.Time) (rig.Server, error) {
		o := Options{Now: now, IdentifyEvery: -1}
		for _, f := range change {
			f(&o)
		}
		var err error
		l.s, err = New(o)
		return l.s, err
	})
	return l
}
