package schedule

import (
	"go/ast"
	goparser "go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestEveryKindHasARow reads the constants of kind.go.
func TestEveryKindHasARow(t *testing.T) {
	file, err := goparser.ParseFile(token.NewFileSet(), "kind.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	ast.Inspect(file, func(n ast.Node) bool {
		v, ok := n.(*ast.ValueSpec)
		if !ok || len(v.Names) != 1 || !strings.HasPrefix(v.Names[0].Name, "Kind") {
			return true
		}
		name, err := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, name)
		return true
	})
	var got []string
	for _, k := range Kinds() {
		got = append(got, string(k))
	}
	if !slices.Equal(got, want) || len(want) == 0 {
		t.Errorf("rows for %q, want for %q", got, want)
	}
}

// TestKinds says of every kind what follows from it.
func TestKinds(t *testing.T) {
	for name, tc := range map[string]struct {
		is   func(Kind) bool
		want string
	}{
		"posts":        {Kind.Post, "pre cool_down desk myth recap now"},
		"personal":     {Kind.Personal, "notice reminder"},
		"announce":     {Kind.Announces, "pre desk"},
		"routine":      {Kind.Routine, "pre cool_down desk now"},
		"follow":       {Kind.Follows, "notice off"},
		"pausable":     {Kind.Pausable, "notice reminder off"},
		"on timetable": {Kind.OnTimetable, "pre cool_down desk notice"},
	} {
		var got []string
		for _, k := range Kinds() {
			if tc.is(k) {
				got = append(got, string(k))
			}
		}
		if strings.Join(got, " ") != tc.want {
			t.Errorf("%s: %q, want %q", name, got, tc.want)
		}
	}
}

// TestDeadlines tells for every kind until when it is sent, of a start ten
// minutes after it is due, and at its start.
func TestDeadlines(t *testing.T) {
	due := time.Date(2026, 11, 23, 17, 50, 0, 0, time.UTC)
	for kind, want := range map[Kind][2]string{
		KindPre:      {"18:00", "18:00"},
		KindCoolDown: {"18:20", "18:30"},
		KindDesk:     {"18:20", "18:30"},
		KindMyth:     {"23:50", "00:00"},
		KindRecap:    {"23:50", "00:00"},
		KindNotice:   {"18:00", "18:30"},
		KindReminder: {"18:20", "18:30"},
		KindNow:      {"18:20", "18:30"},
		KindAlert:    {"17:50", "18:00"},
		KindLog:      {"17:50", "18:00"},
		KindAsk:      {"17:50", "18:00"},
		KindConfirm:  {"17:50", "18:00"},
		KindOff:      {"18:00", "18:30"},
		KindNudge:    {"17:50", "18:00"},
	} {
		start := due.Add(10 * time.Minute)
		got := [2]string{
			Occurrence{Kind: kind, DueAt: due, StartAt: start}.Deadline().Format("15:04"),
			Occurrence{Kind: kind, DueAt: start, StartAt: start}.Deadline().Format("15:04"),
		}
		if got != want {
			t.Errorf("%s: until %q, want %q", kind, got, want)
		}
	}
}

// TestLate tells which kinds are late two minutes after they were due: the posts
// of classes and desk breaks.
func TestLate(t *testing.T) {
	due := time.Date(2026, 11, 23, 17, 50, 0, 0, time.UTC)
	for _, k := range Kinds() {
		o := Occurrence{Kind: k, DueAt: due}
		want := slices.Contains([]Kind{KindPre, KindCoolDown, KindDesk}, k)
		if o.Late(due.Add(time.Minute)) || o.Late(due.Add(2*time.Minute)) != want {
			t.Errorf("%s: late %t after two minutes, want %t", k, !want, want)
		}
	}
}

// TestSeriesKinds tells for every purpose what its rule plans, and when.
func TestSeriesKinds(t *testing.T) {
	const hour = time.Hour
	for name, tc := range map[string]struct {
		series      Series
		kinds, post string
	}{
		"a class":                {Series{Purpose: ForClass, Length: hour, Lead: hour / 6, CoolDown: true}, "pre -10m0s, cool_down 1h0m0s, notice -10m0s", "pre cool_down"},
		"a draft":                {Series{Length: hour, Lead: hour, CoolDown: true}, "pre -1h0m0s, cool_down 1h0m0s, notice -1h0m0s", "pre cool_down"},
		"a class without a lead": {Series{Length: hour, CoolDown: true}, "cool_down 1h0m0s, notice -10m0s", "cool_down"},
		"a class without posts":  {Series{Length: hour}, "notice -10m0s", ""},
		"a desk break":           {Series{Purpose: ForDesk, Length: hour}, "desk 0s, notice 0s", "desk"},
		"a reminder":             {Series{Purpose: ForReminder, Length: hour}, "reminder 0s", ""},
		"a claim":                {Series{Purpose: ForMyth, Length: hour}, "myth 0s", "myth"},
		"totals":                 {Series{Purpose: ForRecap, Length: hour}, "recap 0s", "recap"},
	} {
		var kinds, posts []string
		for _, k := range tc.series.Kinds() {
			kinds = append(kinds, string(k)+" "+tc.series.Offset(k).String())
		}
		for _, k := range tc.series.Posts() {
			posts = append(posts, string(k))
		}
		if strings.Join(kinds, ", ") != tc.kinds || strings.Join(posts, " ") != tc.post {
			t.Errorf("%s: %q with the posts %q, want %q with %q", name, kinds, posts, tc.kinds, tc.post)
		}
	}
}
