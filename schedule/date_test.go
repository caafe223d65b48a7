package schedule_test

import (
	"testing"

	"unpinch/schedule"
)

func TestDateAdd(t *testing.T) {
	for _, tc := range []struct {
		day  string
		days int
		want string
	}{
		{"2026-12-31", 1, "2027-01-01"},
		{"2027-01-01", -1, "2026-12-31"},
		{"2028-02-28", 2, "2028-03-01"},
		{"2026-03-29", 0, "2026-03-29"},
		{"1970-01-02", -400, "1968-11-28"},
	} {
		d, err := schedule.ParseDate(tc.day)
		if err != nil {
			t.Fatal(err)
		}
		if got := d.Add(tc.days).String(); got != tc.want {
			t.Errorf("%s and %d days is %s, want %s", tc.day, tc.days, got, tc.want)
		}
	}
}
