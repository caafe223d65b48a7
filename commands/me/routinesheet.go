package me

import (
	"context"
	"fmt"
	"strings"

	"unpinch/bot"
	"unpinch/commands/card"
	"unpinch/figure"
)

// sheetFile is the sheet to print.
const sheetFile = "my-routine.png"

// sheet shows one's own routine as a picture to print, whose alternative text are its
// lines.
func (o routine) sheet(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	entries, err := o.kept.OwnRoutine(ctx, req.UserID)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("draw the routine's sheet: %w", err)
	}
	r := o.lib.OwnRoutine(req.Locale, entries)
	if r == nil || o.album == nil { // deleted meanwhile
		return o.card(ctx, req)
	}
	page := figure.Handout{Title: r.Title, Foot: []string{r.Stop, strings.TrimPrefix(card.Foot(o.lib, req.Locale, r.Grades, nil), "-# ")}}
	for _, e := range r.Entries {
		page.Drills = append(page.Drills, figure.HandoutDrill{ID: e.ID, Name: e.Drill.Name,
			Dose: o.lib.DoseWords(req.Locale, e.Dose, e.Drill.Sides), Steps: e.Steps, Stop: e.Drill.Stop})
	}
	data, err := o.album.Handout(page)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("draw the routine's sheet: %w", err)
	}
	alt := strings.Join(o.lines(req, entries), "; ")
	reply := card.Calm(bot.Text(req.Say("me.routine.sheet")), bot.Gallery{{File: sheetFile, Alt: alt}}, bot.Row{backToOwn(req)})
	reply.Files = []bot.File{{Name: sheetFile, About: alt, Data: data}}
	return reply, nil
}
