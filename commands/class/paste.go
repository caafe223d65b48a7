package class

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/input"
	"unpinch/commands/place"
	"unpinch/schedule"
	"unpinch/timetable"
	"unpinch/timetable/paste"
)

const (
	// linesMost is how many classes a form may have.
	linesMost = 50
	// pasteMax is how many bytes of a file are kept until its classes are saved.
	pasteMax = 64 << 10
	// openMost is how many lines the question of am or pm shows.
	openMost = 5
)

// A pasted is a timetable as it was pasted, with what is known of it besides.
type pasted struct {
	place    int64
	lead     int // minutes
	coolDown bool
	half     paste.Half
	drop     bool          // remove what isn't in it
	most     int           // classes
	here     schedule.Here // what its days are read against
	text     string
}

// pastes keep pasted timetables until their classes are saved.
type pastes struct{ typed *input.Typed }

func (p pastes) key(req *bot.Request, batch int64) string { return typedBy(req, batch) + "/paste" }

func (p pastes) set(req *bot.Request, batch int64, of pasted) {
	p.typed.Set(p.key(req, batch), fmt.Sprintf("%d %d %t %d %t %d %s %q\n%s", of.place, of.lead, of.coolDown, of.half, of.drop, of.most, of.here.Today, of.here.Country, of.text))
}

func (p pastes) get(req *bot.Request, batch int64) (of pasted, ok bool) {
	head, text, _ := strings.Cut(p.typed.Get(p.key(req, batch)), "\n")
	today := ""
	if _, err := fmt.Sscanf(head, "%d %d %t %d %t %d %s %q", &of.place, &of.lead, &of.coolDown, &of.half, &of.drop, &of.most, &today, &of.here.Country); err != nil {
		return of, false
	}
	of.text = text
	day, err := schedule.ParseDate(today)
	of.here.Today = day
	return of, err == nil
}

// read reads the timetable.
func (p pasted) read() paste.Paste { return paste.Read(p.text, p.half, p.most, p.here) }

// Paste reads a file that is no YAML as a timetable that was pasted.
func (r Room) Paste(ctx context.Context, req *bot.Request, text string) (bot.Reply, error) {
	return r.lines.file(ctx, req, text)
}

func (l lines) file(ctx context.Context, req *bot.Request, text string) (bot.Reply, error) {
	if len(text) > pasteMax {
		return bot.Reply{}, &bot.UserError{Key: "class.file.big", Args: bot.Args{"Size": len(text) >> 10, "Max": pasteMax >> 10}}
	}
	places, err := l.places.Changeable(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	at := places[0]
	if here, ok := place.Here(req, places); ok {
		at = here
	}
	return l.take(ctx, req, 0, pasted{place: at.ID, lead: int(timetable.DefaultLead.Minutes()), coolDown: true, most: schedule.ClassesMax, text: text})
}

// base is what all classes of a pasted timetable have, and the drafts in whose
// place they are. Drafts that are saved already are none.
func (l lines) base(ctx context.Context, req *bot.Request, batch int64, p pasted) (base schedule.Series, earlier int64, err error) {
	places, err := l.places.Changeable(ctx, req)
	if err != nil {
		return base, 0, err
	}
	i := slices.IndexFunc(places, func(o schedule.Place) bool { return o.ID == p.place })
	if i < 0 && (len(places) > 1 || p.place != 0) {
		return base, 0, &bot.UserError{Key: "class.lines.place_gone"}
	}
	at := places[max(i, 0)]
	base = schedule.Series{Place: at, Purpose: schedule.ForClass, ChannelID: at.ChannelID}
	if batch != 0 {
		drafts, err := l.contracts.desk.Newest(ctx, req, batch)
		if err != nil {
			return base, 0, err
		}
		earlier = drafts[0].Batch
		if d := drafts[0]; d.DraftOf == 0 && d.Place.ID == at.ID {
			base = d
		}
	}
	base.DraftOf, base.Removes, base.CoolDown, base.Until = 0, false, p.coolDown, schedule.Date{}
	if base.Lead = time.Duration(p.lead) * time.Minute; base.Lead == 0 { // nothing is left that pings
		base.RoleID = ""
	}
	return base, earlier, nil
}

// take drafts the classes of a pasted timetable in place of earlier drafts, or
// asks what it needs to know first.
func (l lines) take(ctx context.Context, req *bot.Request, batch int64, p pasted) (bot.Reply, error) {
	base, earlier, err := l.base(ctx, req, batch, p)
	if errors.Is(err, schedule.ErrNoClass) {
		return l.contracts.ended(ctx, req, batch, err)
	}
	if err != nil {
		return bot.Reply{}, err
	}
	if p.here, err = base.Place.Here(l.contracts.atlas.Now(), l.contracts.atlas.Zones); err != nil {
		return bot.Reply{}, fmt.Errorf("read a timetable: %w", err)
	}
	s, err := l.contracts.sorted(ctx, req, base, p)
	if err != nil {
		return bot.Reply{}, err
	}
	l.contracts.pastes.set(req, batch, p)
	switch {
	case len(s.open) > 0:
		return askHalf(req, batch, s.open), nil
	case len(s.drafts) == 0 && len(s.faults) == 0:
		l.typed.Set(typedBy(req, batch), "")
		return sameCard(req, s), nil
	case len(s.drafts) == 0:
		return l.contracts.restCard(req, batch, s, 1), nil
	}
	if err := l.contracts.desk.Room(ctx, req, s.added-s.removed); err != nil {
		if ue, ok := errors.AsType[*bot.UserError](err); ok {
			return faultCard(req, []string{req.Say(ue.Key, ue.Args)}, button.LinesState{Place: base.Place.ID, Batch: batch, Lead: p.lead, CoolDown: p.coolDown}), nil
		}
		return bot.Reply{}, err
	}
	held, err := l.contracts.hold(ctx, req, earlier, s.drafts)
	if errors.Is(err, schedule.ErrNoClass) { // at the same moment someone else kept or saved it
		return l.contracts.ended(ctx, req, earlier, err)
	}
	if err != nil {
		return bot.Reply{}, err
	}
	l.typed.Set(typedBy(req, batch), "")
	if len(s.drafts) > 1 || len(s.faults)+s.there+len(s.missing) > 0 || s.drafts[0].DraftOf != 0 {
		l.contracts.pastes.set(req, held, p)
	}
	return l.contracts.show(ctx, req, held, known{})
}

// askHalf asks once which half of the day times without am or pm are in.
func askHalf(req *bot.Request, batch int64, open []string) bot.Reply {
	var lines []string
	for _, text := range open[:min(len(open), openMost)] {
		lines = append(lines, input.Seen(text))
	}
	if more := len(open) - openMost; more > 0 {
		lines = append(lines, req.Say("class.more", bot.Args{"count": more}))
	}
	half := func(key string, h paste.Half) bot.Button {
		return bot.Button{Label: req.Say(key), ID: button.TimetableID.For(button.ClassState{Act: button.ActHalf, ID: batch, N: int64(h)}), Style: bot.Primary}
	}
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: card.AccentRead, Parts: []bot.Part{
		bot.Text(req.Say("class.paste.ask")), bot.Text(card.Bullets(lines)), bot.Text(req.Say("class.paste.ask_mixed")),
		bot.Row{half("class.button.morning", paste.Morning), half("class.button.evening", paste.Evening)},
	}}}}
}

// sameCard says that all classes of a pasted timetable are there already.
func sameCard(req *bot.Request, s sorted) bot.Reply {
	return card.Calm(bot.Text(req.Say("class.paste.same", bot.Args{"count": s.there})))
}

// turn does what a button on the card of a pasted timetable says.
func (l lines) turn(ctx context.Context, req *bot.Request, s button.ClassState) (bot.Reply, error) {
	p, ok := l.contracts.pastes.get(req, s.ID)
	if !ok {
		return bot.Reply{}, &bot.UserError{Key: "class.paste.gone"}
	}
	switch s.Act {
	case button.ActHalf:
		if p.half = paste.Half(s.N); !p.half.Valid() {
			return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
		}
		return l.take(ctx, req, s.ID, p)
	case button.ActDrop:
		p.drop = s.N == 1
		return l.take(ctx, req, s.ID, p)
	case button.ActPage:
		return l.page(ctx, req, s, p)
	}
	return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
}

// page shows another page of a pasted timetable.
func (l lines) page(ctx context.Context, req *bot.Request, s button.ClassState, p pasted) (bot.Reply, error) {
	base, _, err := l.base(ctx, req, s.ID, p)
	if errors.Is(err, schedule.ErrNoClass) {
		return l.contracts.ended(ctx, req, s.ID, err)
	}
	if err != nil {
		return bot.Reply{}, err
	}
	all, err := l.contracts.sorted(ctx, req, base, p)
	if err != nil {
		return bot.Reply{}, err
	}
	if len(all.drafts) == 0 {
		return l.contracts.restCard(req, s.ID, all, int(s.N)), nil
	}
	drafts, err := l.contracts.desk.Newest(ctx, req, s.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	return l.contracts.pasteCard(ctx, req, drafts, all, p, int(s.N))
}

// rest opens the form of the lines that can't be read.
func (l lines) rest(ctx context.Context, req *bot.Request, s button.ClassState) (bot.Reply, error) {
	if _, err := l.places.Changeable(ctx, req); err != nil {
		return bot.Reply{}, err
	}
	p, ok := l.contracts.pastes.get(req, s.ID)
	if !ok {
		return bot.Reply{}, &bot.UserError{Key: "class.paste.gone"}
	}
	text := l.typed.Get(typedBy(req, s.ID) + "/rest")
	if text == "" {
		text, _ = unread(p.read().Faults)
	}
	if text == "" { // there is no class in it
		text = p.text
	}
	return bot.Reply{Modal: &bot.Modal{ID: button.TimetableSetID.For(s), Title: req.Say("class.lines.title"), Fields: []bot.Field{l.field(req, text)}}}, nil
}

// mended takes the form of the lines that couldn't be read: with those that were,
// unless these are saved by now.
func (l lines) mended(ctx context.Context, req *bot.Request, s button.ClassState) (bot.Reply, error) {
	p, ok := l.contracts.pastes.get(req, s.ID)
	if !ok {
		l.typed.Set(typedBy(req, s.ID)+"/rest", req.Fields[fieldLines])
		return bot.Reply{}, &bot.UserError{Key: "class.paste.gone"}
	}
	batch, read := s.ID, p.read()
	var all []string
	for _, line := range read.Lines {
		all = append(all, timetable.LineOf(schedule.Series{Rule: line.Rule, Length: line.Length, Title: line.Title, Place: schedule.Place{Country: p.here.Country}}))
	}
	if _, err := l.contracts.desk.Newest(ctx, req, batch); batch != 0 && errors.Is(err, schedule.ErrNoClass) {
		batch, all = 0, nil
	} else if batch != 0 && err != nil {
		return bot.Reply{}, err
	}
	all = append(all, req.Fields[fieldLines])
	if _, over := unread(read.Faults); over != "" {
		all = append(all, over)
	}
	p.text = strings.Join(all, "\n")
	if open := paste.Read(req.Fields[fieldLines], p.half, p.most, p.here).Open; len(open) > 0 { // though what was read has 24 hours by now
		l.contracts.pastes.set(req, batch, p)
		return askHalf(req, batch, open), nil
	}
	return l.take(ctx, req, batch, p)
}

// unread are the lines that can't be read: as many as a form takes, and those
// over.
func unread(faults []paste.Fault) (text, over string) {
	for i, f := range faults {
		if next := strings.TrimPrefix(text+"\n"+f.Again, "\n"); utf8.RuneCountInString(next) <= linesMax || i == 0 {
			text = next
			continue
		}
		for _, f := range faults[i:] {
			over = strings.TrimPrefix(over+"\n"+f.Again, "\n")
		}
		break
	}
	return text, over
}
