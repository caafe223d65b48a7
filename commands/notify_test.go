package commands

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/golden"
	"unpinch/delivery"
	"unpinch/schedule"
)

// agree lets the bot keep what a person asks it to.
func agree(g *gym, p person) {
	g.t.Helper()
	if err := g.db.Agree(g.t.Context(), p.user, card.ConsentVersion, "en-US", g.now); err != nil {
		g.t.Fatal(err)
	}
}

// saved keeps a class of the gym's place.
func (g *gym) saved(rule string, change ...func(*schedule.Series)) schedule.Series {
	g.t.Helper()
	places, err := g.db.Places(g.t.Context(), ironID)
	if err != nil {
		g.t.Fatal(err)
	}
	s := schedule.Series{Place: places[0], Purpose: schedule.ForClass, Length: time.Hour, ChannelID: classesID, Lead: 10 * time.Minute,
		CoolDown: true, CreatedBy: carl().user, CreatedAt: g.now, DraftUntil: g.now.Add(time.Hour)}
	if s.Rule, err = schedule.Parse(rule); err != nil {
		g.t.Fatal(err)
	}
	for _, c := range change {
		c(&s)
	}
	batch, err := g.db.AddDrafts(g.t.Context(), 0, []schedule.Series{s})
	if err != nil {
		g.t.Fatal(err)
	}
	ids, err := g.db.SaveDrafts(g.t.Context(), batch, schedule.By{UserID: carl().user, At: g.now})
	if err != nil {
		g.t.Fatal(err)
	}
	s, err = g.db.Series(g.t.Context(), ids[0])
	if err != nil {
		g.t.Fatal(err)
	}
	return s
}

func desk(s *schedule.Series) {
	s.Purpose, s.Lead, s.CoolDown = schedule.ForDesk, 0, false
}

// dm puts a DM to a person into the ledger that was sent, and returns it.
func (g *gym) dm(s schedule.Series, kind schedule.Kind, p person, due, start time.Time) schedule.Occurrence {
	g.t.Helper()
	plans, err := g.db.DuePlans(g.t.Context(), due.AddDate(10, 0, 0), 1000)
	if err != nil || len(plans) == 0 {
		g.t.Fatalf("no plans: %v", err)
	}
	o := schedule.Occurrence{ClassID: s.ID, GuildID: s.Place.GuildID, Kind: kind, DueAt: due, StartAt: start, UserID: p.user,
		State: schedule.StateSent, SendAt: due}
	step := delivery.Step{Plan: plans[0], AccountedTo: plans[0].AccountedTo, NextAt: plans[0].NextAt, Occurrences: []schedule.Occurrence{o}}
	if err := g.db.Record(g.t.Context(), g.now, []delivery.Step{step}); err != nil {
		g.t.Fatal(err)
	}
	return g.newest(kind)
}

// inDM is a person in the DM with the bot.
func inDM(p person) person {
	return person{user: p.user, channel: "1325750707814400077", kind: 1}
}

// waiting lists what is to be sent to a person, as "notice 12:25".
func (g *gym) waiting(p person) string {
	g.t.Helper()
	var all []string
	for _, o := range g.ledger() {
		if o.UserID == p.user && o.State == schedule.StateDue {
			all = append(all, string(o.Kind)+o.SendAt.UTC().Format(" 15:04:05"))
		}
	}
	return strings.Join(all, ", ")
}

func (g *gym) followsOf(p person) string {
	g.t.Helper()
	all, err := g.db.Follows(g.t.Context(), p.user)
	if err != nil {
		g.t.Fatal(err)
	}
	var words []string
	for _, f := range all {
		words = append(words, g.followWords("en", f))
	}
	return strings.Join(words, "; ")
}

// TestNotifyMe follows a class as someone who never used the bot before: card,
// consent, and what they pressed.
func TestNotifyMe(t *testing.T) {
	g := newGym(t)
	g.add(map[string]any{"at": "mon wed fri 18:00"})
	s := g.only()
	post := g.post(s, schedule.KindPre, g.now, schedule.StateSent, "")
	ask := golden.ID(t, must(t)(g.render(s, post, false)), "Notify me")
	shown := g.press(mia(), ask, nil)
	golden.Reply(t, "notify-card", shown)
	if o, err := g.db.Occurrence(t.Context(), post.ID); err != nil || o.Pressed != 1 || o.Done != 0 {
		t.Errorf("the press is not counted: %+v, %v", o, err)
	}
	before, kicks := g.dump(), g.kicks
	consent := g.press(mia(), golden.ID(t, shown, "This class"), nil)
	golden.Reply(t, "notify-consent", consent)
	if no := g.press(mia(), golden.ID(t, consent, "No, keep nothing"), nil); golden.Shown(no) != golden.Shown(shown) {
		t.Errorf("No leads to %s", golden.Shown(no))
	}
	if g.dump() != before || g.kicks != kicks {
		t.Error("something was kept before consent")
	}
	yes := golden.ID(t, consent, "I agree, and I am 16 or older, or my parent agrees")
	golden.Reply(t, "notify-class", g.press(mia(), yes, nil))
	if got := g.waiting(mia()); got != "confirm 12:00:00" || g.kicks == kicks {
		t.Errorf("to be sent: %q, the engine was told %t", got, g.kicks > kicks)
	}
	golden.Reply(t, "notify-place", g.press(mia(), golden.ID(t, shown, "All at Iron Garden"), nil))
	golden.Reply(t, "notify-card-already", g.press(mia(), ask, nil))
	g.press(mia(), yes, nil) // a second press
	if got, want := g.followsOf(mia()), "**Mondays, Wednesdays and Fridays at 18:00** at Iron Garden; **all classes at Iron Garden**"; got != want {
		t.Errorf("mia follows %q, want %q", got, want)
	}
	golden.Reply(t, "notify-stopped", g.press(mia(), golden.ID(t, g.press(mia(), ask, nil), "Stop these"), nil))
	golden.Reply(t, "notify-stopped-already", g.press(mia(), button.FollowID.For(button.FollowState{Act: button.FollowStop, ID: s.ID}), nil))
	if got := g.followsOf(mia()); got != "" {
		t.Errorf("mia follows %q still", got)
	}
}

// TestNotifyOnDays picks days, with consent between, and changes them.
func TestNotifyOnDays(t *testing.T) {
	g := newGym(t)
	g.add(map[string]any{"at": "mon wed fri 18:00", "title": "Strength *A*"})
	ask := button.FollowID.For(button.FollowState{Act: button.FollowAsk, ID: g.only().ID})
	days := g.press(mia(), ask, nil)
	golden.Reply(t, "notify-days", days)
	pick := golden.Selects(days.Parts)[0].ID
	monday, thursday := fmt.Sprint(schedule.On(time.Monday)), fmt.Sprint(schedule.On(time.Thursday))
	consent := g.press(mia(), pick, nil, monday, thursday)
	golden.Reply(t, "notify-days-picked", g.press(mia(), golden.ID(t, consent, "I agree, and I am 16 or older, or my parent agrees"), nil))
	if again := golden.Shown(g.press(mia(), ask, nil)); strings.Count(again, " *\n") != 2 {
		t.Errorf("the days that are picked are not marked:\n%s", again)
	}
	g.press(mia(), pick, nil, thursday)
	if got, want := g.followsOf(mia()), "classes at Iron Garden on **Thursday**"; got != want {
		t.Errorf("mia follows %q, want %q", got, want)
	}
	var said golden.Table
	for name, values := range map[string][]string{"none": {}} {
		said.Row(name, g.press(mia(), pick, nil, values...))
	}
	said.Compare(t, "notify-no-days")
	for _, odd := range []string{"0", "128", "-1", "x", ""} {
		if got := golden.Shown(g.press(mia(), pick, nil, odd)); strings.Contains(got, "You get") || g.followsOf(mia()) != "classes at Iron Garden on **Thursday**" {
			t.Errorf("picking %q led to %s", odd, got)
		}
	}
}

// TestNotifyWithHours says what keeps DMs away.
func TestNotifyWithHours(t *testing.T) {
	g := newGym(t)
	g.add(map[string]any{"at": "mon 18:00"})
	agree(g, mia())
	m := schedule.Member{UserID: mia().user, Locale: "en-US", Active: schedule.Hours{From: 8 * 60, To: 21*60 + 30},
		PausedUntil: schedule.Date{Year: 2026, Month: 12, Day: 1}}
	g.closed(mia())
	if err := g.db.SetMember(t.Context(), m, g.now.AddDate(0, 0, 9), g.now); err != nil {
		t.Fatal(err)
	}
	press := button.FollowID.For(button.FollowState{Act: button.FollowPlace, ID: g.only().ID})
	golden.Reply(t, "notify-held", g.press(mia(), press, nil))
	g.now = g.now.AddDate(0, 0, 9)
	if got := golden.Shown(g.press(mia(), press, nil)); strings.Contains(got, "Paused") {
		t.Errorf("a pause that is over is told of: %s", got)
	}
}

// TestNotifyIsFull: a member follows so many, and no more.
func TestNotifyIsFull(t *testing.T) {
	g := newGym(t)
	agree(g, mia())
	var last schedule.Series
	for range schedule.FollowsMax {
		last = g.saved("mon 18:00")
		g.press(mia(), button.FollowID.For(button.FollowState{Act: button.FollowClass, ID: last.ID}), nil)
	}
	before := g.dump()
	golden.Text(t, "notify-full", golden.Shown(g.press(mia(), button.FollowID.For(button.FollowState{Act: button.FollowPlace, ID: last.ID}), nil)))
	if g.dump() != before {
		t.Error("one too many is kept")
	}
}

// TestNotifyGone: classes and posts that are gone, or are another server's, are
// told in words, and nothing is kept.
func TestNotifyGone(t *testing.T) {
	g := newGym(t)
	agree(g, mia())
	agree(g, rita())
	g.place(rita().guild, "Rival")
	s := g.saved("mon 18:00")
	post := g.post(s, schedule.KindPre, g.now, schedule.StateSent, "")
	word := g.post(s, schedule.KindLog, g.now, schedule.StateSent, "")
	before := g.dump()
	for _, id := range []string{fmt.Sprint("notify1:", post.ID), "follow1:class/1/127", "follow1:show/1/0", "follow1:days/1/3/yes", "follow1:stop/1/0", "follow1:ask/1/0"} {
		if got := golden.Shown(g.press(rita(), id, nil)); !strings.HasPrefix(got, "That class isn't on the timetable") {
			t.Errorf("rita pressed %s and got %s", id, got)
		}
	}
	for _, id := range []string{"notify1:999", fmt.Sprint("notify1:", word.ID), "follow1:class/999/127", "follow1:x/1/0", "follow1:class/1", "follow1:class/1/128", "follow1:"} {
		if got := golden.Shown(g.press(mia(), id, nil)); !strings.HasPrefix(got, "That class isn't") && !strings.HasPrefix(got, "This button is from") {
			t.Errorf("mia pressed %s and got %s", id, got)
		}
	}
	if g.dump() != before {
		t.Error("a refused press changed something")
	}
	if err := g.db.Remove(t.Context(), s.ID, schedule.By{At: g.now}); err != nil {
		t.Fatal(err)
	}
	if got := golden.Shown(g.press(mia(), fmt.Sprint("notify1:", post.ID), nil)); !strings.HasPrefix(got, "That class isn't") {
		t.Errorf("a post of a removed class leads to %s", got)
	}
}

// TestPressesOnPosts: Start and Gentle version open their routine from a new
// post, an old one and one of an older version, and count where they should.
func TestPressesOnPosts(t *testing.T) {
	g := newGym(t)
	g.add(map[string]any{"at": "mon 18:00"})
	s := g.only()
	o := g.post(s, schedule.KindPre, g.now, schedule.StateSent, "")
	reply := must(t)(g.render(s, o, false))
	start, gentle := golden.ID(t, reply, "Start"), golden.ID(t, reply, "Gentle version")
	elsewhere := mia()
	elsewhere.channel = generalID
	for _, tc := range []struct {
		name, id string
		p        person
		after    time.Duration
		pressed  int
	}{
		{"Start", start, mia(), 0, 1},
		{"Gentle version", gentle, carl(), time.Minute, 2},
		{"in another channel", start, elsewhere, time.Minute, 2},
		{"of an older version", "playopen1:pre-5", mia(), time.Minute, 2},
		{"of no post", "post1:999/pre-5", mia(), time.Minute, 2},
		{"a day later", start, mia(), doneMax + time.Second, 2},
	} {
		g.now = o.DueAt.Add(tc.after)
		if got := golden.Shown(g.press(tc.p, tc.id, nil)); !strings.Contains(got, "Step 1 of ") {
			t.Errorf("%s opens %s", tc.name, got)
		}
		if now, err := g.db.Occurrence(t.Context(), o.ID); err != nil || now.Pressed != tc.pressed || now.Done != 0 {
			t.Errorf("%s: %d presses are counted, want %d, %v", tc.name, now.Pressed, tc.pressed, err)
		}
	}
	for _, id := range []string{"post1:1/gone", "post1:1/", "post1:1", "post1:x/pre-5"} {
		if got := golden.Shown(g.press(mia(), id, nil)); !strings.HasPrefix(got, "This button is from") {
			t.Errorf("%s opens %s", id, got)
		}
	}
}

func FuzzPostState(f *testing.F) { fuzzState[button.PostState](f, "7/pre-5", "7/", "-1/a/b", "x/y") }

func FuzzFollowState(f *testing.F) {
	fuzzState[button.FollowState](f, "class/7/127", "days/7/3/yes", "a/1/128", "//", "/0/0/yes")
}

func FuzzNoticeState(f *testing.F) {
	fuzzState[button.NoticeState](f, "snooze/7", "/7", "stop/", "a/b/7")
}

// fuzzState: what the text of a state reads as is written as a text that reads
// as the same.
func fuzzState[T interface {
	comparable
	MarshalText() ([]byte, error)
}, P interface {
	*T
	UnmarshalText([]byte) error
}](f *testing.F, seeds ...string) {
	for _, text := range seeds {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var s, back T
		if P(&s).UnmarshalText([]byte(text)) != nil {
			return
		}
		again, err := s.MarshalText()
		if err != nil || P(&back).UnmarshalText(again) != nil || back != s {
			t.Errorf("%q reads as %+v, and that as %+v", text, s, back)
		}
	})
}
