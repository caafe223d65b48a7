package delivery_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"unpinch/delivery"
)

var errCut = errors.New("cut off")

// A cut planner is one whose program ends right before or after it settles what
// was in doubt.
type cut struct {
	delivery.Planner
	settled bool
}

func (c cut) Settle(ctx context.Context, now time.Time, all []delivery.Finding) error {
	if c.settled {
		if err := c.Planner.Settle(ctx, now, all); err != nil {
			return err
		}
	}
	return errCut
}

// Wherever the program ends between a change and the word of it, that goes out
// once.
func TestChangesOutliveAnEnd(t *testing.T) {
	for name, tc := range map[string]struct {
		change     func(*hall)
		sent, post string
	}{
		"skip":       {(*hall).skip, "off 18:00 skipped", "replaced 18:00"},
		"move a bit": {func(h *hall) { h.move("18:01:00") }, "off 18:00 > 18:01", "sent 18:01"},
		"edit":       {func(h *hall) { h.edit("daily 18:30") }, "off 18:00 > 18:30, pre 18:30, notice 18:30", "replaced 18:00"},
		"remove":     {func(h *hall) { h.check(h.store.Remove(h.Context(), h.class.ID, h.by())) }, "off 18:00 removed", "replaced 18:00"},
	} {
		for when, settled := range map[string]bool{"before": false, "after": true} {
			t.Run(name+"/"+when, func(t *testing.T) {
				t.Parallel()
				h := newHall(t, true)
				h.now = clock("17:35:00")
				h.walk("17:52:00")
				h.sent = nil
				tc.change(h)
				d := h.dispatcher()
				d.Planner = cut{h.store, settled}
				if _, err := d.Tick(t.Context(), h.now); !errors.Is(err, errCut) {
					t.Fatalf("got %v, want the end", err)
				}
				h.step()
				if len(h.sent) != 1 {
					t.Errorf("got %q at once, want one DM", h.sent)
				}
				h.walk("20:00:00")
				if got := strings.Join(h.sent, ", "); got != tc.sent {
					t.Errorf("got %q, want %q", got, tc.sent)
				}
				if got := h.post(); got != tc.post {
					t.Errorf("the post is %q, want %q", got, tc.post)
				}
			})
		}
	}
}
