package commands

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"unpinch/bot"
	"unpinch/content"
	"unpinch/schedule"
)

// postMinutes is how long the routine of a class's post takes.
const postMinutes = 5

// What Post says when there is nothing to send, and never will be.
var (
	ErrFew    = errors.New("too few people took part")
	ErrRender = errors.New("the message can't be rendered")
)

// Post renders an occurrence as the message that it becomes: as its state says
// if that was sent already. It is schedule.ErrNoClass when its class is gone,
// ErrRender when it never can be rendered, and ErrFew for a recap of too few
// people.
func (d Deps) Post(ctx context.Context, o schedule.Occurrence, late bool) (bot.Reply, error) {
	l, err := d.Classes.Listing(ctx, o.ClassID)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("render a post: %w", err)
	}
	reply, err := d.render(l, o, late)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("%w: %w", ErrRender, err)
	}
	return reply, nil
}

// render makes the message of an occurrence of a class.
func (d Deps) render(l schedule.Listing, o schedule.Occurrence, late bool) (bot.Reply, error) {
	say := func(key string, a args) string { return d.Content.Say(defaultLocale, key, a) }
	switch o.Kind {
	case schedule.KindAlert, schedule.KindLog:
		if l.BrokenAt.IsZero() {
			return bot.Reply{}, errors.New("the class was mended before word of it went out")
		}
		text := say("post."+string(o.Kind), args{"Sentence": l.Rule.Sentence(), "Place": plain(l.Place.Name),
			"Why": say("class.reason."+string(l.BrokenWhy), nil)})
		again := bot.Row{{Label: say("class.button.mend", nil), ID: mendID.For(occurrenceID(o.ID)), Style: bot.Primary}}
		return bot.Reply{Parts: []bot.Part{bot.Container{Accent: accentStop, Parts: []bot.Part{bot.Text(text), again}}}}, nil
	}
	body, files, err := d.postParts(defaultLocale, l, o, late)
	if err != nil {
		return bot.Reply{}, err
	}
	row, err := d.postRow(l, o)
	if err != nil {
		return bot.Reply{}, err
	}
	body = append(body, row)
	reply := bot.Reply{Parts: []bot.Part{bot.Container{Accent: accentCalm, Parts: body}}, Files: files}
	if l.RoleID != "" && o.Kind == schedule.KindPre {
		reply.PingRole = l.RoleID
		reply.Parts = append([]bot.Part{bot.Text(roleMention(l.RoleID))}, reply.Parts...)
	}
	reply.Silent = reply.PingRole == ""
	return reply, nil
}

// postRow starts the post's routine, or its gentle version, for whoever presses,
// and counts who has done it.
func (d Deps) postRow(l schedule.Listing, o schedule.Occurrence) (bot.Row, error) {
	c, err := l.Class(d.Zones)
	if err != nil {
		return nil, fmt.Errorf("render a post: %w", err)
	}
	say := func(key string) string { return d.Content.Say(defaultLocale, key, nil) }
	var row bot.Row
	if r := d.routine(defaultLocale, o, o.StartAt.In(c.Zone)); r != nil {
		row = append(row, bot.Button{Label: say("post.button.start"), ID: openID.For(routineID(r.ID)), Style: bot.Primary})
	}
	return append(row, bot.Button{Label: say("stretch.button.gentle"), ID: openID.For(calmRoutine)},
		bot.Button{Label: say("post.button.done"), ID: doneID.For(occurrenceID(o.ID)), Style: bot.Success}), nil
}

// MessageMark returns the custom ID that only the occurrence's message bears.
func MessageMark(o schedule.Occurrence) string {
	if o.Kind == schedule.KindAlert || o.Kind == schedule.KindLog {
		return mendID.For(occurrenceID(o.ID))
	}
	return doneID.For(occurrenceID(o.ID))
}

// postParts is the post of a class without its buttons, and the files that it
// shows.
func (d Deps) postParts(locale string, l schedule.Listing, o schedule.Occurrence, late bool) ([]bot.Part, []bot.File, error) {
	c, err := l.Class(d.Zones)
	if err != nil {
		return nil, nil, fmt.Errorf("render a post: %w", err)
	}
	var files []bot.File
	say := func(key string, a args) string { return d.Content.Say(locale, key, a) }
	start, due := o.StartAt.In(c.Zone), o.DueAt.In(c.Zone)
	at := start
	if o.Kind == schedule.KindCoolDown {
		at = due
	}
	parts := []bot.Part{bot.Text(say("post."+string(o.Kind)+".title", args{"Place": plain(l.Place.Name), "Time": at.Format("15:04")}))}
	if l.Title != "" && o.Kind == schedule.KindPre {
		parts = append(parts, bot.Text(say("post.class", args{"Title": plain(l.Title), "Time": start.Format("15:04")})))
	}
	if r := d.routine(locale, o, start); r != nil {
		pictures, strip := d.strip(locale, r)
		parts, files = append(parts, pictures...), strip
		parts = append(parts, bot.Text(numbered(d.Content.PostLines(locale, r))))
	}
	parts = append(parts, bot.Text(say("post.gentle", nil)))
	if late {
		parts = append(parts, bot.Text(say("post.late", args{"Time": due.Format("15:04")})))
	}
	if day, ok := changeBeforeNext(c, start); ok && o.Kind != schedule.KindNow {
		parts = append(parts, bot.Text(say("post.change", args{"Day": day.Format("Monday 2 January"), "Time": start.Format("15:04")})))
	}
	return parts, files, nil
}

// routine picks the routine of a post. Variants take turns by the day, so that
// a week of classes does not repeat one.
func (d Deps) routine(locale string, o schedule.Occurrence, start time.Time) *content.Routine {
	kind := content.Pre
	if o.Kind == schedule.KindCoolDown {
		kind = content.Post
	}
	fit := slices.DeleteFunc(d.Content.Routines(locale), func(r *content.Routine) bool {
		return r.Kind != kind || r.Minutes != postMinutes
	})
	if len(fit) == 0 {
		return nil
	}
	return fit[start.YearDay()%len(fit)]
}

// changeBeforeNext returns the day on which the clock is set between a start
// and the one after it.
func changeBeforeNext(c schedule.Class, start time.Time) (time.Time, bool) {
	next, err := c.NextStart(start)
	if err != nil {
		return time.Time{}, false
	}
	at, ok := schedule.NextChange(start, c.Zone)
	return at, ok && !at.After(next)
}

// doneID stands on every post. Its state is the occurrence, which also makes
// the message known again after a crash.
var doneID = bot.NewID[occurrenceID]("done1")

const (
	// doneMax is how long a post can be pressed.
	doneMax = 24 * time.Hour
	// doneKept is how many posts' pressers are remembered, in memory only.
	doneKept = 1000
)

// doneCount counts who did a post's routine. The store holds a number and
// nobody's name, so that only this memory tells a second press from a first;
// it goes with the program.
type doneCount struct {
	Deps
	mu      sync.Mutex
	pressed map[int64]map[string]bool
	order   []int64 // oldest first
}

func newDoneCount(d Deps) *doneCount {
	return &doneCount{Deps: d, pressed: map[int64]map[string]bool{}}
}

// press counts one more, once a person.
func (c *doneCount) press(ctx context.Context, req *bot.Request, id occurrenceID) (bot.Reply, error) {
	o, err := c.Classes.Occurrence(ctx, int64(id))
	if errors.Is(err, schedule.ErrNoOccurrence) || err == nil && (!countable(o) || o.ChannelID != req.ChannelID || c.Now().Sub(o.DueAt) > doneMax) {
		return bot.Reply{}, &bot.UserError{Key: "post.done_over"}
	}
	if err != nil {
		return bot.Reply{}, fmt.Errorf("count a press: %w", err)
	}
	if !c.first(o.ID, req.UserID) {
		return bot.Reply{Parts: []bot.Part{bot.Text(req.Say("post.done_already"))}}, nil
	}
	n, err := c.Classes.Press(ctx, o.ID, true, c.Now())
	if err != nil {
		c.undo(o.ID, req.UserID)
		return bot.Reply{}, fmt.Errorf("count a press: %w", err)
	}
	return bot.Reply{Parts: []bot.Part{bot.Text(req.Say("post.done", args{"count": n}))}}, nil
}

// countable reports whether an occurrence is a post, which has the button, and
// not word of a broken class.
func countable(o schedule.Occurrence) bool {
	return o.Kind == schedule.KindPre || o.Kind == schedule.KindCoolDown || o.Kind == schedule.KindNow
}

// undo forgets a press that could not be counted, so that it can be made again.
func (c *doneCount) undo(id int64, userID string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.pressed[id], userID)
}

// first notes a press, and reports whether it is the person's first.
func (c *doneCount) first(id int64, userID string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.pressed[id] == nil {
		c.pressed[id] = map[string]bool{}
		if c.order = append(c.order, id); len(c.order) > doneKept {
			delete(c.pressed, c.order[0])
			c.order = c.order[1:]
		}
	}
	first := !c.pressed[id][userID]
	c.pressed[id][userID] = true
	return first
}
