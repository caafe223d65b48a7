package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"

	"unpinch/content"
)

// TestMetrics uses commands of every kind, and lets a post and a DM come due. The
// names of all metrics are as Prometheus has them, each that the alert rules and
// their tests name is there, and no label names a person, a server or a topic.
func TestMetrics(t *testing.T) {
	t.Parallel()
	g := newGym(t, "classes")
	g.useEverything()
	g.lockOnce()
	g.ahead.Store(int64(16 * time.Minute)) // what is discreet is counted once its quarter of an hour is over
	text := answerOf(t, g.bot.http()+"/metrics")
	problems, err := promlint.New(strings.NewReader(text)).Lint()
	if err != nil || len(problems) > 0 {
		t.Errorf("the linter says %v, %v", problems, err)
	}
	for _, file := range []string{"alerts.yml", "alerts_test.yml"} {
		rules, err := os.ReadFile(filepath.Join("..", "..", "deploy", file))
		if err != nil {
			t.Fatal(err)
		}
		names := regexp.MustCompile(`\b(?:unpinch|process|go)_[a-z_]+`).FindAllString(string(rules), -1)
		if len(names) < 5 {
			t.Errorf("%s names %v", file, names)
		}
		for _, name := range slices.Compact(slices.Sorted(slices.Values(names))) {
			if !strings.Contains(text, "\n# TYPE "+name+" ") {
				t.Errorf("%s names %s, which the program has not", file, name)
			}
		}
	}
	g.labelsTellNothing(text)
	g.stop()
}

// useEverything uses a command of each kind, presses on cards, and lets what is due
// go out.
func (g *gym) useEverything() {
	g.t.Helper()
	for _, name := range []string{"pinched", "learn", "help", "me progress", "me privacy", "me routine", "me export", "class list", "stretch"} {
		g.command(asks{"as": "mia", "channel": "general", "name": name})
	}
	signs := g.command(asks{"as": "mia", "channel": "general", "name": "pinched", "options": asks{"area": "neck"}})
	g.press("mia", signs.ID, "One of these, or not sure")
	g.command(asks{"as": "noah", "channel": "general", "name": "modify", "options": asks{"exercise": "back squat"}})
	g.walkTo("17:50")
	g.settle()
	post := g.messages("classes")[0]
	g.press("mia", post.ID, "Done")
	follow := g.press("mia", post.ID, "Notify me")
	g.press("mia", follow.ID, "This class")
	g.press("mia", follow.ID, "I agree, and I am 16 or older, or my parent agrees")
	g.walkTo("17:52")
}

// lockOnce has another program hold the database once.
func (g *gym) lockOnce() {
	g.t.Helper()
	free := lock(g.t, filepath.Join(g.dir, "unpinch.db"))
	g.command(asks{"as": "olga", "channel": "general", "name": "class add", "options": asks{"at": "daily 21:00"}})
	free()
	g.health("ready\n")
}

// labelsTellNothing looks for what names somebody or something in labels.
func (g *gym) labelsTellNothing(text string) {
	g.t.Helper()
	known := []string{"binding", "outcome", "kind", "state", "le", "quantile", "version", "shard"}
	telling := g.telling()
	seen := map[string]bool{}
	for _, m := range regexp.MustCompile(`[{,](\w+)="([^"]*)"`).FindAllStringSubmatch(text, -1) {
		label, value := m[1], m[2]
		seen[label] = true
		switch {
		case !slices.Contains(known, label):
			g.t.Errorf("a label %s=%q: say here that it names nobody, if it doesn't", label, value)
		case slices.Contains(telling, strings.ToLower(value)), regexp.MustCompile(`[0-9]{5}`).MatchString(value) && label != "le":
			g.t.Errorf("a label %s=%q names somebody or something", label, value)
		}
	}
	for _, label := range []string{"binding", "outcome", "kind", "state"} {
		if !seen[label] {
			g.t.Errorf("no label %s was looked at", label)
		}
	}
}

// telling are the names and ids of all people, servers, channels and roles, and the
// names of what the bot knows of.
func (g *gym) telling() (all []string) {
	g.t.Helper()
	var state map[string]json.RawMessage
	if err := json.Unmarshal([]byte(g.get("/state")), &state); err != nil {
		g.t.Fatal(err)
	}
	for _, kind := range []string{"guilds", "channels", "roles", "users"} {
		var named []demoEntity
		if err := json.Unmarshal(state[kind], &named); err != nil || len(named) == 0 {
			g.t.Fatalf("the world's %s: %v", kind, err)
		}
		for _, e := range named {
			all = append(all, strings.ToLower(e.Name), e.ID)
		}
	}
	lib, err := content.Load()
	if err != nil {
		g.t.Fatal(err)
	}
	for _, a := range lib.Areas("en") {
		all = append(all, a.ID, strings.ToLower(a.Name))
	}
	for _, e := range lib.Lifts("en").All() {
		all = append(all, e.ID, strings.ToLower(e.Name))
	}
	return append(all, "iron garden", "back squat")
}
