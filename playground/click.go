package playground

import (
	"fmt"
	"net/http"
	"strconv"
	"unicode/utf8"
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
	if (p.CustomID == "") == (p.Label == "") {
		return nil, badRequest("bad_field", `give "custom_id" or "label"`)
	}
	return s.played(r, func() (*interaction, *problem) { return s.click(p) })
}

// click makes the interaction of a button or select.
func (s *Server) click(p press) (*interaction, *problem) {
	u := s.world.findUser(p.As)
	if u == nil || u.bot {
		return nil, notFound("user", p.As)
	}
	m := s.messages[parseFlake(p.Message)]
	if m == nil || m.deleted || !m.visible(u) || s.world.may(u.id, m.channel)&permViewChannel == 0 {
		return nil, notFound("message", p.Message)
	}
	c, bad := m.pressed(p)
	if bad != nil {
		return nil, bad
	}
	kind, _ := number(c, "type")
	it := &interaction{kind: componentInteraction, user: u, channel: m.channel, source: m, locale: p.Locale}
	if it.locale == "" {
		it.locale = guildLocale
	}
	it.owners, it.userOnly = s.ownersOf(m, u)
	it.data = object{"custom_id": c["custom_id"], "component_type": kind, "id": c["id"]}
	if kind == compButton {
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
		kind, _ := number(c, "type")
		isButton := kind == compButton
		isSelect := kind == compSelect || kind >= compUsers && kind <= compChannels
		if !isButton && !isSelect {
			return
		}
		if p.CustomID != "" && text(c, "custom_id") == p.CustomID || p.Label != "" && isButton && buttonLabel(c) == p.Label {
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
	style, _ := number(c, "style")
	switch {
	case truth(c, "disabled"):
		return nil, badRequest("disabled", strconv.Quote(name)+" is disabled")
	case text(c, "custom_id") == "" || style == styleLink:
		return nil, badRequest("link", strconv.Quote(name)+" is a link: it opens an address and the bot hears nothing")
	}
	return c, nil
}

// selected checks the values picked in a select.
func (b *optionBuilder) selected(c object, kind int64, picked []string) ([]any, *problem) {
	low, high := int64(1), int64(1)
	if n, ok := number(c, "min_values"); ok {
		low = n
	}
	if n, ok := number(c, "max_values"); ok {
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
	if kind == compSelect {
		for _, o := range objects(list(c, "options")) {
			if text(o, "value") == v {
				return v, nil
			}
		}
		return nil, badRequest("bad_values", strconv.Quote(v)+" is not among the options")
	}
	as := map[int64]int64{compUsers: optUser, compRoles: optRole, compMentionable: optMentionable, compChannels: optChannel}[kind]
	return b.entity(c, as, v, func(what string) *problem {
		return badRequest("bad_values", fmt.Sprintf("%q is not %s", v, what))
	})
}

// A fillIn is the body of POST modal.
type fillIn struct {
	As     string `json:"as"`
	Modal  string `json:"modal"`
	Fields object `json:"fields"`
}

func (s *Server) postModal(r *http.Request) (any, *problem) {
	var f fillIn
	if bad := readBody(r, &f); bad != nil {
		return nil, bad
	}
	return s.played(r, func() (*interaction, *problem) { return s.submit(f) })
}

// submit makes the interaction of a modal that is sent off.
func (s *Server) submit(f fillIn) (*interaction, *problem) {
	u := s.world.findUser(f.As)
	if u == nil {
		return nil, notFound("user", f.As)
	}
	opener := s.interactions[parseFlake(f.Modal)]
	if opener == nil || opener.modal == nil || opener.user != u {
		return nil, notFound("modal", f.Modal)
	}
	if s.world.may(u.id, opener.channel)&permViewChannel == 0 {
		return nil, wrong(http.StatusNotFound, "not_found", "the modal's channel is gone")
	}
	it := &interaction{kind: modalInteraction, user: u, channel: opener.channel, source: opener.source,
		command: opener.command, name: opener.name, locale: opener.locale, opener: opener,
		owners: opener.owners, userOnly: opener.userOnly}
	b := optionBuilder{s: s, it: it}
	components, bad := b.modal(opener.modal, f.Fields)
	if bad != nil {
		return nil, bad
	}
	it.data = object{"custom_id": opener.modal["custom_id"], "components": components}
	if len(b.resolved) > 0 {
		it.data["resolved"] = b.resolved
	}
	return it, nil
}

// modal mirrors a modal's components with the values filled in.
func (b *optionBuilder) modal(modal object, fields object) ([]any, *problem) {
	known := map[string]bool{}
	var bad *problem
	fill := func(c object) object {
		id := text(c, "custom_id")
		known[id] = true
		o, p := b.field(c, id, fields[id])
		if p != nil && bad == nil {
			bad = p
		}
		return o
	}
	out := []any{}
	for _, c := range objects(list(modal, "components")) {
		kind, _ := number(c, "type")
		o := object{"type": kind, "id": c["id"]}
		switch kind {
		case compRow:
			var row []any
			for _, sub := range objects(list(c, "components")) {
				row = append(row, fill(sub))
			}
			o["components"] = row
		case compLabel:
			o["component"] = fill(child(c, "component"))
		}
		out = append(out, o)
	}
	for id := range fields {
		if !known[id] {
			return nil, badRequest("bad_field", "the modal has no field "+strconv.Quote(id))
		}
	}
	return out, bad
}

// field is one filled-in input.
func (b *optionBuilder) field(c object, id string, v any) (object, *problem) {
	kind, _ := number(c, "type")
	o := object{"type": kind, "custom_id": id, "id": c["id"]}
	required, given := c["required"].(bool)
	required = required || !given
	if kind == compInput {
		value, ok := v.(string)
		if v == nil {
			value, ok = text(c, "value"), true
		}
		n := int64(utf8.RuneCountInString(value))
		low, _ := number(c, "min_length")
		high, limited := number(c, "max_length")
		if !limited {
			high = 4000
		}
		switch {
		case !ok:
			return nil, badRequest("bad_field", fmt.Sprintf("field %q must be text", id))
		case n == 0 && required:
			return nil, badRequest("bad_field", fmt.Sprintf("field %q is required", id))
		case n > 0 && (n < low || n > high):
			return nil, badRequest("bad_field", fmt.Sprintf("field %q must be %d to %d characters", id, low, high))
		}
		o["value"] = value
		return o, nil
	}
	if kind != compSelect && (kind < compUsers || kind > compChannels) {
		return nil, wrong(http.StatusNotImplemented, "missing", fmt.Sprintf("the playground has no modal field of type %d", kind))
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

// picks reads one value or several.
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

// modalFields are the inputs of a modal as the control API tells them.
func modalFields(modal object) []object {
	out := []object{}
	for _, c := range objects(list(modal, "components")) {
		kind, _ := number(c, "type")
		if kind == compText {
			out = append(out, object{"type": kind, "content": c["content"]})
			continue
		}
		label, description := c["label"], c["description"]
		inputs := objects(list(c, "components"))
		if kind == compLabel {
			inputs = []object{child(c, "component")}
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
	if kind, _ := number(in, "type"); kind == compSelect {
		options := []object{}
		for _, o := range objects(list(in, "options")) {
			options = append(options, object{"label": o["label"], "value": o["value"]})
		}
		f["options"] = options
	}
	return f
}
