package page

import (
	"html/template"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"unpinch/playground/wire"
)

// A fieldView is one labelled input of a form. Kind names its shape: text, area,
// number, file, select or checks, or words between fields.
type fieldView struct {
	HTML                        template.HTML
	Kind, ID, Name, Label, Note string
	Value, Placeholder          string
	Required, Focus             bool
	Min, Max, Step              string // numbers
	MinLength, MaxLength        int    // texts
	Option                      string // the option's name, if the bot completes it
	Choices                     []choiceView
}

// A modal is a form that a bot opened.
type modal struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	Fields []struct {
		ID          string         `json:"custom_id"`
		Content     string         `json:"content"`
		Label       string         `json:"label"`
		Description string         `json:"description"`
		Type        int            `json:"type"`
		Style       int            `json:"style"`
		Required    bool           `json:"required"`
		Value       string         `json:"value"`
		Placeholder string         `json:"placeholder"`
		MinLength   int            `json:"min_length"`
		MaxLength   int            `json:"max_length"`
		MaxValues   int            `json:"max_values"`
		Options     []selectOption `json:"options"`
	} `json:"fields"`
}

// filled returns the modal with the texts of a form that was refused.
func (m *modal) filled(form url.Values) *modal {
	if m == nil {
		return nil
	}
	out := *m
	out.Fields = slices.Clone(m.Fields)
	for i, c := range out.Fields {
		out.Fields[i].Value = form.Get("f." + c.ID)
	}
	return &out
}

// A modalView is a modal as the template writes it.
type modalView struct {
	ID, Title, Cancel, Seen string
	Fault                   string // why it was refused
	Back                    string // id of the element that opened it
	Form                    formView
	Fields                  []fieldView
}

func (v messageViewer) modal(m *modal, seen string) *modalView {
	out := &modalView{
		ID: m.ID, Title: m.Title, Form: v.form, Seen: seen,
		Cancel: v.form.address(nil),
	}
	n := 0
	for _, c := range m.Fields {
		if c.Type == wire.TextDisplay {
			out.Fields = append(out.Fields, fieldView{Kind: "words", HTML: v.md.HTML(c.Content, v.names)})
			continue
		}
		f := fieldView{
			Kind: "text", ID: fieldID(n), Name: "f." + c.ID, Label: c.Label, Note: c.Description,
			Value: c.Value, Placeholder: c.Placeholder, Required: c.Required, Focus: n == 0,
			MinLength: c.MinLength, MaxLength: c.MaxLength,
		}
		if c.Type != wire.TextInput {
			f.Kind, f.Name = "select", "s."+c.ID
			f.Choices = v.choices(component{Type: c.Type, Options: c.Options})
			if c.MaxValues > 1 {
				f.Kind = "checks"
			}
		} else if c.Style == 2 {
			f.Kind = "area"
		}
		out.Fields = append(out.Fields, f)
		n++
	}
	return out
}

// fieldID returns the id of a form's nth field. The focus goes to the first.
func fieldID(n int) string {
	if n == 0 {
		return focusFirst
	}
	return "field-" + strconv.Itoa(n)
}

// modalAnswer reads the posted fields of a modal: texts and choices. It leaves out a
// choice of nothing.
func modalAnswer(form url.Values) map[string]any {
	out := map[string]any{}
	for name, values := range form {
		if id, ok := strings.CutPrefix(name, "f."); ok {
			out[id] = strings.ReplaceAll(values[0], "\r\n", "\n")
		}
		if id, ok := strings.CutPrefix(name, "s."); ok && values[0] != "" {
			out[id] = values
		}
	}
	return out
}

// optionView draws the input of one command option.
func optionView(n int, o commandOption, pick pickers) fieldView {
	f := fieldView{
		Kind: "text", ID: fieldID(n), Name: "o." + o.Name, Label: o.Name, Note: o.Description,
		Required: o.Required, Focus: n == 0, MinLength: o.MinLength, MaxLength: o.MaxLength,
	}
	if len(o.Choices) > 0 {
		f.Kind = "select"
		for _, c := range o.Choices {
			f.Choices = append(f.Choices, choiceView{Label: c.Name, Value: string(c.Value)})
		}
		return f
	}
	switch o.Type {
	case wire.IntegerOption, wire.NumberOption:
		f.Kind, f.Step = "number", "1"
		if o.Type == wire.NumberOption {
			f.Step = "any"
		}
		f.Min, f.Max = string(o.MinValue), string(o.MaxValue)
	case wire.BooleanOption:
		f.Kind, f.Choices = "select", []choiceView{{Label: "Yes", Value: "true"}, {Label: "No", Value: "false"}}
	case wire.UserOption:
		f.Kind, f.Choices = "select", slices.Clone(pick.users)
	case wire.ChannelOption:
		f.Kind, f.Choices = "select", slices.Clone(pick.channels)
	case wire.RoleOption:
		f.Kind, f.Choices = "select", slices.Clone(pick.roles)
	case wire.MentionableOption:
		f.Kind, f.Choices = "select", slices.Concat(pick.users, pick.roles)
	case wire.AttachmentOption:
		f.Kind = "file"
	}
	if o.Autocomplete {
		f.Kind, f.Option = "text", o.Name
	}
	return f
}

// fill puts a value into a field: as its text, and as the choice with that value or
// name.
func (f *fieldView) fill(value string) {
	f.Value = value
	for i, c := range f.Choices {
		f.Choices[i].Chosen = value != "" && (c.Value == value || c.Label == value)
	}
}
