package schedule

import "time"

const (
	// changeStep is shorter than any zone ever kept a change of its clock.
	changeStep = 7 * daySeconds
	// changeHorizon is how far ahead NextChange looks, in seconds: a little
	// over a year.
	changeHorizon = 54 * changeStep
)

// NextChange returns the first instant after an instant, within about a year,
// at which the zone's clock is set. It is not ok when it never is.
func NextChange(after time.Time, zone *time.Location) (at time.Time, ok bool) {
	for from := after.Unix(); from < after.Unix()+changeHorizon; from += changeStep {
		if change, ok := nextChange(from, from+changeStep, zone); ok {
			return time.Unix(change, 0).In(zone), true
		}
	}
	return time.Time{}, false
}
