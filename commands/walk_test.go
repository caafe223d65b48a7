package commands_test

import (
	"cmp"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
)

// What bounds a walk.
const (
	walkCards  = 1500 // that come back
	walkOfPart = 90   // presses of one component
	walkToRead = 20   // of one that is discreet, which leads to much to read
	walkOfKind = 3    // presses that differ only in the numbers of their custom IDs
	walkPicks  = 3    // values of a select
)

// A walker presses everything that a person can get to see, and never agrees.
type walker struct {
	*crowd
	p      gymtest.Person
	queue  []step
	kinds  map[string]int
	parts  map[string]bool // components that were pressed
	made   map[string]int  // rows with the person's id, by table, that a card told of
	untold map[string]bool // kinds of presses that made one and did not
	before map[string]int
}

// A step is a press, or a form that is sent.
type step struct {
	id     string
	values []string
	fields map[string]string
}

// walkOptions are plausible values of every option of every command. The first of
// a command's options that is named in walkBase is always given.
func walkOptions() map[string]map[string][]any {
	here := gymtest.Channel(gymtest.GeneralID, 0, gymtest.Postable)
	class := map[string][]any{"at": {"mon 18:00", "daily", "24 Dec 10:00", "never", "sun 07:00, 20:00"}, "length": {45}, "title": {"Row"}, "before": {0, 15}, "warm_up": {"lower"}, "cool_down": {false},
		"channel": {here}, "ping": {gymtest.CoachID}, "until": {"2027-01-31"}}
	with := func(name string, values ...any) map[string][]any {
		all := maps.Clone(class)
		all[name] = values
		return all
	}
	lifts := []any{"deadlift", "squat 3x5, bench", "xyzzy"}
	return map[string]map[string][]any{
		"pinched": {"area": {"neck", "low_back", "mid_back"}, "exercise": lifts},
		"modify": {"exercise": lifts, "exercise2": lifts, "exercise3": lifts, "exercise4": lifts, "exercise5": lifts,
			"area": {"elbow"}, "less": {"grip"}},
		"learn":         {"topic": {"from_training", "who_helps"}},
		"stretch":       {"routine": {"pre", "post", "desk", "calm", "hips_legs", "mine"}, "minutes": {3, 5, 10, 4}, "together": {true, false}},
		"setup":         {"place": {"1"}, "zone": {"Europe/Berlin", "EST"}, "channel": {here}, "coach": {gymtest.CoachID}, "log": {here}, "name": {"Annex", secretPlace}, "country": {"Germany"}, "language": {"en"}, "tidy": {true, false}, "together": {false, true}},
		"class add":     with("place", "1"),
		"class list":    {"place": {"1"}},
		"class edit":    with("class", "1"),
		"class closed":  {"dates": {"2026-12-24", "holidays"}, "place": {"1"}},
		"class history": {},
		"class file":    {"file": nil}, // handed in below
		"me settings":   {"zone": {"Europe/Lisbon", "EST"}, "country": {"Portugal"}, "language": {"en"}, "active": {"07:00-22:00"}},
		"me reminders":  {"at": {"weekdays 11:00"}, "routine": {"desk"}, "zone": {"Europe/Lisbon"}},
		"me nudge":      {"days": {"2", "7", "14"}},
		"me pause":      {"until": {"2026-12-24", "off"}},
		"me notify":     {}, "me progress": {}, "me routine": {}, "me easy": {}, "me privacy": {}, "me export": {}, "me forget": {},
		"help": {"share": {true}},
	}
}

// walkBase are options without which the others mean nothing.
func walkBase(name string) map[string]any {
	switch name {
	case "class add":
		return map[string]any{"at": "mon 18:00"}
	case "class edit":
		return map[string]any{"class": "1"}
	case "me reminders":
		return map[string]any{"at": "daily 10:00", "zone": "Europe/Lisbon"}
	case "stretch":
		return map[string]any{"routine": "calm"}
	case "setup":
		return map[string]any{"name": "Third hall", "zone": "Europe/Lisbon", "channel": gymtest.Channel(gymtest.GeneralID, 0, gymtest.Postable)}
	}
	return nil
}

// TestWalkWithoutConsent is a member, a coach and a manager who never agreed. Each
// uses every command with each of its options, presses every button, picks from
// every select and sends every form of every card that comes back. Whatever makes
// a row with their id comes with a card that says so.
func TestWalkWithoutConsent(t *testing.T) {
	gymtest.Slow(t)
	coach, manager, member := gymtest.Carl(), gymtest.Olga(), gymtest.Mia()
	coach.User, manager.User, member.User = "1325750707814400071", "1325750707814400072", "1325750707814400073"
	manager.Channel = "1325750707814400074" // where nobody follows a routine
	pressed := map[string]bool{}
	made := map[string]int{}
	for _, p := range []gymtest.Person{member, alone(member), coach, manager} {
		w := &walker{crowd: newCrowd(t), p: p, kinds: map[string]int{}, parts: pressed, made: made, untold: map[string]bool{}}
		w.Figures = nil // pictures say nothing, and take their time
		w.Restart()
		w.walk()
	}
	g := gymtest.New(t)
	g.Start()
	never := []string{button.PinchedOldID.Name(), button.EasyAgreeID.Name()} // on no card any more, and to agree
	for _, part := range g.Parts {
		if !pressed[part.Name()] && !slices.Contains(never, part.Name()) {
			t.Errorf("nothing of %s was pressed", part.Name())
		}
	}
	// What needs no consent; a table more is a row that nobody was told of before.
	want := []string{"batch_changes", "changes", "classes", "players"}
	if got := slices.Sorted(maps.Keys(made)); !slices.Equal(got, want) {
		t.Errorf("rows were made in %v, want %v", got, want)
	}
	t.Logf("rows that a card told of: %v", made)
}

func (w *walker) walk() {
	w.T.Helper()
	w.before = w.rows()
	if len(w.before) > 0 {
		w.T.Fatalf("there are rows at the start: %v", w.before)
	}
	w.files()
	defer w.leaves()
	all := walkOptions()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		w.use(name, walkBase(name))
		w.use(name, nil)
		for _, option := range slices.Sorted(maps.Keys(all[name])) {
			for _, value := range all[name][option] {
				given := maps.Clone(walkBase(name))
				if given == nil {
					given = map[string]any{}
				}
				given[option] = value
				w.use(name, given)
			}
		}
	}
	w.use("setup", map[string]any{"place": "Iron Garden", "zone": "Asia/Tokyo"}) // where the walk left it that name
	w.use("class add", nil)                                                      // where there are several places by now
	for _, id := range slices.Sorted(maps.Keys(w.ids)) {                         // posts, cards for everybody, and what stands on cards of those who agreed
		if part := w.Part(id); !part.OwnerOnly || slices.Contains([]string{"easy1", "ownfix1", "ownform1", "ownset1", "notifyme1"}, part.Name()) {
			w.add(step{id: id, fields: typedInto(id)})
		}
	}
	cards := 0
	for ; len(w.queue) > 0 && cards < walkCards; cards++ {
		slices.SortStableFunc(w.queue, func(a, b step) int { return cmp.Compare(late(a.id), late(b.id)) })
		s := w.queue[0]
		w.queue = w.queue[1:]
		w.Time = w.Time.Add(10 * time.Millisecond) // so that drafts live
		req := w.p.Request(w.Gym, nil)
		req.Values, req.Fields = s.values, s.fields
		part := w.Part(s.id)
		w.parts[part.Name()] = true
		reply, err := part.Press(w.T.Context(), req, s.id)
		w.look(s.id, reply, err)
	}
	w.T.Logf("%s: %d cards, %d left", w.p.User, cards, len(w.queue))
}

// leaves checks that the person is told of each table that holds a row of theirs,
// and that none does once they asked to be forgotten.
func (w *walker) leaves() {
	w.T.Helper()
	const nothing = "Kept about you: nothing."
	text := golden.Shown(w.Run(w.p, "me privacy", nil))
	if rows := w.rows(); strings.Contains(text, nothing) != (len(rows) == 0) || strings.Count(text, "\n  - ") != len(rows) {
		w.T.Errorf("there are rows in %v, and /me privacy says\n%s", rows, text)
	}
	w.Run(w.p, "me forget", nil)
	if text := golden.Shown(w.Run(w.p, "me privacy", nil)); len(w.rows()) > 0 || !strings.Contains(text, nothing) {
		w.T.Errorf("forgotten, there are rows in %v, and /me privacy says\n%s", w.rows(), text)
	}
}

// files hands files in: with a class more, with days closed, and nonsense.
func (w *walker) files() {
	w.T.Helper()
	out := w.FileOut(gymtest.Carl())
	for _, text := range []string{
		strings.Replace(out, "classes:\n", "classes:\n      - at: fri 07:00\n", 1),
		strings.Replace(out, "\n    classes:", "\n    closed: [2026-12-31]\n    classes:", 1),
		"version: 7",
		"Mon 5:30 Yoga",
	} {
		w.look("class file", w.Hand(w.p, text), nil)
	}
}

// use runs a command.
func (w *walker) use(name string, options map[string]any) {
	w.T.Helper()
	w.Time = w.Time.Add(10 * time.Millisecond)
	first, sub, _ := strings.Cut(name, " ")
	for _, c := range w.Commands() {
		for _, s := range append([]bot.Command{c}, c.Subs...) {
			if c.Name != first || s.Run == nil || sub != "" && s.Name != sub {
				continue
			}
			if len(s.Options) != len(walkOptions()[name]) {
				w.T.Errorf("/%s has %d options, and the walk knows %d", name, len(s.Options), len(walkOptions()[name]))
			}
			req := w.p.Request(w.Gym, options)
			if !req.Perms.Has(s.Perm | c.Perm) {
				return
			}
			reply, err := s.Run(w.T.Context(), req)
			w.look("/"+name, reply, err)
			return
		}
	}
	w.T.Fatalf("there is no /%s", name)
}

// rows counts the rows with the person's id, by table.
func (w *walker) rows() map[string]int {
	dump := w.Dump()
	if dump == w.dump {
		return w.before
	}
	w.dump = dump
	count := map[string]int{}
	for table, rows := range unfold(w.T, dump) {
		for _, r := range rows {
			if slices.Contains(slices.Collect(maps.Values(r)), `"`+w.p.User+`"`) {
				count[table]++
			}
		}
	}
	return count
}

// look checks that a card says of each row that it made, and goes on with what is
// on it.
func (w *walker) look(what string, reply bot.Reply, err error) {
	w.T.Helper()
	text := golden.Shown(reply)
	if ue, ok := errors.AsType[*bot.UserError](err); ok {
		reply = bot.Reply{Parts: ue.Parts(w.p.Request(w.Gym, nil).Say)}
		text = golden.Shown(reply)
	} else if err != nil {
		w.T.Fatalf("%s: %v", what, err)
	}
	after := w.rows()
	for table, n := range after {
		if n <= w.before[table] {
			continue
		}
		w.made[table]++
		if kind := numberInID.ReplaceAllString(what, "#"); !strings.Contains(text, "Discord id") && !w.untold[kind] {
			w.untold[kind] = true
			w.T.Errorf("%s keeps a row in %s, and the card doesn't say so:\n%s", what, table, text)
		}
	}
	w.before = after
	w.goOn(reply)
}

// goOn adds what can be pressed, picked and sent on a card, but the yes of a
// question for consent.
func (w *walker) goOn(reply bot.Reply) {
	yes := w.p.Request(w.Gym, nil).Say("card.consent.yes", nil)
	for _, b := range golden.Buttons(reply.Parts) {
		if b.ID != "" && b.Label != yes && !b.Disabled {
			w.add(step{id: b.ID})
		}
	}
	for _, s := range golden.Selects(reply.Parts) {
		for i, e := range s.Entries {
			if i < walkPicks {
				w.add(step{id: s.ID, values: []string{e.Value}})
			}
		}
	}
	if m := reply.Modal; m != nil {
		w.add(step{id: m.ID, fields: typedInto(m.ID)})
	}
}

// add puts a step into the queue, unless enough of its kind were made.
func (w *walker) add(s step) {
	kind := numberInID.ReplaceAllString(s.id+" "+strings.Join(s.values, " "), "#")
	part, _, _ := strings.Cut(s.id, ":")
	w.kinds[kind]++
	w.kinds[part]++
	most := walkOfPart
	if w.Part(s.id).Discreet {
		most = walkToRead
	}
	if w.kinds[kind] <= walkOfKind && w.kinds[part] <= most {
		w.queue = append(w.queue, s)
	}
}
