package post

import (
	"context"
	"errors"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/schedule"
)

// A ledger of posts that stand since noon in channel "7".
type ledger struct {
	done int
	err  error // of the next press
}

func (*ledger) Occurrence(_ context.Context, id int64) (schedule.Occurrence, error) {
	return schedule.Occurrence{ID: id, Kind: schedule.KindPre, State: schedule.StateSent, ChannelID: "7", DueAt: noon()}, nil
}

func (l *ledger) Press(context.Context, int64, bool, time.Time) (int, error) {
	if l.err != nil {
		return 0, l.err
	}
	l.done++
	return l.done, nil
}

func noon() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) }

func presser(t *testing.T, userID string) *bot.Request {
	t.Helper()
	req, err := bot.NewRequest(newStrips(t).lib, userID, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.ChannelID = "7"
	return req
}

// TestDoneCanBePressedAgainAfterAFault holds that a press counts once the store
// is well again.
func TestDoneCanBePressedAgainAfterAFault(t *testing.T) {
	l := &ledger{err: errors.New("disk full")}
	c := newDoneCount(l, noon, doneKept)
	mia := presser(t, "42")
	if _, err := c.press(t.Context(), mia, 1); !errors.Is(err, l.err) {
		t.Fatalf("%v, want the store's fault", err)
	}
	l.err = nil
	for range 2 {
		if _, err := c.press(t.Context(), mia, 1); err != nil || l.done != 1 {
			t.Errorf("%d are done, %v, want mia alone", l.done, err)
		}
	}
}

// TestDoneForgetsOldPresses holds that memory is bounded, and that the oldest
// presses go first.
func TestDoneForgetsOldPresses(t *testing.T) {
	const kept = 3
	l := &ledger{}
	c := newDoneCount(l, noon, kept)
	mia := presser(t, "42")
	for _, tc := range []struct {
		post button.Occurrence
		done int
	}{{1, 1}, {2, 2}, {3, 3}, {1, 3}, {4, 4}, {4, 4}, {2, 4}, {1, 5}} {
		if _, err := c.press(t.Context(), mia, tc.post); err != nil || l.done != tc.done || c.pressed.Len() > kept {
			t.Errorf("after post %d: %d done, %d remembered, %v, want %d done", tc.post, l.done, c.pressed.Len(), err, tc.done)
		}
	}
}
