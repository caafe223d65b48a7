package post_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"unpinch/commands/button"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/schedule"
)

func desk(s *schedule.Series) {
	s.Purpose, s.Lead, s.CoolDown = schedule.ForDesk, 0, false
}

// inDM is a person in the DM with the bot.
func inDM(p gymtest.Person) gymtest.Person {
	return gymtest.Person{User: p.User, Channel: "1325750707814400077", Kind: 1}
}

// TestNotifyMe follows a class as someone who never used the bot before. The
// consent card comes between, and its yes leads to what they pressed.
func TestNotifyMe(t *testing.T) {
	g := gymtest.New(t)
	g.Add(map[string]any{"at": "mon wed fri 18:00"})
	s := g.Only()
	out := g.Post(s, schedule.KindPre, g.Time, schedule.StateSent, "")
	ask := golden.ID(t, must(t)(g.Render(s, out, false)), "Notify me")
	shown := g.Press(gymtest.Mia(), ask, nil)
	golden.Reply(t, "notify-card", shown)
	if o, err := g.Store.Occurrence(t.Context(), out.ID); err != nil || o.Pressed != 1 || o.Done != 0 {
		t.Errorf("the press is not counted: %+v, %v", o, err)
	}
	before, kicks := g.Dump(), g.Kicks
	consent := g.Press(gymtest.Mia(), golden.ID(t, shown, "This class"), nil)
	golden.Reply(t, "notify-consent", consent)
	if no := g.Press(gymtest.Mia(), golden.ID(t, consent, "No, keep nothing"), nil); golden.Shown(no) != golden.Shown(shown) {
		t.Errorf("No leads to %s", golden.Shown(no))
	}
	if g.Dump() != before || g.Kicks != kicks {
		t.Error("something was kept before consent")
	}
	yes := golden.ID(t, consent, "I agree, and I am 16 or older, or my parent agrees")
	golden.Reply(t, "notify-class", g.Press(gymtest.Mia(), yes, nil))
	if got := g.Waiting(gymtest.Mia()); got != "confirm 12:00:00" || g.Kicks == kicks {
		t.Errorf("to be sent: %q, the engine was told %t", got, g.Kicks > kicks)
	}
	golden.Reply(t, "notify-place", g.Press(gymtest.Mia(), golden.ID(t, shown, "All at Iron Garden"), nil))
	golden.Reply(t, "notify-card-already", g.Press(gymtest.Mia(), ask, nil))
	g.Press(gymtest.Mia(), yes, nil) // a second press
	if got, want := g.FollowsOf(gymtest.Mia()), "**Mondays, Wednesdays and Fridays at 18:00** at Iron Garden; **all classes at Iron Garden**"; got != want {
		t.Errorf("mia follows %q, want %q", got, want)
	}
	golden.Reply(t, "notify-stopped", g.Press(gymtest.Mia(), golden.ID(t, g.Press(gymtest.Mia(), ask, nil), "Stop these"), nil))
	golden.Reply(t, "notify-stopped-already", g.Press(gymtest.Mia(), button.FollowID.For(button.FollowState{Act: button.FollowStop, ID: s.ID}), nil))
	if got := g.FollowsOf(gymtest.Mia()); got != "" {
		t.Errorf("mia follows %q still", got)
	}
}

// TestNotifyOnDays picks days, agrees, and picks others.
func TestNotifyOnDays(t *testing.T) {
	g := gymtest.New(t)
	g.Add(map[string]any{"at": "mon wed fri 18:00", "title": "Strength *A*"})
	ask := button.FollowID.For(button.FollowState{Act: button.FollowAsk, ID: g.Only().ID})
	days := g.Press(gymtest.Mia(), ask, nil)
	golden.Reply(t, "notify-days", days)
	pick := golden.Selects(days.Parts)[0].ID
	monday, thursday := fmt.Sprint(schedule.On(time.Monday)), fmt.Sprint(schedule.On(time.Thursday))
	consent := g.Press(gymtest.Mia(), pick, nil, monday, thursday)
	golden.Reply(t, "notify-days-picked", g.Press(gymtest.Mia(), golden.ID(t, consent, "I agree, and I am 16 or older, or my parent agrees"), nil))
	if again := golden.Shown(g.Press(gymtest.Mia(), ask, nil)); strings.Count(again, " *\n") != 2 {
		t.Errorf("the days that are picked are not marked:\n%s", again)
	}
	g.Press(gymtest.Mia(), pick, nil, thursday)
	if got, want := g.FollowsOf(gymtest.Mia()), "classes at Iron Garden on **Thursday**"; got != want {
		t.Errorf("mia follows %q, want %q", got, want)
	}
	var said golden.Table
	for name, values := range map[string][]string{"none": {}} {
		said.Row(name, g.Press(gymtest.Mia(), pick, nil, values...))
	}
	said.Compare(t, "notify-no-days")
	for _, odd := range []string{"0", "128", "-1", "x", ""} {
		if got := golden.Shown(g.Press(gymtest.Mia(), pick, nil, odd)); strings.Contains(got, "You get") || g.FollowsOf(gymtest.Mia()) != "classes at Iron Garden on **Thursday**" {
			t.Errorf("picking %q led to %s", odd, got)
		}
	}
}

// TestNotifyWithHours holds that the answer says what keeps DMs away.
func TestNotifyWithHours(t *testing.T) {
	g := gymtest.New(t)
	g.Add(map[string]any{"at": "mon 18:00"})
	g.Agree(gymtest.Mia())
	m := schedule.Member{UserID: gymtest.Mia().User, Locale: "en-US", Active: schedule.Hours{From: 8 * 60, To: 21*60 + 30},
		PausedUntil: schedule.Date{Year: 2026, Month: 12, Day: 1}}
	g.Closed(gymtest.Mia())
	if err := g.Store.SetMember(t.Context(), m, g.Time.AddDate(0, 0, 9), g.Time); err != nil {
		t.Fatal(err)
	}
	press := button.FollowID.For(button.FollowState{Act: button.FollowPlace, ID: g.Only().ID})
	golden.Reply(t, "notify-held", g.Press(gymtest.Mia(), press, nil))
	g.Time = g.Time.AddDate(0, 0, 9)
	if got := golden.Shown(g.Press(gymtest.Mia(), press, nil)); strings.Contains(got, "Paused") {
		t.Errorf("a pause that is over is told of: %s", got)
	}
}

// TestNotifyIsFull holds that one follow too many is refused in words.
func TestNotifyIsFull(t *testing.T) {
	g := gymtest.New(t)
	g.Agree(gymtest.Mia())
	var last schedule.Series
	for range schedule.FollowsMax {
		last = g.Saved("mon 18:00")
		g.Press(gymtest.Mia(), button.FollowID.For(button.FollowState{Act: button.FollowClass, ID: last.ID}), nil)
	}
	before := g.Dump()
	golden.Text(t, "notify-full", golden.Shown(g.Press(gymtest.Mia(), button.FollowID.For(button.FollowState{Act: button.FollowPlace, ID: last.ID}), nil)))
	if g.Dump() != before {
		t.Error("one too many is kept")
	}
}

// TestNotifyGone holds that presses about classes and posts that are gone, or are
// another server's, are refused in words and keep nothing.
func TestNotifyGone(t *testing.T) {
	g := gymtest.New(t)
	g.Agree(gymtest.Mia())
	g.Agree(gymtest.Rita())
	g.Place(gymtest.Rita().Guild, "Rival")
	s := g.Saved("mon 18:00")
	out := g.Post(s, schedule.KindPre, g.Time, schedule.StateSent, "")
	word := g.Post(s, schedule.KindLog, g.Time, schedule.StateSent, "")
	before := g.Dump()
	for _, id := range []string{fmt.Sprint("notify1:", out.ID), "follow1:class/1/127", "follow1:show/1/0", "follow1:days/1/3/yes", "follow1:stop/1/0", "follow1:ask/1/0"} {
		if got := golden.Shown(g.Press(gymtest.Rita(), id, nil)); !strings.HasPrefix(got, "That class isn't on the timetable") {
			t.Errorf("rita pressed %s and got %s", id, got)
		}
	}
	for _, id := range []string{"notify1:999", fmt.Sprint("notify1:", word.ID), "follow1:class/999/127", "follow1:x/1/0", "follow1:class/1", "follow1:class/1/128", "follow1:"} {
		if got := golden.Shown(g.Press(gymtest.Mia(), id, nil)); !strings.HasPrefix(got, "That class isn't") && !strings.HasPrefix(got, "This button is from") {
			t.Errorf("mia pressed %s and got %s", id, got)
		}
	}
	if g.Dump() != before {
		t.Error("a refused press changed something")
	}
	if err := g.Store.Remove(t.Context(), s.ID, schedule.By{At: g.Time}); err != nil {
		t.Fatal(err)
	}
	if got := golden.Shown(g.Press(gymtest.Mia(), fmt.Sprint("notify1:", out.ID), nil)); !strings.HasPrefix(got, "That class isn't") {
		t.Errorf("a post of a removed class leads to %s", got)
	}
}

// TestPressesOnPosts holds that Start and Gentle version open their routine from
// any post, new or old, and that only presses in time and in the post's channel
// count.
func TestPressesOnPosts(t *testing.T) {
	g := gymtest.New(t)
	g.Add(map[string]any{"at": "mon 18:00"})
	s := g.Only()
	o := g.Post(s, schedule.KindPre, g.Time, schedule.StateSent, "")
	reply := must(t)(g.Render(s, o, false))
	start, gentle := golden.ID(t, reply, "Start"), golden.ID(t, reply, "Gentle version")
	elsewhere := gymtest.Mia()
	elsewhere.Channel = gymtest.GeneralID
	for _, tc := range []struct {
		name, id string
		p        gymtest.Person
		after    time.Duration
		pressed  int
	}{
		{"Start", start, gymtest.Mia(), 0, 1},
		{"Gentle version", gentle, gymtest.Carl(), time.Minute, 2},
		{"in another channel", start, elsewhere, time.Minute, 2},
		{"of an older version", "playopen1:pre-5", gymtest.Mia(), time.Minute, 2},
		{"of no post", "post1:999/pre-5", gymtest.Mia(), time.Minute, 2},
		{"a day later", start, gymtest.Mia(), 24*time.Hour + time.Second, 2},
	} {
		g.Time = o.DueAt.Add(tc.after)
		if got := golden.Shown(g.Press(tc.p, tc.id, nil)); !strings.Contains(got, "Step 1 of ") {
			t.Errorf("%s opens %s", tc.name, got)
		}
		if now, err := g.Store.Occurrence(t.Context(), o.ID); err != nil || now.Pressed != tc.pressed || now.Done != 0 {
			t.Errorf("%s: %d presses are counted, want %d, %v", tc.name, now.Pressed, tc.pressed, err)
		}
	}
	for _, id := range []string{"post1:1/gone", "post1:1/", "post1:1", "post1:x/pre-5"} {
		if got := golden.Shown(g.Press(gymtest.Mia(), id, nil)); !strings.HasPrefix(got, "This button is from") {
			t.Errorf("%s opens %s", id, got)
		}
	}
}

// drillsIn are the names of drills that a card lists by number.
var drillsIn = regexp.MustCompile(`(?m)^\s*(?:\*\*\d+\. |\d+\. \*\*)([^:]+):`)

// TestStartPlaysThePostsOwn: variants take turns by the day, and Start on a post plays
// the one that it shows, whatever day it is pressed on.
func TestStartPlaysThePostsOwn(t *testing.T) {
	g := gymtest.New(t)
	g.Add(map[string]any{"at": "daily 18:00"})
	s := g.Only()
	seen := map[string]bool{}
	for day := range 8 {
		for _, kind := range []schedule.Kind{schedule.KindPre, schedule.KindCoolDown} {
			at := g.Time.AddDate(0, 0, day)
			post := must(t)(g.Render(s, schedule.Occurrence{ID: 1, ClassID: s.ID, Kind: kind, DueAt: at, StartAt: at}, false))
			own := g.Tap(gymtest.Mia(), g.Press(gymtest.Mia(), golden.ID(t, post, "Start"), nil), "More")
			text := golden.Shown(g.Tap(gymtest.Mia(), own, "Whole routine as text"))
			got, want := drillNames(text), drillNames(golden.Shown(post))
			if !slices.Equal(got, want) || len(got) == 0 {
				t.Errorf("day %d, %s: Start plays %s, the post shows %s", day, kind, got, want)
			}
			seen[golden.ID(t, post, "Start")] = true
		}
	}
	if len(seen) < 4 {
		t.Errorf("posts of eight days start %v", seen)
	}
}

func drillNames(shown string) (names []string) {
	for _, m := range drillsIn.FindAllStringSubmatch(shown, -1) {
		names = append(names, m[1])
	}
	return names
}
