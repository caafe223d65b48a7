package main

import (
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"unpinch/bot"
	"unpinch/commands"
	"unpinch/content"
)

// A guide is a page of the project's documents.
type guide struct{ path, text string }

// guides are the pages that people read to use the bot, to run it or to work on it.
func guides(t *testing.T) (all []guide) {
	t.Helper()
	paths, err := filepath.Glob("docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"README", "CONTRIBUTING", "SECURITY", "PRIVACY", "TERMS"} {
		paths = append(paths, ""+name+".md")
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, guide{path, string(text)})
	}
	return all
}

// TestGuides follows every link, command and label of the guides to what it names.
func TestGuides(t *testing.T) {
	t.Chdir("../..") // from where they are read
	makefile, err := os.ReadFile("Makefile")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	check := func(g guide, what string, found []string, wrong func(string) string) {
		for _, one := range found {
			seen[what]++
			if why := wrong(one); why != "" {
				t.Errorf("%s: %s %q: %s", filepath.Base(g.path), what, one, why)
			}
		}
	}
	slashes, words := slashCommands(t), sayings(t)
	for _, g := range guides(t) {
		check(g, "link", submatches(`\]\(([^)\s]+)\)`, withoutCode(g.text)), func(to string) string { return deadLink(g, to) })
		check(g, "command line", commandLines(g.text), unparsed)
		check(g, "command", submatches("`/([a-z]+(?: [^`/]*)?)`", g.text), func(typed string) string { return unknownCommand(slashes, typed) })
		check(g, "target", submatches(`(?m)(?:^|`+"`"+`)make ([a-z][a-z-]*)`, g.text), func(target string) string {
			if !regexp.MustCompile(`(?m)^` + target + `:`).Match(makefile) {
				return "the Makefile has none"
			}
			return ""
		})
		if filepath.Base(filepath.Dir(g.path)) == "docs" && filepath.Base(g.path) != "swaps.md" {
			check(g, "label", submatches(`(?:^|[^*])\*([^*\n]+)\*`, g.text), func(label string) string { return unseenLabel(words, label) })
		}
	}
	for _, what := range []string{"link", "command line", "command", "target", "label"} {
		if seen[what] < 5 {
			t.Errorf("%d of the kind %q were found: the test reads too little", seen[what], what)
		}
	}
}

// TestProofs: what make prove-… runs is there; go test is content with nothing.
func TestProofs(t *testing.T) {
	t.Chdir("../..")
	makefile, err := os.ReadFile("Makefile")
	if err != nil {
		t.Fatal(err)
	}
	proofs := regexp.MustCompile(`(?m)^prove-[a-z]+:\n\tgo test \./(\S+) .*'\^Test\(([A-Za-z|]+)\)\$\$'$`).FindAllStringSubmatch(string(makefile), -1)
	if n := strings.Count(string(makefile), "\nprove-"); len(proofs) != n || n == 0 {
		t.Fatalf("%d of %d proofs name their tests", len(proofs), n)
	}
	for _, proof := range proofs {
		files, err := filepath.Glob(proof[1] + "/*_test.go")
		if err != nil {
			t.Fatal(err)
		}
		var tests strings.Builder
		for _, name := range files {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			tests.Write(text)
		}
		for name := range strings.SplitSeq(proof[2], "|") {
			if !strings.Contains(tests.String(), "func Test"+name+"(") {
				t.Errorf("%s has no Test%s", proof[1], name)
			}
		}
	}
}

// submatches returns what a pattern's group finds in a text.
func submatches(pattern, text string) (all []string) {
	for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(text, -1) {
		all = append(all, m[1])
	}
	return all
}

// withoutCode returns a text without what stands in code.
func withoutCode(text string) string {
	return regexp.MustCompile("(?s)```.*?```|`[^`\n]*`").ReplaceAllString(text, "")
}

// deadLink says why nothing stands where a link leads. Pages of others are held for
// their form only.
func deadLink(from guide, to string) string {
	if u, err := url.Parse(to); err != nil || u.Scheme != "" && (u.Scheme != "https" || u.Host == "") {
		return "is no address"
	} else if u.Scheme == "https" {
		return ""
	}
	path, anchor, _ := strings.Cut(to, "#")
	at := from.path
	if path != "" {
		at = filepath.Join(filepath.Dir(from.path), path)
	}
	text, err := os.ReadFile(at)
	if info, statErr := os.Stat(at); statErr == nil && info.IsDir() {
		return ""
	} else if err != nil {
		return "no such file"
	}
	if anchor != "" && !slices.ContainsFunc(submatches(`(?m)^#+ (.*)$`, string(text)), func(h string) bool { return slug(h) == anchor }) {
		return "no such heading"
	}
	return ""
}

// slug is the anchor that GitHub gives a heading.
func slug(heading string) string {
	kept := regexp.MustCompile(`[^a-z0-9 _-]`).ReplaceAllString(strings.ToLower(heading), "")
	return strings.ReplaceAll(kept, " ", "-")
}

// commandLines returns how the program is called in a text, without its name.
func commandLines(text string) []string {
	return submatches("(?m)(?:^|`|\\$ )(?:\\./|go run \\./cmd/)?unpinch ([a-z-][^`\\n]*)", text)
}

// unparsed says why the program would refuse a command line.
func unparsed(line string) string {
	line, _, _ = strings.Cut(line, " #")
	line = regexp.MustCompile(`\s*[<>|].*`).ReplaceAllString(line, "")
	var args []string
	for _, m := range regexp.MustCompile(`"([^"]*)"|(\S+)`).FindAllStringSubmatch(line, -1) {
		args = append(args, m[1]+m[2])
	}
	var c commandLine
	asked := false
	parser, err := kong.New(&c, kong.Name("unpinch"), kong.Writers(io.Discard, io.Discard), kong.Exit(func(int) { asked = true }))
	if err != nil {
		return err.Error()
	}
	if _, err := parser.Parse(args); err != nil && !asked && len(args) > 1 { // one word names a command in a sentence
		return err.Error()
	}
	if len(args) == 1 && !asked && !slices.ContainsFunc(parser.Model.Children, func(n *kong.Node) bool { return n.Name == args[0] }) {
		return "no such command"
	}
	return ""
}

// slashCommands returns the bot's commands with their options' names.
func slashCommands(t *testing.T) map[string][]string {
	t.Helper()
	lib, err := content.Load()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]string{}
	var add func(prefix string, c bot.Command)
	add = func(prefix string, c bot.Command) {
		all[prefix+c.Name] = nil
		for _, o := range c.Options {
			all[prefix+c.Name] = append(all[prefix+c.Name], o.(interface{ Name() string }).Name())
		}
		for _, s := range c.Subs {
			add(prefix+c.Name+" ", s)
		}
	}
	list, _ := commands.All(commands.Deps{Content: lib})
	for _, c := range list {
		add("", c)
	}
	return all
}

// unknownCommand says why Discord would not know what is typed.
func unknownCommand(known map[string][]string, typed string) string {
	if typed == "health" || typed == "metrics" { // which the program serves
		return ""
	}
	name := regexp.MustCompile(`^[a-z]+(?: [a-z]+)?(?:$| )`).FindString(typed + " ")
	name = strings.TrimSpace(name)
	if _, ok := known[name]; !ok {
		name, _, _ = strings.Cut(name, " ")
	}
	options, ok := known[name]
	if !ok {
		return "no such command"
	}
	for _, o := range submatches(`(?:^| )([a-z_]+):`, typed) {
		if !slices.Contains(options, o) {
			return fmt.Sprintf("/%s has %s, not %s", name, options, o)
		}
	}
	return ""
}

// sayings returns all that the bot says in few words, as patterns.
func sayings(t *testing.T) (all []*regexp.Regexp) {
	t.Helper()
	paths, err := filepath.Glob("content/en/*.toml")
	if err != nil {
		t.Fatal(err)
	}
	placeholder := regexp.MustCompile(`\\\{\\\{.*?\\\}\\\}`)
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, said := range submatches(`= "([^"\n]{1,80})"`, string(text)) {
			all = append(all, regexp.MustCompile("^"+placeholder.ReplaceAllString(regexp.QuoteMeta(said), ".+")+"$"))
		}
	}
	return all
}

// unseenLabel says so of a label that the bot shows nowhere. Those of Discord's own
// pages are not the bot's.
func unseenLabel(words []*regexp.Regexp, label string) string {
	portal := []string{"Guild Install", "User Install", "Discord Provided Link", "None"}
	if slices.Contains(portal, label) || slices.ContainsFunc(words, func(w *regexp.Regexp) bool { return w.MatchString(label) }) {
		return ""
	}
	return "no card says so"
}
