package figure

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// A tableReader reads one table, and says where it stands in a fault.
type tableReader struct {
	*poseReader
	file, where string
}

func (t tableReader) wrong(key, format string, args ...any) {
	t.fault(t.file, t.where+": "+key, format, args...)
}

// unknown says that a name isn't there, and which are.
func unknownName[V any](t tableReader, key, name string, known map[string]V) {
	t.wrong(key, "%q is not known; there are: %s", name, listed(known))
}

func listed[V any](known map[string]V) string {
	return strings.Join(slices.Sorted(maps.Keys(known)), ", ")
}

// numbers reads n numbers.
func (t tableReader) numbers(key string, n int, f []float64) bool {
	if len(f) != n {
		t.wrong(key, "has %d numbers, want %d", len(f), n)
	}
	return len(f) == n
}

// vec reads three numbers into v, if there are any.
func (t tableReader) vec(key string, v *vec, f []float64) {
	if f != nil && t.numbers(key, 3, f) {
		*v = vec{f[0], f[1], f[2]}
	}
}

func (t tableReader) point(key string, f []float64) (p point) {
	if f != nil && t.numbers(key, 2, f) {
		p = point{f[0], f[1]}
	}
	return p
}

// pose returns a pose with a table's changes.
func (t tableReader) pose(p pose, f poseFile) pose {
	if f.Stance != "" {
		base, ok := t.stances[f.Stance]
		if !ok {
			unknownName(t, "stance", f.Stance, t.stances)
		}
		p = base
	}
	if f.Mirrored {
		p = p.flipped()
	}
	t.vec("pelvis", &p.Pelvis, f.Pelvis)
	f.Lean.change(&p.Lean)
	f.Low.change(&p.Low)
	f.Up.change(&p.Up)
	f.Neck.change(&p.Neck)
	f.Nod.change(&p.Nod)
	set(&p.Roll, f.Roll)
	set(&p.Slide, f.Slide)
	set(&p.Breath, f.Breath)
	t.vec("shoulders", &p.ShoulderL, f.Shoulders)
	t.vec("shoulders", &p.ShoulderR, f.Shoulders)
	t.vec("left_shoulder", &p.ShoulderL, f.LeftShoulder)
	t.vec("right_shoulder", &p.ShoulderR, f.RightShoulder)
	t.limbs("hands", &p.HandL, &p.HandR, f.Hands, f.LeftHand, f.RightHand)
	t.limbs("feet", &p.FootL, &p.FootR, f.Feet, f.LeftFoot, f.RightFoot)
	return p
}

// limbs changes a pair: both alike and mirrored, then each.
func (t tableReader) limbs(key string, l, r *reach, both, left, right *reachFile) {
	one := map[string]string{"hands": "hand", "feet": "foot"}[key]
	if both != nil {
		*l = t.under(key).reach(*l, both)
		*r = t.under(key).reach(r.flipped(), both).flipped()
	}
	*l = t.under("left_"+one).reach(*l, left)
	*r = t.under("right_"+one).mirrored(*r, right)
}

// mirrored reads a reach of the right: its numbers are the room's, but a named
// one is the mirror image of what its name says for the left.
func (t tableReader) mirrored(was reach, f *reachFile) reach {
	if f == nil || f.Like == "" {
		return t.reach(was, f)
	}
	named := t.reach(was, &reachFile{Like: f.Like}).flipped()
	rest := *f
	rest.Like = ""
	return t.reach(named, &rest)
}

func (t tableReader) under(key string) tableReader {
	t.where += ": " + key
	return t
}

// reach returns a reach with a table's changes.
func (t tableReader) reach(was reach, f *reachFile) reach {
	if f == nil {
		return was
	}
	if f.At != nil || f.Grip != nil {
		was = reach{Grip: f.Grip != nil}
	}
	if f.Like != "" {
		named, ok := t.reaches[f.Like]
		if !ok {
			unknownName(t, "like", f.Like, t.reaches)
		}
		was = named
	}
	t.vec("at", &was.At, f.At)
	t.vec("grip", &was.At, f.Grip)
	t.vec("joint", &was.Joint, f.Joint)
	t.vec("point", &was.Point, f.Point)
	t.vec("thumb", &was.Thumb, f.Thumb)
	set(&was.Lift, f.Lift)
	if f.Of != "" {
		in, ok := spaces[f.Of]
		if !ok {
			unknownName(t, "of", f.Of, spaces)
		}
		was.In = in
	}
	return was
}

func (f *bendFile) change(b *bend) {
	if f != nil {
		set(&b.Pitch, f.Forward)
		set(&b.Side, f.Side)
		set(&b.Turn, f.Turn)
	}
}

func set(to, from *float64) {
	if from != nil {
		*to = *from
	}
}

// kind returns a thing at the middle of the room.
func (t tableReader) kind(f thingKind) prop {
	var p prop
	for i, b := range f.Boxes {
		t := t.under(fmt.Sprintf("box %d", i+1))
		out := box{fill: t.colour(b.Colour), lift: b.Lift}
		t.vec("low", &out.low, b.Low)
		t.vec("high", &out.high, b.High)
		p.boxes = append(p.boxes, out)
	}
	for i, b := range f.Rolls {
		t := t.under(fmt.Sprintf("roll %d", i+1))
		out := roll{r: b.Radius, fill: t.colour(b.Colour), lift: b.Lift}
		t.vec("from", &out.a, b.From)
		t.vec("to", &out.b, b.To)
		p.rolls = append(p.rolls, out)
	}
	return p
}

func (t tableReader) colour(name string) string {
	hex, ok := colourNames[name]
	if !ok {
		unknownName(t, "colour", name, colourNames)
	}
	return cmp.Or(hex, ground)
}
