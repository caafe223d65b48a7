package timetable

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"unpinch/pattern"
	"unpinch/schedule"
)

func (d *decoder) file(n *yaml.Node) File {
	var f File
	d.mapping(n, "",
		field{"version", true, func(n *yaml.Node) {
			if v, ok := d.scalar(n, "version"); ok && v != strconv.Itoa(version) {
				d.fault(n, "version", CodeVersion, strconv.Itoa(version))
			}
		}},
		field{"places", true, func(n *yaml.Node) {
			d.sequence(n, "places", 0, schedule.PlacesMax, func(n *yaml.Node) { f.Places = append(f.Places, d.place(n, f.Places)) })
		}},
	)
	return f
}

func (d *decoder) place(n *yaml.Node, before []Place) Place {
	var p Place
	classes := &yaml.Node{} // which are read against the rest
	d.clock = d.clockOf(n)
	d.mapping(n, "places",
		field{"name", true, func(n *yaml.Node) {
			name, ok := d.scalar(n, "name")
			if p.Name = fields(name); ok && p.Name == "" {
				d.fault(n, "name", CodeMissing, "")
			}
			if slices.ContainsFunc(before, func(o Place) bool { return strings.EqualFold(o.Name, p.Name) }) {
				d.fault(n, "name", CodeTwice, "")
			}
		}},
		field{"zone", true, func(n *yaml.Node) { p.Zone = d.zone(n) }},
		field{"closed", false, func(n *yaml.Node) { p.Closed = d.closed(n) }},
		field{"classes", false, func(n *yaml.Node) { classes = n }},
	)
	d.here = schedule.Here{Today: schedule.DateOf(d.now.In(d.clock))}
	if d.country != nil {
		d.here.Country = d.country(p.Name)
	}
	if !classes.IsZero() && !d.stopped() {
		p.Country, p.Classes = d.here.Country, d.classesOf(classes)
	}
	return p
}

// closed reads days and runs of days, such as 24 Dec - 2 Jan: a list, or a text
// with commas between them.
func (d *decoder) closed(n *yaml.Node) (days []schedule.Date) {
	if n.Kind == yaml.ScalarNode {
		list := &yaml.Node{Kind: yaml.SequenceNode, Line: n.Line}
		for part := range strings.SplitSeq(n.Value, ",") {
			list.Content = append(list.Content, &yaml.Node{Kind: yaml.ScalarNode, Line: n.Line, Value: part})
		}
		n = list
	}
	there := map[schedule.Date]bool{}
	d.sequence(n, "closed", 0, MaxClosed, func(n *yaml.Node) {
		first, last, err := ParseDays(n.Value, schedule.DateOf(d.now.In(d.clock)))
		if n.Kind != yaml.ScalarNode || err != nil {
			d.add(Fault{N: n.Line, Text: "closed", Code: CodeDays, Seen: seen(n), Example: "2026-12-24, 27 Dec - 2 Jan"})
			return
		}
		switch count := len(days) + daysFrom(first, last); {
		case last.Before(first):
			d.fault(n, "closed", CodeBackwards, "2026-12-27..2026-12-30")
			return
		case count > MaxClosed:
			d.crowded(n, "closed", count, MaxClosed)
			return
		}
		for day := first; !last.Before(day); day = day.Add(1) {
			if there[day] {
				d.add(Fault{N: n.Line, Text: "closed", Code: CodeTwice, Seen: day.String()})
			}
			there[day] = true
			days = append(days, day)
		}
	})
	return days
}

// classesOf reads the classes of a place. One that has no id is there once.
func (d *decoder) classesOf(n *yaml.Node) (all []Class) {
	there := map[likeness]bool{}
	d.sequence(n, "classes", d.classes, schedule.ClassesMax, func(n *yaml.Node) {
		faults := len(d.faults)
		c := d.class(n)
		if len(d.faults) == faults && c.ID == 0 {
			if like := likenessOf(c); there[like] {
				d.add(Fault{N: n.Line, Text: "at", Code: CodeTwice, Seen: c.Rule.String()})
			} else {
				there[like] = true
			}
		}
		all = append(all, c)
	})
	d.classes += len(all)
	return all
}

func (d *decoder) zone(n *yaml.Node) string {
	name, ok := d.scalar(n, "zone")
	if !ok {
		return ""
	}
	loc, err := d.zones.Location(name)
	if err == nil {
		return loc.String()
	}
	example := "Europe/Berlin"
	if z, ok := errors.AsType[*schedule.ZoneError](err); ok && len(z.Near) > 0 {
		example = strings.Join(z.Near, ", ")
	}
	d.fault(n, "zone", CodeZone, example)
	return ""
}

func (d *decoder) class(n *yaml.Node) Class {
	c := Class{Lead: DefaultLead, CoolDown: true}
	var at schedule.Reading
	line := n
	d.mapping(n, "classes",
		field{"id", false, func(n *yaml.Node) { c.ID = d.id(n) }},
		field{"at", true, func(n *yaml.Node) { at, line = d.rule(n), n }},
		field{"title", false, func(n *yaml.Node) { c.Title = d.title(n) }},
		field{"length_min", false, func(n *yaml.Node) {
			c.Length = d.minutes(n, "length_min", MinLength, MaxLength, CodeLength)
		}},
		field{"before_min", false, func(n *yaml.Node) { c.Lead = d.minutes(n, "before_min", 0, MaxLead, CodeLead) }},
		field{"warm_up", false, func(n *yaml.Node) { c.WarmUp = d.focus(n) }},
		field{"cool_down", false, func(n *yaml.Node) { c.CoolDown = d.bool(n, "cool_down") }},
		field{"event", false, func(n *yaml.Node) { c.Event = d.bool(n, "event") }},
		field{"channel", false, func(n *yaml.Node) { c.Channel = d.snowflake(n, "channel", "#") }},
		field{"ping", false, func(n *yaml.Node) { c.Role = d.snowflake(n, "ping", "@&") }},
		field{"until", false, func(n *yaml.Node) { c.Until = d.date(n, "until") }},
		field{"paused_until", false, func(n *yaml.Node) { c.PausedUntil = d.date(n, "paused_until") }},
		field{"skips", false, func(n *yaml.Node) { c.Skips = d.skips(n) }},
		field{"moves", false, func(n *yaml.Node) { c.Moves = d.moves(n) }},
	)
	d.settle(&c, at, line)
	return c
}

// settle gives a class what its rule says besides: its length and its last day.
// The keys for them may say the same, or nothing.
func (d *decoder) settle(c *Class, at schedule.Reading, line *yaml.Node) {
	until := at.Rule.Until()
	c.Rule = at.Rule.WithoutUntil()
	switch {
	case at.Length != 0 && (c.Length != 0 && c.Length != at.Length || at.Length < MinLength || at.Length > MaxLength):
		d.fault(line, "at", CodeLength, "")
	case !until.IsZero() && !c.Until.IsZero() && c.Until != until:
		d.add(Fault{N: line.Line, Text: "until", Code: CodeTwice, Seen: until.String()})
	}
	if c.Length == 0 {
		c.Length = cmp.Or(at.Length, DefaultLength)
	}
	if c.Until.IsZero() {
		c.Until = until
	}
}

func (d *decoder) skips(n *yaml.Node) (all []schedule.Slot) {
	there := map[schedule.Slot]bool{}
	d.sequence(n, "skips", 0, MaxStarts, func(n *yaml.Node) {
		all = append(all, d.start(n, "skips", there))
	})
	return all
}

func (d *decoder) moves(n *yaml.Node) (all []schedule.Move) {
	there := map[schedule.Slot]bool{}
	d.sequence(n, "moves", 0, MaxStarts, func(n *yaml.Node) {
		var m schedule.Move
		d.mapping(n, "moves",
			field{"from", true, func(n *yaml.Node) { m.From = d.start(n, "from", there) }},
			field{"to", true, func(n *yaml.Node) { m.To = d.slot(n, "to") }},
		)
		all = append(all, m)
	})
	return all
}

// start reads a slot that isn't there yet.
func (d *decoder) start(n *yaml.Node, key string, there map[schedule.Slot]bool) schedule.Slot {
	s := d.slot(n, key)
	if there[s] && !s.IsZero() {
		d.fault(n, key, CodeTwice, "")
	}
	there[s] = true
	return s
}

func (d *decoder) id(n *yaml.Node) int64 {
	id, err := strconv.ParseInt(n.Value, 10, 64)
	if n.Kind != yaml.ScalarNode || err != nil || id <= 0 {
		d.fault(n, "id", CodeNumber, "12")
		return 0
	}
	if d.ids[id] {
		d.fault(n, "id", CodeTwice, "")
	}
	d.ids[id] = true
	return id
}

func (d *decoder) rule(n *yaml.Node) schedule.Reading {
	said, ok := d.scalar(n, "at")
	if !ok {
		return schedule.Reading{}
	}
	r, err := schedule.Read(said, d.here)
	if err != nil {
		f := RuleFault(err)
		f.N, f.Text = n.Line, "at"
		d.add(*f)
	}
	return r
}

func (d *decoder) title(n *yaml.Node) string {
	if n.Kind != yaml.ScalarNode {
		d.fault(n, "title", CodeKind, examples["title"])
		return ""
	}
	title := fields(n.Value)
	if count := utf8.RuneCountInString(title); count > MaxTitle {
		d.add(Fault{N: n.Line, Text: "title", Code: CodeTitleLong, Seen: strconv.Itoa(count)})
	}
	return title
}

func (d *decoder) minutes(n *yaml.Node, key string, low, high time.Duration, code Code) time.Duration {
	count, err := strconv.Atoi(n.Value)
	if n.Kind != yaml.ScalarNode || err != nil || count < int(low.Minutes()) || count > int(high.Minutes()) {
		d.fault(n, key, code, strconv.Itoa(int(max(low, DefaultLead).Minutes())))
		return low
	}
	return time.Duration(count) * time.Minute
}

func (d *decoder) focus(n *yaml.Node) schedule.Focus {
	f, ok := schedule.ParseFocus(n.Value)
	if n.Kind != yaml.ScalarNode || !ok {
		d.fault(n, "warm_up", CodeFocus, "lower")
	}
	return f
}

func (d *decoder) bool(n *yaml.Node, key string) bool {
	switch strings.ToLower(n.Value) {
	case "true", "yes", "on":
		return true
	case "false", "no", "off":
		return false
	}
	d.fault(n, key, CodeBool, "true")
	return false
}

// snowflakePattern is an id of Discord's, in the one spelling that it has, or a
// mention of a channel or a role.
var snowflakePattern = pattern.New(`^(?:([1-9]\d{14,19})|<(#|@&)([1-9]\d{14,19})>)$`)

// snowflake reads an id; mention is how a mention of what it names begins.
func (d *decoder) snowflake(n *yaml.Node, key, mention string) string {
	m := snowflakePattern().FindStringSubmatch(strings.TrimSpace(n.Value))
	if n.Kind != yaml.ScalarNode || m == nil || m[2] != "" && m[2] != mention {
		d.fault(n, key, CodeID, "")
		return ""
	}
	return m[1] + m[3]
}

func (d *decoder) date(n *yaml.Node, key string) schedule.Date {
	day, err := schedule.ParseDate(n.Value)
	if n.Kind == yaml.ScalarNode && err == nil {
		return day
	}
	d.noDate(n, key, err)
	return schedule.Date{}
}

func (d *decoder) noDate(n *yaml.Node, key string, err error) {
	p, _ := errors.AsType[*schedule.ParseError](err)
	if n.Kind != yaml.ScalarNode {
		p = nil
	}
	d.add(Fault{N: n.Line, Text: key, Code: CodeDate, Seen: seen(n), Example: "2026-12-05", Rule: p})
}

// slot reads a day and a time of day. What earlier versions wrote has an offset
// from UTC: that is an instant, and means what the place's clock shows then.
func (d *decoder) slot(n *yaml.Node, key string) schedule.Slot {
	slot, err := schedule.ParseSlot(strings.Replace(n.Value, "T", " ", 1))
	if err != nil {
		var at time.Time
		if at, err = time.Parse(time.RFC3339, n.Value); err == nil {
			slot = schedule.SlotOf(at.In(d.clock))
		}
	}
	if year := slot.Day.Year; n.Kind != yaml.ScalarNode || err != nil || year < 1970 || year > 2999 {
		d.fault(n, key, CodeInstant, "2026-12-05 18:00")
		return schedule.Slot{}
	}
	return slot
}

// clockOf returns the clock of a place, whose zone may stand below its classes;
// UTC if it has none that can be read, which is a fault of its own.
func (d *decoder) clockOf(place *yaml.Node) *time.Location {
	for i := 0; i+1 < len(place.Content); i += 2 {
		if place.Content[i].Value == "zone" {
			if zone, err := d.zones.Location(place.Content[i+1].Value); err == nil {
				return zone
			}
		}
	}
	return time.UTC
}
