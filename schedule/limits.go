package schedule

import "errors"

// ErrFull says that there is no room for one more.
var ErrFull = errors.New("no room for one more")

// The most that one server, or one member, may have.
const (
	ClassesMax   = 200 // of a server
	PlacesMax    = 25  // of a server: what a select holds
	RemindersMax = 10  // of a member
	NudgesMax    = 10  // of a member, waiting
	FollowsMax   = 25  // of a member
)
