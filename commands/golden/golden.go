// Package golden compares what people read with files, and finds what a reply
// shows and offers: for tests.
package golden

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"unpinch/bot"
)

// Labels returns the labels of a reply's buttons.
func Labels(r bot.Reply) (labels []string) {
	for _, b := range Buttons(r.Parts) {
		labels = append(labels, b.Label)
	}
	return labels
}

// Update has tests write the golden files instead of comparing with them.
var Update = flag.Bool("update", false, "write the golden files")

// Reply compares a reply, which must be within Discord's limits, with its file.
func Reply(t *testing.T, name string, reply bot.Reply) {
	t.Helper()
	if err := reply.Validate(); err != nil {
		t.Errorf("%s: %v", name, err)
	}
	Text(t, name, Shown(reply))
}

// Text compares a text with its file.
func Text(t *testing.T, name, text string) {
	t.Helper()
	got := []byte(text)
	path := filepath.Join("testdata", name+".golden")
	if *Update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (make golden, or go test -update in this folder, writes it)", err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs (make golden writes it anew):\n%s", name, got)
	}
}

// Shown is a reply as a reader of the golden file sees it.
func Shown(r bot.Reply) string {
	var b strings.Builder
	for _, p := range r.Parts {
		shownPart(&b, p, "")
	}
	if m := r.Modal; m != nil {
		b.WriteString("form " + m.ID + " " + m.Title + "\n")
		for _, f := range m.Fields {
			b.WriteString("  " + f.ID + ": " + f.Label + " (" + f.About + ") " + f.Value + "\n")
		}
	}
	for _, f := range r.Files {
		b.WriteString("file " + f.Name + ": " + f.About + "\n")
	}
	return b.String()
}

func shownPart(b *strings.Builder, p bot.Part, indent string) {
	switch p := p.(type) {
	case bot.Text:
		b.WriteString(indent + strings.ReplaceAll(string(p), "\n", "\n"+indent) + "\n")
	case bot.Container:
		b.WriteString(indent + "container #" + strconv.FormatInt(int64(p.Accent), 16) + "\n")
		for _, c := range p.Parts {
			shownPart(b, c, indent+"  ")
		}
	case bot.Section:
		for _, text := range p.Texts {
			shownPart(b, text, indent)
		}
		shownPart(b, bot.Row{p.Beside}, indent+"beside ")
	case bot.Row:
		for _, btn := range p {
			style := []string{"secondary", "primary", "secondary", "success", "danger"}[btn.Style]
			b.WriteString(indent + "[" + btn.Label + "] " + style + " " + btn.ID + btn.URL + "\n")
		}
	case bot.Select:
		b.WriteString(indent + "select " + p.ID + " (" + p.Hint + ")\n")
		for _, e := range p.Entries {
			mark := ""
			if e.Chosen {
				mark = " *"
			}
			b.WriteString(indent + "  " + e.Value + ": " + strings.TrimSuffix(e.Label+" – "+e.About, " – ") + mark + "\n")
		}
	case bot.ChannelSelect:
		b.WriteString(indent + "channel select " + p.ID + " (" + p.Hint + ")\n")
	case bot.Menu:
		b.WriteString(indent + "menu (" + p.Hint + ")\n")
		shownPart(b, bot.Row(p.Buttons), indent+"  ")
	case bot.Separator:
		b.WriteString(indent + "----\n")
	case bot.FileLink:
		b.WriteString(indent + "download " + string(p) + "\n")
	case bot.Gallery:
		for _, image := range p {
			b.WriteString(indent + "picture " + image.File + "\n")
		}
	}
}
