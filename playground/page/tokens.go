package page

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	gmtext "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

var (
	kindSubtext = ast.NewNodeKind("Subtext")
	kindToken   = ast.NewNodeKind("Token")
)

// A subtextNode is a line of small print, "-# like this".
type subtextNode struct{ ast.BaseBlock }

func (n *subtextNode) Kind() ast.NodeKind            { return kindSubtext }
func (n *subtextNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

type subtextParser struct{}

func (subtextParser) Trigger() []byte { return []byte{'-'} }

func (subtextParser) Open(_ ast.Node, reader gmtext.Reader, _ parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	if !bytes.HasPrefix(line, []byte("-# ")) {
		return nil, parser.NoChildren
	}
	n, rest := &subtextNode{}, gmtext.NewSegment(segment.Start+3, segment.Stop)
	n.Lines().Append(rest.TrimRightSpace(reader.Source()))
	reader.AdvanceToEOL()
	return n, parser.NoChildren
}

func (subtextParser) Continue(ast.Node, gmtext.Reader, parser.Context) parser.State {
	return parser.Close
}
func (subtextParser) Close(ast.Node, gmtext.Reader, parser.Context) {}
func (subtextParser) CanInterruptParagraph() bool                   { return true }
func (subtextParser) CanAcceptIndentedLine() bool                   { return false }

// A tokenNode is one of Discord's <…> tokens: a mention, or an instant.
type tokenNode struct {
	ast.BaseInline
	words string
	at    time.Time // zero unless it is an instant
	style string
}

func (n *tokenNode) Kind() ast.NodeKind            { return kindToken }
func (n *tokenNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

var tokenShape = regexp.MustCompile(
	`^<(?:(@[!&]?|#)(\d{1,20})|t:(-?\d{1,13})(?::([tTdDfFRsS]))?|(/[^:<>]{1,100}):\d{1,20}|a?(:\w{2,32}:)\d{1,20})>`)

type tokenParser struct{}

func (tokenParser) Trigger() []byte { return []byte{'<'} }

func (tokenParser) Parse(_ ast.Node, block gmtext.Reader, pc parser.Context) ast.Node {
	line, _ := block.PeekLine()
	m := tokenShape.FindSubmatch(line)
	if m == nil {
		return nil
	}
	names, _ := pc.Get(namesKey).(nameBook)
	n := &tokenNode{words: string(m[5]) + string(m[6])}
	switch {
	case m[1] != nil:
		n.words = mentionWords(string(m[1]), string(m[2]), names)
	case m[3] != nil:
		unix, err := strconv.ParseInt(string(m[3]), 10, 64)
		at := time.Unix(unix, 0).UTC()
		if err != nil || at.Year() < 1 || at.Year() > 9999 {
			return nil
		}
		n.at, n.style = at, string(m[4])
		n.words = instantWords(at, n.style, names.now)
	}
	block.Advance(len(m[0]))
	return n
}

func mentionWords(mark, id string, names nameBook) string {
	sign, from, unknown := "@", names.users, "unknown member"
	switch mark {
	case "#":
		sign, from, unknown = "#", names.channels, "unknown channel"
	case "@&":
		from, unknown = names.roles, "unknown role"
	}
	if name := from[id]; name != "" {
		return sign + name
	}
	return sign + unknown
}

// instantWords words an instant in UTC, in the manner of Discord's style letter. The
// page's script words it again for the reader's zone.
func instantWords(at time.Time, style string, now time.Time) string {
	layouts := map[string]string{
		"t": "15:04 UTC", "T": "15:04:05 UTC", "d": "2 Jan 2006", "D": "2 January 2006",
		"f": "2 January 2006 15:04 UTC", "F": "Monday, 2 January 2006 15:04 UTC",
		"w": "Mon 2 Jan 2006 15:04 UTC", "v": "Mon 2 Jan 15:04 UTC", // of the page's own clock
		"s": "2 Jan 2006 15:04 UTC", "S": "2 Jan 2006 15:04:05 UTC",
	}
	if style == "R" {
		return relativeWords(at.Sub(now))
	}
	if style == "" {
		style = "f"
	}
	return at.UTC().Format(layouts[style])
}

// relativeWords words a distance in time: "in 5 minutes", "2 days ago".
func relativeWords(d time.Duration) string {
	const day = 24 * time.Hour
	size, unit := d.Abs(), time.Second
	name := "second"
	for _, u := range []struct {
		from, size time.Duration
		name       string
	}{
		{time.Minute, time.Minute, "minute"}, {time.Hour, time.Hour, "hour"}, {day, day, "day"},
		{30 * day, 30 * day, "month"}, {365 * day, 365 * day, "year"},
	} {
		if size >= u.from {
			unit, name = u.size, u.name
		}
	}
	n := int64((size + unit/2) / unit)
	if n != 1 {
		name += "s"
	}
	if d < 0 {
		return fmt.Sprintf("%d %s ago", n, name)
	}
	return fmt.Sprintf("in %d %s", n, name)
}

// A discordRenderer writes what differs from plain Markdown: headings below the
// page's own, links of safe schemes only, and Discord's tokens.
type discordRenderer struct{}

func (discordRenderer) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(ast.KindHeading, renderHeading)
	reg.Register(ast.KindLink, renderLink)
	reg.Register(ast.KindImage, renderLink)
	reg.Register(ast.KindAutoLink, renderAutoLink)
	reg.Register(kindSubtext, renderSubtext)
	reg.Register(kindToken, renderToken)
}

// renderHeading writes a message's headings as h4 to h6, since h1 to h3 are the
// page's. A class keeps the size. Discord has three levels, so "####" is text.
func renderHeading(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	level := node.(*ast.Heading).Level
	under, _ := node.AttributeString(levelAttribute)
	depth, _ := under.(int)
	tag := "h" + strconv.Itoa(max(level+3-depth, 4))
	if level > 3 {
		tag = "p"
	}
	switch {
	case !entering:
		fmt.Fprintf(w, "</%s>\n", tag)
	case level > 3:
		fmt.Fprintf(w, "<p>%s ", strings.Repeat("#", level))
	default:
		fmt.Fprintf(w, `<%s class="size%d">`, tag, level)
	}
	return ast.WalkContinue, nil
}

// levelAttribute holds how many levels a heading rises, since its message has none
// of those above.
const levelAttribute = "rise"

// A headingRaiser raises a message's headings so that the topmost is an h4.
type headingRaiser struct{}

func (headingRaiser) Transform(doc *ast.Document, _ gmtext.Reader, pc parser.Context) {
	names, _ := pc.Get(namesKey).(nameBook)
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		if n.Kind() == ast.KindHeading {
			n.SetAttributeString(levelAttribute, names.rise)
		}
	}
}

var headingLine = regexp.MustCompile(`(?m)^(#{1,3}) `)

// riseOf returns how many levels the headings of a message's texts rise.
func riseOf(texts ...string) int {
	rise := 3
	for _, t := range texts {
		for _, m := range headingLine.FindAllStringSubmatch(t, -1) {
			rise = min(rise, len(m[1])-1)
		}
	}
	return rise
}

// renderLink writes a link, or only its label when the scheme isn't the web's.
// Discord shows no picture in a text, so a picture becomes a link too.
func renderLink(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	var to string
	switch n := node.(type) {
	case *ast.Link:
		to = string(n.Destination)
	case *ast.Image:
		to = string(n.Destination)
	}
	own, home := ownPlace(node)
	if home {
		to = own
	}
	if to == "" || !home && !webAddress(to) {
		return ast.WalkContinue, nil
	}
	if entering {
		openLink(w, to)
	} else {
		fmt.Fprint(w, "</a>")
	}
	return ast.WalkContinue, nil
}

func renderAutoLink(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*ast.AutoLink)
	if !entering {
		return ast.WalkContinue, nil
	}
	label := util.EscapeHTML(n.Label(source))
	to := string(n.URL(source))
	own, home := ownPlace(node)
	if home {
		to = own
	}
	if to == "" || !home && (n.AutoLinkType == ast.AutoLinkEmail || !webAddress(to)) {
		_, err := w.Write(label)
		return ast.WalkContinue, err
	}
	openLink(w, to)
	_, err := fmt.Fprintf(w, "%s</a>", label)
	return ast.WalkContinue, err
}

func openLink(w util.BufWriter, to string) {
	href := util.EscapeHTML(util.URLEscape([]byte(to), true))
	if strings.HasPrefix(to, "/") {
		fmt.Fprintf(w, `<a href="%s">`, href)
		return
	}
	fmt.Fprintf(w, `<a href="%s" rel="noopener noreferrer nofollow" target="_blank">`, href)
}

// webAddress reports whether an address may become a link on the page.
func webAddress(to string) bool {
	to = strings.ToLower(to)
	return strings.HasPrefix(to, "https://") || strings.HasPrefix(to, "http://")
}

func renderSubtext(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	words := "</p>\n"
	if entering {
		words = `<p class="subtext">`
	}
	_, err := w.WriteString(words)
	return ast.WalkContinue, err
}

func renderToken(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*tokenNode)
	words := util.EscapeHTML([]byte(n.words))
	if n.at.IsZero() {
		_, err := fmt.Fprintf(w, `<span class="mention">%s</span>`, words)
		return ast.WalkContinue, err
	}
	_, err := fmt.Fprintf(w, `<time datetime="%s" data-style="%s">%s</time>`,
		n.at.Format(time.RFC3339), n.style, words)
	return ast.WalkContinue, err
}
