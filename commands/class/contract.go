package class

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/classwords"
	"unpinch/commands/draft"
	"unpinch/commands/input"
	"unpinch/commands/place"
	"unpinch/schedule"
)

const (
	// contractPosts is how many posts a contract lists.
	contractPosts = 5
	// contractClasses is how many classes it lists.
	contractClasses = 10
	// contractGaps is how many times it lists in which two clocks are not as far
	// apart as usual.
	contractGaps = 3
)

// contracts keep drafts and show what they would do.
type contracts struct {
	desk    draft.Desk
	classes classes
	places  place.Finder
	members memberZones
	reach   reach
	face    face
	atlas   input.Atlas
}

// Draft keeps drafts of classes that the reader may add, if there is room for
// them, and shows what they would do.
func (c contracts) Draft(ctx context.Context, req *bot.Request, drafts []schedule.Series) (bot.Reply, error) {
	for _, s := range drafts {
		if err := place.MayChange(req, s.Place); err != nil {
			return bot.Reply{}, err
		}
	}
	if err := c.desk.Room(ctx, req, len(drafts)); err != nil {
		return bot.Reply{}, err
	}
	return c.keep(ctx, req, 0, drafts, known{})
}

// keep keeps drafts as the reader's own, in place of those of an earlier batch,
// and shows what they would do.
func (c contracts) keep(ctx context.Context, req *bot.Request, earlier int64, drafts []schedule.Series, k known) (bot.Reply, error) {
	now := c.atlas.Now()
	for i := range drafts {
		s := &drafts[i]
		s.CreatedBy, s.DraftUntil = req.UserID, now.Add(draft.Life)
		if s.CreatedAt.IsZero() || s.DraftOf == 0 {
			s.CreatedAt = now
		}
		if _, err := c.desk.First(*s); err != nil {
			return bot.Reply{}, err
		}
	}
	batch, err := c.desk.Keep(ctx, req, earlier, drafts)
	if errors.Is(err, schedule.ErrNoClass) { // at the same moment someone else kept or saved it
		return c.ended(ctx, req, earlier, err)
	}
	if err != nil {
		return bot.Reply{}, err
	}
	return c.show(ctx, req, batch, k)
}

// A timed is a draft with its starts.
type timed struct {
	schedule.Series
	schedule.Recurrence
}

// show shows what a batch of drafts would do, in the classes' own wall clock and
// the reader's, before anything is saved.
func (c contracts) show(ctx context.Context, req *bot.Request, batch int64, k known) (bot.Reply, error) {
	drafts, err := c.desk.Batch(ctx, req, batch)
	if err != nil {
		return bot.Reply{}, err
	}
	var all []timed
	for _, s := range drafts {
		r, err := s.Recurrence(c.atlas.Zones)
		if err != nil {
			return bot.Reply{}, fmt.Errorf("show the contract: %w", err)
		}
		all = append(all, timed{s, r})
	}
	parts, err := c.head(ctx, req, all)
	if err != nil {
		return bot.Reply{}, err
	}
	posts, err := c.nextPosts(req, all)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("show the contract: %w", err)
	}
	parts = append(parts, bot.Text(req.Say("class.contract.posts")+"\n"+card.Bullets(posts)))
	lines := c.clockLines(req, all)
	gaps, err := c.gapLines(ctx, req, all)
	if err != nil {
		return bot.Reply{}, err
	}
	for _, line := range slices.Concat(lines, gaps, c.reach.lines(ctx, req, drafts, k)) {
		parts = append(parts, bot.Text(line))
	}
	twins, err := c.desk.Twins(ctx, req, drafts)
	if err != nil {
		return bot.Reply{}, err
	}
	if len(twins) > 0 {
		parts = append(parts, twinsPart(req, drafts, twins))
	}
	save := req.Say("class.contract.save_edit")
	if slices.ContainsFunc(drafts, func(s schedule.Series) bool { return s.DraftOf == 0 }) {
		save = req.Say("class.contract.save") + tells(req, drafts)
	}
	parts = append(parts, bot.Text(save), row(req, drafts, len(twins)))
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: card.AccentRead, Parts: parts}}}, nil
}

// tells is what Save promises where a class is added that has posts.
func tells(req *bot.Request, drafts []schedule.Series) string {
	if slices.ContainsFunc(drafts, func(s schedule.Series) bool { return s.DraftOf == 0 && len(s.Posts()) > 0 }) {
		return " " + req.Say("class.save_tells")
	}
	return ""
}

// twinsPart asks about drafts that add what is there already.
func twinsPart(req *bot.Request, drafts, twins []schedule.Series) bot.Part {
	if len(drafts) == 1 && drafts[0].DraftOf != 0 {
		return bot.Text(req.Say("class.contract.twin_edit"))
	}
	if len(drafts) == 1 {
		return bot.Text(req.Say("class.contract.twin"))
	}
	var lines []string
	for _, s := range twins {
		lines = append(lines, classwords.Line(req, s))
	}
	return bot.Text(req.Say("class.contract.twins", bot.Args{"count": len(twins)}) + "\n" + card.Bullets(classwords.Some(req, lines, contractClasses)))
}

// saveButton saves drafts, also those that make a class the same as another.
func saveButton(req *bot.Request, drafts []schedule.Series, twins int) bot.Button {
	s := button.ClassState{Act: button.ActSave, ID: drafts[0].Batch, N: button.SaveOnce}
	if twins == 0 {
		return bot.Button{Label: req.Say("class.button.save"), ID: button.ClassID.For(s), Style: bot.Success}
	}
	s.N = button.SaveTwins
	label := req.Say("class.button.save_twin")
	switch {
	case len(drafts) > 1:
		label = req.Say("class.button.save_twins", bot.Args{"count": twins})
	case drafts[0].DraftOf != 0:
		label = req.Say("class.button.save_anyway")
	}
	return bot.Button{Label: label, ID: button.ClassID.For(s)}
}

// row has what can be done with drafts.
func row(req *bot.Request, drafts []schedule.Series, twins int) bot.Row {
	first := drafts[0]
	row := bot.Row{
		saveButton(req, drafts, twins),
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

// head says what the drafts are.
func (c contracts) head(ctx context.Context, req *bot.Request, all []timed) ([]bot.Part, error) {
	first := all[0].Series
	if len(all) > 1 {
		var lines []string
		for _, l := range all {
			lines = append(lines, classwords.Line(req, l.Series))
		}
		values := bot.Args{"count": len(all), "Place": card.Plain(first.Place.Name), "City": c.atlas.City(first.Place.Zone)}
		return []bot.Part{
			bot.Text(req.Say("class.contract.many", values)),
			bot.Text(card.Bullets(classwords.Some(req, lines, contractClasses))),
			bot.Text(postsFact(req, first)),
		}, nil
	}
	title := req.Say("class.contract.title", bot.Args{"Sentence": classwords.Sentence(req, first.Rule), "City": c.atlas.City(first.Place.Zone)})
	if first.DraftOf == 0 {
		return []bot.Part{bot.Text(title), bot.Text(facts(req, first))}, nil
	}
	was, err := c.classes.saved(ctx, req, first.DraftOf)
	if err != nil {
		return nil, err
	}
	changes := classwords.Changes(req, classwords.Between(was, first))
	if !was.Rule.Equal(first.Rule) {
		title = req.Say("class.contract.changes", bot.Args{"Was": classwords.Sentence(req, was.Rule), "Sentence": classwords.Sentence(req, first.Rule), "City": c.atlas.City(first.Place.Zone)})
	}
	if len(changes) == 0 { // but the rule
		return []bot.Part{bot.Text(title), bot.Text(facts(req, first))}, nil
	}
	return []bot.Part{bot.Text(title), bot.Text(card.Bullets(changes))}, nil
}
