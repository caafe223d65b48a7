package timetable

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"unpinch/schedule"
	"unpinch/visible"
)

// Decode reads a file as Encode writes it, or as people change it. What a
// class leaves out is as with /class add: 60 minutes with both posts. Zones
// get their proper spelling, and instants are in UTC. Decode returns Faults
// with all that is wrong with the file.
func Decode(data []byte, zones *schedule.Zones) (File, error) {
	d := decoder{zones: zones, ids: map[int64]bool{}}
	root, fault := parseYAML(data)
	if fault != nil {
		return File{}, Faults{*fault}
	}
	d.shape(root)
	if len(d.faults) > 0 { // what aliases hide can't be read
		return File{}, d.faults
	}
	f := d.file(root)
	if len(d.faults) > 0 {
		slices.SortStableFunc(d.faults, func(a, b Fault) int { return a.N - b.N })
		return File{}, d.faults
	}
	return f, nil
}

// yamlLine is how the reader of YAML says where it stopped.
var yamlLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?`)

// parseYAML reads one document. It expands no alias.
func parseYAML(data []byte) (*yaml.Node, *Fault) {
	if len(data) > MaxSize {
		return nil, &Fault{Code: CodeSize}
	}
	if !utf8.Valid(data) {
		return nil, &Fault{Code: CodeYAML, Seen: "not UTF-8"}
	}
	r := yaml.NewDecoder(bytes.NewReader(data))
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
	f := &Fault{Code: CodeYAML, Seen: cut(yamlLine.ReplaceAllString(err.Error(), ""), 100)}
	if m := yamlLine.FindStringSubmatch(err.Error()); m != nil {
		f.N, _ = strconv.Atoi(m[1])
	}
	return nil, f
}

// A decoder collects what is wrong while it reads.
type decoder struct {
	zones  *schedule.Zones
	faults Faults
	ids    map[int64]bool
}

func (d *decoder) fault(n *yaml.Node, key string, code Code, example string) {
	d.faults = append(d.faults, Fault{N: n.Line, Text: key, Code: code, Seen: cut(n.Value, 60), Example: example})
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
		d.faults = append(d.faults, Fault{N: n.Line, Code: CodeAlias, Seen: cut(seen, 60)})
		return
	}
	for _, c := range n.Content {
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
		d.fault(n, name, CodeKind, all[0].key+": …")
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
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
			d.faults = append(d.faults, Fault{N: n.Line, Text: f.key, Code: CodeMissing})
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

// sequence reads the items of a list, if it has no more than the most.
func (d *decoder) sequence(n *yaml.Node, name string, most int, read func(n *yaml.Node)) {
	if n.Kind != yaml.SequenceNode {
		d.fault(n, name, CodeKind, "- …")
		return
	}
	if count := len(n.Content); count > most {
		d.faults = append(d.faults, Fault{N: n.Line, Text: name, Code: CodeCrowded, Seen: strconv.Itoa(count), Example: strconv.Itoa(most)})
		return
	}
	for _, c := range n.Content {
		read(c)
	}
}

// scalar returns the text of a value, and a fault if it is none.
func (d *decoder) scalar(n *yaml.Node, key string) (string, bool) {
	if n.Kind != yaml.ScalarNode || n.Value == "" {
		d.fault(n, key, CodeKind, "")
		return "", false
	}
	return n.Value, true
}
