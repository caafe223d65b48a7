package post

import (
	"fmt"
	"strings"

	"unpinch/bot"
	"unpinch/content"
	"unpinch/figure"
)

// altMost is the length of a picture's words that Discord takes.
const altMost = 1024

// strips draws routines.
type strips struct {
	lib   *content.Library
	album *figure.Album // nil if nothing is drawn
}

// draw returns a routine as a gallery of one picture, and the file that it
// shows. Both are nil where it can't be drawn: the post's lines say the same.
func (s strips) draw(locale string, r *content.Routine) ([]bot.Part, []bot.File) {
	if s.album == nil {
		return nil, nil
	}
	data, err := s.album.Strip(drillsOf(r))
	if err != nil {
		return nil, nil // a drill without a pose; TestEveryDrillHasItsPicture finds it first
	}
	name, alt := "routine-"+r.ID+".png", s.alt(locale, r)
	return []bot.Part{bot.Gallery{{File: name, Alt: alt}}}, []bot.File{{Name: name, About: alt, Data: data}}
}

// drillsOf lists a routine's drills, in order.
func drillsOf(r *content.Routine) []string {
	ids := make([]string, len(r.Entries))
	for i, e := range r.Entries {
		ids[i] = e.ID
	}
	return ids
}

// alt returns the strip in words: its numbers with drills and doses, without
// doses where they don't fit, or else only how many drills there are.
func (s strips) alt(locale string, r *content.Routine) string {
	say := s.lib.In(locale)
	for _, key := range []string{"post.strip.step", "post.strip.name"} {
		var steps []string
		for i, e := range r.Entries {
			steps = append(steps, say(key, bot.Args{"N": i + 1, "Name": e.Drill.Name, "Dose": s.lib.DoseWords(locale, e.Dose, e.Drill.Sides)}))
		}
		if alt := strings.Join(steps, " "); len([]rune(alt)) <= altMost {
			return alt
		}
	}
	return say("post.strip.short", bot.Args{"count": len(r.Entries)})
}

// numbered returns a list whose numbers are those of the strip.
func numbered(lines []string) string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = fmt.Sprintf("%d. %s", i+1, l)
	}
	return strings.Join(out, "\n")
}
