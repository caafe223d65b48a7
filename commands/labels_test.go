package commands_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"unpinch/commands/gymtest"
)

// TestOneNameForOneAction: what does the same thing has the same label on every
// card, but for what the label says which of several it is.
func TestOneNameForOneAction(t *testing.T) {
	gymtest.Slow(t)
	t.Parallel()
	which := map[string]bool{ // by act; its labels name a day, a zone, a number of minutes
		"class1:warm_up": true, "class1:week": true, "class1:skip": true, "myth1:back_supports": true, "timetable1:half": true,
		"pauseme1:for": true, "togetherstart1:desk-3": true,
		"class1:save": true, "notice1:stop": true, // one, or several
		"post1:3": true, "post1:4": true, "pinched2:": true, // the rest of the state says what opens
	}
	c := newCrowd(t)
	c.pressesBesides()
	labels := map[string]map[string]bool{}
	for id, label := range c.says {
		act := actOf(id)
		if id == "" || strings.HasPrefix(id, "again1:") || which[act] { // again1 is what somebody typed
			continue
		}
		if labels[act] == nil {
			labels[act] = map[string]bool{}
		}
		labels[act][numberInID.ReplaceAllString(label, "#")] = true
	}
	if len(labels) < 100 {
		t.Errorf("%d acts: the test sees too few cards", len(labels))
	}
	for act, names := range labels {
		if len(names) > 1 {
			t.Errorf("%s is called %q", act, slices.Sorted(maps.Keys(names)))
		}
	}
}
