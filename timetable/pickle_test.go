package timetable

import (
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestUnpickle(t *testing.T) {
	for _, tc := range []struct {
		name, data string
		want       any
	}{
		{"none", "\x80\x05N.", nil},
		{"true", "\x88.", true},
		{"one byte", "K\xff.", int64(255)},
		{"two bytes", "M\xe0\x10.", int64(4320)},
		{"four bytes", "J\xff\xff\xff\xff.", int64(-1)},
		{"long", "\x8a\x02\x00\x80.", int64(-32768)},
		{"long of nothing", "\x8a\x00.", int64(0)},
		{"text", "\x8c\x02\xc3\xa9.", "é"},
		{"bytes", "C\x01a.", []byte("a")},
		{"tuple", "(K\x01K\x02t.", []any{int64(1), int64(2)}},
		{"tuple of three", "K\x01K\x02K\x03\x87.", []any{int64(1), int64(2), int64(3)}},
		{"a list, twice", "]\x94h\x00(K\x01K\x02e\x86.", []any{&pyList{[]any{int64(1), int64(2)}}, &pyList{[]any{int64(1), int64(2)}}}},
		{"dict", "}\x8c\x01aK\x01s.", pyDict{"a": int64(1)}},
		{"framed", "\x80\x05\x95\x03\x00\x00\x00\x00\x00\x00\x00K\x01.", int64(1)},
		{"class", "\x8c\x01m\x8c\x01C\x93.", pyClass("m.C")},
		{"called", "cm\nC\n)R.", &pyObject{class: "m.C", args: []any{}}},
		{"method", "cbuiltins\ngetattr\ncm\nC\n\x8c\x01f\x86RK\x01\x85R.", &pyObject{class: "m.C.f", args: []any{int64(1)}}},
		{"state", "cm\nC\n)\x81}\x8c\x01aK\x01sb.", &pyObject{class: "m.C", args: []any{}, state: map[string]any{"a": int64(1)}}},
		{"slots", "cm\nC\n)\x81N}\x8c\x01aK\x01s\x86b.", &pyObject{class: "m.C", args: []any{}, state: map[string]any{"a": int64(1)}}},
	} {
		got, err := unpickle([]byte(tc.data))
		if err != nil || !reflect.DeepEqual(got, tc.want) {
			t.Errorf("%s: %#v %v, want %#v", tc.name, got, err, tc.want)
		}
	}
}

func TestUnpickleRefuses(t *testing.T) {
	for _, data := range []string{
		"", ".", "N", "(.", "K", "J\x01", "\x8c\x05a.", "X\xff\xff\xff\xff.", "\x8a\x09123456789.", "h\x00.", "t.", "\x85.", "a.", "]a.", "Na.", "K\x01K\x02a.",
		"}s.", "}K\x01K\x02s.", "}(K\x01u.", "\x93.", "K\x01K\x02\x93.", "cm\nC.", "NN\x86NR.", "cm\nC\nNR.", "NNR.", "Nb.", "b.", "\x81.", "0.", "(0.", "\x94.", "P1\n.", "Q.", "\x97.",
	} {
		if got, err := unpickle([]byte(data)); err == nil {
			t.Errorf("%q is %#v", data, got)
		}
	}
}

// A pickle takes no more time than its bytes, whatever it does.
func TestUnpickleInTime(t *testing.T) {
	for name, data := range map[string]string{
		"names":  strings.Repeat("cm\nC\n", 50_000),
		"memo":   strings.Repeat("N\x94", 100_000),
		"marks":  strings.Repeat("(", 300_000),
		"itself": "]\x94" + strings.Repeat("h\x00a", 3),
		"tuples": strings.Repeat("(", 100_000) + strings.Repeat("t", 100_000) + ".",
		"copies": "]\x94" + strings.Repeat("(h\x00h\x00eh\x00", 50_000) + ".",
	} {
		began := time.Now()
		_, _ = unpickle([]byte(data))
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("%s: %v", name, took)
		}
	}
}

func FuzzUnpickle(f *testing.F) {
	f.Add([]byte("\x80\x05\x95\x03\x00\x00\x00\x00\x00\x00\x00K\x01."))
	f.Add([]byte("cbuiltins\ngetattr\ncm\nC\n\x8c\x01f\x86RK\x01\x85R."))
	f.Add([]byte("cm\nC\n)\x81N}\x8c\x01aK\x01s\x86b."))
	f.Fuzz(func(_ *testing.T, data []byte) { _, _ = unpickle(data) })
}
