package commands_test

import (
	"go/ast"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/content"
)

// keyLike finds keys of the catalogue among literals; one that ends in a dot
// begins the keys that a value completes.
var keyLike = regexp.MustCompile(`^[a-z_]+(\.[a-z_]+)*\.[a-z_]*$`)

// fileLike finds names of files, which look like keys.
var fileLike = regexp.MustCompile(`\.(json|png|toml|txt|yaml)$`)

// rooms are the folders of code whose words are in the catalogue.
func rooms(t *testing.T) []string {
	t.Helper()
	all := []string{"../bot", "../content", "../schedule", "."}
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() && e.Name() != "testdata" && e.Name() != "golden" && e.Name() != "gymtest" {
			all = append(all, e.Name())
		}
	}
	return all
}

// TestEveryKeyIsUsedAndSaid compares the keys that the code names with those
// of the catalogue, both ways.
func TestEveryKeyIsUsedAndSaid(t *testing.T) {
	keys := gymtest.Deps(t).Content.Keys()
	first := map[string]bool{} // words that keys begin with
	for _, k := range keys {
		word, _, _ := strings.Cut(k, ".")
		first[word] = true
	}
	used, begun := map[string]bool{}, []string{}
	for _, dir := range rooms(t) {
		golden.Literals(t, dir, func(lit string, _ []ast.Node) {
			word, _, _ := strings.Cut(lit, ".")
			switch {
			case !keyLike.MatchString(lit), fileLike.MatchString(lit):
			case strings.HasPrefix(dir, "..") && !first[word]: // these name other things too
			case strings.HasSuffix(lit, "."):
				begun = append(begun, lit)
			default:
				used[lit] = true
			}
		})
	}
	for _, k := range keys {
		if !used[k] && !slices.ContainsFunc(begun, func(b string) bool { return strings.HasPrefix(k, b) }) {
			t.Errorf("the catalogue's %q is used nowhere", k)
		}
	}
	for k := range used {
		if !slices.Contains(keys, k) {
			t.Errorf("%q is not in the catalogue", k)
		}
	}
}

// TestEveryValueIsSaid holds that each fault, reason and state of the schedule
// has its sentence.
func TestEveryValueIsSaid(t *testing.T) {
	begins := map[string]string{"Fault": "class.fault.", "Reason": "class.reason.", "State": "class.state."}
	keys, found := gymtest.Deps(t).Content.Keys(), 0
	golden.Literals(t, "../schedule", func(lit string, path []ast.Node) {
		spec, ok := path[len(path)-2].(*ast.ValueSpec)
		if !ok {
			return
		}
		kind, ok := spec.Type.(*ast.Ident)
		if !ok || begins[kind.Name] == "" {
			return
		}
		found++
		if key := begins[kind.Name] + strings.ReplaceAll(lit, " ", "_"); !slices.Contains(keys, key) {
			t.Errorf("%q is not in the catalogue", key)
		}
	})
	if found < 40 {
		t.Errorf("found %d values only", found)
	}
	for _, g := range []content.Grade{content.Guideline, content.HealthService, content.Coaching, content.Cautious} {
		if key := "grade." + string(g); !slices.Contains(keys, key) {
			t.Errorf("%q is not in the catalogue", key)
		}
	}
}

var sentence = regexp.MustCompile(`[A-Za-z]{2,} [A-Za-z]{2,}`)

// forLogs are the functions whose texts only logs have: inWords says in a room
// what a store's error means, and wraps the others with what was being done.
var forLogs = []string{"Errorf", "New", "inWords", "InWords", "panic"}

// TestNoWordsInCode finds literals that read like words for people: they
// belong in the catalogue. Errors for the log are exempt.
func TestNoWordsInCode(t *testing.T) {
	for _, dir := range rooms(t)[3:] {
		golden.Literals(t, dir, func(lit string, path []ast.Node) {
			if !sentence.MatchString(lit) {
				return
			}
			for _, n := range path {
				call, ok := n.(*ast.CallExpr)
				if !ok {
					continue
				}
				name, _ := call.Fun.(*ast.Ident)
				if sel, ok := call.Fun.(*ast.SelectorExpr); ok {
					name = sel.Sel
				}
				if name != nil && slices.Contains(forLogs, name.Name) {
					return
				}
			}
			t.Errorf("%s: %q is words for people in code", dir, lit)
		})
	}
}

// TestNoDatesInCode: a layout of a date with words is English.
func TestNoDatesInCode(t *testing.T) {
	layout := regexp.MustCompile(`\b(Mon|Monday|Jan|January)\b`)
	for _, dir := range rooms(t) {
		golden.Literals(t, dir, func(lit string, _ []ast.Node) {
			if layout.MatchString(lit) {
				t.Errorf("%s: %q says a date in English", dir, lit)
			}
		})
	}
}

// TestEveryDayAndMonthIsSaid: their keys are put together from names.
func TestEveryDayAndMonthIsSaid(t *testing.T) {
	keys := gymtest.Deps(t).Content.Keys()
	has := func(begin, name string) {
		if key := begin + strings.ToLower(name); !slices.Contains(keys, key) {
			t.Errorf("%q is not in the catalogue", key)
		}
	}
	for d := time.Sunday; d <= time.Saturday; d++ {
		for _, begin := range []string{"day.name.", "day.short.", "day.plural."} {
			has(begin, d.String())
		}
	}
	for m := time.January; m <= time.December; m++ {
		for _, begin := range []string{"month.name.", "month.short.", "month.of."} {
			has(begin, m.String())
		}
	}
	for d := range 31 {
		has("rule.date.", strconv.Itoa(d+1))
	}
	for _, n := range []string{"last", "first", "second", "third", "fourth", "fifth"} {
		has("rule.nth.", n)
	}
	has("rule.date.", "last")
}
