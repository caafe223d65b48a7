package commands_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/gate"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/schedule"
)

// A publicPost is a way in which a member has the bot post for a whole channel.
type publicPost struct {
	component string // that posts; "" for a command
	post      func(g *gymtest.Gym, p gymtest.Person) bot.Reply
}

// publicPosts are all of them, by name. Posts of classes are not among them: they
// go where those who manage the server let coaches post.
func publicPosts() map[string]publicPost {
	return map[string]publicPost{
		"together": {"togetherstart1", func(g *gymtest.Gym, p gymtest.Person) bot.Reply {
			return g.Press(p, button.StartID.For(button.StartState{Routine: "calm-3", Minutes: 0}), nil)
		}},
		"a shared lift": {"share1", func(g *gymtest.Gym, p gymtest.Person) bot.Reply {
			return g.Press(p, button.ShareID.For(button.ShareState{"deadlift"}), nil)
		}},
		"Start here, by an admin": {"setup1", func(g *gymtest.Gym, p gymtest.Person) bot.Reply {
			return g.Press(p, button.SetupID.For(button.ClassState{Act: button.ActStart, ID: 1}), nil)
		}},
		"Start here, by anyone": {"", func(g *gymtest.Gym, p gymtest.Person) bot.Reply {
			return g.Run(p, "help", map[string]any{"share": true})
		}},
	}
}

// TestEveryPublicPostNeedsTheRightToWrite refuses each public post to anyone who
// may not write where it would stand, whatever else they may do, and lets it
// through for anyone who may.
func TestEveryPublicPostNeedsTheRightToWrite(t *testing.T) {
	const refusal = "You may not write in this channel"
	all := publicPosts()
	g := gymtest.New(t)
	g.Start()
	for _, part := range g.Parts {
		known := slices.ContainsFunc(slices.Collect(maps.Values(all)), func(p publicPost) bool { return p.component == part.Name() })
		if part.Answer == bot.NewPublic && !known {
			t.Errorf("%s answers in public, and is not in the table", part.Name())
		}
	}
	const thread = 11
	for name, one := range all {
		for _, tc := range []struct {
			where  string
			kind   int
			perms  bot.Perm
			locked bool
			may    bool
		}{
			{"a channel", 0, bot.ViewChannel | bot.SendMessages, false, true},
			{"an administrator in a channel", 0, bot.Administrator, false, true},
			{"a closed channel", 0, bot.ViewChannel, false, false},
			{"a closed channel with open threads", 0, bot.ViewChannel | bot.SendInThreads, false, false},
			{"an announcement channel", 5, bot.ViewChannel | bot.SendInThreads, false, false},
			{"a thread", thread, bot.ViewChannel | bot.SendInThreads, false, true},
			{"a thread of a channel that is open itself", thread, bot.ViewChannel | bot.SendMessages, false, false},
			{"a locked thread", thread, bot.ViewChannel | bot.SendInThreads, true, false},
			{"a locked thread, managed", thread, bot.ViewChannel | bot.SendInThreads | bot.ManageThreads, true, true},
		} {
			t.Run(name+" in "+tc.where, func(t *testing.T) {
				g := gymtest.New(t)
				p := gymtest.Mia()
				p.Kind, p.Locked, p.App = tc.kind, tc.locked, gymtest.Postable|bot.SendInThreads
				if p.Perms = tc.perms; strings.Contains(name, "admin") {
					p.Perms |= bot.ManageServer
				}
				before := g.Dump()
				shown := golden.Shown(one.post(g, p))
				_, err := g.Store.PlayerIn(t.Context(), p.Channel)
				posted := len(g.Published) > 0 || err == nil || strings.Contains(shown, "Deadlift")
				if posted != tc.may || strings.Contains(shown, refusal) == tc.may {
					t.Errorf("posted %t, and said\n%s", posted, shown)
				}
				if !tc.may && g.Dump() != before {
					t.Error("a refusal is kept")
				}
			})
		}
	}
}

// floods are what people do again and again, by what counts it. Each returns
// what they read; what n they have done before tells one from another.
func floods(t *testing.T) map[gate.What]func(g *gymtest.Gym, p gymtest.Person, n int) bot.Reply {
	file := "version: 1\nplaces:\n  - name: Iron Garden\n    zone: Europe/Lisbon\n    classes:\n      - at: fri 07:00\n"
	return map[gate.What]func(g *gymtest.Gym, p gymtest.Person, n int) bot.Reply{
		gate.Drafts: func(g *gymtest.Gym, p gymtest.Person, _ int) bot.Reply {
			return g.Run(p, "class add", map[string]any{"at": "mon 18:00"})
		},
		gate.Files: func(g *gymtest.Gym, p gymtest.Person, _ int) bot.Reply { return g.Hand(p, file) },
		gate.Follows: func(g *gymtest.Gym, p gymtest.Person, n int) bot.Reply {
			g.Agree(p)
			return g.Press(p, button.FollowID.For(button.FollowState{Act: button.FollowDays, ID: 1, Days: schedule.Days(1 + n%100)}), nil)
		},
		gate.Exports: func(g *gymtest.Gym, p gymtest.Person, n int) bot.Reply {
			if n%2 == 0 {
				return g.Run(p, "me export", nil)
			}
			return g.Run(p, "class file", nil)
		},
		gate.Together: func(g *gymtest.Gym, p gymtest.Person, n int) bot.Reply {
			p.Channel = "13257507078145" + strconv.Itoa(10000+n)
			return g.Press(p, button.StartID.For(button.StartState{Routine: "calm-3", Minutes: 0}), nil)
		},
		gate.Shares: func(g *gymtest.Gym, p gymtest.Person, _ int) bot.Reply {
			return g.Press(p, button.ShareID.For(button.ShareState{"deadlift"}), nil)
		},
		gate.Starts: func(g *gymtest.Gym, p gymtest.Person, n int) bot.Reply {
			p.Channel = "13257507078146" + strconv.Itoa(10000+n)
			return g.Run(p, "help", map[string]any{"share": true})
		},
		gate.Forgets: func(g *gymtest.Gym, p gymtest.Person, _ int) bot.Reply {
			g.Agree(p)
			return g.Run(p, "me forget", nil)
		},
	}
}

// TestFloods has one person, and then a whole server, do each thing that is
// limited as often as they can: they meet a cap, which is named with the instant
// at which it works again, then and not before, also after a restart.
func TestFloods(t *testing.T) {
	for what, do := range floods(t) {
		for _, l := range gate.Limits(what) {
			if l.Whose == gate.Channel || l.Most > 200 {
				continue // see TestStartHereOnceAChannelAndHour; and a thousand presses are too many here
			}
			t.Run(string(what)+" of a "+string(l.Whose), func(t *testing.T) {
				t.Parallel()
				gymtest.Slow(t)
				g := gymtest.New(t)
				g.Add(map[string]any{"at": "mon 18:00", "title": "Power"})
				g.Limit()
				n := 0
				again := func() string {
					p := gymtest.Carl()
					if l.Whose == gate.Server {
						p.User = "13257507078147" + strconv.Itoa(10000+n)
					}
					n++
					return golden.Shown(do(g, p, n))
				}
				works := fmt.Sprintf("It works again <t:%d:R>, at <t:%[1]d:t>.", g.Time.Add(l.Every).Unix())
				for range l.Most {
					if got := again(); strings.Contains(got, "It works again") {
						t.Fatalf("the %d. says %s", n, got)
					}
				}
				before := g.Dump()
				got := again()
				if !strings.Contains(got, works) || !strings.Contains(got, strconv.Itoa(l.Most)) {
					t.Fatalf("after %d it says %s, want %s", l.Most, got, works)
				}
				if what != gate.Forgets && what != gate.Follows && g.Dump() != before { // those agree again
					t.Error("what is refused changed something")
				}
				g.Time = g.Time.Add(l.Every - time.Second)
				g.Restart()
				if got := again(); !strings.Contains(got, works) {
					t.Errorf("a second before it says %s", got)
				}
				g.Time = g.Time.Add(time.Second)
				if got := again(); strings.Contains(got, "It works again") {
					t.Errorf("when it should work it says %s", got)
				}
				if got := again(); !strings.Contains(got, "It works again") {
					t.Errorf("it works twice: %s", got)
				}
			})
		}
	}
}

// TestBucketsHoldNobody: whoever is counted, no id of theirs stands in a bucket,
// and no bucket outlives the time after which it is full.
func TestBucketsHoldNobody(t *testing.T) {
	g := gymtest.New(t)
	g.Add(map[string]any{"at": "mon 18:00", "title": "Power"})
	g.Limit()
	n := 0
	for _, do := range floods(t) {
		n++
		do(g, gymtest.Mia(), n)
		do(g, gymtest.Carl(), n)
	}
	buckets := bucketsOf(g)
	if strings.Count(buckets, "\n") < 10 {
		t.Fatalf("few buckets:\n%s", buckets)
	}
	for _, id := range []string{gymtest.Mia().User, gymtest.CarlID, gymtest.IronID, gymtest.ClassesID} {
		if strings.Contains(buckets, id) {
			t.Errorf("%s stands in\n%s", id, buckets)
		}
	}
	if err := g.Store.DropDrafts(t.Context(), g.Time.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if left := bucketsOf(g); strings.Count(left, "\n") != 1 {
		t.Errorf("an hour later there are\n%s", left)
	}
}

// bucketsOf is the part of a dump that has buckets.
func bucketsOf(g *gymtest.Gym) string {
	_, after, _ := strings.Cut(g.Dump(), "buckets (")
	lines := strings.SplitAfter(after, "\n")
	end := 1
	for end < len(lines) && strings.HasPrefix(lines[end], "  ") {
		end++
	}
	return strings.Join(lines[:end], "")
}

// TestStartHereOnceAChannelAndHour: whoever shares it, a channel gets one an hour.
func TestStartHereOnceAChannelAndHour(t *testing.T) {
	g := gymtest.New(t)
	g.Limit()
	share := func(p gymtest.Person) string { return golden.Shown(g.Run(p, "help", map[string]any{"share": true})) }
	if got := share(gymtest.Mia()); !strings.Contains(got, "Start here is up") || len(g.Published) != 1 {
		t.Fatalf("the first says %s", got)
	}
	for _, p := range []gymtest.Person{gymtest.Mia(), gymtest.Carl(), gymtest.Olga()} {
		if got := share(p); !strings.Contains(got, "in a channel once every 60 minutes") || len(g.Published) != 1 {
			t.Errorf("the next says %s", got)
		}
	}
	if got := share(noah()); !strings.Contains(got, "Start here is up") {
		t.Errorf("in another channel it says %s", got)
	}
	g.Time = g.Time.Add(time.Hour)
	if got := share(gymtest.Carl()); !strings.Contains(got, "Start here is up") {
		t.Errorf("an hour later it says %s", got)
	}
	if got := share(alone(gymtest.Mia())); !strings.Contains(got, "server") {
		t.Errorf("in a DM it says %s", got)
	}
}

// TestOneBatchOfDraftsAPerson: whatever someone drafts takes the place of what
// they have drafted before, and nobody else's.
func TestOneBatchOfDraftsAPerson(t *testing.T) {
	g := gymtest.New(t)
	carl, olga := gymtest.Carl(), gymtest.Olga()
	theirs := g.Run(olga, "class add", map[string]any{"at": "mon 10:00"})
	first := g.Run(carl, "class add", map[string]any{"at": "mon 11:00"})
	file := g.Hand(carl, "version: 1\nplaces:\n  - name: Iron Garden\n    zone: Europe/Lisbon\n    closed: [2026-12-24]\n    classes:\n      - at: fri 07:00\n")
	last := g.Run(carl, "class add", map[string]any{"at": "mon 12:00"})
	if got := golden.Shown(g.Tap(carl, first, "Save")); !strings.Contains(got, "a newer one of yours") {
		t.Errorf("the first says %s", got)
	}
	if got := golden.Shown(g.Tap(carl, file, "Apply")); !strings.Contains(got, "a newer one of yours") {
		t.Errorf("the file says %s", got)
	}
	for p, reply := range map[*gymtest.Person]bot.Reply{&olga: theirs, &carl: last} {
		if got := golden.Shown(g.Tap(*p, reply, "Save")); !strings.Contains(got, "Saved") {
			t.Errorf("Save says %s", got)
		}
	}
	if all, err := g.Store.SeriesOf(t.Context(), gymtest.IronID); err != nil || len(all) != 2 {
		t.Errorf("%d classes, %v", len(all), err)
	}
}

// TestAPendingConfirmationIsReused: however often someone changes what they
// follow before the DM about it is out, there is one.
func TestAPendingConfirmationIsReused(t *testing.T) {
	g := gymtest.New(t)
	g.Add(map[string]any{"at": "mon 18:00", "title": "Power"})
	g.Agree(gymtest.Mia())
	for n := range 30 {
		g.Press(gymtest.Mia(), button.FollowID.For(button.FollowState{Act: button.FollowDays, ID: 1, Days: schedule.Days(1 + n)}), nil)
		if got := g.Waiting(gymtest.Mia()); got != "confirm 12:00:00" {
			t.Fatalf("after %d presses there wait %q", n+1, got)
		}
	}
}

// TestForgedStates presses every component with states that nobody was given,
// the longest and the oddest that its ID reads: what comes is an answer, and each
// of its custom IDs within Discord's limit.
func TestForgedStates(t *testing.T) {
	gymtest.Slow(t)
	c := newCrowd(t)
	c.pressesBesides()
	long := strings.Repeat("x", 100)
	pressed := 0
	for _, id := range slices.Sorted(maps.Keys(c.ids)) {
		name, state, _ := strings.Cut(id, ":")
		fields := strings.Split(state, "/")
		var forged []string
		for i := range fields {
			for _, odd := range []string{long[:max(0, 100-len(id)+len(fields[i]))], "9223372036854775807", "-9223372036854775808", "18446744073709551615", "", "a,b,c", "é/é", "true"} {
				edit := slices.Clone(fields)
				edit[i] = odd
				forged = append(forged, name+":"+strings.Join(edit, "/"))
			}
		}
		for _, edit := range append(forged, name+":"+long[:100-len(name)-1], id+strings.Repeat("/", max(0, 100-len(id)))) {
			req := gymtest.Mia().Request(c.Gym, nil)
			req.Fill(typedInto(id))
			req.Values = []string{long}
			reply, err := c.Part(id).Press(t.Context(), req, edit)
			if _, refused := errors.AsType[*bot.UserError](err); err != nil && !refused {
				t.Errorf("%s: %v", edit, err)
			} else if err := reply.Validate(); !refused && err != nil {
				t.Errorf("%s: %v", edit, err)
			}
			pressed++
		}
	}
	t.Logf("%d presses", pressed)
}
