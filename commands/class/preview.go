package class

import (
	"context"
	"errors"
	"fmt"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/draft"
	"unpinch/schedule"
)

// Look makes the next posts of a series as they will look, and the files that
// they show: none without pictures. It returns no parts if there will be none.
type Look func(ctx context.Context, locale string, s schedule.Series, pictures bool) ([]bot.Part, []bot.File, error)

// preview shows the posts of drafts and classes as they would look.
type preview struct {
	classes classes
	desk    draft.Desk
	look    Look
}

// viewable returns a saved class of the reader's server, or their own draft. Of
// drafts that were saved it is the first class.
func (p preview) viewable(ctx context.Context, req *bot.Request, id int64) (schedule.Series, error) {
	s, err := p.desk.Store.Series(ctx, id)
	if err == nil && !s.DraftUntil.IsZero() {
		return p.desk.One(ctx, req, id)
	}
	if !errors.Is(err, schedule.ErrNoClass) {
		return p.classes.saved(ctx, req, id)
	}
	newest, err := p.desk.One(ctx, req, id)
	if !errors.Is(err, schedule.ErrNoClass) {
		return newest, err
	}
	if end, err := p.desk.End(ctx, req, schedule.Batch{Drafts: id}); err == nil && len(end.Classes) > 0 {
		id = end.Classes[0]
	}
	return p.classes.saved(ctx, req, id)
}

// show shows the posts of a class, or of the reader's own draft.
func (p preview) show(ctx context.Context, req *bot.Request, s button.ClassState) (bot.Reply, error) {
	series, err := p.viewable(ctx, req, s.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	var reply bot.Reply
	if reply.Parts, reply.Files, err = p.look(ctx, req.Locale, series, card.MayDraw(req)); err != nil {
		return bot.Reply{}, fmt.Errorf("preview the posts: %w", err)
	}
	if len(reply.Parts) == 0 {
		key := card.Either(len(series.Posts()) == 0, "class.contract.no_posts", "class.card.never")
		reply.Parts = []bot.Part{bot.Text(req.Say(key))}
	}
	return reply, nil
}
