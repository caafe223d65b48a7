package playground

import (
	"net/http"
	"slices"

	"unpinch/playground/control"
	"unpinch/playground/wire"
)

// A reader answers the calls that only look.
type reader struct {
	*monitor
	world    *world
	registry *registry
	gateway  *gateway
	clock    *clock
	requests *requestLog
}

// getState tells the whole world but its messages.
func (r *reader) getState(*http.Request) (any, *control.Error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.state(), nil
}

// state returns the answer of GET /state. The caller holds the lock.
func (r *reader) state() object {
	guilds, channels, roles, users := []object{}, []object{}, []object{}, []object{}
	for _, g := range r.world.guilds {
		events := []object{}
		for _, e := range g.calendar(r.clock.now()) {
			events = append(events, e.json(g, r.world.bot))
		}
		guilds = append(guilds, object{"id": g.id, "name": g.name, "owner_id": g.owner, "bot": g.hasBot(), "unavailable": g.unavailable,
			"scheduled_events": events})
		for _, role := range g.roles {
			roles = append(roles, object{"id": role.id, "name": role.name, "guild_id": g.id,
				"mentionable": role.mentionable, "permissions": bits(role.permissions)})
		}
	}
	for _, c := range r.world.channels() {
		channels = append(channels, c.state(r.world))
	}
	for _, u := range r.world.users {
		if !u.bot {
			users = append(users, u.state(r.world))
		}
	}
	bot := object{"application": object{"id": r.world.bot.id, "name": r.world.bot.display},
		"ready": r.gateway.ready(), "commands": r.commands(), "gateway": r.gateway.state()}
	return object{"guilds": guilds, "channels": channels, "roles": roles, "users": users, "bots": []object{bot}}
}

// commands returns the bot's commands, the global ones first.
func (r *reader) commands() []object {
	out := []object{}
	for _, c := range r.registry.byScope[0] {
		out = append(out, c.json(true))
	}
	for _, g := range r.world.guilds {
		for _, c := range r.registry.byScope[g.id] {
			out = append(out, c.json(true))
		}
	}
	return out
}

// state returns the channel as GET /state shows it, with those who see it.
func (c *channel) state(w *world) object {
	o := object{"id": c.id, "name": c.name, "type": c.kind, "guild_id": nil, "parent_id": nil,
		"locked": c.locked, "archived": c.archived, "last_message_id": c.lastMessage()}
	if c.guild != nil {
		o["guild_id"] = c.guild.id
	}
	if c.parent != nil {
		o["parent_id"] = c.parent.id
	}
	viewers := []wire.ID{}
	for _, u := range w.users {
		if !u.bot && c.may(u)&wire.PermViewChannel != 0 {
			viewers = append(viewers, u.id)
		}
	}
	o["viewers"], o["bot_permissions"] = viewers, bits(c.may(w.bot))
	return o
}

// state returns the person as GET /state shows them.
func (u *user) state(w *world) object {
	roles := []wire.ID{}
	for _, g := range w.guilds {
		if m := g.member(u.id); m != nil {
			roles = append(roles, m.roles...)
		}
	}
	return object{"id": u.id, "name": u.name, "display_name": u.display, "roles": roles, "dms_closed": u.dmsClosed}
}

// getMessages lists a channel as a user sees it, oldest first.
func (r *reader) getMessages(req *http.Request) (any, *control.Error) {
	q, bad := control.ReadQuery(req.URL.Query())
	if bad != nil {
		return nil, bad
	}
	r.mu.Lock()
	u, c, bad := r.world.reader(q.As, q.Guild, q.Channel)
	newer := q.After
	if bad == nil && newer == 0 {
		newer = c.lastSeen(u) // than what is there now
	}
	r.mu.Unlock()
	if bad != nil {
		return nil, bad
	}
	if q.Wait > 0 {
		r.await(req.Context(), q.Wait, func() bool { return c.lastSeen(u) > newer })
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	out := []object{}
	for _, m := range slices.Backward(c.messages) {
		if q.Limit > 0 && len(out) == q.Limit {
			break
		}
		if m.id > q.After && m.visible(u) && (!m.deleted || q.Deleted) {
			out = append(out, m.viewed(base(req)))
		}
	}
	slices.Reverse(out)
	return out, nil
}

// getRequests lists the bot's requests.
func (r *reader) getRequests(req *http.Request) (any, *control.Error) {
	after, bad := control.ReadAfter(req.URL.Query())
	if bad != nil {
		return nil, bad
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.requests.after(after), nil
}

// lastSeen returns the newest message that a user sees in the channel, 0 for none.
func (c *channel) lastSeen(u *user) wire.ID {
	for _, m := range slices.Backward(c.messages) {
		if !m.deleted && m.visible(u) {
			return m.id
		}
	}
	return 0
}
