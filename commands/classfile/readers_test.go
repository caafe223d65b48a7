package classfile_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands/classfile"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/schedule"
)

// TestGate lets in one file of a server and four in all, and says when there is
// room again.
func TestGate(t *testing.T) {
	now := gymtest.New(t).Time
	g := classfile.NewReaders(func() time.Time { return now })
	enter := func(guild, want string) func() {
		t.Helper()
		leave, err := classfile.Enter(g, guild)
		got := "in"
		if ue, ok := errors.AsType[*bot.UserError](err); ok {
			got = fmt.Sprint(strings.TrimPrefix(ue.Key, "class.file."), " ", ue.Args["count"])
		}
		if got != want {
			t.Errorf("%s: %s, want %s", guild, got, want)
		}
		return leave
	}
	first := enter("a", "in")
	enter("a", "reading 15")
	now = now.Add(4*time.Second + 1)
	enter("a", "reading 11")
	for _, guild := range []string{"b", "c", "d"} {
		enter(guild, "in")
	}
	enter("e", "busy 11")
	now = now.Add(time.Hour) // a clock that leaps
	enter("e", "busy 1")
	enter("b", "reading 1")
	first()
	enter("e", "in")
	enter("a", "busy 1")
}

// TestOneFileAtATime refuses a file while another of the server is read, in words;
// a file that can't be read in time leaves room for the next.
func TestOneFileAtATime(t *testing.T) {
	g := gymtest.New(t)
	fetching, late := make(chan struct{}), make(chan struct{})
	g.Fetch = func(ctx context.Context, _ bot.AttachmentValue, _ int) ([]byte, error) {
		if left, ok := ctx.Deadline(); !ok || time.Until(left) > 15*time.Second {
			t.Errorf("a file may take until %v", left)
		}
		fetching <- struct{}{}
		<-late
		return nil, context.DeadlineExceeded
	}
	g.Restart()
	send := func() bot.Reply {
		return g.Run(gymtest.Carl(), "class file", map[string]any{"file": bot.AttachmentValue{ID: "9"}})
	}
	for range 2 {
		read := make(chan bot.Reply)
		go func() { read <- send() }()
		<-fetching
		if got := golden.Shown(send()); !strings.HasPrefix(got, "A file of this server is being read right now. Send yours again in 15 seconds.") {
			t.Errorf("a second file: %s", got)
		}
		late <- struct{}{}
		if got := golden.Shown(<-read); !strings.HasPrefix(got, "Fetching and reading that file took too long") {
			t.Errorf("a slow file: %s", got)
		}
	}
}

// TestDryRunTells shows of an added class all that it has, and how many people hear
// that today is off.
func TestDryRunTells(t *testing.T) {
	g := gymtest.New(t)
	g.Add(map[string]any{"at": "sun 18:00"})
	s := g.Only()
	g.Agree(gymtest.Mia())
	if err := g.Store.Follow(t.Context(), schedule.Follow{UserID: gymtest.Mia().User, Place: s.Place, Days: schedule.EveryDay}, s, g.Time); err != nil {
		t.Fatal(err)
	}
	g.Access = func(_ context.Context, _, id string) (bot.ChannelValue, error) {
		return bot.ChannelValue{ID: id, Perms: gymtest.Postable}, nil
	}
	g.RoleReach = func(context.Context, string, string) (bot.RoleReach, error) {
		return bot.RoleReach{Mentionable: true}, nil
	}
	text := strings.Replace(g.FileOut(gymtest.Carl()), "\n    classes:\n", "\n    closed: [2026-11-22..2026-11-24]\n    classes:\n      - {at: fri 07:00, until: 2027-03-01, before_min: 20, "+
		"ping: \""+gymtest.CoachID+"\", channel: \""+gymtest.GeneralID+"\", skips: [2026-11-27T07:00:00Z], moves: [{from: 2026-12-04T07:00:00Z, to: 2026-12-04T08:00:00Z}]}\n", 1)
	golden.Reply(t, "class-file-tells", g.Hand(gymtest.Carl(), text))
}

// TestAllKindsOfLines shows much of everything that a file can change, within what
// a message holds.
func TestAllKindsOfLines(t *testing.T) {
	gymtest.Slow(t)
	g := gymtest.New(t)
	g.Fill(60)
	long := strings.Repeat("x", 60)
	text := strings.NewReplacer("length_min: 60", "length_min: 45\n        title: "+long).Replace(g.FileOut(gymtest.Carl()))
	head, classes, _ := strings.Cut(text, "      - id: 30\n")
	_, rest, _ := strings.Cut(classes, "      - id: 50\n")
	for i := range 20 {
		head += fmt.Sprintf("      - {at: mon 03:%02d, title: %s%d, before_min: 17, cool_down: no, skips: [2026-11-23T03:%02d:00Z, 2026-11-30T03:%02d:00Z]}\n", i, long[2:], i+10, i, i)
	}
	reply := g.Hand(gymtest.Carl(), head+"      - id: 50\n"+rest+"  - {name: "+long+", zone: Etc/UTC}\n")
	if err := reply.Validate(); err != nil || !strings.Contains(golden.Shown(reply), "20 classes to add") {
		t.Errorf("%v\n%s", err, golden.Shown(reply))
	}
}

// TestManyReminders refuses more of another bot's reminders than there is room for.
func TestManyReminders(t *testing.T) {
	g := gymtest.New(t)
	rows := "name,channel,enabled,utc_time,interval_seconds,interval_months\n" + strings.Repeat("x,#323456789012345678,true,2026-12-07T06:00:00,604800,\n", 201)
	if got := golden.Shown(g.Hand(gymtest.Carl(), rows)); !strings.Contains(got, "room for 200") {
		t.Error(got)
	}
}

// TestManyFaults stops at fifty classes that can't be as the file has them.
func TestManyFaults(t *testing.T) {
	g := gymtest.New(t)
	text := "version: 1\nplaces:\n- name: Iron Garden\n  zone: Europe/Lisbon\n  classes:\n"
	for i := range 200 {
		text += fmt.Sprintf("  - {at: mon 18:00, title: %d, until: 2026-01-01}\n", i)
	}
	if got := golden.Shown(g.Hand(gymtest.Carl(), text)); !strings.Contains(got, "more to mend than these 50") || !strings.Contains(got, "41 more") {
		t.Error(got)
	}
}
