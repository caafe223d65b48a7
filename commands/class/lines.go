package class

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/classwords"
	"unpinch/commands/input"
	"unpinch/commands/place"
	"unpinch/schedule"
	"unpinch/timetable"
)

// The fields of the form.
const (
	fieldLines    = "lines"
	fieldPlace    = "place"
	fieldBefore   = "before"
	fieldCoolDown = "cool_down"

	yes, no = "yes", "no" // of fieldCoolDown
)

// linesMax is the longest text of the form, in characters: Discord takes no more.
const linesMax = 4000

// lines is the form of one class a line.
type lines struct {
	places    place.Finder
	contracts contracts
	typed     *input.Typed // lines that the form refused
}

// ofPlace opens the form for a place.
func (l lines) ofPlace(ctx context.Context, req *bot.Request, id button.Place) (bot.Reply, error) {
	return l.open(ctx, req, button.NewLines(int64(id)), button.LinesNewID)
}

// again opens the form from a card that the answer takes the place of.
func (l lines) again(ctx context.Context, req *bot.Request, s button.LinesState) (bot.Reply, error) {
	return l.open(ctx, req, s, button.LinesSetID)
}

// open opens the form, with what it has just refused, or else the drafts in
// whose place its lines will be.
func (l lines) open(ctx context.Context, req *bot.Request, s button.LinesState, sent bot.ID[button.LinesState]) (bot.Reply, error) {
	places, err := l.places.Changeable(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	text := l.typed.Get(typedBy(req, s.Batch))
	if text == "" && s.Batch != 0 {
		drafts, err := l.contracts.desk.Newest(ctx, req, s.Batch)
		if errors.Is(err, schedule.ErrNoClass) {
			return l.contracts.ended(ctx, req, s.Batch, err)
		}
		if err != nil {
			return bot.Reply{}, err
		}
		var all []string
		for _, series := range drafts {
			all = append(all, timetable.LineOf(series))
		}
		text = strings.Join(all, "\n")
	}
	fields := []bot.Field{{ID: fieldLines, Label: req.Say("class.lines.label"), About: req.Say("class.lines.about"), Hint: req.Say("class.lines.hint"),
		Value: card.Cut(text, linesMax), Long: true, Need: true, Max: linesMax}}
	if len(places) > 1 {
		fields = append(fields, bot.Field{ID: fieldPlace, Label: req.Say("class.lines.place"), Need: true, Entries: placeEntries(places, s.Place)})
	}
	fields = append(fields, beforeField(req, s.Lead), coolDownField(req, s.CoolDown))
	return bot.Reply{Modal: &bot.Modal{ID: sent.For(s), Title: req.Say("class.lines.title"), Fields: fields}}, nil
}

// typedBy names whose text it is that a form refused, and for which drafts.
func typedBy(req *bot.Request, batch int64) string {
	return req.UserID + "/" + req.GuildID + "/" + strconv.FormatInt(batch, 10)
}

func placeEntries(places []schedule.Place, chosen int64) []bot.Entry {
	var entries []bot.Entry
	for _, p := range places {
		entries = append(entries, bot.Entry{Label: p.Name, Value: strconv.FormatInt(p.ID, 10), About: p.Zone, Chosen: p.ID == chosen})
	}
	return entries
}

func beforeField(req *bot.Request, lead int) bot.Field {
	return bot.Field{ID: fieldBefore, Label: req.Say("class.change.before"), About: req.Say("class.change.before_about"),
		Value: strconv.Itoa(lead), Need: true, Max: 4}
}

func coolDownField(req *bot.Request, on bool) bot.Field {
	return bot.Field{ID: fieldCoolDown, Label: req.Say("class.change.cool_down"), Need: true, Entries: []bot.Entry{
		{Label: req.Say("class.yes"), Value: yes, Chosen: on}, {Label: req.Say("class.no"), Value: no, Chosen: !on}}}
}

// sent drafts the classes of the form, all of them or none.
func (l lines) sent(ctx context.Context, req *bot.Request, s button.LinesState) (bot.Reply, error) {
	text := req.Fields[fieldLines]
	l.typed.Set(typedBy(req, s.Batch), text) // whatever becomes of it
	if picked, err := strconv.ParseInt(req.Fields[fieldPlace], 10, 64); err == nil {
		s.Place = picked
	}
	places, err := l.places.Changeable(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	at := places[0]
	if i := slices.IndexFunc(places, func(p schedule.Place) bool { return p.ID == s.Place }); i >= 0 {
		at = places[i]
	} else if len(places) > 1 || s.Place != 0 {
		return bot.Reply{}, &bot.UserError{Key: "class.lines.place_gone"}
	}
	base := schedule.Series{Place: at, Purpose: schedule.ForClass, ChannelID: at.ChannelID}
	if s.Batch != 0 {
		drafts, err := l.contracts.desk.Newest(ctx, req, s.Batch)
		if errors.Is(err, schedule.ErrNoClass) {
			return l.contracts.ended(ctx, req, s.Batch, err)
		}
		if err != nil {
			return bot.Reply{}, err
		}
		if base = drafts[0]; base.Place.ID != at.ID {
			base.Place, base.ChannelID = at, at.ChannelID
		}
	}
	earlier := base.Batch
	base.DraftOf, base.Removes = 0, false
	var faults []string
	if lead, err := input.Minutes(req.Fields[fieldBefore], 0, leadMax); err != nil {
		faults = append(faults, req.Say("class.before_number", bot.Args{"Seen": input.Seen(req.Fields[fieldBefore])}))
	} else {
		base.Lead, s.Lead = time.Duration(lead)*time.Minute, lead
	}
	if base.Lead == 0 { // nothing is left that pings
		base.RoleID = ""
	}
	base.CoolDown = req.Fields[fieldCoolDown] != no
	s.CoolDown = base.CoolDown
	drafts, lineFaults, err := l.drafts(req, base, text)
	if err != nil {
		return bot.Reply{}, err
	}
	if faults = append(faults, lineFaults...); len(faults) > 0 {
		return faultCard(req, faults, s), nil
	}
	if err := l.contracts.desk.Room(ctx, req, len(drafts)); err != nil {
		if ue, ok := errors.AsType[*bot.UserError](err); ok {
			return faultCard(req, []string{req.Say(ue.Key, ue.Args)}, s), nil
		}
		return bot.Reply{}, err
	}
	reply, err := l.contracts.keep(ctx, req, earlier, drafts, known{})
	if err != nil {
		return bot.Reply{}, err
	}
	l.typed.Set(typedBy(req, s.Batch), "")
	return reply, nil
}

// drafts makes a draft like base of each line, and says what is wrong with
// the others.
func (l lines) drafts(req *bot.Request, base schedule.Series, text string) (drafts []schedule.Series, faults []string, err error) {
	read, wrong := timetable.ParseLines(text)
	for _, f := range wrong {
		faults = append(faults, lineFault(req, f))
	}
	for _, line := range read {
		s := base
		s.Rule, s.Length, s.Title = line.Rule, line.Length, line.Title
		if _, err := l.contracts.desk.First(s); err != nil {
			ue, ok := errors.AsType[*bot.UserError](err)
			if !ok {
				return nil, nil, err
			}
			faults = append(faults, req.Say("class.lines.fault_line", bot.Args{"Line": line.N, "Text": input.Seen(line.Text), "Fault": req.Say(ue.Key, ue.Args)}))
		}
		drafts = append(drafts, s)
	}
	if len(drafts)+len(faults) == 0 {
		faults = []string{req.Say("class.lines.empty")}
	}
	return drafts, faults, nil
}

// faultCard names what is wrong with the form, and leads back into it.
func faultCard(req *bot.Request, faults []string, s button.LinesState) bot.Reply {
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: card.AccentRead, Parts: []bot.Part{
		bot.Text(req.Say("class.lines.refused")),
		bot.Text(card.Bullets(classwords.Some(req, faults, classwords.FaultsMax))),
		bot.Row{{Label: req.Say("class.button.mend_lines"), ID: button.LinesFormID.For(s), Style: bot.Primary}},
	}}}}
}

// lineFault says of a line what was seen and what works.
func lineFault(req *bot.Request, f timetable.Fault) string {
	said := classwords.Fault(req, f)
	if f.Code == timetable.CodeTwice {
		said = req.Say("class.lines.twice", bot.Args{"Seen": f.Seen})
	}
	if f.Text == "" { // of all lines
		return said
	}
	return req.Say("class.lines.fault_line", bot.Args{"Line": f.N, "Text": input.Seen(f.Text), "Fault": said})
}
