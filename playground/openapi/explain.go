package openapi

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
)

// explain turns a validation error into one line per fault. Of a union it
// tells only the member that the value was meant to be.
func explain(err error) error {
	if err == nil {
		return nil
	}
	var ve *jsonschema.ValidationError
	if !errors.As(err, &ve) {
		return err
	}
	var lines []error
	for _, l := range leaves(ve) {
		lines = append(lines, fmt.Errorf("%s: %s", where(l.location), l.text))
	}
	return errors.Join(lines...)
}

// A leaf is a validation error with no cause of its own.
type leaf struct {
	location []string
	kind     jsonschema.ErrorKind
	text     string
}

func leaves(e *jsonschema.ValidationError) []leaf {
	if len(e.Causes) == 0 {
		return []leaf{{e.InstanceLocation, e.ErrorKind, e.DetailedOutput().Error.String()}}
	}
	var all [][]leaf
	for _, c := range e.Causes {
		all = append(all, leaves(c))
	}
	switch e.ErrorKind.(type) {
	case *kind.OneOf, *kind.AnyOf:
		least := func(a, b []leaf) int { return distance(e, a) - distance(e, b) }
		best := slices.MinFunc(all, least)
		if distance(e, best) >= another {
			return []leaf{{e.InstanceLocation, e.ErrorKind, "is of no kind allowed here"}}
		}
		return best
	}
	return slices.Concat(all...)
}

// another is the distance from which a value is of another member of a union.
const another = 1000

// distance says how far a value is from one member of a union: faults of its
// own type or of its "type" field mean that another member was meant.
func distance(union *jsonschema.ValidationError, faults []leaf) int {
	d := len(faults)
	for _, f := range faults {
		below := f.location[len(union.InstanceLocation):]
		switch f.kind.(type) {
		case *kind.Type:
			if len(below) == 0 {
				d += another
			}
		case *kind.Enum, *kind.Const:
			if len(below) == 1 && below[0] == "type" {
				d += another
			}
		}
	}
	return d
}

// where writes a place in a body: "components[0].custom_id".
func where(location []string) string {
	var b strings.Builder
	for _, l := range location {
		switch {
		case isSnowflake(l):
			fmt.Fprintf(&b, "[%s]", l)
		case b.Len() > 0:
			b.WriteString("." + l)
		default:
			b.WriteString(l)
		}
	}
	if b.Len() == 0 {
		return "body"
	}
	return b.String()
}
