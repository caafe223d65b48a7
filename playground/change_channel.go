package playground

import (
	"regexp"
	"slices"
	"strconv"

	"unpinch/playground/control"
)

func (d *director) deleteChannel(to control.Change) *control.Error {
	if to.DeleteChannel == "" {
		return nil
	}
	c, bad := d.world.guildChannel(to.DeleteChannel)
	if bad != nil {
		return bad
	}
	gone := func(o *channel) bool { return o == c || o.parent == c }
	for _, o := range c.guild.channels {
		if gone(o) {
			d.history.forget(o)
			delete(d.world.channelByID, o.id)
		}
	}
	c.guild.channels = slices.DeleteFunc(slices.Clone(c.guild.channels), gone)
	event := "CHANNEL_DELETE"
	if c.parent != nil {
		event = "THREAD_DELETE"
	}
	d.gateway.tellOf(c.guild, event, c.json())
	return nil
}

// makeChannel makes a channel in the first guild. It has another id than a deleted
// one of its name.
func (d *director) makeChannel(to control.Change) *control.Error {
	if to.MakeChannel == "" {
		return nil
	}
	g := d.world.guilds[0]
	switch {
	case d.world.findChannel(to.MakeChannel, nil) != nil || to.MakeChannel == ownDM:
		return control.BadRequest("already_there", "there is a channel "+strconv.Quote(to.MakeChannel)+" already")
	case !channelName.MatchString(to.MakeChannel):
		return control.BadRequest("bad_field", `"make_channel" must be 1 to 100 lower-case letters, digits, - or _`)
	case g.unavailable:
		return g.down()
	}
	c := d.world.addChannel(g, channelText, to.MakeChannel)
	d.gateway.tellOf(g, "CHANNEL_CREATE", c.json())
	return nil
}

var channelName = regexp.MustCompile(`^[a-z0-9_-]{1,100}$`)

func (d *director) lock(to control.Change) *control.Error {
	if to.LockThread == nil {
		return nil
	}
	if bad := control.Missing("lock_thread.thread", to.LockThread.Thread); bad != nil {
		return bad
	}
	c, bad := d.world.theThread(to.LockThread.Thread)
	if bad != nil {
		return bad
	}
	c.locked, c.archived = true, to.LockThread.Archived
	d.gateway.threadChanged(c)
	return nil
}

// archive archives a thread, as Discord does where nobody writes. A message wakes
// it.
func (d *director) archive(to control.Change) *control.Error {
	if to.ArchiveThread == "" {
		return nil
	}
	c, bad := d.world.theThread(to.ArchiveThread)
	if bad != nil {
		return bad
	}
	c.archived = true
	d.gateway.threadChanged(c)
	return nil
}

func (d *director) unlock(to control.Change) *control.Error {
	if to.UnlockThread == "" {
		return nil
	}
	c, bad := d.world.theThread(to.UnlockThread)
	if bad != nil {
		return bad
	}
	if !c.locked && !c.archived {
		return control.BadRequest("not_locked", c.name+" is open already")
	}
	c.locked, c.archived = false, false
	d.gateway.threadChanged(c)
	return nil
}
