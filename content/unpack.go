package content

import (
	"math"
	"reflect"
)

// Before a pointer or a list of strings stands what it is; later ones of the
// same are its number from packedFirst on.
const (
	packedNil = iota
	packedNew
	packedFirst
)

// An unpacker reads values one after the other. What a file was packed from is
// its type's own, so that nothing is checked.
type unpacker struct {
	values   string
	strings  string
	pointers []reflect.Value
	lists    []reflect.Value // of strings: equal ones are one
}

// number reads a number of any length, seven bits a byte.
func (u *unpacker) number() uint64 {
	var n uint64
	for i := 0; ; i++ {
		b := u.values[i]
		n |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 {
			u.values = u.values[i+1:]
			return n
		}
	}
}

// value reads a value in place.
func (u *unpacker) value(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		if n := int(u.number()); n > 0 {
			at := int(u.number())
			v.SetString(u.strings[at : at+n])
		}
	case reflect.Bool:
		v.SetBool(u.number() == 1)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		n := u.number()
		v.SetInt(int64(n>>1) ^ -int64(n&1))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(u.number())
	case reflect.Float64:
		v.SetFloat(math.Float64frombits(u.number()))
	case reflect.Struct:
		for i := range v.NumField() {
			u.value(field(v, i))
		}
	case reflect.Array:
		for i := range v.Len() {
			u.value(v.Index(i))
		}
	case reflect.Map:
		u.table(v)
	case reflect.Slice:
		u.list(v)
	case reflect.Pointer:
		u.pointer(v)
	}
}

// field returns a field of a struct in place, also one that is not exported.
func field(v reflect.Value, i int) reflect.Value {
	f := v.Field(i)
	if f.CanSet() {
		return f
	}
	return reflect.NewAt(f.Type(), f.Addr().UnsafePointer()).Elem()
}

func (u *unpacker) table(v reflect.Value) {
	n := int(u.number())
	if n == 0 {
		return
	}
	t := v.Type()
	out := reflect.MakeMapWithSize(t, n-1)
	key, elem := reflect.New(t.Key()).Elem(), reflect.New(t.Elem()).Elem()
	for range n - 1 {
		key.SetZero()
		elem.SetZero()
		u.value(key)
		u.value(elem)
		out.SetMapIndex(key, elem)
	}
	v.Set(out)
}

func (u *unpacker) list(v reflect.Value) {
	words := v.Type().Elem().Kind() == reflect.String
	n := int(u.number())
	switch {
	case n == packedNil:
		return
	case words && n >= packedFirst:
		v.Set(u.lists[n-packedFirst].Convert(v.Type()))
		return
	case words:
		n = int(u.number()) + 1
	}
	out := reflect.MakeSlice(v.Type(), n-1, n-1)
	if words {
		u.lists = append(u.lists, out)
	}
	for i := range n - 1 {
		u.value(out.Index(i))
	}
	v.Set(out)
}

func (u *unpacker) pointer(v reflect.Value) {
	switch n := u.number(); n {
	case packedNil:
	case packedNew:
		to := reflect.New(v.Type().Elem())
		u.pointers = append(u.pointers, to)
		u.value(to.Elem())
		v.Set(to)
	default:
		v.Set(u.pointers[n-packedFirst])
	}
}
