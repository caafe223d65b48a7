package unpinch_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// excused lists breaches that stay, each with its reason. A line that excuses
// nothing is itself a fault.
var excused = map[string]string{
	"playground/openapi/fortest.go: uses os.Getenv": "a test's own switch; no program has this package",
	"playground/openapi/fortest.go: var loadOnce":   "reads a file of 1 MB once a test binary; never changes after",
	"playground/browser/open.go: uses os.Getenv":    "likewise",
	"content/compiled.go: var compiledWords":        "embedded; nothing writes it",
	"content/compiled.go: var compiledLifts":        "embedded; nothing writes it",
	"content/compiled.go: var compiledNames":        "embedded; nothing writes it",
	"content/compiled.go: var compiledCards":        "embedded; nothing writes it",
	"schedule/lexicon.go: var lexicon":              "made of words once; nothing writes it",
	"schedule/lexicon.go: var letters":              "a list of a type without a name; nothing writes it",
	"commands/golden/golden.go: var Update":         "a flag of the tests'",
	"store/fresh/fresh.go: var file":                "makes a file once a test binary; never changes after",
	"commands/gymtest/gym.go: var zones":            "reads the zones once a test binary; never changes after",
	"commands/gymtest/deps.go: var album":           "made once a test binary; keeps pictures, as in the program",
	"commands/gymtest/deps.go: var library":         "reads the content once a test binary; never changes after",
	"commands/gymtest/deps.go: var Noon":            "an instant, for tests; nothing writes it",
}

// banned lists the functions that only cmd/ may call: the clock, the
// environment and the global logger come from there.
var banned = map[string]*regexp.Regexp{
	"time":     regexp.MustCompile(`^(Now|Since|Until)$`),
	"os":       regexp.MustCompile(`^(Getenv|LookupEnv|Environ)$`),
	"fmt":      regexp.MustCompile(`^Print`),
	"log":      regexp.MustCompile(`.`),
	"log/slog": regexp.MustCompile(`^(Debug|Info|Warn|Error)(Context)?$|^(Log|LogAttrs|Default|SetDefault|With)$`),
}

func TestStyle(t *testing.T) {
	sources := files(t, ".go")
	written := map[string]map[string]bool{} // by folder, then by name
	for path, src := range sources {
		dir := filepath.Dir(path)
		if written[dir] == nil {
			written[dir] = map[string]bool{}
		}
		maps.Copy(written[dir], writes(t, path, src))
	}
	used := map[string]bool{}
	for path, src := range sources {
		for _, f := range breaches(t, path, src, written[filepath.Dir(path)]) {
			key := path + ": " + f.what
			if excused[key] == "" {
				t.Errorf("%s:%d: %s", path, f.line, f.what)
			}
			used[key] = true
		}
	}
	for key := range excused {
		if !used[key] {
			t.Errorf("excused, but not there: %s", key)
		}
	}
}

func TestNothingLeftToDo(t *testing.T) {
	left := regexp.MustCompile(`\b(TODO|FIXME)\b`)
	for path, src := range files(t, ".go", ".md", ".toml", ".html", ".css", ".js", ".mjs", ".sql", "Makefile", "run") {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		for i, line := range strings.Split(src, "\n") {
			if left.MatchString(line) {
				t.Errorf("%s:%d: %s", path, i+1, strings.TrimSpace(line))
			}
		}
	}
}

// files reads the project's files whose names end so.
func files(t *testing.T, ends ...string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() {
			if name == ".git" || name == "node_modules" || name == "testdata" {
				return fs.SkipDir
			}
			return nil
		}
		if !slices.ContainsFunc(ends, func(end string) bool { return strings.HasSuffix(name, end) }) {
			return nil
		}
		src, err := os.ReadFile(path)
		found[filepath.ToSlash(path)] = string(src)
		return err
	})
	if err != nil {
		t.Fatalf("read the project: %v", err)
	}
	return found
}

// A breach is one place that breaks a rule.
type breach struct {
	line int
	what string
}

// A check looks through one file.
type check struct {
	fset    *token.FileSet
	names   map[string]string // import paths by the name they have in this file
	written map[string]bool   // names that the package's code writes to
	found   []breach
}

func breaches(t *testing.T, path, src string, written map[string]bool) []breach {
	t.Helper()
	fset := token.NewFileSet()
	file := parse(t, fset, path, src)
	c := &check{fset: fset, names: map[string]string{}, written: written}
	for _, i := range file.Imports {
		importPath, _ := strconv.Unquote(i.Path.Value)
		name := importPath[strings.LastIndex(importPath, "/")+1:]
		if i.Name != nil {
			name = i.Name.Name
		}
		c.names[name] = importPath
	}
	switch {
	case strings.HasSuffix(path, "_test.go"):
		ast.Inspect(file, c.test)
	case !strings.HasPrefix(path, "cmd/"):
		for _, d := range file.Decls {
			c.declaration(d)
		}
		ast.Inspect(file, c.code)
	}
	return c.found
}

func parse(t *testing.T, fset *token.FileSet, path, src string) *ast.File {
	t.Helper()
	file, err := parser.ParseFile(fset, path, src, 0)
	if err != nil {
		t.Fatalf("parse: %v", err)
	}
	return file
}

func (c *check) add(n ast.Node, format string, args ...any) {
	c.found = append(c.found, breach{c.fset.Position(n.Pos()).Line, fmt.Sprintf(format, args...)})
}

// selected splits time.Now into "time", the import path, and "Now".
func (c *check) selected(e ast.Node) (path, name string) {
	sel, ok := e.(*ast.SelectorExpr)
	if !ok {
		return "", ""
	}
	x, ok := sel.X.(*ast.Ident)
	if !ok {
		return "", ""
	}
	return c.names[x.Name], sel.Sel.Name
}

// test bans sleeping in tests: it makes them slow, then flaky.
func (c *check) test(n ast.Node) bool {
	if path, name := c.selected(n); path == "time" && name == "Sleep" {
		c.add(n, "sleeps")
	}
	return true
}

func (c *check) code(n ast.Node) bool {
	if path, name := c.selected(n); banned[path] != nil && banned[path].MatchString(name) {
		c.add(n, "uses %s.%s", path, name)
	}
	call, ok := n.(*ast.CallExpr)
	if !ok || len(call.Args) != 1 {
		return true
	}
	if f, ok := call.Fun.(*ast.Ident); ok && f.Name == "panic" && c.isError(call.Args[0]) {
		c.add(n, "panics with an error")
	}
	return true
}

// isError guesses whether an expression is an error, by its name or maker.
func (c *check) isError(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name == "err" || strings.HasSuffix(e.Name, "Err")
	case *ast.CallExpr:
		path, name := c.selected(e.Fun)
		return path == "errors" || path == "fmt" && name == "Errorf"
	}
	return false
}

// declaration bans init functions and package variables that can change.
func (c *check) declaration(d ast.Decl) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil && d.Name.Name == "init" {
			c.add(d, "has an init function")
		}
	case *ast.GenDecl:
		if d.Tok != token.VAR {
			return
		}
		for _, s := range d.Specs {
			c.variable(s.(*ast.ValueSpec))
		}
	}
}

func (c *check) variable(v *ast.ValueSpec) {
	if path, name := c.selected(v.Type); path == "embed" && name == "FS" {
		return
	}
	for i, n := range v.Names {
		if n.Name == "_" {
			continue
		}
		if i >= len(v.Values) || c.written[n.Name] || !c.immutable(v.Values[i]) {
			c.add(n, "var %s", n.Name)
		}
	}
}

// immutable knows the values that a package variable may have: tables that
// nothing writes, errors to compare with, regular expressions, the names of
// buttons.
func (c *check) immutable(e ast.Expr) bool {
	if lit, ok := e.(*ast.CompositeLit); ok {
		switch lit.Type.(type) {
		case *ast.ArrayType, *ast.MapType:
			return true
		}
		return false
	}
	call, ok := e.(*ast.CallExpr)
	if !ok {
		return false
	}
	fun := call.Fun
	if index, ok := fun.(*ast.IndexExpr); ok { // bot.NewID[state]("name1")
		fun = index.X
	}
	if f, ok := fun.(*ast.Ident); ok {
		return f.Name == "NewID"
	}
	path, name := c.selected(fun)
	switch path + "." + name {
	case "errors.New", "fmt.Errorf", "regexp.MustCompile", "strings.Fields", module + "/bot.NewID", module + "/pattern.New",
		"github.com/yuin/goldmark/ast.NewNodeKind", "github.com/yuin/goldmark/parser.NewContextKey":
		return true
	}
	return false
}

// writes lists the names that a file's code assigns to, takes the address of,
// deletes from or clears, wherever they are declared.
func writes(t *testing.T, path, src string) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	note := func(e ast.Expr) {
		if name := root(e); name != "" {
			names[name] = true
		}
	}
	ast.Inspect(parse(t, token.NewFileSet(), path, src), func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, e := range n.Lhs {
				if _, plain := e.(*ast.Ident); n.Tok != token.DEFINE || !plain {
					note(e)
				}
			}
		case *ast.IncDecStmt:
			note(n.X)
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				note(n.X)
			}
		case *ast.CallExpr:
			if f, ok := n.Fun.(*ast.Ident); ok && (f.Name == "delete" || f.Name == "clear") && len(n.Args) > 0 {
				note(n.Args[0])
			}
		}
		return true
	})
	return names
}

// root returns the variable that an expression such as a.b[i].c begins with.
func root(e ast.Expr) string {
	for {
		switch x := e.(type) {
		case *ast.Ident:
			return x.Name
		case *ast.IndexExpr:
			e = x.X
		case *ast.SelectorExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		case *ast.ParenExpr:
			e = x.X
		default:
			return ""
		}
	}
}

func TestBreaches(t *testing.T) {
	const head = "package x\nimport (\"time\"; \"os\"; \"errors\"; \"fmt\"; \"regexp\"; \"embed\"; \"log/slog\"; clock \"time\"; \"unpinch/bot\")\n"
	for _, tc := range []struct {
		path, code string
		want       string // "" for none
	}{
		{"a/a.go", `func f() { time.Now() }`, "uses time.Now"},
		{"a/a.go", `var f = F{Now: time.Now}`, "var f; uses time.Now"},
		{"a/a.go", `func f() { clock.Since(t) }`, "uses time.Since"},
		{"a/a.go", `func f() { time.Unix(0, 0) }`, ""},
		{"a/a.go", `func f(c Clock) { c.Now() }`, ""},
		{"cmd/x/a.go", `func f() { time.Now(); os.Getenv("A") }`, ""},
		{"a/a.go", `func f() { os.LookupEnv("A") }`, "uses os.LookupEnv"},
		{"a/a.go", `func f() { slog.Info("x") }`, "uses log/slog.Info"},
		{"a/a.go", `func f(l *slog.Logger) { l.Info("x"); slog.String("a", "b") }`, ""},
		{"a/a.go", `func f() { fmt.Println("x") }`, "uses fmt.Println"},
		{"a/a.go", `func f() { fmt.Fprintln(w, "x") }`, ""},
		{"a/a.go", `func f() { panic(err) }`, "panics with an error"},
		{"a/a.go", `func f() { panic(fmt.Errorf("x")) }`, "panics with an error"},
		{"a/a.go", `func f() { panic("custom ID over 100 bytes") }`, ""},
		{"a/a.go", `func init() {}`, "has an init function"},
		{"a/a.go", `func (x X) init() {}`, ""},
		{"a/a.go", `var cache = map[string]int{}; func f() { cache["a"] = 1 }`, "var cache"},
		{"a/a.go", `var cache = map[string]int{}; func f() { delete(cache, "a") }`, "var cache"},
		{"a/a.go", `var list = []T{{}}; func f() { list[0].n++ }`, "var list"},
		{"a/a.go", `var list = []T{{}}; func f() { g(&list[0]) }`, "var list"},
		{"a/a.go", `var table = map[string]int{"a": 1}; func f() int { return table["a"] }`, ""},
		{"a/a.go", `var count int`, "var count"},
		{"a/a.go", `var a, b = errors.New("a"), 2`, "var b"},
		{"a/a.go", `var errGone = errors.New("gone")`, ""},
		{"a/a.go", `var name = regexp.MustCompile("a")`, ""},
		{"a/a.go", `var files embed.FS`, ""},
		{"a/a.go", `var id = bot.NewID[state]("a1")`, ""},
		{"a/a.go", `var _ I = (*T)(nil)`, ""},
		{"a/a_test.go", `func f() { time.Sleep(1) }`, "sleeps"},
		{"cmd/x/a_test.go", `func f() { time.Sleep(1) }`, "sleeps"},
		{"a/a_test.go", `var x = 1; func f() { time.Now() }`, ""},
	} {
		var got []string
		src := head + tc.code
		for _, b := range breaches(t, tc.path, src, writes(t, tc.path, src)) {
			got = append(got, b.what)
		}
		if strings.Join(got, "; ") != tc.want {
			t.Errorf("%s: %s: got %q, want %q", tc.path, tc.code, got, tc.want)
		}
	}
}
