package store

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"unpinch/content"
	"unpinch/delivery"
	"unpinch/schedule"
)

func day(t testing.TB, text string) schedule.Date {
	t.Helper()
	d, err := schedule.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func agree(t testing.TB, s *Store, users ...string) {
	t.Helper()
	for _, u := range users {
		if err := s.Agree(t.Context(), u, 1, "en-GB", agreed()); err != nil {
			t.Fatal(err)
		}
	}
}

func TestNothingIsKeptOfWhoHasNotAgreed(t *testing.T) {
	t.Parallel()
	s := openEmpty(t)
	before := dump(t, s)
	today := day(t, "2026-11-26")
	for name, keep := range map[string]func() (bool, error){
		"count":   func() (bool, error) { return s.CountDay(t.Context(), "1", today) },
		"routine": func() (bool, error) { return s.SaveOwnRoutine(t.Context(), "1", own()) },
	} {
		if kept, err := keep(); kept || err != nil {
			t.Errorf("%s: got %v, %v, want nothing kept", name, kept, err)
		}
	}
	if after := dump(t, s); after != before {
		t.Errorf("got\n%s\nwant\n%s", after, before)
	}
}

// A routine that is deleted is gone from its player too, and from no other.
func TestDeletingARoutineEndsItsPlayer(t *testing.T) {
	t.Parallel()
	s := openEmpty(t)
	agree(t, s, "1", "2", "3")
	const lines = "Chin tuck 2x8x5s"
	for user, routine := range map[string]string{"1": delivery.OwnPrefix + lines, "2": delivery.OwnPrefix + lines, "3": "post-3"} {
		p := delivery.Player{ID: "r" + user, UserID: user, Ticket: "7/t", Locale: "en", Routine: routine, PressedAt: agreed(), ExpiresAt: agreed()}
		if err := s.StartPlayer(t.Context(), p, agreed()); err != nil {
			t.Fatal(err)
		}
	}
	before := dump(t, s)
	if _, err := s.SaveOwnRoutine(t.Context(), "1", own()); err != nil {
		t.Fatal(err)
	}
	for _, user := range []string{"1", "3"} {
		if kept, err := s.SaveOwnRoutine(t.Context(), user, nil); !kept || err != nil {
			t.Fatalf("got %v, %v", kept, err)
		}
	}
	if got := dump(t, s); strings.Count(got, lines) != 1 || !strings.Contains(got, `"post-3"`) {
		t.Errorf("got\n%s\nwant it without the player of 1:\n%s", got, before)
	}
	if _, err := s.PlayerOf(t.Context(), "1"); !errors.Is(err, delivery.ErrNoPlayer) {
		t.Errorf("got %v, want no player", err)
	}
}

func TestSessions(t *testing.T) {
	t.Parallel()
	s := openEmpty(t)
	agree(t, s, "1", "2")
	first, last := day(t, "2026-09-07"), day(t, "2026-11-29")
	for i, step := range []struct {
		do   func() (bool, error)
		want string
	}{
		{func() (bool, error) { return s.CountDay(t.Context(), "1", day(t, "2026-11-26")) }, "2026-11-26:1"},
		{func() (bool, error) { return s.CountDay(t.Context(), "1", day(t, "2026-11-26")) }, "2026-11-26:1"},
		{func() (bool, error) { return s.CountDay(t.Context(), "1", first) }, "2026-09-07:1 2026-11-26:1"},
		{func() (bool, error) { return s.CountDay(t.Context(), "1", last) }, "2026-09-07:1 2026-11-26:1 2026-11-29:1"},
		{func() (bool, error) { return s.CountDay(t.Context(), "1", day(t, "2026-09-06")) }, "2026-09-07:1 2026-11-26:1 2026-11-29:1"},
		{func() (bool, error) { return s.CountDay(t.Context(), "2", day(t, "2026-11-25")) }, "2026-09-07:1 2026-11-26:1 2026-11-29:1"},
		{func() (bool, error) { return true, s.ClearDay(t.Context(), "1", day(t, "2026-11-26")) }, "2026-09-07:1 2026-11-29:1"},
		{func() (bool, error) { return true, s.ClearDay(t.Context(), "1", day(t, "2026-11-26")) }, "2026-09-07:1 2026-11-29:1"},
	} {
		if kept, err := step.do(); !kept || err != nil {
			t.Fatalf("step %d: %v, %v", i, kept, err)
		}
		days, err := s.Sessions(t.Context(), "1", first, last)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for d, n := range maps.All(days) {
			got = append(got, fmt.Sprintf("%s:%d", d, n))
		}
		slices.Sort(got)
		if strings.Join(got, " ") != step.want {
			t.Errorf("step %d: got %v, want %s", i, got, step.want)
		}
	}
}

// own is a routine of three lines.
func own() []content.OwnEntry {
	return []content.OwnEntry{{Drill: "neck-turns", Sets: 1, Reps: 5}, {Drill: "chin-tuck", Sets: 2, Reps: 8, Hold: 5},
		{Drill: "doorway-chest-stretch", Sets: 2, Hold: 30, EachSide: true}}
}

func TestOwnRoutine(t *testing.T) {
	t.Parallel()
	s := openEmpty(t)
	agree(t, s, "1", "2")
	theirs := own()[:1]
	if kept, err := s.SaveOwnRoutine(t.Context(), "2", theirs); !kept || err != nil {
		t.Fatal(kept, err)
	}
	for _, entries := range [][]content.OwnEntry{nil, own(), own()[1:], own(), nil} {
		if kept, err := s.SaveOwnRoutine(t.Context(), "1", entries); !kept || err != nil {
			t.Fatal(kept, err)
		}
		for user, want := range map[string][]content.OwnEntry{"1": entries, "2": theirs} {
			if got, err := s.OwnRoutine(t.Context(), user); !slices.Equal(got, want) || err != nil {
				t.Errorf("user %s: got %+v, %v, want %+v", user, got, err, want)
			}
		}
	}
}

// All lines or none: when one is refused, those from before stay.
func TestOwnRoutineIsOneTransaction(t *testing.T) {
	t.Parallel()
	s := openEmpty(t)
	agree(t, s, "1")
	if _, err := s.SaveOwnRoutine(t.Context(), "1", own()); err != nil {
		t.Fatal(err)
	}
	before := dump(t, s)
	for _, bad := range []content.OwnEntry{{Drill: "my neck hurts", Sets: 1, Reps: 5}, {Drill: "chin-tuck", Reps: 5}, {Sets: 1, Reps: 5}} {
		kept, err := s.SaveOwnRoutine(t.Context(), "1", append(own(), bad))
		if kept || err == nil || !strings.Contains(err.Error(), "line 4") {
			t.Errorf("%+v: got %v, %v, want an error of line 4", bad, kept, err)
		}
	}
	if after := dump(t, s); after != before {
		t.Errorf("got\n%s\nwant\n%s", after, before)
	}
}

func TestSessionsFindTheirDaysByKey(t *testing.T) {
	ofFile(t)
	t.Parallel()
	s := openEmpty(t)
	if plan := queryPlan(t, s, sessionsQuery, "1", "2026-09-07", "2026-11-29"); !strings.Contains(plan, "user_id=? AND day>? AND day<?") {
		t.Errorf("got %s", plan)
	}
}
