package setup

import (
	"context"
	"fmt"
	"slices"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/input"
	"unpinch/commands/place"
	"unpinch/content"
	"unpinch/schedule"
)

// closedText is the longest text of the form, in characters.
const closedText = 500

const fieldDates = "dates"

// closedLost is what is said where an answer got lost.
const closedLost = "class.closed.lost"

// closedReader has the days on which places are closed.
type closedReader interface {
	// ClosedDays returns the days on which a place is closed, earliest first.
	ClosedDays(ctx context.Context, placeID int64) ([]schedule.Date, error)
	listed
}

// Closed shows and changes the days on which a whole place is closed.
type Closed struct {
	Command    bot.Command // a part of /class
	Components []bot.Component
}

func newClosed(finder place.Finder, closing place.Closing, store closedReader, kick func(), countries *content.Library) Closed {
	f := closedFlow{finder, closing, store, kick,
		bot.String("dates", "class.closed.option.dates"),
		bot.String("place", "class.closed.option.place").Complete(finder.Suggest),
	}
	private := []bot.Component{
		bot.Handle(button.ClosedID, bot.Update, f.press).Saving(closedLost),
		bot.Handle(button.ClosedFormID, bot.OpenModal, f.form),
		bot.Handle(button.ClosedSetID, bot.Update, f.submitted),
		bot.Handle(button.CloseID, bot.Update, f.close).Saving(closedLost),
		bot.Handle(button.HolidaysID, bot.Update, holidayFlow{f, countries}.press),
	}
	for i := range private {
		private[i].OwnerOnly = true
	}
	return Closed{bot.Command{Name: "closed", About: "class.closed.about", Answer: bot.NewPrivate, Run: f.run,
		Options: []bot.Option{f.dates, f.named}}, private}
}

type closedFlow struct {
	finder  place.Finder
	closing place.Closing
	store   closedReader
	kick    func()
	dates   *bot.StringOption
	named   *bot.StringOption
}

// run shows what closing the days that were given would do, or those that are
// coming.
func (c closedFlow) run(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	p, err := c.finder.For(ctx, req, c.named.Get(req))
	if err != nil {
		return bot.Reply{}, err
	}
	if text := c.dates.Get(req); text != "" {
		return c.typed(ctx, req, p, text)
	}
	return c.card(ctx, req, p, "")
}

// press shows the card again, after opening the days that were picked.
func (c closedFlow) press(ctx context.Context, req *bot.Request, s button.ClassState) (bot.Reply, error) {
	p, err := c.finder.ByID(ctx, req, s.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	switch {
	case s.Act == button.ActShow:
		return c.card(ctx, req, p, "")
	case s.Act == button.ActOpen && len(req.Values) > 0:
		return c.open(ctx, req, p, req.Values[0])
	}
	return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
}

// form asks for days.
func (c closedFlow) form(ctx context.Context, req *bot.Request, id button.Place) (bot.Reply, error) {
	p, err := c.finder.ToChange(ctx, req, int64(id))
	if err != nil {
		return bot.Reply{}, err
	}
	today, err := c.today(p)
	if err != nil {
		return bot.Reply{}, err
	}
	return bot.Reply{Modal: &bot.Modal{ID: button.ClosedSetID.For(id), Title: req.Say("class.closed.form"), Fields: []bot.Field{
		{ID: fieldDates, Label: req.Say("class.closed.form_days"), About: req.Say("class.closed.form_about", input.ClosedExample(today)), Need: true, Max: closedText},
	}}}, nil
}

// submitted takes over the form.
func (c closedFlow) submitted(ctx context.Context, req *bot.Request, id button.Place) (bot.Reply, error) {
	p, err := c.finder.ToChange(ctx, req, int64(id))
	if err != nil {
		return bot.Reply{}, err
	}
	return c.typed(ctx, req, p, req.Fields[fieldDates])
}

// today is the day on a place's own calendar.
func (c closedFlow) today(p schedule.Place) (schedule.Date, error) {
	zone, err := c.closing.Zones.Location(p.Zone)
	if err != nil {
		return schedule.Date{}, fmt.Errorf("find today: %w", err)
	}
	return schedule.DateOf(c.closing.Now().In(zone)), nil
}

// open takes closed days back. What was picked is the reader's claim.
func (c closedFlow) open(ctx context.Context, req *bot.Request, p schedule.Place, picked string) (bot.Reply, error) {
	if err := place.MayChange(req, p); err != nil {
		return bot.Reply{}, err
	}
	coming, err := c.coming(ctx, p)
	if err != nil {
		return bot.Reply{}, err
	}
	i := slices.IndexFunc(input.Runs(coming), func(r input.Run) bool { return r.String() == picked })
	if i < 0 { // changed since the card was made
		return c.card(ctx, req, p, req.Say("class.closed.changed"))
	}
	r := input.Runs(coming)[i]
	if err := c.closing.Open(ctx, p, r.Days(), place.By(req, c.closing.Now(), r.String())); err != nil {
		return bot.Reply{}, err
	}
	c.kick()
	return c.card(ctx, req, p, place.Signed(req, req.Say("class.closed.opened", bot.Args{"Days": r.Words(req.Say)})))
}

// coming returns the closed days of a place from today on.
func (c closedFlow) coming(ctx context.Context, p schedule.Place) ([]schedule.Date, error) {
	today, err := c.today(p)
	if err != nil {
		return nil, err
	}
	closed, err := c.store.ClosedDays(ctx, p.ID)
	if err != nil {
		return nil, fmt.Errorf("list the closed days: %w", err)
	}
	return slices.DeleteFunc(closed, func(d schedule.Date) bool { return d.Before(today) }), nil
}

// card lists the closed days to come. A reader who may change them gets what
// changes them.
func (c closedFlow) card(ctx context.Context, req *bot.Request, p schedule.Place, note string) (bot.Reply, error) {
	coming, err := c.coming(ctx, p)
	if err != nil {
		return bot.Reply{}, err
	}
	text, entries := closedList(req, input.Runs(coming))
	parts := card.Noted(note, bot.Text(req.Say("class.closed.title", bot.Args{"Place": card.Plain(p.Name)})), bot.Text(text))
	return card.Calm(append(parts, c.controls(req, p, entries)...)...), nil
}

// closedList is rows of closed days as a text, and as what a select offers:
// as many as that holds.
func closedList(req *bot.Request, all []input.Run) (text string, entries []bot.Entry) {
	if len(all) == 0 {
		return req.Say("class.closed.none"), nil
	}
	var lines []string
	for _, r := range all[:min(len(all), card.SelectMax)] {
		line := req.Say("class.closed.line", bot.Args{"Days": r.Words(req.Say), "count": len(r.Days())})
		lines, entries = append(lines, line), append(entries, bot.Entry{Label: line, Value: r.String()})
	}
	if more := len(all) - len(entries); more > 0 {
		lines = append(lines, req.Say("class.closed.more", bot.Args{"count": more}))
	}
	return card.Bullets(lines), entries
}

// controls change closed days; there are none for a reader who may not.
func (c closedFlow) controls(req *bot.Request, p schedule.Place, entries []bot.Entry) (parts []bot.Part) {
	if place.MayChange(req, p) != nil {
		return nil
	}
	if len(entries) > 0 {
		parts = append(parts, bot.Select{ID: button.ClosedID.For(button.ClassState{Act: button.ActOpen, ID: p.ID, N: 0}), Hint: req.Say("class.closed.open_hint"), Entries: entries})
	}
	row := bot.Row{{Label: req.Say("class.closed.add"), ID: button.ClosedFormID.For(button.Place(p.ID)), Style: bot.Primary},
		{Label: req.Say("class.holidays.button"), ID: button.HolidaysID.For(button.Holidays{Place: p.ID})}}
	if req.Perms.Has(bot.ManageServer) {
		row = append(row, place.Back(req, p.ID))
	}
	return append(parts, row)
}
