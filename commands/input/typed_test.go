package input

import (
	"fmt"
	"testing"
	"time"
)

func TestTyped(t *testing.T) {
	noon := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	now := noon
	m := NewTyped(func() time.Time { return now })
	at := func(after time.Duration) *Typed { now = noon.Add(after); return m }
	if got := m.Get("1"); got != "" {
		t.Errorf("an empty memory has %q", got)
	}
	at(0).Set("1", "a")
	at(time.Minute).Set("1", "b")
	at(2*time.Minute).Set("2", "c")
	for _, tc := range []struct {
		user  string
		after time.Duration
		want  string
	}{{"1", time.Minute, "b"}, {"1", 16*time.Minute - 1, "b"}, {"1", 16 * time.Minute, ""}, {"2", 16 * time.Minute, "c"}, {"3", 0, ""}} {
		if got := at(tc.after).Get(tc.user); got != tc.want {
			t.Errorf("user %s after %v: got %q, want %q", tc.user, tc.after, got, tc.want)
		}
	}
	at(16*time.Minute).Set("2", "")
	if m.kept.Len() != 0 {
		t.Errorf("it still holds %v", m.kept.Keys())
	}
	for _, key := range []string{"1", "1/a", "1/b/2", "12", "2/1"} {
		at(16*time.Minute).Set(key, "x")
	}
	m.Forget("1")
	if keys := fmt.Sprint(m.kept.Keys()); keys != "[12 2/1]" {
		t.Errorf("it forgets user 1 and holds %s", keys)
	}
	at(0)
	for i := range 3 * typedMany {
		m.Set(fmt.Sprint(i), "x")
	}
	if m.kept.Len() > typedMany || m.Get(fmt.Sprint(3*typedMany-1)) != "x" {
		t.Errorf("it holds %d, or not the last", m.kept.Len())
	}
}
