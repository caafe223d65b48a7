package timetable

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Text returns what a file that was handed over says, in UTF-8: from UTF-8, from
// UTF-16 with its mark, or else from Windows-1252, in which spreadsheets write. It
// returns Faults for what is no text, so that no letter is lost.
func Text(data []byte) ([]byte, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return wide(data[2:], binary.LittleEndian)
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return wide(data[2:], binary.BigEndian)
	case bytes.IndexByte(data, 0) >= 0:
		return nil, Faults{{Code: CodeText}}
	case utf8.Valid(data):
		return bytes.TrimPrefix(data, []byte(bom)), nil
	}
	text, err := charmap.Windows1252.NewDecoder().Bytes(data)
	if err != nil || bytes.ContainsRune(text, utf8.RuneError) {
		return nil, Faults{{Code: CodeText}}
	}
	return text, nil
}

func wide(data []byte, order binary.ByteOrder) ([]byte, error) {
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	text := []byte(string(utf16.Decode(units)))
	if len(data)%2 != 0 || bytes.ContainsRune(text, utf8.RuneError) || bytes.IndexByte(text, 0) >= 0 {
		return nil, Faults{{Code: CodeText}}
	}
	return text, nil
}
