package playground

import (
	"net/http"
	"slices"
	"time"

	"unpinch/playground/check"
	"unpinch/playground/wire"
)

// A commandAPI lets a bot register its commands.
type commandAPI struct {
	*monitor
	world    *world
	registry *registry
}

func (a *commandAPI) routes() []route {
	const s = time.Second
	var out []route
	for _, of := range []string{"/applications/{application}/commands", "/applications/{application}/guilds/{guild}/commands"} {
		out = append(out,
			route{method: "GET", path: of, limit: 10, window: 5 * s, run: a.list},
			route{method: "PUT", path: of, limit: 10, window: 20 * s, run: a.put},
			route{method: "POST", path: of, limit: 20, window: 20 * s, run: a.post},
			route{method: "GET", path: of + "/{command}", limit: 10, window: 5 * s, run: a.get},
			route{method: "PATCH", path: of + "/{command}", limit: 20, window: 20 * s, run: a.patch},
			route{method: "DELETE", path: of + "/{command}", limit: 20, window: 20 * s, run: a.remove})
	}
	return out
}

func (a *commandAPI) list(c *call) (any, *wire.Refusal) {
	scope, _, no := a.scope(c)
	if no != nil {
		return nil, no
	}
	out := []object{}
	for _, cmd := range a.registry.byScope[scope] {
		out = append(out, cmd.json(c.r.URL.Query().Get("with_localizations") == "true"))
	}
	return out, nil
}

func (a *commandAPI) put(c *call) (any, *wire.Refusal) {
	scope, kind, no := a.scope(c)
	if no != nil {
		return nil, no
	}
	defs, ok := c.any.([]any)
	if !ok {
		t := &wire.FieldErrors{}
		t.Add("", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
		return nil, wire.InvalidForm(t)
	}
	if no := check.Commands(kind, defs); no != nil {
		return nil, no
	}
	old := a.registry.byScope[scope]
	fresh := 0
	for _, def := range wire.Objects(defs) {
		if !slices.ContainsFunc(old, func(o *command) bool { return o.name == wire.Text(def, "name") }) {
			fresh++
		}
	}
	if no := a.registry.creatable(scope, fresh); no != nil {
		return nil, no
	}
	var next []*command
	out := []object{}
	for _, def := range wire.Objects(defs) {
		cmd, _ := a.registry.put(old, scope, def)
		next = append(next, cmd)
		out = append(out, cmd.json(true))
	}
	a.registry.byScope[scope] = next
	a.monitor.changed()
	return out, nil
}

func (a *commandAPI) post(c *call) (any, *wire.Refusal) {
	scope, kind, no := a.scope(c)
	if no != nil {
		return nil, no
	}
	if no := check.Command(kind, c.body); no != nil {
		return nil, no
	}
	old := a.registry.byScope[scope]
	next := []any{c.body}
	for _, o := range old {
		if o.name != wire.Text(c.body, "name") {
			next = append(next, o.def)
		}
	}
	if no := check.CommandCount(next); no != nil {
		return nil, no
	}
	if no := a.registry.creatable(scope, 1); no != nil {
		return nil, no
	}
	cmd, fresh := a.registry.put(old, scope, c.body)
	c.status = http.StatusOK
	if fresh {
		c.status = http.StatusCreated
		a.registry.byScope[scope] = append(old[:len(old):len(old)], cmd)
	} else {
		a.registry.replace(cmd)
	}
	a.monitor.changed()
	return cmd.json(true), nil
}

func (a *commandAPI) get(c *call) (any, *wire.Refusal) {
	cmd, _, no := a.named(c)
	if no != nil {
		return nil, no
	}
	return cmd.json(true), nil
}

func (a *commandAPI) patch(c *call) (any, *wire.Refusal) {
	cmd, kind, no := a.named(c)
	if no != nil {
		return nil, no
	}
	def := object{}
	for _, key := range []string{"type", "name", "name_localizations", "description", "description_localizations",
		"options", "default_member_permissions", "dm_permission", "contexts", "integration_types", "nsfw"} {
		if v, ok := cmd.def[key]; ok && v != nil {
			def[key] = wire.Plain(v)
		}
		if v, ok := c.body[key]; ok && key != "type" {
			def[key] = v
		}
	}
	if no := check.Command(kind, def); no != nil {
		return nil, no
	}
	next := a.registry.changed(cmd, def)
	a.registry.replace(next)
	a.monitor.changed()
	return next.json(true), nil
}

func (a *commandAPI) remove(c *call) (any, *wire.Refusal) {
	cmd, _, no := a.named(c)
	if no != nil {
		return nil, no
	}
	a.registry.remove(cmd)
	a.monitor.changed()
	return nil, nil
}

// named returns the command that a call names.
func (a *commandAPI) named(c *call) (*command, check.Scope, *wire.Refusal) {
	scope, kind, no := a.scope(c)
	if no != nil {
		return nil, "", no
	}
	cmd := a.registry.find(scope, func(o *command) bool { return o.id == c.id("command") })
	if cmd == nil {
		return nil, "", wire.Refuse(http.StatusNotFound, 10063, "Unknown application command")
	}
	return cmd, kind, nil
}

// scope returns where the commands of a call live: a guild that the bot is in, or 0.
func (a *commandAPI) scope(c *call) (wire.ID, check.Scope, *wire.Refusal) {
	if c.id("application") != a.world.bot.id {
		return 0, "", wire.Refuse(http.StatusForbidden, 20012, "You are not authorized to perform this action on this application")
	}
	if c.r.PathValue("guild") == "" {
		return 0, check.Global, nil
	}
	g := a.world.guild(c.id("guild"))
	if !g.hasBot() {
		return 0, "", wire.Refuse(http.StatusForbidden, 50001, "Missing Access")
	}
	return g.id, check.Guild, nil
}
