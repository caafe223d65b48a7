// Package browser drives a Chromium over the playground's page, for tests.
package browser

import (
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// AxePath names the environment variable that says where axe-core's script is.
const AxePath = "UNPINCH_AXE"

// asked names the environment variable without which no browser is started: one
// takes as much of a machine as a fifth of all other tests.
const asked = "UNPINCH_BROWSER"

// patience is how long one step of a test may take.
const patience = 15 * time.Second

// A Tab is a page in a Chromium of its own. Its methods fail the test.
type Tab struct {
	t    testing.TB
	ctx  context.Context
	base string
	axe  string // axe-core's script

	Judged bool // axe-core is at hand
}

// Open starts a Chromium for the page at base, a window of width and height in
// CSS pixels, in light colours, Lisbon's time and British words. Unless it is asked
// for, and where there is none, the test is skipped; with CI=true it fails where
// there is none. It fails too when the page logs an error,
// breaks its own policy or asks any other address for something.
func Open(t testing.TB, base string, width, height int) *Tab {
	t.Helper()
	Ask(t)
	options := append(chromedp.DefaultExecAllocatorOptions[:], // headless, with a profile of its own
		chromedp.ExecPath(find(t)), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-component-update", true))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...) // it outlives the test's own context
	t.Cleanup(cancel)
	ctx, cancelTab := chromedp.NewContext(ctx)
	t.Cleanup(cancelTab)
	b := &Tab{t: t, ctx: ctx, base: base, axe: script(t)}
	b.Judged = b.axe != ""
	b.must(chromedp.Listen(ctx, b.hear)) // and so the browser starts, with no deadline
	call(b, network.Enable, network.EnableParams{})
	call(b, log.Enable, cdp.Empty{})
	call(b, emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: "Europe/Lisbon"})
	call(b, emulation.SetLocaleOverride, emulation.SetLocaleOverrideParams{Locale: "en-GB"})
	b.Size(width, height)
	b.Dark(false)
	return b
}

// Ask skips a test of the browser where none is asked for. Open does too; a test
// that prepares much before calls it first.
func Ask(t testing.TB) {
	t.Helper()
	if os.Getenv(asked) == "" {
		t.Skip("no browser is asked for: .ci/run browser does, with " + asked)
	}
}

// find returns the path of a Chromium.
func find(t testing.TB) string {
	t.Helper()
	names := []string{"chromium", "chromium-browser", "google-chrome"}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	words := "no browser here, looked for " + strings.Join(names, ", ")
	if os.Getenv("CI") == "true" {
		t.Fatal(words)
	}
	t.Skip(words)
	return ""
}

// hear notes what the page must not do.
func (b *Tab) hear(event any) {
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		if to := e.Request.URL; !strings.HasPrefix(to, b.base) && !strings.HasPrefix(to, "data:") {
			b.t.Errorf("the page asks %s for something", to)
		}
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError {
			b.t.Errorf("the browser logs %s: %s", e.Entry.URL, e.Entry.Text)
		}
	case *runtime.EventExceptionThrown:
		b.t.Errorf("the page's script: %s", e.ExceptionDetails.Text)
	}
}

func (b *Tab) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatalf("drive the browser: %v", err)
	}
}

// call gives the browser a command of its protocol.
func call[P, R any](b *Tab, c cdp.Command[P, R], params P) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	_, err := chromedp.Call(ctx, c, params)
	b.must(err)
}

// run runs one action.
func run[T any](b *Tab, a chromedp.Action[T]) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	out, err := chromedp.Run(ctx, a)
	b.must(err)
	return out
}

// script returns axe-core, empty where the test is not told about it.
func script(t testing.TB) string {
	t.Helper()
	path := os.Getenv(AxePath)
	if path == "" {
		return ""
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("read axe-core, which %s names: %v", AxePath, err)
	}
	return string(raw)
}
