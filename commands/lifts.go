package commands

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/content"
)

// A liftMaker makes the cards of lifts for one reader.
type liftMaker struct {
	Deps
	req     *bot.Request
	state   button.ModifyState
	library *content.Lifts
	lifts   []*content.Exercise
	open    *content.Exercise // nil while several stand on one card
	public  bool              // posted for all: no buttons, no area, nothing that the reader keeps low
	easy    content.LessSet   // what the reader keeps low
	until   time.Time         // and until when
}

func (c liftMaker) say(key string, a ...bot.Args) string { return c.req.Say(key, a...) }

func (c liftMaker) concern() content.Concern {
	return content.Concern{Area: c.state.Area, Less: c.state.Less, Easy: c.easy}
}

// to is the custom ID of a button that leads to another card of the lifts.
func (c liftMaker) to(v button.LiftView, lift, page int) string {
	s := c.state
	s.View, s.Lift, s.Page, s.Of = v, lift, page, ""
	return button.ModifyID.For(s)
}

// lift is the card of one lift: what it loads, when to pause it, how to change
// it, what to swap in, and a cue.
func (c liftMaker) lift() bot.Reply {
	e := c.open
	parts := append(c.signsFirst(), bot.Text("## "+e.Name))
	parts = append(parts, bot.Text(c.block(e)))
	return c.card(parts, bot.Row{
		{Label: c.say("modify.button.all"), ID: c.to(button.LiftAll, c.state.Lift, 0)},
	})
}

// block is a lift's text, without its name.
func (c liftMaker) block(e *content.Exercise) string {
	lines := []string{
		c.say("modify.loads", bot.Args{"Loads": c.loads(e, cardLoads)}),
		c.say("modify.pause", bot.Args{"When": e.Pause}),
		c.say("modify.change"),
	}
	for _, step := range e.Modify {
		lines = append(lines, "- "+c.say("step."+step.Step, bot.Args{"How": step.Text}))
	}
	lines = append(lines, c.swaps(e)...)
	return strings.Join(append(lines, c.say("modify.cue", bot.Args{"Cue": e.Cue})), "\n")
}

// cardLoads is how many stresses the first card names.
const cardLoads = 3

// loads says the worst stresses with the areas that they reach, those first
// that the reader asked about.
func (c liftMaker) loads(e *content.Exercise, most int) string {
	concerned := c.concern().Of(e)
	all := slices.Clone(e.Loads)
	slices.SortStableFunc(all, func(a, b content.Graded) int {
		return rank(slices.Contains(concerned, a.Stress)) - rank(slices.Contains(concerned, b.Stress))
	})
	var out []string
	for _, l := range all[:min(most, len(all))] {
		var areas []string
		for _, a := range l.Areas {
			areas = append(areas, c.say("part."+a))
		}
		out = append(out, c.Content.StressWord(c.req.Locale, l.Stress)+" "+strconv.Itoa(l.Grade)+" ("+strings.Join(areas, ", ")+")")
	}
	return strings.Join(out, " · ")
}

// rank orders what concerns the reader before the rest.
func rank(concerned bool) int {
	if concerned {
		return 0
	}
	return 1
}

// swaps is the lifts to swap in, each with its reason; or why there are none.
func (c liftMaker) swaps(e *content.Exercise) []string {
	concern := c.concern()
	swaps := c.library.Swaps(e, concern)
	if len(swaps) > 0 {
		lines := []string{c.say("modify.swap")}
		for _, w := range swaps {
			lines = append(lines, "- **"+w.Name+"**: "+c.Content.Reason(c.req.Locale, w))
		}
		return lines
	}
	if len(concern.Of(e)) == 0 {
		return []string{c.say("modify.nothing")}
	}
	if p, ok := c.library.Gentler(e, concern); ok {
		return []string{c.say("modify.no_swap", bot.Args{"Pattern": p.Name})}
	}
	return []string{c.say("modify.no_swap_at_all")}
}

// signsFirst is the first line of a card that is about an area.
func (c liftMaker) signsFirst() []bot.Part {
	if c.state.Area == "" || c.public {
		return nil
	}
	to := button.PinchedState{View: button.PinchedMenu}
	if _, ok := c.Content.Area(c.req.Locale, c.state.Area); ok {
		to = button.PinchedState{Area: c.state.Area, View: button.PinchedSigns}
	}
	return []bot.Part{bot.Section{
		Texts:  []bot.Text{bot.Text(c.say("modify.signs"))},
		Beside: bot.Button{Label: c.say("modify.button.signs"), ID: button.PinchedID.For(to), Style: bot.Primary},
	}}
}

// workout scales several lifts, one line each.
func (c liftMaker) workout() bot.Reply {
	var lines []string
	var entries []bot.Entry
	for i, e := range c.lifts {
		line := bot.Args{"Lift": e.Name, "How": lowerFirst(e.Modify[0].Text)}
		key := "modify.line"
		if swaps := c.library.Swaps(e, c.concern()); len(swaps) > 0 {
			key, line["Swap"] = "modify.line_swap", swaps[0].Name
		} else if len(c.concern().Of(e)) == 0 {
			key = "modify.line_nothing"
		}
		lines = append(lines, c.say(key, line))
		entries = append(entries, bot.Entry{Label: e.Name, Value: strconv.Itoa(i + 1)})
	}
	parts := append(c.signsFirst(), bot.Text(c.say("modify.workout")+"\n"+card.Bullets(lines)))
	if !c.public {
		parts = append(parts, bot.Select{ID: c.to(button.LiftCard, 0, 0), Hint: c.say("modify.open"), Entries: entries})
	}
	return c.card(parts, nil)
}

// all is what the first card has no room for.
func (c liftMaker) all() bot.Reply {
	e := c.open
	text := "## " + e.Name + "\n" + c.say("modify.loads", bot.Args{"Loads": c.loads(e, len(e.Loads))})
	if len(e.Setup) > 0 {
		text += "\n" + c.say("modify.setup") + "\n" + card.Bullets(e.Setup) + "\n" + c.say("modify.faults")
		for _, f := range e.Faults {
			var words []string
			for _, s := range f.Loads {
				words = append(words, c.Content.StressWord(c.req.Locale, s))
			}
			text += "\n- " + c.say("modify.fault", bot.Args{"Fault": f.Text, "Loads": strings.Join(words, ", ")})
		}
		text += "\n" + c.say("modify.lighter", bot.Args{"When": e.Lighter})
	}
	return c.card([]bot.Part{bot.Text(text), bot.Text(c.say("modify.grades"))}, bot.Row{
		{Label: c.say("pinched.button.back"), ID: c.to(button.LiftCard, c.state.Lift, 0)},
	})
}

// card adds how sure it is and the buttons that all cards of lifts end with.
func (c liftMaker) card(parts []bot.Part, row bot.Row) bot.Reply {
	shown := c.lifts
	if c.open != nil {
		shown = []*content.Exercise{c.open}
	}
	if c.easy != 0 {
		parts = append(parts, bot.Text(c.say("modify.easy", bot.Args{"Date": card.DayStamp(c.until)})))
	}
	parts = append(parts, bot.Text(c.liftsFoot(c.req, shown)))
	if c.public {
		return bot.Reply{Parts: []bot.Part{bot.Container{Accent: card.AccentCalm, Parts: parts}}}
	}
	var share button.ShareState
	for _, e := range shown {
		share = append(share, e.ID)
	}
	row = append(row, bot.Button{Label: c.say("modify.button.share"), ID: button.ShareID.For(share)})
	if c.open != nil && len(c.lifts) > 1 {
		row = append(row, bot.Button{Label: c.say("modify.button.workout"), ID: c.to(button.LiftCard, 0, 0)})
	}
	pick := button.ModifyState{View: button.LiftPick, Area: c.state.Area, Less: c.state.Less}
	parts = append(parts, row, bot.Row{
		{Label: c.say("modify.button.pick"), ID: button.ModifyID.For(pick)},
		{Label: c.say("pinched.button.sources"), ID: c.to(button.LiftSources, c.state.Lift, 0)},
		{Label: c.say("pinched.button.mistake"), ID: c.to(button.LiftMistake, c.state.Lift, 0)},
	})
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: card.AccentCalm, Parts: parts}}}
}

// liftsFoot says how sure a card of lifts is, its version, and that nobody has
// reviewed it.
func (d Deps) liftsFoot(req *bot.Request, lifts []*content.Exercise) string {
	return "-# " + req.Say("pinched.foot.sure", bot.Args{"Grades": d.Content.GradeWords(req.Locale, liftGrades(lifts))}) + " " +
		req.Say("modify.foot.grading") + " " +
		req.Say("pinched.foot.version", bot.Args{"Version": d.Content.Version}) + " " + req.Say("pinched.foot.unreviewed")
}

// liftGrades joins the grades of lifts, the surest first, and with them the
// grading of the stresses, which is our own.
func liftGrades(lifts []*content.Exercise) []content.Grade {
	var out []content.Grade
	for _, g := range []content.Grade{content.Guideline, content.HealthService, content.Coaching, content.Cautious} {
		if g == content.Cautious || slices.ContainsFunc(lifts, func(e *content.Exercise) bool { return slices.Contains(e.Grades, g) }) {
			out = append(out, g)
		}
	}
	return out
}

// liftSourceIDs returns the sources of lifts, each once.
func liftSourceIDs(lifts []*content.Exercise) []string {
	var out []string
	for _, e := range lifts {
		for _, id := range e.Sources {
			if !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out
}

// sources lists what the open lift, or all of them, rest on, a page at a time.
func (c liftMaker) sources() bot.Reply {
	lifts := c.lifts
	if c.open != nil {
		lifts = []*content.Exercise{c.open}
	}
	var lines []string
	for _, id := range liftSourceIDs(lifts) {
		s, _ := c.Content.Source(id) // Load has checked that it exists
		lines = append(lines, card.Link(s.Title, s.URL)+" – "+c.Content.GradeWords(c.req.Locale, []content.Grade{s.Grade}))
	}
	pages := (len(lines) + sourcesAtOnce - 1) / sourcesAtOnce
	page := min(c.state.Page, pages-1)
	row := bot.Row{{Label: c.say("pinched.button.back"), ID: c.to(button.LiftCard, c.state.Lift, 0)}}
	if page < pages-1 {
		row = append(row, bot.Button{Label: c.say("pinched.button.more_sources"), ID: c.to(button.LiftSources, c.state.Lift, page+1)})
	}
	lines = lines[page*sourcesAtOnce : min(len(lines), (page+1)*sourcesAtOnce)]
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: card.AccentCalm, Parts: []bot.Part{
		bot.Text(c.say("pinched.sources.title", bot.Args{"Page": page + 1, "Pages": pages})), bot.Text(card.Bullets(lines)), row,
	}}}}
}

// mistake says where a mistake can be told: the lift and its version, no more.
func (c liftMaker) mistake() bot.Reply {
	var ids []string
	for _, e := range c.lifts {
		if c.open == nil || e == c.open {
			ids = append(ids, e.ID)
		}
	}
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: card.AccentCalm, Parts: []bot.Part{
		bot.Text(c.say("pinched.mistake.text", bot.Args{"Contact": c.Operator.Contact,
			"Card": "modify/" + strings.Join(ids, "+"), "Version": c.Content.Version})),
		bot.Row{{Label: c.say("pinched.button.back"), ID: c.to(button.LiftCard, c.state.Lift, 0)}},
	}}}}
}

// patterns is the select for those who type no lift.
func (c liftMaker) patterns() bot.Reply {
	var entries []bot.Entry
	for _, p := range c.library.Patterns() {
		entries = append(entries, bot.Entry{Label: p.Name, Value: p.ID})
	}
	return c.choice(c.say("modify.pick"), c.say("modify.pick.hint"), button.ModifyState{View: button.LiftPick}, entries)
}

func (c liftMaker) pattern(p *content.Pattern) bot.Reply {
	var entries []bot.Entry
	for _, e := range c.library.Of(p.ID) {
		entries = append(entries, bot.Entry{Label: e.Name, Value: e.ID})
	}
	reply := c.choice("## "+p.Name, c.say("modify.pick.lift"), button.ModifyState{View: button.LiftOf, Of: p.ID}, entries)
	back := button.ModifyState{View: button.LiftPick, Area: c.state.Area, Less: c.state.Less}
	box := reply.Parts[0].(bot.Container)
	box.Parts = append(box.Parts, bot.Row{{Label: c.say("pinched.button.back"), ID: button.ModifyID.For(back)}})
	return bot.Reply{Parts: []bot.Part{box}}
}

func (c liftMaker) choice(title, hint string, s button.ModifyState, entries []bot.Entry) bot.Reply {
	s.Area, s.Less = c.state.Area, c.state.Less
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: card.AccentCalm, Parts: append(c.signsFirst(),
		bot.Text(title), bot.Select{ID: button.ModifyID.For(s), Hint: hint, Entries: entries})}}}
}

// lowerFirst begins a text with a small letter, unless its first word is
// capitals such as GHD.
func lowerFirst(text string) string {
	first, _, _ := strings.Cut(text, " ")
	if len(first) > 1 && strings.ToUpper(first) == first {
		return text
	}
	r, n := utf8.DecodeRuneInString(text)
	return string(unicode.ToLower(r)) + text[n:]
}
