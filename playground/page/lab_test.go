package page_test

import (
	"testing"
	"time"

	"unpinch/playground"
	"unpinch/playground/rig"
)

// A lab is a rig around a playground whose page is looked at.
type lab struct {
	*rig.Rig
	s *playground.Server
}

func newLab(t *testing.T) *lab {
	t.Helper()
	l := &lab{}
	l.Rig = rig.New(t, func(now func() time.Time) (rig.Server, error) {
		var err error
		l.s, err = playground.New(playground.Options{Now: now, IdentifyEvery: -1})
		return l.s, err
	})
	return l
}

const pinched = `[{"name":"pinched","description":"d","integration_types":[0,1],"contexts":[0,1],"options":[
	{"type":3,"name":"area","description":"a","choices":[{"name":"Neck","value":"neck"}]},
	{"type":3,"name":"exercise","description":"e","autocomplete":true}]},
	{"name":"class","description":"d","options":[{"type":1,"name":"add","description":"a","options":[
		{"type":3,"name":"at","description":"a","required":true},{"type":4,"name":"minutes","description":"m","min_value":5,"max_value":120},
		{"type":7,"name":"where","description":"w","channel_types":[0]},{"type":8,"name":"role","description":"r"},
		{"type":6,"name":"who","description":"w"},{"type":5,"name":"quiet","description":"q"},{"type":11,"name":"file","description":"f"}]}]},
	{"name":"setup","description":"d","default_member_permissions":"32","contexts":[0]},
	{"name":"Report","type":3}]`
