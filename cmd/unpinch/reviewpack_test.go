package main

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"unpinch/content"
)

// packed returns the pack, as Markdown and as a page.
func packed(t *testing.T) (lib *content.Library, markdown, page string) {
	t.Helper()
	lib, err := content.Load()
	if err != nil {
		t.Fatal(err)
	}
	var md, b strings.Builder
	doc := newPack(lib)
	writeMarkdown(&md, lib, doc)
	if err := writePage(&b, doc.Title, md.String()); err != nil {
		t.Fatal(err)
	}
	return lib, md.String(), b.String()
}

// TestPackIsReadInTwentyMinutes: so much does a clinician give.
func TestPackIsReadInTwentyMinutes(t *testing.T) {
	_, md, _ := packed(t)
	const most = 20 * perMinute
	if n := len(strings.Fields(printable(md))); n > most || n < most/4 {
		t.Errorf("the pack has %d words, want at most %d", n, most)
	}
}

// TestPackHasWhatDecides: every sign, rung, line of the stop card and number of
// every area, and the sources of all that.
func TestPackHasWhatDecides(t *testing.T) {
	lib, md, _ := packed(t)
	pack := lib.Pack()
	want := []string{content.Hash(pack)}
	for _, a := range pack.Areas {
		want = append(want, a.Name)
		for _, s := range a.Signs.All() {
			want = append(want, "`"+s.Code+"`")
			want = append(want, s.Sources...)
		}
		for _, list := range []content.SignList{a.Signs.Now, a.Signs.Soon} {
			for _, g := range list.Groups {
				for _, l := range g.Lines {
					want = append(want, "- "+l.Text+" (")
				}
			}
		}
		for _, r := range a.Ladder.Rungs {
			want = append(want, r.Text)
		}
	}
	for _, b := range []content.Block{pack.Stop.Now, pack.Stop.Soon, pack.Stop.Under18, pack.Stop.Pregnancy} {
		for _, p := range b.Parts {
			want = append(want, p.Lines...)
		}
	}
	for _, n := range pack.Numbers {
		want = append(want, "- "+n.Name+": ", n.Lines[0].Dial, n.Urgent)
	}
	for _, s := range pack.Sources {
		want = append(want, "- "+s.ID+": "+s.Title, s.URL)
	}
	for _, w := range want {
		if !strings.Contains(md, w) {
			t.Errorf("not in the pack: %q", w)
		}
	}
	if len(want) < 500 {
		t.Errorf("only %d texts were looked for", len(want))
	}
}

// TestPageNeedsNothing: the page says what the Markdown says, and loads nothing.
func TestPageNeedsNothing(t *testing.T) {
	_, md, page := packed(t)
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for n := range doc.Descendants() {
		switch {
		case n.Type == html.TextNode:
			text.WriteString(n.Data)
		case n.Type == html.ElementNode && slices.Contains([]string{"script", "link", "img", "iframe", "object", "embed"}, n.Data):
			t.Errorf("the page has a %s", n.Data)
		}
		for _, a := range n.Attr {
			if a.Key == "src" || a.Key == "style" || strings.HasPrefix(a.Key, "on") {
				t.Errorf("%s has %s=%q", n.Data, a.Key, a.Val)
			}
		}
	}
	if strings.Contains(page, "url(") || strings.Contains(page, "@import") {
		t.Error("the page's style loads something")
	}
	// Marks of Markdown are of no matter here; the page has none of them.
	bare := func(text string) string {
		return strings.Join(strings.Fields(strings.NewReplacer("*", "", "`", "").Replace(text)), " ")
	}
	said := bare(text.String())
	for line := range strings.SplitSeq(md, "\n") {
		if line = bare(strings.TrimLeft(line, "#- ")); !strings.Contains(said, line) {
			t.Errorf("not on the page: %q", line)
		}
	}
}
