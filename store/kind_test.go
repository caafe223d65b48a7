package store

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"unpinch/schedule"
)

// TestSchemaKnowsEveryKind compares the lists that the schema has to have with
// the table of kinds.
func TestSchemaKnowsEveryKind(t *testing.T) {
	schema, err := os.ReadFile(filepath.Join("testdata", "schema.sql"))
	if err != nil {
		t.Fatal(err)
	}
	var planned []schedule.Kind
	for _, p := range schedule.Purposes() {
		planned = append(planned, schedule.Series{Purpose: p, Lead: time.Minute, CoolDown: true}.Kinds()...)
	}
	for table, want := range map[string][]string{
		"occurrences.kind": texts(schedule.Kinds()),
		"class_posts.kind": texts(planned),
		"classes.purpose":  texts(schedule.Purposes()),
	} {
		name, column, _ := strings.Cut(table, ".")
		check := regexp.MustCompile(`(?s)CREATE TABLE "?` + name + `"? \(.*?CHECK \(` + column + ` IN \((.*?)\)\)`)
		m := check.FindStringSubmatch(string(schema))
		if m == nil {
			t.Errorf("%s has no list in the schema", table)
			continue
		}
		got := strings.FieldsFunc(m[1], func(r rune) bool { return strings.ContainsRune("', \n", r) })
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s: the schema has %q, want %q", table, got, want)
		}
	}
}

// texts returns names, each once and sorted.
func texts[T ~string](names []T) []string {
	var all []string
	for _, n := range names {
		all = append(all, string(n))
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// TestNoListOfKinds finds a query that repeats what follows from a kind or a
// purpose.
func TestNoListOfKinds(t *testing.T) {
	paths, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	list := regexp.MustCompile(`(kind|purpose) (NOT )?IN \('`)
	for _, path := range paths {
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if found := list.Find(src); found != nil && !strings.HasSuffix(path, "_test.go") {
			t.Errorf("%s: %s…: ask a method of schedule with kindIn or purposeIn", path, found)
		}
	}
}

func TestKindIn(t *testing.T) {
	if got, want := kindIn(schedule.Kind.Announces), "kind IN ('pre', 'desk')"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := purposeIn(schedule.Purpose.Weekly), "purpose IN ('myth', 'recap')"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
