package page

import "time"

// hues is how many colours people's pictures have.
const hues = 5

// hue returns the colour of someone's picture.
func hue(name string) int {
	sum := 0
	for _, b := range []byte(name) {
		sum += int(b)
	}
	return sum % hues
}

// joinedWithin is how soon after another a message shows no name of its own.
const joinedWithin = 7 * time.Minute

// arrange puts days between messages, and joins those that follow one of the same
// author closely.
func arrange(all []messageView, raw []message) {
	for i := range all {
		at := raw[i].Timestamp.UTC()
		if i == 0 || raw[i-1].Timestamp.UTC().YearDay() != at.YearDay() || at.Sub(raw[i-1].Timestamp) > 24*time.Hour {
			day := viewTime(at, "D")
			all[i].Day = &day
			all[i].Version += "d"
			continue
		}
		if raw[i].Author.ID == raw[i-1].Author.ID && all[i].Private == all[i-1].Private && all[i].Command == "" &&
			at.Sub(raw[i-1].Timestamp) < joinedWithin {
			all[i].Joined = true
			all[i].Version += "j"
		}
	}
}
