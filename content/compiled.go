package content

import (
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

	"github.com/nicksnyder/go-i18n/v2/i18n"
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
	//go:embed compiled/cards.bin
	compiledCards string
)

// The parts of a Library that are compiled apart, so that a change of words is
// none of the others.
type (
	wordsPart map[string][]*i18n.Message // of each language
	liftsPart map[string]*Lifts          // of each language
	cardsPart struct {
		Version   string
		Reviewed  *Review
		Sources   map[string]Source
		Numbers   []Number
		Languages map[string]*lang // without their lifts
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
	var w wordsPart
	var s liftsPart
	var c cardsPart
	for _, part := range []struct {
		data string
		sum  uint32
		into any
	}{{compiledWords, words, &w}, {compiledLifts, rest, &s}, {compiledCards, rest, &c}} {
		if err := unpack(part.data, part.sum, part.into); err != nil {
			return nil, err
		}
	}
	l := &Library{Version: c.Version, Reviewed: c.Reviewed, sources: c.Sources, numbers: c.Numbers, languages: c.Languages, words: newCatalogue()}
	for dir, lifts := range s {
		l.languages[dir].lifts = lifts
	}
	for dir, messages := range w {
		if err := l.words.add(dir, messages); err != nil {
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

// unpack reads a packed file into a value, or returns errStale if it is of
// other data files or of another form.
func unpack(file string, sum uint32, into any) error {
	v := reflect.ValueOf(into).Elem()
	if len(file) < packedHead {
		return errStale
	}
	head := []byte(file[:packedHead])
	if binary.LittleEndian.Uint32(head) != sum || binary.LittleEndian.Uint32(head[4:]) != formOf(v.Type()) {
		return errStale
	}
	values := packedHead + int(binary.LittleEndian.Uint32(head[8:]))
	u := unpacker{values: file[packedHead:values], strings: file[values:]}
	u.value(v)
	return nil
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
