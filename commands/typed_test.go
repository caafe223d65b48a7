package commands

import (
	"fmt"
	"testing"
	"time"

	"unpinch/commands/gymtest"
)

func TestTypedLines(t *testing.T) {
	var m typedLines
	if got := m.get("1", gymtest.Noon); got != "" {
		t.Errorf("an empty memory has %q", got)
	}
	m.set("1", "a", gymtest.Noon)
	m.set("1", "b", gymtest.Noon.Add(time.Minute))
	m.set("2", "c", gymtest.Noon.Add(2*time.Minute))
	for _, tc := range []struct {
		user  string
		after time.Duration
		want  string
	}{{"1", time.Minute, "b"}, {"1", 16*time.Minute - 1, "b"}, {"1", 16 * time.Minute, ""}, {"2", 16 * time.Minute, "c"}, {"3", 0, ""}} {
		if got := m.get(tc.user, gymtest.Noon.Add(tc.after)); got != tc.want {
			t.Errorf("user %s after %v: got %q, want %q", tc.user, tc.after, got, tc.want)
		}
	}
	m.set("2", "", gymtest.Noon.Add(16*time.Minute))
	if len(m.by) != 0 {
		t.Errorf("it still holds %v", m.by)
	}
	for i := range 3 * typedPeople {
		m.set(fmt.Sprint(i), "x", gymtest.Noon)
	}
	if len(m.by) > typedPeople || m.get(fmt.Sprint(3*typedPeople-1), gymtest.Noon) != "x" {
		t.Errorf("it holds %d, or not the last", len(m.by))
	}
}
