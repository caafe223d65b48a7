package class

import (
	"context"
	"errors"
	"strconv"
	"strings"

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
	fields := []bot.Field{l.field(req, text)}
	if len(places) > 1 {
		fields = append(fields, bot.Field{ID: fieldPlace, Label: req.Say("class.lines.place"), Need: true, Entries: placeEntries(places, s.Place)})
	}
	fields = append(fields, beforeField(req, s.Lead), coolDownField(req, s.CoolDown))
	return bot.Reply{Modal: &bot.Modal{ID: sent.For(s), Title: req.Say("class.lines.title"), Fields: fields}}, nil
}

// field is that of a timetable as it is pasted.
func (l lines) field(req *bot.Request, text string) bot.Field {
	return bot.Field{ID: fieldLines, Label: req.Say("class.lines.label"), About: req.Say("class.lines.about"), Hint: req.Say("class.lines.hint"),
		Value: card.Cut(text, linesMax), Long: true, Need: true, Max: linesMax}
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

// sent takes the timetable of the form.
func (l lines) sent(ctx context.Context, req *bot.Request, s button.LinesState) (bot.Reply, error) {
	text := req.Fields[fieldLines]
	l.typed.Set(typedBy(req, s.Batch), text) // whatever becomes of it
	if picked, err := strconv.ParseInt(req.Fields[fieldPlace], 10, 64); err == nil {
		s.Place = picked
	}
	s.CoolDown = req.Fields[fieldCoolDown] != no
	lead, err := input.Minutes(req.Fields[fieldBefore], 0, leadMax)
	if err != nil {
		if _, err := l.places.Changeable(ctx, req); err != nil {
			return bot.Reply{}, err
		}
		return faultCard(req, []string{req.Say("class.before_number", bot.Args{"Seen": input.Seen(req.Fields[fieldBefore])})}, s), nil
	}
	return l.take(ctx, req, s.Batch, pasted{place: s.Place, lead: lead, coolDown: s.CoolDown, most: linesMost, text: text})
}

// faultCard names what is wrong with the form, and leads back into it.
func faultCard(req *bot.Request, faults []string, s button.LinesState) bot.Reply {
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: card.AccentRead, Parts: []bot.Part{
		bot.Text(req.Say("class.lines.refused")),
		bot.Text(card.Bullets(classwords.Some(req, faults, classwords.FaultsMax))),
		bot.Row{{Label: req.Say("class.button.mend_lines"), ID: button.LinesFormID.For(s), Style: bot.Primary}},
	}}}}
}
