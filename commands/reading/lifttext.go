package reading

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"unpinch/bot"
	"unpinch/commands/card"
	"unpinch/content"
)

// cardLoads is how many stresses the first card names.
const cardLoads = 3

// liftText says in words what a lift loads and how to change it, for a reader
// who has a concern.
type liftText struct {
	content *content.Library
	lifts   *content.Lifts
	req     *bot.Request
	concern content.Concern
}

func (t liftText) say(key string, a ...bot.Args) string { return t.req.Say(key, a...) }

// block is a lift's text, without its name.
func (t liftText) block(e *content.Exercise) string {
	lines := []string{
		t.say("modify.loads", bot.Args{"Loads": t.loads(e, cardLoads)}),
		t.say("modify.pause", bot.Args{"When": e.Pause}),
		t.say("modify.change"),
	}
	for _, step := range e.Modify {
		lines = append(lines, "- "+t.say("step."+step.Step, bot.Args{"How": step.Text}))
	}
	lines = append(lines, t.swaps(e)...)
	return strings.Join(append(lines, t.say("modify.cue", bot.Args{"Cue": e.Cue})), "\n")
}

// rest is what the first card has no room for: every stress, set-up and faults.
func (t liftText) rest(e *content.Exercise) string {
	text := "## " + e.Name + "\n" + t.say("modify.loads", bot.Args{"Loads": t.loads(e, len(e.Loads))})
	if len(e.Setup) == 0 {
		return text
	}
	text += "\n" + t.say("modify.setup") + "\n" + card.Bullets(e.Setup) + "\n" + t.say("modify.faults")
	for _, f := range e.Faults {
		var words []string
		for _, s := range f.Loads {
			words = append(words, t.content.StressWord(t.req.Locale, s))
		}
		text += "\n- " + t.say("modify.fault", bot.Args{"Fault": f.Text, "Loads": strings.Join(words, ", ")})
	}
	return text + "\n" + t.say("modify.lighter", bot.Args{"When": e.Lighter})
}

// line scales a lift as one of a workout, with how much of it was written.
func (t liftText) line(e *content.Exercise, dose string) string {
	lift := t.say("modify.lift", bot.Args{"Lift": e.Name})
	if dose != "" {
		lift = t.say("modify.lift_dosed", bot.Args{"Lift": e.Name, "Dose": dose})
	}
	key, args := "modify.line", bot.Args{"Lift": lift, "How": lowerFirst(e.Modify[0].Text)}
	if swaps := t.lifts.Swaps(e, t.concern); len(swaps) > 0 {
		key, args["Swap"] = "modify.line_swap", swaps[0].Name
	} else if len(t.concern.Of(e)) == 0 {
		key = "modify.line_nothing"
	}
	return t.say(key, args)
}

// foot says how sure a card of lifts is, its version, and that no clinician has
// reviewed it.
func (t liftText) foot(lifts []*content.Exercise) string {
	return "-# " + t.say("card.foot.sure", bot.Args{"Grades": t.content.GradeWords(t.req.Locale, liftGrades(lifts))}) + " " +
		t.say("modify.foot.grading") + " " +
		t.say("card.foot.version", bot.Args{"Version": t.content.Version}) + " " + t.say("card.foot.unreviewed")
}

// loads names the worst stresses with the areas that they reach. Those that
// concern the reader come first.
func (t liftText) loads(e *content.Exercise, most int) string {
	concerned := t.concern.Of(e)
	all := slices.Clone(e.Loads)
	slices.SortStableFunc(all, func(a, b content.Graded) int {
		return rank(slices.Contains(concerned, a.Stress)) - rank(slices.Contains(concerned, b.Stress))
	})
	var out []string
	for _, l := range all[:min(most, len(all))] {
		var areas []string
		for _, a := range l.Areas {
			areas = append(areas, t.say("part."+a))
		}
		out = append(out, t.say("modify.load."+strconv.Itoa(l.Grade), bot.Args{"Stress": t.content.StressWord(t.req.Locale, l.Stress), "Parts": strings.Join(areas, ", ")}))
	}
	if n := len(all) - most; n > 0 {
		out = append(out, t.say("modify.more", bot.Args{"Count": n}))
	}
	return card.Bullets(out)
}

// rank orders what concerns the reader before the rest.
func rank(concerned bool) int {
	if concerned {
		return 0
	}
	return 1
}

// swaps is the lifts to swap in, each with its reason, or the reason why there are
// none.
func (t liftText) swaps(e *content.Exercise) []string {
	swaps := t.lifts.Swaps(e, t.concern)
	if len(swaps) > 0 {
		lines := []string{t.say("modify.swap")}
		for _, w := range swaps {
			lines = append(lines, "- **"+w.Name+"**: "+t.content.Reason(t.req.Locale, w))
		}
		return lines
	}
	if len(t.concern.Of(e)) == 0 {
		return []string{t.say("modify.nothing")}
	}
	if p, ok := t.lifts.Gentler(e, t.concern); ok {
		return []string{t.say("modify.no_swap", bot.Args{"Pattern": p.Name})}
	}
	return []string{t.say("modify.no_swap_at_all")}
}

// unloaded names what the reader asked to go easy on beside something else, and the lift
// is not graded for; "" for nothing.
func (t liftText) unloaded(e *content.Exercise) string {
	area, less := content.Concern{Area: t.concern.Area}, content.Concern{Less: t.concern.Less}
	switch {
	case area.Area == "" || less.Less == "":
		return ""
	case len(less.Of(e)) == 0 && len(area.Of(e)) > 0:
		return lowerFirst(t.say("less." + string(less.Less)))
	case len(area.Of(e)) == 0 && len(less.Of(e)) > 0:
		return t.say("part." + area.Area)
	}
	return ""
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
