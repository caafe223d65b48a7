package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"unpinch/playground/browser"
)

// A walk is a garden's people on its page.
type walk struct {
	*browser.Tab
	garden
}

// opens shows a channel as someone sees it, and runs a command there.
func (w walk) opens(as, channel, command string) {
	w.t.Helper()
	w.Go("/?as=" + as + "&channel=" + channel)
	w.runs(command)
}

// runs runs a command where the page is.
func (w walk) runs(command string) {
	w.t.Helper()
	browser.Eval[any](w.Tab, `void document.getElementById("say").focus()`)
	w.Type(command + "\r")
}

// looks checks the newest message in a phone's window and a wide one, and
// writes the phone's picture when that is wanted.
func (w walk) looks(name string) {
	w.t.Helper()
	w.Until(`!document.querySelector("[aria-busy=true]") && ` + last + `.querySelectorAll("img").length === [...` + last + `.querySelectorAll("img")].filter((i) => (i.loading = "eager") && i.complete && i.naturalWidth).length`)
	for _, look := range []struct {
		name          string
		width, height int
	}{{"phone", 360, 640}, {"wide", 1280, 800}} {
		w.Size(look.width, look.height)
		w.Fits(name + ", " + look.name)
		if *screenshots != "" {
			w.Size(look.width, look.height+browser.Eval[int](w.Tab, last+`.offsetHeight`)) // all of a long card
			browser.Eval[any](w.Tab, `void `+last+`.scrollIntoView()`)
			w.Shot(filepath.Join(*screenshots, name+"-"+look.name+".png"))
		}
	}
	w.Axe(name)
}

// buttons are the labels of the newest message's buttons, without those that
// send off a menu.
func (w walk) buttons() []string {
	w.t.Helper()
	return browser.Eval[[]string](w.Tab, `[...`+last+`.querySelectorAll("form:not(.select) button")].map((b) => b.innerText.trim())`)
}

// paste pastes a timetable as carl does, and saves the classes of it.
func (w walk) paste(channel string, lines []string) {
	w.t.Helper()
	w.opens("carl", channel, "/class add")
	w.See("dialog:modal", "Your timetable")
	w.Fill("Paste your timetable", strings.Join(lines, "\n"))
	w.Tap("Submit")
	w.Tap(fmt.Sprintf("Save these %d", len(lines)))
	w.See("#log", fmt.Sprintf("%d classes are saved", len(lines)))
}

// later returns classes of the days from the third on, so that the first posts
// are another's.
func (w walk) later() []string {
	w.t.Helper()
	now := w.time().Now
	var lines []string
	for i, title := range []string{"Open gym", "Strength", "Mobility and easy breathing", "Barbell basics"} {
		lines = append(lines, fmt.Sprintf("%s 0%d:30 60min %s", now.AddDate(0, 0, 3+i).Format("Mon"), 6+i, title))
	}
	return lines
}

// many returns classes enough for a week that is full.
func many() []string {
	var lines []string
	for i, day := range []string{"mon", "tue", "wed", "thu", "fri"} {
		for j, title := range []string{"Sunrise flow", "Strength", "Open gym", "Weightlifting for beginners", "Metcon", "Kids", "Mobility"} {
			lines = append(lines, fmt.Sprintf("%s %02d:%02d 45min %s", day, 6+2*j, 15*(i%2), title))
		}
	}
	return lines
}

// class walks as carl from the week to a class's card, skips a start and pastes
// a workout for the next.
func (w walk) class() {
	w.t.Helper()
	w.paste("classes", w.later())
	w.runs("/class list")
	w.See("#log", "5 classes at Iron Garden")
	alt := browser.Eval[string](w.Tab, last+`.querySelector("img").alt`)
	if !strings.HasPrefix(alt, "A timetable with ") || !strings.Contains(alt, "18:00") {
		w.t.Errorf("the week's picture says %q", alt)
	}
	w.looks("week-5")
	w.Pick("Pick a class", "Every day at 18:00")
	w.Until(last + `.innerText.includes("Next start")`)
	if got := w.buttons(); len(got) != 4 {
		w.t.Errorf("the class's card has the buttons %q, want four", got)
	}
	w.looks("class")
	w.Tap(w.named("Skip "))
	w.See("#log", "Left out.")
	w.Pick("More", "Today's workout")
	w.See("#log", "Nothing is pasted yet")
	w.Tap("Paste a workout")
	w.See("dialog:modal", "Paste a workout")
	w.looks("workout-form")
	w.Fill("The workout", pasted)
	w.Tap("Submit")
	w.See("#log", "I read 4 lifts")
	w.looks("workout-read")
	w.Tap("Save")
	w.See("#log", "Its warm-up post shows it")
}

// event walks as olga from a class to its event in Discord's calendar, which the
// bot may not make at first.
func (w walk) event() {
	w.t.Helper()
	w.opens("olga", "classes", "/class list")
	w.See("#log", "5 classes at Iron Garden")
	w.Pick("Pick a class", "Every day at 18:00")
	w.Pick("More", "Show it in the server's events")
	w.See("#log", "I lack the permission Create Events")
	w.looks("event-refused")
	w.world(asks{"permission": asks{"role": "unpinch", "allow": "CREATE_EVENTS"}})
	w.Pick("More", "Show it in the server's events")
	w.See("#log", "Its next start goes to the server's events.")
	w.looks("event")
}

// pasted is a day's workout as a coach writes it.
const pasted = "Strength\nBack squat 5x5 @ 80%\n\n3 rounds for time\n15 thrusters 42.5/30 kg\n10 pull-ups\n400 m run"

// member walks as mia from a post to the easier workout, the DMs before the
// class and what she is told of the bot.
func (w walk) member() {
	w.t.Helper()
	w.Tap("Make it easier")
	w.See("#log", "Pick what to go easy on")
	w.Pick("What you want less of", "Less overhead")
	w.See("#log", "The workout with less overhead")
	w.looks("workout-easier")
	w.Tap("Notify me")
	w.See("#log", "A DM before class?")
	w.looks("notify")
	w.Tap("This class")
	w.Tap("I agree, and I am 16 or older, or my parent agrees")
	w.See("#log", "You get a DM before")
	w.opens("mia", "general", "/about")
	w.See("#log", "1 was due, 1 went out.") // and the start that carl skipped was not due
	w.looks("about")
	w.runs("/me notify")
	w.See("#log", "What I DM you about")
	w.Until(last + `.innerText.includes("Every day at 18:00")`)
	w.looks("me-notify")
}

// owner walks as olga from a channel that somebody deleted to another, where
// carl fills the week.
func (w walk) owner() {
	w.t.Helper()
	w.Go("/?as=olga&channel=general")
	w.world(asks{"delete_channel": "classes"})
	w.runs("/setup")
	w.See("#log", "isn't there any more")
	w.looks("setup-broken")
	w.Pick("Where posts go", "#general")
	w.See("#log", "and post there.")
	w.looks("setup-mended")
	w.paste("general", many())
	w.runs("/class list")
	w.See("#log", "40 classes at Iron Garden")
	w.looks("week-40")
}

// named is the label of the newest message's button that begins so.
func (w walk) named(begins string) string {
	w.t.Helper()
	for _, label := range w.buttons() {
		if strings.HasPrefix(label, begins) {
			return label
		}
	}
	w.t.Fatalf("no button begins with %q among %q", begins, w.buttons())
	return ""
}
