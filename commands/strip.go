package commands

import (
	"context"
	"fmt"
	"strings"

	"unpinch/bot"
	"unpinch/commands/card"
	"unpinch/content"
)

// altMost is the length of a picture's words that Discord takes.
const altMost = 1024

// strip draws a routine as a gallery of one picture, and the file that it
// shows. Both are nil where it can't be drawn: the post's lines say the same.
func (d Deps) strip(locale string, r *content.Routine) ([]bot.Part, []bot.File) {
	if d.Figures == nil {
		return nil, nil
	}
	ids := make([]string, len(r.Entries))
	for i, e := range r.Entries {
		ids[i] = e.ID
	}
	data, err := d.Figures.Strip(ids)
	if err != nil {
		return nil, nil // a drill without a pose; TestEveryDrillHasItsPicture finds it first
	}
	name, alt := "routine-"+r.ID+".png", d.stripAlt(locale, r)
	return []bot.Part{bot.Gallery{{File: name, Alt: alt}}}, []bot.File{{Name: name, About: alt, Data: data}}
}

// DrawAhead draws what the posts of classes show, so that none waits for its
// picture when it is due. It returns early when ctx ends.
func (d Deps) DrawAhead(ctx context.Context) {
	for _, r := range d.Content.Routines(card.DefaultLocale) {
		onPost := r.Minutes == postMinutes && (r.Kind == content.Pre || r.Kind == content.Post) || r.Minutes == deskMinutes && r.Kind == content.Desk
		if onPost && ctx.Err() == nil {
			d.strip(card.DefaultLocale, r)
		}
	}
}

// stripAlt is the strip in words: its numbers with drills and doses, or
// without doses where they don't fit.
func (d Deps) stripAlt(locale string, r *content.Routine) string {
	for _, key := range []string{"post.strip.step", "post.strip.name"} {
		var steps []string
		for i, e := range r.Entries {
			steps = append(steps, d.Content.Say(locale, key, bot.Args{
				"N": i + 1, "Name": e.Drill.Name, "Dose": d.Content.DoseWords(locale, e.Dose, e.Drill.Sides)}))
		}
		if alt := strings.Join(steps, " "); len([]rune(alt)) <= altMost {
			return alt
		}
	}
	return d.Content.Say(locale, "post.strip.short", bot.Args{"count": len(r.Entries)})
}

// numbered makes a list that goes with the strip's numbers.
func numbered(lines []string) string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = fmt.Sprintf("%d. %s", i+1, l)
	}
	return strings.Join(out, "\n")
}
