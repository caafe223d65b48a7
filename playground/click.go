package playground

import (
	"fmt"
	"net/http"
	"strconv"

	"unpinch/playground/wire"
)

// A press is the body of POST click.
type press struct {
	As       string   `json:"as"`
	Message  string   `json:"message"`
	CustomID string   `json:"custom_id"`
	Label    string   `json:"label"`
	Values   []string `json:"values"`
	Locale   string   `json:"locale"`
}

func (s *Server) postClick(r *http.Request) (any, *problem) {
	var p press
	if bad := readBody(r, &p); bad != nil {
		return nil, bad
	}
	if bad := missing("as", p.As, "message", p.Message); bad != nil {
		return nil, bad
	}
	if (p.CustomID == "") == (p.Label == "") {
		return nil, badRequest("bad_field", `give "custom_id" or "label"`)
	}
	return s.played(r, func() (*interaction, *problem) { return s.click(p) })
}

// click makes the interaction of a button or select.
func (s *Server) click(p press) (*interaction, *problem) {
	u, bad := s.person(p.As)
	if bad != nil {
		return nil, bad
	}
	m := s.messages[parseFlake(p.Message)]
	if m == nil || m.deleted || !m.visible(u) || s.world.may(u.id, m.channel)&wire.PermViewChannel == 0 {
		return nil, notFound("message", p.Message)
	}
	c, bad := m.pressed(p)
	if bad != nil {
		return nil, bad
	}
	kind, _ := wire.Number(c, "type")
	it := &interaction{kind: wire.ComponentInteraction, user: u, channel: m.channel, source: m, locale: p.Locale}
	if it.locale == "" {
		it.locale = guildLocale
	}
	it.owners, it.userOnly = s.ownersOf(m, u)
	it.data = object{"custom_id": c["custom_id"], "component_type": kind, "id": c["id"]}
	if kind == wire.Button {
		if len(p.Values) > 0 {
			return nil, badRequest("bad_field", `a button takes no "values"`)
		}
		return it, nil
	}
	b := optionBuilder{s: s, it: it}
	values, bad := b.selected(c, kind, p.Values)
	if bad != nil {
		return nil, bad
	}
	it.data["values"] = values
	if len(b.resolved) > 0 {
		it.data["resolved"] = b.resolved
	}
	return it, nil
}

// ownersOf is whose installation a message came by, for its components.
func (s *Server) ownersOf(m *message, u *user) (object, bool) {
	if m.origin != nil {
		return m.origin.owners, m.origin.userOnly
	}
	if m.channel.guild == nil {
		return object{"0": "0"}, false
	}
	return object{"0": m.channel.guild.id}, false
}

// pressed finds the component that a user presses, if it can be.
func (m *message) pressed(p press) (object, *problem) {
	var found []object
	walk(m.components, func(c object) {
		kind, _ := wire.Number(c, "type")
		isButton := kind == wire.Button
		isSelect := kind == wire.StringSelect || kind >= wire.UserSelect && kind <= wire.ChannelSelect
		if !isButton && !isSelect {
			return
		}
		if p.CustomID != "" && wire.Text(c, "custom_id") == p.CustomID || p.Label != "" && isButton && buttonLabel(c) == p.Label {
			found = append(found, c)
		}
	})
	name := p.CustomID + p.Label
	switch {
	case len(found) == 0:
		return nil, notFound("button or select", name)
	case len(found) > 1:
		return nil, badRequest("ambiguous", fmt.Sprintf("%d buttons are called %q; use custom_id", len(found), name))
	}
	c := found[0]
	style, _ := wire.Number(c, "style")
	switch {
	case wire.Bool(c, "disabled"):
		return nil, badRequest("disabled", strconv.Quote(name)+" is disabled")
	case wire.Text(c, "custom_id") == "" || style == wire.StyleLink:
		return nil, badRequest("link", strconv.Quote(name)+" is a link: it opens an address and the bot hears nothing")
	}
	return c, nil
}

// selected checks the values picked in a select.
func (b *optionBuilder) selected(c object, kind int64, picked []string) ([]any, *problem) {
	low, high := int64(1), int64(1)
	if n, ok := wire.Number(c, "min_values"); ok {
		low = n
	}
	if n, ok := wire.Number(c, "max_values"); ok {
		high = n
	}
	if n := int64(len(picked)); n < low || n > high {
		return nil, badRequest("bad_values", fmt.Sprintf("pick %d to %d values, not %d", low, high, n))
	}
	out := []any{}
	seen := map[any]bool{}
	for _, v := range picked {
		value, bad := b.selectValue(c, kind, v)
		if bad != nil {
			return nil, bad
		}
		if seen[value] {
			return nil, badRequest("bad_values", strconv.Quote(v)+" is picked twice")
		}
		seen[value] = true
		out = append(out, value)
	}
	return out, nil
}

func (b *optionBuilder) selectValue(c object, kind int64, v string) (any, *problem) {
	if kind == wire.StringSelect {
		for _, o := range wire.Objects(wire.List(c, "options")) {
			if wire.Text(o, "value") == v {
				return v, nil
			}
		}
		return nil, badRequest("bad_values", strconv.Quote(v)+" is not among the options")
	}
	as := map[int64]int64{wire.UserSelect: wire.UserOption, wire.RoleSelect: wire.RoleOption, wire.MentionableSelect: wire.MentionableOption, wire.ChannelSelect: wire.ChannelOption}[kind]
	return b.entity(c, as, v, func(what string) *problem {
		return badRequest("bad_values", fmt.Sprintf("%q is not %s", v, what))
	})
}
