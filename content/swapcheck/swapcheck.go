// Package swapcheck proves the rules of swaps once more, from the files of the
// lifts and the output of the program, with no code of package content. It is for
// the tests of cmd/unpinch.
package swapcheck

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"
)

// lift is what the rules need of a lift's table.
type lift struct {
	Muscles   []string          `toml:"muscles"`
	Equipment []string          `toml:"equipment"`
	Stresses  []string          `toml:"stresses"`
	Modify    map[string]string `toml:"modify"`
	HintOnly  bool              `toml:"hint_only"`
	pattern   string
	grades    map[string]int
	reaches   map[string][]string // of each stress, the areas
}

// line is one of show swaps.
type line struct {
	ID        string         `json:"id"`
	Area      string         `json:"area"`
	Less      string         `json:"less"`
	Concerned map[string]int `json:"concerned"`
	Swaps     []struct {
		ID     string `json:"id"`
		Reason string `json:"reason"`
	} `json:"swaps"`
}

// wishes are what each wish means in stresses; the load on the neck depends on
// the lift.
func wishes() map[string][]string {
	return map[string][]string{"overhead": {"overhead"}, "grip": {"grip"}, "wrist_bend": {"wrist_ext"}, "elbow_bend": {"elbow_flex"},
		"spinal_load": {"compression"}, "neck_load": nil, "back_bend": {"flex_load", "ext_load"}, "impact": {"impact"}}
}

func lifts(t *testing.T, folder string) map[string]lift {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.toml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files of lifts: %v", err)
	}
	out := map[string]lift{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var table map[string]lift
		if err := toml.Unmarshal(data, &table); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for id, e := range table {
			e.pattern, e.grades, e.reaches = strings.TrimSuffix(filepath.Base(file), ".toml"), map[string]int{}, map[string][]string{}
			for _, s := range e.Stresses {
				f := strings.Fields(s)
				if e.grades[f[0]], err = strconv.Atoi(f[1]); err != nil {
					t.Fatalf("%s: %v", id, err)
				}
				e.reaches[f[0]] = f[2:]
			}
			out[id] = e
		}
	}
	return out
}

func read(t *testing.T, output []byte) (out []line) {
	t.Helper()
	for d := json.NewDecoder(bytes.NewReader(output)); d.More(); {
		var l line
		if err := d.Decode(&l); err != nil {
			t.Fatal(err)
		}
		out = append(out, l)
	}
	return out
}

// wanted says which stresses of a lift a line is about.
func wanted(e lift, l line) map[string]int {
	out := map[string]int{}
	for stress, grade := range e.grades {
		area := l.Area
		if l.Less == "neck_load" {
			area = "neck"
		}
		asked := slices.Contains(wishes()[l.Less], stress)
		if l.Less == "spinal_load" {
			asked = asked && slices.ContainsFunc(e.reaches[stress], func(a string) bool { return slices.Contains([]string{"neck", "mid_back", "low_back"}, a) })
		}
		if slices.Contains(e.reaches[stress], area) || asked {
			out[stress] = grade
		}
	}
	return out
}

func (e lift) on(area string) int {
	n := 0
	for stress, areas := range e.reaches {
		if slices.Contains(areas, area) {
			n += e.grades[stress]
		}
	}
	return n
}

// faults returns what is wrong with x in place of e.
func faults(e, x lift, l line) []string {
	var out []string
	bad := func(is bool, what string) {
		if is {
			out = append(out, what)
		}
	}
	whole := e.Muscles[0] == "full_body" || x.Muscles[0] == "full_body"
	bad(!whole && (!slices.Contains(x.Muscles, e.Muscles[0]) || !slices.Contains(e.Muscles, x.Muscles[0])), "another main muscle")
	bad(x.pattern != e.pattern && (x.HintOnly || slices.Contains(x.Equipment, "pool")), "leaves its own pattern")
	bad(len(x.Modify) == 1 && x.Modify["pattern"] != "", "is best left out itself")
	before, after := 0, 0
	for stress, grade := range l.Concerned {
		before, after = before+grade, after+x.grades[stress]
		bad(x.grades[stress] > grade, stress+" rises")
	}
	bad(after >= before, "lowers nothing")
	for stress, grade := range x.grades {
		bad(grade > 1 && grade > e.grades[stress], stress+" is new")
	}
	area := l.Area
	if l.Less == "neck_load" {
		area = "neck"
	}
	if area != "" {
		for stress, areas := range x.reaches {
			bad(slices.Contains(areas, area) && !slices.Contains(e.reaches[stress], area), stress+" is new on the area")
		}
		bad(x.on(area) >= e.on(area), "loads the area as much")
	}
	_, arch := l.Concerned["ext_load"]
	_, round := l.Concerned["flex_load"]
	if arch || round || l.Less == "spinal_load" {
		bad(x.grades["ext_load"] > e.grades["ext_load"] || x.grades["flex_load"] > e.grades["flex_load"], "trades one bend of the back for the other")
	}
	return out
}

// Check holds every swap of an output of "show swaps --json" against the rules, for
// the lifts that stand in the files of a folder.
func Check(t *testing.T, folder string, output []byte) {
	t.Helper()
	all, lines := lifts(t, folder), read(t, output)
	if want := len(all) * (9 + len(wishes())); len(lines) != want {
		t.Errorf("%d lines, want %d: each lift with each area and each wish", len(lines), want)
	}
	seen, swaps := map[string]bool{}, 0
	for _, l := range lines {
		at := l.ID + " for " + l.Area + l.Less
		e, ok := all[l.ID]
		if !ok || seen[at] || (l.Area == "") == (l.Less == "") {
			t.Errorf("%s: no lift, twice, or not about one thing", at)
		}
		seen[at] = true
		if want := wanted(e, l); !equal(want, l.Concerned) {
			t.Errorf("%s: concerns %v, want %v", at, l.Concerned, want)
		}
		swaps += len(l.Swaps)
		if len(l.Swaps) > 3 {
			t.Errorf("%s: %d swaps", at, len(l.Swaps))
		}
		if id := missing(all, l); id != "" {
			t.Errorf("%s: no swap needs only dumbbells, a band or the body, though %s would do", at, id)
		}
		for i, w := range l.Swaps {
			x, ok := all[w.ID]
			if !ok || w.ID == l.ID || w.Reason == "" {
				t.Errorf("%s: %s is no lift, the same one, or without a reason", at, w.ID)
			}
			for _, what := range faults(e, x, l) {
				t.Errorf("%s: %s (place %d) %s", at, w.ID, i+1, what)
			}
		}
	}
	t.Logf("%d lifts, each with 9 areas and %d wishes: all of the %d swaps keep the rules", len(all), len(wishes()), swaps)
}

// missing returns a lift that needs only dumbbells, a band or the body and would
// pass, where none of those shown is one; empty if there is none. It looks among
// lifts of the same pattern that need no hint of a coach.
func missing(all map[string]lift, l line) string {
	e := all[l.ID]
	if e.Muscles[0] == "full_body" {
		return "" // its swaps are those that a coach named
	}
	for _, w := range l.Swaps {
		if all[w.ID].plain() {
			return ""
		}
	}
	for id, x := range all {
		if id == l.ID || len(l.Concerned) == 0 || x.pattern != e.pattern || x.HintOnly || !x.plain() || x.Muscles[0] == "full_body" {
			continue
		}
		highest := 0
		for stress := range l.Concerned {
			highest = max(highest, x.grades[stress])
		}
		if highest < 3 && x.total() <= e.total() && len(faults(e, x, l)) == 0 {
			return id
		}
	}
	return ""
}

func (e lift) plain() bool {
	return slices.ContainsFunc(e.Equipment, func(q string) bool { return q == "dumbbell" || q == "band" || q == "bodyweight" })
}

func (e lift) total() int {
	n := 0
	for _, grade := range e.grades {
		n += grade
	}
	return n
}

func equal(a, b map[string]int) bool {
	if len(a) != len(b) {
		return false
	}
	for k, v := range a {
		if b[k] != v {
			return false
		}
	}
	return true
}
