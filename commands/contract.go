package commands

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/post"
	"unpinch/schedule"
)

const (
	// contractPosts is how many posts the contract lists.
	contractPosts = 5
	// contractClasses is how many classes it lists.
	contractClasses = 10
	// contractGaps is how many times it lists in which two clocks are not as far
	// apart as usual.
	contractGaps = 3
)

// drafts returns the reader's own batch, which they still may save.
func (t timetable) drafts(ctx context.Context, req *bot.Request, batch int64) ([]schedule.Series, error) {
	drafts, err := t.Classes.Drafts(ctx, batch, t.Now())
	if errors.Is(err, schedule.ErrNoClass) || err == nil && drafts[0].CreatedBy != req.UserID {
		return nil, &bot.UserError{Key: "class.draft_gone"}
	}
	if err != nil {
		return nil, fmt.Errorf("find the drafts: %w", err)
	}
	for _, s := range drafts {
		if err := mayChange(req, s.Place); err != nil {
			return nil, err
		}
	}
	return drafts, nil
}

// A timed is a draft with its starts.
type timed struct {
	schedule.Series
	schedule.Recurrence
}

// contractOf shows what a batch of drafts would do, in the classes' own wall
// clock and the reader's, before anything is saved.
func (t timetable) contractOf(ctx context.Context, req *bot.Request, batch int64) (bot.Reply, error) {
	return t.contractKnowing(ctx, req, batch, known{})
}

// contractKnowing is contractOf for who knows more of the channels and roles.
func (t timetable) contractKnowing(ctx context.Context, req *bot.Request, batch int64, k known) (bot.Reply, error) {
	drafts, err := t.drafts(ctx, req, batch)
	if err != nil {
		return bot.Reply{}, err
	}
	var all []timed
	for _, s := range drafts {
		r, err := s.Recurrence(t.Zones)
		if err != nil {
			return bot.Reply{}, fmt.Errorf("show the contract: %w", err)
		}
		all = append(all, timed{s, r})
	}
	parts, err := t.contractHead(ctx, req, all)
	if err != nil {
		return bot.Reply{}, err
	}
	posts, err := t.nextPosts(req, all)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("show the contract: %w", err)
	}
	parts = append(parts, bot.Text(req.Say("class.contract.posts")+"\n"+card.Bullets(posts)))
	lines := t.changeLines(req, all)
	gaps, err := t.gapLines(ctx, req, all)
	if err != nil {
		return bot.Reply{}, err
	}
	for _, line := range slices.Concat(lines, gaps, t.reachLines(ctx, req, drafts, k)) {
		parts = append(parts, bot.Text(line))
	}
	save := req.Say("class.contract.save_edit")
	if slices.ContainsFunc(drafts, func(s schedule.Series) bool { return s.DraftOf == 0 }) {
		save = req.Say("class.contract.save") + tells(req, drafts)
	}
	parts = append(parts, bot.Text(save), contractRow(req, drafts))
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: card.AccentRead, Parts: parts}}}, nil
}

// tells is what Save promises to who adds classes of which one has posts.
func tells(req *bot.Request, drafts []schedule.Series) string {
	if slices.ContainsFunc(drafts, func(s schedule.Series) bool { return s.DraftOf == 0 && len(s.Posts()) > 0 }) {
		return " " + req.Say("class.save_tells")
	}
	return ""
}

// contractRow has what can be done with drafts.
func contractRow(req *bot.Request, drafts []schedule.Series) bot.Row {
	first := drafts[0]
	row := bot.Row{
		{Label: req.Say("class.button.save"), ID: button.ClassID.For(button.ClassState{Act: button.ActSave, ID: first.Batch, N: 0}), Style: bot.Success},
		{Label: req.Say("class.button.preview"), ID: button.ClassLookID.For(button.ClassState{Act: button.ActShow, ID: first.ID, N: 0})},
	}
	if len(drafts) == 1 {
		return append(row, bot.Button{Label: req.Say("class.button.change"), ID: button.ClassFormID.For(button.ClassState{Act: button.ActSave, ID: first.ID, N: 0})})
	}
	if slices.ContainsFunc(drafts, func(series schedule.Series) bool { return series.Purpose != first.Purpose || series.DraftOf != 0 }) {
		return row // they are not lines
	}
	s := button.LinesState{Place: first.Place.ID, Batch: first.Batch, Lead: int(first.Lead.Minutes()), CoolDown: first.CoolDown}
	return append(row, bot.Button{Label: req.Say("class.button.change"), ID: button.LinesFormID.For(s)})
}

// contractHead says what the drafts are.
func (t timetable) contractHead(ctx context.Context, req *bot.Request, all []timed) ([]bot.Part, error) {
	first := all[0].Series
	if len(all) > 1 {
		var lines []string
		for _, l := range all[:min(len(all), contractClasses)] {
			lines = append(lines, classLine(req, l.Series))
		}
		if more := len(all) - contractClasses; more > 0 {
			lines = append(lines, req.Say("class.more", bot.Args{"count": more}))
		}
		values := bot.Args{"count": len(all), "Place": card.Plain(first.Place.Name), "City": t.atlas().City(first.Place.Zone)}
		return []bot.Part{
			bot.Text(req.Say("class.contract.many", values)),
			bot.Text(card.Bullets(lines)),
			bot.Text(postsFact(req, first)),
		}, nil
	}
	title := req.Say("class.contract.title", bot.Args{"Sentence": sentenceOf(req, first.Rule), "City": t.atlas().City(first.Place.Zone)})
	if first.DraftOf == 0 {
		return []bot.Part{bot.Text(title), bot.Text(facts(req, first))}, nil
	}
	was, err := t.series(ctx, req, first.DraftOf)
	if err != nil {
		return nil, err
	}
	changes := changedFields(req, fieldsOf(was, first))
	if !was.Rule.Equal(first.Rule) {
		title = req.Say("class.contract.changes", bot.Args{"Was": sentenceOf(req, was.Rule), "Sentence": sentenceOf(req, first.Rule), "City": t.atlas().City(first.Place.Zone)})
	}
	if len(changes) == 0 { // but the rule
		return []bot.Part{bot.Text(title), bot.Text(facts(req, first))}, nil
	}
	return []bot.Part{bot.Text(title), bot.Text(card.Bullets(changes))}, nil
}

// sentenceOf says a rule, or that what is stored can't be read.
func sentenceOf(req *bot.Request, r schedule.Rule) string {
	if r.IsZero() {
		return req.Say("class.unreadable")
	}
	return r.Sentence(req.Say)
}

// classLineMax is how long a class in a list of several gets, in characters.
const classLineMax = 160

// classLine is a class in a list.
func classLine(req *bot.Request, s schedule.Series) string {
	line := sentenceOf(req, s.Rule)
	if s.Purpose != schedule.ForDesk {
		line = card.Joined(line, req.Say("class.minutes", bot.Args{"Minutes": int(s.Length.Minutes())}))
	}
	if s.Title != "" {
		line = card.Joined(line, card.Plain(s.Title))
	}
	return card.Cut(line, classLineMax)
}

// facts says what the rule does not.
func facts(req *bot.Request, s schedule.Series) string {
	values := bot.Args{"Title": card.Plain(s.Title), "Minutes": int(s.Length.Minutes()), "Channel": card.ChannelMention(s.ChannelID)}
	text := req.Say(card.Either(s.Title == "", "class.minutes", "class.contract.titled"), values)
	switch {
	case s.Purpose == schedule.ForDesk:
		text = req.Say("class.contract.desk_facts", values)
	case len(s.Posts()) == 0:
		text += "\n" + req.Say("class.contract.no_posts")
	default:
		text = card.Joined(text, req.Say("class.contract.where", values))
	}
	if !s.Until.IsZero() {
		text += "\n" + req.Say("class.contract.until", bot.Args{"Day": schedule.DayYear.OfDay(req.Say, s.Until)})
	}
	return text
}

// postsFact says which posts each of several classes has.
func postsFact(req *bot.Request, s schedule.Series) string {
	key := "class.contract.no_posts"
	switch {
	case s.Purpose == schedule.ForDesk:
		key = "class.contract.desk_facts"
	case s.Lead > 0 && s.CoolDown:
		key = "class.contract.both"
	case s.Lead > 0:
		key = "class.contract.pre_only"
	case s.CoolDown:
		key = "class.contract.cool_down_only"
	}
	return req.Say(key, bot.Args{"Lead": int(s.Lead.Minutes()), "Channel": card.ChannelMention(s.ChannelID)})
}

// A due is a post, or a start where there is no post.
type due struct {
	at    time.Time
	kind  schedule.Kind // "" for a start
	title string
}

// dueNext returns the next posts of a class, or its next starts if it has no
// posts, so many of each kind at most, in order.
func dueNext(s schedule.Series, r schedule.Recurrence, now time.Time, most int) ([]due, error) {
	kinds := s.Posts()
	if len(kinds) == 0 {
		kinds = []schedule.Kind{""}
	}
	var all []due
	for _, k := range kinds {
		offset := s.Offset(k)
		for after, n := now, 0; n < most; {
			at, start, err := r.NextDue(after, offset)
			if errors.Is(err, schedule.ErrNever) {
				break
			}
			if err != nil {
				return nil, err
			}
			if after = at; start.Off == "" {
				all, n = append(all, due{at, k, s.Title}), n+1
			}
		}
	}
	slices.SortStableFunc(all, func(a, b due) int { return a.at.Compare(b.at) })
	return all, nil
}

// nextPosts says when the next posts of all drafts together go out.
func (t timetable) nextPosts(req *bot.Request, drafts []timed) ([]string, error) {
	var all []due
	for _, l := range drafts {
		next, err := dueNext(l.Series, l.Recurrence, t.Now(), contractPosts)
		if err != nil {
			return nil, err
		}
		all = append(all, next...)
	}
	slices.SortStableFunc(all, func(a, b due) int { return a.at.Compare(b.at) })
	var lines []string
	for _, d := range all[:min(len(all), contractPosts)] {
		line := req.Say("class.contract."+card.Either(d.kind == "", "start", string(d.kind)), bot.Args{"Wall": card.Wall(req.Say, d.at), "Yours": card.Yours(d.at)})
		if len(drafts) > 1 && d.title != "" {
			line = card.Joined(line, card.Plain(d.title))
		}
		lines = append(lines, line)
	}
	if len(lines) == 0 {
		lines = []string{req.Say("class.card.never")}
	}
	return lines, nil
}

// changeLines say what the next change of the clock does to the drafts of each
// zone, by the first of them; what it does to others too, if that is more than
// nothing.
func (t timetable) changeLines(req *bot.Request, all []timed) []string {
	var lines []string
	said := map[string]bool{}
	for _, l := range all {
		line, gap := card.ClockChange(req.Say, t.Now(), l.Series, l.Recurrence)
		if line == "" || said[l.Place.Zone] && !gap || slices.Contains(lines, line) {
			continue
		}
		lines, said[l.Place.Zone] = append(lines, line), true
	}
	return lines[:min(len(lines), contractGaps)]
}

// gapLines say in which weeks the first draft's clock and another that matters
// are not as far apart as usual.
func (t timetable) gapLines(ctx context.Context, req *bot.Request, all []timed) ([]string, error) {
	first := all[0]
	name, err := t.otherZone(ctx, req, first.Place)
	if err != nil || name == "" {
		return nil, err
	}
	other, err := t.Zones.Location(name)
	if err != nil {
		return nil, fmt.Errorf("compare two clocks: %w", err)
	}
	now := t.Now().In(first.Zone)
	until := now.AddDate(1, 0, 0)
	if last := first.Series.Until; !last.IsZero() {
		if end := last.Start(first.Zone).AddDate(0, 0, 1); end.Before(until) {
			until = end
		}
	}
	var lines []string
	for _, g := range schedule.GapWeeks(first.Zone, other, now, until) {
		from, to, ok := daysOf(first.Series.Rule.Times()[0], g, first.Zone)
		if !ok || len(lines) == contractGaps {
			continue
		}
		lines = append(lines, req.Say("class.contract.weeks", bot.Args{"From": schedule.DateShort.Of(req.Say, from), "To": schedule.DateShort.Of(req.Say, to), "Time": from.Format("15:04"),
			"Here": t.atlas().City(first.Place.Zone), "There": from.In(other).Format("15:04"), "City": t.atlas().City(name),
			"Usual": from.In(other).Add(g.Usual - g.Ahead).Format("15:04")}))
	}
	return lines, nil
}

// daysOf returns the first and the last instant within a gap at which the clock
// of the class shows a time.
func daysOf(at schedule.Clock, g schedule.Gap, zone *time.Location) (first, last time.Time, ok bool) {
	on := func(day time.Time, add int) time.Time {
		y, m, d := day.Date()
		return time.Date(y, m, d+add, 0, int(at), 0, 0, zone)
	}
	if first = on(g.From.In(zone), 0); first.Before(g.From) {
		first = on(g.From.In(zone), 1)
	}
	if last = on(g.Until.In(zone), 0); !last.Before(g.Until) {
		last = on(g.Until.In(zone), -1)
	}
	return first, last, !last.Before(first)
}

// otherZone returns the zone that matters beside a place's: the reader's own, or
// that of another place of the server, or "".
func (t timetable) otherZone(ctx context.Context, req *bot.Request, p schedule.Place) (string, error) {
	m, err := t.Notices.Member(ctx, req.UserID)
	if err != nil && !errors.Is(err, schedule.ErrNoMember) {
		return "", fmt.Errorf("find the reader's zone: %w", err)
	}
	if err == nil && m.Zone != "" && m.Zone != p.Zone {
		return m.Zone, nil
	}
	places, err := t.placesOf(ctx, req)
	if err != nil {
		return "", err
	}
	for _, o := range places {
		if o.Zone != p.Zone {
			return o.Zone, nil
		}
	}
	return "", nil
}

// save makes classes of a batch and shows them.
func (t timetable) save(ctx context.Context, req *bot.Request, batch int64) (bot.Reply, error) {
	drafts, err := t.drafts(ctx, req, batch)
	if err != nil {
		return bot.Reply{}, err
	}
	var first time.Time
	more, posts := 0, 0
	for _, s := range drafts {
		at, err := t.firstPost(s)
		if err != nil {
			return bot.Reply{}, err
		}
		posts += len(s.Posts())
		if first.IsZero() || at.Before(first) {
			first = at
		}
		if s.DraftOf == 0 {
			more++
		}
	}
	if err := t.roomFor(ctx, req, more); err != nil {
		return bot.Reply{}, err
	}
	ids, err := t.saveDrafts(ctx, req, batch)
	if err != nil {
		return bot.Reply{}, err
	}
	note := req.Say(card.Either(posts == 0, "class.saved_start", "class.saved"), bot.Args{"Wall": card.Wall(req.Say, first), "City": t.atlas().City(drafts[0].Place.Zone)}) + tells(req, drafts)
	if len(ids) == 1 {
		s, err := t.series(ctx, req, ids[0])
		if err != nil {
			return bot.Reply{}, err
		}
		return t.card(req, s, note)
	}
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: card.AccentCalm, Parts: []bot.Part{
		bot.Text(req.Say("class.saved_many", bot.Args{"count": len(ids)})), bot.Text(note), allRow(req)}}}}, nil
}

// saveDrafts saves a batch and tells the engine.
func (t timetable) saveDrafts(ctx context.Context, req *bot.Request, batch int64) ([]int64, error) {
	ids, err := t.Classes.SaveDrafts(ctx, batch, t.by(req, ""))
	switch {
	case errors.Is(err, schedule.ErrNoClass):
		return nil, &bot.UserError{Key: "class.draft_gone"}
	case errors.Is(err, schedule.ErrChanged):
		return nil, &bot.UserError{Key: "class.draft_outdated"}
	case errors.Is(err, schedule.ErrFull):
		return nil, &bot.UserError{Key: "class.cap", Args: bot.Args{"Max": schedule.ClassesMax}}
	case err != nil:
		return nil, fmt.Errorf("save the classes: %w", err)
	}
	t.Kick()
	return ids, nil
}

func allRow(req *bot.Request) bot.Row {
	return bot.Row{{Label: req.Say("class.button.list"), ID: button.ClassID.For(button.ClassState{Act: button.ActList, ID: 0, N: 1})}}
}

// viewable returns a saved class of the reader's server, or their own draft.
func (t timetable) viewable(ctx context.Context, req *bot.Request, id int64) (schedule.Series, error) {
	s, err := t.Classes.Series(ctx, id)
	if err == nil && !s.DraftUntil.IsZero() {
		return t.draft(ctx, req, id)
	}
	return t.series(ctx, req, id)
}

// draft returns the reader's own draft, which they still may save.
func (t timetable) draft(ctx context.Context, req *bot.Request, id int64) (schedule.Series, error) {
	s, err := t.Classes.Series(ctx, id)
	over := err == nil && (s.DraftUntil.IsZero() || !t.Now().Before(s.DraftUntil) || s.CreatedBy != req.UserID)
	if over || errors.Is(err, schedule.ErrNoClass) {
		return s, &bot.UserError{Key: "class.draft_gone"}
	}
	if err != nil {
		return s, fmt.Errorf("find the draft: %w", err)
	}
	return s, mayChange(req, s.Place)
}

// preview shows the posts of a draft or class as they would look.
func (t timetable) preview(ctx context.Context, req *bot.Request, s button.ClassState) (bot.Reply, error) {
	series, err := t.viewable(ctx, req, s.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	parts, files, err := Posts(t.Deps).Preview(req.Locale, series, post.How{Bare: !card.MayDraw(req)})
	if err != nil {
		return bot.Reply{}, fmt.Errorf("preview the posts: %w", err)
	}
	reply := bot.Reply{Parts: parts, Files: files}
	if len(reply.Parts) == 0 {
		key := card.Either(len(series.Posts()) == 0, "class.contract.no_posts", "class.card.never")
		reply.Parts = []bot.Part{bot.Text(req.Say(key))}
	}
	return reply, nil
}
