package page

import (
	"bytes"
	"html/template"
	"regexp"
	"strings"
	"time"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// A nameBook is what a text may refer to: names by id, and the virtual time that
// relative times count from.
type nameBook struct {
	users, roles, channels map[string]string
	places                 map[string]string // addresses on the page, of channels that its reader sees
	now                    time.Time
	rise                   int // see headingRaiser
}

// namesKey carries the nameBook of one text to the parser of its tokens.
var namesKey = parser.NewContextKey()

// markdown turns Discord's Markdown into HTML. It has no parser for raw HTML, so a
// tag in a message is text and stays visible as such.
type markdown struct{ md goldmark.Markdown }

func newMarkdown() markdown {
	p := parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(subtextParser{}, 200),
			util.Prioritized(parser.NewListParser(), 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(parser.NewATXHeadingParser(), 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(parser.NewBlockquoteParser(), 800),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithASTTransformers(util.Prioritized(headingRaiser{}, 100), util.Prioritized(homing{}, 200)),
		parser.WithInlineParsers(
			util.Prioritized(parser.NewCodeSpanParser(), 100),
			util.Prioritized(tokenParser{}, 150),
			util.Prioritized(parser.NewLinkParser(), 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(parser.NewEmphasisParser(), 500),
			util.Prioritized(extension.NewStrikethroughParser(), 500),
			util.Prioritized(extension.NewLinkifyParser(), 999),
		),
	)
	r := renderer.NewRenderer(renderer.WithNodeRenderers(
		util.Prioritized(discordRenderer{}, 100),
		util.Prioritized(extension.NewStrikethroughHTMLRenderer(), 500),
		util.Prioritized(html.NewRenderer(html.WithHardWraps()), 1000),
	))
	return markdown{goldmark.New(goldmark.WithParser(p), goldmark.WithRenderer(r))}
}

// HTML renders one text. What cannot be rendered is shown as it was written.
func (m markdown) HTML(text string, names nameBook) template.HTML {
	ctx := parser.NewContext()
	ctx.Set(namesKey, names)
	var b bytes.Buffer
	if err := m.md.Convert([]byte(discordLines(text)), &b, parser.WithContext(ctx)); err != nil {
		return template.HTML("<p>" + template.HTMLEscapeString(text) + "</p>")
	}
	return template.HTML(b.String())
}

var (
	listLine  = regexp.MustCompile(`^\s*([-*]|\d{1,9}\.) `)
	quoteLine = regexp.MustCompile(`^>>?>? `)
)

// discordLines puts a blank line between a list or a quote and the plain line after
// it: Discord ends both there, and CommonMark would read the line as part of them.
// It drops a plain line's indent, since Discord has no indented code.
func discordLines(text string) string {
	var out []string
	fenced, after := false, 'p'
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		if strings.HasPrefix(strings.TrimSpace(line), "```") {
			fenced = !fenced && strings.Count(line, "```") == 1
			out, after = append(out, line), 'p'
			continue
		}
		kind := 'p'
		switch {
		case fenced:
		case listLine.MatchString(line):
			kind = 'l'
		case quoteLine.MatchString(line):
			kind = 'q'
		case after == 'l' && strings.HasPrefix(line, "  "):
			kind = 'l'
		default:
			line = strings.TrimLeft(line, " \t")
		}
		if after != 'p' && kind != after && line != "" {
			out = append(out, "")
		}
		out, after = append(out, line), kind
	}
	return strings.Join(out, "\n")
}
