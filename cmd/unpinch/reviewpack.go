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
	doc.Parts = append(doc.Parts, packSigns(pack)...)
	doc.Parts = append(doc.Parts, packLadders(pack), stopPart(lib), packNumbers(pack))
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

// packSigns are the danger signs of each limb, and what single areas of it have
// besides.
func packSigns(pack content.Pack) []reviewPart {
	var out []reviewPart
	told := map[string]int{} // the part of a limb
	for _, a := range pack.Areas {
		at, known := told[a.Signs.Limb]
		if !known {
			told[a.Signs.Limb] = len(out)
			out = append(out, reviewPart{Title: "Danger signs: " + a.Signs.Limb, About: a.Name, Items: []reviewItem{
				{Title: "Call now", Lines: packLines(a.Signs.All(), content.Emergency)},
				{Title: "Be seen today or tomorrow", Lines: packLines(a.Signs.All(), content.Urgent)},
			}})
			continue
		}
		out[at].About += "; " + a.Name
		for i, level := range []content.Level{content.Emergency, content.Urgent} {
			for _, line := range packLines(a.Signs.All(), level) {
				if item := &out[at].Items[i]; !slices.ContainsFunc(item.Lines, func(l string) bool { return strings.HasPrefix(l, line) }) {
					item.Lines = append(item.Lines, line+" Only: "+a.Name+".")
				}
			}
		}
	}
	return out
}

// packLines says the signs of a level, each sentence once, with its codes and
// sources.
func packLines(signs []content.Sign, level content.Level) []string {
	var out []string
	for i := 0; i < len(signs); {
		s := signs[i]
		var codes []string
		for ; i < len(signs) && signs[i].Text == s.Text && signs[i].Level == s.Level; i++ {
			codes = append(codes, "`"+signs[i].Code+"`")
		}
		if s.Level == level {
			out = append(out, fmt.Sprintf("- %s (%s; %s)", s.Text, strings.Join(codes, " "), strings.Join(s.Sources, ", ")))
		}
	}
	return out
}
