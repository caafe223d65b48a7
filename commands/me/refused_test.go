package me

import (
	"fmt"
	"testing"
	"time"
)

func TestRefusedRemembersForAQuarterOfAnHour(t *testing.T) {
	noon := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	now := noon
	r := newRefused(func() time.Time { return now })
	if got := r.of("1"); got != "" {
		t.Errorf("an empty memory has %q", got)
	}
	r.remember("1", "a")
	now = noon.Add(time.Minute)
	r.remember("1", "b")
	now = noon.Add(2 * time.Minute)
	r.remember("2", "c")
	for _, tc := range []struct {
		user  string
		after time.Duration
		want  string
	}{{"1", 2 * time.Minute, "b"}, {"1", 16*time.Minute - 1, "b"}, {"1", 16 * time.Minute, ""}, {"2", 16 * time.Minute, "c"}, {"3", 0, ""}} {
		now = noon.Add(tc.after)
		if got := r.of(tc.user); got != tc.want {
			t.Errorf("user %s after %v: got %q, want %q", tc.user, tc.after, got, tc.want)
		}
	}
	now = noon.Add(16 * time.Minute)
	r.remember("3", "d")
	if r.typed.Contains("1") {
		t.Error("it holds a text whose time is over")
	}
	r.forget("2")
	if got := r.of("2"); got != "" {
		t.Errorf("forgotten, and it has %q", got)
	}
}

// The texts of more people than there is room for drop out, the oldest first.
func TestRefusedIsBounded(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	r := newRefused(func() time.Time { return now })
	for i := range 3 * refusedPeople {
		r.remember(fmt.Sprint(i), "x")
	}
	if n := r.typed.Len(); n != refusedPeople || r.of(fmt.Sprint(3*refusedPeople-1)) != "x" || r.of("0") != "" {
		t.Errorf("it holds %d texts", n)
	}
}
