package delivery_test

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"unpinch/delivery"
	"unpinch/schedule"
	"unpinch/timetable"
)

// The walk of exceptions is the same each time, and short. CI takes more steps:
//
//	go test ./delivery -run TestExceptions -rapid.checks=2000 -rapid.seed=7
const (
	exceptSeed   = "20"
	exceptChecks = "15"
)

// A plain is all that the model knows: on which days of the week which times of
// day are, and what became of single ones of them. A start that is left out is
// moved to none.
type plain struct {
	days   map[time.Weekday]bool
	clocks []schedule.Clock
	except map[schedule.Slot]schedule.Slot
}

func (p plain) plans(s schedule.Slot) bool {
	return p.days[s.On(time.UTC).Weekday()] && slices.Contains(p.clocks, s.Clock)
}

// posts are the starts after an instant up to another.
func (p plain) posts(zone *time.Location, after, until time.Time) map[time.Time]bool {
	all := map[time.Time]bool{}
	for day := schedule.DateOf(after).Add(-9); !day.Add(-9).Start(zone).After(until); day = day.Add(1) {
		first := map[time.Time]bool{} // of several in one gap of the clock the first stands for all
		for _, c := range p.clocks {
			s := schedule.Slot{Day: day, Clock: c}
			if !p.plans(s) || first[s.On(zone)] {
				continue
			}
			first[s.On(zone)] = true
			if to, ok := p.except[s]; ok {
				s = to
			}
			if at := s.On(zone); !s.IsZero() && at.After(after) && !at.After(until) {
				all[at.UTC()] = true
			}
		}
	}
	return all
}

// A walker does what people do to a class, to the model as to the store.
type walker struct {
	*rapid.T
	g     *gym
	tick  *delivery.Dispatcher
	plain plain
	zone  *time.Location
	class schedule.Series
	now   time.Time
	from  time.Time // the class is walked from then on
	want  map[time.Time]bool
}

func (w *walker) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *walker) by() schedule.By { return schedule.By{UserID: "5", At: w.now} }

// read reads the class anew, with its starts.
func (w *walker) read() schedule.Recurrence {
	var err error
	w.class, err = w.g.store.Series(context.Background(), w.class.ID)
	w.must(err)
	r, err := w.class.Recurrence(w.g.zones)
	w.must(err)
	return r
}

// drawRule draws when a class is.
func (w *walker) drawRule() schedule.Rule {
	clocks := rapid.SliceOfNDistinct(rapid.SampledFrom([]schedule.Clock{0, 90, 150, 180, 420, 1080, 1110, 1439}), 1, 3, rapid.ID).Draw(w.T, "clocks")
	days := rapid.SliceOfNDistinct(rapid.IntRange(0, 6), 1, 7, rapid.ID).Draw(w.T, "days")
	slices.Sort(clocks)
	p := plain{map[time.Weekday]bool{}, clocks, maps.Clone(w.plain.except)}
	var words []string
	for _, d := range days {
		p.days[time.Weekday(d)] = true
		words = append(words, strings.ToLower(time.Weekday(d).String()[:3]))
	}
	for _, c := range clocks {
		words = append(words, c.String())
	}
	w.plain = p
	return must(schedule.Parse(strings.Join(words, " ")))
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// coming draws a start that has neither begun nor is where another is: one of the
// next, as cards show them.
func (w *walker) coming(off schedule.Reason) (start schedule.Start, ok bool) {
	r := w.read()
	after := w.now
	for range rapid.IntRange(1, 6).Draw(w.T, "which") {
		next, err := r.Next(after)
		if err != nil {
			return start, false
		}
		start, after = next, next.At
	}
	return start, start.Off == off
}

func (w *walker) skip() {
	if start, ok := w.coming(""); ok {
		w.must(w.g.store.Skip(context.Background(), w.class.ID, start, w.by()))
		w.keep(start.Slot, schedule.Slot{})
	}
}

// keep notes an exception. A start that is left out and then takes place again is
// where it was moved to, so that the model has both.
func (w *walker) keep(s, to schedule.Slot) { w.plain.except[s] = to }

func (w *walker) unskip() {
	start, ok := w.coming(schedule.ReasonSkipped)
	if !ok {
		return
	}
	back, _ := w.read().Start(start.Slot)
	w.must(w.g.store.Unskip(context.Background(), w.class.ID, back, w.by()))
	delete(w.plain.except, start.Slot)
	if at := schedule.SlotOf(back.At); at != start.Slot && !back.At.Equal(back.Planned) {
		w.keep(start.Slot, at)
	}
}

func (w *walker) move() {
	start, ok := w.coming("")
	to := schedule.Slot{Day: schedule.DateOf(start.At).Add(rapid.IntRange(-2, 5).Draw(w.T, "by")),
		Clock: rapid.SampledFrom([]schedule.Clock{60, 600, 1080, 1110, 1200}).Draw(w.T, "to")}
	if at := to.On(w.zone); !ok || !at.After(w.now) || schedule.SlotOf(at) != to || w.read().Taken(to, start.Slot) {
		return // which the card refuses
	}
	w.must(w.g.store.Move(context.Background(), w.class.ID, start, to, w.by()))
	if w.keep(start.Slot, to); to == start.Slot {
		delete(w.plain.except, start.Slot)
	}
}

// edit gives the class other days and times. What the rule of before leaves
// unclear is answered by lot.
func (w *walker) edit() {
	w.read()
	before, was := w.plain, w.class
	rule := w.drawRule()
	_, _, asks := schedule.Carry(was, rule, nil)
	draft := was
	draft.DraftOf, draft.Rule, draft.CreatedAt, draft.DraftUntil, draft.CreatedBy = was.ID, rule, w.now, w.now.Add(time.Minute), "5"
	answers := map[schedule.Slot]schedule.Slot{}
	for _, u := range asks {
		if len(u.Starts) > 0 {
			answers[u.Slot] = rapid.SampledFrom(append(u.Starts, schedule.Slot{})).Draw(w.T, "answer")
			draft.Answers = append(draft.Answers, schedule.Answer{Of: u.Slot, Is: answers[u.Slot]})
		}
	}
	batch, err := w.g.store.AddDrafts(context.Background(), 0, []schedule.Series{draft})
	w.must(err)
	_, err = w.g.store.SaveDrafts(context.Background(), batch, w.by())
	w.must(err)
	w.plain.except = before.carried(w.plain, answers)
}

// carried are the exceptions under another plan: at the same clock, or else the
// only start of the day before and after, or else by the answer.
func (p plain) carried(to plain, answers map[schedule.Slot]schedule.Slot) map[schedule.Slot]schedule.Slot {
	kept := map[schedule.Slot]schedule.Slot{}
	for _, s := range slices.SortedFunc(maps.Keys(p.except), func(a, b schedule.Slot) int {
		return cmp.Or(order(p.except[a].IsZero(), p.except[b].IsZero()), a.Compare(b)) // as the store has them: skips, then moves
	}) {
		is := s
		switch answer, asked := answers[s]; {
		case to.plans(s):
		case p.plans(s) && len(p.clocks) == 1 && len(to.clocks) == 1 && to.plans(schedule.Slot{Day: s.Day, Clock: to.clocks[0]}):
			is.Clock = to.clocks[0]
		case asked && answer.IsZero():
			continue
		case asked:
			is = answer
		}
		if _, there := kept[is]; !there && p.except[s] != is {
			kept[is] = p.except[s]
		}
	}
	return kept
}

func order(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// rezone gives the place another clock.
func (w *walker) rezone() {
	w.read()
	p := w.class.Place
	p.Zone = rapid.SampledFrom([]string{"Europe/Lisbon", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "Etc/UTC"}).Draw(w.T, "zone")
	_, err := w.g.store.SavePlace(context.Background(), p, w.by())
	w.must(err)
	w.zone = must(w.g.zones.Location(p.Zone))
}

// file writes the class into a file, reads that, and adds it as a new class in
// place of the old one.
func (w *walker) file() {
	r := w.read()
	c := timetable.ClassOf(w.class, schedule.SlotOf(w.now.In(r.Zone)))
	c.ID = 0
	f := timetable.File{Places: []timetable.Place{{Name: w.class.Place.Name, Zone: w.class.Place.Zone, Classes: []timetable.Class{c}}}}
	back, err := timetable.Decode(context.Background(), must(timetable.Encode(f)), w.g.zones, w.now, nil)
	w.must(err)
	if fields := timetable.Differ(c, back.Places[0].Classes[0]); len(fields) > 0 {
		w.Fatalf("the file has other %v", fields)
	}
	w.settle()
	c = back.Places[0].Classes[0]
	draft := w.class
	draft.ID, draft.Rule, draft.CreatedAt, draft.DraftUntil, draft.CreatedBy, draft.DraftOf = 0, c.Rule, w.now, w.now.Add(time.Minute), "5", 0
	var changes []schedule.BatchChange
	for _, s := range c.Skips {
		changes = append(changes, schedule.BatchChange{What: schedule.BatchSkip, Slot: s, Draft: 1, Place: draft.Place, CreatedBy: "5"})
	}
	for _, m := range c.Moves {
		changes = append(changes, schedule.BatchChange{What: schedule.BatchMove, Slot: m.From, To: m.To, Draft: 1, Place: draft.Place, CreatedBy: "5"})
	}
	b, err := w.g.store.AddBatch(context.Background(), []schedule.Series{draft}, changes, draft.DraftUntil)
	w.must(err)
	w.must(w.g.store.ApplyBatch(context.Background(), b, changesOf(w, b), w.by()))
	w.must(w.g.store.Remove(context.Background(), w.class.ID, w.by()))
	w.class.ID, w.from, w.want = b.Drafts, w.now, map[time.Time]bool{}
	for s, to := range w.plain.except { // what is over isn't in the file
		if gone := schedule.SlotOf(w.now.In(w.zone)); !to.IsZero() && to.Compare(gone) <= 0 || to.IsZero() && s.Compare(gone) <= 0 {
			delete(w.plain.except, s)
		}
	}
}

// changesOf are the changes of a batch with their starts found.
func changesOf(w *walker, b schedule.Batch) []schedule.BatchChange {
	if b.Changes == 0 {
		return nil
	}
	all, err := w.g.store.BatchChanges(context.Background(), b.Changes, w.now)
	w.must(err)
	for i := range all {
		at := all[i].Slot.On(w.zone)
		all[i].Start = schedule.Start{At: at, Planned: at, Slot: all[i].Slot}
	}
	return all
}

// pass lets the clock go on, and the dispatcher with it.
func (w *walker) pass() {
	until := w.now.Add(time.Duration(rapid.IntRange(1, 60).Draw(w.T, "hours")) * time.Hour)
	maps.Copy(w.want, w.plain.posts(w.zone, w.now, until))
	for w.now.Before(until) {
		w.now = w.now.Add(10 * time.Minute)
		_, err := w.tick.Tick(context.Background(), w.now)
		w.must(err)
	}
}

// settle compares what was due with the model.
func (w *walker) settle() {
	history, err := w.g.store.History(context.Background(), w.class.Place.GuildID, w.class.ID, 5000, 0)
	w.must(err)
	got := map[time.Time]bool{}
	for _, o := range history {
		if o.Kind == schedule.KindPre && (o.State == schedule.StateDue || o.Reason == schedule.ReasonAway) { // nothing sends here: the next overtakes it
			got[o.StartAt.UTC()] = true
		}
	}
	if !maps.Equal(got, w.want) {
		w.Fatalf("%s in %s from %v: posts at %v, the model has %v", w.class.Rule, w.zone, w.from, sorted(got), sorted(w.want))
	}
}

func sorted(all map[time.Time]bool) []time.Time {
	return slices.SortedFunc(maps.Keys(all), time.Time.Compare)
}

// Whatever is done to a class, its posts are those of a model that knows days and
// times of day only: none that the model lacks, none missing.
func TestExceptions(t *testing.T) {
	for name, value := range map[string]string{"rapid.seed": exceptSeed, "rapid.checks": exceptChecks, "rapid.nofailfile": "true"} {
		if f := flag.Lookup(name); f.Value.String() == f.DefValue {
			if err := flag.Set(name, value); err != nil {
				t.Fatal(err)
			}
		}
	}
	g, places, steps := newGym(t), 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		places++
		p := g.place(fmt.Sprint(places), "c")
		w := &walker{T: rt, g: g, zone: time.UTC, now: time.Date(2027, 3, 20, 0, 5, 0, 0, time.UTC), want: map[time.Time]bool{},
			plain: plain{except: map[schedule.Slot]schedule.Slot{}},
			tick:  &delivery.Dispatcher{Zones: g.zones, Planner: g.store, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Keep: 1000 * time.Hour}}
		w.from = w.now
		draft := schedule.Series{Place: p, Purpose: schedule.ForClass, Rule: w.drawRule(), Length: time.Hour, Lead: 10 * time.Minute, ChannelID: "c",
			CreatedBy: "5", CreatedAt: w.now, DraftUntil: w.now.Add(time.Minute)}
		batch, err := g.store.AddDrafts(context.Background(), 0, []schedule.Series{draft})
		w.must(err)
		ids, err := g.store.SaveDrafts(context.Background(), batch, w.by())
		w.must(err)
		w.class.ID = ids[0]
		acts := map[string]func(*rapid.T){}
		for name, act := range map[string]func(){"skip": w.skip, "unskip": w.unskip, "move": w.move, "edit": w.edit, "zone": w.rezone, "file": w.file, "pass": w.pass, "pass more": w.pass} {
			acts[name] = func(*rapid.T) { act(); steps++ }
		}
		acts[""] = func(*rapid.T) { w.read(); w.settle() }
		rt.Repeat(acts)
	})
	t.Logf("seed %s: %d walks, %d steps", flag.Lookup("rapid.seed").Value, places, steps)
}
