package class

import (
	"context"
	"fmt"
	"slices"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/classwords"
	"unpinch/schedule"
)

const (
	// asksAtOnce is how many exceptions a contract asks about at once.
	asksAtOnce = 3
	// letGo is what is picked for an exception that is to end.
	letGo = "none"
)

// An unclear is what a draft leaves unclear about the exceptions of its class that
// are still to come.
type unclear struct {
	asks   []schedule.Unclear // which start of the day each belongs to
	lapsed []schedule.Unclear // on days that have no start any more
}

// unclear finds what a batch leaves unclear. Only a draft of one class asks: what a
// file leaves unclear is refused.
func (c contracts) unclear(ctx context.Context, req *bot.Request, drafts []schedule.Series) (u unclear, err error) {
	if len(drafts) != 1 || drafts[0].DraftOf == 0 {
		return u, nil
	}
	was, err := c.classes.saved(ctx, req, drafts[0].DraftOf)
	if err != nil {
		return u, err
	}
	zone, err := c.atlas.Zones.Location(was.Place.Zone)
	if err != nil {
		return u, fmt.Errorf("find what a draft leaves unclear: %w", err)
	}
	now := schedule.SlotOf(c.atlas.Now().In(zone))
	_, _, all := schedule.Carry(was, drafts[0].Rule, drafts[0].Answers)
	for _, one := range all {
		switch {
		case one.Slot.Compare(now) <= 0 && one.To.Compare(now) <= 0: // it is over
		case len(one.Starts) > 0:
			u.asks = append(u.asks, one)
		default:
			u.lapsed = append(u.lapsed, one)
		}
	}
	return u, nil
}

// parts say what is unclear, and ask.
func (u unclear) parts(req *bot.Request, batch int64) (parts []bot.Part) {
	if len(u.lapsed) > 0 {
		var lines []string
		for _, one := range u.lapsed {
			lines = append(lines, classwords.Lapsed(req, one))
		}
		parts = append(parts, bot.Text(card.Bullets(classwords.Some(req, lines, contractClasses))))
	}
	for _, one := range u.asks[:min(len(u.asks), asksAtOnce)] {
		key, values := "skip", bot.Args{"Wall": card.Slot(req.Say, one.Slot)}
		if !one.To.IsZero() {
			key, values["To"] = "move", card.Slot(req.Say, one.To)
		}
		var entries []bot.Entry
		for _, s := range one.Starts {
			entries = append(entries, bot.Entry{Label: req.Say("class.keep."+key+"_is", bot.Args{"Time": s.Clock}), Value: s.Clock.String()})
		}
		entries = append(entries, bot.Entry{Label: req.Say("class.keep." + key + "_none"), Value: letGo})
		state := button.ClassState{Act: button.ActKeep, ID: batch, N: one.Slot.On(time.UTC).Unix()}
		parts = append(parts, bot.Text(req.Say("class.keep."+key, values)),
			bot.Select{ID: button.ClassKeepID.For(state), Hint: req.Say("class.keep.hint", values), Entries: entries})
	}
	if more := len(u.asks) - asksAtOnce; more > 0 {
		parts = append(parts, bot.Text(req.Say("class.keep.more", bot.Args{"count": more})))
	}
	return parts
}

// answer takes an answer over, in place of the draft that lacked it.
func (c contracts) answer(ctx context.Context, req *bot.Request, s button.ClassState) (bot.Reply, error) {
	drafts, err := c.desk.Newest(ctx, req, s.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	if len(req.Values) == 0 || s.Act != button.ActKeep {
		return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
	}
	draft := &drafts[0]
	a := schedule.Answer{Of: schedule.SlotOf(time.Unix(s.N, 0).UTC())}
	if picked := req.Values[0]; picked != letGo {
		clock, err := schedule.ParseClock(picked)
		if err != nil {
			return bot.Reply{}, &bot.UserError{Key: "bot.old_button", Err: err}
		}
		a.Is = schedule.Slot{Day: a.Of.Day, Clock: clock}
	}
	if slices.Contains(draft.Answers, a) {
		return c.show(ctx, req, draft.Batch, known{})
	}
	draft.Answers = append(slices.DeleteFunc(draft.Answers, func(o schedule.Answer) bool { return o.Of == a.Of }), a)
	return c.keep(ctx, req, draft.Batch, drafts[:1], known{})
}
