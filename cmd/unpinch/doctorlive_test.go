package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// standing lists the messages of a channel that are not deleted.
func (g garden) standing(channel string) (all []message) {
	g.t.Helper()
	if err := json.Unmarshal([]byte(g.get("/messages?as=olga&channel="+channel)), &all); err != nil {
		g.t.Fatal(err)
	}
	return all
}

// letPlan lets the bot make events.
func (g garden) letPlan() {
	g.t.Helper()
	g.world(asks{"permission": asks{"role": "unpinch", "allow": "CREATE_EVENTS"}})
}

// liveArgs try everything.
func (g garden) liveArgs(t *testing.T) []string {
	g.letPlan()
	return []string{"doctor", "--config", writeConfig(t, t.TempDir(), g.base, "playground"), "--live", g.id("channels", "classes"),
		"--thread", g.id("channels", "morning-crew"), "--role", g.id("roles", "regulars"), "--dm"}
}

// A presser does something once it is asked for a press.
type presser struct {
	bytes.Buffer
	then func()
}

func (p *presser) Write(b []byte) (int, error) {
	if bytes.Contains(b, []byte("Now press")) {
		go p.then()
	}
	return p.Buffer.Write(b)
}

// pressIt presses the button that was asked for.
func (g garden) pressIt() {
	for _, m := range g.standing("classes") {
		if len(m.View.Buttons) > 0 {
			resp, err := http.Post(g.base+"/click", "application/json", strings.NewReader(fmt.Sprintf(`{"as":"mia","message":%q,"label":%q}`, m.ID, pressMe)))
			if err != nil {
				g.t.Error(err)
				return
			}
			resp.Body.Close()
		}
	}
}

// clean fails the test if the bot left something.
func (g garden) clean(t *testing.T) {
	t.Helper()
	for _, channel := range []string{"classes", "morning-crew"} {
		if left := g.standing(channel); len(left) > 0 {
			t.Errorf("%d messages are left in %s", len(left), channel)
		}
	}
	if left := (&gym{garden: g}).events("GET", "", nil); string(bytes.TrimSpace(left)) != "[]" {
		t.Errorf("on the calendar is left: %s", left)
	}
}

// The playground passes every step, none is skipped, and nothing is left of it.
func TestLive(t *testing.T) {
	t.Parallel()
	g := newGarden(t)
	out, errOut := &presser{then: g.pressIt}, &bytes.Buffer{}
	p := program{out: out, errOut: errOut, now: time.Now}
	if code := p.main(t.Context(), g.liveArgs(t)); code != 0 {
		t.Fatalf("exit %d: %s%s", code, errOut, out)
	}
	for _, s := range liveSteps() {
		if !strings.Contains(out.String(), fmt.Sprintf("ok       %-8s", s.name)) {
			t.Errorf("%s is not ok:\n%s", s.name, out)
		}
	}
	if !strings.HasSuffix(out.String(), "is deleted.\n") {
		t.Errorf("it says:\n%s", out)
	}
	g.clean(t)
}

// Whoever stops it in the middle finds nothing left.
func TestLiveStopped(t *testing.T) {
	t.Parallel()
	g := newGarden(t)
	ctx, cancel := context.WithCancel(t.Context())
	out, errOut := &presser{then: cancel}, &bytes.Buffer{}
	if code := (program{out: out, errOut: errOut, now: time.Now}).main(ctx, g.liveArgs(t)); code != 1 || strings.Contains(out.String(), "differs") {
		t.Errorf("exit %d: %s%s", code, errOut, out)
	}
	g.clean(t)
}

// TestLiveFindsABrokenRule breaks a rule of the playground for each step: it is
// found out and named, without an id, and nothing is left.
func TestLiveFindsABrokenRule(t *testing.T) {
	t.Parallel()
	broken := map[string]bool{}
	for n, tc := range brokenRules() {
		broken[tc.step] = true
		t.Run(fmt.Sprint(n, " ", tc.step), func(t *testing.T) {
			t.Parallel()
			g := brokenGarden(t, tc.rule)
			l, out := g.live(t)
			if tc.fault != nil {
				g.fault(tc.fault)
			}
			outcomes := l.try(t.Context(), onlyStep(tc.step))
			if err := l.clean(t.Context()); err != nil {
				t.Error(err)
			}
			out.Reset()
			report(out, "it", outcomes)
			if !strings.Contains(out.String(), "\n# "+tc.step+": ") || !slices.Contains(strings.Split(out.String(), "\n"), tc.tells) {
				t.Errorf("%q is not told:\n%s", tc.tells, out)
			}
			if regexp.MustCompile(`[0-9]{9}`).MatchString(out.String()) {
				t.Errorf("an id is told:\n%s", out)
			}
			g.clean(t)
		})
	}
	for _, s := range liveSteps() {
		if !broken[s.name] {
			t.Errorf("no rule of %s is broken", s.name)
		}
	}
}

// live is a try in the garden, in which everything can be tried.
func (g garden) live(t *testing.T) (*live, *presser) {
	t.Helper()
	cfg, err := loadConfig(writeConfig(t, t.TempDir(), g.base, "playground"), nil)
	if err != nil {
		t.Fatal(err)
	}
	g.letPlan()
	out := &presser{then: g.pressIt}
	c := doctorCmd{Live: g.id("channels", "classes"), Thread: g.id("channels", "morning-crew"), Role: g.id("roles", "regulars"), DM: true}
	l, err := c.newLive(t.Context(), program{out: out, errOut: io.Discard, now: time.Now}, cfg)
	if err != nil {
		t.Fatal(err)
	}
	return l, out
}

func onlyStep(name string) []step {
	return slices.DeleteFunc(liveSteps(), func(s step) bool { return s.name != name })
}

// A post of which Discord told nothing is found and deleted too.
func TestLiveDeletesWhatGotLost(t *testing.T) {
	t.Parallel()
	g := newGarden(t)
	l, out := g.live(t)
	g.fault(asks{"method": "POST", "route": "/channels/{channel}/messages", "drop": true, "after_commit": true})
	if all := l.try(t.Context(), onlyStep("card")); len(differing(all)) != 1 || len(g.standing("classes")) != 1 {
		t.Errorf("it says:\n%s", out)
	}
	if err := l.clean(t.Context()); err != nil {
		t.Error(err)
	}
	g.clean(t)
}

// Without a press there is nothing to compare.
func TestLiveWithoutAPress(t *testing.T) {
	t.Parallel()
	g := newGarden(t)
	l, out := g.live(t)
	out.then, l.patience = func() {}, time.Millisecond
	all := l.try(t.Context(), onlyStep("press"))
	if len(all) != 1 || all[0].skip != "nobody pressed the button within 1ms" {
		t.Errorf("it says:\n%s", out)
	}
	if err := l.clean(t.Context()); err != nil {
		t.Error(err)
	}
	g.clean(t)
}
