package figure

import (
	"cmp"
	"fmt"
	"strings"
)

// plan reads a drill.
func (r *poseReader) plan(file, id string) plan {
	var f drillFile
	r.toml(file, &f)
	out := plan{id: id, column: f.Column}
	if len(f.Frames) < 2 {
		r.fault(file, "frames", "has %d, want a start and an end at least", len(f.Frames))
	}
	for i, frame := range f.Frames {
		t := r.at(file, fmt.Sprintf("frame %d", i+1))
		out.frames = append(out.frames, t.frame(f.sceneFile, frame, out.frames))
	}
	return out
}

// frame reads a frame that follows others of its drill.
func (t tableReader) frame(drill sceneFile, f frameFile, before []frameOf) frameOf {
	var base pose
	switch {
	case f.Like < 0 || f.Like > len(before):
		t.wrong("like", "there is no frame %d before this one", f.Like)
	case f.Like > 0:
		base = before[f.Like-1].pose
	case len(before) > 0:
		base = before[len(before)-1].pose
	case f.Stance == "":
		t.wrong("stance", "is missing: the first frame builds on one of stances.toml")
	}
	out := t.scene(f.sceneFile.or(drill))
	out.pose, out.passing = t.pose(base, f.poseFile), f.Passing
	for _, s := range f.Stretched {
		out.zones = append(out.zones, t.zone(s))
	}
	for i, a := range f.Arrows {
		out.arrows = append(out.arrows, t.under(fmt.Sprintf("arrow %d", i+1)).arrow(a, before))
	}
	return out
}

// or returns the scene with what it lacks from another.
func (s sceneFile) or(d sceneFile) sceneFile {
	if s.Eye == "" {
		s.Eye = d.Eye
	}
	if s.Crop == nil {
		s.Crop = d.Crop
	}
	if s.Mat == nil {
		s.Mat = d.Mat
	}
	if s.Things == nil {
		s.Things = d.Things
	}
	if s.Bands == nil {
		s.Bands = d.Bands
	}
	return s
}

func (t tableReader) scene(f sceneFile) frameOf {
	var out frameOf
	from, ok := eyeNames[f.Eye]
	if !ok {
		unknownName(t, "eye", f.Eye, eyeNames)
	}
	out.from = from
	if f.Crop != nil {
		out.crop = *f.Crop
	}
	if f.Mat != nil && t.numbers("mat", 2, f.Mat) {
		out.props = append(out.props, mat(f.Mat[0], f.Mat[1]))
	}
	for _, thing := range f.Things {
		kind, ok := t.things[thing.Thing]
		if !ok {
			unknownName(t, "things", thing.Thing, t.things)
		}
		var by vec
		t.vec("things: at", &by, thing.At)
		p := kind.moved(by)
		if thing.In != "" {
			p.in = t.place("things: in", thing.In)
		}
		out.props = append(out.props, p)
	}
	for _, b := range f.Bands {
		out.props = append(out.props, prop{band: t.under("bands").band(b)})
	}
	return out
}

func (t tableReader) band(f bandFile) *band {
	out := &band{from: t.place("from", f.From), fill: bandColor, wide: cmp.Or(f.Wide, 2.2)}
	if f.Colour != "" {
		out.fill = t.colour(f.Colour)
	}
	if f.Post != nil {
		out.post = new(vec)
		t.vec("post", out.post, f.Post)
		return out
	}
	out.to = t.place("to", f.To)
	return out
}

// place reads a place of the body, such as "left hand".
func (t tableReader) place(key, name string) string {
	if !isPlace(name) {
		t.wrong(key, "%q is no place of the body; there are: %s, and left and right %s", name, listed(places), listed(joints))
	}
	return name
}

// arrow reads an arrow of a frame that follows others.
func (t tableReader) arrow(f arrowFile, before []frameOf) arrow {
	if f.Of != "" {
		since := cmp.Or(f.Since, len(before))
		if since < 1 || since > len(before) {
			t.wrong("since", "there is no frame %d before this one to show a movement from", since)
			return arrow{by: "head"}
		}
		return arrow{by: t.place("of", f.Of), since: &before[since-1].pose, aside: f.Aside}
	}
	a := arrow{by: t.place("by", f.By), from: t.point("from", f.From), to: t.point("to", f.To), bulge: f.Bulge}
	if f.Round != 0 {
		a.to, a.bulge = a.from, f.Round
	}
	return a
}

// zone reads a stretched zone, such as "left neck".
func (t tableReader) zone(name string) zoneOf {
	word, zone, _ := strings.Cut(name, " ")
	side, ok := map[string]int{"left": left, "right": right}[word]
	if !ok {
		t.wrong("stretched", "%q doesn't begin with left or right", name)
	}
	if !zoneNames[zone] {
		unknownName(t, "stretched", zone, zoneNames)
	}
	return zoneOf{zone, side, 1}
}
