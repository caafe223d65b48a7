package commands

import (
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands/card"
	"unpinch/commands/golden"
	"unpinch/content"
	"unpinch/figure"
)

// noon is the time that tests live at.
var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// people is a store of one member.
type people struct {
	version int
	at      time.Time
	rows    int
	easy    []string
	until   time.Time
	err     error
}

func (p *people) Consent(context.Context, string) (int, time.Time, error) {
	return p.version, p.at, p.err
}

func (p *people) Agree(_ context.Context, _ string, version int, _ string, at time.Time) error {
	p.version, p.at, p.rows = version, at, 1
	return p.err
}

func (p *people) Easy(_ context.Context, _ string, now time.Time) ([]string, time.Time, error) {
	if !now.Before(p.until) {
		return nil, time.Time{}, p.err
	}
	return p.easy, p.until, p.err
}

func (p *people) SetEasy(_ context.Context, _ string, less []string, until time.Time) error {
	p.easy, p.until = less, until
	return p.err
}

func (p *people) Export(context.Context, string) ([]byte, error) {
	return []byte(`{"tables":{}}`), p.err
}

func (p *people) Forget(context.Context, string) (int, error) {
	n := p.rows
	*p = people{err: p.err}
	return n, p.err
}

// quiet has nothing to tell anybody.
type quiet struct{ Notices }

func (quiet) TellClosedDM(context.Context, string, time.Time) (bool, error) { return false, nil }

// library is read once: nothing changes it.
var library = sync.OnceValues(content.Load)

func deps(t testing.TB) Deps {
	t.Helper()
	lib, err := library()
	if err != nil {
		t.Fatal(err)
	}
	return Deps{Content: lib, People: &people{}, Notices: quiet{}, Figures: &figure.Album{}, Now: func() time.Time { return noon },
		Operator: card.Operator{Name: "Iron Garden", Contact: "help@iron.example", PrivacyURL: "https://iron.example/privacy"}}
}

func request(t testing.TB, d Deps, options map[string]any, values ...string) *bot.Request {
	t.Helper()
	req, err := bot.NewRequest(d.Content, "42", options)
	if err != nil {
		t.Fatal(err)
	}
	req.Values = values
	return req
}

// TestDiscordTakesTheCommands builds a bot of everything, which checks names,
// descriptions, limits and duplicates.
func TestDiscordTakesTheCommands(t *testing.T) {
	d := deps(t)
	cmds, parts := All(d)
	if _, err := bot.New(bot.Options{Token: "t", API: "https://discord.com/api/v10", Commands: cmds, Components: parts,
		Words: d.Content, Log: slog.New(slog.DiscardHandler), Now: d.Now}); err != nil {
		t.Error(err)
	}
}

// keyLike finds keys of the catalogue among literals; one that ends in a dot
// begins the keys that a value completes.
var keyLike = regexp.MustCompile(`^(bot|class|date|day|dose|easy|equipment|grade|help|learn|less|list|me|modify|month|muscle|myth|notify|part|perm|pinched|post|rule|setup|step|stress|stretch|swap)\.[a-z_.]*$`)

// TestEveryKeyIsUsedAndSaid compares the keys that the code names with those
// of the catalogue, both ways.
func TestEveryKeyIsUsedAndSaid(t *testing.T) {
	used, begun := map[string]bool{}, []string{}
	for _, dir := range []string{".", "../bot", "../content", "../schedule"} {
		eachLiteral(t, dir, func(lit string, _ []ast.Node) {
			if keyLike.MatchString(lit) && strings.HasSuffix(lit, ".") {
				begun = append(begun, lit)
			} else if keyLike.MatchString(lit) {
				used[lit] = true
			}
		})
	}
	keys := deps(t).Content.Keys()
	for _, k := range keys {
		if !used[k] && !slices.ContainsFunc(begun, func(b string) bool { return strings.HasPrefix(k, b) }) {
			t.Errorf("the catalogue's %q is used nowhere", k)
		}
	}
	for k := range used {
		if !slices.Contains(keys, k) {
			t.Errorf("%q is not in the catalogue", k)
		}
	}
}

// TestEveryValueIsSaid holds that each fault, reason and state of the schedule
// has its sentence.
func TestEveryValueIsSaid(t *testing.T) {
	begins := map[string]string{"Fault": "class.fault.", "Reason": "class.reason.", "State": "class.state."}
	keys, found := deps(t).Content.Keys(), 0
	eachLiteral(t, "../schedule", func(lit string, path []ast.Node) {
		spec, ok := path[len(path)-2].(*ast.ValueSpec)
		if !ok {
			return
		}
		kind, ok := spec.Type.(*ast.Ident)
		if !ok || begins[kind.Name] == "" {
			return
		}
		found++
		if key := begins[kind.Name] + strings.ReplaceAll(lit, " ", "_"); !slices.Contains(keys, key) {
			t.Errorf("%q is not in the catalogue", key)
		}
	})
	if found < 40 {
		t.Errorf("found %d values only", found)
	}
	for _, g := range []content.Grade{content.Guideline, content.HealthService, content.Coaching, content.Cautious} {
		if key := "grade." + string(g); !slices.Contains(keys, key) {
			t.Errorf("%q is not in the catalogue", key)
		}
	}
}

var sentence = regexp.MustCompile(`[A-Za-z]{2,} [A-Za-z]{2,}`)

// TestNoWordsInCode finds literals that read like words for people: they
// belong in the catalogue. Errors for the log are exempt.
func TestNoWordsInCode(t *testing.T) {
	eachLiteral(t, ".", func(lit string, path []ast.Node) {
		if !sentence.MatchString(lit) {
			return
		}
		for _, n := range path {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				continue
			}
			if sel, ok := call.Fun.(*ast.SelectorExpr); ok && (sel.Sel.Name == "Errorf" || sel.Sel.Name == "New") {
				return
			}
		}
		t.Errorf("%q is words for people in code", lit)
	})
}

// eachLiteral calls f with every string literal of the folder's code and the
// nodes above it.
func eachLiteral(t *testing.T, dir string, f func(lit string, path []ast.Node)) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		var path []ast.Node
		ast.Inspect(file, func(n ast.Node) bool {
			if n == nil {
				path = path[:len(path)-1]
				return true
			}
			path = append(path, n)
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if s, err := strconv.Unquote(lit.Value); err == nil {
					f(s, path)
				}
			}
			return true
		})
	}
}

// TestReadmeListsTheCommands keeps the README's table what the code says.
func TestReadmeListsTheCommands(t *testing.T) {
	const begin, end = "<!-- commands: generated by go test ./commands -update -->\n", "<!-- end of commands -->"
	data, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(data), begin)
	_, after, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatal("the README has lost the marks of its table")
	}
	want := before + begin + commandTable(deps(t)) + end + after
	if *golden.Update {
		if err := os.WriteFile("../README.md", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if want != string(data) {
		t.Error("the README's table of commands is out of date; go test ./commands -update")
	}
}

func commandTable(d Deps) string {
	var b strings.Builder
	b.WriteString("| command | what it does |\n|---|---|\n")
	row := func(name, about string) {
		b.WriteString("| `/" + name + "` | " + d.Content.Say(card.DefaultLocale, about, nil) + " |\n")
	}
	cmds, _ := All(d)
	for _, c := range cmds {
		if len(c.Subs) == 0 {
			row(c.Name, c.About)
		}
		for _, s := range c.Subs {
			row(c.Name+" "+s.Name, s.About)
		}
	}
	return b.String()
}
