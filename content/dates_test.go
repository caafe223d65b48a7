package content

import (
	"strings"
	"testing"
	"time"
)

func sayDate(at time.Time) string { return at.Format("2 Jan") }

func TestLadderOn(t *testing.T) {
	a := &Area{Ladder: Ladder{Rungs: []Rung{{Level: Book, Text: "Since {ago:7}, {ago:42}; again on {in:7}."}}}}
	kiritimati := time.FixedZone("UTC+14", 14*3600)
	for _, tc := range []struct {
		name string
		day  time.Time
		want string
	}{
		{"plain", time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC), "Since 15 Nov, 11 Oct; again on 29 Nov."},
		{"year's end", time.Date(2026, 12, 28, 9, 0, 0, 0, time.UTC), "Since 21 Dec, 16 Nov; again on 4 Jan."},
		{"leap day", time.Date(2028, 3, 7, 9, 0, 0, 0, time.UTC), "Since 29 Feb, 25 Jan; again on 14 Mar."},
		{"the day's own zone", time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC).In(kiritimati), "Since 16 Nov, 12 Oct; again on 30 Nov."},
	} {
		if got := a.LadderOn(tc.day, sayDate)[0].Text; got != tc.want {
			t.Errorf("%s: %q, want %q", tc.name, got, tc.want)
		}
	}
	if !strings.Contains(a.Ladder.Rungs[0].Text, "{ago:7}") {
		t.Error("LadderOn changed the area")
	}
}

func TestNeckLadder(t *testing.T) {
	rungs := neck(t).LadderOn(time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC), sayDate)
	if len(rungs) != 4 {
		t.Fatalf("%d rungs, want 4", len(rungs))
	}
	for i, r := range rungs {
		if r.Level != levels()[i] || strings.ContainsAny(r.Text, "{}") {
			t.Errorf("rung %d is %s: %q", i, r.Level, r.Text)
		}
	}
	if !strings.Contains(rungs[2].Text, "15 Nov") {
		t.Errorf("a week ago is not in %q", rungs[2].Text)
	}
}

func FuzzFillDates(f *testing.F) {
	for _, s := range []string{"", "Since {ago:7}.", "{in:14}{ago:1}", "{ago:0}", "{ago:9999}", "{", "}{", "{{ago:7}}", "{ago:7"} {
		f.Add(s, int64(1_790_000_000))
	}
	f.Fuzz(func(t *testing.T, text string, unix int64) {
		day := time.Unix(unix%4_000_000_000, 0).UTC()
		got := fillDates(text, day, sayDate)
		if badPlaceholder(text, isDate) != "" {
			return
		}
		if strings.ContainsAny(got, "{}") {
			t.Errorf("fillDates(%q) = %q", text, got)
		}
		if !strings.ContainsAny(text, "{}") && got != text {
			t.Errorf("fillDates(%q) = %q, nothing was to be filled", text, got)
		}
	})
}
