package class

import (
	"context"

	"unpinch/bot"
)

// ChangesAtOnce is how many changes a page has.
const ChangesAtOnce = changesAtOnce

// Suggest lists the classes that what was typed so far may mean.
func Suggest(ctx context.Context, s Store, req *bot.Request, typed string) ([]bot.Choice, error) {
	return list{store: s}.suggest(ctx, req, typed)
}
