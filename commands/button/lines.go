package button

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"unpinch/bot"
	tablefile "unpinch/timetable"
)

var ClassManyID = bot.NewID[Place]("classmany1")

// A Place names a place.
type Place int64

// MarshalText returns the number.
func (p Place) MarshalText() ([]byte, error) { return strconv.AppendInt(nil, int64(p), 10), nil }

// UnmarshalText reads it.
func (p *Place) UnmarshalText(text []byte) error {
	n, err := strconv.ParseInt(string(text), 10, 64)
	*p = Place(n)
	return err
}

// The IDs of the form of one class a line.
var (
	LinesFormID = bot.NewID[LinesState]("classlines1")    // the form opens
	LinesSetID  = bot.NewID[LinesState]("classlinesset1") // it is sent from a card of ours, which changes
	LinesNewID  = bot.NewID[LinesState]("classlinesnew1") // it is sent from elsewhere
)

// LinesState is what the form needs beside its lines. It is the presser's
// claim, like classState.
type LinesState struct {
	Place    int64 // 0 for none chosen yet
	Batch    int64 // the drafts in whose place the lines are; 0 for none
	Lead     int   // minutes
	CoolDown bool
}

// MarshalText returns the state as "place/batch/lead/cool-down".
func (s LinesState) MarshalText() ([]byte, error) {
	return fmt.Appendf(nil, "%d/%d/%d/%t", s.Place, s.Batch, s.Lead, s.CoolDown), nil
}

// UnmarshalText reads what MarshalText wrote.
func (s *LinesState) UnmarshalText(text []byte) error {
	parts := strings.Split(string(text), "/")
	if len(parts) != 4 {
		return errors.New("want place/batch/lead/cool-down")
	}
	place, err := strconv.ParseInt(parts[0], 10, 64)
	batch, err2 := strconv.ParseInt(parts[1], 10, 64)
	lead, err3 := strconv.Atoi(parts[2])
	*s = LinesState{place, batch, lead, parts[3] == "true"}
	return errors.Join(err, err2, err3)
}

// NewLines is the state of a form that nothing was written into.
func NewLines(place int64) LinesState {
	return LinesState{Place: place, Lead: int(tablefile.DefaultLead.Minutes()), CoolDown: true}
}
