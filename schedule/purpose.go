package schedule

// A Purpose says what a rule is for.
type Purpose string

// The purposes.
const (
	ForClass    Purpose = "class"    // "" means the same in a Series that is not stored
	ForDesk     Purpose = "desk"     // a break at a desk: one post at the start
	ForReminder Purpose = "reminder" // a member's own, in a DM
	ForMyth     Purpose = "myth"     // the claim of the week
	ForRecap    Purpose = "recap"    // the totals of a week
)

// Purposes returns every purpose.
func Purposes() []Purpose { return []Purpose{ForClass, ForDesk, ForReminder, ForMyth, ForRecap} }

// OnTimetable reports whether the purpose is one that coaches list and change.
func (p Purpose) OnTimetable() bool { return p == ForClass || p == ForDesk }

// Weekly reports whether the purpose is one of the weekly posts of a place.
func (p Purpose) Weekly() bool { return p == ForMyth || p == ForRecap }
