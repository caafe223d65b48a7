package store

import (
	"encoding/binary"
	"fmt"
)

// Where things stand in SQLite's file: https://www.sqlite.org/fileformat2.html.
const (
	fileHeader    = 100 // bytes at the start of page 1, before its b-tree
	interiorIndex = 2
	interiorTable = 5
	leafIndex     = 10
	leafTable     = 13
)

// blank zeroes the bytes of page no that hold nothing: those between its list of
// cells and the first cell, and its free blocks. It reports whether that changed
// the page. A page without cells of its own, such as a free one, which
// secure_delete has zeroed as a whole, stays as it is, and so does one in which
// the list got shorter and nothing else is left. Left are gaps of three bytes at
// most between cells.
func blank(no int64, page []byte) (changed bool, err error) {
	head := 0
	if no == 1 {
		head = fileHeader
	}
	cells := head + 8
	switch page[head] {
	case leafIndex, leafTable:
	case interiorIndex, interiorTable:
		cells += 4
	default:
		return false, nil
	}
	word := func(at int) int { return int(binary.BigEndian.Uint16(page[at:])) }
	from, to := cells+2*word(head+3), word(head+5)
	if to == 0 {
		to = 1 << 16
	}
	if from > to || to > len(page) {
		return false, fmt.Errorf("page %d is damaged", no)
	}
	for from+1 < to && word(from) < len(page) { // says where a cell was; two letters say more than our 4096
		from += 2
	}
	changed = from+1 < to && zero(page[cells+2*word(head+3):to])
	for block := word(head + 1); block != 0; block = word(block) {
		if block < to || block+4 > len(page) || word(block+2) < 4 || block+word(block+2) > len(page) ||
			word(block) != 0 && word(block) <= block {
			return changed, fmt.Errorf("page %d is damaged", no)
		}
		changed = zero(page[block+4:block+word(block+2)]) || changed
	}
	return changed, nil
}

// zero makes all bytes zero, and reports whether one was not.
func zero(b []byte) (changed bool) {
	for i := range b {
		changed = changed || b[i] != 0
		b[i] = 0
	}
	return changed
}
