package figure

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

//go:embed poses
var files embed.FS

// Poses are the pictures of drills, read from their files. They are immutable
// and may be shared.
type Poses struct {
	plans map[string]plan
}

// ShippedPoses reads the poses that the program brings.
func ShippedPoses() (*Poses, error) {
	fsys, err := fs.Sub(files, "poses")
	if err != nil {
		return nil, fmt.Errorf("open the shipped poses: %w", err)
	}
	return ReadPoses(fsys)
}

// ReadPoses reads a folder of poses: drills/ID.toml, and what they share in
// stances.toml, reaches.toml and things.toml. It names every fault at once, each
// as "file: where: what is wrong".
func ReadPoses(fsys fs.FS) (*Poses, error) {
	r := &poseReader{fsys: fsys}
	r.shared()
	p := &Poses{plans: map[string]plan{}}
	for _, file := range r.drills() {
		id := strings.TrimSuffix(path.Base(file), ".toml")
		p.plans[id] = r.plan(file, id)
	}
	return p, errors.Join(r.faults...)
}

// Drills returns the ids of all drills, in order.
func (p *Poses) Drills() []string { return slices.Sorted(maps.Keys(p.plans)) }

// A poseReader reads the files and gathers every fault.
type poseReader struct {
	fsys    fs.FS
	stances map[string]pose
	reaches map[string]reach
	things  map[string]prop
	faults  []error
}

// fault notes what is wrong at a place such as "frame 2: left_hand".
func (r *poseReader) fault(file, where, format string, args ...any) {
	r.faults = append(r.faults, fmt.Errorf("%s: %s: %s", file, where, fmt.Sprintf(format, args...)))
}

func (r *poseReader) drills() []string {
	found, err := fs.Glob(r.fsys, "drills/*.toml")
	if err != nil {
		r.fault("drills", "folder", "%v", err)
	}
	return found
}

// toml reads a file. Unknown keys are faults.
func (r *poseReader) toml(file string, into any) {
	data, err := fs.ReadFile(r.fsys, file)
	if err != nil {
		r.fault(file, "file", "cannot be read: %v", err)
		return
	}
	err = toml.NewDecoder(bytes.NewReader(data)).DisallowUnknownFields().Decode(into)
	var unknown *toml.StrictMissingError
	var bad *toml.DecodeError
	switch {
	case errors.As(err, &unknown):
		for _, e := range unknown.Errors {
			row, _ := e.Position()
			r.fault(file, fmt.Sprintf("line %d", row), "%q is no key that belongs there", e.Key()[len(e.Key())-1])
		}
	case errors.As(err, &bad):
		row, _ := bad.Position()
		r.fault(file, fmt.Sprintf("line %d", row), "%s", strings.TrimPrefix(bad.Error(), "toml: "))
	case err != nil:
		r.fault(file, "file", "%v", err)
	}
}

// shared reads what the drills build on.
func (r *poseReader) shared() {
	r.reaches, r.stances, r.things = map[string]reach{}, map[string]pose{}, map[string]prop{}
	var reaches map[string]reachFile
	r.toml("reaches.toml", &reaches)
	for name, f := range inOrder(reaches) {
		r.reaches[name] = r.at("reaches.toml", name).reach(reach{}, &f)
	}
	var stances map[string]poseFile
	r.toml("stances.toml", &stances)
	for name := range inOrder(stances) {
		r.stance(stances, name, nil)
	}
	var things map[string]thingKind
	r.toml("things.toml", &things)
	for name, f := range inOrder(things) {
		r.things[name] = r.at("things.toml", name).kind(f)
	}
}

// stance works out a stance after the one that it builds on.
func (r *poseReader) stance(all map[string]poseFile, name string, above []string) {
	if _, ok := r.stances[name]; ok {
		return
	}
	f := all[name]
	if slices.Contains(above, name) {
		r.fault("stances.toml", name, "builds on itself")
		r.stances[name] = pose{}
		return
	}
	if _, ok := all[f.Stance]; ok {
		r.stance(all, f.Stance, append(above, name))
	}
	r.stances[name] = r.at("stances.toml", name).pose(pose{}, f)
}

// inOrder walks a map by its names, so that faults keep their order.
func inOrder[V any](m map[string]V) func(func(string, V) bool) {
	return func(yield func(string, V) bool) {
		for _, name := range slices.Sorted(maps.Keys(m)) {
			if !yield(name, m[name]) {
				return
			}
		}
	}
}

// at returns a reader of one table of a file.
func (r *poseReader) at(file, where string) tableReader { return tableReader{r, file, where} }
