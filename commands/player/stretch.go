package player

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/content"
)

// stretch is the command /stretch.
type stretch struct {
	lib     *content.Library
	alone   alone
	channel *together

	kind     *bot.StringOption
	minutes  *bot.IntOption
	together *bot.BoolOption
}

func newStretch(lib *content.Library, own alone, channel *together) stretch {
	var kinds []bot.Choice
	for _, k := range append(content.Kinds(), content.Mine) {
		kinds = append(kinds, bot.Choice{Label: lib.Say(card.DefaultLocale, "stretch.kind."+string(k), nil), Value: string(k)})
	}
	return stretch{lib, own, channel,
		bot.OneOf("routine", "stretch.option.routine", kinds),
		bot.Int("minutes", "stretch.option.minutes", 3, 10, 0),
		bot.Bool("together", "stretch.option.together"),
	}
}

func (s stretch) command() bot.Command {
	return bot.Command{Name: "stretch", About: "stretch.about", Answer: bot.NewPrivate, Discreet: true,
		Options: []bot.Option{s.kind, s.minutes, s.together}, Run: s.run}
}

// run starts what was asked for, or offers what there is.
func (s stretch) run(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	if content.Kind(s.kind.Get(req)) == content.Mine {
		return s.runMine(ctx, req)
	}
	fit, err := s.fitting(req)
	if err != nil {
		return bot.Reply{}, err
	}
	if s.together.Get(req) {
		if s.kind.Given(req) {
			return s.channel.offer(ctx, req, fit[0])
		}
		if err := s.channel.mayStart(ctx, req); err != nil {
			return bot.Reply{}, err
		}
		return s.menu(req, fit, button.PickTogether), nil
	}
	last, running, err := s.alone.last(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	if running && (!s.kind.Given(req) || slices.ContainsFunc(fit, func(r *content.Routine) bool { return r.ID == last.Routine })) {
		return s.menuAlone(ctx, req, fit, &last)
	}
	if !s.kind.Given(req) {
		return s.menuAlone(ctx, req, fit, nil)
	}
	return s.alone.begin(ctx, req, fit[0].ID)
}

// runMine plays the reader's own routine, or offers to go on with it where it
// runs already.
func (s stretch) runMine(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	if s.together.Get(req) {
		return bot.Reply{}, &bot.UserError{Key: "stretch.mine_alone"}
	}
	last, running, err := s.alone.last(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	if running && last.follows.Kind == content.Mine {
		first := slices.DeleteFunc(s.lib.Routines(req.Locale), func(r *content.Routine) bool { return r.Variant != 1 })
		return s.menuAlone(ctx, req, first, &last)
	}
	return s.alone.beginMine(ctx, req)
}

// fitting returns the routines that the options leave, the shortest of each
// kind first.
func (s stretch) fitting(req *bot.Request) ([]*content.Routine, error) {
	kind, n := content.Kind(s.kind.Get(req)), s.minutes.Get(req)
	var fit []*content.Routine
	var lengths []string
	for _, r := range s.lib.Routines(req.Locale) {
		if kind != "" && r.Kind != kind || r.Variant != 1 {
			continue
		}
		if length := strconv.Itoa(r.Minutes); !slices.Contains(lengths, length) {
			lengths = append(lengths, length)
		}
		if !s.minutes.Given(req) || r.Minutes == n {
			fit = append(fit, r)
		}
	}
	switch {
	case len(fit) > 0:
		return fit, nil
	case kind == "" || len(lengths) == 0:
		return nil, &bot.UserError{Key: "stretch.no_length", Args: bot.Args{"Seen": n, "Lengths": strings.Join(lengths, ", ")}}
	}
	return nil, &bot.UserError{Key: "stretch.no_routine", Args: bot.Args{"Seen": n, "Lengths": strings.Join(lengths, ", "),
		"Kind": req.Say("stretch.kind." + string(kind))}}
}

// menuAlone offers routines to follow alone, the reader's own among them where
// the options leave it, and to go on with the last player unless that is nil.
func (s stretch) menuAlone(ctx context.Context, req *bot.Request, fit []*content.Routine, last *follower) (bot.Reply, error) {
	lines, err := s.alone.lines.OwnRoutine(ctx, req.UserID)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("offer one's own routine: %w", err)
	}
	mine := s.lib.OwnRoutine(req.Locale, lines)
	kind := content.Kind(s.kind.Get(req))
	if mine != nil && (kind == content.Mine || kind == "" && (!s.minutes.Given(req) || mine.Minutes == s.minutes.Get(req))) {
		fit = append(fit[:len(fit):len(fit)], mine)
	}
	if last == nil {
		return s.menu(req, fit, button.PickOwn), nil
	}
	key := "stretch.menu.continue"
	if last.follows.Kind == content.Mine && (mine == nil || buttonName(mine) != buttonName(last.follows)) {
		key = "stretch.menu.continue_changed"
	}
	last.Locale = req.Locale
	goOn := bot.Text(req.Say(key, bot.Args{"Routine": routineName(s.lib, req.Locale, last.follows),
		"Step": last.stepNumber(), "Of": len(last.follows.Steps())}))
	return s.menu(req, fit, button.PickOwn, goOn, view{s.alone.cards, *last}.againRow()), nil
}

// menu offers routines below other parts.
func (s stretch) menu(req *bot.Request, fit []*content.Routine, pick button.PickState, parts ...bot.Part) bot.Reply {
	var entries []bot.Entry
	for _, r := range fit {
		entries = append(entries, bot.Entry{Label: routineName(s.lib, req.Locale, r), Value: pickName(r), About: r.Lead})
	}
	parts = append(parts, bot.Text(req.Say("stretch.menu.text")),
		bot.Select{ID: button.PickID.For(pick), Hint: req.Say("stretch.menu.hint"), Entries: entries},
		bot.Row{{Label: req.Say("stretch.button.signs"), ID: button.ReadID.For(button.ReadState{View: button.ReadSigns, Routine: ""})}})
	return card.Calm(parts...)
}

// pickName is the name that a list has for a routine.
func pickName(r *content.Routine) string {
	if r.Kind == content.Mine {
		return string(content.Mine)
	}
	return r.ID
}

// picked starts the routine that was picked.
func (s stretch) picked(ctx context.Context, req *bot.Request, pick button.PickState) (bot.Reply, error) {
	if len(req.Values) == 0 {
		return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
	}
	r, ok := s.lib.Routine(req.Locale, req.Values[0])
	switch {
	case req.Values[0] == string(content.Mine) && pick == button.PickOwn:
		return s.alone.beginMine(ctx, req)
	case !ok:
		return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
	case pick == button.PickTogether:
		return s.channel.offer(ctx, req, r)
	}
	return s.alone.begin(ctx, req, r.ID)
}
