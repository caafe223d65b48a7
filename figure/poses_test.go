package figure

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// sketch is a folder of poses with one drill.
func sketch(t *testing.T, drill string) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{"drills/sway.toml": {Data: []byte(drill)}}
	for _, name := range []string{"stances.toml", "reaches.toml", "things.toml"} {
		data, err := fs.ReadFile(files, "poses/"+name)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = &fstest.MapFile{Data: data}
	}
	return out
}

const sway = `
eye = "front"
things = [{ thing = "chair" }]

[[frame]]
stance = "sitting"

[[frame]]
low = { side = 20 }
left_hand = { like = "on the hip" }
stretched = ["right side"]
arrows = [{ by = "head", from = [-12, -18], to = [22, -8] }]
`

func TestFaultsNameFileAndKey(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ from, to, want string }{
		"a typo in a key":       {"low =", "lowe =", `drills/sway.toml: line 9: "lowe" is no key that belongs there`},
		"a key of a reach":      {"{ like", "{ lik", `drills/sway.toml: line 10: "lik" is no key that belongs there`},
		"no TOML":               {"low =", "low", `drills/sway.toml: line 9: `},
		"another type":          {"side = 20", `side = "far"`, `drills/sway.toml: line 9: `},
		"a stance":              {`"sitting"`, `"siting"`, `drills/sway.toml: frame 1: stance: "siting" is not known; there are: `},
		"no stance":             {`stance = "sitting"`, ``, `drills/sway.toml: frame 1: stance: is missing`},
		"a reach":               {`"on the hip"`, `"on hip"`, `drills/sway.toml: frame 2: left_hand: like: "on hip" is not known; there are: `},
		"an eye":                {`"front"`, `"fornt"`, `drills/sway.toml: frame 1: eye: "fornt" is not known; there are: `},
		"a thing":               {`"chair"`, `"stool"`, `drills/sway.toml: frame 1: things: "stool" is not known; there are: `},
		"a zone":                {`"right side"`, `"right flank"`, `drills/sway.toml: frame 2: stretched: "flank" is not known; there are: `},
		"a side":                {`"right side"`, `"side"`, `drills/sway.toml: frame 2: stretched: "side" doesn't begin with left or right`},
		"a place":               {`"head"`, `"skull"`, `drills/sway.toml: frame 2: arrow 1: by: "skull" is no place of the body`},
		"numbers":               {`[22, -8]`, `[22]`, `drills/sway.toml: frame 2: arrow 1: to: has 1 numbers, want 2`},
		"a frame that is later": {`low =`, "like = 2\nlow =", `drills/sway.toml: frame 2: like: there is no frame 2 before this one`},
	} {
		if !strings.Contains(sway, tc.from) {
			t.Fatalf("%s: nothing to break", name)
		}
		_, err := ReadPoses(sketch(t, strings.Replace(sway, tc.from, tc.to, 1)))
		if err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: %v\nwant %q", name, err, tc.want)
		}
	}
	if _, err := ReadPoses(sketch(t, sway)); err != nil {
		t.Errorf("the drill itself: %v", err)
	}
}

func TestFaultsOfSharedFiles(t *testing.T) {
	t.Parallel()
	for file, tc := range map[string]struct{ add, want string }{
		"stances.toml": {"\n[a]\nstance = \"b\"\n[b]\nstance = \"a\"\n", "stances.toml: a: builds on itself"},
		"reaches.toml": {"\n[x]\nof = \"floor\"\n", `reaches.toml: x: of: "floor" is not known; there are: `},
		"things.toml":  {"\n[x]\nboxes = [{ colour = \"puce\" }]\n", `things.toml: x: box 1: colour: "puce" is not known; there are: `},
	} {
		fsys := sketch(t, sway)
		fsys[file].Data = append(slices.Clone(fsys[file].Data), tc.add...)
		if _, err := ReadPoses(fsys); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: %v\nwant %q", file, err, tc.want)
		}
		delete(fsys, file)
		if _, err := ReadPoses(fsys); err == nil || !strings.Contains(err.Error(), file+": file: cannot be read") {
			t.Errorf("no %s: %v", file, err)
		}
	}
}

// TestRightHandsAreMirrored: a named reach is that of a left hand, and what a
// file says of a right hand itself stands as it is.
func TestRightHandsAreMirrored(t *testing.T) {
	t.Parallel()
	p, err := ReadPoses(sketch(t, strings.Replace(sway, "left_hand", "right_hand", 1)))
	if err != nil {
		t.Fatal(err)
	}
	q, err := ReadPoses(sketch(t, sway))
	if err != nil {
		t.Fatal(err)
	}
	if a, b := p.plans["sway"].frames[1].pose, q.plans["sway"].frames[1].pose; a.HandR != b.HandL.flipped() || a.HandL != b.HandR.flipped() {
		t.Errorf("right %+v, left %+v", a.HandR, b.HandL)
	}
}
