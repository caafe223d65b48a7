package main

import (
	"fmt"
	"slices"
	"strings"

	"unpinch/content"
)

// perMinute is how many words a clinician reads in a minute.
const perMinute = 230

// newPack gathers what a clinician reads first, as content.Pack has it: what
// decides whether a person rings somebody, and whom.
func newPack(lib *content.Library) review {
	pack := lib.Pack()
	doc := review{Title: "Unpinch: what a clinician reads first", Version: lib.Version, Hash: content.Hash(pack)}
	doc.Parts = append(packSigns(pack), packLadders(pack), stopPart(lib), packNumbers(pack))
	for _, s := range pack.Sources {
		doc.Sources = append(doc.Sources, sourceJSON{s.ID, s.Title, s.URL, s.Grade})
	}
	state := "No clinician has reviewed this."
	if lib.Reviewed != nil {
		state = reviewNote(lib.Reviewed)
	}
	doc.Intro = append(slices.Clone(packIntro), state+" Hash: `"+doc.Hash+"`")
	doc.SignOff = []string{
		"Changes wanted, by key: ___________________________________",
		"If you can put your name under it, this line goes into `content/version.toml`, and your name onto the cards:",
		"`reviewed = { by = \"name\", role = \"profession\", date = \"2026-01-31\", hash = \"" + doc.Hash + "\" }`",
	}
	var md strings.Builder
	writeMarkdown(&md, lib, doc)
	words := len(strings.Fields(printable(md.String())))
	doc.Intro = append(doc.Intro, fmt.Sprintf("%d words, about %d minutes.", words, (words+perMinute-1)/perMinute))
	return doc
}

// packIntro is what the reader of the pack has to know first.
var packIntro = []string{
	"Unpinch is a Discord bot for gyms: training information, not medical advice. It takes no symptom in and works out no urgency. A person picks a part of the body and reads two cards of danger signs. *One of these, or not sure* opens the stop card; *None of these* on both leads to the ladder, on which they place themselves.",
	"It must never diagnose, name a condition as the answer, rule out, reassure, promise recovery, name a drug, suggest a test of oneself, or teach manipulation. Please mark where it does, what is missing, and what would send too many or too few people for help.",
	"In brackets after a sign stand its codes and its sources, which are listed at the end. In a ladder, {ago:7} becomes the date seven days before the reader's day; on the stop card, {emergency} and {urgent} become the numbers of the reader's country.",
}

// packLadders are the ladders of all areas.
func packLadders(pack content.Pack) reviewPart {
	part := reviewPart{Title: "How soon", About: "The ladder, after \"None of these\" on both cards. The bot shows it and never picks a line."}
	for _, a := range pack.Areas {
		var lines []string
		for _, r := range a.Ladder.Rungs {
			lines = append(lines, fmt.Sprintf("%s (%s)", r.Text, strings.Join(r.Sources, ", ")))
		}
		part.Items = append(part.Items, reviewItem{Title: a.Name, Lines: bulleted(lines)})
	}
	return part
}

// packNumbers are the numbers without the addresses of their pages.
func packNumbers(pack content.Pack) reviewPart {
	lines := make([]string, 0, len(pack.Numbers))
	for _, n := range pack.Numbers {
		var dial []string
		for _, l := range n.Lines {
			if l.For == content.Ambulance {
				l.Dial = "ambulance " + l.Dial
			}
			dial = append(dial, l.Dial)
		}
		text := n.Name + ": " + strings.Join(dial, " / ")
		if n.Urgent != "" {
			text += "; " + n.Urgent + " (" + n.UrgentName + ")"
		}
		lines = append(lines, text)
	}
	return reviewPart{Title: "Numbers to ring", About: fmt.Sprintf("On the stop card, of %d countries, each read from a page of its government, its regulator or the service; "+
		"\"unpinch show review\" has the addresses. Without \"ambulance\", police and fire answer there too. After the semicolon: advice when it is no emergency.", len(lines)),
		Items: []reviewItem{{Title: "By country", Lines: bulleted(lines)}}}
}

// packSigns are the danger signs of all areas, under their heads: every sentence
// once, with the limbs or the areas that alone have it.
func packSigns(pack content.Pack) []reviewPart {
	of := map[string]int{} // how many areas a limb has
	var limbs []string
	for _, a := range pack.Areas {
		if of[a.Signs.Limb]++; of[a.Signs.Limb] == 1 {
			limbs = append(limbs, a.Signs.Limb)
		}
	}
	var about []string
	for _, limb := range limbs {
		var names []string
		for _, a := range pack.Areas {
			if a.Signs.Limb == limb {
				names = append(names, a.Name)
			}
		}
		about = append(about, limb+": "+strings.Join(names, ", "))
	}
	return []reviewPart{{Title: "Danger signs", About: "Two cards of each area, before everything else. " +
		"A sentence that only some areas have names them or their limb, and stands under the head of the first of them; limbs are " + strings.Join(about, "; ") + ".", Items: []reviewItem{
		{Title: "First card: call now", Lines: packLines(pack.Areas, of, func(s *content.SignSet) content.SignList { return s.Now })},
		{Title: "Second card: be seen today or tomorrow", Lines: packLines(pack.Areas, of, func(s *content.SignSet) content.SignList { return s.Soon })},
	}}}
}

// A packLine is a sentence, with the areas that have it.
type packLine struct {
	content.SignLine
	of []content.PackArea
}

// packLines says one card of every area, with codes and sources. A sentence
// stands under the head of the first area that has it.
func packLines(areas []content.PackArea, limbs map[string]int, card func(*content.SignSet) content.SignList) []string {
	var heads []string
	under := map[string][]*packLine{} // by head
	told := map[string]*packLine{}    // by text
	for _, a := range areas {
		for _, g := range card(a.Signs).Groups {
			for _, l := range g.Lines {
				line := told[l.Text]
				if line == nil {
					line = &packLine{SignLine: l}
					told[l.Text] = line
					if under[g.Head] == nil {
						heads = append(heads, g.Head)
					}
					under[g.Head] = append(under[g.Head], line)
				}
				line.of = append(line.of, a)
				line.Codes, line.Sources = joined(line.Codes, l.Codes), joined(line.Sources, l.Sources)
			}
		}
	}
	var out []string
	for _, head := range heads {
		if len(out) > 0 {
			out = append(out, "")
		}
		out = append(out, "**"+head+"**", "")
		for _, l := range under[head] {
			text := fmt.Sprintf("- %s (`%s`; %s)", l.Text, strings.Join(l.Codes, "` `"), strings.Join(l.Sources, ", "))
			if len(l.of) < len(areas) {
				text += " Only " + strings.Join(l.where(limbs), ", ") + "."
			}
			out = append(out, text)
		}
	}
	return out
}

// where names the limbs all of whose areas have the sentence, and other areas.
func (l *packLine) where(limbs map[string]int) []string {
	of := map[string]int{}
	for _, a := range l.of {
		of[a.Signs.Limb]++
	}
	var out []string
	for _, a := range l.of {
		name := a.Name
		if limb := a.Signs.Limb; of[limb] == limbs[limb] {
			name = limb
		}
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// joined returns a with what b has more, in order.
func joined(a, b []string) []string {
	a = slices.Clone(a)
	for _, s := range b {
		if !slices.Contains(a, s) {
			a = append(a, s)
		}
	}
	return a
}
