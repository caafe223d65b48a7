package timetable

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"unpinch/pattern"
	"unpinch/schedule"
	"unpinch/visible"
)

// MaxFaults is how many faults of a file are told. Reading stops at the next.
const MaxFaults = 50

// Stopped says that there are more faults than are told.
func Stopped() Fault { return Fault{Code: CodeStopped, Seen: strconv.Itoa(MaxFaults)} }

// Decode reads a file as Encode writes it, or as people change it. What a
// class leaves out is as with /class add: 60 minutes with both posts. Zones
// get their proper spelling, and closed days without a year are the next from
// now. Decode returns Faults
// with what is wrong with the file, the first 50 of it, or the error of a
// context that ends first. What it costs grows as the file does. country returns
// that of a place by its name, whose weekdays count; nil for none.
func Decode(ctx context.Context, data []byte, zones *schedule.Zones, now time.Time, country func(name string) string) (File, error) {
	d := decoder{ctx: ctx, zones: zones, now: now, country: country, ids: map[int64]bool{}}
	root, fault := parseYAML(ctx, data)
	if fault != nil {
		d.add(*fault)
	} else if d.shape(root); len(d.faults) == 0 { // what aliases hide can't be read
		f := d.file(root)
		if len(d.faults) == 0 && ctx.Err() == nil {
			return f, nil
		}
	}
	if err := ctx.Err(); err != nil {
		return File{}, fmt.Errorf("read a timetable: %w", err)
	}
	slices.SortStableFunc(d.faults, func(a, b Fault) int { return a.N - b.N })
	if d.over {
		d.faults = slices.Insert(d.faults, 0, Stopped())
	}
	return File{}, d.faults
}

// A patient reader reads until its context ends.
type patient struct {
	ctx context.Context
	io.Reader
}

func (p patient) Read(b []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	return p.Reader.Read(b)
}

// yamlLine is how the reader of YAML says where it stopped.
var yamlLine = pattern.New(`^yaml: (?:line (\d+): )?`)

// parseYAML reads one document. It expands no alias.
func parseYAML(ctx context.Context, data []byte) (*yaml.Node, *Fault) {
	if len(data) > MaxSize {
		return nil, &Fault{Code: CodeSize}
	}
	if !utf8.Valid(data) {
		return nil, &Fault{Code: CodeYAML, Seen: "not UTF-8"}
	}
	r := yaml.NewDecoder(patient{ctx, bytes.NewReader(data)})
	var doc, more yaml.Node
	err := r.Decode(&doc)
	if err == nil && len(doc.Content) == 1 {
		if err = r.Decode(&more); errors.Is(err, io.EOF) {
			return doc.Content[0], nil
		}
		if err == nil {
			return nil, &Fault{N: more.Line, Code: CodeYAML, Seen: "---"}
		}
	}
	if err == nil || errors.Is(err, io.EOF) {
		return nil, &Fault{Code: CodeEmpty}
	}
	f := &Fault{Code: CodeYAML, Seen: Cut(yamlLine().ReplaceAllString(err.Error(), ""), 100)}
	if m := yamlLine().FindStringSubmatch(err.Error()); m != nil {
		f.N, _ = strconv.Atoi(m[1])
	}
	return nil, f
}

// A decoder collects what is wrong while it reads.
type decoder struct {
	ctx     context.Context
	zones   *schedule.Zones
	country func(name string) string
	here    schedule.Here // of the place
	faults  Faults
	over    bool // there are more than MaxFaults
	now     time.Time
	clock   *time.Location // of the place that is read
	ids     map[int64]bool
	classes int // of all places so far
}

func (d *decoder) fault(n *yaml.Node, key string, code Code, example string) {
	d.add(Fault{N: n.Line, Text: key, Code: code, Seen: seen(n), Example: example})
}

func (d *decoder) add(f Fault) {
	if d.over = len(d.faults) == MaxFaults; !d.over {
		d.faults = append(d.faults, f)
	}
}

// stopped reports whether nothing more is read: there are faults enough, or
// nobody waits for the rest.
func (d *decoder) stopped() bool { return d.over || d.ctx.Err() != nil }

// seen quotes a value. Of lists and mappings it gives the brackets.
func seen(n *yaml.Node) string {
	switch n.Kind {
	case yaml.SequenceNode:
		return "[…]"
	case yaml.MappingNode:
		return "{…}"
	}
	return Cut(n.Value, 60)
}

// shape refuses all of YAML that no timetable needs, and leaves of each text what
// can be seen.
func (d *decoder) shape(n *yaml.Node) {
	if visible.Hidden(n.Value) {
		d.faults = append(d.faults, Fault{N: n.Line, Code: CodeHidden})
		return
	}
	n.Value = visible.Text(n.Value)
	if n.Kind == yaml.AliasNode || n.Anchor != "" || n.Style&yaml.TaggedStyle != 0 {
		seen := n.Anchor
		if n.Kind == yaml.AliasNode {
			seen = "*" + n.Value
		} else if seen == "" {
			seen = n.Tag
		}
		d.add(Fault{N: n.Line, Code: CodeAlias, Seen: Cut(seen, 60)})
		return
	}
	for _, c := range n.Content {
		if d.stopped() {
			return
		}
		d.shape(c)
	}
}

// A field reads the value of one key.
type field struct {
	key    string
	needed bool
	read   func(n *yaml.Node)
}

// mapping reads the keys of a mapping.
func (d *decoder) mapping(n *yaml.Node, name string, all ...field) {
	if n.Kind != yaml.MappingNode {
		d.fault(n, name, CodeKind, examples[name+":"])
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content) && !d.stopped(); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		f := slices.IndexFunc(all, func(f field) bool { return f.key == key.Value })
		switch {
		case f < 0:
			d.fault(key, name, CodeKey, keys(all))
			continue
		case seen[key.Value]:
			d.fault(key, name, CodeTwice, "")
			continue
		case nothing(value):
			continue
		}
		seen[key.Value] = true
		all[f].read(value)
	}
	for _, f := range all {
		if f.needed && !seen[f.key] {
			d.add(Fault{N: n.Line, Text: f.key, Code: CodeMissing})
		}
	}
}

// nothing reports whether a key has no value.
func nothing(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.Tag == "!!null" }

func keys(all []field) string {
	var names []string
	for _, f := range all {
		names = append(names, f.key)
	}
	return strings.Join(names, ", ")
}

// sequence reads the items of a list, if with those before it has no more than
// the most.
func (d *decoder) sequence(n *yaml.Node, name string, before, most int, read func(n *yaml.Node)) {
	if n.Kind != yaml.SequenceNode {
		d.fault(n, name, CodeKind, examples[name])
		return
	}
	if count := before + len(n.Content); count > most {
		d.crowded(n, name, count, most)
		return
	}
	for _, c := range n.Content {
		if d.stopped() {
			return
		}
		read(c)
	}
}

func (d *decoder) crowded(n *yaml.Node, name string, count, most int) {
	d.add(Fault{N: n.Line, Text: name, Code: CodeCrowded, Seen: strconv.Itoa(count), Example: strconv.Itoa(most)})
}

// examples are what works for a key, and under the name of a list with a colon
// for an item of it that is a mapping.
var examples = map[string]string{
	":":        "version: 1",
	"version":  "1",
	"places":   "- name: Main hall",
	"places:":  "name: Main hall",
	"name":     "Main hall",
	"zone":     "Europe/Lisbon",
	"closed":   "[2026-12-24, 27 Dec - 2 Jan]",
	"classes":  "- at: mon wed fri 18:00",
	"classes:": "at: mon wed fri 18:00",
	"at":       "mon wed fri 18:00",
	"title":    "Strength",
	"skips":    "[2026-12-05 18:00]",
	"moves":    "[{from: 2026-12-05 18:00, to: 2026-12-05 19:00}]",
	"moves:":   "{from: 2026-12-05 18:00, to: 2026-12-05 19:00}",
}

// scalar returns the text of a value, and a fault if it is none.
func (d *decoder) scalar(n *yaml.Node, key string) (string, bool) {
	if n.Kind != yaml.ScalarNode || n.Value == "" {
		d.fault(n, key, CodeKind, examples[key])
		return "", false
	}
	return n.Value, true
}
