package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"
	"sync/atomic"

	"unpinch/figure"
	"unpinch/playground/page"
	"unpinch/store"
)

// demoPage returns what the page has in a demo of this bot. Its doors lead into the
// gym, so that there are none without it.
func demoPage(gym bool) page.Options {
	width, height := figure.Body.Size()
	body := page.Picture{Width: width, Height: height}
	for _, b := range figure.Body.Badges() {
		body.Spots = append(body.Spots, page.Spot{Option: b.Line - 1, X: int(b.X), Y: int(b.Y)})
	}
	o := page.Options{Spots: map[string]page.Picture{string(figure.Body) + ".png": body}}
	if gym {
		o.Home, o.Classes = "training", "timetable"
	}
	return o
}

// demoBooks is what the demo's bot has written down, for its page to count.
type demoBooks struct{ db atomic.Pointer[store.Store] }

// count returns how many rows each table has, and a fingerprint of all that is in
// them.
func (b *demoBooks) count(ctx context.Context) (any, error) {
	db := b.db.Load()
	if db == nil {
		return nil, errors.New("the bot has not opened its database yet; try again in a second")
	}
	dump, err := db.Dump(ctx)
	if err != nil {
		return nil, err
	}
	type table struct {
		Name string `json:"name"`
		Rows int    `json:"rows"`
	}
	tables := []table{}
	for line := range strings.Lines(dump) {
		if strings.HasPrefix(line, "  ") {
			tables[len(tables)-1].Rows++
			continue
		}
		name, _, _ := strings.Cut(line, " ")
		tables = append(tables, table{Name: name})
	}
	sum := sha256.Sum256([]byte(dump))
	return map[string]any{"tables": tables, "fingerprint": hex.EncodeToString(sum[:6])}, nil
}
