package commands

import (
	"context"
	"fmt"
	"time"

	"unpinch/bot"
	"unpinch/content"
)

// easy returns what the reader keeps low now, and until when.
func (d Deps) easy(ctx context.Context, req *bot.Request) (content.LessSet, time.Time, error) {
	kept, until, err := d.People.Easy(ctx, req.UserID, d.Now())
	if err != nil {
		return 0, time.Time{}, fmt.Errorf("read what to keep low: %w", err)
	}
	var all []content.Less
	for _, l := range kept {
		all = append(all, content.Less(l))
	}
	return content.LessSetOf(all...), until, nil
}

// fieldLines is the one field of the form of one class a line.
const fieldLines = "lines"
