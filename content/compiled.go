package content

import (
	"cmp"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"path"
	"reflect"
	"strings"
	"sync"
)

// What the data files say, read, checked and prepared: a start would spend most
// of its time on that. TestCompiled writes these files and holds that they are
// what the data files say. The strings of a Library are parts of them, so that
// they take no memory beside the program's own.
var (
	//go:embed compiled/words.bin
	compiledWords string
	//go:embed compiled/lifts.bin
	compiledLifts string
	//go:embed compiled/names.bin
	compiledNames string
	//go:embed compiled/cards.bin
	compiledCards string
)

// The parts of a Library that are compiled apart, so that a change of words is
// none of the others, and that nobody reads what they don't need.
type (
	wordsPart map[string][]wording // of each language
	liftsPart map[string]*Lifts    // of each language
	namesPart map[string]*index    // of the drills of each language
	cardsPart struct {
		Version   string
		Reviewed  *Review
		Sources   map[string]Source
		Numbers   []Number
		Languages map[string]*lang
	}
)

// errStale says that a compiled file is of other data files, or of another form,
// than the program has.
var errStale = errors.New("the compiled content is not of these files")

// fromCompiled returns the embedded content, or errStale where somebody has
// changed a data file or the form since.
func fromCompiled() (*Library, error) {
	words, rest, err := sumsOf(files)
	if err != nil {
		return nil, err
	}
	w, err1 := unpack[wordsPart](compiledWords, words)
	s, err2 := unpack[liftsPart](compiledLifts, rest)
	n, err3 := unpack[namesPart](compiledNames, rest)
	c, err4 := unpack[cardsPart](compiledCards, rest)
	if err := cmp.Or(err1, err2, err3, err4); err != nil {
		return nil, err
	}
	cards := c()
	l := &Library{Version: cards.Version, Reviewed: cards.Reviewed, sources: cards.Sources, numbers: cards.Numbers, languages: cards.Languages,
		words: newCatalogue(), lifts: map[string]func() *Lifts{}, names: map[string]func() *index{}}
	for dir := range cards.Languages {
		l.lifts[dir] = func() *Lifts { return s()[dir] }
		l.names[dir] = func() *index { return n()[dir] }
	}
	for dir, sentences := range w() {
		if err := l.words.add(dir, sentences); err != nil {
			return nil, fmt.Errorf("read the compiled words of %s: %w", dir, err)
		}
	}
	return l, nil
}

// sumsOf returns a checksum of the files of words, and one of all other data
// files.
func sumsOf(fsys fs.FS) (words, rest uint32, err error) {
	w, r, room := crc32.NewIEEE(), crc32.NewIEEE(), make([]byte, 16<<10)
	err = fs.WalkDir(fsys, ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || path.Ext(file) != ".toml" {
			return err
		}
		f, err := fsys.Open(file)
		if err != nil {
			return err
		}
		defer f.Close()
		sum := r
		if path.Base(file) == "words.toml" {
			sum = w
		}
		io.WriteString(sum, file) // never fails
		_, err = io.CopyBuffer(sum, f, room)
		return err
	})
	if err != nil {
		return 0, 0, fmt.Errorf("sum up the content: %w", err)
	}
	return w.Sum32(), r.Sum32(), nil
}

// A packed file begins with the checksums of its data files and of the form of
// its values, and the length of the values, each of four bytes. Then come the
// values, and all strings.
const packedHead = 12

// unpack returns a function whose first call reads a packed file, or errStale if
// that is of other data files or of another form.
func unpack[part any](file string, sum uint32) (func() part, error) {
	if len(file) < packedHead {
		return nil, errStale
	}
	head := []byte(file[:packedHead])
	if binary.LittleEndian.Uint32(head) != sum || binary.LittleEndian.Uint32(head[4:]) != formOf(reflect.TypeFor[part]()) {
		return nil, errStale
	}
	values := packedHead + int(binary.LittleEndian.Uint32(head[8:]))
	return sync.OnceValue(func() part {
		var out part
		u := unpacker{values: file[packedHead:values], strings: file[values:]}
		u.value(reflect.ValueOf(&out).Elem())
		return out
	}), nil
}

// formOf is a checksum of a type with all that it is made of.
func formOf(t reflect.Type) uint32 {
	var out strings.Builder
	seen := map[reflect.Type]bool{}
	var note func(t reflect.Type)
	note = func(t reflect.Type) {
		fmt.Fprint(&out, t.Kind(), t, ";")
		if seen[t] {
			return
		}
		seen[t] = true
		switch t.Kind() {
		case reflect.Struct:
			for i := range t.NumField() {
				out.WriteString(t.Field(i).Name)
				note(t.Field(i).Type)
			}
		case reflect.Map:
			note(t.Key())
			note(t.Elem())
		case reflect.Pointer, reflect.Slice, reflect.Array:
			note(t.Elem())
		}
	}
	note(t)
	return crc32.ChecksumIEEE([]byte(out.String()))
}
