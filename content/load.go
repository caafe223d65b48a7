package content

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"
	"golang.org/x/text/language"
)

// reader reads the files and gathers every fault it finds on the way.
type reader struct {
	fsys   fs.FS
	faults []error

	// Nil when their file could not be read: one fault is enough then.
	codes   map[string]code
	sources map[string]Source
}

// code is what is fixed about a danger sign, whatever words stand for it.
type code struct {
	Level Level    `toml:"level"`
	Limbs []string `toml:"limbs"` // arm, leg; the trunk has the signs of both
	Areas []string `toml:"areas"` // whose cards alone tell it; none for all of the limbs
}

// fault notes a fault, once: what areas share is read for each of them.
func (r *reader) fault(file, key, format string, args ...any) {
	err := fmt.Errorf("%s: %s: %s", file, key, fmt.Sprintf(format, args...))
	if !slices.ContainsFunc(r.faults, func(e error) bool { return e.Error() == err.Error() }) {
		r.faults = append(r.faults, err)
	}
}

func (r *reader) err() error { return errors.Join(r.faults...) }

// library reads everything. What it returns is fit for use only if err is nil.
func (r *reader) library() *Library {
	l := &Library{languages: map[string]*lang{}, words: newCatalogue(), lifts: map[string]func() *Lifts{}, names: map[string]func() *index{}}
	l.Version, l.Reviewed = r.version()
	r.readCodes()
	r.readSources()
	l.sources = r.sources
	l.numbers = r.readNumbers()
	entries, err := fs.ReadDir(r.fsys, ".")
	if err != nil {
		r.fault(".", "files", "%v", err)
	}
	for _, e := range entries {
		if e.IsDir() {
			l.languages[e.Name()] = r.language(e.Name(), l)
		}
	}
	if l.languages[fallback] == nil {
		r.fault(fallback, "folder", "is missing")
	}
	return l
}

// language reads one language's folder. Its words, lifts and names of drills go
// into l.
func (r *reader) language(dir string, l *Library) *lang {
	if _, err := language.Parse(dir); err != nil {
		r.fault(dir, "folder", "is not named for a language")
	}
	out := &lang{}
	if data, ok := r.bytes(path.Join(dir, "words.toml")); ok {
		sentences, err := sentencesOf(dir, data)
		if err == nil {
			err = l.words.add(dir, sentences)
		}
		if err != nil {
			r.fault(path.Join(dir, "words.toml"), "messages", "%v", err)
		}
	}
	book := r.signBook(dir)
	for _, file := range r.glob(path.Join(dir, "areas", "*.toml")) {
		a := r.area(file)
		a.Signs = r.areaSigns(file, dir, book, a)
		a.Language = dir
		out.areas = append(out.areas, a)
	}
	for i, a := range out.areas {
		if slices.ContainsFunc(out.areas[:i], func(b *Area) bool { return a.ID != "" && b.ID == a.ID }) {
			r.fault(path.Join(dir, "areas"), "id", "%q names two areas", a.ID)
		}
	}
	r.learning(dir, out)
	if claims := path.Join(dir, "claims.toml"); dir == fallback || len(r.glob(claims)) > 0 {
		out.claims = r.claims(dir, claims)
	}
	if dir == fallback || len(r.glob(path.Join(dir, "exercises", "*.toml"))) > 0 {
		lifts := r.lifts(dir)
		l.lifts[dir] = func() *Lifts { return lifts }
	}
	if dir == fallback || len(out.areas) > 0 {
		out.stop = r.stop(path.Join(dir, "stop.toml"))
	}
	for _, file := range r.glob(path.Join(dir, "drills", "*.toml")) {
		out.drills = append(out.drills, r.drill(file))
	}
	names := r.drillIndex(dir, out.drills)
	l.names[dir] = func() *index { return &names }
	routines := path.Join(dir, "routines.toml")
	if dir == fallback || len(r.glob(routines)) > 0 {
		out.routines = r.routines(routines, out.drills)
	}
	return out
}

func (r *reader) version() (string, *Review) {
	var file struct {
		Version  string  `toml:"version"`
		Reviewed *Review `toml:"reviewed"`
	}
	if !r.toml("version.toml", &file) {
		return "", nil
	}
	r.review("version.toml", "reviewed", file.Reviewed)
	if _, err := time.Parse("2006.01.02", file.Version); err != nil {
		r.fault("version.toml", "version", "%q is not a date such as 2026.11.22", file.Version)
	}
	return file.Version, file.Reviewed
}

// toml reads a file into a struct or map. Unknown keys are faults.
func (r *reader) toml(file string, into any) bool {
	data, ok := r.bytes(file)
	if !ok {
		return false
	}
	err := toml.NewDecoder(bytes.NewReader(data)).DisallowUnknownFields().Decode(into)
	var unknown *toml.StrictMissingError
	var bad *toml.DecodeError
	switch {
	case err == nil:
		return true
	case errors.As(err, &unknown):
		for _, e := range unknown.Errors {
			r.fault(file, strings.Join(e.Key(), "."), "is not a known key")
		}
		return true
	case errors.As(err, &bad):
		row, _ := bad.Position()
		r.fault(file, fmt.Sprintf("line %d", row), "%s", strings.TrimPrefix(bad.Error(), "toml: "))
	default:
		r.fault(file, "file", "%v", err)
	}
	return false
}

func (r *reader) bytes(file string) ([]byte, bool) {
	data, err := fs.ReadFile(r.fsys, file)
	if errors.Is(err, fs.ErrNotExist) {
		r.fault(file, "file", "is missing")
		return nil, false
	}
	if err != nil {
		r.fault(file, "file", "%v", err)
		return nil, false
	}
	return data, true
}

// glob lists files in order. The patterns are ours, so they are well formed.
func (r *reader) glob(pattern string) []string {
	found, err := fs.Glob(r.fsys, pattern)
	if err != nil {
		r.fault(pattern, "files", "%v", err)
	}
	return found
}

// stem is a file's name without folder and ending.
func stem(file string) string { return strings.TrimSuffix(path.Base(file), ".toml") }
