package store

import (
	"slices"
	"testing"
	"time"
)

func TestEasy(t *testing.T) {
	t.Parallel()
	s := openEmpty(t)
	ctx, until := t.Context(), agreed().AddDate(0, 0, 14)
	if err := s.SetEasy(ctx, "1", []string{"grip"}, until); err == nil {
		t.Error("kept without consent")
	}
	if err := s.Agree(ctx, "1", 1, "en", agreed()); err != nil {
		t.Fatal(err)
	}
	check := func(at time.Time, want ...string) {
		t.Helper()
		got, _, err := s.Easy(ctx, "1", at)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("at %v: %v, %v; want %v", at, got, err, want)
		}
	}
	for _, less := range [][]string{{"grip", "overhead"}, {"impact"}} { // the second in place of the first
		if err := s.SetEasy(ctx, "1", less, until); err != nil {
			t.Fatal(err)
		}
		check(agreed(), less...)
	}
	check(until.Add(-time.Second), "impact")
	check(until)
	if got, _, err := s.Easy(ctx, "2", agreed()); err != nil || len(got) > 0 {
		t.Errorf("someone else keeps %v low, %v", got, err)
	}
	if err := s.DropDrafts(ctx, until); err != nil {
		t.Fatal(err)
	}
	var rows int
	if err := s.read.QueryRowContext(ctx, "SELECT count(*) FROM easy").Scan(&rows); err != nil || rows != 0 {
		t.Errorf("%d rows stay after their time, %v", rows, err)
	}
}
