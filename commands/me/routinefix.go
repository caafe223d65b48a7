package me

import (
	"context"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/input"
	"unpinch/content"
)

// set keeps the form's lines, all of them or none.
func (o routine) set(ctx context.Context, req *bot.Request, _ button.OwnStep) (bot.Reply, error) {
	return o.take(ctx, req, req.Fields[fieldLines])
}

// fix mends one of the lines that were refused, and keeps them if all can be read
// then.
func (o routine) fix(ctx context.Context, req *bot.Request, f button.OwnFix) (bot.Reply, error) {
	text := o.typed.Get(req.UserID)
	if text == "" || linesHash(text) != f.Of {
		return o.noted(ctx, req, []bot.Part{bot.Text(req.Say("me.routine.fix_over"))}) // saved, overwritten, or too old
	}
	faults := o.lib.ReadOwn(req.Locale, text).Faults
	at := slices.IndexFunc(faults, func(fault content.OwnFault) bool { return fault.Line == f.Line })
	if at < 0 {
		return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
	}
	fault, line := faults[at], ""
	switch f.Act {
	case button.OwnFixTake:
		line = fault.Mended
	case button.OwnFixPick:
		if len(req.Values) == 0 || !slices.Contains(fault.Near, req.Values[0]) {
			return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
		}
		line = o.meant(req, fault, req.Values[0])
	}
	return o.take(ctx, req, content.MendOwn(text, fault, line))
}

// meant is the line that a fault would be with one of the drills that may be meant.
func (o routine) meant(req *bot.Request, f content.OwnFault, drill string) string {
	d, ok := o.lib.Drill(req.Locale, drill)
	if !ok {
		return ""
	}
	return strings.TrimSpace(d.Name + " " + f.Dose)
}

// take keeps lines, all of them or none, and says how they were read.
func (o routine) take(ctx context.Context, req *bot.Request, text string) (bot.Reply, error) {
	read := o.lib.ReadOwn(req.Locale, text)
	if len(read.Faults) > 0 {
		o.typed.Set(req.UserID, read.Text)
		return o.refused(req, read), nil
	}
	agreed, err := o.consent.Agreed(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	if !agreed { // they took it back meanwhile
		o.typed.Set(req.UserID, read.Text)
		return o.ask(req), nil
	}
	if _, err := o.kept.SaveOwnRoutine(ctx, req.UserID, read.Entries); err != nil {
		return bot.Reply{}, fmt.Errorf("change the routine: %w", err)
	}
	o.typed.Set(req.UserID, "")
	return o.noted(ctx, req, ownNotes(req, read.Notes))
}

// linesHash tells lines from others, in a custom ID.
func linesHash(text string) string {
	h := fnv.New32a()
	h.Write([]byte(text))
	return fmt.Sprintf("%08x", h.Sum32())
}

// refused says of each line that can't be read what was seen and what works, with
// the press that mends it.
func (o routine) refused(req *bot.Request, read content.OwnReading) bot.Reply {
	key := "me.routine.refused"
	if read.Faults[0].Line == 0 { // of the whole: no line is at fault
		key = "me.routine.refused_whole"
	}
	parts := []bot.Part{bot.Text(req.Say(key))}
	several := strings.Contains(strings.TrimSpace(read.Text), "\n")
	for _, f := range read.Faults {
		parts = append(parts, o.fault(req, f, linesHash(read.Text), several)...)
	}
	return card.Calm(append(parts, bot.Row{o.write(req), namesButton(req), backToOwn(req)})...)
}

// fault says what is wrong with a line, with the presses that mend it. A line alone
// can't be left out.
func (o routine) fault(req *bot.Request, f content.OwnFault, of string, several bool) []bot.Part {
	to := func(a button.OwnFixAct) string {
		return button.OwnFixID.For(button.OwnFix{Act: a, Line: f.Line, Of: of})
	}
	parts := []bot.Part{bot.Text(o.faultWords(req, f))}
	var row bot.Row
	switch {
	case f.Kind == content.OwnUnknown && len(f.Near) > 0:
		var drills []bot.Entry
		for _, id := range f.Near {
			d, _ := o.lib.Drill(req.Locale, id)
			drills = append(drills, bot.Entry{Label: d.Name, Value: id, About: card.Cut(o.meant(req, f, id), entryMost)})
		}
		parts = append(parts, bot.Select{ID: to(button.OwnFixPick), Hint: req.Say("me.routine.fix.pick", bot.Args{"Line": f.Line}), Entries: drills})
	case f.Kind == content.OwnTooMany:
		row = append(row, bot.Button{Label: req.Say("me.routine.fix.first", bot.Args{"Most": content.OwnMost}), ID: to(button.OwnFixTake)})
	case f.Mended != "":
		row = append(row, bot.Button{Label: card.Cut(req.Say("me.routine.fix.take", bot.Args{"Line": f.Line, "Mended": f.Mended}), labelMost), ID: to(button.OwnFixTake)})
	}
	if f.Line > 0 && several {
		row = append(row, bot.Button{Label: req.Say("me.routine.fix.out", bot.Args{"Line": f.Line}), ID: to(button.OwnFixOut)})
	}
	if len(row) > 0 {
		parts = append(parts, row)
	}
	return parts
}

// What Discord takes, in characters.
const (
	labelMost = 80
	entryMost = 100
)

// faultWords says of a line what was seen and what works.
func (o routine) faultWords(req *bot.Request, f content.OwnFault) string {
	key := "me.routine.fault." + strings.ReplaceAll(string(f.Kind), " ", "_")
	if f.Kind == content.OwnUnknown && f.Word != "" {
		key = "me.routine.fault.word"
	}
	near := ""
	if len(f.Near) > 0 {
		if d, ok := o.lib.Drill(req.Locale, f.Near[0]); ok {
			near = d.Name
		}
	}
	said := req.Say(key, bot.Args{"Seen": input.Seen(f.Seen), "Word": input.Seen(f.Word), "Near": near, "Mended": f.Mended, "Most": content.OwnMost})
	if f.Line == 0 {
		return said
	}
	return req.Say("me.routine.fault_line", bot.Args{"Line": f.Line, "Fault": said})
}

// ownNotes says how lines are read where that is otherwise than they are written.
func ownNotes(req *bot.Request, notes []content.OwnNote) []bot.Part {
	if len(notes) == 0 {
		return nil
	}
	var lines []string
	for _, n := range notes {
		line := req.Say("me.routine.note."+strings.ReplaceAll(string(n.Kind), " ", "_"), bot.Args{"Line": n.Line, "Seen": input.Seen(n.Seen)})
		if !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	return []bot.Part{bot.Text(req.Say("me.routine.notes") + "\n" + card.Bullets(lines))}
}
