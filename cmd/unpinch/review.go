package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"unpinch/content"
)

type showReviewCmd struct {
	Pack bool   `help:"Only what a clinician reads first, in 20 minutes: danger signs, ladders, stop card and numbers, with the hash to sign."`
	Out  string `type:"path" placeholder:"FILE" help:"Write one file instead of printing: a page to print if it ends in .html, else Markdown; with --json the data."`
	JSON bool   `name:"json" help:"As data."`
}

// A review is content in the order in which a clinician reads it.
type review struct {
	Title   string       `json:"title"`
	Version string       `json:"version"`
	Hash    string       `json:"hash,omitempty"` // of the pack
	Intro   []string     `json:"-"`
	Parts   []reviewPart `json:"parts"`
	Sources []sourceJSON `json:"sources"`
	SignOff []string     `json:"-"`
}

// A reviewPart is a chapter: what belongs together and is read together.
type reviewPart struct {
	Title string       `json:"title"`
	About string       `json:"about"` // where the reader meets it
	Items []reviewItem `json:"items"`
}

// A reviewItem is a card, or what stands on it, with what it rests on.
type reviewItem struct {
	Key      string          `json:"key"` // names it in a report of a mistake; "" where the lines have their own
	Title    string          `json:"title"`
	Lines    []string        `json:"lines"` // Markdown; an empty one parts paragraphs
	Sources  []string        `json:"sources"`
	Grades   []content.Grade `json:"grades"`
	Reviewed *content.Review `json:"reviewed"`
	signable bool            // whether its file can name a reviewer
}

// Run prints or writes the review document, or the pack.
func (c *showReviewCmd) Run(p program) error {
	lib, err := content.Load()
	if err != nil {
		return err
	}
	doc := newReview(lib)
	if c.Pack {
		doc = newPack(lib)
	}
	var text strings.Builder
	if err := c.write(&text, lib, doc); err != nil {
		return err
	}
	if c.Out == "" {
		_, err := io.WriteString(p.out, text.String())
		return err
	}
	if err := os.WriteFile(c.Out, []byte(text.String()), 0o644); err != nil {
		return fmt.Errorf("write the review: %w", err)
	}
	items := 0
	for _, part := range doc.Parts {
		items += len(part.Items)
	}
	fmt.Fprintf(p.out, "Wrote %d parts with %d cards and %d sources to %s.\n", len(doc.Parts), items, len(doc.Sources), c.Out)
	if c.Pack {
		fmt.Fprintf(p.out, "The hash to sign is %s.\n", doc.Hash)
	}
	return nil
}

// write puts the document into the form that was asked for.
func (c *showReviewCmd) write(w io.Writer, lib *content.Library, doc review) error {
	if c.JSON {
		return printJSON(w, doc)
	}
	var md strings.Builder
	writeMarkdown(&md, lib, doc)
	text := md.String()
	switch {
	case strings.EqualFold(filepath.Ext(c.Out), ".html"):
		return writePage(w, doc.Title, text)
	case c.Out == "":
		text = printable(text)
	}
	_, err := io.WriteString(w, text)
	return err
}

// newReview gathers the content. A new kind of content is one line here; a
// test finds a text that none of them has.
func newReview(lib *content.Library) review {
	doc := review{Title: "Unpinch: content for review", Version: lib.Version, Intro: reviewIntro, SignOff: signOff(lib)}
	doc.Parts = append(doc.Parts, signParts(lib)...)
	doc.Parts = append(doc.Parts, stopPart(lib), numbersPart(lib))
	for _, a := range lib.Areas("en") {
		doc.Parts = append(doc.Parts, areaPart(a))
	}
	doc.Parts = append(doc.Parts, liftParts(lib)...)
	doc.Parts = append(doc.Parts, glossaryPart(lib), topicsPart(lib), claimsPart(lib), mapsPart(lib), drillsPart(lib), routinesPart(lib), wordsPart(lib))
	seen := map[string]bool{}
	for _, part := range doc.Parts {
		for _, item := range part.Items {
			for _, id := range item.Sources {
				if !seen[id] {
					seen[id] = true
					doc.Sources = append(doc.Sources, sourcesJSON(lib, []string{id})...)
				}
			}
		}
	}
	return doc
}

// writeMarkdown writes the document as one Markdown file.
func writeMarkdown(w io.Writer, lib *content.Library, doc review) {
	fmt.Fprintf(w, "# %s\n\nVersion %s\n\n", doc.Title, doc.Version)
	for _, l := range doc.Intro {
		fmt.Fprintf(w, "%s\n\n", l)
	}
	for i, part := range doc.Parts {
		fmt.Fprintf(w, "## %d. %s\n\n%s\n\n", i+1, part.Title, part.About)
		for _, item := range part.Items {
			writeItem(w, lib, item)
		}
	}
	fmt.Fprintf(w, "## %d. Sources\n\nIn the order in which they are first cited.\n\n", len(doc.Parts)+1)
	for _, s := range doc.Sources {
		fmt.Fprintf(w, "- %s\n", sourceLine(lib, s.ID))
	}
	fmt.Fprintf(w, "\n## %d. Sign-off\n\n", len(doc.Parts)+2)
	for _, l := range doc.SignOff {
		fmt.Fprintf(w, "%s\n\n", l)
	}
}

func writeItem(w io.Writer, lib *content.Library, item reviewItem) {
	fmt.Fprintf(w, "### %s\n\n", item.Title)
	for _, l := range item.Lines {
		fmt.Fprintln(w, l)
	}
	var notes []string
	if item.Key != "" {
		notes = append(notes, "Card: `"+item.Key+"`.")
	}
	if len(item.Grades) > 0 {
		notes = append(notes, "How sure: "+lib.GradeWords("en", item.Grades)+".")
	}
	if len(item.Sources) > 0 {
		notes = append(notes, "Sources: "+strings.Join(item.Sources, ", ")+".")
	}
	if r := item.Reviewed; r != nil {
		notes = append(notes, reviewNote(r))
	} else if item.signable {
		notes = append(notes, "No clinician has reviewed this.")
	}
	if len(notes) > 0 {
		fmt.Fprintf(w, "\n*%s*\n", strings.Join(notes, " "))
	}
	fmt.Fprintln(w)
}

// reviewNote says who has reviewed something, and whether it has changed since.
func reviewNote(r *content.Review) string {
	note := fmt.Sprintf("Reviewed by %s, %s, on %s", r.By, r.Role, r.Date)
	if r.Changed {
		note += "; changed since it was reviewed"
	}
	return note + "."
}

// reviewIntro is what a reviewer has to know first.
var reviewIntro = []string{
	"Unpinch is training information for gym communities, not medical advice. It takes no symptom in and works out no urgency: a person picks a topic to read, reads the danger signs first, and places themselves on a ladder that the bot only shows.",
	"It must never diagnose, name a condition as the answer, rule out, reassure, promise recovery, name a drug, suggest a test of oneself, or teach manipulation or nerve tensioners. Please mark where it does.",
	"Under each card stand its key, how sure it is, its sources by number (listed at the end), and who has reviewed it. The weakest grade comes first. *Our own cautious rule*: stricter than what it builds on. *Coaching practice*: what coaches and private clinics do. *Health service*: what a health service or a professional body tells patients or clinicians. *Guideline or study*: a guideline, a systematic review, a trial or a cohort.",
	"In a ladder, {ago:7} becomes the date seven days before the reader's day, {in:7} the date seven days after it. {emergency} and {urgent} become the numbers of the reader's country.",
}

// signOff is what a reviewer fills in, with the hashes to sign.
func signOff(lib *content.Library) []string {
	var hashes []string
	for _, s := range lib.Signable() {
		hashes = append(hashes, s.At+" `"+s.Hash+"`")
	}
	return []string{
		"Parts read: ______________________________________________",
		"Changes wanted, by key: ___________________________________",
		"Name and role: ____________________________________________",
		"Date: ____________________",
		"The name, role and date go into the file of what was read, as `reviewed = { by, role, date, hash }`, and from there onto its cards. " +
			"The hash is of what was read; when that changes, the cards say that it changed since it was reviewed. The hashes of today: " +
			strings.Join(hashes, ", ") + ".",
	}
}
