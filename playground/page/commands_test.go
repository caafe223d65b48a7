package page

import (
	"reflect"
	"testing"

	"unpinch/playground/wire"
)

func TestReadTyped(t *testing.T) {
	list := runnables([]command{
		{Name: "class", Options: []commandOption{{Name: "add", Type: wire.SubcommandOption, Options: []commandOption{{Name: "at", Required: true}, {Name: "where"}}}, {Name: "list", Type: wire.SubcommandOption}}},
		{Name: "me", Options: []commandOption{{Name: "plan", Type: wire.GroupOption, Options: []commandOption{{Name: "show", Type: wire.SubcommandOption}}}}},
		{Name: "pinched", Options: []commandOption{{Name: "area"}, {Name: "exercise"}}},
		{Name: "Report", Type: wire.MessageCommand},
	})
	for _, c := range []struct {
		line, run string
		options   map[string]string
		unready   bool
	}{
		{"/pinched", "pinched", map[string]string{}, false},
		{"  /pinched  ", "pinched", map[string]string{}, false},
		{"/pinched area:neck exercise:bench press", "pinched", map[string]string{"area": "neck", "exercise": "bench press"}, false},
		{"/pinched area: neck", "pinched", map[string]string{"area": "neck"}, false},
		{"/class add at:mon 18:00 where:hall", "class add", map[string]string{"at": "mon 18:00", "where": "hall"}, false},
		{"/class add", "class add", map[string]string{}, true},
		{"/class add at:", "class add", map[string]string{"at": ""}, true},
		{"/me plan show", "me plan show", map[string]string{}, false},
		{"/pin", "pinched", nil, true},
		{"/class", "", nil, true}, // two begin so
		{"/", "", nil, true},
		{"/Report", "", nil, true},
		{"/pinched what is this", "pinched", map[string]string{}, true},
	} {
		got := readTyped(c.line, list)
		name := ""
		if got.run != nil {
			name = got.run.name
		}
		if name != c.run || got.unready != c.unready || !reflect.DeepEqual(got.options, c.options) {
			t.Errorf("%q: got %q %v unready %v, want %q %v %v", c.line, name, got.options, got.unready, c.run, c.options, c.unready)
		}
	}
}
