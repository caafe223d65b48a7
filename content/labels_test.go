package content

import (
	"regexp"
	"strings"
	"testing"
)

// A label says what a press does: never how things stand.
var stateLabel = regexp.MustCompile(`(?i)\b(is|are) (on|off|enabled|disabled)$|: (on|off)$|^(enabled|disabled|on|off)$`)

// TestLabels holds what every label of the interface says to that, and to fit a
// button, without a full stop.
func TestLabels(t *testing.T) {
	l := load(t)
	args := map[string]any{"count": 2}
	for _, name := range []string{"Name", "Wall", "Time", "Day", "Area", "Step", "Days", "Place", "Minutes", "Zone", "Removed", "Focus"} {
		args[name] = "it"
	}
	seen := 0
	for _, key := range l.Keys() {
		if !strings.Contains(key, ".button.") {
			continue
		}
		seen++
		label := l.Say("en", key, args)
		if stateLabel.MatchString(label) || strings.HasSuffix(label, ".") || len(label) > 80 || strings.HasPrefix(label, "?") {
			t.Errorf("%s: %q is no label of an act", key, label)
		}
	}
	if seen < 100 {
		t.Errorf("%d labels were seen", seen)
	}
}
