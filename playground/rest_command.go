package playground

import (
	"net/http"
	"slices"

	"unpinch/playground/check"
	"unpinch/playground/wire"
)

func listCommands(s *Server, c *call) (any, *wire.Refusal) {
	scope, _, no := s.scope(c)
	if no != nil {
		return nil, no
	}
	out := []object{}
	for _, cmd := range s.world.commands[scope] {
		out = append(out, cmd.json(c.r.URL.Query().Get("with_localizations") == "true"))
	}
	return out, nil
}

func putCommands(s *Server, c *call) (any, *wire.Refusal) {
	scope, kind, no := s.scope(c)
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
	old := s.world.commands[scope]
	fresh := 0
	for _, def := range wire.Objects(defs) {
		if !slices.ContainsFunc(old, func(o *command) bool { return o.name == wire.Text(def, "name") }) {
			fresh++
		}
	}
	if no := s.creatable(scope, fresh); no != nil {
		return nil, no
	}
	var next []*command
	out := []object{}
	for _, def := range wire.Objects(defs) {
		cmd, _ := s.put(old, scope, def)
		next = append(next, cmd)
		out = append(out, cmd.json(true))
	}
	s.world.commands[scope] = next
	s.changed()
	return out, nil
}

func postCommand(s *Server, c *call) (any, *wire.Refusal) {
	scope, kind, no := s.scope(c)
	if no != nil {
		return nil, no
	}
	if no := check.Command(kind, c.body); no != nil {
		return nil, no
	}
	old := s.world.commands[scope]
	next := []any{c.body}
	for _, o := range old {
		if o.name != wire.Text(c.body, "name") {
			next = append(next, o.def)
		}
	}
	if no := check.CommandCount(next); no != nil {
		return nil, no
	}
	if no := s.creatable(scope, 1); no != nil {
		return nil, no
	}
	cmd, fresh := s.put(old, scope, c.body)
	c.status = http.StatusOK
	if fresh {
		c.status = http.StatusCreated
		s.world.commands[scope] = append(old[:len(old):len(old)], cmd)
	} else {
		s.replace(scope, cmd)
	}
	s.changed()
	return cmd.json(true), nil
}

// theCommand is the command that a route names.
func (s *Server) theCommand(c *call) (*command, check.Scope, *wire.Refusal) {
	scope, kind, no := s.scope(c)
	if no != nil {
		return nil, "", no
	}
	cmd := s.findCommand(scope, func(o *command) bool { return o.id == c.id("command") })
	if cmd == nil {
		return nil, "", wire.Refuse(http.StatusNotFound, 10063, "Unknown application command")
	}
	return cmd, kind, nil
}

func getCommand(s *Server, c *call) (any, *wire.Refusal) {
	cmd, _, no := s.theCommand(c)
	if no != nil {
		return nil, no
	}
	return cmd.json(true), nil
}

func patchCommand(s *Server, c *call) (any, *wire.Refusal) {
	cmd, kind, no := s.theCommand(c)
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
	next := s.newCommand(cmd.id, cmd.guild, def)
	if next.version = cmd.version; !same(next.def, cmd.def) {
		next.version = s.ids.next(s.virtualNow())
	}
	s.replace(cmd.guild, next)
	s.changed()
	return next.json(true), nil
}

func deleteCommand(s *Server, c *call) (any, *wire.Refusal) {
	cmd, _, no := s.theCommand(c)
	if no != nil {
		return nil, no
	}
	s.world.commands[cmd.guild] = slices.DeleteFunc(slices.Clone(s.world.commands[cmd.guild]), func(o *command) bool { return o == cmd })
	s.changed()
	return nil, nil
}
