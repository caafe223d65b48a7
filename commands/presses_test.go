package commands_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
)

// A row is a line of a dump, by column.
type row map[string]string

// unfold reads the rows of a dump, by table.
func unfold(t *testing.T, dump string) map[string][]row {
	t.Helper()
	all, table := map[string][]row{}, ""
	var columns []string
	for line := range strings.Lines(dump) {
		line = strings.TrimSuffix(line, "\n")
		if !strings.HasPrefix(line, "  ") {
			name, list, _ := strings.Cut(strings.TrimSuffix(line, ")"), " (")
			table, columns = name, strings.Split(list, ", ")
			continue
		}
		r, rest := row{}, strings.TrimPrefix(line, "  ")
		for _, column := range columns {
			value, after, _ := strings.Cut(rest, ", ")
			if quoted, err := strconv.QuotedPrefix(rest); err == nil {
				value, after = quoted, strings.TrimPrefix(rest[len(quoted):], ", ")
			}
			r[column], rest = value, after
		}
		all[table] = append(all[table], r)
	}
	if len(all["classes"]) == 0 {
		t.Fatalf("the dump can't be read:\n%s", dump)
	}
	return all
}

// moves are the columns that a second press may change: when something was
// done, for the last time, and what only counts or names presses.
var moves = regexp.MustCompile(`(_at|_until|^version|^ticket|^tstamp|^press_count|^spent_s)$`)

// waits reports whether a row is of what nobody has saved yet.
func waits(table string, r row) bool {
	switch table {
	case "classes":
		return r["draft_until"] != "NULL"
	case "saved_batches":
		return r["next_batch"] != "NULL"
	case "batch_changes":
		return r["applied_at"] == "NULL"
	}
	return table == "sqlite_sequence"
}

// kept is what the store holds, without what a second press may change.
func (c *crowd) kept() []string {
	c.T.Helper()
	if dump := c.Dump(); dump != c.dump {
		c.dump, c.lines = dump, keptOf(c.T, dump)
	}
	return c.lines
}

func keptOf(t *testing.T, dump string) (lines []string) {
	t.Helper()
	for table, rows := range unfold(t, dump) {
		for _, r := range rows {
			if waits(table, r) {
				continue
			}
			if table == "players" || table == "occurrences" { // one takes another's place
				delete(r, "id")
			}
			line := table
			for _, column := range slices.Sorted(maps.Keys(r)) {
				value := r[column]
				if value != "NULL" && moves.MatchString(column) {
					value = "some"
				}
				line += " " + column + "=" + value
			}
			lines = append(lines, line)
		}
	}
	slices.Sort(lines)
	return lines
}

// differ returns what stands in one list and not in the other.
func differ(before, after []string) (lines []string) {
	count := map[string]int{}
	for _, l := range before {
		count[l]--
	}
	for _, l := range after {
		count[l]++
	}
	for l, n := range count {
		if n != 0 {
			lines = append(lines, strconv.Itoa(n)+" "+l)
		}
	}
	slices.Sort(lines)
	return lines
}

// typedInto are the fields of the forms, for which of them the text fits.
func typedInto(id string) map[string]string {
	fields := map[string]string{"at": "thu 10:00", "length": "45", "title": "Another", "before": "5", "cool_down": "no", "day": "2026-12-24",
		"lines": "thu 17:00\nthu 18:00", "dates": "2026-12-25", "zone": "Europe/Berlin", "country": "Germany", "active": "08:00-21:00", "routine": "desk"}
	switch {
	case strings.HasPrefix(id, "classset1:move"):
		fields["at"] = "19:15"
	case strings.HasPrefix(id, "placeset1:"):
		fields["name"] = "Riverside"
	case strings.HasPrefix(id, "classlinesnew1"):
		fields["lines"] += "\nthu 25:00"
	case strings.HasPrefix(id, "ownset1"):
		fields["lines"] = "Cat-cow 8 reps"
	}
	return fields
}

// late ranks presses: first those for which there is little time or nothing may
// have changed, and last those
// that take away what others press.
func late(id string) int {
	if strings.HasPrefix(id, "notice1:") || strings.HasPrefix(id, "mend1:") || strings.HasPrefix(id, "done1:") || strings.HasPrefix(id, "ownfix1:take") {
		return -1
	}
	for i, word := range []string{"asksent1:time", "askset1:", "1:warm_up", "1:end", "1:resume", "1:none", "1:stop", "1:drop", "1:clear", "1:delete", "1:cancel", "1:remove", "1:forget"} {
		if strings.Contains(id, word) {
			return i + 1
		}
	}
	return 0
}

// opens are the components that open a routine, and write for that alone: opened
// again it is a fresh card.
func opens() []string { return []string{"playopen1", "playpick1", "post1", "starthere1"} }

// over are the presses after which there is nothing left to show, with what a
// second one says.
func over() map[string]string {
	return map[string]string{
		"class1:remove": "isn't on the timetable any more",
		"together1:end": "This routine has ended",
	}
}

// TestEveryPressTwice presses each button of each card, and sends each form, three
// times as the one whose it is: as if the answer had been lost, or the
// interaction had come twice. Whatever the first press did, the others change
// nothing more, and show something.
func TestEveryPressTwice(t *testing.T) {
	gymtest.Slow(t)
	t.Parallel()
	c := newCrowd(t)
	c.Figures = nil // pictures write nothing, and take their time
	c.Restart()
	c.pressesBesides()
	ids := c.inOrder()
	wrote, acts := map[string]bool{}, map[string]bool{}
	for _, id := range ids {
		part := c.Part(id)
		press := func() (bot.Reply, error) {
			c.Time = c.Time.Add(2 * time.Second) // all of it within the 45 minutes of a routine
			return part.Press(t.Context(), c.asks(id), id)
		}
		before, published := c.kept(), len(c.Published)
		_, first := press()
		is := c.kept()
		if first == nil && len(differ(before, is)) > 0 || published != len(c.Published) {
			wrote[part.Name()] = true
			acts[actOf(id)] = true
			if part.Lost == "" && !slices.Contains(opens(), part.Name()) {
				t.Errorf("%s writes, and has no words for when its answer is lost", part.Name())
			}
		}
		published = len(c.Published)
		for range 2 {
			reply, err := press()
			if lines := differ(is, c.kept()); len(lines) > 0 || published != len(c.Published) {
				t.Errorf("%s once more changed\n%s", id, strings.Join(lines, "\n"))
			}
			c.shows(id, first, reply, err)
		}
	}
	for _, part := range c.Parts {
		if part.Lost != "" && !wrote[part.Name()] {
			t.Errorf("%s never wrote anything: it isn't tested", part.Name())
		}
	}
	t.Logf("%d buttons and forms, of which wrote %v", len(ids), slices.Sorted(maps.Keys(acts)))
}

// inOrder returns the ids of what can be pressed, in the order to press them in.
func (c *crowd) inOrder() []string {
	return slices.SortedFunc(maps.Keys(c.ids), func(a, b string) int { return cmp.Or(late(a)-late(b), strings.Compare(a, b)) })
}

// asks returns the request of the one whose button or form it is.
func (c *crowd) asks(id string) *bot.Request {
	people := []gymtest.Person{gymtest.Olga(), gymtest.Carl(), gymtest.Mia(), gymtest.Rita(), noah(),
		gymtest.Coach(0), gymtest.Coach(1), gymtest.Coach(2), gymtest.Coach(3), gymtest.Coach(4)}
	i := slices.IndexFunc(people, func(p gymtest.Person) bool { return p.User == c.ids[id] })
	req := people[i].Request(c.Gym, nil)
	req.Fill(typedInto(id))
	if value := c.pick[id]; value != "" {
		req.Values = []string{value}
	}
	return req
}

// TestEveryPressAtOnce presses each button of each card, and sends each form, four
// times at one moment. As many rows come and go as where it is pressed once, and
// as many posts go out.
func TestEveryPressAtOnce(t *testing.T) {
	gymtest.Slow(t)
	t.Parallel()
	once, more := effects(t, 1), effects(t, 4)
	for id, want := range once {
		if got := more[id]; got != want {
			t.Errorf("%s at once: %s, want %s", id, got, want)
		}
	}
}

// effects presses all that a crowd sees, each n times at one moment, and returns
// how many rows of which tables came and went, and how many posts went out.
func effects(t *testing.T, n int) map[string]string {
	t.Helper()
	c := newCrowd(t)
	c.Figures = nil
	c.pressesBesides()
	var one sync.Mutex
	publish := c.Publish
	c.Publish = func(ctx context.Context, channelID, nonce string, reply bot.Reply) (string, error) {
		one.Lock()
		defer one.Unlock()
		return publish(ctx, channelID, nonce, reply)
	}
	c.Kick = func() {}
	c.Restart()
	all := map[string]string{}
	for _, id := range c.inOrder() {
		part, before, published := c.Part(id), c.kept(), len(c.Published)
		c.Time = c.Time.Add(2 * time.Second) // all of it within the 45 minutes of a routine
		var presses sync.WaitGroup
		for range n {
			req := c.asks(id)
			presses.Go(func() { _, _ = part.Press(t.Context(), req, id) }) // what it says is another test's
		}
		presses.Wait()
		tables := map[string]int{}
		for _, line := range differ(before, c.kept()) {
			count, rest, _ := strings.Cut(line, " ")
			table, _, _ := strings.Cut(rest, " ")
			sign := "+"
			if strings.HasPrefix(count, "-") {
				sign = "-"
			}
			many, _ := strconv.Atoi(strings.TrimPrefix(count, "-"))
			tables[sign+table] += many
		}
		all[id] = fmt.Sprintf("%v, %d posts", tables, len(c.Published)-published)
	}
	return all
}

// actOf is what a button does, without what it does it to.
func actOf(id string) string {
	act, _, _ := strings.Cut(id, "/")
	return act
}

// shows checks what a press shows that was made before.
func (c *crowd) shows(id string, first error, reply bot.Reply, err error) {
	c.T.Helper()
	text := golden.Shown(reply)
	if ue, ok := errors.AsType[*bot.UserError](err); ok {
		text = gymtest.Carl().Request(c.Gym, nil).Say(ue.Key, ue.Args)
		if says, known := over()[actOf(id)]; first == nil && (!known || !strings.Contains(text, says)) {
			c.T.Errorf("%s once more is refused: %s", id, text)
		}
	} else if err != nil {
		c.T.Errorf("%s once more: %v", id, err)
	}
	for _, wrong := range []string{"Start again", "has waited too long", "Something broke"} {
		if strings.Contains(text, wrong) {
			c.T.Errorf("%s once more says %s", id, text)
		}
	}
	if text == "" {
		c.T.Errorf("%s once more shows nothing", id)
	}
}

// pressesBesides adds the buttons that a crowd has not seen: of files, of every
// act on a class, and of what a place turns on and off.
func (c *crowd) pressesBesides() {
	c.T.Helper()
	carl, olga, mia := gymtest.Carl(), gymtest.Olga(), gymtest.Mia()
	s := c.titled(secretClass)
	c.see(carl, c.Close(carl, map[string]any{"dates": "2026-12-30"}))
	c.see(carl, c.Run(carl, "class closed", map[string]any{"dates": "2026-12-27"})) // a preview
	c.see(carl, c.Press(carl, "holidays1:1//false/0", nil))
	own := strconv.FormatInt(c.Reminders(mia)[0].ID, 10)
	c.see(mia, c.Press(mia, "reminders1:pick", nil, own))
	for _, id := range []string{"reminders1:add/Europe/Lisbon|desk|daily 10:00", "reminders1:resume/" + own, "own1:delete", "progress1:back", "settings1:clear/zone",
		"settings1:clear/active", "pauseme1:for/14", "pauseme1:end", "notifyme1:none", "easy1:renew", "easy1:clear", "nudgeset1:drop", "consent1:forget"} {
		c.ids[id] = mia.User
	}
	for i, text := range []string{
		strings.Replace(c.FileOut(carl), "classes:\n", "classes:\n      - at: fri 07:00\n", 1),
		strings.Replace(c.FileOut(carl), "\n    classes:", "\n    closed: [2026-12-31]\n    classes:", 1),
	} {
		coach := gymtest.Coach(2 + i)
		c.see(coach, c.Hand(coach, text))
	}
	for _, a := range []button.Act{button.ActNow, button.ActMend, button.ActSkip, button.ActUnskip, button.ActOff, button.ActCancel, button.ActResume, button.ActOwner,
		button.ActTake, button.ActAsk, button.ActRemove} {
		c.ids[button.ClassID.For(button.ClassState{Act: a, ID: s.ID, N: c.Time.Add(6 * time.Hour).Unix()})] = olga.User
	}
	c.ids[button.StartID.For(button.StartState{Routine: "calm-3", Minutes: 5})] = noah().User // where nobody follows one
	for _, a := range []button.Act{button.ActTidy, button.ActTogether, button.ActMyth, button.ActRecap, button.ActNoCoach, button.ActNoLog, button.ActStart} {
		for n := range int64(2) {
			c.ids[button.SetupID.For(button.ClassState{Act: a, ID: s.Place.ID, N: n})] = olga.User
		}
	}
	for n := range int64(20) { // whichever is the place's revision by then
		c.ids[button.ZoneID.For(button.ZoneState{Place: s.Place.ID, Revision: n, Zone: "Europe/Berlin"})] = olga.User
	}
	c.see(mia, c.Run(mia, "me settings", map[string]any{"zone": "EST"})) // it is asked about, for a quarter of an hour
	c.see(mia, c.Press(mia, "ownset1:show", map[string]string{"lines": "chin tuck 8\nneck turns 60"}))
}
