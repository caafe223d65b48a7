package playground

import (
	"fmt"
	"net/http"
	"strconv"
	"unicode/utf8"

	"unpinch/playground/control"
	"unpinch/playground/wire"
)

// submit makes the interaction of a modal that is sent off.
func (p *player) submit(to control.Modal) (*interaction, *control.Error) {
	u, bad := p.world.person(to.As)
	if bad != nil {
		return nil, bad
	}
	opener := p.interactions.byID[wire.ParseID(to.Modal)]
	if opener == nil || opener.modal == nil || opener.user != u {
		return nil, control.NotFound("modal", to.Modal)
	}
	if opener.channel.may(u)&wire.PermViewChannel == 0 {
		return nil, control.Fail(http.StatusNotFound, "not_found", "the modal's channel is gone")
	}
	it := &interaction{kind: wire.ModalInteraction, user: u, channel: opener.channel, source: opener.source,
		command: opener.command, name: opener.name, locale: opener.locale, opener: opener,
		owners: opener.owners, userOnly: opener.userOnly}
	b := optionBuilder{p: p, it: it}
	components, bad := b.modal(opener.modal, to.Fields)
	if bad != nil {
		return nil, bad
	}
	it.data = object{"custom_id": opener.modal["custom_id"], "components": components}
	if len(b.resolved) > 0 {
		it.data["resolved"] = b.resolved
	}
	return it, nil
}

// modal returns a modal's components with the values filled in, as Discord sends
// them.
func (b *optionBuilder) modal(modal object, fields object) ([]any, *control.Error) {
	known := map[string]bool{}
	var bad *control.Error
	fill := func(c object) object {
		id := wire.Text(c, "custom_id")
		known[id] = true
		o, p := b.field(c, id, fields[id])
		if p != nil && bad == nil {
			bad = p
		}
		return o
	}
	out := []any{}
	for _, c := range wire.Objects(wire.List(modal, "components")) {
		kind, _ := wire.Number(c, "type")
		o := object{"type": kind, "id": c["id"]}
		switch kind {
		case wire.ActionRow:
			var row []any
			for _, sub := range wire.Objects(wire.List(c, "components")) {
				row = append(row, fill(sub))
			}
			o["components"] = row
		case wire.Label:
			o["component"] = fill(wire.Child(c, "component"))
		}
		out = append(out, o)
	}
	for id := range fields {
		if !known[id] {
			return nil, control.BadRequest("bad_field", "the modal has no field "+strconv.Quote(id))
		}
	}
	return out, bad
}

// field returns one filled-in input.
func (b *optionBuilder) field(c object, id string, v any) (object, *control.Error) {
	kind, _ := wire.Number(c, "type")
	o := object{"type": kind, "custom_id": id, "id": c["id"]}
	required, given := c["required"].(bool)
	required = required || !given
	if kind == wire.TextInput {
		value, ok := v.(string)
		if v == nil {
			value, ok = wire.Text(c, "value"), true
		}
		n := int64(utf8.RuneCountInString(value))
		low, _ := wire.Number(c, "min_length")
		high, limited := wire.Number(c, "max_length")
		if !limited {
			high = 4000
		}
		switch {
		case !ok:
			return nil, control.BadRequest("bad_field", fmt.Sprintf("field %q must be text", id))
		case n == 0 && required:
			return nil, control.BadRequest("bad_field", fmt.Sprintf("field %q is required", id))
		case n > 0 && (n < low || n > high):
			return nil, control.BadRequest("bad_field", fmt.Sprintf("field %q must be %d to %d characters", id, low, high))
		}
		o["value"] = value
		return o, nil
	}
	if kind != wire.StringSelect && (kind < wire.UserSelect || kind > wire.ChannelSelect) {
		return nil, control.Fail(http.StatusNotImplemented, "missing", fmt.Sprintf("the playground has no modal field of type %d", kind))
	}
	picked := picks(v)
	if len(picked) == 0 && !required {
		o["values"] = []any{}
		return o, nil
	}
	values, bad := b.selected(c, kind, picked)
	o["values"] = values
	return o, bad
}

// picks returns one value or several as a list.
func picks(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var out []string
		for _, item := range v {
			if s, ok := item.(string); ok {
				out = append(out, s)
			}
		}
		return out
	}
	return nil
}

// modalFields returns the inputs of a modal as the control API tells them.
func modalFields(modal object) []object {
	out := []object{}
	for _, c := range wire.Objects(wire.List(modal, "components")) {
		kind, _ := wire.Number(c, "type")
		if kind == wire.TextDisplay {
			out = append(out, object{"type": kind, "content": c["content"]})
			continue
		}
		label, description := c["label"], c["description"]
		inputs := wire.Objects(wire.List(c, "components"))
		if kind == wire.Label {
			inputs = []object{wire.Child(c, "component")}
		}
		for _, in := range inputs {
			if in["label"] != nil {
				label = in["label"]
			}
			out = append(out, modalField(in, label, description))
		}
	}
	return out
}

func modalField(in object, label, description any) object {
	required, given := in["required"].(bool)
	f := object{"custom_id": in["custom_id"], "label": label, "description": description, "type": in["type"],
		"required": required || !given, "value": in["value"], "placeholder": in["placeholder"]}
	for _, key := range []string{"style", "min_length", "max_length", "min_values", "max_values"} {
		if v, ok := in[key]; ok {
			f[key] = v
		}
	}
	if kind, _ := wire.Number(in, "type"); kind == wire.StringSelect {
		options := []object{}
		for _, o := range wire.Objects(wire.List(in, "options")) {
			option := object{"label": o["label"], "value": o["value"]}
			for _, key := range []string{"description", "default"} {
				if v, ok := o[key]; ok {
					option[key] = v
				}
			}
			options = append(options, option)
		}
		f["options"] = options
	}
	return f
}
