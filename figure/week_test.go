package figure

import (
	"bytes"
	"strings"
	"testing"
)

// gymWeek is a week with so many starts a day at so many places.
func gymWeek(perDay, places int) Timetable {
	titles := []string{"Open gym", "Barbell club", "Yoga for lifters and everyone else", "", "Mobility 🤸", "Спина", "ヨガ"}
	t := Timetable{Off: "cancelled", Moved: "moved, once"}
	for i := range places {
		t.Places = append(t.Places, []string{"Main hall", "Garage", "Riverside outdoor training ground and car park"}[i%3])
	}
	for d, label := range []string{"Mon 30", "Tue 1", "Wed 2", "Thu 3", "Fri 4", "Sat 5", "Sun 6"} {
		day := TimetableDay{Label: label, Today: d == 0}
		for i := range perDay {
			if d == 6 {
				break
			}
			day.Starts = append(day.Starts, TimetableStart{
				Time: []string{"06:00", "07:30", "12:00", "17:00", "18:00", "19:30"}[i%6], Title: titles[(i+d)%len(titles)],
				Place: (i + d) % max(places, 1), Off: (i+d)%9 == 4, Moved: (i+d)%11 == 5, Past: d == 0 && i == 0})
		}
		t.Days = append(t.Days, day)
	}
	return t
}

// wideWeek is as many starts as fit, each with a long title of its own.
func wideWeek() Timetable {
	t := gymWeek(8, 5)
	for d := range t.Days {
		for i := range t.Days[d].Starts {
			t.Days[d].Starts[i].Title = strings.Repeat(string(rune('A'+(d*8+i)%26)), 2) + " & Strength @" + string(rune('a'+i)) + "&%# conditioning"
		}
	}
	return t
}

func TestTimetableIsSmallAndTheSameEachTime(t *testing.T) {
	t.Parallel()
	for name, k := range map[string]Timetable{
		"few": gymWeek(1, 1), "many": gymWeek(6, 3), "full": gymWeek(8, 5),
		"wide": wideWeek(),
		"none": {Days: []TimetableDay{{Label: "Mon 30", Today: true}}},
	} {
		data, err := DrawTimetable(k)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if again, _ := DrawTimetable(k); len(data) > 60<<10 || !bytes.Equal(data, again) {
			t.Errorf("%s: %d bytes, at most 60 KB, or it differs from one drawing to the next", name, len(data))
		}
		if w := decoded(t, data).Bounds().Dx(); w != width {
			t.Errorf("%s: %d pixels wide, want %d", name, w, width)
		}
	}
}

func TestTimetableFaults(t *testing.T) {
	t.Parallel()
	for want, k := range map[string]Timetable{
		"0 days":    {},
		"54 starts": gymWeek(9, 1),
		"label":     {Days: []TimetableDay{{Label: strings.Repeat("Monday ", 5)}}},
	} {
		if _, err := DrawTimetable(k); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q in it", err, want)
		}
	}
}
