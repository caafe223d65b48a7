package timetable

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"

	"go.yaml.in/yaml/v3"

	"unpinch/schedule"
)

const (
	// MaxSize is how large a file may be, in bytes.
	MaxSize = 256 << 10

	version = 1
)

// about stands at the top of a file.
const about = `Your timetable, as a file. Change it, and send it with /class file: you see
what would change first. The clock is the place's own.

A class with an id is that class; without one it is new. A class that you take
out is removed. A place that you take out stays as it is.

at:          mon wed fri 18:00, weekdays 6:30pm, first mon 19:00,
             every 2 weeks sat 09:00 from 2026-12-05, or cron: 0 18 * * 1-5
length_min:  minutes, 5 to 1440
before_min:  minutes from the post before to the start, up to 120; 0 for none
warm_up:     what the post before is for: upper, lower or whole
cool_down:   whether there is a post at the end
event:       on to show the next start in the server's events
channel, ping: ids; without a channel it is the place's
closed:      days, such as 2026-12-24, 27 Dec - 2 Jan
until:       the last day; paused_until: the first day again
skips, moves: single starts, by the day and time that at gives them, as
             2026-12-05 18:00`

// Encode writes a file that Decode reads back to the same one, places, classes
// and days in the order given. It is an error if a rule is zero, and Faults if
// the whole is above MaxSize.
func Encode(f File) ([]byte, error) {
	places := list()
	for _, p := range f.Places {
		node, err := placeNode(p)
		if err != nil {
			return nil, fmt.Errorf("place %q: %w", p.Name, err)
		}
		places.Content = append(places.Content, node)
	}
	root := &yaml.Node{Kind: yaml.MappingNode}
	put(root, "version", plain(strconv.Itoa(version)))
	put(root, "places", places)
	root.HeadComment = about + "\n\n" // the empty line keeps it apart from the first key
	var out bytes.Buffer
	e := yaml.NewEncoder(&out)
	e.SetIndent(2)
	if err := e.Encode(root); err != nil {
		return nil, fmt.Errorf("write YAML: %w", err)
	}
	if err := e.Close(); err != nil {
		return nil, fmt.Errorf("write YAML: %w", err)
	}
	if out.Len() > MaxSize {
		return nil, Faults{{Code: CodeSize}}
	}
	return out.Bytes(), nil
}

func placeNode(p Place) (*yaml.Node, error) {
	node := &yaml.Node{Kind: yaml.MappingNode}
	put(node, "name", text(p.Name))
	put(node, "zone", text(p.Zone))
	if len(p.Closed) > 0 {
		closed := flow()
		for _, d := range p.Closed {
			closed.Content = append(closed.Content, plain(d.String()))
		}
		put(node, "closed", closed)
	}
	classes := list()
	for i, c := range p.Classes {
		if c.Rule.IsZero() {
			return nil, fmt.Errorf("class %d of the list: %w", i+1, errNoRule)
		}
		classes.Content = append(classes.Content, classNode(c, p.Country))
	}
	put(node, "classes", classes)
	return node, nil
}

var errNoRule = errors.New("no rule")

func classNode(c Class, country string) *yaml.Node {
	node := &yaml.Node{Kind: yaml.MappingNode}
	if c.ID != 0 {
		put(node, "id", plain(strconv.FormatInt(c.ID, 10)))
	}
	put(node, "at", text(c.Rule.Typed(country)))
	optional(node, "title", text(c.Title))
	put(node, "length_min", plain(strconv.Itoa(minutes(c.Length))))
	put(node, "before_min", plain(strconv.Itoa(minutes(c.Lead))))
	optional(node, "warm_up", plain(string(c.WarmUp)))
	put(node, "cool_down", plain(strconv.FormatBool(c.CoolDown)))
	if c.Event {
		put(node, "event", plain("on"))
	}
	optional(node, "channel", text(c.Channel))
	optional(node, "ping", text(c.Role))
	optional(node, "until", plain(c.Until.String()))
	optional(node, "paused_until", plain(c.PausedUntil.String()))
	if len(c.Skips) > 0 {
		skips := list()
		for _, s := range c.Skips {
			skips.Content = append(skips.Content, plain(s.String()))
		}
		put(node, "skips", skips)
	}
	if len(c.Moves) > 0 {
		moves := list()
		for _, m := range c.Moves {
			moves.Content = append(moves.Content, moveNode(m))
		}
		put(node, "moves", moves)
	}
	return node
}

func moveNode(m schedule.Move) *yaml.Node {
	node := &yaml.Node{Kind: yaml.MappingNode, Style: yaml.FlowStyle}
	put(node, "from", plain(m.From.String()))
	put(node, "to", plain(m.To.String()))
	return node
}

func put(mapping *yaml.Node, key string, value *yaml.Node) {
	mapping.Content = append(mapping.Content, plain(key), value)
}

// optional puts a value that is there.
func optional(mapping *yaml.Node, key string, value *yaml.Node) {
	if value.Value != "" {
		put(mapping, key, value)
	}
}

// plain is a value whose kind YAML may guess: a number, a date, a key.
func plain(value string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Value: value} }

// text is quoted where YAML would take it for something else.
func text(value string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: value}
}

func list() *yaml.Node { return &yaml.Node{Kind: yaml.SequenceNode} }

func flow() *yaml.Node { return &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle} }
