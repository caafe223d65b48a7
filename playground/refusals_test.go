package playground

import (
	"bytes"
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"unpinch/playground/wire"
)

var update = flag.Bool("update", false, "write the golden files")

// accepted begins the rules of requests that are right: neighbours of those
// that are not, so that a playground that refuses everything fails.
const accepted = "accepted: "

// A situation is made before a row's request.
type situation struct {
	words string
	make  func(l *refusalLab)
}

// A refusalRow is one rule of Discord's and a request that breaks it, or that
// keeps it where the rule says "accepted".
//
// In path and body "$name" stands for an id or token of the lab, "a×20" for
// twenty letters, and "«…»×20" for twenty copies with a comma between them,
// "%d" being the number of each.
type refusalRow struct {
	rule   string
	given  situation // what has to be so before the request
	method string
	path   string // below /api/v10
	body   string
	files  []string // uploads; the request is multipart when there is one
	token  string   // "none" for no Authorization, else the bot's
	like   string   // what of a success to record: a field
}

func TestRefusals(t *testing.T) {
	var golden strings.Builder
	golden.WriteString("Every rule, the request that breaks it, and the playground's answer.\n")
	rules, ran := map[string]bool{}, 0
	for _, group := range refusalGroups() {
		fmt.Fprintf(&golden, "\n# %s\n", group.name)
		for _, row := range group.rows {
			if rules[row.rule] {
				t.Errorf("two rows for the rule %q", row.rule)
			}
			rules[row.rule] = true
			t.Run(row.rule, func(t *testing.T) {
				golden.WriteString("\n" + row.run(t))
				ran++
			})
		}
	}
	golden.WriteString("\n# Shards\n")
	for _, row := range shardRefusals() {
		rules[row.rule] = true
		t.Run(row.rule, func(t *testing.T) {
			golden.WriteString("\n" + row.run(t))
			ran++
		})
	}
	if ran < len(rules) {
		return // -run chose some rows; their status was checked
	}
	const file = "testdata/refusals.golden"
	if *update {
		if err := os.WriteFile(file, []byte(golden.String()), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	compareLines(t, golden.String(), string(want))
}

// compareLines tells the first line that differs.
func compareLines(t *testing.T, got, want string) {
	t.Helper()
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(g), len(w)) {
		a, b := line(g, i), line(w, i)
		if a != b {
			t.Fatalf("line %d (run with -update if it is right)\n got %s\nwant %s", i+1, a, b)
		}
	}
}

func line(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "(nothing)"
}

// run sends the row's request to a playground of its own and puts rule,
// request and answer into words.
func (row refusalRow) run(t *testing.T) string {
	l := newRefusalLab(t)
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", row.rule)
	if row.given.make != nil {
		row.given.make(l)
		fmt.Fprintf(&b, "  (%s)\n", row.given.words)
	}
	fmt.Fprintf(&b, "  %s %s\n", row.method, row.path)
	if row.body != "" {
		fmt.Fprintf(&b, "  %s\n", lineBreaks.ReplaceAllString(row.body, ""))
	}
	if len(row.files) > 0 {
		fmt.Fprintf(&b, "  files: %s\n", strings.Join(row.files, ", "))
	}
	status, answer := l.send(row)
	if right := strings.HasPrefix(row.rule, accepted); right != (status < 300) {
		t.Errorf("%s: status %d", row.rule, status)
	}
	b.WriteString(l.words(status, answer, row.like))
	return b.String()
}

var lineBreaks = regexp.MustCompile(`\n\s*`)

// words returns an answer as the golden file keeps it.
func (l *refusalLab) words(status int, answer object, like string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "  → %d", status)
	if status < 400 {
		if like != "" {
			fmt.Fprintf(&b, " %s %s", like, l.named(fmt.Sprint(answer[l.expand(like)])))
		}
		b.WriteString("\n")
		return b.String()
	}
	fmt.Fprintf(&b, " %v %v\n", answer["code"], answer["message"])
	if after, limited := answer["retry_after"]; limited {
		fmt.Fprintf(&b, "    retry_after: %v, global: %v\n", after, answer["global"])
	}
	for _, line := range nestedErrors("", wire.Child(answer, "errors")) {
		fmt.Fprintf(&b, "    %s\n", l.named(line))
	}
	return b.String()
}

// nestedErrors lists Discord's nested errors, a line each.
func nestedErrors(path string, errors object) []string {
	var out []string
	for _, e := range wire.Objects(wire.List(errors, "_errors")) {
		out = append(out, fmt.Sprintf("%s %v: %v", cmp.Or(path, "(body)"), e["code"], e["message"]))
	}
	for _, key := range slices.Sorted(maps.Keys(errors)) {
		if sub := wire.Child(errors, key); sub != nil {
			out = append(out, nestedErrors(strings.TrimPrefix(path+"."+key, "."), sub)...)
		}
	}
	return out
}

// golden compares a value with a file, which -update rewrites.
func golden(t *testing.T, name string, v any) {
	t.Helper()
	got, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; run go test -update and look at the difference.\ngot:\n%s\nwant:\n%s", path, got, want)
	}
}
