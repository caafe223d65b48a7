package schedule

import "time"

// A Batch is what someone may still have changed all at once: drafts of classes,
// and what changes beside them. Either number is 0 if there is none.
type Batch struct {
	Drafts  int64
	Changes int64
}

// A BatchEnd is what became of a batch that can't be saved any more.
type BatchEnd struct {
	Next    int64   // the drafts that took its place; 0 when it was saved
	Classes []int64 // those that were added or changed, and are there still
	Places  []Place // those of which something was changed, each once
}

// A BatchWhat says what a BatchChange does.
type BatchWhat string

// What can change beside classes: single starts, and the closed days of a place.
const (
	BatchSkip   BatchWhat = "skip"
	BatchUnskip BatchWhat = "unskip"
	BatchMove   BatchWhat = "move"
	BatchClose  BatchWhat = "close"
	BatchOpen   BatchWhat = "open"
)

// A BatchChange changes one start of a class, or days of a place.
type BatchChange struct {
	What      BatchWhat
	Place     Place  // read again, it is that of the class by then, as it is by then
	ClassID   int64  // 0 for days, and while Draft says which
	Draft     int    // the number of a new class among the drafts of the batch, from 1
	Slot      Slot   // what the rule plans the start for
	To        Slot   // of a move
	Days      []Date // of what closes or opens
	CreatedBy string
	Revision  int64 // of the class as it was read

	// What is worked out when it is applied: what to in words, for the record of
	// changes; of a start, when it takes place so far; and of days among which is
	// today, when that is over at the place, and the DMs that tell of it.
	Detail string
	Start  Start
	End    time.Time
	Tell   []Occurrence
}
