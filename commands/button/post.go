package button

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"unpinch/bot"
	"unpinch/schedule"
)

// The IDs of what stands on posts. doneID is on each that has a routine; its
// state is the occurrence, which also makes the message known again after a
// crash.
var (
	PostID   = bot.NewID[PostState]("post1")
	DoneID   = bot.NewID[Occurrence]("done1")
	NotifyID = bot.NewID[Occurrence]("notify1")
)

// PostState is a routine to open, from which post.
type PostState struct {
	ID      int64
	Routine Routine
}

// MarshalText returns the state as "id/routine".
func (s PostState) MarshalText() ([]byte, error) {
	return fmt.Appendf(nil, "%d/%s", s.ID, s.Routine), nil
}

// UnmarshalText reads what MarshalText wrote. Whether post and routine exist is
// for the handler to say.
func (s *PostState) UnmarshalText(text []byte) error {
	number, routine, _ := strings.Cut(string(text), "/")
	id, err := strconv.ParseInt(number, 10, 64)
	*s = PostState{id, Routine(routine)}
	return err
}

// NoticeID stands on DMs.
var NoticeID = bot.NewID[NoticeState]("notice1")

// A NoticeAct is what a button on a DM does.
type NoticeAct string

const (
	NoticeSnooze NoticeAct = "snooze"
	NoticeToday  NoticeAct = "today" // no more today
	NoticeStop   NoticeAct = "stop"
	NoticeKeep   NoticeAct = "keep" // leave a class as it is
)

// NoticeState says what a button does, on which DM. Whose DM that is the ledger
// knows, whatever the ID says.
type NoticeState struct {
	Act NoticeAct
	ID  int64
}

// MarshalText returns the state as "act/id".
func (s NoticeState) MarshalText() ([]byte, error) {
	return fmt.Appendf(nil, "%s/%d", s.Act, s.ID), nil
}

// UnmarshalText reads what MarshalText wrote. Whether act and DM exist is for
// the handler to say.
func (s *NoticeState) UnmarshalText(text []byte) error {
	act, number, _ := strings.Cut(string(text), "/")
	id, err := strconv.ParseInt(number, 10, 64)
	*s = NoticeState{NoticeAct(act), id}
	return err
}

// FollowID stands on the private card that asks before which classes someone
// wants a DM.
var FollowID = bot.NewID[FollowState]("follow1")

// A FollowAct is what a button on that card does.
type FollowAct string

const (
	FollowShow  FollowAct = "show"
	FollowClass FollowAct = "class" // this class
	FollowPlace FollowAct = "place" // all at its place
	FollowAsk   FollowAct = "ask"   // on which days
	FollowDays  FollowAct = "days"  // those at its place on some days
	FollowStop  FollowAct = "stop"
)

// FollowState says what a button does, for the place of which class. What it
// names is checked against the reader's server each time.
type FollowState struct {
	Act    FollowAct
	ID     int64
	Days   schedule.Days
	Agreed bool // on the consent card that came between
}

// MarshalText returns the state as "act/id/days", with "/yes" after consent.
func (s FollowState) MarshalText() ([]byte, error) {
	text := fmt.Appendf(nil, "%s/%d/%d", s.Act, s.ID, s.Days)
	if s.Agreed {
		text = append(text, "/yes"...)
	}
	return text, nil
}

// UnmarshalText reads what MarshalText wrote. Whether act and class exist is
// for the handler to say.
func (s *FollowState) UnmarshalText(text []byte) error {
	bare, agreed := strings.CutSuffix(string(text), "/yes")
	parts := strings.Split(bare, "/")
	if len(parts) != 3 {
		return errors.New("want act/id/days")
	}
	id, err := strconv.ParseInt(parts[1], 10, 64)
	days, err2 := strconv.ParseUint(parts[2], 10, 7)
	*s = FollowState{FollowAct(parts[0]), id, schedule.Days(days), agreed}
	return errors.Join(err, err2)
}

// MendID stands on the word that a class broke. Its state is the occurrence of
// that word, which also makes the message known again after a crash.
var MendID = bot.NewID[Occurrence]("mend1")

// An Occurrence names a row of the ledger.
type Occurrence int64

// MarshalText returns the number.
func (o Occurrence) MarshalText() ([]byte, error) { return strconv.AppendInt(nil, int64(o), 10), nil }

// UnmarshalText reads it.
func (o *Occurrence) UnmarshalText(text []byte) error {
	n, err := strconv.ParseInt(string(text), 10, 64)
	*o = Occurrence(n)
	return err
}
