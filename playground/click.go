package playground

import (
	"fmt"
	"strconv"

	"unpinch/playground/control"
	"unpinch/playground/wire"
)

// press makes the interaction of a button or a select.
func (p *player) press(to control.Click) (*interaction, *control.Error) {
	u, bad := p.world.person(to.As)
	if bad != nil {
		return nil, bad
	}
	m := p.history.find(wire.ParseID(to.Message))
	if m == nil || !m.visible(u) || m.channel.may(u)&wire.PermViewChannel == 0 {
		return nil, control.NotFound("message", to.Message)
	}
	c, bad := m.pressed(to)
	if bad != nil {
		return nil, bad
	}
	kind, _ := wire.Number(c, "type")
	it := &interaction{kind: wire.ComponentInteraction, user: u, channel: m.channel, source: m, locale: to.Locale}
	if it.locale == "" {
		it.locale = guildLocale
	}
	it.owners, it.userOnly = m.owners()
	it.data = object{"custom_id": c["custom_id"], "component_type": kind, "id": c["id"]}
	if kind == wire.Button {
		if len(to.Values) > 0 {
			return nil, control.BadRequest("bad_field", `a button takes no "values"`)
		}
		return it, nil
	}
	b := optionBuilder{p: p, it: it}
	values, bad := b.selected(c, kind, to.Values)
	if bad != nil {
		return nil, bad
	}
	it.data["values"] = values
	if len(b.resolved) > 0 {
		it.data["resolved"] = b.resolved
	}
	return it, nil
}

// owners returns whose installation the message came by, and whether that is a
// user's alone.
func (m *message) owners() (object, bool) {
	if m.origin != nil {
		return m.origin.owners, m.origin.userOnly
	}
	if m.channel.guild == nil {
		return object{"0": "0"}, false
	}
	return object{"0": m.channel.guild.id}, false
}

// pressed finds the component that a user presses, if they can press it.
func (m *message) pressed(to control.Click) (object, *control.Error) {
	var found []object
	walk(m.components, func(c object) {
		kind, _ := wire.Number(c, "type")
		isButton := kind == wire.Button
		isSelect := kind == wire.StringSelect || kind >= wire.UserSelect && kind <= wire.ChannelSelect
		if !isButton && !isSelect {
			return
		}
		if to.CustomID != "" && wire.Text(c, "custom_id") == to.CustomID || to.Label != "" && isButton && buttonLabel(c) == to.Label {
			found = append(found, c)
		}
	})
	name := to.CustomID + to.Label
	switch {
	case len(found) == 0:
		return nil, control.NotFound("button or select", name)
	case len(found) > 1:
		return nil, control.BadRequest("ambiguous", fmt.Sprintf("%d buttons are called %q; use custom_id", len(found), name))
	}
	c := found[0]
	style, _ := wire.Number(c, "style")
	switch {
	case wire.Bool(c, "disabled"):
		return nil, control.BadRequest("disabled", strconv.Quote(name)+" is disabled")
	case wire.Text(c, "custom_id") == "" || style == wire.StyleLink:
		return nil, control.BadRequest("link", strconv.Quote(name)+" is a link: it opens an address and the bot hears nothing")
	}
	return c, nil
}

// selected checks the values picked in a select.
func (b *optionBuilder) selected(c object, kind int64, picked []string) ([]any, *control.Error) {
	low, high := int64(1), int64(1)
	if n, ok := wire.Number(c, "min_values"); ok {
		low = n
	}
	if n, ok := wire.Number(c, "max_values"); ok {
		high = n
	}
	if n := int64(len(picked)); n < low || n > high {
		return nil, control.BadRequest("bad_values", fmt.Sprintf("pick %d to %d values, not %d", low, high, n))
	}
	out := []any{}
	seen := map[any]bool{}
	for _, v := range picked {
		value, bad := b.selectValue(c, kind, v)
		if bad != nil {
			return nil, bad
		}
		if seen[value] {
			return nil, control.BadRequest("bad_values", strconv.Quote(v)+" is picked twice")
		}
		seen[value] = true
		out = append(out, value)
	}
	return out, nil
}

func (b *optionBuilder) selectValue(c object, kind int64, v string) (any, *control.Error) {
	if kind == wire.StringSelect {
		for _, o := range wire.Objects(wire.List(c, "options")) {
			if wire.Text(o, "value") == v {
				return v, nil
			}
		}
		return nil, control.BadRequest("bad_values", strconv.Quote(v)+" is not among the options")
	}
	as := map[int64]int64{wire.UserSelect: wire.UserOption, wire.RoleSelect: wire.RoleOption, wire.MentionableSelect: wire.MentionableOption, wire.ChannelSelect: wire.ChannelOption}[kind]
	return b.entity(c, as, v, func(what string) *control.Error {
		return control.BadRequest("bad_values", fmt.Sprintf("%q is not %s", v, what))
	})
}
