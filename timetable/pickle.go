package timetable

import (
	"bytes"
	"encoding/binary"
	"errors"
)

// Python's pickles are programs that build values. unpickle follows only those
// steps that build data, and calls nothing: what would be an object is kept as
// the name of its class with what it was to be made of.
//
// No kept library does that with files of strangers. og-rek, v1.3.0, knows
// neither the step that makes an object (0x81) nor the one that sets its state
// (b), which every job of an export has; gopickle, v0.2.0, last changed in 2023,
// calls Go code for them and panics at the single byte 0xff.

// A pyObject is what a pickle makes by calling something.
type pyObject struct {
	class string // module.name
	args  []any
	state map[string]any
}

// A pyClass is the name of a class or function.
type pyClass string

// A pyList is a list, which may grow after it was put somewhere.
type pyList struct{ items []any }

// A pyDict is a mapping with words for keys.
type pyDict map[string]any

// pyMark parts the stack.
type pyMark struct{}

var errPickle = errors.New("not a pickle that holds data")

// An unpickler runs one pickle.
type unpickler struct {
	data  []byte
	stack []any
	memo  map[uint64]any
}

// unpickle reads a value: nil, bool, int64, string, []byte, []any for a tuple,
// *pyList, pyDict, pyClass or *pyObject. Values may hold themselves.
func unpickle(data []byte) (value any, err error) {
	u := unpickler{data: data, memo: map[uint64]any{}}
	for len(u.data) > 0 {
		op := u.data[0]
		u.data = u.data[1:]
		if op == '.' {
			return u.pop()
		}
		if err := u.step(op); err != nil {
			return nil, err
		}
	}
	return nil, errPickle
}

// step follows one step.
func (u *unpickler) step(op byte) error {
	switch op {
	case 0x80: // protocol
		_, err := u.take(1)
		return err
	case 0x95: // frame
		_, err := u.take(8)
		return err
	case '(':
		u.push(pyMark{})
	case 'N':
		u.push(nil)
	case 0x88, 0x89:
		u.push(op == 0x88)
	case ')':
		u.push([]any{})
	case '}':
		u.push(pyDict{})
	case ']':
		u.push(&pyList{})
	case '0':
		_, err := u.pop()
		return err
	case 'K', 'M', 'J', 0x8a:
		return u.integer(op)
	case 0x8c, 'X', 'C', 'B':
		return u.text(op)
	case 0x94, 'q', 'r', 'h', 'j':
		return u.remember(op)
	case 't', 0x85, 0x86, 0x87:
		return u.tuple(op)
	case 'a', 'e':
		return u.append(op)
	case 's', 'u':
		return u.set(op)
	case 0x93, 'c':
		return u.global(op)
	case 'R', 0x81:
		return u.call()
	case 'b':
		return u.build()
	default:
		return errPickle
	}
	return nil
}

func (u *unpickler) push(v any) { u.stack = append(u.stack, v) }

func (u *unpickler) pop() (any, error) {
	if len(u.stack) == 0 {
		return nil, errPickle
	}
	v := u.stack[len(u.stack)-1]
	u.stack = u.stack[:len(u.stack)-1]
	if _, mark := v.(pyMark); mark {
		return nil, errPickle
	}
	return v, nil
}

// popMark takes all down to the last mark.
func (u *unpickler) popMark() ([]any, error) {
	for i := len(u.stack) - 1; i >= 0; i-- {
		if _, mark := u.stack[i].(pyMark); mark {
			items := append([]any{}, u.stack[i+1:]...)
			u.stack = u.stack[:i]
			return items, nil
		}
	}
	return nil, errPickle
}

// popN takes n values, or with n below 0 all down to the last mark.
func (u *unpickler) popN(n int) ([]any, error) {
	if n < 0 {
		return u.popMark()
	}
	items := make([]any, n)
	for i := range n {
		v, err := u.pop()
		if err != nil {
			return nil, err
		}
		items[n-1-i] = v
	}
	return items, nil
}

// take cuts off the next n bytes.
func (u *unpickler) take(n uint64) ([]byte, error) {
	if n > uint64(len(u.data)) {
		return nil, errPickle
	}
	b := u.data[:n]
	u.data = u.data[n:]
	return b, nil
}

// number reads n bytes, the lowest first.
func (u *unpickler) number(n uint64) (uint64, error) {
	b, err := u.take(n)
	if err != nil {
		return 0, err
	}
	return binary.LittleEndian.Uint64(append(append([]byte{}, b...), make([]byte, 8-n)...)), nil
}

func (u *unpickler) integer(op byte) error {
	size := map[byte]uint64{'K': 1, 'M': 2, 'J': 4}[op]
	if op == 0x8a {
		n, err := u.number(1)
		if err != nil || n > 8 {
			return errPickle
		}
		size = n
	}
	n, err := u.number(size)
	if signed := op == 'J' || op == 0x8a; signed && size > 0 {
		shift := 64 - 8*size
		u.push(int64(n<<shift) >> shift)
	} else {
		u.push(int64(n))
	}
	return err
}

func (u *unpickler) text(op byte) error {
	size := uint64(4)
	if op == 0x8c || op == 'C' {
		size = 1
	}
	n, err := u.number(size)
	if err != nil {
		return err
	}
	b, err := u.take(n)
	if op == 'C' || op == 'B' {
		u.push(b)
	} else {
		u.push(string(b))
	}
	return err
}

// remember puts the last value into the memo, or one from there onto the stack.
func (u *unpickler) remember(op byte) error {
	key := uint64(len(u.memo))
	if op != 0x94 {
		var err error
		if key, err = u.number(map[byte]uint64{'q': 1, 'h': 1, 'r': 4, 'j': 4}[op]); err != nil {
			return err
		}
	}
	if op == 'h' || op == 'j' {
		v, ok := u.memo[key]
		if !ok {
			return errPickle
		}
		u.push(v)
		return nil
	}
	v, err := u.pop()
	if err == nil {
		u.memo[key] = v
		u.push(v)
	}
	return err
}

func (u *unpickler) tuple(op byte) error {
	n := -1
	if op != 't' {
		n = int(op - 0x84)
	}
	items, err := u.popN(n)
	u.push(items)
	return err
}

func (u *unpickler) append(op byte) error {
	n := -1
	if op == 'a' {
		n = 1
	}
	items, err := u.popN(n)
	if err != nil {
		return err
	}
	l, ok := u.top().(*pyList)
	if !ok {
		return errPickle
	}
	l.items = append(l.items, items...)
	return nil
}

func (u *unpickler) top() any {
	if len(u.stack) == 0 {
		return pyMark{}
	}
	return u.stack[len(u.stack)-1]
}

func (u *unpickler) set(op byte) error {
	n := -1
	if op == 's' {
		n = 2
	}
	items, err := u.popN(n)
	if err != nil || len(items)%2 != 0 {
		return errPickle
	}
	d, ok := u.top().(pyDict)
	for i := 0; ok && i < len(items); i += 2 {
		var key string
		if key, ok = items[i].(string); ok {
			d[key] = items[i+1]
		}
	}
	if !ok {
		return errPickle
	}
	return nil
}

func (u *unpickler) global(op byte) error {
	if op == 'c' {
		module, rest, ok := bytes.Cut(u.data, []byte("\n"))
		name, rest, ok2 := bytes.Cut(rest, []byte("\n"))
		if !ok || !ok2 {
			return errPickle
		}
		u.data = rest
		return u.named(string(module), string(name))
	}
	names, err := u.popN(2)
	if err != nil {
		return err
	}
	module, ok := names[0].(string)
	name, ok2 := names[1].(string)
	if !ok || !ok2 {
		return errPickle
	}
	return u.named(module, name)
}

// maxName is how long the names of a class and its module may be together.
const maxName = 200

// named puts the name of a class onto the stack.
func (u *unpickler) named(module, name string) error {
	if len(module)+len(name) > maxName {
		return errPickle
	}
	u.push(pyClass(module + "." + name))
	return nil
}

// call keeps what would have been called, and with what.
func (u *unpickler) call() error {
	both, err := u.popN(2)
	if err != nil {
		return err
	}
	args, ok := both[1].([]any)
	if !ok {
		return errPickle
	}
	switch f := both[0].(type) {
	case pyClass:
		u.push(&pyObject{class: string(f), args: args})
		return nil
	case *pyObject: // what getattr found
		if f.class == "builtins.getattr" && len(f.args) == 2 {
			of, ok := f.args[0].(pyClass)
			name, ok2 := f.args[1].(string)
			if ok && ok2 && len(name) <= maxName {
				u.push(&pyObject{class: string(of) + "." + name, args: args})
				return nil
			}
		}
	}
	return errPickle
}

// build gives an object its state, which for classes with slots is the second
// of two.
func (u *unpickler) build() error {
	state, err := u.pop()
	if err != nil {
		return err
	}
	if two, ok := state.([]any); ok && len(two) == 2 {
		state = two[1]
	}
	o, ok := u.top().(*pyObject)
	d, ok2 := state.(pyDict)
	if !ok || !ok2 {
		return errPickle
	}
	o.state = d
	return nil
}
