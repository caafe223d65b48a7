package page

import (
	"slices"
	"strings"

	"unpinch/playground/wire"
)

// A component is what the page reads of Discord's components, of any type.
type component struct {
	Type        int         `json:"type"`
	CustomID    string      `json:"custom_id"`
	Label       string      `json:"label"`
	Style       int         `json:"style"`
	URL         string      `json:"url"`
	Disabled    bool        `json:"disabled"`
	Emoji       emoji       `json:"emoji"`
	Content     string      `json:"content"`
	AccentColor *int        `json:"accent_color"`
	Spoiler     bool        `json:"spoiler"`
	Divider     *bool       `json:"divider"`
	Components  []component `json:"components"`
	Accessory   *component  `json:"accessory"`
	Media       media       `json:"media"`
	File        media       `json:"file"`
	Name        string      `json:"name"`
	Size        int         `json:"size"`
	Description string      `json:"description"`
	Items       []struct {
		Media       media  `json:"media"`
		Description string `json:"description"`
		Spoiler     bool   `json:"spoiler"`
	} `json:"items"`
	Placeholder string         `json:"placeholder"`
	Options     []selectOption `json:"options"`
	MinValues   *int           `json:"min_values"`
	MaxValues   *int           `json:"max_values"`
}

type emoji struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type selectOption struct {
	Label       string `json:"label"`
	Value       string `json:"value"`
	Description string `json:"description"`
	Emoji       emoji  `json:"emoji"`
	Default     bool   `json:"default"`
}

var buttonStyles = map[int]string{1: "primary", 2: "secondary", 3: "success", 4: "danger", wire.StyleLink: "link"}

// pickers are what the selects of members, roles and channels offer.
type pickers struct{ users, roles, channels []choiceView }

// parts draws components, and adds the names of the files that they show to shown.
func (v messageViewer) parts(list []component, shown map[string]bool) []partView {
	var out []partView
	for _, c := range list {
		out = append(out, v.part(c, shown))
	}
	return out
}

func (v messageViewer) part(c component, shown map[string]bool) partView {
	switch c.Type {
	case wire.ActionRow:
		return partView{Kind: "row", Parts: v.parts(c.Components, shown)}
	case wire.Button:
		return v.button(c)
	case wire.StringSelect, wire.UserSelect, wire.RoleSelect, wire.MentionableSelect, wire.ChannelSelect:
		return v.selectMenu(c)
	case wire.Section:
		out := partView{Kind: "section", Parts: v.parts(c.Components, shown)}
		if c.Accessory != nil {
			side := v.part(*c.Accessory, shown)
			out.Side = &side
		}
		return out
	case wire.TextDisplay:
		return partView{Kind: "text", HTML: v.md.HTML(c.Content, v.names)}
	case wire.Thumbnail:
		shown[fileName(c.Media.URL)] = true
		return partView{Kind: "gallery", Images: []imageView{v.image(c.Media, c.Description)}}
	case wire.MediaGallery:
		out := partView{Kind: "gallery"}
		for _, item := range c.Items {
			shown[fileName(item.Media.URL)] = true
			out.Images = append(out.Images, v.image(item.Media, item.Description))
		}
		return out
	case wire.File:
		shown[c.Name] = true
		return partView{Kind: "file", Label: c.Name, URL: v.ownAddress(c.File.URL), Note: sizeWords(c.Size)}
	case wire.Separator:
		return partView{Kind: "separator", Line: c.Divider == nil || *c.Divider}
	case wire.Container:
		return partView{Kind: "container", Accent: accent(c.AccentColor), Parts: v.parts(c.Components, shown)}
	}
	return partView{Kind: "unknown"}
}

// textsOf returns all texts of components, in order.
func textsOf(list []component) []string {
	var out []string
	for _, c := range list {
		if c.Type == wire.TextDisplay {
			out = append(out, c.Content)
		}
		out = append(out, textsOf(c.Components)...)
	}
	return out
}

// fileName returns the last part of an address, without its query.
func fileName(address string) string {
	address, _, _ = strings.Cut(address, "?")
	return address[strings.LastIndex(address, "/")+1:]
}

func (v messageViewer) button(c component) partView {
	out := partView{
		Kind: "button", Style: buttonStyles[c.Style], Label: emojiWords(c.Emoji, c.Label),
		ID: c.CustomID, Off: c.Disabled, Form: v.form,
	}
	if out.Style == "" {
		out.Style = "secondary"
	}
	if c.Style == wire.StyleLink {
		out.Kind, out.URL = "linkbutton", c.URL
		out.Off = c.Disabled || !webAddress(c.URL)
		if own, home := v.names.home(c.URL); home {
			out.URL, out.Off = own, c.Disabled || own == ""
		}
	}
	return out
}

// emojiWords joins an emoji and a label. A custom emoji shows as its name.
func emojiWords(e emoji, label string) string {
	sign := e.Name
	if e.ID != "" && sign != "" {
		sign = ":" + sign + ":"
	}
	return strings.TrimSpace(sign + " " + label)
}

func (v messageViewer) selectMenu(c component) partView {
	out := partView{
		Kind: "select", ID: c.CustomID, Off: c.Disabled, Form: v.form,
		Label: c.Placeholder, Many: c.MaxValues != nil && *c.MaxValues > 1,
		Choices: v.choices(c), Must: c.MinValues == nil || *c.MinValues > 0,
	}
	if out.Label == "" {
		out.Label = "Make a selection"
	}
	return out
}

func (v messageViewer) choices(c component) []choiceView {
	switch c.Type {
	case wire.UserSelect:
		return v.pick.users
	case wire.RoleSelect:
		return v.pick.roles
	case wire.MentionableSelect:
		return slices.Concat(v.pick.users, v.pick.roles)
	case wire.ChannelSelect:
		return v.pick.channels
	}
	var out []choiceView
	for _, o := range c.Options {
		out = append(out, choiceView{emojiWords(o.Emoji, o.Label), o.Value, o.Description, o.Default})
	}
	return out
}
