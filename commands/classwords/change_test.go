package classwords_test

import (
	"strings"
	"testing"
	"time"

	"unpinch/commands/classwords"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/schedule"
)

// TestChanges says a change of every field, there and back.
func TestChanges(t *testing.T) {
	g := gymtest.New(t)
	req := gymtest.Carl().Request(g, nil)
	full := g.Saved("mon wed 18:00")
	summer := time.Date(2027, 6, 7, 18, 0, 0, 0, time.UTC)
	full.Title, full.RoleID, full.ChannelID, full.WarmUp, full.Event = "*Strength*", gymtest.CoachID, gymtest.GeneralID, schedule.WholeBody, true
	full.Until, full.PausedUntil = schedule.Date{Year: 2027, Month: 12, Day: 24}, schedule.Date{Year: 2026, Month: 12, Day: 1}
	on := func(days int) schedule.Slot { return schedule.SlotOf(summer.AddDate(0, 0, days)) }
	full.Skips = []schedule.Slot{on(7), on(0)}
	full.Moves = []schedule.Move{{From: on(2), To: on(3)}}
	bare := g.Saved("sat 09:00")
	bare.Place.Name, bare.Length, bare.Lead, bare.CoolDown = "Harbour _hall_", 90*time.Minute, 0, false
	var all strings.Builder
	for _, c := range [][2]schedule.Series{{full, bare}, {bare, full}} {
		changed := classwords.Between(c[0], c[1])
		changed.Fields = append(changed.Fields, "place")
		all.WriteString(classwords.Change(req, changed, "at") + "\n" + strings.Join(classwords.Changes(req, changed), "\n") + "\n\n")
	}
	golden.Text(t, "changes", all.String())
	if fields := classwords.Between(full, full).Fields; len(fields) > 0 {
		t.Errorf("between a class and itself are %v", fields)
	}
}
