package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"unpinch/bot"
)

// Discord's message flags.
const (
	flagEphemeral = 1 << 6
	flagSilent    = 1 << 12
	flagV2        = 1 << 15
)

// A posted is an answer of Discord's, as far as it is looked at: of a message, or
// of anything else with an id.
type posted struct {
	code int // HTTP; 0 where nothing came

	ID          string            `json:"id"`
	Channel     string            `json:"channel_id"`
	Nonce       any               `json:"nonce"`
	Flags       int               `json:"flags"`
	Attachments []json.RawMessage `json:"attachments"`
	Edited      *time.Time        `json:"edited_timestamp"`
	Roles       []string          `json:"mention_roles"`
	Components  []shown           `json:"components"`
}

// A shown is a component.
type shown struct {
	Type       int     `json:"type"`
	ID         int     `json:"id"`
	Name       string  `json:"name"`
	Size       int     `json:"size"`
	File       *media  `json:"file"`
	Components []shown `json:"components"`
	Items      []struct {
		Media media  `json:"media"`
		Alt   string `json:"description"`
	} `json:"items"`
}

type media struct {
	URL    string `json:"url"`
	Type   string `json:"content_type"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
}

// read reads an answer; of a list, and of what can't be read, only the code.
func read(e bot.Exchange) posted {
	var m posted
	if json.Unmarshal(e.Body, &m) != nil {
		m = posted{}
	}
	m.code = e.Status
	return m
}

func (m posted) status(which string) string {
	if m.code == 0 {
		return which + ": nothing came"
	}
	return fmt.Sprintf("%s: HTTP %d", which, m.code)
}

// shape is what of a message matters, a line each. mark is the number that its
// first component was given; 0 for none.
func (m posted) shape(which string, mark int) (lines []string) {
	add := func(format string, args ...any) {
		lines = append(lines, which+": "+fmt.Sprintf(format, args...))
	}
	if lines = append(lines, m.status(which)); m.code == 0 || m.code >= 300 {
		return lines
	}
	if m.Flags&flagEphemeral != 0 {
		add("only one sees it")
	}
	if m.Flags&flagV2 != 0 {
		add("Components V2")
	}
	if other := m.Flags &^ (flagEphemeral | flagSilent | flagV2); other != 0 {
		add("flags %d", other)
	}
	add("%s", tree(m.Components))
	add("attachments %d", len(m.Attachments))
	walkShown(m.Components, func(c shown) {
		for _, i := range c.Items {
			add("picture %s %dx%d, %q", i.Media.Type, i.Media.Width, i.Media.Height, i.Alt)
		}
		if c.File != nil {
			add("file %s, %d bytes", c.Name, c.Size)
		}
	})
	if mark != 0 && len(m.Components) > 0 && m.Components[0].ID == mark {
		add("numbered as asked")
	}
	return lines
}

// media are the files that the message shows, in order.
func (m posted) media() (all []media) {
	walkShown(m.Components, func(c shown) {
		for _, i := range c.Items {
			all = append(all, i.Media)
		}
		if c.File != nil {
			all = append(all, *c.File)
		}
	})
	return all
}

func walkShown(all []shown, visit func(shown)) {
	for _, c := range all {
		visit(c)
		walkShown(c.Components, visit)
	}
}

// tree is what components there are, as "container[text gallery]".
func tree(all []shown) string {
	names := map[int]string{1: "row", 2: "button", 10: "text", 12: "gallery", 13: "file", 17: "container"}
	var out []string
	for _, c := range all {
		name := names[c.Type]
		if name == "" {
			name = fmt.Sprintf("type %d", c.Type)
		}
		if len(c.Components) > 0 {
			name += "[" + tree(c.Components) + "]"
		}
		out = append(out, name)
	}
	return strings.Join(out, " ")
}
