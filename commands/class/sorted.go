package class

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"unpinch/bot"
	"unpinch/commands/card"
	"unpinch/commands/classwords"
	"unpinch/schedule"
	"unpinch/timetable"
	"unpinch/timetable/paste"
)

// sorted is a pasted timetable beside what its place has already.
type sorted struct {
	drafts   []schedule.Series // classes to add, to change and, if they are to go, to remove
	added    int
	removed  int
	there    int               // classes that are there already
	missing  []schedule.Series // classes of the place that aren't in it, if the rest of it is
	faults   []string          // in words
	headings []paste.Heading
	open     []string // lines with times without am or pm
}

// sorted reads a pasted timetable.
func (c contracts) sorted(ctx context.Context, req *bot.Request, base schedule.Series, p pasted) (s sorted, err error) {
	read := p.read()
	s.headings = read.Headings
	if s.open = read.Open; len(s.open) > 0 {
		return s, nil
	}
	for _, f := range read.Faults {
		s.faults = append(s.faults, pasteFault(req, f))
	}
	var drafts []schedule.Series
	for _, line := range read.Lines {
		d := base
		d.Rule, d.Until, d.Length, d.Title = line.Rule.WithoutUntil(), line.Rule.Until(), line.Length, line.Title
		if _, err := c.desk.First(d); err != nil {
			ue, ok := errors.AsType[*bot.UserError](err)
			if !ok {
				return s, err
			}
			s.faults = append(s.faults, req.Say("class.paste.fault", bot.Args{"Text": card.Plain(card.Cut(line.Text, pasteSeen)), "Fault": req.Say(ue.Key, ue.Args)}))
			continue
		}
		drafts = append(drafts, d)
	}
	all, err := c.desk.Store.SeriesOf(ctx, req.GuildID)
	if err != nil {
		return s, fmt.Errorf("compare a timetable: %w", err)
	}
	s.compare(slices.DeleteFunc(all, func(o schedule.Series) bool {
		_, over := c.desk.First(o)
		return o.Place.ID != base.Place.ID || o.Purpose != schedule.ForClass || o.Rule.IsZero() || over != nil
	}), drafts, base.Place)
	if len(s.faults) > 0 { // one of which may be what is missing
		s.missing = nil
	}
	if p.drop {
		for _, gone := range s.missing {
			s.drafts, s.removed = append(s.drafts, asDraft(gone, gone, true)), s.removed+1
		}
	}
	if len(read.Lines)+len(s.faults) == 0 {
		s.faults = []string{req.Say("class.lines.empty")}
	}
	return s, nil
}

// pasteFault says of a line what was seen and what works.
func pasteFault(req *bot.Request, f paste.Fault) string {
	said := classwords.Fault(req, f.Fault)
	if f.Code == timetable.CodeTwice {
		said = req.Say("class.lines.twice", bot.Args{"Seen": card.Plain(f.Seen)})
	}
	if f.Text == "" { // of all lines
		return said
	}
	return req.Say("class.paste.fault", bot.Args{"Text": card.Plain(card.Cut(strings.TrimSpace(f.Text), pasteSeen)), "Fault": said})
}

// compare finds out which classes of a place stay, change and are missing when
// its timetable is that of some drafts.
func (s *sorted) compare(now, drafts []schedule.Series, at schedule.Place) {
	was, is := timetable.Place{Name: at.Name, Zone: at.Zone}, timetable.Place{Name: at.Name, Zone: at.Zone}
	for _, o := range now {
		was.Classes = append(was.Classes, classOf(o))
	}
	same := matches(now, drafts)
	for i, d := range drafts {
		if o, ok := same[i]; ok {
			d.ID = o.ID
			if o.Rule, o.Length, o.Title = d.Rule, d.Length, d.Title; !d.Until.IsZero() {
				o.Until = d.Until
			}
			is.Classes = append(is.Classes, classOf(o))
		} else {
			d.ID = 0
			is.Classes = append(is.Classes, classOf(d))
		}
	}
	diff := timetable.Diff(timetable.File{Places: []timetable.Place{was}}, timetable.File{Places: []timetable.Place{is}})
	find := func(id int64) schedule.Series {
		return now[slices.IndexFunc(now, func(o schedule.Series) bool { return o.ID == id })]
	}
	changed := map[int64]bool{}
	for _, c := range diff.Change {
		changed[c.Want.ID] = true
	}
	for i, d := range drafts {
		switch o, ok := same[i]; {
		case !ok:
			s.drafts, s.added = append(s.drafts, d), s.added+1
		case changed[o.ID]:
			s.drafts = append(s.drafts, asDraft(find(o.ID), d, false))
		default:
			s.there++
		}
	}
	if s.there == 0 { // another timetable
		return
	}
	for _, r := range diff.Remove {
		s.missing = append(s.missing, find(r.Class.ID))
	}
}

// classOf is a class as the file has it, whose single starts don't matter here.
func classOf(s schedule.Series) timetable.Class {
	return timetable.Class{ID: s.ID, Rule: s.Rule, Title: s.Title, Length: s.Length, Lead: s.Lead, CoolDown: s.CoolDown, Channel: s.ChannelID,
		Role: s.RoleID, Until: s.Until, PausedUntil: s.PausedUntil}
}

// asDraft drafts a class with the rule, the length and the title of another, or
// that it goes.
func asDraft(of, with schedule.Series, removes bool) schedule.Series {
	d := of
	if d.Rule, d.Length, d.Title = with.Rule, with.Length, with.Title; !with.Until.IsZero() {
		d.Until = with.Until
	}
	d.ID, d.DraftOf, d.Removes, d.Batch, d.Revision = 0, of.ID, removes, 0, of.Revision
	return d
}

// matches finds for drafts, by their number, the class that each is already. If
// those are half of all classes, the timetable is the same one changed: then one
// with the same title on the same days is the same class too.
func matches(now, drafts []schedule.Series) map[int]schedule.Series {
	same, taken := map[int]schedule.Series{}, map[int64]bool{}
	pair := func(alike func(a, b schedule.Series) bool, once bool) {
		for i, d := range drafts {
			if _, done := same[i]; done {
				continue
			}
			var found []schedule.Series
			for _, o := range now {
				if !taken[o.ID] && alike(o, d) {
					found = append(found, o)
				}
			}
			if len(found) == 0 || once && (len(found) > 1 || countAlike(drafts, same, d, alike) > 1) {
				continue
			}
			same[i], taken[found[0].ID] = found[0], true
		}
	}
	pair(func(a, b schedule.Series) bool {
		return a.Rule.Equal(b.Rule) && a.Length == b.Length && strings.EqualFold(a.Title, b.Title)
	}, false)
	if len(same) > 0 && 2*len(same) >= len(now) {
		pair(func(a, b schedule.Series) bool {
			return days(a.Rule) == days(b.Rule) && strings.EqualFold(a.Title, b.Title)
		}, true)
		pair(func(a, b schedule.Series) bool { return a.Rule.Equal(b.Rule) }, true)
	}
	return same
}

// countAlike counts the drafts without a class that are like one of them.
func countAlike(drafts []schedule.Series, same map[int]schedule.Series, d schedule.Series, alike func(a, b schedule.Series) bool) (n int) {
	for i, o := range drafts {
		if _, done := same[i]; !done && alike(o, d) {
			n++
		}
	}
	return n
}

// days are the words of a rule but its times.
func days(r schedule.Rule) string {
	words := slices.DeleteFunc(strings.Fields(r.String()), func(w string) bool { return strings.Contains(w, ":") })
	return strings.Join(words, " ")
}
