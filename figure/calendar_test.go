package figure

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// autumn is twelve weeks with a bit of everything.
func autumn() Calendar {
	k := Calendar{Days: [7]string{"M", "T", "W", "T", "F", "S", "S"}, Key: [2]string{"trained", "3 sessions or more"}}
	for i := range 12 {
		w := Week{Label: fmt.Sprintf("%d Sep", 7+2*i)}
		for d := range 7 {
			if (i*5+d*3)%4 == 0 && i%4 != 3 {
				w.Days[d] = Trained
				w.Count++
			}
			if i == 11 && d > 3 {
				w.Days[d] = Ahead
			}
		}
		w.Full = w.Count >= 2
		k.Weeks = append(k.Weeks, w)
	}
	return k
}

func calendar(t testing.TB, k Calendar) []byte {
	t.Helper()
	data, err := DrawCalendar(k)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestCalendarIsSmallAndTheSameEachTime(t *testing.T) {
	t.Parallel()
	data := calendar(t, autumn())
	if len(data) > 60<<10 || !bytes.Equal(data, calendar(t, autumn())) {
		t.Errorf("%d bytes, at most 60 KB, or it differs from one drawing to the next", len(data))
	}
	img := decoded(t, data)
	if img.Bounds().Dx() != width {
		t.Errorf("%d pixels wide, want %d", img.Bounds().Dx(), width)
	}
	if got := img.At(0, 0); !isGround(got) {
		t.Errorf("its ground is %v, want its own light one", got)
	}
	full := autumn()
	for len(full.Weeks) < weeksMost {
		full.Weeks = append(full.Weeks, full.Weeks[0])
	}
	for i := range full.Weeks {
		full.Weeks[i] = Week{Label: "30 Nov", Days: [7]Day{Trained, Trained, Trained, Trained, Trained, Trained, Trained}, Count: 99, Full: true}
	}
	if n := len(calendar(t, full)); n > 60<<10 {
		t.Errorf("the fullest has %d bytes, at most 60 KB", n)
	}
}

// TestCalendarShowsEverything: each thing that it is told changes the picture.
func TestCalendarShowsEverything(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*Calendar){
		"trained": func(k *Calendar) { k.Weeks[3].Days[6] = Trained },
		"ahead":   func(k *Calendar) { k.Weeks[3].Days[6] = Ahead },
		"count":   func(k *Calendar) { k.Weeks[3].Count = 7 },
		"full":    func(k *Calendar) { k.Weeks[0].Full = !k.Weeks[0].Full },
		"label":   func(k *Calendar) { k.Weeks[3].Label = "1 Jan" },
		"head":    func(k *Calendar) { k.Days[0] = "X" },
		"key":     func(k *Calendar) { k.Key[1] = "full" },
	} {
		k := autumn()
		change(&k)
		if bytes.Equal(calendar(t, k), calendar(t, autumn())) {
			t.Errorf("%s: the picture is the same", name)
		}
	}
}

func TestCalendarRefuses(t *testing.T) {
	t.Parallel()
	for want, change := range map[string]func(*Calendar){
		"0 weeks, want 1 to 16":     func(k *Calendar) { k.Weeks = nil },
		"17 weeks, want 1 to 16":    func(k *Calendar) { k.Weeks = make([]Week, 17) },
		"pixels wide, at most 143":  func(k *Calendar) { k.Weeks[0].Label = "the last week of November" },
		"pixels wide, at most 76":   func(k *Calendar) { k.Days[6] = "Wednesday" },
		"pixels wide, at most 38":   func(k *Calendar) { k.Weeks[0].Count = 1000 },
		"a word is missing":         func(k *Calendar) { k.Days[6] = "" },
		"pixels wide, at most 312":  func(k *Calendar) { k.Key[0] = strings.Repeat("trained ", 8) },
		"draw the calendar: a word": func(k *Calendar) { k.Weeks[2].Label = "" },
	} {
		k := autumn()
		change(&k)
		if _, err := DrawCalendar(k); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}
