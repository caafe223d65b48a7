package classfile

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"unpinch/bot"
	"unpinch/commands/card"
	"unpinch/commands/draft"
	"unpinch/commands/place"
	"unpinch/schedule"
	"unpinch/timetable"
)

// A wish is what a file would change, with why some of it can't be.
type wish struct {
	desk    draft.Desk
	closing place.Closing
	asker   asker
	req     *bot.Request
	now     serverFile
	diff    timetable.Difference
	skipped []string // of another bot's file
	notes   []string
	faults  []string
	told    int              // how many hear at once that today is off
	asked   map[string]error // what is known of a channel or role, by id
	asks    int              // how often Discord was asked
}

// wish is what a file would change about a timetable.
func (f flow) wish(req *bot.Request, now serverFile) wish {
	return wish{desk: f.desk, closing: f.closing, asker: f.asker, req: req, now: now, asked: map[string]error{}}
}

// place finds a place of the server by its name.
func (w *wish) place(name string) schedule.Place {
	p, _ := place.Named(w.now.places, name)
	return p
}

// imported has the classes of another bot's file added, each at the first place
// that goes by its clock.
func (w *wish) imported(ctx context.Context, all timetable.Imported, places []schedule.Place) error {
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
		w.diff.Add = append(w.diff.Add, timetable.Placed{Place: places[i].Name, Class: c.Class})
	}
	for _, s := range all.Skipped {
		skip(s.Source, string(s.Why))
	}
	if elsewhere > 0 {
		w.notes = append(w.notes, w.req.Say("class.file.elsewhere", bot.Args{"count": elsewhere}))
	}
	return w.check(ctx)
}

// check refuses what the reader may not change, and collects what can't be.
func (w *wish) check(ctx context.Context) error {
	for _, t := range w.touched() {
		err := place.MayChange(w.req, w.place(t.place))
		if refused, ok := errors.AsType[*bot.UserError](err); ok && !t.rule.IsZero() {
			refused.Below = append(refused.Below, bot.Text(w.req.Say("class.file.not_yours", bot.Args{"Sentence": card.Cut(t.rule.Sentence(w.req.Say), ruleMax)})))
		}
		if err != nil {
			return err
		}
	}
	for _, name := range w.diff.UnknownPlaces {
		w.notes = append(w.notes, w.req.Say("class.file.unknown_place", bot.Args{"Place": card.Plain(card.Cut(name, place.NameMax))}))
	}
	for _, p := range w.diff.Places {
		if p.OtherZone != "" {
			w.notes = append(w.notes, w.req.Say("class.file.zone", bot.Args{"Place": card.Plain(p.Place), "Zone": w.place(p.Place).Zone}))
		}
	}
	room := schedule.ClassesMax - len(w.now.series) + len(w.diff.Remove)
	if add := len(w.diff.Add); add > room { // of so many, nobody wants to hear more
		w.faults = append(w.faults, w.req.Say("class.cap_many", bot.Args{"count": max(0, room), "More": add, "Max": schedule.ClassesMax}))
		return nil
	}
	classes := slices.Concat(w.added(), w.diff.Change)
	if starts := countStarts(classes); starts > startsAtOnce {
		w.faults = append(w.faults, w.req.Say("class.file.many_starts", bot.Args{"Seen": starts, "Most": startsAtOnce}))
		return nil
	}
	for _, c := range classes {
		if len(w.faults) >= timetable.MaxFaults {
			w.faults = slices.Insert(w.faults, 0, fileFault(w.req, timetable.Stopped()))
			return nil
		}
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("check a file: %w", err)
		}
		w.checkClass(ctx, c)
	}
	return w.tell(ctx)
}

// added are the classes that the file adds, as changes of nothing.
func (w *wish) added() (all []timetable.Changed) {
	for _, a := range w.diff.Add {
		all = append(all, timetable.Changed{Place: a.Place, Want: a.Class})
	}
	return all
}

// tell counts who hears at once that today is off.
func (w *wish) tell(ctx context.Context) error {
	people := map[string]bool{}
	for _, p := range w.diff.Places {
		tell, err := w.closing.Tell(ctx, w.place(p.Place), p.Close)
		if err != nil {
			return fmt.Errorf("count who is told: %w", err)
		}
		for _, o := range tell {
			people[o.UserID] = true
		}
	}
	w.told = len(people)
	return nil
}

// touched returns the places of which something changes, with what it is about.
func (w *wish) touched() []touch {
	var all []touch
	for _, a := range slices.Concat(w.diff.Add, w.diff.Remove) {
		all = append(all, touch{a.Place, a.Class.Rule})
	}
	for _, c := range w.diff.Change {
		all = append(all, touch{c.Place, c.Now.Rule})
		if s, ok := w.series(c.Now.ID); ok {
			all = append(all, touch{s.Place.Name, s.Rule})
		}
	}
	for _, p := range w.diff.Places {
		if len(p.Close)+len(p.Reopen) > 0 {
			all = append(all, touch{place: p.Place})
		}
	}
	return all
}

// A touch is a place that a file changes, and the rule of a class there that it
// adds, changes or removes: none for closed days.
type touch struct {
	place string
	rule  schedule.Rule
}

func (w *wish) series(id int64) (schedule.Series, bool) {
	i := slices.IndexFunc(w.now.series, func(s schedule.Series) bool { return s.ID == id })
	if i < 0 {
		return schedule.Series{}, false
	}
	return w.now.series[i], true
}

// revision is that of a class as the file was compared with it.
func (w *wish) revision(id int64) int64 {
	s, _ := w.series(id)
	return s.Revision
}

// ask asks what is wrong with a channel or role, once for each; "" is fine.
func (w *wish) ask(ctx context.Context, id string, of func(context.Context, string) error) error {
	if _, done := w.asked[id]; !done && id != "" {
		w.asked[id] = of(ctx, id)
	}
	return w.asked[id]
}

// checkClass collects what is wrong with a class of a file.
func (w *wish) checkClass(ctx context.Context, of timetable.Changed) {
	c := of.Want
	fault := func(err error) {
		said := w.req.Say("class.file.channel", bot.Args{"Channel": c.Channel}) // as an id: it may be another server's
		if words, ok := inWords(w.req, err); ok {
			said = words
		}
		w.faults = append(w.faults, w.req.Say("class.file.class_fault", bot.Args{"Sentence": card.Cut(c.Rule.Sentence(w.req.Say), ruleMax), "Fault": said}))
	}
	if err := w.ask(ctx, c.Channel, w.channel); err != nil {
		fault(err)
	}
	if err := w.ask(ctx, c.Role, w.role); err != nil {
		fault(err)
	}
	s := w.draft(of.Place, c)
	if err := w.never(s, of); err != nil {
		fault(err)
	}
	if c.Role != "" && c.Lead == 0 {
		fault(&bot.UserError{Key: "class.ping_no_pre"})
	}
	for _, err := range w.untimely(s, of) {
		fault(err)
	}
}

// twins are the classes to be added that are on the timetable already, and would
// stay so.
func (w *wish) twins() (all []timetable.Placed) {
	now := slices.Clone(w.now.series)
	for _, a := range slices.Concat(w.diff.Remove, w.changed()) {
		now = slices.DeleteFunc(now, func(s schedule.Series) bool { return s.ID == a.Class.ID })
	}
	for _, a := range w.diff.Add {
		if w.desk.Twin(w.draft(a.Place, a.Class), now) {
			all = append(all, a)
		}
	}
	return all
}

// changed are the classes that the file changes, as they are now.
func (w *wish) changed() (all []timetable.Placed) {
	for _, c := range w.diff.Change {
		all = append(all, timetable.Placed{Place: c.Place, Class: c.Now})
	}
	return all
}

// draft is a class of a file at a place, as it is drafted.
func (w *wish) draft(at string, c timetable.Class) schedule.Series {
	now := w.desk.Now()
	p := w.place(at)
	s := schedule.Series{Place: p, Purpose: schedule.ForClass, ChannelID: c.Channel, Title: c.Title, Rule: c.Rule, Length: c.Length, Lead: c.Lead,
		WarmUp: c.WarmUp, CoolDown: c.CoolDown, Event: c.Event, RoleID: c.Role, Until: c.Until, PausedUntil: c.PausedUntil,
		CreatedBy: w.req.UserID, CreatedAt: now, DraftUntil: now.Add(draft.Life)}
	if s.ChannelID == "" {
		s.ChannelID = p.ChannelID
	}
	return s
}
