package schedule

import (
	"fmt"
	"time"
)

// A Clock is a time of day on the local clock, in minutes from 00:00.
type Clock int

// String returns the time as 18:00.
func (c Clock) String() string { return fmt.Sprintf("%02d:%02d", c/60, c%60) }

// On returns the first instant of a day at which a zone's clock shows c or, on a
// day on which it never does, more.
func (c Clock) On(d Date, zone *time.Location) time.Time {
	at, _ := instant(d.days()*daySeconds+int64(c)*60, zone)
	return time.Unix(at, 0).In(zone)
}
