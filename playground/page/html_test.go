package page_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func parseHTML(t testing.TB, text string) *html.Node {
	t.Helper()
	n, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatalf("parse the page: %v", err)
	}
	return n
}

// find returns every element for which ok holds, in document order.
func find(n *html.Node, ok func(*html.Node) bool) []*html.Node {
	var out []*html.Node
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && ok(d) {
			out = append(out, d)
		}
	}
	return out
}

func byTag(n *html.Node, tags ...string) []*html.Node {
	return find(n, func(e *html.Node) bool { return slices.Contains(tags, e.Data) })
}

func attr(n *html.Node, name string) string {
	v, _ := attrOf(n, name)
	return v
}

func attrOf(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

// words returns an element's text as a screen reader has it, with runs of white
// space as one space.
func words(n *html.Node) string {
	var b strings.Builder
	var read func(*html.Node)
	read = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		if attr(n, "aria-hidden") == "true" {
			return
		}
		for c := range n.ChildNodes() {
			read(c)
		}
	}
	read(n)
	return strings.Join(strings.Fields(b.String()), " ")
}

// assertHarmless fails on anything that could run or load: no inline script,
// style or handler, and only addresses of the web or of the page itself.
func assertHarmless(t testing.TB, doc *html.Node) {
	t.Helper()
	for _, e := range find(doc, func(*html.Node) bool { return true }) {
		switch e.Data {
		case "script":
			if attr(e, "src") == "" || e.FirstChild != nil {
				t.Errorf("inline <script>")
			}
		case "style", "iframe", "object", "embed", "base":
			t.Errorf("<%s> on the page", e.Data)
		}
		for _, a := range e.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" {
				t.Errorf("<%s> has %s=%q", e.Data, a.Key, a.Val)
			}
			if !slices.Contains([]string{"href", "src", "action", "formaction"}, a.Key) {
				continue
			}
			if e.Data == "link" && a.Val == "data:," {
				continue // the empty icon
			}
			own := strings.HasPrefix(a.Val, "/") && !strings.HasPrefix(a.Val, "//")
			if !own && !strings.HasPrefix(a.Val, "#") && !strings.HasPrefix(a.Val, "?") &&
				!strings.HasPrefix(a.Val, "https://") && !strings.HasPrefix(a.Val, "http://") {
				t.Errorf("<%s> has %s=%q", e.Data, a.Key, a.Val)
			}
		}
	}
}
