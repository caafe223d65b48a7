package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"

	"unpinch/content"
)

// reviewed returns the review document as Markdown.
func reviewed(t *testing.T) string {
	t.Helper()
	lib, err := content.Load()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	writeMarkdown(&b, lib, newReview(lib))
	return b.String()
}

// TestReviewOutline holds the order in which a clinician reads.
func TestReviewOutline(t *testing.T) {
	var got strings.Builder
	for line := range strings.SplitSeq(reviewed(t), "\n") {
		if strings.HasPrefix(line, "#") {
			got.WriteString(line + "\n")
		}
	}
	path := filepath.Join("testdata", "review-outline.golden")
	if *update {
		if err := os.WriteFile(path, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (go test ./cmd/unpinch -update writes it)", err)
	}
	if got.String() != string(want) {
		t.Errorf("the outline differs:\n%s", got.String())
	}
}

// notRead are the keys of content files whose values no reader sees.
var notRead = map[string]bool{"id": true, "codes": true, "sources": true, "key": true, "level": true, "limb": true,
	"group": true, "kind": true, "drill": true, "sides": true, "equipment": true, "date": true, "grade": true,
	"names": true, "muscles": true, "stresses": true, "swaps": true, "loads": true, "gentler": true,
	"tells": true, "every": true, "arm": true, "leg": true, "near": true, "positions": true, "staples": true, "out": true}

// notClinical are the files of content without a sentence about the body: the
// interface, how people write names, and how gyms do their workouts.
var notClinical = map[string]bool{"words.toml": true, "names.toml": true, "drill-names.toml": true, "workouts.toml": true}

// TestReviewHasEverySentence walks the content's own files: whatever stands in
// one must stand in the document too, so that no new kind is forgotten.
func TestReviewHasEverySentence(t *testing.T) {
	doc, n := reviewed(t), 0
	err := filepath.WalkDir("../../content/en", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || notClinical[d.Name()] {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		var tree map[string]any
		if err := toml.Unmarshal(data, &tree); err != nil {
			return err
		}
		eachText(tree, func(text string) {
			n++
			if !strings.Contains(doc, text) {
				t.Errorf("%s: not in the review (newReview gathers it): %q", path, text)
			}
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n < 500 {
		t.Errorf("only %d texts were read", n)
	}
}

func eachText(value any, f func(string)) {
	switch v := value.(type) {
	case string:
		f(v)
	case []any:
		for _, x := range v {
			eachText(x, f)
		}
	case map[string]any:
		for k, x := range v {
			if !notRead[k] {
				eachText(x, f)
			}
		}
	}
}

// TestReviewCitesWhatItLists: each source that a card names is in the list.
func TestReviewCitesWhatItLists(t *testing.T) {
	lib, err := content.Load()
	if err != nil {
		t.Fatal(err)
	}
	doc := newReview(lib)
	listed := map[string]bool{}
	for _, s := range doc.Sources {
		listed[s.ID] = true
	}
	for _, part := range doc.Parts {
		for _, item := range part.Items {
			if len(item.Lines) == 0 {
				t.Errorf("%s, %s is empty", part.Title, item.Title)
			}
			for _, id := range item.Sources {
				if !listed[id] {
					t.Errorf("%s cites %s, which is not listed", item.Key, id)
				}
			}
		}
	}
}

func TestReviewSaysWhoReviewed(t *testing.T) {
	lib, err := content.Load()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	writeItem(&b, lib, reviewItem{Title: "T", Lines: []string{"- x"}, signable: true,
		Reviewed: &content.Review{By: "Ana Reis", Role: "physiotherapist", Date: "2026-12-01"}})
	writeItem(&b, lib, reviewItem{Title: "U", Lines: []string{"- y"}, signable: true})
	const want = "### T\n\n- x\n\n*Reviewed by Ana Reis, physiotherapist, on 2026-12-01.*\n\n### U\n\n- y\n\n*No clinician has reviewed this.*\n\n"
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

func TestPrintable(t *testing.T) {
	long := strings.Repeat("word ", 18)
	got := printable("# Title\n\n## 1. Part\n\n### Card\n\n- **Bold** `key` " + long + "end\n12. " + long + "end\n\n*Note.*\n\n`" + long + "code`\n")
	want := `Title
=====

1. Part
-------

CARD

- Bold key word word word word word word word word word word word word word
  word word word word word end
12. word word word word word word word word word word word word word word word
    word word word end

Note.

` + long + "code\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestReviewHasEveryClaim: each with its answer, how sure it is and what it
// rests on.
func TestReviewHasEveryClaim(t *testing.T) {
	lib, err := content.Load()
	if err != nil {
		t.Fatal(err)
	}
	doc := reviewed(t)
	for _, c := range lib.Claims("en") {
		found := map[bool]string{true: "True.", false: "Not so."}[c.True]
		want := "### " + c.Text + "\n\n- " + found + " " + c.Why + "\n\n*Card: `" + c.Key + "`. How sure: " +
			lib.GradeWords("en", []content.Grade{c.Grade}) + ". Sources: " + strings.Join(c.Sources, ", ") + ". No clinician has reviewed this.*\n"
		if !strings.Contains(doc, want) {
			t.Errorf("not in the review:\n%s", want)
		}
	}
}
