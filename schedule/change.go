package schedule

import "time"

// A By says who changes something, and when. Detail says in words what it is
// changed to, such as a rule or a day, for the record of changes.
type By struct {
	UserID string
	At     time.Time
	Detail string
}

// A Change is a line of the record of changes.
type Change struct {
	At      time.Time
	UserID  string // "" once they asked to be forgotten
	PlaceID int64
	ClassID int64 // 0 for the place
	What    string
	Detail  string
}
