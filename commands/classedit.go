package commands

import (
	"context"
	"fmt"
	"regexp"
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

// classOptions are what /class add and /class edit say of a class.
type classOptions struct {
	at       *bot.StringOption
	length   *bot.IntOption
	title    *bot.StringOption
	before   *bot.IntOption
	coolDown *bot.BoolOption
	channel  *bot.ChannelOption
	ping     *bot.RoleOption
	until    *bot.StringOption
}

// newClassOptions returns the options with the descriptions that begin so.
func newClassOptions(about string) classOptions {
	return classOptions{
		bot.String("at", about+"at"),
		bot.Int("length", about+"length", minutesMin, minutesMax, 0),
		bot.String("title", about+"title"),
		bot.Int("before", about+"before", 0, leadMax, 0),
		bot.Bool("cool_down", about+"cool_down"),
		bot.Channel("channel", about+"channel"),
		bot.Role("ping", about+"ping"),
		bot.String("until", about+"until"),
	}
}

func (o classOptions) all() []bot.Option {
	return []bot.Option{o.at, o.length, o.title, o.before, o.coolDown, o.channel, o.ping, o.until}
}

// take puts what was given on a class, all but whom it pings, and returns what
// the request tells of its channel.
func (o classOptions) take(t timetable, req *bot.Request, s *schedule.Series) (k known, err error) {
	at, until := s.Rule.String(), s.Until.String()
	if o.at.Given(req) {
		at = o.at.Get(req)
	}
	if o.until.Given(req) {
		until = o.until.Get(req)
	}
	if strings.EqualFold(strings.TrimSpace(until), untilNone) {
		until = ""
	}
	if err := t.timing(s, at, until); err != nil {
		return k, err
	}
	if o.title.Given(req) {
		if s.Title, err = title(o.title.Get(req)); err != nil {
			return k, err
		}
	}
	if o.length.Given(req) {
		s.Length = time.Duration(o.length.Get(req)) * time.Minute
	}
	if o.before.Given(req) {
		s.Lead = time.Duration(o.before.Get(req)) * time.Minute
	}
	if o.coolDown.Given(req) {
		s.CoolDown = o.coolDown.Get(req)
	}
	if c, ok := o.channel.Get(req); ok {
		s.ChannelID, k.channels = c.ID, []bot.ChannelValue{c}
	}
	return k, nil
}

// takePing puts the role on a class that its warm-up post pings.
func (o classOptions) takePing(req *bot.Request, s *schedule.Series, k *known) error {
	role, ok := o.ping.Get(req)
	switch {
	case !ok:
		return nil
	case role.ID == req.GuildID:
		return &bot.UserError{Key: "class.ping_everyone"}
	case s.Lead == 0:
		return &bot.UserError{Key: "class.ping_no_pre"}
	}
	s.RoleID, k.roles = role.ID, []bot.RoleValue{role}
	return nil
}

// addFlow drafts classes.
type addFlow struct {
	classDesk
	classOptions
	place *bot.StringOption
}

// run keeps a draft of what was given and shows its contract, or without a rule
// opens the form of one class a line.
func (a addFlow) run(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	if !a.at.Given(req) {
		return a.openForm(ctx, req)
	}
	place, err := a.placeFor(ctx, req, a.place.Get(req))
	if err != nil {
		return bot.Reply{}, err
	}
	if err := mayChange(req, place); err != nil {
		return bot.Reply{}, err
	}
	if err := a.roomFor(ctx, req, 1); err != nil {
		return bot.Reply{}, err
	}
	now := a.Now()
	s := schedule.Series{Place: place, Purpose: schedule.ForClass, ChannelID: place.ChannelID, CreatedBy: req.UserID, CreatedAt: now,
		Length: tablefile.DefaultLength, Lead: tablefile.DefaultLead, CoolDown: true, DraftUntil: now.Add(draftMinutes * time.Minute)}
	k, err := a.take(a.timetable, req, &s)
	if err != nil {
		return bot.Reply{}, err
	}
	if err := a.takePing(req, &s, &k); err != nil {
		return bot.Reply{}, err
	}
	return a.drafted(ctx, req, 0, s, k)
}

// openForm opens the form of one class a line. What it has no field for must
// not be lost without a word.
func (a addFlow) openForm(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	for name, given := range map[string]bool{"length": a.length.Given(req), "title": a.title.Given(req), "channel": a.channel.Given(req),
		"ping": a.ping.Given(req), "until": a.until.Given(req)} {
		if given {
			return bot.Reply{}, &bot.UserError{Key: "class.needs_at", Args: bot.Args{"Option": name}}
		}
	}
	s := button.NewLines(0)
	if a.before.Given(req) {
		s.Lead = a.before.Get(req)
	}
	if a.coolDown.Given(req) {
		s.CoolDown = a.coolDown.Get(req)
	}
	places, err := a.changeablePlaces(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	if name := a.place.Get(req); name != "" {
		place, err := a.placeFor(ctx, req, name)
		if err != nil {
			return bot.Reply{}, err
		}
		if err := mayChange(req, place); err != nil {
			return bot.Reply{}, err
		}
		s.Place = place.ID
	} else if place, ok := placeHere(req, places); ok {
		s.Place = place.ID
	}
	return a.openLines(ctx, req, s, button.LinesNewID)
}

// drafted keeps a draft in place of those of an earlier batch and shows its
// contract.
func (t timetable) drafted(ctx context.Context, req *bot.Request, earlier int64, s schedule.Series, k known) (bot.Reply, error) {
	if _, err := t.firstPost(s); err != nil {
		return bot.Reply{}, err
	}
	batch, err := t.addDrafts(ctx, earlier, []schedule.Series{s})
	if err != nil {
		return bot.Reply{}, err
	}
	return t.contractKnowing(ctx, req, batch, k)
}

// editFlow drafts what changes about a class.
type editFlow struct {
	timetable
	class *bot.StringOption
	classOptions
}

// run takes over what was given. "none" and @everyone, which no class has, take
// its last day and its ping away.
func (e editFlow) run(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	id, err := strconv.ParseInt(strings.TrimSpace(e.class.Get(req)), 10, 64)
	if err != nil {
		return bot.Reply{}, &bot.UserError{Key: "class.edit.which", Args: bot.Args{"Seen": card.Plain(input.Seen(e.class.Get(req)))}}
	}
	s, err := e.changeable(ctx, req, id)
	if err != nil {
		return bot.Reply{}, err
	}
	k, err := e.take(e.timetable, req, &s)
	if err != nil {
		return bot.Reply{}, err
	}
	if role, ok := e.ping.Get(req); ok && role.ID == req.GuildID {
		s.RoleID = ""
	} else if err := e.takePing(req, &s, &k); err != nil {
		return bot.Reply{}, err
	}
	return e.edited(ctx, req, 0, s, k)
}

// untilNone takes the last day of a class away.
const untilNone = "none"

// edited drafts a class as it is to be, and shows the contract of that.
func (t timetable) edited(ctx context.Context, req *bot.Request, earlier int64, s schedule.Series, k known) (bot.Reply, error) {
	now := t.Now()
	if s.DraftUntil.IsZero() { // the class itself
		s.DraftOf, s.CreatedAt = s.ID, now
	}
	if s.Lead == 0 { // nothing is left that pings
		s.RoleID = ""
	}
	if s.DraftOf != 0 {
		was, err := t.changeable(ctx, req, s.DraftOf)
		if err != nil {
			return bot.Reply{}, err
		}
		if len(fieldsOf(was, s)) == 0 {
			return bot.Reply{}, &bot.UserError{Key: "class.edit.same"}
		}
	}
	s.CreatedBy, s.DraftUntil = req.UserID, now.Add(draftMinutes*time.Minute)
	return t.drafted(ctx, req, earlier, s, k)
}

// suggestClasses lists the classes that what was typed so far may mean.
func (t timetable) suggestClasses(ctx context.Context, req *bot.Request, typed string) ([]bot.Choice, error) {
	all, err := t.Classes.SeriesOf(ctx, req.GuildID)
	if err != nil {
		return nil, fmt.Errorf("suggest a class: %w", err)
	}
	var choices []bot.Choice
	for _, s := range all {
		if len(choices) == classesAtOnce { // no need to say the rest
			break
		}
		label := card.Joined(s.Title, sentenceOf(req, s.Rule))
		if input.Holds(label+" "+s.Rule.String()+" "+s.Place.Name, typed) {
			choices = append(choices, bot.Choice{Label: card.Cut(label, 100), Value: strconv.FormatInt(s.ID, 10)})
		}
	}
	return choices, nil
}

// The fields of the form that changes a class, and of the others on its card.
const (
	fieldAt     = "at"
	fieldLength = "length"
	fieldTitle  = "title"
	fieldDay    = "day"
)

// form opens the form of an action.
func (t timetable) form(ctx context.Context, req *bot.Request, s button.ClassState) (bot.Reply, error) {
	switch s.Act {
	case button.ActPause:
		return t.pauseForm(ctx, req, s)
	case button.ActMove:
		return t.moveForm(ctx, req, s)
	}
	series, err := t.formed(ctx, req, s)
	if err != nil {
		return bot.Reply{}, err
	}
	at := bot.Field{ID: fieldAt, Label: req.Say("class.change.at"), About: req.Say("class.change.at_about"), Value: series.Rule.String(), Need: true, Max: 300}
	name := bot.Field{ID: fieldTitle, Label: req.Say("class.change.name"), Value: series.Title, Max: titleMax}
	modal := bot.Modal{ID: button.ClassSetID.For(s), Title: req.Say("class.edit.form")}
	switch {
	case s.Act == button.ActAlways:
		modal.Title, modal.Fields = req.Say("class.button.always"), []bot.Field{at}
	case series.Purpose == schedule.ForDesk:
		modal.Fields = []bot.Field{at, name}
	default:
		modal.Fields = []bot.Field{at,
			{ID: fieldLength, Label: req.Say("class.change.length"), Value: strconv.Itoa(int(series.Length.Minutes())), Need: true, Max: 4},
			name, beforeField(req, int(series.Lead.Minutes())), coolDownField(req, series.CoolDown)}
	}
	if s.Act == button.ActSave {
		modal.Title = req.Say("class.change.title")
	}
	return bot.Reply{Modal: &modal}, nil
}

// formed returns what a form changes: a draft, or a class.
func (t timetable) formed(ctx context.Context, req *bot.Request, s button.ClassState) (schedule.Series, error) {
	switch s.Act {
	case button.ActSave:
		return t.draft(ctx, req, s.ID)
	case button.ActEdit, button.ActAlways:
		return t.changeable(ctx, req, s.ID)
	}
	return schedule.Series{}, &bot.UserError{Key: "bot.old_button"}
}

// submitted takes over a form.
func (t timetable) submitted(ctx context.Context, req *bot.Request, s button.ClassState) (bot.Reply, error) {
	switch s.Act {
	case button.ActPause:
		return t.pause(ctx, req, s.ID)
	case button.ActMove:
		return t.move(ctx, req, s)
	}
	series, err := t.formed(ctx, req, s)
	if err != nil {
		return bot.Reply{}, err
	}
	if err := t.timing(&series, req.Fields[fieldAt], series.Until.String()); err != nil {
		return bot.Reply{}, err
	}
	if err := filled(req, &series); err != nil {
		return bot.Reply{}, err
	}
	return t.edited(ctx, req, series.Batch, series, known{})
}

// filled puts the fields of a form that are there on a class.
func filled(req *bot.Request, s *schedule.Series) (err error) {
	if text, ok := req.Fields[fieldLength]; ok {
		n, err := input.Minutes(text, minutesMin, minutesMax)
		if err != nil {
			return &bot.UserError{Key: "class.long_number", Args: bot.Args{"Seen": input.Seen(text)}}
		}
		s.Length = time.Duration(n) * time.Minute
	}
	if text, ok := req.Fields[fieldTitle]; ok {
		if s.Title, err = title(text); err != nil {
			return err
		}
	}
	if text, ok := req.Fields[fieldBefore]; ok {
		n, err := input.Minutes(text, 0, leadMax)
		if err != nil {
			return &bot.UserError{Key: "class.before_number", Args: bot.Args{"Seen": input.Seen(text)}}
		}
		s.Lead = time.Duration(n) * time.Minute
	}
	if text, ok := req.Fields[fieldCoolDown]; ok {
		s.CoolDown = text != no
	}
	return nil
}

// fieldsOf returns what differs between two states of a class, as a file has it.
func fieldsOf(was, is schedule.Series) []tablefile.Field {
	file := func(s schedule.Series) tablefile.File {
		c := fileClass(s, time.UTC, time.Time{})
		c.ID = 1
		return tablefile.File{Places: []tablefile.Place{{Name: s.Place.Name, Zone: s.Place.Zone, Classes: []tablefile.Class{c}}}}
	}
	for _, changed := range tablefile.Diff(file(was), file(is)).Change {
		return changed.Fields
	}
	return nil
}

// changedFields say what changes, but for the rule.
func changedFields(req *bot.Request, fields []tablefile.Field) []string {
	var lines []string
	for _, f := range fields {
		if f.Name != "at" {
			lines = append(lines, fieldLine(req, f, time.UTC)) // no single starts are among them
		}
	}
	return lines
}

// fieldLine says what changes about one field; single starts are on a clock.
func fieldLine(req *bot.Request, f tablefile.Field, zone *time.Location) string {
	return req.Say("class.field."+f.Name, bot.Args{"From": fieldValue(req, f.Name, f.From, zone), "To": fieldValue(req, f.Name, f.To, zone)})
}

// fieldValue says the value of a field of a file.
func fieldValue(req *bot.Request, name, value string, zone *time.Location) string {
	switch {
	case value == "" && name == "channel":
		return req.Say("class.field_place")
	case value == "", name == "before_min" && value == "0":
		return req.Say("class.none")
	}
	switch name {
	case "length_min", "before_min":
		return req.Say("class.minutes", bot.Args{"Minutes": value})
	case "cool_down":
		return req.Say(card.Either(value == "true", "class.yes", "class.no"))
	case "channel":
		return card.ChannelMention(value)
	case "ping":
		return card.RoleMention(value)
	case "at":
		if r, err := schedule.Parse(value); err == nil {
			return r.Sentence(req.Say)
		}
	case "skips", "moves":
		return instantPattern.ReplaceAllStringFunc(value, func(text string) string {
			at, err := time.Parse(time.RFC3339, text)
			if err != nil {
				return text
			}
			return card.Wall(req.Say, at.In(zone))
		})
	}
	return card.Plain(value)
}

// instantPattern finds the instants in a field of single starts.
var instantPattern = regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ`)
