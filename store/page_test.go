package store

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"
)

// made is a leaf page of 256 bytes with two cells at its end and a free block
// between them, in which left is written.
func made(no int64, left map[int]string) []byte {
	page := make([]byte, 256)
	head := 0
	if no == 1 {
		head = fileHeader
	}
	put := func(at, value int) { binary.BigEndian.PutUint16(page[at:], uint16(value)) }
	page[head] = leafTable
	put(head+1, 220) // the free block
	put(head+3, 2)
	put(head+5, 200)
	put(head+8, 240)
	put(head+10, 200)
	put(220, 0)
	put(222, 20)
	copy(page[200:], "a cell that is kept.")
	copy(page[240:], "another of these")
	for at, text := range left {
		copy(page[at:], text)
	}
	return page
}

func TestBlank(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		no   int64
		left map[int]string
		want bool
	}{
		"nothing left":              {2, nil, false},
		"before the cells":          {2, map[int]string{180: "712345678901234567"}, true},
		"right after the list":      {2, map[int]string{12: "71"}, true},
		"where cells were":          {2, map[int]string{12: "\x00\xf0\x00\xc8"}, false},
		"after where cells were":    {2, map[int]string{12: "\x00\xf0\x00\xc8\x00\x00712345"}, true},
		"in the free block":         {2, map[int]string{224: "7123456789"}, true},
		"on the first page":         {1, map[int]string{150: "712345678901234567"}, true},
		"in the file's header only": {1, map[int]string{0: "SQLite format 3"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			page := made(tc.no, tc.left)
			changed, err := blank(tc.no, page)
			if changed != tc.want || err != nil {
				t.Errorf("got %t, %v, want %t", changed, err, tc.want)
			}
			if want := made(tc.no, nil); tc.want && !bytes.Equal(page, want) {
				t.Errorf("got\n%q\nwant\n%q", page, want)
			}
		})
	}
}

func TestBlankLeavesOtherPages(t *testing.T) {
	t.Parallel()
	page := []byte(strings.Repeat("\x00\x00\x01\x02712345678901234567", 20))
	before := bytes.Clone(page)
	if changed, err := blank(3, page); changed || err != nil || !bytes.Equal(page, before) {
		t.Errorf("got %t, %v, want a page that is no b-tree left alone", changed, err)
	}
}

// A page that makes no sense is named and not written.
func TestBlankRefusesDamage(t *testing.T) {
	t.Parallel()
	for name, damage := range map[string]map[int]string{
		"cells past the end":    {5: "\x01\x01"},
		"a list over the cells": {3: "\x00\x70"},
		"a block past the end":  {222: "\x00\x30"},
		"a block before":        {1: "\x00\x10"},
		"blocks in a circle":    {220: "\x00\xdc"},
	} {
		if changed, err := blank(7, made(7, damage)); changed || err == nil || !strings.Contains(err.Error(), "page 7 is damaged") {
			t.Errorf("%s: got %t, %v, want page 7 named", name, changed, err)
		}
	}
}
