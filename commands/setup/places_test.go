package setup_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"unpinch/bot"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/schedule"
)

// TestBrokenChannels holds what the card of a place says of channels in which the
// bot can't post, and that another can be picked right there.
func TestBrokenChannels(t *testing.T) {
	const thread = 11
	var said golden.Table
	for _, tc := range []struct {
		name  string
		asked func(id string) (bot.ChannelValue, error)
		picks int // channels that can be picked anew
	}{
		{"open", func(id string) (bot.ChannelValue, error) {
			return bot.ChannelValue{ID: id, Perms: gymtest.Postable}, nil
		}, 0},
		{"gone", func(string) (bot.ChannelValue, error) { return bot.ChannelValue{}, bot.ErrNoChannel }, 2},
		{"hidden", func(id string) (bot.ChannelValue, error) { return bot.ChannelValue{ID: id}, nil }, 2},
		{"without files", func(id string) (bot.ChannelValue, error) {
			return bot.ChannelValue{ID: id, Perms: gymtest.Postable &^ bot.AttachFiles}, nil
		}, 2},
		{"a locked thread", func(id string) (bot.ChannelValue, error) {
			return bot.ChannelValue{ID: id, Kind: thread, Perms: gymtest.Postable | bot.SendInThreads, Locked: true}, nil
		}, 2},
		{"Discord is away", func(string) (bot.ChannelValue, error) { return bot.ChannelValue{}, errors.New("away") }, 0},
	} {
		g := gymtest.New(t)
		g.Access = func(_ context.Context, _, id string) (bot.ChannelValue, error) { return tc.asked(id) }
		g.Run(gymtest.Olga(), "setup", map[string]any{"log": gymtest.Channel("1325750707814400012", 0, gymtest.Postable)})
		elsewhere := gymtest.Olga()
		elsewhere.Channel = "1325750707814400055"
		shown := g.Run(elsewhere, "setup", nil)
		said.Row(tc.name, shown)
		if n := strings.Count(golden.Shown(shown), "channel select"); n != tc.picks {
			t.Errorf("%s: %d channels can be picked, want %d", tc.name, n, tc.picks)
		}
		if n := golden.Words(shown); n > 120+10*tc.picks {
			t.Errorf("%s: %d words", tc.name, n)
		}
	}
	said.Compare(t, "setup-broken")
}

// TestPickChannels has the posts and the log of a place go elsewhere.
func TestPickChannels(t *testing.T) {
	g := gymtest.New(t)
	g.Saved("mon 18:00")
	g.Access = func(_ context.Context, _, id string) (bot.ChannelValue, error) {
		if id == "404" {
			return bot.ChannelValue{}, bot.ErrNoChannel
		}
		return bot.ChannelValue{ID: id, Perms: gymtest.Postable}, nil
	}
	card := g.Run(gymtest.Olga(), "setup", nil)
	golden.Reply(t, "setup-channel-ask", g.Tap(gymtest.Olga(), card, "Move posts to another channel"))
	golden.Reply(t, "setup-log-ask", g.Tap(gymtest.Olga(), card, "Pick the log channel"))
	before := g.Dump()
	golden.Reply(t, "setup-channel-gone", g.Press(gymtest.Olga(), "setup1:channel/1/1", nil, "404"))
	if got := golden.Shown(g.Press(gymtest.Carl(), "setup1:channel/1/1", nil, gymtest.GeneralID)); !strings.Contains(got, "manages this server") || g.Dump() != before {
		t.Errorf("carl reads %s", got)
	}
	g.BreakClass(schedule.ReasonChannel)
	moved := g.Press(gymtest.Olga(), "setup1:channel/1/1", nil, gymtest.GeneralID)
	golden.Reply(t, "setup-channel-moved", moved)
	g.Press(gymtest.Olga(), "setup1:log/1/1", nil, "1325750707814400012")
	g.Press(gymtest.Olga(), "setup1:log/1/1", nil, "1325750707814400012") // once more
	p, err := g.Store.Places(t.Context(), gymtest.IronID)
	if err != nil || p[0].ChannelID != gymtest.GeneralID || p[0].LogChannel != "1325750707814400012" || p[0].Revision != 2 {
		t.Errorf("the place is %+v, %v", p, err)
	}
	if s := g.Only(); !s.BrokenAt.IsZero() {
		t.Error("its class is still broken")
	}
}

// TestRename gives a place another name, by the form and by the command.
func TestRename(t *testing.T) {
	g := gymtest.New(t)
	g.Place(gymtest.IronID, "Harbour")
	form := g.Tap(gymtest.Olga(), g.Run(gymtest.Olga(), "setup", map[string]any{"place": "Harbour"}), "Rename")
	golden.Reply(t, "setup-rename", form)
	rename := func(p gymtest.Person, name string) bot.Reply {
		return g.Press(p, form.Modal.ID, map[string]string{"name": name})
	}
	golden.Reply(t, "setup-renamed", rename(gymtest.Olga(), " Pier  2 "))
	before := g.Dump()
	var said golden.Table
	said.Row("Iron Garden", rename(gymtest.Olga(), "Iron Garden"))
	said.Row("41 letters", rename(gymtest.Olga(), strings.Repeat("ü", 41)))
	said.Row("carl", rename(gymtest.Carl(), "Mine"))
	// A place's old name with a new one is no new place.
	said.Row("place: Harbour, name: Quay, zone: Lisbon", g.Run(gymtest.Olga(), "setup", map[string]any{"place": "Harbour", "name": "Quay", "zone": "Lisbon"}))
	said.Compare(t, "setup-rename-refusals")
	if g.Dump() != before {
		t.Error("a refusal changed something")
	}
	if got := golden.Shown(g.Run(gymtest.Olga(), "setup", map[string]any{"place": "pier 2", "name": "Quay"})); !strings.Contains(got, "## Quay") {
		t.Errorf("renamed by the command: %s", got)
	}
	if p, err := g.Store.Places(t.Context(), gymtest.IronID); err != nil || len(p) != 2 || p[1].Name != "Quay" {
		t.Errorf("the places are %+v, %v", p, err)
	}
}

// TestRemovePlace says what goes with a place, and removes it with that.
func TestRemovePlace(t *testing.T) {
	g := gymtest.New(t)
	second := g.Place(gymtest.IronID, "Harbour")
	g.Saved("mon 18:00")
	class := g.Saved("tue thu 18:00", func(s *schedule.Series) { s.Place, s.Title = second, "Strength" })
	g.Agree(gymtest.Mia())
	g.Follow(gymtest.Mia(), schedule.Follow{Place: second, ClassID: class.ID, Days: schedule.EveryDay})
	g.Press(gymtest.Olga(), "setup1:myth/2/1", nil)
	ask := g.Tap(gymtest.Olga(), g.Run(gymtest.Olga(), "setup", map[string]any{"place": "Harbour"}), "Remove this place")
	golden.Reply(t, "setup-remove", ask)
	if n := golden.Words(ask); n > 120 {
		t.Errorf("%d words", n)
	}
	before := g.Dump()
	for _, p := range []gymtest.Person{gymtest.Carl(), gymtest.Mia(), gymtest.Rita()} {
		g.Press(p, "setup1:remove/2/0", nil)
	}
	if g.Dump() != before {
		t.Error("someone who may not removed a place")
	}
	golden.Reply(t, "setup-removed", g.Tap(gymtest.Olga(), ask, "Remove it for good"))
	golden.Reply(t, "setup-removed-again", g.Tap(gymtest.Olga(), ask, "Remove it for good"))
	if s := g.Only(); s.Place.Name != "Iron Garden" {
		t.Errorf("left is %+v", s)
	}
	if got := g.FollowsOf(gymtest.Mia()); got != "" {
		t.Errorf("mia follows %s", got)
	}
	golden.Reply(t, "setup-removed-changes", g.Press(gymtest.Olga(), "changes1:changes/0/1", nil))
	empty := g.Press(gymtest.Olga(), "setup1:ask/1/0", nil)
	golden.Reply(t, "setup-remove-last", empty)
	golden.Reply(t, "setup-removed-last", g.Tap(gymtest.Olga(), empty, "Remove it for good"))
}

// TestFirstPlace makes the first place by the form that a refusal offers, and one
// of the name of a place that was removed.
func TestFirstPlace(t *testing.T) {
	g := gymtest.New(t, true)
	none := g.Run(gymtest.Olga(), "setup", nil)
	form := g.Tap(gymtest.Olga(), none, "Set up a place")
	golden.Reply(t, "setup-first-form", form)
	send := func(p gymtest.Person, zone string) bot.Reply {
		return g.Press(p, form.Modal.ID, map[string]string{"zone": zone})
	}
	before := g.Dump()
	var said golden.Table
	for _, zone := range []string{"", "Nowhere", "EST"} {
		refused := send(gymtest.Olga(), zone)
		said.Row(zone, refused)
		if again := g.Tap(gymtest.Olga(), refused, "Set up a place"); again.Modal == nil {
			t.Errorf("%q: the form is not offered again", zone)
		}
	}
	said.Row("carl", send(gymtest.Carl(), "Lisbon"))
	said.Compare(t, "setup-first-refusals")
	if g.Dump() != before {
		t.Error("a refusal changed something")
	}
	golden.Reply(t, "setup-first-made", send(gymtest.Olga(), "lisbon"))
	golden.Reply(t, "setup-first-again", send(gymtest.Olga(), "Berlin")) // there is one by now
	ask := g.Tap(gymtest.Olga(), g.Run(gymtest.Olga(), "setup", nil), "Remove this place")
	gone := g.Tap(gymtest.Olga(), ask, "Remove it for good")
	if again := g.Tap(gymtest.Olga(), gone, "Set up a place"); again.Modal == nil {
		t.Error("the form is not offered after the last place went")
	}
	if got := golden.Shown(send(gymtest.Olga(), "Lisbon")); !strings.Contains(got, "## Lisbon") {
		t.Errorf("the name of a removed place is not free: %s", got)
	}
}
