package main

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"io"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
)

// reviewTemplate is a page that prints well and needs nothing from elsewhere.
//
//go:embed review.html
var reviewTemplate string

// writePage writes our own Markdown as one page of HTML.
func writePage(w io.Writer, title, markdown string) error {
	var body bytes.Buffer
	md := goldmark.New(goldmark.WithExtensions(extension.Linkify), goldmark.WithParserOptions(parser.WithAutoHeadingID()))
	if err := md.Convert([]byte(markdown), &body); err != nil {
		return fmt.Errorf("turn the review into a page: %w", err)
	}
	page, err := template.New("review").Parse(reviewTemplate)
	if err != nil {
		return fmt.Errorf("read the page's frame: %w", err)
	}
	// goldmark lets no HTML of the Markdown through.
	return page.Execute(w, map[string]any{"Title": title, "Body": template.HTML(body.String())})
}
