package playground

import (
	"net/http"
	"slices"
	"time"

	"unpinch/playground/check"
	"unpinch/playground/wire"
)

// maxScheduled is how many events of a guild may be scheduled or active at once.
const maxScheduled = 100

// A scheduledEvent is an event on a guild's own calendar, made by a bot.
type scheduledEvent struct {
	check.ScheduledEvent
	id wire.ID
}

// A scheduledAPI lets a bot keep events on the calendars of guilds.
type scheduledAPI struct {
	world   *world
	clock   *clock
	ids     *idSource
	gateway *gateway
}

func (a *scheduledAPI) routes() []route {
	const (
		s      = time.Second
		events = "/guilds/{guild}/scheduled-events"
		event  = events + "/{event}"
	)
	return []route{
		{method: "GET", path: events, limit: 5, window: 5 * s, run: a.list},
		{method: "POST", path: events, limit: 5, window: 5 * s, run: a.post},
		{method: "GET", path: event, limit: 5, window: 5 * s, run: a.get},
		{method: "PATCH", path: event, limit: 5, window: 5 * s, run: a.patch},
		{method: "DELETE", path: event, limit: 5, window: 5 * s, run: a.remove},
	}
}

func (a *scheduledAPI) list(c *call) (any, *wire.Refusal) {
	g, no := a.world.guildOf(c)
	if no != nil {
		return nil, no
	}
	out := []object{}
	for _, e := range g.calendar(a.clock.now()) {
		out = append(out, e.json(g, a.world.bot))
	}
	return out, nil
}

func (a *scheduledAPI) get(c *call) (any, *wire.Refusal) {
	g, e, no := a.named(c)
	if no != nil {
		return nil, no
	}
	return e.json(g, a.world.bot), nil
}

func (a *scheduledAPI) post(c *call) (any, *wire.Refusal) {
	g, no := a.changeable(c)
	if no != nil {
		return nil, no
	}
	now := a.clock.now()
	e, no := check.NewScheduledEvent(c.body, now)
	if no != nil {
		return nil, no
	}
	if len(g.calendar(now)) >= maxScheduled {
		return nil, wire.Refuse(http.StatusBadRequest, 30038, "Maximum number of uncompleted guild scheduled events reached (100)")
	}
	made := &scheduledEvent{e, a.ids.next()}
	g.scheduled = append(g.scheduled, made)
	a.tell(g, "CREATE", made)
	return made.json(g, a.world.bot), nil
}

func (a *scheduledAPI) patch(c *call) (any, *wire.Refusal) {
	if _, no := a.changeable(c); no != nil {
		return nil, no
	}
	g, e, no := a.named(c)
	if no != nil {
		return nil, no
	}
	changed, no := check.ChangedScheduledEvent(e.ScheduledEvent, c.body, a.clock.now())
	if no != nil {
		return nil, no
	}
	e.ScheduledEvent = changed
	a.tell(g, "UPDATE", e)
	return e.json(g, a.world.bot), nil
}

func (a *scheduledAPI) remove(c *call) (any, *wire.Refusal) {
	if _, no := a.changeable(c); no != nil {
		return nil, no
	}
	g, e, no := a.named(c)
	if no != nil {
		return nil, no
	}
	g.scheduled = slices.DeleteFunc(g.scheduled, func(o *scheduledEvent) bool { return o == e })
	a.tell(g, "DELETE", e)
	return nil, nil
}

// changeable returns the guild of a call, on whose calendar the bot may make events
// and change its own.
func (a *scheduledAPI) changeable(c *call) (*guild, *wire.Refusal) {
	g, no := a.world.guildOf(c)
	if no != nil {
		return nil, no
	}
	if g.base(a.world.bot)&wire.PermCreateEvents == 0 {
		return nil, wire.Refuse(http.StatusForbidden, 50013, "Missing Permissions")
	}
	return g, nil
}

// named returns the event that a call names.
func (a *scheduledAPI) named(c *call) (*guild, *scheduledEvent, *wire.Refusal) {
	g, no := a.world.guildOf(c)
	if no != nil {
		return nil, nil, no
	}
	for _, e := range g.calendar(a.clock.now()) {
		if e.id == c.id("event") {
			return g, e, nil
		}
	}
	return nil, nil, wire.Refuse(http.StatusNotFound, 10070, "Unknown Guild Scheduled Event")
}

// tell sends bots that asked for events of calendars what became of one.
func (a *scheduledAPI) tell(g *guild, what string, e *scheduledEvent) {
	a.gateway.dispatch("GUILD_SCHEDULED_EVENT_"+what, intentScheduledEvents, g.id, func(string) object { return e.json(g, a.world.bot) })
}

// calendar returns the guild's events that are not over at an instant. External
// events begin and end by themselves.
func (g *guild) calendar(now time.Time) []*scheduledEvent {
	var out []*scheduledEvent
	for _, e := range g.scheduled {
		switch {
		case e.Status == check.EventCompleted || e.Status == check.EventCanceled:
			continue
		case !now.Before(e.End):
			e.Status = check.EventCompleted
			continue
		case !now.Before(e.Start):
			e.Status = check.EventActive
		}
		out = append(out, e)
	}
	return out
}

// json returns the event as Discord answers with it.
func (e *scheduledEvent) json(g *guild, by *user) object {
	var description any
	if e.Description != "" {
		description = e.Description
	}
	return object{"id": e.id, "guild_id": g.id, "channel_id": nil, "creator_id": by.id, "creator": by.json(),
		"name": e.Name, "description": description, "image": nil,
		"scheduled_start_time": stamp(e.Start), "scheduled_end_time": stamp(e.End),
		"privacy_level": 2, "status": e.Status, "entity_type": check.EventExternal, "entity_id": nil,
		"entity_metadata": object{"location": e.Location}, "recurrence_rule": nil, "guild_scheduled_event_exceptions": []any{}}
}
