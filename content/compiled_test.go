package content

import (
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// TestCompiled holds that what the program loads is what its data files say.
func TestCompiled(t *testing.T) {
	checked, err := Check()
	if err != nil {
		t.Fatal(err)
	}
	words, rest, err := sumsOf(files)
	if err != nil {
		t.Fatal(err)
	}
	w, s, n, c := partsOf(t, checked)
	for _, part := range []struct {
		name, have string
		sum        uint32
		value      any
	}{{"words", compiledWords, words, &w}, {"lifts", compiledLifts, rest, &s}, {"names", compiledNames, rest, &n}, {"cards", compiledCards, rest, &c}} {
		file := filepath.Join("compiled", part.name+".bin")
		want := packed(part.value, part.sum)
		if *update {
			if err := os.WriteFile(file, want, 0o644); err != nil {
				t.Fatal(err)
			}
		} else if string(want) != part.have {
			t.Errorf("content/%s is not what the data files say: go test ./content -run Compiled -update", file)
		}
	}
}

// partsOf takes a library apart.
func partsOf(t *testing.T, l *Library) (wordsPart, liftsPart, namesPart, cardsPart) {
	t.Helper()
	w, s, n := wordsPart{}, liftsPart{}, namesPart{}
	c := cardsPart{Version: l.Version, Reviewed: l.Reviewed, Sources: l.sources, Numbers: l.numbers, Languages: l.languages}
	for dir := range l.languages {
		if lifts := l.lifts[dir]; lifts != nil {
			s[dir] = lifts()
		}
		w[dir], n[dir] = l.words.sentences[dir], l.names[dir]()
	}
	return w, s, n, c
}

// TestUnpackedIsTheSame: what is packed comes out as it went in, with what is
// shared shared.
func TestUnpackedIsTheSame(t *testing.T) {
	checked, err := Check()
	if err != nil {
		t.Fatal(err)
	}
	l, err := fromCompiled()
	if err != nil {
		t.Fatalf("%v: go test ./content -run Compiled -update", err)
	}
	wantWords, wantLifts, wantNames, want := partsOf(t, checked)
	gotWords, gotLifts, gotNames, got := partsOf(t, l)
	for part, same := range map[string]bool{
		"cards": reflect.DeepEqual(got, want),
		"words": reflect.DeepEqual(gotWords, wantWords) && slices.Equal(l.Keys(), checked.Keys()),
		"lifts": reflect.DeepEqual(gotLifts, wantLifts),
		"names": reflect.DeepEqual(gotNames, wantNames),
	} {
		if !same {
			t.Errorf("the %s differ", part)
		}
	}
	squat, ok := l.Lifts("en").ByID("back_squat")
	if !ok || !slices.Contains(l.Lifts("en").all, squat) {
		t.Error("a lift of the table is not that of the list")
	}
}

// TestStale: compiled content of other data files, or of another form, is told
// from the right one.
func TestStale(t *testing.T) {
	file := string(packed(&[]string{"a"}, 7))
	for name, open := range map[string]func() error{
		"other files": func() error { _, err := unpack[[]string](file, 8); return err },
		"other form":  func() error { _, err := unpack[[]bool](file, 7); return err },
		"no file":     func() error { _, err := unpack[[]string]("", 7); return err },
	} {
		if err := open(); err != errStale {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if list, err := unpack[[]string](file, 7); err != nil || !slices.Equal(list(), []string{"a"}) {
		t.Errorf("got %v", err)
	}
}

// TestLoadIsCheap: a start reads no data file. Allocations are counted, because
// times differ from machine to machine.
func TestLoadIsCheap(t *testing.T) {
	if n := testing.AllocsPerRun(1, func() {
		if _, err := Load(); err != nil {
			t.Fatal(err)
		}
	}); n > 6_000 {
		t.Errorf("Load allocates %.0f times, at most 6,000; lifts and names of drills take 30,000 more, the data files 200,000", n)
	}
}

// A packer writes what an unpacker reads.
type packer struct {
	values   []byte
	strings  strings.Builder
	at       map[string]int
	pointers map[any]uint64
	lists    map[string]uint64
}

func packed(value any, sum uint32) []byte {
	v := reflect.ValueOf(value).Elem()
	p := packer{at: map[string]int{}, pointers: map[any]uint64{}, lists: map[string]uint64{}}
	p.value(v)
	var out []byte
	for _, n := range []uint32{sum, formOf(v.Type()), uint32(len(p.values))} {
		out = binary.LittleEndian.AppendUint32(out, n)
	}
	return append(append(out, p.values...), p.strings.String()...)
}

func (p *packer) number(n uint64) { p.values = binary.AppendUvarint(p.values, n) }

func (p *packer) value(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		p.text(v.String())
	case reflect.Bool:
		n := uint64(0)
		if v.Bool() {
			n = 1
		}
		p.number(n)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		p.values = binary.AppendVarint(p.values, v.Int())
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		p.number(v.Uint())
	case reflect.Float64:
		p.number(math.Float64bits(v.Float()))
	case reflect.Struct:
		for i := range v.NumField() {
			p.value(field(v, i))
		}
	case reflect.Array:
		for i := range v.Len() {
			p.value(v.Index(i))
		}
	case reflect.Map:
		p.table(v)
	case reflect.Slice:
		p.list(v)
	case reflect.Pointer:
		p.pointer(v)
	default:
		panic(fmt.Sprintf("pack a %v: content holds plain values only", v.Type()))
	}
}

func (p *packer) text(s string) {
	p.number(uint64(len(s)))
	if s == "" {
		return
	}
	at, ok := p.at[s]
	if !ok {
		at = p.strings.Len()
		p.at[s] = at
		p.strings.WriteString(s)
	}
	p.number(uint64(at))
}

// table writes a map in the order of its keys as text.
func (p *packer) table(v reflect.Value) {
	if v.IsNil() {
		p.number(packedNil)
		return
	}
	p.number(uint64(v.Len()) + 1)
	keys := v.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(fmt.Sprintf("%q", a), fmt.Sprintf("%q", b)) })
	for _, k := range keys {
		for _, v := range []reflect.Value{k, v.MapIndex(k)} {
			settable := reflect.New(v.Type()).Elem()
			settable.Set(v)
			p.value(settable)
		}
	}
}

func (p *packer) list(v reflect.Value) {
	if v.IsNil() {
		p.number(packedNil)
		return
	}
	if v.Type().Elem().Kind() == reflect.String {
		key := fmt.Sprintf("%q", v)
		if n, ok := p.lists[key]; ok {
			p.number(n)
			return
		}
		p.lists[key] = packedFirst + uint64(len(p.lists))
		p.number(packedNew)
		p.number(uint64(v.Len()))
	} else {
		p.number(uint64(v.Len()) + 1)
	}
	for i := range v.Len() {
		p.value(v.Index(i))
	}
}

func (p *packer) pointer(v reflect.Value) {
	if v.IsNil() {
		p.number(packedNil)
		return
	}
	if n, ok := p.pointers[v.Interface()]; ok {
		p.number(n)
		return
	}
	p.pointers[v.Interface()] = packedFirst + uint64(len(p.pointers))
	p.number(packedNew)
	p.value(v.Elem())
}
