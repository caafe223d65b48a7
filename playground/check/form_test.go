package check

import (
	"encoding/json"
	"fmt"
	"slices"
	"sort"
	"strings"
	"testing"

	"unpinch/playground/wire"
)

// parse reads JSON as the server does: numbers keep their digits.
func parse[T any](t *testing.T, text string) T {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var v T
	if err := d.Decode(&v); err != nil {
		t.Fatalf("decode %s: %v", text, err)
	}
	return v
}

// faultsOf lists what a refusal complains of, as "path CODE" for a nested error,
// or its own code when it has none.
func faultsOf(r *wire.Refusal) []string {
	if r == nil {
		return nil
	}
	body, _ := wire.Plain(r).(map[string]any)
	if r.Errors.Empty() {
		return []string{fmt.Sprint(r.Code)}
	}
	var out []string
	var walk func(path string, t map[string]any)
	walk = func(path string, t map[string]any) {
		for _, e := range wire.Objects(wire.List(t, "_errors")) {
			out = append(out, strings.TrimPrefix(path+" "+wire.Text(e, "code"), "."))
		}
		for name := range t {
			walk(path+"."+name, wire.Child(t, name))
		}
	}
	walk("", wire.Child(body, "errors"))
	sort.Strings(out)
	return out
}

// wantFaults compares what was found with what was wanted, in any order.
func wantFaults(t *testing.T, r *wire.Refusal, want ...string) {
	t.Helper()
	slices.Sort(want)
	if got := faultsOf(r); !slices.Equal(got, want) {
		t.Errorf("faults\n got %q\nwant %q", got, want)
	}
	if r != nil && r.Status != 400 {
		t.Errorf("status %d, want 400", r.Status)
	}
}

// letters returns a text of n letters.
func letters(n int) string { return strings.Repeat("a", n) }

// copies joins n copies of a text, "%d" being the number of each.
func copies(n int, text string) string {
	parts := make([]string, n)
	for i := range parts {
		parts[i] = strings.ReplaceAll(text, "%d", fmt.Sprint(i))
	}
	return strings.Join(parts, ",")
}

func TestFieldTypes(t *testing.T) {
	tests := []struct {
		name, body string
		read       func(f form)
		want       []string
	}{
		{"a string", `{"a":"x"}`, func(f form) { f.text("a", 1, 2, needed) }, nil},
		{"a number is read as its digits", `{"a":12}`, func(f form) { f.text("a", 1, 2, needed) }, nil},
		{"a list is no string", `{"a":[]}`, func(f form) { f.text("a", 1, 2, needed) }, []string{"a STRING_TYPE_CONVERT"}},
		{"a missing string", `{}`, func(f form) { f.text("a", 1, 2, needed) }, []string{"a BASE_TYPE_REQUIRED"}},
		{"null is missing", `{"a":null}`, func(f form) { f.text("a", 1, 2, needed) }, []string{"a BASE_TYPE_REQUIRED"}},
		{"a string that may be missing", `{}`, func(f form) { f.text("a", 1, 2, optional) }, nil},
		{"too short", `{"a":""}`, func(f form) { f.text("a", 1, 2, needed) }, []string{"a BASE_TYPE_BAD_LENGTH"}},
		{"too long by characters", `{"a":"äöü"}`, func(f form) { f.text("a", 1, 2, needed) }, []string{"a BASE_TYPE_BAD_LENGTH"}},
		{"two characters of four bytes", `{"a":"äö"}`, func(f form) { f.text("a", 1, 2, needed) }, nil},
		{"an integer as a string", `{"a":"7"}`, func(f form) { f.integer("a", 0, 9, needed) }, nil},
		{"no integer", `{"a":1.5}`, func(f form) { f.integer("a", 0, 9, needed) }, []string{"a NUMBER_TYPE_COERCE"}},
		{"too low", `{"a":-1}`, func(f form) { f.integer("a", 0, 9, needed) }, []string{"a NUMBER_TYPE_MIN"}},
		{"too high", `{"a":10}`, func(f form) { f.integer("a", 0, 9, needed) }, []string{"a NUMBER_TYPE_MAX"}},
		{"a boolean", `{"a":false}`, func(f form) { f.boolean("a") }, nil},
		{"no boolean", `{"a":"yes"}`, func(f form) { f.boolean("a") }, []string{"a BOOLEAN_TYPE_CONVERT"}},
		{"no list", `{"a":{}}`, func(f form) { f.list("a", 0, 9, optional) }, []string{"a LIST_TYPE_CONVERT"}},
		{"no object in a list", `{"a":[1]}`, func(f form) { f.forms("a", 0, 9, optional) }, []string{"a.0 MODEL_TYPE_CONVERT"}},
		{"no object", `{"a":1}`, func(f form) { f.sub("a", optional) }, []string{"a MODEL_TYPE_CONVERT"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := form{obj: parse[map[string]any](t, tt.body), t: &wire.FieldErrors{}}
			tt.read(f)
			wantFaults(t, wire.InvalidForm(f.t), tt.want...)
		})
	}
}
