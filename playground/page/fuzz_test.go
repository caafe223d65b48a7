package page

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// FuzzMarkdown renders what a bot may write. Nothing of it becomes a tag that
// Discord's Markdown has no sign for, nor a link that leaves the web.
func FuzzMarkdown(f *testing.F) {
	for _, s := range []string{"**a** *b* ~~c~~ `d`", "- a\n  - b\n> c\n-# d", "```\n<b>\n```", "<@1> <@&3> <#4> </class add:12> <t:1795370400:R>", "[a](https://x.org)", "[a](javascript:alert(1))", "<script>", "### A\n1. b"} {
		f.Add(s)
	}
	tags := strings.Fields("html head body p br strong em del h3 h4 h5 h6 ul ol li blockquote pre code span time a")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 4000 { // what a message holds
			return
		}
		page, err := html.Parse(strings.NewReader(string(newMarkdown().HTML(text, testNames()))))
		if err != nil {
			t.Fatal(err)
		}
		for n := range page.Descendants() {
			if n.Type == html.ElementNode && !slices.Contains(tags, n.Data) {
				t.Fatalf("%q makes a tag %s", text, n.Data)
			}
			for _, a := range n.Attr {
				if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "href" && !strings.HasPrefix(a.Val, "http") {
					t.Fatalf("%q makes %s=%q", text, a.Key, a.Val)
				}
			}
		}
	})
}
