package unpinch_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// module is what our own import paths begin with.
const module = "unpinch"

// may names everything outside the standard library that each package
// imports: our packages by their folder, others by a path that covers the
// folders below it. A new package needs a line here, and a reason.
var may = map[string][]string{
	".": {},
	// What people type, in options, forms and files: letters of Asian keyboards fold
	// as x/text, which content has for its accents, says.
	"visible": {"golang.org/x/text/unicode/norm", "golang.org/x/text/width"},
	// Regular expressions for what few people type, compiled when one does.
	"pattern": {},
	// Names of lifts and of zones are found alike after a slip.
	"typo":    {},
	"content": {"pattern", "typo", "github.com/pelletier/go-toml/v2", "github.com/sahilm/fuzzy", "github.com/nicksnyder/go-i18n/v2/i18n", "golang.org/x/text/language", "golang.org/x/text/unicode/norm"},
	// It proves the swaps again, from files and output: it imports nothing of ours.
	"content/swapcheck": {"github.com/pelletier/go-toml/v2"},
	"schedule":          {"pattern", "typo", "visible", "github.com/robfig/cron/v3", "golang.org/x/text/unicode/norm"},
	// Sending has loops, leases and retries; schedule stays pure without it.
	"delivery": {"schedule", "github.com/hashicorp/golang-lru/v2"},
	// Files and lines of people: pure, so that forms, files and imports are one
	// table of tests away from Discord and the store. YAML is what they edit.
	// What spreadsheets write in Windows-1252 is read as x/text says.
	"timetable": {"pattern", "schedule", "visible", "go.yaml.in/yaml/v3", "golang.org/x/text/encoding/charmap"},
	// Timetables as websites have them: a reader of layouts, as large as the rest of
	// timetable and with nothing to do with files.
	"timetable/paste": {"pattern", "schedule", "timetable", "typo", "visible"},
	"store":           {"content", "schedule", "delivery", "modernc.org/sqlite", "github.com/pressly/goose/v3", "github.com/gofrs/flock", "github.com/jackc/pgx/v5"},
	"store/fresh":     {"store"}, // for tests: only testsMay and gymtest have it
	// It knows nothing of what is in the database that it copies.
	"backup": {"filippo.io/age", "github.com/gofrs/flock"},
	"bot":    {"bot/gateway", "visible", "golang.org/x/sync/singleflight", "golang.org/x/time/rate", "github.com/cenkalti/backoff/v5"},
	// What opens and speaks the gateway, and the relay that minds it.
	"bot/gateway": {"github.com/bwmarrin/discordgo", "github.com/gorilla/websocket"},
	"figure":      {"github.com/pelletier/go-toml/v2", "git.sr.ht/~sbinet/gg", "golang.org/x/image", "github.com/hashicorp/golang-lru/v2", "golang.org/x/sync/singleflight"},
	// commands puts the rooms together.
	"commands": {
		"bot", "commands/button", "commands/card", "content", "delivery", "figure", "schedule",
		"commands/class", "commands/classfile", "commands/gate", "commands/me", "commands/place", "commands/player", "commands/post", "commands/reading", "commands/setup",
		"github.com/hashicorp/golang-lru/v2",
	},
	// What every room may lead to, look like and be told: these know no room.
	"commands/button": {"bot", "content", "schedule", "timetable"},
	"commands/card":   {"bot", "commands/button", "content", "figure", "schedule", "visible"},
	// How often people may do what costs others something.
	"commands/gate":  {"bot", "commands/card"},
	"commands/input": {"bot", "commands/card", "content", "pattern", "schedule", "timetable", "github.com/hashicorp/golang-lru/v2"},
	// What all that shows or changes classes begins with: which place is meant and
	// who may change it, how a class is said, and drafts. They have no command.
	"commands/place":      {"bot", "commands/button", "commands/card", "commands/input", "schedule"},
	"commands/classwords": {"bot", "commands/button", "commands/card", "commands/input", "schedule", "timetable"},
	"commands/draft":      {"bot", "commands/gate", "commands/place", "schedule"},
	// The rooms, which don't know each other. What they remember of presses and of
	// forms is bounded by a cache.
	"commands/class":     {"bot", "commands/button", "commands/card", "commands/classwords", "commands/draft", "commands/gate", "commands/input", "commands/place", "figure", "pattern", "schedule", "timetable", "timetable/paste"},
	"commands/classfile": {"bot", "commands/button", "commands/card", "commands/classwords", "commands/draft", "commands/gate", "commands/input", "commands/place", "schedule", "timetable"},
	"commands/me":        {"bot", "commands/button", "commands/card", "commands/gate", "commands/input", "content", "figure", "schedule"},
	"commands/setup":     {"bot", "commands/button", "commands/card", "commands/classwords", "commands/draft", "commands/gate", "commands/input", "commands/place", "content", "schedule", "timetable", "github.com/rickar/cal/v2"}, // public holidays by country, which somebody has to keep
	"commands/player":    {"bot", "commands/button", "commands/card", "commands/gate", "content", "delivery", "figure", "github.com/hashicorp/golang-lru/v2"},
	"commands/post":      {"bot", "commands/button", "commands/card", "commands/gate", "commands/input", "content", "figure", "schedule", "github.com/hashicorp/golang-lru/v2"},
	"commands/reading":   {"bot", "commands/button", "commands/card", "commands/gate", "commands/input", "content", "figure", "schedule"},
	// For tests: only testsMay has them.
	"commands/golden":  {"bot"},
	"commands/gymtest": {"bot", "commands", "commands/button", "commands/card", "commands/golden", "commands/player", "commands/post", "content", "delivery", "figure", "schedule", "store", "store/fresh"},
	// The playground imports nothing of ours from elsewhere: it must not share
	// bot's mistakes. The packages below it are leaves over wire.
	"playground":         {"playground/check", "playground/control", "playground/page", "playground/wire", "github.com/gorilla/websocket"},
	"playground/check":   {"playground/wire"},
	"playground/control": {"playground/wire"},
	"playground/page":    {"playground/wire", "github.com/yuin/goldmark"}, // it reads the playground as a handler
	"playground/wire":    {},
	"playground/rig":     {"playground/wire", "github.com/gorilla/websocket"},             // for tests; it gets the playground as a handler
	"playground/openapi": {"github.com/santhosh-tekuri/jsonschema/v6"},                    // for tests: nobody's line has it
	"playground/browser": {"github.com/chromedp/chromedp", "github.com/chromedp/cdproto"}, // likewise
	"cmd/unpinch": {
		"backup", "bot", "commands", "commands/card", "commands/player", "commands/post", "content", "delivery", "figure", "schedule", "store", "playground", "playground/page",
		"filippo.io/age", // keys of copies
		"github.com/alecthomas/kong", "github.com/pelletier/go-toml/v2", "golang.org/x/term",
		"github.com/dustin/go-humanize", "golang.org/x/net/http/httpproxy", // what doctor says of sizes and proxies
		"github.com/prometheus/client_golang", "github.com/yuin/goldmark", // the review as a page to print
	},
}

// testsMay names what each package's tests import besides.
var testsMay = map[string][]string{
	"bot":                 {"playground", "playground/openapi", "github.com/gorilla/websocket"},
	"commands":            {"commands/classwords", "commands/golden", "commands/gymtest"},
	"commands/gate":       {"golang.org/x/time/rate"}, // whose arithmetic it has
	"commands/input":      {"commands", "commands/golden", "commands/gymtest"},
	"commands/classwords": {"commands/golden", "commands/gymtest"},
	"commands/class":      {"commands", "commands/golden", "commands/gymtest"}, // the gym has all of the commands
	"commands/me":         {"commands", "commands/golden", "commands/gymtest"},
	"commands/setup":      {"commands", "commands/golden", "commands/gymtest"},
	"commands/classfile":  {"commands", "commands/golden", "commands/gymtest", "commands/setup"},
	"commands/player":     {"commands", "commands/golden", "commands/gymtest"},
	"commands/post":       {"commands", "commands/golden", "commands/gymtest"},
	"commands/reading":    {"commands", "commands/golden", "commands/gymtest"},
	"playground":          {"playground/rig"},
	"playground/page":     {"playground", "playground/browser", "playground/rig", "golang.org/x/net/html"},
	"store":               {"github.com/robfig/cron/v3"},                               // beside which ticks are measured
	"schedule":            {"content"},                                                 // rules in real words
	"delivery":            {"store", "store/fresh", "timetable", "pgregory.net/rapid"}, // the engine keeps its promises with a real ledger or not at all
	"cmd/unpinch":         {"content/swapcheck", "store/fresh", "modernc.org/sqlite", "github.com/rogpeppe/go-internal", "playground/openapi", "playground/browser", "playground/wire", "golang.org/x/net/html", "golang.org/x/image"},
}

// A listed package is what "go list" says about it.
type listed struct {
	ImportPath                         string
	Imports, TestImports, XTestImports []string
}

func TestImports(t *testing.T) {
	for _, p := range list(t) {
		name := folder(p.ImportPath)
		allowed, known := may[name]
		if !known {
			t.Errorf("%s: not in imports_test.go", name)
			continue
		}
		for _, i := range p.Imports {
			if !covered(i, allowed) {
				t.Errorf("%s imports %s: not in its line of imports_test.go", name, i)
			}
		}
		allowed = slices.Concat(allowed, testsMay[name], []string{name}) // "x_test" imports x
		for _, i := range slices.Concat(p.TestImports, p.XTestImports) {
			if !covered(i, allowed) {
				t.Errorf("%s imports %s in tests: not in its line of imports_test.go", name, i)
			}
		}
	}
}

func list(t *testing.T) []listed {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Imports,TestImports,XTestImports", "./...")
	out, err := cmd.Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			t.Fatalf("go list: %v\n%s", err, exit.Stderr)
		}
		t.Fatalf("go list: %v", err)
	}
	var all []listed
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := d.Decode(&p); err == io.EOF {
			return all
		} else if err != nil {
			t.Fatalf("read go list: %v", err)
		}
		all = append(all, p)
	}
}

// folder returns the folder of one of our import paths.
func folder(path string) string {
	if path == module {
		return "."
	}
	return strings.TrimPrefix(path, module+"/")
}

// covered reports whether an import is of the standard library or allowed. Of
// our own packages only the very one is, not those below it.
func covered(path string, allowed []string) bool {
	if path == module || strings.HasPrefix(path, module+"/") {
		return slices.Contains(allowed, folder(path))
	}
	if first, _, _ := strings.Cut(path, "/"); !strings.Contains(first, ".") {
		return true
	}
	return slices.ContainsFunc(allowed, func(a string) bool {
		return path == a || strings.HasPrefix(path, a+"/")
	})
}

func TestCovered(t *testing.T) {
	allowed := []string{"bot", "golang.org/x/net/html", "playground"}
	for path, want := range map[string]bool{
		"net/http":                   true,
		"unpinch/bot":                true,
		"unpinch/botany":             false,
		"unpinch/store":              false,
		"unpinch/playground":         true,
		"unpinch/playground/openapi": false,
		"unpinch":                    false,
		"golang.org/x/net/html":      true,
		"golang.org/x/net/html/atom": true,
		"golang.org/x/net/htmlx":     false,
		"github.com/some/thing":      false,
	} {
		if got := covered(path, allowed); got != want {
			t.Errorf("covered(%q) = %t, want %t", path, got, want)
		}
	}
}
