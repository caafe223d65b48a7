package schedule

import (
	"testing"
	"time"
)

func TestFewerDays(t *testing.T) {
	t.Parallel()
	monday, wednesday, saturday := On(time.Monday), On(time.Wednesday), On(time.Saturday)
	for _, tc := range []struct {
		rule string
		days Days
		keep Days
		want string // "" for none
	}{
		{"mon wed fri 18:00", monday | wednesday | On(time.Friday), monday | wednesday, "mon wed 18:00"},
		{"mon wed fri 18:00", monday | wednesday | On(time.Friday), saturday, ""},
		{"daily 07:00 18:00", EveryDay, saturday, "sat 07:00 18:00"},
		{"mon 18:00 and wed 19:30", monday | wednesday, wednesday, "wed 19:30"},
		{"every 2 weeks sat mon 09:00 from 2026-12-05", monday | saturday, saturday, "every 2 weeks sat 09:00 from 2026-12-05"},
		{"0 18 * * 1,3", monday | wednesday, monday, "mon 18:00"},
		{"first mon 19:00", monday, monday, "first mon 19:00"},
		{"first weekday 09:00", 0, monday, ""},
		{"every 3 days 07:00 from 2026-12-05", 0, monday, ""},
		{"24 Dec 2026 10:00", 0, EveryDay, ""},
		{"0 18 1 * 1", 0, monday, ""},
	} {
		r, err := Read(tc.rule, Here{Today: Date{Year: 2026, Month: 11, Day: 30}})
		if err != nil {
			t.Fatalf("%s: %v", tc.rule, err)
		}
		if got := r.Rule.Days(); got != tc.days {
			t.Errorf("%s: got days %07b, want %07b", tc.rule, got, tc.days)
		}
		less, ok := r.Rule.Only(tc.keep)
		if ok != (tc.want != "") || less.String() != tc.want {
			t.Errorf("%s, only %07b: got %q %t, want %q", tc.rule, tc.keep, less, ok, tc.want)
		}
	}
}
