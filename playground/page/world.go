package page

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"unpinch/playground/wire"
)

// A change is one change of the world that a button of the page makes.
type change struct {
	Key, Label string
	Mends      bool        // it undoes another change
	done       string      // said afterwards
	body       wire.Object // of POST /world
}

// A changeGroup is what can be changed about one thing.
type changeGroup struct {
	ID, Name string
	Edits    []change
}

// changes returns what a visitor can break here, and mend: what belongs to the
// channel, its server and the member on the page.
func (s *scene) changes() []changeGroup {
	var out []changeGroup
	add := func(name string, edits []change) {
		if len(edits) > 0 {
			out = append(out, changeGroup{"edits-" + strconv.Itoa(len(out)), name, edits})
		}
	}
	if s.guild.ID != "" {
		add("In "+s.place(), s.channelChanges())
		add("The server "+s.guild.Name, s.guildChanges())
	}
	closing := change{Key: "close_dms", Label: "Close direct messages", done: s.me.Display + " takes no direct messages now.", body: wire.Object{"close_dms": s.me.ID}}
	if s.me.Closed {
		closing = change{Key: "open_dms", Label: "Open direct messages", Mends: true, done: s.me.Display + " takes direct messages.", body: wire.Object{"open_dms": s.me.ID}}
	}
	add(s.me.Display, []change{closing})
	return out
}

// channelChanges returns what can happen to the bot in the channel and to the
// channel.
func (s *scene) channelChanges() []change {
	if !s.guild.Bot || s.guild.Down {
		return nil
	}
	may, _ := strconv.ParseUint(s.channel.BotMay, 10, 64)
	lacks := wire.PermBot &^ may
	place, kind := s.place(), "channel"
	if s.channel.Parent != "" {
		kind = "thread"
	}
	var out []change
	if lacks != 0 {
		out = append(out, change{Key: "allow", Label: "Let the bot see and post", Mends: true, done: "The bot may see " + place + " and post there.",
			body: s.permission("allow", wire.PermBot)})
	}
	for _, take := range []struct {
		key, label, done string
		perms            uint64
	}{
		{"hide", "Hide the " + kind + " from the bot", "The bot no longer sees " + place + ".", wire.PermViewChannel},
		{"read_only", "Let the bot only read", "The bot may only read in " + place + ".", wire.PermSendMessages | wire.PermSendInThreads},
		{"no_files", "Let the bot send no files", "The bot may send no files in " + place + ".", wire.PermAttachFiles},
	} {
		if may&wire.PermViewChannel != 0 && lacks&take.perms == 0 {
			// It names what the bot lacks already too, or the denial would give that
			// back.
			out = append(out, change{Key: take.key, Label: take.label, done: take.done, body: s.permission("deny", lacks|take.perms)})
		}
	}
	if kind == "thread" {
		lock := change{Key: "lock", Label: "Lock the thread", done: "The thread is locked.", body: wire.Object{"lock_thread": s.channel.ID}}
		if s.channel.Locked {
			lock = change{Key: "unlock", Label: "Unlock the thread", Mends: true, done: "The thread is open.", body: wire.Object{"unlock_thread": s.channel.ID}}
		}
		out = append(out, lock)
	}
	return append(out, change{Key: "delete", Label: "Delete the " + kind, done: "There is no " + place + " any more.", body: wire.Object{"delete_channel": s.channel.ID}})
}

// permission returns the change of what the bot may do in the channel.
func (s *scene) permission(how string, perms uint64) wire.Object {
	var names []string
	for name, bit := range wire.PermissionNames() {
		if perms&bit != 0 {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return wire.Object{"permission": wire.Object{"channel": s.channel.ID, how: names}}
}

// madeAgain are the channels that a visitor can make anew once they are
// deleted.
var madeAgain = [...]string{"general", "classes"}

// guildChanges returns what can happen to the server.
func (s *scene) guildChanges() []change {
	name, id := s.guild.Name, s.guild.ID
	if s.guild.Down {
		return []change{{Key: "available", Label: "End the outage", Mends: true, done: "Discord reaches " + name + " again.", body: wire.Object{"available": id}}}
	}
	if !s.guild.Bot {
		return []change{{Key: "invite_bot", Label: "Invite the bot", Mends: true, done: "The bot is in " + name + ".", body: wire.Object{"invite_bot": id}}}
	}
	var out []change
	for _, gone := range madeAgain {
		there := func(ch channel) bool { return ch.Name == gone }
		if id == s.Guilds[0].ID && !slices.ContainsFunc(s.Channels, there) {
			out = append(out, change{Key: "make_" + gone, Label: "Make #" + gone + " again", Mends: true,
				done: fmt.Sprintf("There is a new #%s.", gone), body: wire.Object{"make_channel": gone}})
		}
	}
	return append(out,
		change{Key: "kick_bot", Label: "Throw the bot out", done: "The bot is out of " + name + ".", body: wire.Object{"kick_bot": id}},
		change{Key: "unavailable", Label: "Begin an outage", done: "Discord can't reach " + name + ".", body: wire.Object{"unavailable": id}})
}

// world carries out the change that a button names.
func (p *Page) world(c client, r *http.Request, res *result) error {
	res.focus = focusNote
	s, err := p.scene(r.Context(), c, res.as, res.channel)
	if err != nil {
		return err
	}
	for _, g := range s.changes() {
		for _, e := range g.Edits {
			if e.Key != r.PostForm.Get("edit") {
				continue
			}
			if err := c.post(r.Context(), "world", e.body, &s.state); err != nil {
				return err
			}
			res.worldOpen, res.note.Text = true, e.done
			if s, err = p.scene(r.Context(), c, res.as, res.channel); err == nil {
				res.channel = s.channelKey() // of another channel if this one is gone
			}
			return err
		}
	}
	return &failure{"That has changed meanwhile. Have another look."}
}
