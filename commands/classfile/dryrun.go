package classfile

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/classwords"
	"unpinch/commands/draft"
	"unpinch/commands/input"
	"unpinch/schedule"
	"unpinch/timetable"
)

const (
	// differenceName is the name of the file that goes with a long difference.
	differenceName = "difference.txt"
	// differenceLines is how many lines of a kind a card has, and differenceRoom
	// how many characters they share; more is in a file.
	differenceLines = 6
	differenceRoom  = 3000
	// lineMax is how long a line gets where there is room, and ruleMax the rule of
	// a class in it.
	lineMax = 240
	ruleMax = 120
)

// dryRun shows what a file would change, and drafts it; err is why it can't be
// read.
func (f flow) dryRun(ctx context.Context, w wish, err error) (bot.Reply, error) {
	req := w.req
	if faults, ok := errors.AsType[timetable.Faults](err); ok {
		for _, one := range faults {
			w.faults = append(w.faults, fileFault(req, one))
		}
	} else if err != nil {
		return bot.Reply{}, err
	}
	if len(w.faults) > 0 {
		return bot.Reply{Parts: []bot.Part{bot.Container{Accent: card.AccentRead, Parts: []bot.Part{
			bot.Text(req.Say("class.file.refused")), bot.Text(card.Bullets(classwords.Some(req, w.faults, classwords.FaultsMax)))}}}}, nil
	}
	drafts, changes := w.batch()
	nothing := len(drafts)+len(changes) == 0
	reply := w.card(nothing)
	if nothing {
		return reply, nil
	}
	b, err := f.batches.AddBatch(ctx, drafts, changes, f.desk.Now().Add(draft.Life))
	if err != nil {
		return bot.Reply{}, fmt.Errorf("keep what a file changes: %w", err)
	}
	s := button.ClassState{Act: button.ActApply, ID: b.Drafts, N: b.Changes}
	apply := bot.Button{Label: req.Say("class.button.apply"), ID: button.ClassID.For(s), Style: bot.Success}
	if n := len(w.twins()); n > 0 {
		apply.Label, apply.Style = req.Say("class.button.apply_twins", bot.Args{"count": n}), bot.Secondary
	}
	if len(w.diff.Remove) > 0 {
		apply.Style = bot.Danger
	}
	save := req.Say("class.file.save")
	if len(w.diff.Add) > 0 {
		save += " " + req.Say("class.file.save_keeps") + " " + req.Say("class.save_tells")
	}
	box := reply.Parts[0].(bot.Container)
	box.Parts = append(box.Parts, bot.Text(save), bot.Row{apply,
		{Label: req.Say("class.button.leave"), ID: button.ClassID.For(button.ClassState{Act: button.ActLeave, ID: b.Drafts, N: b.Changes})}})
	reply.Parts[0] = box
	return reply, nil
}

// fileFault says what is wrong with a line of a file.
func fileFault(req *bot.Request, f timetable.Fault) string {
	said := classwords.Fault(req, f)
	switch {
	case f.N > 0 && f.Text != "":
		return req.Say("class.file.fault_key", bot.Args{"Line": f.N, "Key": f.Text, "Fault": said})
	case f.N > 0:
		return req.Say("class.file.fault_line", bot.Args{"Line": f.N, "Fault": said})
	}
	return said
}

// card says what a file would change: on the card the first lines of each kind,
// and all of them in a file if there are more.
func (w *wish) card(nothing bool) bot.Reply {
	req := w.req
	kinds := []struct {
		key   string
		lines []string
	}{
		{"add", w.addedLines()},
		{"twins", w.placedLines(w.twins())},
		{"change", w.changedLines()},
		{"remove", w.placedLines(w.diff.Remove)},
		{"closed", w.closedLines()},
		{"skipped", w.skipped},
		{"notes", w.notes},
	}
	title := req.Say("class.file.title")
	if nothing {
		title = req.Say(card.Either(len(w.skipped)+len(w.notes) > 0, "class.file.nothing", "class.file.same"))
	}
	parts := []bot.Part{bot.Text(title)}
	var full []string
	over, shown := false, 1
	for _, k := range kinds {
		shown += min(len(k.lines), differenceLines)
	}
	most := min(lineMax, differenceRoom/shown)
	for _, k := range kinds {
		if len(k.lines) == 0 {
			continue
		}
		head := req.Say("class.file.section."+k.key, bot.Args{"count": len(k.lines)})
		full = append(full, strings.TrimLeft(head, "# "), card.Bullets(k.lines), "")
		var short []string
		for _, line := range k.lines[:min(len(k.lines), differenceLines)] {
			short = append(short, card.Cut(line, most))
			over = over || short[len(short)-1] != line
		}
		if more := len(k.lines) - differenceLines; more > 0 {
			short, over = append(short, req.Say("class.more", bot.Args{"count": more})), true
		}
		parts = append(parts, bot.Text(head+"\n"+card.Bullets(short)))
	}
	if nothing {
		parts = append(parts, classwords.AllRow(req))
	}
	reply := bot.Reply{}
	if over {
		parts = append(parts, bot.FileLink(differenceName))
		reply.Files = []bot.File{{Name: differenceName, About: req.Say("class.file.difference_alt"), Data: []byte(strings.Join(full, "\n"))}}
	}
	reply.Parts = []bot.Part{bot.Container{Accent: card.AccentRead, Parts: parts}}
	return reply
}

// addedLines say of each class that is added what it has beside its rule, length
// and title, and other classes don't.
func (w *wish) addedLines() []string {
	lines := w.placedLines(w.diff.Add)
	usual := timetable.Class{Length: timetable.DefaultLength, Lead: timetable.DefaultLead, CoolDown: true}
	for i, a := range w.diff.Add {
		for _, f := range timetable.Differ(usual, a.Class) {
			if f == timetable.FieldRule || f == timetable.FieldTitle || f == timetable.FieldLength {
				continue
			}
			lines[i] += "; " + classwords.Has(w.req, a.Class, f)
		}
	}
	return lines
}

// zone is the clock of a place.
func (w *wish) zone(name string) *time.Location {
	zone, err := w.desk.Zones.Location(w.place(name).Zone)
	if err != nil { // serverFile has found all of them
		return time.UTC
	}
	return zone
}

func (w *wish) placedLines(all []timetable.Placed) []string {
	var lines []string
	for _, a := range all {
		line := classwords.Line(w.req, schedule.Series{Rule: a.Class.Rule, Length: a.Class.Length, Title: a.Class.Title})
		if len(w.now.places) > 1 {
			line = card.Joined(line, card.Plain(a.Place))
		}
		lines = append(lines, line)
	}
	return lines
}

func (w *wish) changedLines() []string {
	var lines []string
	for _, c := range w.diff.Change {
		var fields []string
		for _, f := range c.Fields {
			fields = append(fields, classwords.Change(w.req, c, f))
		}
		line := strings.Join(fields, "; ")
		if !slices.Contains(c.Fields, timetable.FieldRule) { // which says the rule
			line = w.req.Say("class.file.changed", bot.Args{"Sentence": card.Cut(c.Now.Rule.Sentence(w.req.Say), timetable.MaxTitle), "Fields": line})
		}
		lines = append(lines, line)
	}
	return lines
}

func (w *wish) closedLines() []string {
	var lines []string
	for _, p := range w.diff.Places {
		if len(p.Close) > 0 {
			lines = append(lines, w.req.Say("class.file.close", bot.Args{"Place": card.Plain(p.Place), "Days": input.SayRuns(w.req.Say, input.Runs(p.Close))}))
		}
		if len(p.Reopen) > 0 {
			lines = append(lines, w.req.Say("class.file.reopen", bot.Args{"Place": card.Plain(p.Place), "Days": input.SayRuns(w.req.Say, input.Runs(p.Reopen))}))
		}
	}
	if w.told > 0 {
		lines = append(lines, w.req.Say("class.file.tells", bot.Args{"count": w.told}))
	}
	return lines
}
