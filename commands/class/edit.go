package class

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"unpinch/bot"
	"unpinch/commands/classwords"
	"unpinch/commands/input"
	"unpinch/schedule"
)

// edits draft what changes about classes.
type edits struct {
	classes   classes
	contracts contracts
	timing    timing
	changes   changes
}

// edited drafts a class as it is to be, in place of an earlier batch, and shows
// the contract of that.
func (e edits) edited(ctx context.Context, req *bot.Request, earlier int64, s schedule.Series, k known) (bot.Reply, error) {
	if s.DraftUntil.IsZero() { // the class itself
		s.DraftOf, s.CreatedAt = s.ID, e.timing.atlas.Now()
	}
	if s.Lead == 0 { // nothing is left that pings
		s.RoleID = ""
	}
	if s.DraftOf != 0 {
		was, err := e.classes.changeable(ctx, req, s.DraftOf)
		if err != nil {
			return bot.Reply{}, err
		}
		if len(classwords.Between(was, s).Fields) == 0 {
			return bot.Reply{}, &bot.UserError{Key: "class.edit.same"}
		}
	}
	return e.contracts.keep(ctx, req, earlier, []schedule.Series{s}, k)
}

// warmUp drafts what was chosen for a class's warm-up to be for.
func (e edits) warmUp(ctx context.Context, req *bot.Request, s schedule.Series, n int64) (bot.Reply, error) {
	all := schedule.Focuses()
	if len(req.Values) == 1 {
		n = int64(slices.IndexFunc(all, func(f schedule.Focus) bool { return f.String() == req.Values[0] })) + 1
	}
	if n < 1 || n > int64(len(all)) {
		return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
	}
	s.WarmUp = all[n-1]
	return e.edited(ctx, req, 0, s, known{})
}

// editing is /class edit.
type editing struct {
	edits
	classOptions
	class *bot.StringOption
}

func newEditing(e edits, l list) editing {
	return editing{e, newClassOptions("class.edit."), bot.String("class", "class.edit.class").Required().Complete(l.suggest)}
}

func (e editing) command() bot.Command {
	return bot.Command{Name: "edit", About: "class.edit.about", Answer: bot.NewPrivate, Run: e.run, Options: append([]bot.Option{e.class}, e.all()...)}
}

// run takes over what was given. "none" and @everyone, which no class has, take
// its last day and its ping away.
func (e editing) run(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	id, err := strconv.ParseInt(strings.TrimSpace(e.class.Get(req)), 10, 64)
	if err != nil {
		return bot.Reply{}, &bot.UserError{Key: "class.edit.which", Args: bot.Args{"Seen": input.Seen(e.class.Get(req))}}
	}
	s, err := e.classes.changeable(ctx, req, id)
	if err != nil {
		return bot.Reply{}, err
	}
	k, err := e.take(e.timing, req, &s)
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
