package post_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands"
	"unpinch/commands/button"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/commands/post"
	"unpinch/schedule"
)

// must returns the reply, and fails the test if there was an error.
func must(t *testing.T) func(bot.Reply, error) bot.Reply {
	t.Helper()
	return func(r bot.Reply, err error) bot.Reply {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
}

// posted makes an occurrence's message from what the gym's store holds.
func posted(g *gymtest.Gym, o schedule.Occurrence) (bot.Reply, error) {
	return commands.Posts(g.Deps).Post(g.T.Context(), o, post.How{})
}

// TestPost renders each kind of post.
func TestPost(t *testing.T) {
	g := gymtest.New(t)
	g.Add(map[string]any{"at": "mon wed fri 18:00", "title": "Strength *A*", "ping": bot.RoleValue{ID: gymtest.CoachID}})
	s := g.Only()
	monday := time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC)
	lastBefore := time.Date(2027, 3, 26, 18, 0, 0, 0, time.UTC) // the clocks change on the 28th
	for _, tc := range []struct {
		name  string
		kind  schedule.Kind
		start time.Time
		late  bool
	}{
		{"pre", schedule.KindPre, monday, false},
		{"cool-down", schedule.KindCoolDown, monday, false},
		{"cool-down-late", schedule.KindCoolDown, monday, true},
		{"pre-clock-change", schedule.KindPre, lastBefore, false},
		{"now", schedule.KindNow, monday, false},
		{"desk", schedule.KindDesk, monday.Add(-7 * time.Hour), false},
		{"desk-now", schedule.KindNow, monday.Add(-7 * time.Hour), false},
	} {
		o := schedule.Occurrence{ID: 7, ClassID: s.ID, Kind: tc.kind, StartAt: tc.start, DueAt: tc.start}
		s := s
		if strings.HasPrefix(tc.name, "desk") {
			s.Purpose, s.RoleID = schedule.ForDesk, ""
		}
		if tc.kind != schedule.KindNow {
			o.DueAt = tc.start.Add(s.Offset(tc.kind))
		}
		reply := must(t)(g.Render(s, o, tc.late))
		golden.Reply(t, "post-"+tc.name, reply)
		if pings := reply.PingRole != ""; pings != (tc.kind == schedule.KindPre) || pings == reply.Silent {
			t.Errorf("%s: pings %q, silent %t", tc.name, reply.PingRole, reply.Silent)
		}
		if n := golden.Words(reply); n > 120 {
			t.Errorf("%s: %d words", tc.name, n)
		}
		if mark := post.MessageMark(o); golden.ID(t, reply, "Done") != mark.CustomID {
			t.Errorf("%s: the message is not known again by %v", tc.name, mark)
		}
	}
	s.RoleID = ""
	everyone := s
	everyone.RoleID = s.Place.GuildID
	if reply := must(t)(g.Render(everyone, schedule.Occurrence{Kind: schedule.KindPre, StartAt: monday, DueAt: monday}, false)); reply.PingRole != "" || strings.Contains(golden.Shown(reply), "<@&") {
		t.Errorf("it pings everyone: %s", golden.Shown(reply))
	}
	if reply := must(t)(g.Render(s, schedule.Occurrence{Kind: schedule.KindPre, StartAt: monday, DueAt: monday}, false)); reply.PingRole != "" || !reply.Silent {
		t.Error("a class without a role pings")
	}
}

// TestPostOfAFocus: the post before a class brings a warm-up for what the class
// says, in turn, and its gentle version; what it says of the neck is true of it.
func TestPostOfAFocus(t *testing.T) {
	g := gymtest.New(t)
	s := g.Saved("daily 18:00")
	neck := 0
	for _, tc := range []struct {
		focus         schedule.Focus
		first, gentle string
	}{{schedule.UpperBody, "/pre-5", "/calm-3"}, {schedule.LowerBody, "/pre-lower-5", "/hips_legs-3"}, {schedule.WholeBody, "/pre-whole-5", "/calm-3"}} {
		s.WarmUp = tc.focus
		routines := map[string]bool{}
		for day := range 5 {
			start := time.Date(2026, 11, 23+day, 18, 0, 0, 0, time.UTC)
			for _, kind := range []schedule.Kind{schedule.KindPre, schedule.KindCoolDown} {
				reply := must(t)(g.Render(s, schedule.Occurrence{ID: 7, ClassID: s.ID, Kind: kind, StartAt: start, DueAt: start}, false))
				_, routine, _ := strings.Cut(golden.ID(t, reply, "Start"), "/")
				r, ok := g.Content.Routine("en", routine)
				says := strings.Contains(golden.Shown(reply), "Skip the neck holds")
				if !ok || says != r.HoldsNeck() {
					t.Errorf("%s says to skip neck holds: %t", routine, says)
				}
				if says {
					neck++
				}
				if kind == schedule.KindPre {
					routines[routine] = true
					if !strings.HasPrefix("/"+routine, tc.first) || !strings.HasSuffix(golden.ID(t, reply, "Gentle version"), tc.gentle) {
						t.Errorf("for %s the post starts %s, gently %s", tc.focus, routine, golden.ID(t, reply, "Gentle version"))
					}
				}
			}
		}
		if len(routines) != 5 {
			t.Errorf("five days of %s have %v", tc.focus, routines)
		}
	}
	if neck == 0 {
		t.Error("no post has held the neck: the test looks past them")
	}
}

// TestPreview holds that a preview has the next post of each kind, without
// buttons, and nothing of a series that posts nothing more.
func TestPreview(t *testing.T) {
	g := gymtest.New(t)
	s := g.Saved("mon 18:00")
	for _, tc := range []struct {
		name         string
		change       func(*schedule.Series)
		how          post.How
		posts, files int
	}{
		{"of a class", func(*schedule.Series) {}, post.How{}, 2, 2},
		{"without pictures", func(*schedule.Series) {}, post.How{Bare: true}, 2, 0},
		{"without a cool-down", func(s *schedule.Series) { s.CoolDown = false }, post.How{}, 1, 1},
		{"of a class that is over", func(s *schedule.Series) { s.Until = schedule.DateOf(g.Time) }, post.How{}, 0, 0},
	} {
		s := s
		tc.change(&s)
		parts, files, err := commands.Posts(g.Deps).Preview(t.Context(), "en", s, tc.how)
		if err != nil || len(parts) != tc.posts || len(files) != tc.files || len(golden.Buttons(parts)) > 0 {
			t.Errorf("%s: %d posts, %d pictures, %d buttons, %v", tc.name, len(parts), len(files), len(golden.Buttons(parts)), err)
		}
	}
	s.Place.Zone = "Mars/Olympus"
	if _, _, err := commands.Posts(g.Deps).Preview(t.Context(), "en", s, post.How{}); !errors.Is(err, post.ErrRender) {
		t.Errorf("without a clock: %v", err)
	}
}

// TestPostOfAChangedClass holds that a post before a class is left out if the
// class was changed while the post waited. A post that is out says what became of
// the class until the class would have begun.
func TestPostOfAChangedClass(t *testing.T) {
	start := time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC)
	l := schedule.Start{At: start, Planned: start, Slot: schedule.SlotOf(start)}
	for name, change := range map[string]func(*gymtest.Gym, schedule.Series) error{
		"skipped": func(g *gymtest.Gym, c schedule.Series) error {
			return g.Store.Skip(t.Context(), c.ID, l, schedule.By{At: g.Time})
		},
		"moved": func(g *gymtest.Gym, c schedule.Series) error {
			return g.Store.Move(t.Context(), c.ID, l, schedule.SlotOf(start.Add(time.Hour)), schedule.By{At: g.Time})
		},
		"paused": func(g *gymtest.Gym, c schedule.Series) error {
			return g.Store.Pause(t.Context(), c.ID, schedule.Date{Year: 2026, Month: 12, Day: 1}, schedule.By{At: g.Time})
		},
		"closed": func(g *gymtest.Gym, c schedule.Series) error {
			return g.Store.CloseDays(t.Context(), c.Place.ID, []schedule.Date{schedule.DateOf(start)}, schedule.By{At: g.Time})
		},
		"another time": func(g *gymtest.Gym, c schedule.Series) error {
			rule, err := schedule.Parse("mon 19:00")
			c.DraftOf, c.DraftUntil, c.Rule = c.ID, g.Time.Add(time.Hour), rule
			batch, err2 := g.Store.AddDrafts(t.Context(), 0, []schedule.Series{c})
			_, err3 := g.Store.SaveDrafts(t.Context(), batch, schedule.By{At: g.Time})
			return errors.Join(err, err2, err3)
		},
	} {
		g := gymtest.New(t)
		g.Add(map[string]any{"at": "mon 18:00"})
		c := g.Only()
		o := schedule.Occurrence{ID: 7, ClassID: c.ID, Kind: schedule.KindPre, StartAt: start, DueAt: start.Add(-c.Lead), State: schedule.StateSending}
		if _, err := posted(g, o); err != nil {
			t.Errorf("%s: before the change: %v", name, err)
		}
		if err := change(g, c); err != nil {
			t.Fatal(err)
		}
		if _, err := posted(g, o); !errors.Is(err, post.ErrMoot) {
			t.Errorf("%s: got %v, want it left out", name, err)
		}
		o.State, o.MessageID = schedule.StateSent, "9"
		for _, begun := range []bool{false, true} {
			out := must(t)(posted(g, o))
			if still := len(golden.Buttons(out.Parts)) > 0; still != begun {
				t.Errorf("%s: one that is out, begun %t: %s", name, begun, golden.Shown(out))
			}
			g.Time = start
		}
	}
}

// TestPostDrawnAgain holds that an edit changes the count and pings nobody again.
func TestPostDrawnAgain(t *testing.T) {
	g := gymtest.New(t)
	g.Add(map[string]any{"at": "mon wed fri 18:00", "title": "Strength", "ping": bot.RoleValue{ID: gymtest.CoachID}})
	s := g.Only()
	o := schedule.Occurrence{ID: 7, ClassID: s.ID, Kind: schedule.KindPre, StartAt: g.Time, DueAt: g.Time.Add(-s.Lead)}
	before := must(t)(g.Render(s, o, true))
	o.State, o.Done = schedule.StateLate, 4
	after := must(t)(g.Render(s, o, true))
	if after.PingRole != "" || len(after.Files) != 1 || after.Files[0].Name != before.Files[0].Name {
		t.Errorf("the edit pings %q and shows %v", after.PingRole, after.Files)
	}
	if got := strings.Replace(golden.Shown(after), "  Done by 4 so far.\n", "", 1); got != golden.Shown(before) {
		t.Errorf("more changes than the count:\n%s\nfrom\n%s", golden.Shown(after), golden.Shown(before))
	}
	o.Done = 1
	if got := golden.Shown(must(t)(g.Render(s, o, true))); !strings.Contains(got, "Done by one so far.") {
		t.Errorf("one reads %s", got)
	}
}

// TestReplaced renders what becomes of a post whose class does not take place as
// it said: words, without buttons or picture.
func TestReplaced(t *testing.T) {
	g := gymtest.New(t)
	g.Add(map[string]any{"at": "thu 18:00", "title": "Strength *A*", "ping": bot.RoleValue{ID: gymtest.CoachID}})
	s := g.Only()
	start := time.Date(2026, 11, 26, 18, 0, 0, 0, time.UTC)
	to := time.Date(2026, 12, 2, 19, 0, 0, 0, time.UTC)
	slot := schedule.SlotOf
	for _, tc := range []struct {
		name  string
		moves []schedule.Move
		skips []schedule.Slot
	}{
		{"post-off", nil, []schedule.Slot{slot(start)}},
		{"post-moved", []schedule.Move{{From: slot(start), To: slot(to)}}, nil},
		{"post-off", []schedule.Move{{From: slot(start), To: slot(to)}}, []schedule.Slot{slot(start)}}, // and then cancelled
		{"post-moved-again", []schedule.Move{{From: slot(start), To: slot(to)}}, nil},
		{"post-moved-again-off", []schedule.Move{{From: slot(start), To: slot(to)}}, []schedule.Slot{slot(start)}},
	} {
		s.Moves, s.Skips = tc.moves, tc.skips
		planned, start := start, start
		if strings.HasPrefix(tc.name, "post-moved-again") { // to 20:00 first, for which this post was
			start = start.Add(2 * time.Hour)
		}
		reply := must(t)(g.Render(s, schedule.Occurrence{ID: 7, Kind: schedule.KindPre, StartAt: start, Slot: slot(planned), State: schedule.StateReplaced, Done: 3}, false))
		golden.Reply(t, tc.name, reply)
		if len(golden.Buttons(reply.Parts)) > 0 || len(reply.Files) > 0 || reply.PingRole != "" {
			t.Errorf("%s has more than words", tc.name)
		}
	}
}

// TestPostOfAnOddZone holds that a post without a known clock is never rendered.
func TestPostOfAnOddZone(t *testing.T) {
	g := gymtest.New(t)
	s := schedule.Series{Place: schedule.Place{Zone: "Mars/Olympus"}}
	if _, err := g.Render(s, schedule.Occurrence{Kind: schedule.KindPre}, false); !errors.Is(err, post.ErrRender) {
		t.Error("a post without a clock")
	}
}

// TestDone holds that each person counts once, in the post's own channel and
// within a day.
func TestDone(t *testing.T) {
	g := gymtest.New(t)
	g.Add(map[string]any{"at": "mon 18:00"})
	o := g.Post(g.Only(), schedule.KindPre, g.Time, schedule.StateSent, "")
	word := g.Post(g.Only(), schedule.KindLog, g.Time, schedule.StateSent, "")
	press := func(p gymtest.Person, id int64) string {
		return golden.Shown(g.Press(p, button.DoneID.For(button.Occurrence(id)), nil))
	}
	var said golden.Table
	for _, tc := range []struct {
		in string
		p  gymtest.Person
		id int64
	}{{"mia", gymtest.Mia(), o.ID}, {"mia again", gymtest.Mia(), o.ID}, {"carl", gymtest.Carl(), o.ID}, {"no post", gymtest.Mia(), 999}, {"word of a broken class", gymtest.Mia(), word.ID}} {
		said.WriteString("> " + tc.in + "\n" + press(tc.p, tc.id) + "\n")
	}
	elsewhere := gymtest.Olga()
	elsewhere.Channel = gymtest.GeneralID
	said.WriteString("> in another channel\n" + press(elsewhere, o.ID) + "\n")
	g.Time = g.Time.Add(24*time.Hour + time.Second)
	said.WriteString("> a day later\n" + press(gymtest.Olga(), o.ID) + "\n")
	said.Compare(t, "post-done")
	if o, err := g.Store.Occurrence(t.Context(), o.ID); err != nil || o.Done != 2 {
		t.Errorf("%d are counted, %v", o.Done, err)
	}
	if strings.Contains(g.Dump(), gymtest.Mia().User) {
		t.Error("the store knows who pressed")
	}
}

// TestPostWithoutPictures holds that a post says everything without its picture.
func TestPostWithoutPictures(t *testing.T) {
	g := gymtest.New(t)
	g.Add(map[string]any{"at": "mon 18:00"})
	o := schedule.Occurrence{ID: 7, Kind: schedule.KindPre, StartAt: time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC)}
	with := must(t)(g.Render(g.Only(), o, false))
	album := g.Figures
	g.Figures = nil
	without := must(t)(g.Render(g.Only(), o, false))
	g.Figures = album
	if len(with.Files) != 1 || len(without.Files) != 0 {
		t.Errorf("%d and %d pictures, want 1 and 0", len(with.Files), len(without.Files))
	}
	if golden.Words(with) != golden.Words(without) || golden.Words(without) == 0 {
		t.Errorf("%d words with the picture, %d without", golden.Words(with), golden.Words(without))
	}
	bare := must(t)(commands.Posts(g.Deps).Post(t.Context(), schedule.Occurrence{ID: 7, ClassID: g.Only().ID, Kind: schedule.KindPre, StartAt: o.StartAt}, post.How{Bare: true}))
	if golden.Shown(bare) != golden.Shown(without) || len(bare.Files) > 0 {
		t.Errorf("where files can't go, a post reads\n%s", golden.Shown(bare))
	}
}

// TestAlert renders the message that tells of a broken class, and holds that none
// goes out of a class that was mended.
func TestAlert(t *testing.T) {
	g := gymtest.New(t)
	g.Add(map[string]any{"at": "mon 18:00"})
	s := g.Only()
	for _, k := range []schedule.Kind{schedule.KindAlert, schedule.KindLog} {
		o := schedule.Occurrence{ID: 9, ClassID: s.ID, Kind: k}
		if _, err := g.Render(s, o, false); !errors.Is(err, post.ErrMoot) {
			t.Errorf("%s: word of a class that is not broken", k)
		}
		broken := s
		broken.BrokenAt, broken.BrokenWhy = g.Time, schedule.ReasonLocked
		reply := must(t)(g.Render(broken, o, false))
		golden.Reply(t, "post-"+string(k), reply)
		if golden.ID(t, reply, "Try again") != post.MessageMark(o).CustomID {
			t.Errorf("%s: the message is not known again", k)
		}
	}
}
