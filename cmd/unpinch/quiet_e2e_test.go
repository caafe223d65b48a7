package main

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// joinWithin is how near a line of the log and a time of a row are to be of one
// press.
const joinWithin = 10 * time.Second

// A quietGym is a gym whose log is read with the time of its own clock.
type quietGym struct {
	*gym
	base  time.Time
	lines []stampedLine
	read  int // bytes of the log that have a time
}

// A stampedLine is a line of the log.
type stampedLine struct {
	at   time.Time
	text string
}

// does has somebody do something so many seconds into the test. The lines that it
// leaves have that time once the next one was done, or settle was called.
func (q *quietGym) does(second int, press func()) {
	q.t.Helper()
	q.settle()
	q.leap(q.base.Add(time.Duration(second) * time.Second))
	press()
}

// settle waits until the log has the line of a press that is no secret, and gives
// all lines before it the time of what was done before.
func (q *quietGym) settle() {
	q.t.Helper()
	at := q.now()
	q.command(asks{"as": "noah", "channel": "general", "name": "help"})
	const last = "binding=help outcome=answered"
	limit := time.After(20 * time.Second)
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		fresh := q.bot.log.String()[q.read:]
		if before, _, ok := strings.Cut(fresh, last); ok {
			for line := range strings.Lines(before) {
				if strings.HasSuffix(line, "\n") { // all but the one of settle itself
					q.lines = append(q.lines, stampedLine{at, line})
				}
			}
			q.read += len(before) + strings.Index(fresh[len(before):], "\n") + 1
			return
		}
		select {
		case <-tick.C:
		case <-limit:
			q.t.Fatalf("no line of /help:\n%s", fresh)
		}
	}
}

var (
	quotedText = regexp.MustCompile(`"[^"]*"`)
	unixTime   = regexp.MustCompile(`\b1[789]\d{8}\b`)
)

// joined are the lines of the log, by what they are of, that stand within
// joinWithin of a time in a row that names the user.
func (q *quietGym) joined(rows, user string) []string {
	var found []string
	for row := range strings.Lines(rows) {
		if !strings.Contains(row, `"`+user+`"`) {
			continue
		}
		for _, text := range unixTime.FindAllString(quotedText.ReplaceAllString(row, ""), -1) {
			seconds, err := strconv.ParseInt(text, 10, 64)
			if err != nil {
				q.t.Fatal(err)
			}
			for _, l := range q.lines {
				if l.at.Sub(time.Unix(seconds, 0)).Abs() <= joinWithin {
					found = append(found, timesOfLine.ReplaceAllString(strings.TrimSpace(l.text), ""))
				}
			}
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// timesOfLine are when a line was written and how long its press took.
var timesOfLine = regexp.MustCompile(`time=\S+ | ms=\d+`)

// numbersOfRow are ids and keys, which no two runs share.
var numbersOfRow = regexp.MustCompile(`"[^" ]*\d[^" ]{6,}"`)

// quietRun has mia ask for a nudge and start a routine among other people. It
// returns the log without times, mia's rows without ids, and the lines that her
// rows, and olga's, are joined with by time.
func quietRun(t *testing.T, mia func(q *quietGym)) (log, rows string, mias, olgas []string) {
	t.Helper()
	g := newGym(t, "classes")
	q := &quietGym{gym: g, base: g.at("17:41")}
	q.settle()
	q.lines = nil // of how the gym was set up
	q.does(5, func() {
		g.command(asks{"as": "olga", "channel": "general", "name": "setup", "options": asks{"country": "Portugal"}})
	})
	q.does(60, func() { g.command(asks{"as": "carl", "channel": "general", "name": "class list"}) })
	mia(q)
	q.settle()
	metrics := g.metrics(g.bot)
	for _, word := range []string{"pinched", "nudge", "play", "stretch"} {
		if strings.Contains(metrics, word) {
			t.Errorf("the metrics say %q:\n%s", word, metrics)
		}
	}
	users := g.users()
	g.stop()
	all := dump(t, g.dir)
	for _, l := range q.lines {
		log += timesOfLine.ReplaceAllString(l.text, "")
	}
	for row := range strings.Lines(all) {
		if strings.Contains(row, `"`+users["mia"]+`"`) {
			rows += numbersOfRow.ReplaceAllString(row, "#")
		}
	}
	return log, rows, q.joined(all, users["mia"]), q.joined(all, users["olga"])
}

// TestNobodyIsFoundByTime joins the log and the rows of a day by time, after mia
// went through /pinched to a nudge and a stretch, among other people. Her rows
// stand beside no line; those of a manager who set something up do, so that the
// join can find somebody. A day on which she asks for the same elsewhere leaves
// the same log and the same rows.
func TestNobodyIsFoundByTime(t *testing.T) {
	t.Parallel()
	for area, routine := range map[string]string{"neck": "calm", "low_back": "hips_legs"} {
		t.Run(area, func(t *testing.T) {
			t.Parallel()
			nobodyIsFound(t, area, routine)
		})
	}
}

// nobodyIsFound goes to the gentle routine of an area.
func nobodyIsFound(t *testing.T, area, routine string) {
	const agree = "I agree, and I am 16 or older, or my parent agrees"
	log, rows, mias, olgas := quietRun(t, func(q *quietGym) {
		var card message
		q.does(90, func() {
			card = q.command(asks{"as": "mia", "channel": "general", "name": "pinched", "options": asks{"area": area}})
			for !slices.ContainsFunc(card.View.Buttons, func(b button) bool { return b.Label == "First days" }) {
				card = q.press("mia", card.ID, "None of these")
			}
			ask := q.press("mia", card.ID, "Nudge me in 2 days")
			q.press("mia", ask.ID, agree)
		})
		q.does(120, func() {
			q.press("mia", card.ID, "First days")
			q.press("mia", card.ID, "Gentle 3 minutes")
		})
	})
	if len(mias) > 0 {
		t.Errorf("mia's rows stand beside\n%s", strings.Join(mias, "\n"))
	}
	if !slices.ContainsFunc(olgas, func(line string) bool { return strings.Contains(line, "binding=setup") }) {
		t.Errorf("the join finds nobody at all: olga's rows stand beside %q", olgas)
	}
	if !strings.Contains(rows, `"nudge"`) || !strings.Contains(rows, `"`+routine+`-3"`) {
		t.Fatalf("mia's rows are\n%s", rows)
	}
	log2, rows2, _, _ := quietRun(t, func(q *quietGym) {
		q.does(90, func() {
			ask := q.command(asks{"as": "mia", "channel": "general", "name": "me nudge", "options": asks{"days": "2"}})
			q.press("mia", ask.ID, agree)
		})
		q.does(120, func() {
			q.command(asks{"as": "mia", "channel": "general", "name": "stretch", "options": asks{"routine": routine, "minutes": 3}})
		})
	})
	if log2 != log || rows2 != rows {
		t.Errorf("through /pinched the log says\n%s\nand the rows\n%s\nelsewhere\n%s\nand\n%s", log, rows, log2, rows2)
	}
}
