package commands

import (
	"fmt"
	"testing"
	"time"
)

func TestTypedLines(t *testing.T) {
	var m typedLines
	if got := m.get("1", noon); got != "" {
		t.Errorf("an empty memory has %q", got)
	}
	m.set("1", "a", noon)
	m.set("1", "b", noon.Add(time.Minute))
	m.set("2", "c", noon.Add(2*time.Minute))
	for _, tc := range []struct {
		user  string
		after time.Duration
		want  string
	}{{"1", time.Minute, "b"}, {"1", 16*time.Minute - 1, "b"}, {"1", 16 * time.Minute, ""}, {"2", 16 * time.Minute, "c"}, {"3", 0, ""}} {
		if got := m.get(tc.user, noon.Add(tc.after)); got != tc.want {
			t.Errorf("user %s after %v: got %q, want %q", tc.user, tc.after, got, tc.want)
		}
	}
	m.set("2", "", noon.Add(16*time.Minute))
	if len(m.by) != 0 {
		t.Errorf("it still holds %v", m.by)
	}
	for i := range 3 * typedPeople {
		m.set(fmt.Sprint(i), "x", noon)
	}
	if len(m.by) > typedPeople || m.get(fmt.Sprint(3*typedPeople-1), noon) != "x" {
		t.Errorf("it holds %d, or not the last", len(m.by))
	}
}
