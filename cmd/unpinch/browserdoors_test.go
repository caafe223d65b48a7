package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"unpinch/playground/browser"
)

// A doorway is a door of the demo: the buttons of its steps, and what each leads to.
type doorway struct {
	name, as    string
	press, sees []string
}

// TestDoorsInBrowser goes as a stranger through each door of a demo, in a wide
// window, and looks at each step there and on a phone. Nothing moves but for a
// press.
func TestDoorsInBrowser(t *testing.T) {
	browser.Ask(t)
	g, stop := demo(t)
	t.Cleanup(stop)
	w := walk{browser.Open(t, g.base, 1280, 800), g}
	w.Go("/")
	w.See("#door", "Unpinch is a Discord bot for gyms")
	w.step("doors")
	w.pictures()
	steps := []string{"doors"}
	for _, d := range []doorway{
		{"My fingers tingle", "mia", []string{"Ask /pinched", "Pick Hand or fingers", "Press None of these, on both lists"},
			[]string{"Where is it felt?", "Call now if you have one of these", "That rules nothing out"}},
		{"I run a class", "carl", []string{"Ask /class list", "Go to the next post", "Press Done as Mia, then ask /class history"},
			[]string{"3 classes at Harbour Strength", "Overhead press 4x6", "What became of the posts"}},
		{"I own this server", "olga", []string{"Ask /about", "Count what it has written down", "Be Mia, go through /pinched, count again"},
			[]string{"What I may do here", "rows in", "Not one byte differs"}},
	} {
		steps = append(steps, w.through(d)...)
	}
	if *screenshots != "" {
		movingPicture(t, *screenshots, steps)
	}
	w.Tap("Close the doors")
	w.Until(`!document.querySelector("#door section")`)
	w.spots()
}

// through goes through a door and returns the names of its steps.
func (w walk) through(d doorway) (steps []string) {
	w.t.Helper()
	w.Go("/")
	w.Tap(w.door(d.name))
	w.See("#door", "step 1 of 4")
	for i, label := range d.press {
		if strings.HasPrefix(label, "Be Mia") { // a press of something else keeps the count
			w.Tap("10 min")
			w.Until(`!document.querySelector("[aria-busy=true]")`)
			w.See("#door", "rows in")
		}
		w.Tap(label)
		w.See("#door", fmt.Sprintf("step %d of 4", i+2))
		w.See("main", d.sees[i])
		steps = append(steps, fmt.Sprintf("door-%s-%d", d.as, i+2))
		w.step(steps[i])
	}
	if d.as == "carl" {
		w.Tap("open") // of the history, a post
		w.Until(`location.hash.startsWith("#m-") && (({top, bottom}) => bottom > 0 && top < innerHeight)(document.querySelector(location.hash).getBoundingClientRect())`)
	}
	return steps
}

// door is the whole name of the door that begins so.
func (w walk) door(begins string) string {
	w.t.Helper()
	return browser.Eval[string](w.Tab, fmt.Sprintf(`[...document.querySelectorAll(".doors a")].map((a) => [...a.childNodes].map((n) => n.textContent).join("").replace(/\s+/g, " ").trim()).find((n) => n.startsWith(%q))`, begins))
}

// step checks how a step looks, wide and on a phone, and that nothing moved there
// without a press.
func (w walk) step(name string) {
	w.t.Helper()
	w.Until(drawn)
	w.Axe(name)
	for _, look := range []struct {
		name          string
		width, height int
		dark          bool
	}{{"wide-dark", 1280, 800, true}, {"phone-dark", 360, 640, true}, {"phone", 360, 640, false}, {"wide", 1280, 800, false}} {
		if *screenshots == "" && look.dark {
			continue
		}
		w.Size(look.width, look.height)
		w.Dark(look.dark)
		w.Fits(name + ", " + look.name)
		for _, kept := range []string{"#place", ".people a", "#say"} {
			if !browser.Eval[bool](w.Tab, fmt.Sprintf(`(({top, bottom}) => top >= 0 && bottom > top && bottom <= innerHeight)(document.querySelector(%q).getBoundingClientRect())`, kept)) {
				w.t.Errorf("%s, %s: %s is out of view", name, look.name, kept)
			}
		}
		if *screenshots != "" {
			w.Shot(filepath.Join(*screenshots, name+"-"+look.name+".png"))
		}
	}
	moved := browser.Eval[float64](w.Tab, `new Promise((done) => {
		new PerformanceObserver((list) => done(list.getEntries().filter((e) => !e.hadRecentInput).reduce((sum, e) => sum + e.value, 0))).observe({type: "layout-shift", buffered: true});
		setTimeout(() => done(0), 50);
	})`)
	if moved > 0.1 {
		w.t.Errorf("%s: the page moved by %.2f", name, moved)
	}
}

// pictures writes what the README shows of the page when that is wanted.
func (w walk) pictures() {
	w.t.Helper()
	if *screenshots == "" {
		return
	}
	w.Shot(filepath.Join(*screenshots, "playground.png"))
	w.Dark(true)
	w.Shot(filepath.Join(*screenshots, "playground-dark.png"))
	w.Dark(false)
	w.Size(360, 640)
	w.Shot(filepath.Join(*screenshots, "playground-phone.png"))
	w.Size(1280, 800)
}

// drawn says that no form is on its way and the newest message's pictures are there. A
// press takes them away, and the browser logs one that it still waits for.
const drawn = `!document.querySelector("[aria-busy=true]") && [...` + last + `.querySelectorAll("img")].every((i) => (i.loading = "eager") && i.complete && i.naturalWidth)`

// spots presses a number on the body map, and chooses from a menu with a finger.
func (w walk) spots() {
	w.t.Helper()
	w.opens("mia", "training", "/pinched")
	w.See("#log", "Where is it felt?")
	seen := `(({top, bottom}) => top > 0 && bottom <= document.querySelector(".foot").getBoundingClientRect().top)(` + last + `.querySelector("select").getBoundingClientRect())`
	w.Until(seen)
	w.Size(360, 640)
	w.opens("mia", "training", "/pinched")
	w.Until(seen)
	w.Size(1280, 800)
	w.Until(drawn)
	w.Until(`(() => {
		const spot = ` + last + `.querySelector('.spots circle[data-value="low_back"]'), box = spot.getBoundingClientRect();
		const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2) === spot;
		if (hit) spot.dispatchEvent(new MouseEvent("click", {bubbles: true}));
		return hit;
	})()`)
	w.See("#log", "Lower back into the leg, list 1 of 2")
	w.runs("/pinched")
	w.Until(last + `.innerText.includes("Where is it felt?") && ` + drawn)
	browser.Eval[any](w.Tab, `void (() => {
		const select = `+last+`.querySelector("select");
		select.dispatchEvent(new PointerEvent("pointerdown", {bubbles: true}));
		select.value = "elbow";
		select.dispatchEvent(new Event("change", {bubbles: true}));
	})()`)
	w.See("#log", "Elbow or inner forearm, list 1 of 2")
}
