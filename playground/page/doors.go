package page

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"unpinch/playground/wire"
)

// allDoors is the door of an address that shows every door.
const allDoors = "doors"

// A door leads a stranger through one of the things that the bot is for, in steps
// that do it and say what happened and why.
type door struct {
	key, name, about string
	as               string // who goes through it
	home             bool   // in the page's home; else where classes are posted
	steps            []doorStep
}

// A doorStep says what has happened, and does the next thing when asked.
type doorStep struct {
	title, text string
	next        string // the button that leads on, "" of the last step
	do          func(*doorWalk) error
	shows       string // what it shows beside its words: the bot's permissions or rows
}

// What a step shows beside its words.
const (
	showsPermissions = "permissions"
	showsRows        = "rows"
)

func doors() []door {
	return []door{
		{"tingle", "My fingers tingle", "Be Mia, a member. What must not wait, and what to do tonight.", "mia", true, []doorStep{
			{title: "Mia's fingers tingle since Monday's presses", next: "Ask /pinched", do: run("pinched"),
				text: "She asks the bot, in any channel. Nobody else sees what it answers."},
			{title: "She picks what to read about", next: "Pick Hand or fingers", do: choose("wrist_hand"),
				text: "A topic, not a symptom: the bot takes no words about her body. The numbers on the picture can be pressed."},
			{title: "What must not wait comes first", next: "Press None of these, on both lists", do: inTurn(press("None of these"), press("None of these")),
				text: "Two lists, one answer each. Anyone who presses One of these reads whom to call; the bot can't know which sign it was."},
			{title: "How soon, what to leave out, what to do instead",
				text: "Three presses, and all the buttons of the card go on from here. Noah sees none of it: be Noah, and look. The third door shows that nothing was written down."},
		}},
		{"class", "I run a class", "Be Carl, a coach. Posts before and after each class, by themselves.", "carl", false, []doorStep{
			{title: "Carl's week stands on the timetable", next: "Ask /class list", do: run("class list"),
				text: "He pasted it once, as it stood on the gym's website. Above are two weeks of its posts."},
			{title: "The next start comes first", next: "Go to the next post", do: nextPost,
				text: "A warm-up goes out ten minutes before each class, a cool-down at its end. The clock here can go there now."},
			{title: "The post is out", next: "Press Done as Mia, then ask /class history", do: inTurn(doneAs("mia"), run("class history")),
				text: "It stands alone: steps, doses, a picture, and a gentle version for anyone who tingles. Carl did nothing for it."},
			{title: "The history has every post that was due",
				text: "Sent, late or left out, and why; open leads to the post. Mia alone read that she is the first who is done. On Sunday, 25 October the clocks change: 18:00 stays 18:00."},
		}},
		{"owner", "I own this server: what can it read?", "Be Olga, who invited it. Its permissions, and its database before and after.", "olga", true, []doorStep{
			{title: "Olga asks the bot itself", next: "Ask /about", do: run("about"),
				text: "Anyone may. It says who runs it, what each permission is for, and what it cannot read."},
			{title: "What Discord lets it do here", next: "Count what it has written down", do: countRows, shows: showsPermissions,
				text: "It lacks the right to read what people write: the lines above came to it without their words."},
			{title: "All that it has written down", next: "Be Mia, go through /pinched, count again", do: inTurn(countAnew, pinchedAs("mia"), countRows), shows: showsRows,
				text: "The rows of every table, and a fingerprint of all that is in them."},
			{title: "Before, and after Mia's /pinched", shows: showsRows,
				text: "Counted right before and right after: Mia asked, picked Hand or fingers and answered both lists. You don't see her card: it is hers alone."},
		}},
	}
}

// doorAt finds the step of an address, such as class.2.
func doorAt(where string) (door, int, bool) {
	key, number, _ := strings.Cut(where, ".")
	n, err := strconv.Atoi(number)
	for _, d := range doors() {
		if d.key == key && err == nil && n >= 1 && n <= len(d.steps) {
			return d, n, true
		}
	}
	return door{}, 0, false
}

// at returns the address part of a step.
func (d door) at(step int) string { return d.key + "." + strconv.Itoa(step) }

// A doorWalk is one press of the button of a step.
type doorWalk struct {
	client
	ctx context.Context
	res *result
}

// door does what the button of a step says, and shows the next one.
func (p *Page) door(c client, r *http.Request, res *result) error {
	d, step, ok := doorAt(res.door)
	if !ok || d.steps[step-1].do == nil {
		return &failure{"There is no such step. Open the page anew to see its doors."}
	}
	res.counted = p.results.counted(res.count)
	res.as, res.channel, res.focus = d.as, p.channelOf(d), focusDoor
	if err := d.steps[step-1].do(&doorWalk{c, r.Context(), res}); err != nil {
		return err
	}
	res.door = d.at(step + 1)
	return nil
}

// channelOf returns where a door leads.
func (p *Page) channelOf(d door) string {
	if d.home {
		return p.o.Home
	}
	return p.o.Classes
}

// inTurn does one thing after the other.
func inTurn(all ...func(*doorWalk) error) func(*doorWalk) error {
	return func(w *doorWalk) error {
		for _, do := range all {
			if err := do(w); err != nil {
				return err
			}
		}
		return nil
	}
}

// run runs a command as the one who goes through the door.
func run(name string) func(*doorWalk) error {
	return func(w *doorWalk) error {
		return w.play("command", commandCall{As: w.res.as, Channel: w.res.channel, Name: name})
	}
}

// play plays an interaction of the one who goes through the door.
func (w *doorWalk) play(path string, body any) error {
	var a answer
	if err := w.post(w.ctx, path, body, &a); err != nil {
		return err
	}
	w.res.take(a)
	return nil
}

// press presses a button of the newest card that its reader alone sees.
func press(label string) func(*doorWalk) error {
	return func(w *doorWalk) error {
		m, err := w.newest(w.res.as, func(m message) bool { return m.Flags&wire.FlagEphemeral != 0 && has(m.Components, label) })
		if err != nil {
			return err
		}
		w.res.message = m.ID
		return w.play("click", wire.Object{"as": w.res.as, "message": m.ID, "label": label})
	}
}

// choose chooses an option of the newest card's select.
func choose(value string) func(*doorWalk) error {
	return func(w *doorWalk) error {
		var menu *component
		m, err := w.newest(w.res.as, func(m message) bool {
			menu = offering(m.Components, value)
			return m.Flags&wire.FlagEphemeral != 0 && menu != nil
		})
		if err != nil {
			return err
		}
		w.res.message = m.ID
		return w.play("click", wire.Object{"as": w.res.as, "message": m.ID, "custom_id": menu.CustomID, "values": []string{value}})
	}
}

// doneAs presses Done on the newest post as somebody, who reads the answer alone.
func doneAs(name string) func(*doorWalk) error {
	return func(w *doorWalk) error {
		m, err := w.newest(name, func(m message) bool { return m.Flags&wire.FlagEphemeral == 0 && has(m.Components, "Done") })
		if err != nil {
			return err
		}
		return w.post(w.ctx, "click", wire.Object{"as": name, "message": m.ID, "label": "Done"}, &answer{})
	}
}

// pinchedAs goes through the whole check as somebody, who reads the answers alone.
func pinchedAs(name string) func(*doorWalk) error {
	return func(w *doorWalk) error {
		them := &doorWalk{w.client, w.ctx, &result{as: name, channel: w.res.channel}}
		return inTurn(run("pinched"), choose("wrist_hand"), press("None of these"), press("None of these"))(them)
	}
}

// nextPost lets time pass up to the next post.
func nextPost(w *doorWalk) error {
	var moved struct {
		Posts []string `json:"posts"`
	}
	if err := w.post(w.ctx, "clock", wire.Object{"to": "next"}, &moved); err != nil {
		return err
	}
	if m, err := w.newest(w.res.as, func(m message) bool { return slices.Contains(moved.Posts, m.ID) }); err == nil {
		w.res.focus = "m-" + m.ID
	}
	return nil
}

// newest returns the newest message of the door's channel that a test takes, as
// somebody sees it.
func (w *doorWalk) newest(as string, is func(message) bool) (message, error) {
	var all []message
	if err := w.get(w.ctx, "messages", url.Values{"as": {as}, "channel": {w.res.channel}}, &all); err != nil {
		return message{}, err
	}
	for _, m := range slices.Backward(all) {
		if is(m) {
			return m, nil
		}
	}
	return message{}, &failure{"The card that this step needs has gone on. Close the door and open it again."}
}

// has reports whether some button goes by a label.
func has(list []component, label string) bool {
	return slices.ContainsFunc(list, func(c component) bool {
		return c.Type == wire.Button && c.Label == label || has(c.Components, label)
	})
}

// offering returns the select that offers a value, or nil.
func offering(list []component, value string) *component {
	for i, c := range list {
		if slices.ContainsFunc(c.Options, func(o selectOption) bool { return o.Value == value }) {
			return &list[i]
		}
		if found := offering(c.Components, value); found != nil {
			return found
		}
	}
	return nil
}
