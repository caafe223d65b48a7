package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Keys besides those of letters.
const (
	Enter  = kb.Enter
	Escape = kb.Escape
	Down   = kb.ArrowDown
)

// Go opens a path of the page and waits for its script.
func (b *Tab) Go(path string) {
	b.t.Helper()
	run(b, chromedp.Navigate(b.base+path))
	b.Until(`document.querySelector("[role=combobox]")`)
}

// Size sets the window's size in CSS pixels.
func (b *Tab) Size(width, height int) {
	b.t.Helper()
	call(b, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: int64(width), Height: int64(height), DeviceScaleFactor: 1, Mobile: width < 600})
}

// Dark switches between dark and light colours.
func (b *Tab) Dark(on bool) {
	b.t.Helper()
	value := "light"
	if on {
		value = "dark"
	}
	call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: value}}})
}

// Type presses keys, on what has the focus.
func (b *Tab) Type(keys string) {
	b.t.Helper()
	for _, r := range keys {
		var down *input.DispatchKeyEventParams
		for _, e := range kb.Encode(r) {
			switch {
			case e.Type == kb.KeyChar && down != nil: // part of the press, so that the page can prevent it
				down.Text, down.UnmodifiedText = e.Text, e.UnmodifiedText
			case e.Type == kb.KeyUp && down != nil:
				call(b, input.DispatchKeyEvent, *down)
				call(b, input.DispatchKeyEvent, *e)
			default:
				down = e
			}
		}
	}
}

// name is how the element with the focus is called, in JavaScript.
const name = `((e) => {
	if (!e) return ""; // a page is on its way
	const label = e.getAttribute("aria-label");
	const words = (e.labels?.[0] || e).cloneNode(true);
	words.querySelectorAll("[aria-hidden=true]").forEach((h) => h.remove());
	return (label || words.textContent).replace(/\s+/g, " ").trim().slice(0, 60);
})(document.activeElement)`

// maxStops is more than any state of the page has stops for the Tab key.
const maxStops = 250

// TabTo moves the focus with the Tab key to what goes by the label.
func (b *Tab) TabTo(label string) {
	b.t.Helper()
	var met []string
	for range maxStops {
		b.Type(kb.Tab)
		now := Eval[string](b, name)
		if now == label {
			return
		}
		met = append(met, now)
	}
	b.t.Fatalf("the Tab key never gets to %q; it meets %q", label, met)
}

// Press goes to a button or link by the Tab key and presses Enter.
func (b *Tab) Press(label string) {
	b.t.Helper()
	b.TabTo(label)
	b.Type(kb.Enter)
}

// Click clicks the first element that a CSS selector finds.
func (b *Tab) Click(selector string) {
	b.t.Helper()
	run(b, chromedp.Click(chromedp.CSS(selector)))
}

// Tap clicks the newest button, link or summary that goes by the label, once
// no form is on its way. It is Press for a step whose keys no test is about.
func (b *Tab) Tap(label string) {
	b.t.Helper()
	found := newest("button:enabled, a[href], summary", `shown(e) === `+quote(label))
	b.Until(found + ` && !document.querySelector("[aria-busy=true]")`)
	Eval[any](b, `void setTimeout(() => { const e = `+found+`; e.focus(); e.click(); })`)
}

// Pick chooses from the newest menu that goes by the label the first option
// that begins so.
func (b *Tab) Pick(menu, option string) {
	b.t.Helper()
	found := newest("select:enabled", `e.getAttribute("aria-label") === `+quote(menu))
	match := fmt.Sprintf(`[...(%s?.options || [])].find((o) => o.value && o.textContent.trim().startsWith(%s))`, found, quote(option))
	b.Until(match + ` && !document.querySelector("[aria-busy=true]")`)
	Eval[any](b, fmt.Sprintf(`void setTimeout(() => { const o = %s; o.selected = true; o.closest("form").querySelector("button").click(); })`, match))
}

// Fill writes into the field of the form in front whose label begins so.
func (b *Tab) Fill(label, words string) {
	b.t.Helper()
	found := newest("input, textarea, select", `e.labels?.[0]?.textContent.trim().startsWith(`+quote(label)+`)`)
	b.Until(found)
	Eval[any](b, fmt.Sprintf(`void (%s.value = %s)`, found, quote(words)))
}

// newest is the last element of a CSS selector in front that is visible and
// passes a test, in JavaScript.
func newest(selector, test string) string {
	return fmt.Sprintf(`[...(document.querySelector("dialog:modal") || document).querySelectorAll(%s)].filter((e) => {
		const shown = (e) => (e.getAttribute("aria-label") || [...e.childNodes].filter((n) => n.ariaHidden !== "true").map((n) => n.textContent).join("")).replace(/\s+/g, " ").trim();
		return e.checkVisibility() && %s;
	}).at(-1)`, quote(selector), test)
}

// Eval evaluates JavaScript on the page and takes its value as JSON does.
func Eval[T any](b *Tab, js string) T {
	b.t.Helper()
	return run(b, chromedp.Evaluate[T](js, chromedp.EvalAwaitPromise))
}

// Until waits until JavaScript gives something that is true.
func (b *Tab) Until(js string) {
	b.t.Helper()
	// One look lasts a little while, since the page may be left meanwhile.
	look := fmt.Sprintf(`new Promise((done) => {
		const began = performance.now();
		(function look() {
			if (%s) done(true);
			else if (performance.now() - began > 500) done(false);
			else setTimeout(look, 15);
		})();
	})`, js)
	for range int(patience.Milliseconds() / 500) {
		ctx, cancel := context.WithTimeout(b.ctx, patience)
		met, err := chromedp.Run(ctx, chromedp.Evaluate[bool](look, chromedp.EvalAwaitPromise))
		cancel()
		if err == nil && met {
			return
		}
	}
	b.t.Fatalf("never true: %s\nThe page says: %s", js, b.Words("body"))
}

// Blur takes the focus from where it is.
func (b *Tab) Blur() {
	b.t.Helper()
	run(b, chromedp.Evaluate[chromedp.Void]("document.activeElement.blur()"))
}

// See waits until an element that a CSS selector finds shows some words.
func (b *Tab) See(selector, words string) {
	b.t.Helper()
	b.Until(fmt.Sprintf("[...document.querySelectorAll(%s)].some((e) => e.innerText.includes(%s))", quote(selector), quote(words)))
}

// Words returns the text that the first element of a CSS selector shows.
func (b *Tab) Words(selector string) string {
	b.t.Helper()
	return Eval[string](b, fmt.Sprintf(`document.querySelector(%s)?.innerText || ""`, quote(selector)))
}

func quote(s string) string {
	raw, _ := json.Marshal(s) // a string can always be written
	return string(raw)
}

// Fits fails when the page is wider than its window, or what a card holds wider
// than the card.
func (b *Tab) Fits(state string) {
	b.t.Helper()
	wide := Eval[[]string](b, `[...document.querySelectorAll("body *")].filter((e) => {
		const box = e.getBoundingClientRect();
		return box.width > 1 && box.right > innerWidth + 1 && getComputedStyle(e).clipPath === "none" && !e.closest(".list, pre, .scrolls");
	}).map((e) => e.tagName + "." + e.className + " " + e.textContent.slice(0, 30)).slice(0, 5)`)
	if len(wide) > 0 {
		b.t.Errorf("%s: wider than the window: %q", state, wide)
	}
	burst := Eval[[]string](b, `[...document.querySelectorAll(".message, .message .container, .message .row, dialog")].filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.className + " " + e.innerText.slice(0, 60))`)
	if len(burst) > 0 {
		b.t.Errorf("%s: wider than their card: %q", state, burst)
	}
}

// A finding is one rule of axe-core that the page breaks.
type finding struct {
	ID     string `json:"id"`
	Impact string `json:"impact"`
	Help   string `json:"help"`
	Nodes  []struct {
		HTML string `json:"html"`
	} `json:"nodes"`
}

// Axe checks the page with axe-core and fails on each serious or critical
// finding. It waits for forms that are on their way, whose buttons fade.
// Without axe-core it checks nothing and says so.
func (b *Tab) Axe(state string) {
	b.t.Helper()
	if !b.Judged {
		b.t.Logf("%s: not checked with axe-core, %s is not set", state, AxePath)
		return
	}
	b.Until(`!document.querySelector("[aria-busy=true]")`)
	run(b, chromedp.Evaluate[chromedp.Void](b.axe))
	findings := Eval[[]finding](b, `axe.run({resultTypes: ["violations"]}).then((r) => r.violations.map(({id, impact, help, nodes}) =>
		({id, impact, help, nodes: nodes.map(({html}) => ({html}))})))`)
	for _, f := range findings {
		var at []string
		for _, n := range f.Nodes {
			at = append(at, n.HTML)
		}
		report := b.t.Logf
		if f.Impact == "serious" || f.Impact == "critical" {
			report = b.t.Errorf
		}
		report("%s: %s, %s: %s\n%s", state, f.Impact, f.ID, f.Help, strings.Join(at, "\n"))
	}
}

// Shot writes what the window shows as a PNG.
func (b *Tab) Shot(path string) {
	b.t.Helper()
	if err := os.WriteFile(path, run(b, chromedp.CaptureScreenshot()), 0o644); err != nil {
		b.t.Fatal(err)
	}
}
