package commands

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/input"
	"unpinch/schedule"
	tablefile "unpinch/timetable"
)

// A wish is what a file would change, with why some of it can't be.
type wish struct {
	by      timetable
	req     *bot.Request
	now     serverFile
	diff    tablefile.Difference
	skipped []string // of another bot's file
	notes   []string
	faults  []string
	asked   map[string]error // what is known of a channel or role, by id
	asks    int              // how often Discord was asked
}

// place finds a place of the server by its name.
func (w *wish) place(name string) schedule.Place {
	p, _ := placeNamed(w.now.places, name)
	return p
}

// imported has the classes of another bot's file added, each at the first place
// that goes by its clock.
func (w *wish) imported(ctx context.Context, all tablefile.Imported, places []schedule.Place) error {
	skip := func(from, why string) {
		w.skipped = append(w.skipped, w.req.Say("class.file.skipped_line", bot.Args{"Name": card.Plain(from), "Why": w.req.Say("class.file.why." + why)}))
	}
	elsewhere := 0
	for _, c := range all.Classes {
		i := slices.IndexFunc(places, func(p schedule.Place) bool { return p.Zone == c.Zone })
		if i < 0 {
			skip(c.From, "clock")
			continue
		}
		if c.Class.Channel = c.Channel; c.Channel == places[i].ChannelID {
			c.Class.Channel = ""
		}
		if w.ask(ctx, c.Class.Channel, w.channel) != nil {
			c.Class.Channel = ""
			elsewhere++
		}
		w.diff.Add = append(w.diff.Add, tablefile.Placed{Place: places[i].Name, Class: c.Class})
	}
	for _, s := range all.Skipped {
		skip(s.Source, string(s.Why))
	}
	if elsewhere > 0 {
		w.notes = append(w.notes, w.req.Say("class.file.elsewhere", bot.Args{"count": elsewhere}))
	}
	return w.check(ctx)
}

// channel reports whether posts of this server may go to a channel: it is the
// server's, as far as is known or can be asked. A file names what it likes.
func (w *wish) channel(ctx context.Context, id string) error {
	ours := func(s schedule.Series) bool { return s.ChannelID == id || s.Place.ChannelID == id }
	if id == w.req.ChannelID || slices.ContainsFunc(w.now.series, ours) ||
		slices.ContainsFunc(w.now.places, func(p schedule.Place) bool { return p.ChannelID == id }) {
		return nil
	}
	if w.asks++; w.by.Access == nil || w.asks > fileAsked {
		return bot.ErrNoChannel
	}
	c, err := w.by.Access(ctx, w.req.GuildID, id)
	if err == nil && !c.Perms.Has(bot.ViewChannel) { // it may be another server's
		err = bot.ErrNoChannel
	}
	return err
}

// role reports whether a class may ping a role.
func (w *wish) role(ctx context.Context, id string) error {
	if id == w.req.GuildID {
		return &bot.UserError{Key: "class.ping_everyone"}
	}
	if w.asks++; w.by.RoleReach == nil || w.asks > fileAsked {
		return nil
	}
	if _, err := w.by.RoleReach(ctx, w.req.GuildID, id); errors.Is(err, bot.ErrNoRole) {
		return &bot.UserError{Key: "class.contract.role_gone"}
	}
	return nil // a role that nobody could ask about pings nobody elsewhere
}

// check refuses what the reader may not change, and collects what can't be.
func (w *wish) check(ctx context.Context) error {
	for _, name := range w.touched() {
		if err := mayChange(w.req, w.place(name)); err != nil {
			return err
		}
	}
	for _, name := range w.diff.UnknownPlaces {
		w.notes = append(w.notes, w.req.Say("class.file.unknown_place", bot.Args{"Place": card.Plain(card.Cut(name, placeNameMax))}))
	}
	for _, p := range w.diff.Places {
		if len(p.Fields) > 0 {
			w.notes = append(w.notes, w.req.Say("class.file.zone", bot.Args{"Place": card.Plain(p.Place), "Zone": p.Fields[0].From}))
		}
	}
	for _, a := range w.diff.Add {
		w.checkClass(ctx, a.Place, a.Class)
	}
	for _, c := range w.diff.Change {
		w.checkClass(ctx, c.Place, c.Want)
	}
	room := schedule.ClassesMax - len(w.now.series) + len(w.diff.Remove)
	if add := len(w.diff.Add); add > room {
		w.faults = append(w.faults, w.req.Say("class.cap_many", bot.Args{"count": max(0, room), "More": add, "Max": schedule.ClassesMax}))
	}
	return nil
}

// touched returns the names of the places of which something changes.
func (w *wish) touched() []string {
	var names []string
	for _, a := range slices.Concat(w.diff.Add, w.diff.Remove) {
		names = append(names, a.Place)
	}
	for _, c := range w.diff.Change {
		names = append(names, c.Place)
		if s, ok := w.series(c.Now.ID); ok {
			names = append(names, s.Place.Name)
		}
	}
	for _, p := range w.diff.Places {
		if len(p.Close)+len(p.Reopen) > 0 {
			names = append(names, p.Place)
		}
	}
	return names
}

func (w *wish) series(id int64) (schedule.Series, bool) {
	i := slices.IndexFunc(w.now.series, func(s schedule.Series) bool { return s.ID == id })
	if i < 0 {
		return schedule.Series{}, false
	}
	return w.now.series[i], true
}

// ask asks what is wrong with a channel or role, once for each; "" is fine.
func (w *wish) ask(ctx context.Context, id string, of func(context.Context, string) error) error {
	if _, done := w.asked[id]; !done && id != "" {
		w.asked[id] = of(ctx, id)
	}
	return w.asked[id]
}

// checkClass collects what is wrong with a class of a file.
func (w *wish) checkClass(ctx context.Context, place string, c tablefile.Class) {
	fault := func(err error) {
		said := w.req.Say("class.file.channel", bot.Args{"Channel": card.ChannelMention(c.Channel)})
		if ue, ok := errors.AsType[*bot.UserError](err); ok {
			said = w.req.Say(ue.Key, ue.Args)
		}
		w.faults = append(w.faults, w.req.Say("class.file.class_fault", bot.Args{"Sentence": card.Cut(c.Rule.Sentence(w.req.Say), differenceLine), "Fault": said}))
	}
	if err := w.ask(ctx, c.Channel, w.channel); err != nil {
		fault(err)
	}
	if err := w.ask(ctx, c.Role, w.role); err != nil {
		fault(err)
	}
	s := w.draft(place, c)
	today := schedule.DateOf(w.by.Now())
	if last := (schedule.Date{Year: today.Year + 1, Month: today.Month, Day: today.Day}); last.Before(c.PausedUntil) {
		fault(&bot.UserError{Key: "class.pause.far", Args: bot.Args{"Seen": c.PausedUntil, "Last": last}})
	} else if _, err := w.by.firstPost(s); err != nil && c.ID == 0 {
		fault(err)
	}
	if c.Role != "" && c.Lead == 0 {
		fault(&bot.UserError{Key: "class.ping_no_pre"})
	}
}

// draft is a class of a file at a place, as it is drafted.
func (w *wish) draft(place string, c tablefile.Class) schedule.Series {
	now := w.by.Now()
	p := w.place(place)
	s := schedule.Series{Place: p, Purpose: schedule.ForClass, ChannelID: c.Channel, Title: c.Title, Rule: c.Rule, Length: c.Length, Lead: c.Lead,
		CoolDown: c.CoolDown, RoleID: c.Role, Until: c.Until, PausedUntil: c.PausedUntil,
		CreatedBy: w.req.UserID, CreatedAt: now, DraftUntil: now.Add(draftMinutes * time.Minute)}
	if s.ChannelID == "" {
		s.ChannelID = p.ChannelID
	}
	return s
}

// dryRun shows what a file would change, and drafts it; err is why it can't be
// read.
func (f fileFlow) dryRun(ctx context.Context, w wish, err error) (bot.Reply, error) {
	req := w.req
	if faults, ok := errors.AsType[tablefile.Faults](err); ok {
		for _, one := range faults {
			w.faults = append(w.faults, fileFault(req, one))
		}
	} else if err != nil {
		return bot.Reply{}, err
	}
	if more := len(w.faults) - linesFaults; more > 0 {
		w.faults = append(w.faults[:linesFaults], req.Say("class.more", bot.Args{"count": more}))
	}
	if len(w.faults) > 0 {
		return bot.Reply{Parts: []bot.Part{bot.Container{Accent: card.AccentRead, Parts: []bot.Part{
			bot.Text(req.Say("class.file.refused")), bot.Text(card.Bullets(w.faults))}}}}, nil
	}
	drafts, extra := w.drafts()
	reply := w.card(len(drafts)+len(extra) == 0)
	if len(drafts)+len(extra) == 0 {
		return reply, nil
	}
	s := button.ClassState{Act: button.ActApply}
	if len(drafts) > 0 {
		if s.ID, err = f.addDrafts(ctx, 0, drafts); err != nil {
			return bot.Reply{}, err
		}
	}
	if len(extra) > 0 {
		s.N = f.extra.keep(req.UserID, extra, f.Now())
	}
	apply := bot.Button{Label: req.Say("class.button.apply"), ID: button.ClassID.For(s), Style: bot.Success}
	if len(w.diff.Remove) > 0 {
		apply.Style = bot.Danger
	}
	box := reply.Parts[0].(bot.Container)
	box.Parts = append(box.Parts, bot.Text(req.Say("class.file.save")+" "+req.Say("class.save_tells")), bot.Row{apply,
		{Label: req.Say("class.button.leave"), ID: button.ClassID.For(button.ClassState{Act: button.ActLeave})}})
	reply.Parts[0] = box
	return reply, nil
}

// fileFault says what is wrong with a line of a file.
func fileFault(req *bot.Request, f tablefile.Fault) string {
	said := faultWords(req, f)
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
		{"add", w.placedLines(w.diff.Add)},
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
	over := false
	for _, k := range kinds {
		if len(k.lines) == 0 {
			continue
		}
		head := req.Say("class.file.section."+k.key, bot.Args{"count": len(k.lines)})
		full = append(full, strings.TrimLeft(head, "# "), card.Bullets(k.lines), "")
		var short []string
		for _, line := range k.lines[:min(len(k.lines), differenceLines)] {
			short = append(short, card.Cut(line, differenceLine))
			over = over || short[len(short)-1] != line
		}
		if more := len(k.lines) - differenceLines; more > 0 {
			short, over = append(short, req.Say("class.more", bot.Args{"count": more})), true
		}
		parts = append(parts, bot.Text(head+"\n"+card.Bullets(short)))
	}
	if nothing {
		parts = append(parts, allRow(req))
	}
	reply := bot.Reply{}
	if over {
		parts = append(parts, bot.FileLink(differenceName))
		reply.Files = []bot.File{{Name: differenceName, About: req.Say("class.file.difference_alt"), Data: []byte(strings.Join(full, "\n"))}}
	}
	reply.Parts = []bot.Part{bot.Container{Accent: card.AccentRead, Parts: parts}}
	return reply
}

func (w *wish) placedLines(all []tablefile.Placed) []string {
	var lines []string
	for _, a := range all {
		line := classLine(w.req, schedule.Series{Rule: a.Class.Rule, Length: a.Class.Length, Title: a.Class.Title})
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
		zone, err := w.by.Zones.Location(w.place(c.Place).Zone)
		if err != nil { // serverFile has found all of them
			zone = time.UTC
		}
		var fields []string
		for _, f := range c.Fields {
			fields = append(fields, fieldLine(w.req, f, zone))
		}
		line := strings.Join(fields, "; ")
		if !slices.ContainsFunc(c.Fields, func(f tablefile.Field) bool { return f.Name == "at" }) { // which says the rule
			line = w.req.Say("class.file.changed", bot.Args{"Sentence": card.Cut(c.Now.Rule.Sentence(w.req.Say), titleMax), "Fields": line})
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
	return lines
}
