package commands

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/input"
	"unpinch/schedule"
	tablefile "unpinch/timetable"
)

// The fields of the form.
const (
	fieldLines    = "lines"
	fieldPlace    = "place"
	fieldBefore   = "before"
	fieldCoolDown = "cool_down"

	yes, no = "yes", "no" // of fieldCoolDown
)

// manyMax is the longest text of the form, in characters: Discord takes no more.
const manyMax = 4000

// many opens the form for a place.
func (d classDesk) many(ctx context.Context, req *bot.Request, id button.Place) (bot.Reply, error) {
	return d.openLines(ctx, req, button.NewLines(int64(id)), button.LinesNewID)
}

// linesForm opens the form from a card that the answer takes the place of.
func (d classDesk) linesForm(ctx context.Context, req *bot.Request, s button.LinesState) (bot.Reply, error) {
	return d.openLines(ctx, req, s, button.LinesSetID)
}

// openLines opens the form, with what it has just refused, or else the drafts in
// whose place its lines will be.
func (d classDesk) openLines(ctx context.Context, req *bot.Request, s button.LinesState, sent bot.ID[button.LinesState]) (bot.Reply, error) {
	places, err := d.changeablePlaces(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	text := d.typed.get(typedBy(req, s.Batch), d.Now())
	if text == "" && s.Batch != 0 {
		drafts, err := d.drafts(ctx, req, s.Batch)
		if err != nil {
			return bot.Reply{}, err
		}
		var lines []string
		for _, series := range drafts {
			lines = append(lines, lineOf(series))
		}
		text = strings.Join(lines, "\n")
	}
	fields := []bot.Field{{ID: fieldLines, Label: req.Say("class.lines.label"), About: req.Say("class.lines.about"), Hint: req.Say("class.lines.hint"),
		Value: card.Cut(text, manyMax), Long: true, Need: true, Max: manyMax}}
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

// changeablePlaces returns the places whose classes the reader may change, or
// says why there is none.
func (t timetable) changeablePlaces(ctx context.Context, req *bot.Request) ([]schedule.Place, error) {
	places, err := t.placesOf(ctx, req)
	if err != nil {
		return nil, err
	}
	if len(places) == 0 {
		return nil, &bot.UserError{Key: "class.no_place"}
	}
	var refused error
	places = slices.DeleteFunc(places, func(p schedule.Place) bool {
		err := mayChange(req, p)
		if refused == nil {
			refused = err
		}
		return err != nil
	})
	if len(places) == 0 {
		return nil, refused
	}
	return places, nil
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

// lineOf writes a class as a line that the form reads back.
func lineOf(s schedule.Series) string {
	line := s.Rule.String() + " " + strconv.Itoa(int(s.Length.Minutes())) + "min"
	if s.Title == "" {
		return line
	}
	for _, quotes := range []string{`""`, "“”", "«»"} {
		if q := []rune(quotes); !strings.ContainsAny(s.Title, quotes) {
			return line + " " + string(q[0]) + s.Title + string(q[1])
		}
	}
	return line + " " + s.Title
}

// linesFaults is how many faults of lines a card names.
const linesFaults = 10

// setLines drafts the classes of the form, all of them or none.
func (d classDesk) setLines(ctx context.Context, req *bot.Request, s button.LinesState) (bot.Reply, error) {
	text, now := req.Fields[fieldLines], d.Now()
	d.typed.set(typedBy(req, s.Batch), text, now) // whatever becomes of it
	if picked, err := strconv.ParseInt(req.Fields[fieldPlace], 10, 64); err == nil {
		s.Place = picked
	}
	places, err := d.changeablePlaces(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	place := places[0]
	if i := slices.IndexFunc(places, func(p schedule.Place) bool { return p.ID == s.Place }); i >= 0 {
		place = places[i]
	} else if len(places) > 1 || s.Place != 0 {
		return bot.Reply{}, &bot.UserError{Key: "class.lines.place_gone"}
	}
	base := schedule.Series{Place: place, Purpose: schedule.ForClass, ChannelID: place.ChannelID}
	if s.Batch != 0 {
		drafts, err := d.drafts(ctx, req, s.Batch)
		if err != nil {
			return bot.Reply{}, err
		}
		if base = drafts[0]; base.Place.ID != place.ID {
			base.Place, base.ChannelID = place, place.ChannelID
		}
	}
	base.DraftOf, base.Removes = 0, false
	base.CreatedBy, base.CreatedAt, base.DraftUntil = req.UserID, now, now.Add(draftMinutes*time.Minute)
	var faults []string
	if lead, err := input.Minutes(req.Fields[fieldBefore], 0, leadMax); err != nil {
		faults = append(faults, req.Say("class.before_number", bot.Args{"Seen": card.Plain(input.Seen(req.Fields[fieldBefore]))}))
	} else {
		base.Lead, s.Lead = time.Duration(lead)*time.Minute, lead
	}
	if base.Lead == 0 { // nothing is left that pings
		base.RoleID = ""
	}
	base.CoolDown = req.Fields[fieldCoolDown] != no
	s.CoolDown = base.CoolDown
	drafts, lineFaults, err := d.draftLines(req, base, text)
	if err != nil {
		return bot.Reply{}, err
	}
	if faults = append(faults, lineFaults...); len(faults) > 0 {
		return faultCard(req, faults, s), nil
	}
	if err := d.roomFor(ctx, req, len(drafts)); err != nil {
		if ue, ok := errors.AsType[*bot.UserError](err); ok {
			return faultCard(req, []string{req.Say(ue.Key, ue.Args)}, s), nil
		}
		return bot.Reply{}, err
	}
	batch, err := d.addDrafts(ctx, s.Batch, drafts)
	if err != nil {
		return bot.Reply{}, err
	}
	d.typed.set(typedBy(req, s.Batch), "", now)
	return d.contractOf(ctx, req, batch)
}

// draftLines makes a draft like base of each line, and says what is wrong with
// the others.
func (t timetable) draftLines(req *bot.Request, base schedule.Series, text string) (drafts []schedule.Series, faults []string, err error) {
	lines, wrong := tablefile.ParseLines(text)
	for _, f := range wrong {
		faults = append(faults, lineFault(req, f))
	}
	for _, line := range lines {
		s := base
		s.Rule, s.Length, s.Title = line.Rule, line.Length, line.Title
		if _, err := t.firstPost(s); err != nil {
			ue, ok := errors.AsType[*bot.UserError](err)
			if !ok {
				return nil, nil, err
			}
			faults = append(faults, req.Say("class.lines.fault_line", bot.Args{"Line": line.N, "Text": card.Plain(input.Seen(line.Text)), "Fault": req.Say(ue.Key, ue.Args)}))
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
	more := len(faults) - linesFaults
	if more > 0 {
		faults = append(slices.Clone(faults[:linesFaults]), req.Say("class.more", bot.Args{"count": more}))
	}
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: card.AccentRead, Parts: []bot.Part{
		bot.Text(req.Say("class.lines.refused")),
		bot.Text(card.Bullets(faults)),
		bot.Row{{Label: req.Say("class.button.mend_lines"), ID: button.LinesFormID.For(s), Style: bot.Primary}},
	}}}}
}

// lineFault says of a line what was seen and what works.
func lineFault(req *bot.Request, f tablefile.Fault) string {
	said := faultWords(req, f)
	if f.Code == tablefile.CodeTwice {
		said = req.Say("class.lines.twice", bot.Args{"Seen": f.Seen})
	}
	if f.Text == "" { // of all lines
		return said
	}
	return req.Say("class.lines.fault_line", bot.Args{"Line": f.N, "Text": card.Plain(input.Seen(f.Text)), "Fault": said})
}

// faultWords says what is wrong with a line or a part of a file.
func faultWords(req *bot.Request, f tablefile.Fault) string {
	if f.Rule != nil {
		ue := input.RuleFault(f.Rule)
		return req.Say(ue.Key, ue.Args)
	}
	return req.Say("class.file.fault."+string(f.Code), bot.Args{"Seen": card.Plain(input.Seen(f.Seen)), "Example": f.Example, "Key": f.Text})
}

// addDrafts keeps drafts in place of those of an earlier batch.
func (t timetable) addDrafts(ctx context.Context, earlier int64, drafts []schedule.Series) (int64, error) {
	batch, err := t.Classes.AddDrafts(ctx, earlier, drafts)
	if errors.Is(err, schedule.ErrNoClass) {
		return 0, &bot.UserError{Key: "class.draft_gone"}
	}
	if err != nil {
		return 0, fmt.Errorf("draft classes: %w", err)
	}
	return batch, nil
}
