package main

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"
)

// A worst is a file that costs as much as a file can, and what is said of it.
type worst struct {
	name, says string
	text       string
}

// worstFiles are the largest files: of classes, of misspelt keys, rules and
// zones, and of as many starts as fit.
func worstFiles() []worst {
	const size = 256 << 10
	fill := func(head, line string) string {
		var b strings.Builder
		b.WriteString(head)
		for i := 0; b.Len()+len(line)+8 < size; i++ {
			fmt.Fprintf(&b, line, i)
		}
		return b.String()
	}
	place := "version: 1\nplaces:\n- name: Iron Garden\n  zone: Atlantic/Reykjavik\n  classes:\n"
	var starts strings.Builder
	starts.WriteString(place)
	for class := range 200 {
		fmt.Fprintf(&starts, "  - {at: daily %02d:%02d, skips: [", class/60, class%60)
		for day := range 58 {
			fmt.Fprintf(&starts, "%s, ", time.Date(2027, 3, 1+day, class/60, class%60, 0, 0, time.UTC).Format(time.RFC3339))
		}
		starts.WriteString("]}\n")
	}
	return []worst{
		{"classes", "at most 200 are read", fill(place, "  - {at: mon 18:00, id: %d}\n")},
		{"keys", "I stopped reading there", fill(place+"  - at: mon 18:00\n", "    leng%d: x\n")},
		{"rules", "at most 200 are read", fill(place, "  - at: mondya %d\n")},
		{"zones", "at most 25 are read", fill("version: 1\nplaces:\n", "- {name: %d, zone: Erope/Lisbn}\n")},
		{"aliases", "I stopped reading there", fill("version: 1\nplaces:\n- &a [x]\n", "- *a # %d\n")},
		{"starts", "11600 single starts, and 500 fit", starts.String()},
		{"rows", "at most 1000 are read", fill("name,channel,enabled,utc_time,interval_seconds,interval_months\n", "%d,#323456789012345678,true,2026-12-07T06:00:00,604800,\n")},
	}
}

// TestTheWorstFilesHoldNobodyUp: while a coach sends each of the largest files
// eight times at once, /pinched answers as ever. One of the eight is read, or more
// one after the other, and the others hear when to send theirs again.
func TestTheWorstFilesHoldNobodyUp(t *testing.T) {
	t.Parallel()
	g := newGym(t, "classes")
	for i, f := range worstFiles() {
		g.leap(g.now().Add(time.Duration(i+1) * time.Hour)) // ten may be sent in a row
		var files sync.WaitGroup
		var mu sync.Mutex
		read, refused, slowest := 0, 0, time.Duration(0)
		began := time.Now()
		for range 8 {
			files.Go(func() {
				said := g.file("olga", f.text).View.Text
				mu.Lock()
				defer mu.Unlock()
				slowest = max(slowest, time.Since(began))
				switch {
				case strings.Contains(said, f.says):
					read++
				case strings.Contains(said, "Send yours again in"):
					refused++
				default:
					t.Errorf("%s: %.300s", f.name, said)
				}
			})
		}
		presses, press := 0, time.Duration(0)
		done := make(chan struct{})
		go func() { files.Wait(); close(done) }()
		for reading := true; reading || presses < 5; presses++ {
			began := time.Now()
			if m := g.command(asks{"as": "mia", "channel": "general", "name": "pinched", "options": asks{"area": "wrist_hand"}}); !strings.Contains(m.View.Text, "Call now") {
				t.Errorf("%s: /pinched says %.300s", f.name, m.View.Text)
			}
			press = max(press, time.Since(began))
			select {
			case <-done:
				reading = false
			default:
			}
		}
		if read == 0 {
			t.Errorf("%s: no file was read", f.name)
		}
		t.Logf("%s, %d KB: %d read and %d refused within %v; %d times /pinched, the slowest %v",
			f.name, len(f.text)>>10, read, refused, slowest.Round(time.Millisecond), presses, press.Round(time.Millisecond))
	}
}
