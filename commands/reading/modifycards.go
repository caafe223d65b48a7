package reading

import (
	"strconv"
	"strings"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/content"
	"unpinch/figure"
)

// modifyCards are the cards of some lifts for one reader.
type modifyCards struct {
	liftText
	album    *figure.Album // nil for cards without pictures
	operator card.Operator
	state    button.ModifyState
	typed    workout // what was typed just now, beside the lifts that are certain
	shown    []*content.Exercise
	open     *content.Exercise // nil while several stand on one card
	public   bool              // posted for all: no buttons, no area, nothing that the reader keeps low
	until    time.Time         // when what the reader keeps low is over
}

// show makes the card of the state's view; false for a view that is none.
func (c modifyCards) show() (bot.Reply, bool) {
	switch {
	case len(c.shown) == 0:
	case c.state.View == button.LiftSources:
		return c.sources(), true
	case c.state.View == button.LiftMistake:
		return c.mistake(), true
	case c.open == nil || len(c.typed.missed) > 0 || c.typed.cut:
		return c.workout(), true
	case c.state.View == button.LiftAll:
		return c.all(), true
	case c.state.View == button.LiftCard:
		return c.lift(), true
	}
	return bot.Reply{}, false
}

// lift is the card of one lift: what it loads, when to leave it out, how to
// change it, what to swap in, and a cue.
func (c modifyCards) lift() bot.Reply {
	var swap *content.Exercise
	if swaps := c.lifts.Swaps(c.open, c.concern); len(swaps) > 0 {
		swap = swaps[0].Exercise
	}
	parts := append(c.signsFirst(), bot.Text("## "+c.open.Name))
	pictures, files := card.LoadMap(c.album, c.content, c.req, c.open, swap)
	reply := c.card(append(append(parts, pictures...), bot.Text(c.block(c.open))), bot.Row{
		{Label: c.say("modify.button.all"), ID: c.to(button.LiftAll, c.state.Lift, 0)},
	})
	reply.Files = files
	return reply
}

// all is what the first card has no room for.
func (c modifyCards) all() bot.Reply {
	return c.card([]bot.Part{bot.Text(c.rest(c.open)), bot.Text(c.say("modify.grades"))}, bot.Row{
		{Label: c.say("card.back"), ID: c.to(button.LiftCard, c.state.Lift, 0)},
	})
}

// workout scales several lifts, one line each, a page of them at a time. What was typed
// and is not certain stands below, with the lifts that it may be.
func (c modifyCards) workout() bot.Reply {
	c.open = nil
	var lines []string
	var entries []bot.Entry
	from := c.state.Page * button.LiftsAtOnce
	page := c.onPage()
	for i, e := range page {
		lines = append(lines, c.line(e, c.dose(from+i)))
		label := e.Name
		if c.repeated(e) {
			label = c.say("modify.numbered", bot.Args{"Lift": e.Name, "Number": from + i + 1})
		}
		entries = append(entries, bot.Entry{Label: label, Value: strconv.Itoa(from + i + 1)})
	}
	parts := append(c.signsFirst(), bot.Text(c.title()+"\n"+card.Bullets(lines)))
	if c.public {
		return c.card(parts, nil)
	}
	parts = append(parts, bot.Select{ID: c.to(button.LiftCard, 0, c.state.Page), Hint: c.say("modify.open"), Entries: entries})
	if c.typed.cut {
		parts = append(parts, bot.Text(c.say("modify.cut")))
	}
	if len(c.typed.missed) > 0 {
		pick := picker{c.content}
		parts = append(parts, bot.Text(pick.names(c.req, c.typed.missed)), pick.nearest(c.req, c.state, c.typed.missed))
	}
	return c.card(parts, c.pages())
}

// onPage returns the lifts of the page that is shown.
func (c modifyCards) onPage() []*content.Exercise {
	from := min(c.state.Page*button.LiftsAtOnce, len(c.shown))
	return c.shown[from:min(len(c.shown), from+button.LiftsAtOnce)]
}

// repeated reports whether a lift stands more than once in the workout.
func (c modifyCards) repeated(e *content.Exercise) bool {
	n := 0
	for _, o := range c.shown {
		if o == e {
			n++
		}
	}
	return n > 1
}

// dose is how much of a lift was written.
func (c modifyCards) dose(i int) string {
	if i < len(c.state.Doses) {
		return c.state.Doses[i]
	}
	return ""
}

// title names the workout, and says which page of it this is.
func (c modifyCards) title() string {
	text := c.say("modify.workout")
	if c.typed.name != "" {
		text = c.say("modify.workout.named", bot.Args{"Name": c.typed.name})
		if c.typed.how != "" {
			text += "\n" + c.typed.how
		}
	}
	if pages := c.last() + 1; pages > 1 {
		text += "\n" + c.say("modify.workout.page", bot.Args{"Page": c.state.Page + 1, "Pages": pages})
	}
	return text
}

// last is the last page, from 0.
func (c modifyCards) last() int { return max(0, len(c.shown)-1) / button.LiftsAtOnce }

// pages are the buttons to the pages beside this one.
func (c modifyCards) pages() bot.Row {
	var row bot.Row
	if c.state.Page > 0 {
		row = append(row, bot.Button{Label: c.say("card.page_before"), ID: c.to(button.LiftCard, 0, c.state.Page-1)})
	}
	if c.state.Page < c.last() {
		row = append(row, bot.Button{Label: c.say("card.page_after"), ID: c.to(button.LiftCard, 0, c.state.Page+1)})
	}
	return row
}

// card adds how sure it is and the buttons that all cards of lifts end with.
func (c modifyCards) card(parts []bot.Part, row bot.Row) bot.Reply {
	if c.concern.Easy != 0 {
		parts = append(parts, bot.Text(c.say("modify.easy", bot.Args{"Date": card.DayStamp(c.until)})))
	}
	if c.open != nil {
		if what := c.unloaded(c.open); what != "" {
			parts = append(parts, bot.Text(c.say("modify.nothing_of", bot.Args{"What": what})))
		}
	}
	parts = append(parts, bot.Text(c.foot(c.about())))
	if c.public {
		return card.Calm(parts...)
	}
	if len(c.about()) > 0 {
		row = append(row, bot.Button{Label: c.say("modify.button.share"), ID: button.ShareID.For(c.ids())})
	}
	if c.open != nil && len(c.shown) > 1 {
		row = append(row, bot.Button{Label: c.say("modify.button.workout"), ID: c.to(button.LiftCard, 0, (c.state.Lift-1)/button.LiftsAtOnce)})
	}
	pick := button.ModifyState{View: button.LiftPick, Area: c.state.Area, Less: c.state.Less}
	return card.Calm(append(parts, row, bot.Row{
		{Label: c.say("modify.button.pick"), ID: button.ModifyID.For(pick)},
		{Label: c.say("card.sources"), ID: c.to(button.LiftSources, c.state.Lift, 0)},
		{Label: c.say("card.mistake"), ID: c.to(button.LiftMistake, c.state.Lift, 0)},
	})...)
}

// about returns the lifts that the card is about: the open one, or those of its
// page.
func (c modifyCards) about() []*content.Exercise {
	if c.open != nil {
		return []*content.Exercise{c.open}
	}
	return c.onPage()
}

// ids returns the ids of the lifts that the card is about.
func (c modifyCards) ids() button.ShareState {
	var out button.ShareState
	for _, e := range c.about() {
		out = append(out, e.ID)
	}
	return out
}

// signsFirst is the first line of a card that is about an area.
func (c modifyCards) signsFirst() []bot.Part {
	if c.public {
		return nil
	}
	return signsFirst(c.content, c.req, c.state.Area)
}

// sources lists what the open lift, or all of them, rest on, a page at a time.
func (c modifyCards) sources() bot.Reply {
	lines := card.Sources(c.content, c.req.Locale, liftSourceIDs(c.about()))
	return sourcePage(c.req, lines, c.state.Page+1, c.to(button.LiftCard, c.state.Lift, 0), func(n int) string {
		return c.to(button.LiftSources, c.state.Lift, n-1)
	})
}

// mistake says where a mistake can be told: the lift and its version, no more.
func (c modifyCards) mistake() bot.Reply {
	return card.Mistake(c.operator, c.content.Version, c.req, "modify/"+strings.Join(c.ids(), "+"), c.to(button.LiftCard, c.state.Lift, 0))
}

// to is the custom ID of a button that leads to another card of the lifts.
func (c modifyCards) to(v button.LiftView, lift, page int) string {
	s := c.state
	s.View, s.Lift, s.Page, s.Of = v, lift, page, ""
	return button.ModifyID.For(s)
}

// signsFirst leads to the signs of an area, or to the menu while the area has none.
// Without an area there is no such line.
func signsFirst(lib *content.Library, req *bot.Request, area string) []bot.Part {
	if area == "" {
		return nil
	}
	if _, ok := lib.Area(req.Locale, area); ok {
		return []bot.Part{checkSigns(req, button.PinchedState{Area: area, View: button.PinchedSigns})}
	}
	return []bot.Part{checkFirst(req)}
}

// checkFirst leads to the menu of areas, whose signs come first.
func checkFirst(req *bot.Request) bot.Part {
	return checkSigns(req, button.PinchedState{View: button.PinchedMenu})
}

func checkSigns(req *bot.Request, to button.PinchedState) bot.Part {
	return bot.Section{
		Texts:  []bot.Text{bot.Text(req.Say("card.signs"))},
		Beside: bot.Button{Label: req.Say("card.signs_button"), ID: button.PinchedID.For(to), Style: bot.Primary},
	}
}
