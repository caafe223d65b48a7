package main

import (
	"fmt"
	"slices"
	"strings"

	"unpinch/content"
)

// signParts are the danger signs of each limb, as the two cards of its first area
// show them, what other areas' cards have besides, and the signs one by one.
func signParts(lib *content.Library) []reviewPart {
	var out []reviewPart
	for _, limb := range []string{"arm", "trunk", "leg"} {
		var areas []*content.Area
		var names []string
		for _, a := range lib.Areas("en") {
			if a.Limb == limb {
				areas, names = append(areas, a), append(names, a.Name)
			}
		}
		s := areas[0].Signs
		part := reviewPart{Title: "Danger signs: " + limb, About: "The first two cards, before everything else, of: " + strings.Join(names, "; ") + "."}
		part.Items = []reviewItem{
			{Key: s.Key, Title: "Call now if you have one of these", Lines: signLines(s.Now), Sources: s.Now.Sources, Grades: s.Now.Grades},
			{Key: s.Key, Title: "Be seen today or tomorrow if you have one of these", Lines: signLines(s.Soon), Sources: s.Soon.Sources, Grades: s.Soon.Grades},
		}
		lines := signByName(s.All(), "")
		for _, a := range areas[1:] {
			more := slices.DeleteFunc(a.Signs.All(), func(sign content.Sign) bool {
				return slices.ContainsFunc(s.All(), func(known content.Sign) bool { return known.Code == sign.Code })
			})
			lines = append(lines, signByName(more, " (on the cards of "+a.Name+" alone)")...)
		}
		part.Items = append(part.Items, reviewItem{Title: "Sign by sign", Lines: lines, Sources: s.Sources})
		out = append(out, part)
	}
	return out
}

// signLines are the lines of a card of danger signs, under their heads.
func signLines(list content.SignList) []string {
	var out []string
	for _, g := range list.Groups {
		out = append(out, "**"+g.Head+"**", "")
		for _, l := range g.Lines {
			out = append(out, "- "+l.Text)
		}
		out = append(out, "")
	}
	return out
}

// signByName says each sign by itself.
func signByName(signs []content.Sign, where string) []string {
	var out []string
	for _, sign := range signs {
		out = append(out, fmt.Sprintf("- `%s`, %s%s: %s (%s)", sign.Code, sign.Level, where, sign.Text, strings.Join(sign.Sources, ", ")))
	}
	return out
}

func stopPart(lib *content.Library) reviewPart {
	s := lib.Stop("en")
	return reviewPart{Title: "Stop card", About: "Where \"One of these, or not sure\" leads. It has these two blocks and nothing to go on with.", Items: []reviewItem{
		blockItem(s.Now, nil, false), blockItem(s.Soon, nil, false), blockItem(s.Under18, nil, false), blockItem(s.Pregnancy, nil, false),
		{Title: "How the numbers are said", Lines: bulleted([]string{
			"Emergency, country unknown: " + s.Ring.Emergency,
			"Urgent, country unknown or without a number: " + s.Ring.Urgent,
			"Urgent, country known: " + s.Ring.Known,
			"First and largest line: " + s.Large.Both + "; " + s.Large.Emergency + "; " + s.Large.Unknown,
		})},
	}}
}

func numbersPart(lib *content.Library) reviewPart {
	var lines []string
	for _, n := range lib.Numbers() {
		text := n.Name + ": " + n.Emergency
		if n.Urgent != "" {
			text += "; " + n.UrgentName + " " + n.Urgent
		}
		text += " (" + n.Source
		if n.UrgentSource != "" {
			text += ", " + n.UrgentSource
		}
		lines = append(lines, text+")")
	}
	return reviewPart{Title: "Numbers to ring", About: "On the stop card, once the reader has picked a country.",
		Items: []reviewItem{{Title: "By country", Lines: bulleted(lines)}}}
}

func areaPart(a *content.Area) reviewPart {
	var rungs []string
	for _, r := range a.Ladder.Rungs {
		rungs = append(rungs, fmt.Sprintf("%s (%s)", r.Text, strings.Join(r.Sources, ", ")))
	}
	part := reviewPart{Title: "Area: " + a.Name, About: "In the menu: \"" + a.Felt + "\". After \"None of these\" on both lists."}
	part.Items = append(part.Items, reviewItem{Key: a.Ladder.Key, Title: a.Ladder.Title, Lines: bulleted(rungs), Sources: a.Ladder.Sources,
		Grades: a.Ladder.Grades, Reviewed: a.Reviewed, signable: true})
	for _, b := range []content.Block{a.Tonight, a.FirstDays, a.Nerve, a.Back, a.Clinic} {
		part.Items = append(part.Items, blockItem(b, a.Reviewed, true))
	}
	also := []string{a.Also.Text, "Leads on to: " + strings.Join(a.Also.Areas, ", ") + "."}
	part.Items = append(part.Items, reviewItem{Key: a.ID + ".also", Title: "Also read", Lines: bulleted(also), Sources: a.Also.Sources,
		Grades: a.Also.Grades, Reviewed: a.Reviewed, signable: true})
	return part
}

func glossaryPart(lib *content.Library) reviewPart {
	part := reviewPart{Title: "Glossary of sensations", About: "Reached by selects from /learn and from More. Every entry ends with \"Check the signs first\"."}
	for _, g := range lib.Glossaries("en") {
		item := reviewItem{Key: "glossary." + g.Area, Title: g.Name, Reviewed: g.Reviewed, signable: true, Sources: g.Sources}
		for _, s := range g.Sensations {
			item.Lines = append(item.Lines, fmt.Sprintf("- **%s** (`%s`; %s). Feels like: %s Linked with: %s (%s)",
				s.Called, s.ID, s.Also, s.Feels, s.Linked, strings.Join(s.Sources, ", ")))
		}
		part.Items = append(part.Items, item)
	}
	return part
}

func topicsPart(lib *content.Library) reviewPart {
	part := reviewPart{Title: "Topics", About: "What /learn offers. They build on an article for gym-goers (SEED) and say what they correct in it."}
	for _, t := range lib.Topics("en") {
		item := blockItem(t.Text, t.Reviewed, true)
		item.Key, item.Sources, item.Grades = t.Key, t.Sources, t.Grades
		if len(t.Corrections) > 0 {
			item.Lines = append(item.Lines, "", "Corrections:", "")
		}
		for _, c := range t.Corrections {
			item.Lines = append(item.Lines, fmt.Sprintf("- The article said: %s Corrected: %s (%s)", c.Said, c.Found, strings.Join(c.Sources, ", ")))
		}
		part.Items = append(part.Items, item)
	}
	return part
}

func claimsPart(lib *content.Library) reviewPart {
	part := reviewPart{Title: "Fact or gym myth", About: "A claim a week in a gym's channel, in this order, with the buttons True and Not so. " +
		"The answer goes to whoever presses, and says which it is, why, and from where."}
	for _, c := range lib.Claims("en") {
		found := "Not so."
		if c.True {
			found = "True."
		}
		part.Items = append(part.Items, reviewItem{Key: c.Key, Title: c.Text, Lines: bulleted([]string{found + " " + c.Why}),
			Sources: c.Sources, Grades: []content.Grade{c.Grade}, Reviewed: c.Reviewed, signable: true})
	}
	return part
}

func mapsPart(lib *content.Library) reviewPart {
	part := reviewPart{Title: "Pictures", About: "Shown on the menu, and on \"Nerve or muscle?\". Write them with: unpinch figures --out DIR."}
	for _, p := range lib.Pictures("en") {
		item := reviewItem{Key: p.Key, Title: p.ID + ".png", Sources: p.Sources, Grades: p.Grades, Reviewed: p.Reviewed, signable: true}
		if len(p.Areas) > 0 {
			item.Lines = append(item.Lines, "For: "+strings.Join(p.Areas, ", ")+".", "")
		}
		item.Lines = append(item.Lines, "Views: "+strings.Join(p.Views, "; ")+".", "")
		for i, l := range p.Lines {
			item.Lines = append(item.Lines, fmt.Sprintf("%d. %s", i+1, l))
		}
		item.Lines = append(item.Lines, "", "In words: "+p.Alt)
		part.Items = append(part.Items, item)
	}
	return part
}

func drillsPart(lib *content.Library) reviewPart {
	part := reviewPart{Title: "Drills", About: "The movements and stretches of the routines."}
	for _, d := range lib.Drills("en") {
		item := reviewItem{Key: "drills." + d.ID, Title: d.Name, Sources: d.Sources, Grades: d.Grades, Reviewed: d.Reviewed, signable: true}
		item.Lines = append(bulleted(d.Steps), "- Dose: "+lib.DoseWords("en", d.Dose, d.Sides))
		if d.Gentle != "" {
			item.Lines = append(item.Lines, "- In a calm routine: "+d.Gentle)
		}
		item.Lines = append(item.Lines, "- Stop: "+d.Stop, "- In words: "+d.Alt)
		part.Items = append(part.Items, item)
	}
	return part
}

func routinesPart(lib *content.Library) reviewPart {
	part := reviewPart{Title: "Routines", About: "Drills in order. Each begins and ends with its own lines."}
	for _, r := range lib.Routines("en") {
		item := reviewItem{Key: "routines." + r.ID, Title: fmt.Sprintf("%s, %d minutes (%s)", r.Title, r.Minutes, r.ID),
			Sources: r.Sources, Grades: r.Grades, Reviewed: r.Reviewed, signable: true}
		for _, l := range []string{r.Lead, r.Close} {
			if l != "" {
				item.Lines = append(item.Lines, l, "")
			}
		}
		for i, e := range r.Entries {
			item.Lines = append(item.Lines, fmt.Sprintf("%d. %s, %s", i+1, e.Drill.Name, lib.DoseWords("en", e.Dose, e.Drill.Sides)))
		}
		item.Lines = append(item.Lines, "", r.Stop)
		part.Items = append(part.Items, item)
	}
	return part
}

// wordsPart is what stands around the cards, as far as it needs nothing filled
// in. Labels of buttons are left out.
func wordsPart(lib *content.Library) reviewPart {
	var lines []string
	for _, key := range lib.Keys() {
		about := strings.HasPrefix(key, "pinched.") || strings.HasPrefix(key, "learn.") || strings.HasPrefix(key, "stretch.") || strings.HasPrefix(key, "myth.")
		text := lib.Say("en", key, nil)
		if !about || strings.Contains(key, ".button.") || strings.HasPrefix(text, "?") {
			continue
		}
		lines = append(lines, "`"+key+"`: "+strings.NewReplacer("\n", " ", "-# ", "", "### ", "", "## ", "").Replace(text))
	}
	return reviewPart{Title: "Sentences around the cards", About: "Of /pinched, /learn and /stretch, and of the claim of the week.",
		Items: []reviewItem{{Title: "By key", Lines: bulleted(lines)}}}
}

// blockItem is a block of text as its card shows it.
func blockItem(b content.Block, reviewed *content.Review, signable bool) reviewItem {
	item := reviewItem{Key: b.Key, Title: b.Title, Sources: b.Sources, Grades: b.Grades, Reviewed: reviewed, signable: signable}
	if b.Lead != "" {
		item.Lines = append(item.Lines, b.Lead, "")
	}
	for _, p := range b.Parts {
		if p.Head != "" {
			item.Lines = append(item.Lines, "**"+p.Head+"**", "")
		}
		item.Lines = append(append(item.Lines, bulleted(p.Lines)...), "")
	}
	if b.Close != "" {
		item.Lines = append(item.Lines, b.Close)
	} else {
		item.Lines = item.Lines[:len(item.Lines)-1]
	}
	return item
}

func bulleted(lines []string) []string {
	out := make([]string, 0, len(lines))
	for _, l := range lines {
		out = append(out, "- "+l)
	}
	return out
}
