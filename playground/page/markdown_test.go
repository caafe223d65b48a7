package page

import (
	"strings"
	"testing"
	"time"
)

func testNames() nameBook {
	return nameBook{
		users:    map[string]string{"1": "mia", "2": `<b onclick="x()">eve</b>`},
		roles:    map[string]string{"3": "coach"},
		channels: map[string]string{"4": "general"},
		places:   map[string]string{"4": "/?as=mia&channel=4"},
		now:      time.Date(2026, 11, 22, 18, 0, 0, 0, time.UTC),
	}
}

func TestMarkdown(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain", "Hello", "<p>Hello</p>"},
		{"newline breaks", "one\ntwo", "<p>one<br>\ntwo</p>"},
		{"bold and italic", "**a** *b*", "<p><strong>a</strong> <em>b</em></p>"},
		{"strike", "~~a~~", "<p><del>a</del></p>"},
		{"headings sit below the page's", "# A\n## B\n### C", `<h4 class="size1">A</h4>` + "\n" + `<h5 class="size2">B</h5>` + "\n" + `<h6 class="size3">C</h6>`},
		{"four hashes are text", "#### A", "<p>#### A</p>"},
		{"hash without space is text", "#general", "<p>#general</p>"},
		{"subtext", "-# small **print**\nbig", "<p class=\"subtext\">small <strong>print</strong></p>\n<p>big</p>"},
		{"subtext after text", "big\n-# small", "<p>big</p>\n<p class=\"subtext\">small</p>"},
		{"list ends at a plain line", "- a\n- b\nthen", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<p>then</p>"},
		{"subtext ends a list", "- a\n-# b", "<ul>\n<li>a</li>\n</ul>\n<p class=\"subtext\">b</p>"},
		{"nested list", "- a\n  - b", "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>"},
		{"ordered list", "1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"},
		{"quote ends at a plain line", "> a\nb", "<blockquote>\n<p>a</p>\n</blockquote>\n<p>b</p>"},
		{"no indented code", "    a\n    b", "<p>a<br>\nb</p>"},
		{"no rule, no setext heading", "a\n---\nb", "<p>a<br>\n---<br>\nb</p>"},
		{"fence keeps its text", "```\n- a\n  <b>\n```", "<pre><code>- a\n  &lt;b&gt;\n</code></pre>"},
		{"member", "<@1> and <@!1>", `<p><span class="mention">@mia</span> and <span class="mention">@mia</span></p>`},
		{"role and channel", "<@&3> <#4>", `<p><span class="mention">@coach</span> <span class="mention">#general</span></p>`},
		{"unknown", "<@9>", `<p><span class="mention">@unknown member</span></p>`},
		{"command", "</class add:12>", `<p><span class="mention">/class add</span></p>`},
		{"in code a token is text", "`<@1>`", "<p><code>&lt;@1&gt;</code></p>"},
		{"instant", "<t:1795370400:F>", `<p><time datetime="2026-11-22T18:00:00Z" data-style="F">Sunday, 22 November 2026 18:00 UTC</time></p>`},
		{"instant, default style", "<t:1795370400>", `<p><time datetime="2026-11-22T18:00:00Z" data-style="">22 November 2026 18:00 UTC</time></p>`},
		{"relative", "<t:1795370700:R>", `<p><time datetime="2026-11-22T18:05:00Z" data-style="R">in 5 minutes</time></p>`},
		{"instant out of range", "<t:9999999999999:R>", "<p>&lt;t:9999999999999:R&gt;</p>"},
		{"masked link", "[a](https://x.org/?a=1&b=2)", `<p><a href="https://x.org/?a=1&amp;b=2" rel="noopener noreferrer nofollow" target="_blank">a</a></p>`},
		{"bare link", "see https://x.org/y.", `<p>see <a href="https://x.org/y" rel="noopener noreferrer nofollow" target="_blank">https://x.org/y</a>.</p>`},
		{"angle link", "<https://x.org>", `<p><a href="https://x.org" rel="noopener noreferrer nofollow" target="_blank">https://x.org</a></p>`},
		{"mail is text", "a@x.org", "<p>a@x.org</p>"},
		{"no pictures in a text", "![a](https://x.org/a.png)", `<p><a href="https://x.org/a.png" rel="noopener noreferrer nofollow" target="_blank">a</a></p>`},
		{"message here", "[open](https://discord.com/channels/7/4/5)", `<p><a href="/?as=mia&amp;channel=4#m-5">open</a></p>`},
		{"channel here, bare", "see https://discord.com/channels/7/4", `<p>see <a href="/?as=mia&amp;channel=4">https://discord.com/channels/7/4</a></p>`},
		{"message that the reader doesn't see", "[open](https://discord.com/channels/7/9/5)", "<p>open</p>"},
		{"Discord's own site", "[a](https://discord.com/developers)", `<p><a href="https://discord.com/developers" rel="noopener noreferrer nofollow" target="_blank">a</a></p>`},
		{"empty", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := strings.TrimSpace(string(newMarkdown().HTML(c.in, testNames())))
			if got != c.want {
				t.Errorf("HTML(%q)\n got %s\nwant %s", c.in, got, c.want)
			}
		})
	}
}

func TestRelativeWords(t *testing.T) {
	for _, c := range []struct {
		in   time.Duration
		want string
	}{
		{0, "in 0 seconds"}, {time.Second, "in 1 second"}, {-90 * time.Second, "2 minutes ago"},
		{time.Hour, "in 1 hour"}, {-26 * time.Hour, "1 day ago"}, {14 * 24 * time.Hour, "in 14 days"},
		{60 * 24 * time.Hour, "in 2 months"}, {-800 * 24 * time.Hour, "2 years ago"},
	} {
		if got := relativeWords(c.in); got != c.want {
			t.Errorf("relativeWords(%v) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestHeadingsRise(t *testing.T) {
	names := testNames()
	names.rise = riseOf("### C", "text\n## B", "#nothing")
	got := strings.TrimSpace(string(newMarkdown().HTML("## B\n### C", names)))
	want := "<h4 class=\"size2\">B</h4>\n<h5 class=\"size3\">C</h5>"
	if got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
