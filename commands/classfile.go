package commands

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"unpinch/bot"
	"unpinch/schedule"
	tablefile "unpinch/timetable"
)

const (
	// timetableName and differenceName are the names of the files that
	// /class file sends.
	timetableName  = "timetable.yaml"
	differenceName = "difference.txt"
	// differenceLines is how many lines of a kind a card has, and differenceLine
	// how long one gets, in characters; more is in a file.
	differenceLines = 6
	differenceLine  = 120
	// fileAsked is how many channels and roles of a file Discord is asked about.
	fileAsked = 20
)

// fileFlow gives the timetable as a file, and takes one.
type fileFlow struct {
	classDesk
	file *bot.AttachmentOption
}

func (f fileFlow) run(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	places, err := f.changeablePlaces(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	now, err := f.serverFile(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	a, ok := f.file.Get(req)
	if !ok {
		return now.send(req)
	}
	data, err := f.fetch(ctx, a)
	if err != nil {
		return bot.Reply{}, err
	}
	w := wish{by: f.timetable, req: req, now: now, asked: map[string]error{}}
	switch tablefile.Sniff(data) {
	case tablefile.KindCSV:
		place := places[0]
		if here, ok := placeHere(req, places); ok {
			place = here
		}
		zone, err := f.Zones.Location(place.Zone)
		if err != nil {
			return bot.Reply{}, fmt.Errorf("read a file: %w", err)
		}
		all, err := tablefile.ImportReminderBotCSV(data, zone)
		if err == nil {
			err = w.imported(ctx, all, []schedule.Place{place})
		}
		return f.dryRun(ctx, w, err)
	case tablefile.KindJSON:
		all, err := tablefile.ImportLovinatorJSON(data, f.Zones)
		if err == nil {
			err = w.imported(ctx, all, places)
		}
		return f.dryRun(ctx, w, err)
	}
	want, err := tablefile.Decode(data, f.Zones)
	if err == nil {
		if err = upcoming(&want, f.Zones, f.Now()); err != nil {
			return bot.Reply{}, err
		}
		w.diff = tablefile.Diff(now.file, want)
		err = w.check(ctx)
	}
	return f.dryRun(ctx, w, err)
}

// fetch reads the file, or says why it can't.
func (f fileFlow) fetch(ctx context.Context, a bot.AttachmentValue) ([]byte, error) {
	if f.Fetch == nil {
		return nil, &bot.UserError{Key: "class.file.unreachable"}
	}
	data, err := f.Fetch(ctx, a, tablefile.MaxImport)
	if big, ok := errors.AsType[*bot.TooBigError](err); ok {
		return nil, &bot.UserError{Key: "class.file.big", Args: args{"Size": big.Size >> 10, "Max": big.Max >> 10}}
	}
	if errors.Is(err, bot.ErrUnreachable) {
		return nil, &bot.UserError{Key: "class.file.unreachable", Err: err}
	}
	if err != nil {
		return nil, fmt.Errorf("read a file: %w", err)
	}
	return data, nil
}

// A serverFile is a server's timetable as a file, with what stands behind it.
type serverFile struct {
	file     tablefile.File
	places   []schedule.Place // in the order of the file
	listings []schedule.Listing
	desks    int // breaks at a desk, which are not in the file
}

// serverFile writes the timetable down. Starts that are over are left out.
func (t timetable) serverFile(ctx context.Context, req *bot.Request) (s serverFile, err error) {
	if s.places, err = t.placesOf(ctx, req); err != nil {
		return s, err
	}
	if s.listings, err = t.Classes.Listings(ctx, req.GuildID); err != nil {
		return s, fmt.Errorf("write the timetable: %w", err)
	}
	for _, p := range s.places {
		zone, err := t.Zones.Location(p.Zone)
		if err != nil {
			return s, fmt.Errorf("write the timetable: %w", err)
		}
		closed, err := t.Classes.ClosedDays(ctx, p.ID)
		if err != nil {
			return s, fmt.Errorf("write the timetable: %w", err)
		}
		place := tablefile.Place{Name: p.Name, Zone: p.Zone, Closed: comingDays(closed, t.Now().In(zone))}
		for _, l := range s.listings {
			switch {
			case l.Place.ID != p.ID, l.Rule.IsZero(): // what can't be read can't be written
			case l.Purpose == schedule.ForDesk:
				s.desks++
			default:
				place.Classes = append(place.Classes, fileClass(l, zone, t.Now()))
			}
		}
		s.file.Places = append(s.file.Places, place)
	}
	return s, nil
}

func comingDays(days []schedule.Date, now time.Time) []schedule.Date {
	return slices.DeleteFunc(slices.Clone(days), func(d schedule.Date) bool { return d.Before(schedule.DateOf(now)) })
}

// upcoming leaves out what of a file is over, as serverFile does.
func upcoming(f *tablefile.File, zones *schedule.Zones, now time.Time) error {
	for i := range f.Places {
		p := &f.Places[i]
		zone, err := zones.Location(p.Zone)
		if err != nil {
			return fmt.Errorf("read a file: %w", err)
		}
		p.Closed = comingDays(p.Closed, now.In(zone))
		for j := range p.Classes {
			c := &p.Classes[j]
			c.Skips, c.Moves = comingStarts(c.Skips, c.Moves, now)
		}
	}
	return nil
}

func comingStarts(skips []time.Time, moves []schedule.Move, now time.Time) ([]time.Time, []schedule.Move) {
	over := func(at time.Time) bool { return !at.After(now) }
	return slices.DeleteFunc(slices.Clone(skips), over), slices.DeleteFunc(slices.Clone(moves), func(m schedule.Move) bool {
		return m.To.Equal(m.From) || over(m.To)
	})
}

// fileClass is a class as a file has it, with the starts after an instant.
func fileClass(l schedule.Listing, zone *time.Location, after time.Time) tablefile.Class {
	c := tablefile.Class{ID: l.ID, Rule: l.Rule, Title: l.Title, Length: l.Length, Lead: l.Lead, CoolDown: l.CoolDown,
		Channel: l.ChannelID, Role: l.RoleID, Until: l.Until, PausedUntil: l.PausedUntil}
	if c.Channel == l.Place.ChannelID {
		c.Channel = ""
	}
	skips, moves := comingStarts(l.Skips, l.Moves, after)
	for _, at := range skips {
		c.Skips = append(c.Skips, at.In(zone))
	}
	for _, m := range moves {
		c.Moves = append(c.Moves, schedule.Move{From: m.From.In(zone), To: m.To.In(zone)})
	}
	return c
}

// send hands the timetable over.
func (s serverFile) send(req *bot.Request) (bot.Reply, error) {
	data, err := tablefile.Encode(s.file)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("write the timetable: %w", err)
	}
	n := 0
	for _, p := range s.file.Places {
		n += len(p.Classes)
	}
	text := req.Say("class.file.out", args{"count": n})
	if s.desks > 0 {
		text += "\n" + req.Say("class.file.desks", args{"count": s.desks})
	}
	return bot.Reply{Parts: []bot.Part{bot.Text(text), bot.FileLink(timetableName)},
		Files: []bot.File{{Name: timetableName, About: req.Say("class.file.alt"), Data: data}}}, nil
}

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
		w.skipped = append(w.skipped, w.req.Say("class.file.skipped_line", args{"Name": plain(from), "Why": w.req.Say("class.file.why." + why)}))
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
		w.notes = append(w.notes, w.req.Say("class.file.elsewhere", args{"count": elsewhere}))
	}
	return w.check(ctx)
}

// channel reports whether posts of this server may go to a channel: it is the
// server's, as far as is known or can be asked. A file names what it likes.
func (w *wish) channel(ctx context.Context, id string) error {
	ours := func(l schedule.Listing) bool { return l.ChannelID == id || l.Place.ChannelID == id }
	if id == w.req.ChannelID || slices.ContainsFunc(w.now.listings, ours) ||
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
		w.notes = append(w.notes, w.req.Say("class.file.unknown_place", args{"Place": plain(cut(name, placeNameMax))}))
	}
	for _, p := range w.diff.Places {
		if len(p.Fields) > 0 {
			w.notes = append(w.notes, w.req.Say("class.file.zone", args{"Place": plain(p.Place), "Zone": p.Fields[0].From}))
		}
	}
	for _, a := range w.diff.Add {
		w.checkClass(ctx, a.Place, a.Class)
	}
	for _, c := range w.diff.Change {
		w.checkClass(ctx, c.Place, c.Want)
	}
	room := schedule.ClassesMax - len(w.now.listings) + len(w.diff.Remove)
	if add := len(w.diff.Add); add > room {
		w.faults = append(w.faults, w.req.Say("class.cap_many", args{"count": max(0, room), "More": add, "Max": schedule.ClassesMax}))
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
		if l, ok := w.listing(c.Now.ID); ok {
			names = append(names, l.Place.Name)
		}
	}
	for _, p := range w.diff.Places {
		if len(p.Close)+len(p.Reopen) > 0 {
			names = append(names, p.Place)
		}
	}
	return names
}

func (w *wish) listing(id int64) (schedule.Listing, bool) {
	i := slices.IndexFunc(w.now.listings, func(l schedule.Listing) bool { return l.ID == id })
	if i < 0 {
		return schedule.Listing{}, false
	}
	return w.now.listings[i], true
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
		said := w.req.Say("class.file.channel", args{"Channel": channelMention(c.Channel)})
		if ue, ok := errors.AsType[*bot.UserError](err); ok {
			said = w.req.Say(ue.Key, ue.Args)
		}
		w.faults = append(w.faults, w.req.Say("class.file.class_fault", args{"Sentence": cut(c.Rule.Sentence(), differenceLine), "Fault": said}))
	}
	if err := w.ask(ctx, c.Channel, w.channel); err != nil {
		fault(err)
	}
	if err := w.ask(ctx, c.Role, w.role); err != nil {
		fault(err)
	}
	l := w.draft(place, c)
	today := schedule.DateOf(w.by.Now())
	if last := (schedule.Date{Year: today.Year + 1, Month: today.Month, Day: today.Day}); last.Before(c.PausedUntil) {
		fault(&bot.UserError{Key: "class.pause.far", Args: args{"Seen": c.PausedUntil, "Last": last}})
	} else if _, err := w.by.firstPost(l); err != nil && c.ID == 0 {
		fault(err)
	}
	if c.Role != "" && c.Lead == 0 {
		fault(&bot.UserError{Key: "class.ping_no_pre"})
	}
}

// draft is a class of a file at a place, as it is drafted.
func (w *wish) draft(place string, c tablefile.Class) schedule.Listing {
	now := w.by.Now()
	p := w.place(place)
	l := schedule.Listing{Place: p, Purpose: schedule.ForClass, ChannelID: c.Channel, Title: c.Title, Rule: c.Rule, Length: c.Length, Lead: c.Lead,
		CoolDown: c.CoolDown, RoleID: c.Role, Until: c.Until, PausedUntil: c.PausedUntil,
		CreatedBy: w.req.UserID, CreatedAt: now, DraftUntil: now.Add(draftMinutes * time.Minute)}
	if l.ChannelID == "" {
		l.ChannelID = p.ChannelID
	}
	return l
}

// drafts are those of the classes that the file adds, changes and removes, in
// this order, and what is done beside them.
func (w *wish) drafts() (drafts []schedule.Listing, extra []extraChange) {
	for i, a := range w.diff.Add {
		drafts = append(drafts, w.draft(a.Place, a.Class))
		extra = append(extra, startChanges(w.place(a.Place), func(ids []int64) int64 { return ids[i] }, tablefile.Class{}, a.Class)...)
	}
	for _, c := range w.diff.Change {
		id := c.Now.ID
		extra = append(extra, startChanges(w.place(c.Place), func([]int64) int64 { return id }, c.Now, c.Want)...)
		if slices.ContainsFunc(c.Fields, func(f tablefile.Field) bool { return f.Name != "skips" && f.Name != "moves" }) {
			l := w.draft(c.Place, c.Want)
			l.DraftOf = id
			drafts = append(drafts, l)
		}
	}
	for _, r := range w.diff.Remove {
		l := w.draft(r.Place, r.Class)
		l.DraftOf, l.Removes = r.Class.ID, true
		drafts = append(drafts, l)
	}
	for _, p := range w.diff.Places {
		place := w.place(p.Place)
		if len(p.Close) > 0 {
			extra = append(extra, extraChange{place, func(ctx context.Context, t timetable, by schedule.By, _ []int64) error {
				by.Detail = writeRuns(runs(p.Close))
				return t.Classes.CloseDays(ctx, place.ID, p.Close, by)
			}})
		}
		if len(p.Reopen) > 0 {
			extra = append(extra, extraChange{place, func(ctx context.Context, t timetable, by schedule.By, _ []int64) error {
				by.Detail = writeRuns(runs(p.Reopen))
				return t.Classes.OpenDays(ctx, place.ID, p.Reopen, by)
			}})
		}
	}
	return drafts, extra
}

// startChanges are what is done to make the single starts of a class those of a
// file. A move that is gone is one to where the start was planned.
func startChanges(place schedule.Place, id func(ids []int64) int64, now, want tablefile.Class) (all []extraChange) {
	add := func(at time.Time, do func(ctx context.Context, t timetable, id int64, s schedule.Start, by schedule.By) error) {
		all = append(all, extraChange{place, func(ctx context.Context, t timetable, by schedule.By, ids []int64) error {
			zone, err := t.Zones.Location(place.Zone)
			if err != nil {
				return err
			}
			by.Detail = wall(at.In(zone))
			return do(ctx, t, id(ids), schedule.Start{At: at, Planned: at}, by)
		}})
	}
	for _, at := range want.Skips {
		if !slices.ContainsFunc(now.Skips, at.Equal) {
			add(at, func(ctx context.Context, t timetable, id int64, s schedule.Start, by schedule.By) error {
				return t.Classes.Skip(ctx, id, s, by)
			})
		}
	}
	for _, at := range now.Skips {
		if !slices.ContainsFunc(want.Skips, at.Equal) {
			add(at, func(ctx context.Context, t timetable, id int64, s schedule.Start, by schedule.By) error {
				return t.Classes.Unskip(ctx, id, s.Planned, by)
			})
		}
	}
	was := func(from time.Time) time.Time {
		for _, m := range now.Moves {
			if m.From.Equal(from) {
				return m.To
			}
		}
		return from
	}
	move := func(from, to time.Time) {
		if at := was(from); !at.Equal(to) {
			add(from, func(ctx context.Context, t timetable, id int64, s schedule.Start, by schedule.By) error {
				s.At = at
				return t.Classes.Move(ctx, id, s, to, by)
			})
		}
	}
	for _, m := range want.Moves {
		move(m.From, m.To)
	}
	for _, m := range now.Moves {
		if !slices.ContainsFunc(want.Moves, func(o schedule.Move) bool { return o.From.Equal(m.From) }) {
			move(m.From, m.From)
		}
	}
	return all
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
		w.faults = append(w.faults[:linesFaults], req.Say("class.more", args{"count": more}))
	}
	if len(w.faults) > 0 {
		return bot.Reply{Parts: []bot.Part{bot.Container{Accent: accentRead, Parts: []bot.Part{
			bot.Text(req.Say("class.file.refused")), bot.Text(bullets(w.faults))}}}}, nil
	}
	drafts, extra := w.drafts()
	reply := w.card(len(drafts)+len(extra) == 0)
	if len(drafts)+len(extra) == 0 {
		return reply, nil
	}
	s := classState{Act: actApply}
	if len(drafts) > 0 {
		if s.ID, err = f.addDrafts(ctx, 0, drafts); err != nil {
			return bot.Reply{}, err
		}
	}
	if len(extra) > 0 {
		s.N = f.extra.keep(req.UserID, extra, f.Now())
	}
	apply := bot.Button{Label: req.Say("class.button.apply"), ID: classID.For(s), Style: bot.Success}
	if len(w.diff.Remove) > 0 {
		apply.Style = bot.Danger
	}
	box := reply.Parts[0].(bot.Container)
	box.Parts = append(box.Parts, bot.Text(req.Say("class.file.save")), bot.Row{apply,
		{Label: req.Say("class.button.leave"), ID: classID.For(classState{Act: actLeave})}})
	reply.Parts[0] = box
	return reply, nil
}

// fileFault says what is wrong with a line of a file.
func fileFault(req *bot.Request, f tablefile.Fault) string {
	said := faultWords(req, f)
	switch {
	case f.N > 0 && f.Text != "":
		return req.Say("class.file.fault_key", args{"Line": f.N, "Key": f.Text, "Fault": said})
	case f.N > 0:
		return req.Say("class.file.fault_line", args{"Line": f.N, "Fault": said})
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
		title = req.Say(either(len(w.skipped)+len(w.notes) > 0, "class.file.nothing", "class.file.same"))
	}
	parts := []bot.Part{bot.Text(title)}
	var full []string
	over := false
	for _, k := range kinds {
		if len(k.lines) == 0 {
			continue
		}
		head := req.Say("class.file.section."+k.key, args{"count": len(k.lines)})
		full = append(full, strings.TrimLeft(head, "# "), bullets(k.lines), "")
		var short []string
		for _, line := range k.lines[:min(len(k.lines), differenceLines)] {
			short = append(short, cut(line, differenceLine))
			over = over || short[len(short)-1] != line
		}
		if more := len(k.lines) - differenceLines; more > 0 {
			short, over = append(short, req.Say("class.more", args{"count": more})), true
		}
		parts = append(parts, bot.Text(head+"\n"+bullets(short)))
	}
	reply := bot.Reply{}
	if over {
		parts = append(parts, bot.FileLink(differenceName))
		reply.Files = []bot.File{{Name: differenceName, About: req.Say("class.file.difference_alt"), Data: []byte(strings.Join(full, "\n"))}}
	}
	reply.Parts = []bot.Part{bot.Container{Accent: accentRead, Parts: parts}}
	return reply
}

func (w *wish) placedLines(all []tablefile.Placed) []string {
	var lines []string
	for _, a := range all {
		line := classLine(w.req, schedule.Listing{Rule: a.Class.Rule, Length: a.Class.Length, Title: a.Class.Title})
		if len(w.now.places) > 1 {
			line = joined(line, plain(a.Place))
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
			line = w.req.Say("class.file.changed", args{"Sentence": cut(c.Now.Rule.Sentence(), titleMax), "Fields": line})
		}
		lines = append(lines, line)
	}
	return lines
}

func (w *wish) closedLines() []string {
	var lines []string
	for _, p := range w.diff.Places {
		if len(p.Close) > 0 {
			lines = append(lines, w.req.Say("class.file.close", args{"Place": plain(p.Place), "Days": sayRuns(runs(p.Close))}))
		}
		if len(p.Reopen) > 0 {
			lines = append(lines, w.req.Say("class.file.reopen", args{"Place": plain(p.Place), "Days": sayRuns(runs(p.Reopen))}))
		}
	}
	return lines
}

// An extraChange is what a file changes beside its classes, at a place. ids are
// those of the classes that were added and changed.
type extraChange struct {
	place schedule.Place
	do    func(ctx context.Context, t timetable, by schedule.By, ids []int64) error
}

// fileExtras keeps such changes until they are applied: in memory only, for as
// long as a draft.
type fileExtras struct {
	mu   sync.Mutex
	last int64
	by   map[string]fileExtra // by user id
}

type fileExtra struct {
	n   int64
	all []extraChange
	at  time.Time
}

// keep remembers changes in place of the person's last, and returns their
// number.
func (e *fileExtras) keep(userID string, all []extraChange, now time.Time) int64 {
	e.mu.Lock()
	defer e.mu.Unlock()
	for id, old := range e.by {
		if now.Sub(old.at) >= draftMinutes*time.Minute {
			delete(e.by, id)
		}
	}
	if e.by == nil || len(e.by) >= typedPeople {
		e.by = map[string]fileExtra{}
	}
	// The clock is in it, so that no number comes again after a restart.
	e.last = max(e.last+1, now.UnixMilli())
	e.by[userID] = fileExtra{e.last, all, now}
	return e.last
}

// take returns changes by their number, once.
func (e *fileExtras) take(userID string, n int64, now time.Time) ([]extraChange, bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	kept, ok := e.by[userID]
	if !ok || kept.n != n || now.Sub(kept.at) >= draftMinutes*time.Minute {
		return nil, false
	}
	delete(e.by, userID)
	return kept.all, true
}

// turn is timetable.turn, and applies files.
func (d classDesk) turn(ctx context.Context, req *bot.Request, s classState) (bot.Reply, error) {
	switch s.Act {
	case actApply:
		return d.apply(ctx, req, s)
	case actLeave:
		d.extra.take(req.UserID, s.N, d.Now())
		return bot.Reply{Parts: []bot.Part{bot.Text(req.Say("class.file.left"))}}, nil
	}
	return d.timetable.turn(ctx, req, s)
}

// apply changes the timetable as the card says.
func (d classDesk) apply(ctx context.Context, req *bot.Request, s classState) (bot.Reply, error) {
	var drafts []schedule.Listing
	var err error
	if s.ID != 0 {
		if drafts, err = d.drafts(ctx, req, s.ID); err != nil {
			return bot.Reply{}, err
		}
	}
	for _, l := range drafts {
		if l.DraftOf != 0 { // it may come from another place
			if _, err := d.changeable(ctx, req, l.DraftOf); err != nil {
				return bot.Reply{}, err
			}
		}
	}
	var extra []extraChange
	if s.N != 0 {
		var ok bool
		if extra, ok = d.extra.take(req.UserID, s.N, d.Now()); !ok {
			return bot.Reply{}, &bot.UserError{Key: "class.file.again"}
		}
	}
	for _, e := range extra {
		if err := mayChange(req, e.place); err != nil {
			return bot.Reply{}, err
		}
	}
	if len(drafts)+len(extra) == 0 {
		return bot.Reply{}, &bot.UserError{Key: "class.file.again"}
	}
	var ids []int64
	if s.ID != 0 {
		if ids, err = d.saveDrafts(ctx, req, s.ID); err != nil {
			return bot.Reply{}, err
		}
	}
	for _, e := range extra {
		if err := e.do(ctx, d.timetable, d.by(req, ""), ids); err != nil && !errors.Is(err, schedule.ErrNoClass) {
			return bot.Reply{}, fmt.Errorf("apply a file: %w", err) // sent again, the file does the rest
		}
	}
	d.Kick()
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: accentCalm, Parts: []bot.Part{
		bot.Text(req.Say("class.file.applied")), allRow(req)}}}}, nil
}
