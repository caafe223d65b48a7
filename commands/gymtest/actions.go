package gymtest

import (
	"context"
	"regexp"
	"strings"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/golden"
	"unpinch/commands/player"
	"unpinch/commands/post"
	"unpinch/delivery"
	"unpinch/schedule"
)

// Together asks as carl for a routine that the channel follows.
func (g *Gym) Together(p Person) bot.Reply {
	g.T.Helper()
	return g.Run(p, "stretch", map[string]any{"routine": "calm", "minutes": 3, "together": true})
}

// Room is the player that the channel of the classes follows.
func (g *Gym) Room() delivery.Player {
	g.T.Helper()
	p, err := g.Store.PlayerIn(g.T.Context(), ClassesID)
	if err != nil {
		g.T.Fatal(err)
	}
	return p
}

// Stretch starts a routine as mia and returns its first card.
func (g *Gym) Stretch(kind string, minutes int) bot.Reply {
	g.T.Helper()
	return g.Run(Mia(), "stretch", map[string]any{"routine": kind, "minutes": minutes})
}

// Tap presses a button by its label.
func (g *Gym) Tap(p Person, on bot.Reply, label string) bot.Reply {
	g.T.Helper()
	return g.Press(p, golden.ID(g.T, on, label), nil)
}

// After lets time pass and does what is due for the only player then, as the
// runner would.
func (g *Gym) After(d time.Duration) bot.Reply {
	g.T.Helper()
	g.Time = g.Time.Add(d)
	due, err := g.Store.DuePlayers(g.T.Context(), g.Time, 10)
	if err != nil || len(due) != 1 {
		g.T.Fatalf("%d players are due, %v", len(due), err)
	}
	p, reply := player.NewCards(g.Content, g.Figures).Advance(due[0], g.Time)
	if err := g.Store.MovePlayers(g.T.Context(), []delivery.Player{p}, g.Time); err != nil {
		g.T.Fatal(err)
	}
	if err := reply.Validate(); err != nil {
		g.T.Errorf("over Discord's limits: %v", err)
	}
	return reply
}

// StretchText returns the whole routine as text, by the routine's id.
func (g *Gym) StretchText(id string) bot.Reply {
	g.T.Helper()
	return g.Press(Mia(), button.ReadID.For(button.ReadState{View: button.ReadText, Routine: id}), nil)
}

// Player returns mia's own player.
func (g *Gym) Player() delivery.Player {
	g.T.Helper()
	p, err := g.Store.PlayerOf(g.T.Context(), Mia().User)
	if err != nil {
		g.T.Fatal(err)
	}
	return p
}

// Lines submits the form of one's own routine, as mia.
func (g *Gym) Lines(text string) string {
	g.T.Helper()
	return golden.Shown(g.Press(Mia(), "ownset1:show", map[string]string{"lines": text}))
}

// Counted has mia's day counted on each of the days, as 2026-11-26.
func (g *Gym) Counted(days ...string) {
	g.T.Helper()
	for _, text := range days {
		day, err := schedule.ParseDate(text)
		if err != nil {
			g.T.Fatal(err)
		}
		if kept, err := g.Store.CountDay(g.T.Context(), Mia().User, day); !kept || err != nil {
			g.T.Fatal(kept, err)
		}
	}
}

// Agree keeps the consent of a person.
func (g *Gym) Agree(p Person) {
	g.T.Helper()
	if err := g.Store.Agree(g.T.Context(), p.User, card.ConsentVersion, "en-GB", g.Time); err != nil {
		g.T.Fatal(err)
	}
}

// Saved keeps a class of the gym's place.
func (g *Gym) Saved(rule string, change ...func(*schedule.Series)) schedule.Series {
	g.T.Helper()
	places, err := g.Store.Places(g.T.Context(), IronID)
	if err != nil {
		g.T.Fatal(err)
	}
	s := schedule.Series{Place: places[0], Purpose: schedule.ForClass, Length: time.Hour, ChannelID: ClassesID, Lead: 10 * time.Minute,
		CoolDown: true, CreatedBy: Carl().User, CreatedAt: g.Time, DraftUntil: g.Time.Add(time.Hour)}
	if s.Rule, err = schedule.Parse(rule); err != nil {
		g.T.Fatal(err)
	}
	for _, c := range change {
		c(&s)
	}
	batch, err := g.Store.AddDrafts(g.T.Context(), 0, []schedule.Series{s})
	if err != nil {
		g.T.Fatal(err)
	}
	ids, err := g.Store.SaveDrafts(g.T.Context(), batch, schedule.By{UserID: Carl().User, At: g.Time})
	if err != nil {
		g.T.Fatal(err)
	}
	s, err = g.Store.Series(g.T.Context(), ids[0])
	if err != nil {
		g.T.Fatal(err)
	}
	return s
}

// Dm puts a DM to a person into the ledger that was sent, and returns it.
func (g *Gym) Dm(s schedule.Series, kind schedule.Kind, p Person, due, start time.Time) schedule.Occurrence {
	g.T.Helper()
	plans, err := g.Store.DuePlans(g.T.Context(), due.AddDate(10, 0, 0), 1000)
	if err != nil || len(plans) == 0 {
		g.T.Fatalf("no plans: %v", err)
	}
	o := schedule.Occurrence{ClassID: s.ID, GuildID: s.Place.GuildID, Kind: kind, DueAt: due, StartAt: start, UserID: p.User,
		State: schedule.StateSent, SendAt: due}
	step := delivery.Step{Plan: plans[0], AccountedTo: plans[0].AccountedTo, NextAt: plans[0].NextAt, Occurrences: []schedule.Occurrence{o}}
	if err := g.Store.Record(g.T.Context(), g.Time, []delivery.Step{step}); err != nil {
		g.T.Fatal(err)
	}
	return g.Newest(kind)
}

// Waiting lists what is to be sent to a person, as "notice 12:25".
func (g *Gym) Waiting(p Person) string {
	g.T.Helper()
	var all []string
	for _, o := range g.Ledger() {
		if o.UserID == p.User && o.State == schedule.StateDue {
			all = append(all, string(o.Kind)+o.SendAt.UTC().Format(" 15:04:05"))
		}
	}
	return strings.Join(all, ", ")
}

// FollowsOf returns what a person follows, in words.
func (g *Gym) FollowsOf(p Person) string {
	g.T.Helper()
	all, err := g.Store.Follows(g.T.Context(), p.User)
	if err != nil {
		g.T.Fatal(err)
	}
	var words []string
	for _, f := range all {
		words = append(words, post.FollowWords(g.Content.In("en"), f))
	}
	return strings.Join(words, "; ")
}

// Set is what mia has set.
func (g *Gym) Set() schedule.Member {
	g.T.Helper()
	m, err := g.Store.Member(g.T.Context(), Mia().User)
	if err != nil {
		g.T.Fatal(err)
	}
	return m
}

// Reminders are a person's own.
func (g *Gym) Reminders(p Person) []schedule.Series {
	g.T.Helper()
	all, err := g.Store.Reminders(g.T.Context(), p.User)
	if err != nil {
		g.T.Fatal(err)
	}
	return all
}

// Follow keeps what a person wants to hear of.
func (g *Gym) Follow(p Person, f schedule.Follow) {
	g.T.Helper()
	f.UserID = p.User
	confirm, err := g.Store.SeriesOf(g.T.Context(), IronID)
	if err != nil || len(confirm) == 0 {
		g.T.Fatal(len(confirm), err)
	}
	if err := g.Store.Follow(g.T.Context(), f, confirm[0], g.Time.Add(time.Duration(g.asked)*time.Second)); err != nil {
		g.T.Fatal(err)
	}
}

// migrated is the line that tells when a migration ran.
var migrated = regexp.MustCompile(`(?m)^ +\d+, \d+, 1, \d{4}-.*\n`)

// Rows is dump without what differs between two stores.
func (g *Gym) Rows() string { return migrated.ReplaceAllString(g.Dump(), "") }

// NudgesOf are mia's nudges, as RFC 3339.
func (g *Gym) NudgesOf() []string {
	g.T.Helper()
	all, err := g.Store.Nudges(g.T.Context(), Mia().User)
	if err != nil {
		g.T.Fatal(err)
	}
	var out []string
	for _, at := range all {
		out = append(out, at.UTC().Format(time.RFC3339))
	}
	return out
}

// Closed has a DM to a person refused, as the engine notes it, and returns the
// ledger's row.
func (g *Gym) Closed(p Person) schedule.Occurrence {
	g.T.Helper()
	if err := g.Store.AddNudge(g.T.Context(), p.User, g.Time); err != nil {
		g.T.Fatal(err)
	}
	all, err := g.Store.Claim(g.T.Context(), g.Time, "test", time.Minute, 10)
	if err != nil {
		g.T.Fatal(err)
	}
	for _, o := range all {
		o.State, o.Reason = schedule.StateFailed, schedule.ReasonClosedDM
		if err := g.Store.Finish(g.T.Context(), "test", o); err != nil {
			g.T.Fatal(err)
		}
	}
	return g.Newest(schedule.KindNudge)
}

// Sydney adds a second place to the gym, on the other side of the world.
func (g *Gym) Sydney() schedule.Place {
	g.T.Helper()
	p := schedule.Place{GuildID: IronID, Name: "Sydney hall", Zone: "Australia/Sydney", ChannelID: GeneralID, Tidy: true, CreatedAt: g.Time}
	var err error
	if p.ID, err = g.Store.SavePlace(g.T.Context(), p, schedule.By{At: g.Time}); err != nil {
		g.T.Fatal(err)
	}
	return p
}

// Fill saves so many classes more.
func (g *Gym) Fill(n int) {
	g.T.Helper()
	p, err := g.Store.Places(g.T.Context(), IronID)
	if err != nil {
		g.T.Fatal(err)
	}
	rule, err := schedule.Parse("mon 18:00")
	if err != nil {
		g.T.Fatal(err)
	}
	var drafts []schedule.Series
	for range n {
		drafts = append(drafts, schedule.Series{Place: p[0], Purpose: schedule.ForClass, ChannelID: p[0].ChannelID, Rule: rule, Length: time.Hour,
			Lead: 10 * time.Minute, CoolDown: true, CreatedBy: CarlID, CreatedAt: g.Time, DraftUntil: g.Time.Add(time.Hour)})
	}
	batch, err := g.Store.AddDrafts(g.T.Context(), 0, drafts)
	if err == nil {
		_, err = g.Store.SaveDrafts(g.T.Context(), batch, schedule.By{UserID: CarlID, At: g.Time})
	}
	if err != nil {
		g.T.Fatal(err)
	}
}

// CloseChristmas is the button that closes the first place on 25 December 2026.
func CloseChristmas() string {
	return button.CloseID.For(button.Days{Place: 1, Days: []schedule.Date{{Year: 2026, Month: 12, Day: 25}}})
}

// Close closes days at a place, as the person, and returns the card.
func (g *Gym) Close(p Person, options map[string]any) bot.Reply {
	g.T.Helper()
	shown := g.Run(p, "class closed", options)
	for _, b := range golden.Buttons(shown.Parts) {
		if button.CloseID.Name() == strings.Split(b.ID, ":")[0] {
			return g.Press(p, b.ID, nil)
		}
	}
	g.T.Fatalf("nothing to close: %s", golden.Shown(shown))
	return shown
}

// Hand gives a file to /class file.
func (g *Gym) Hand(p Person, text string) bot.Reply {
	g.T.Helper()
	g.Fetch = func(context.Context, bot.AttachmentValue, int) ([]byte, error) { return []byte(text), nil }
	g.Restart()
	return g.Run(p, "class file", map[string]any{"file": bot.AttachmentValue{ID: "9", Name: "t.yaml", Size: len(text)}})
}

// FileOut is the timetable as /class file gives it.
func (g *Gym) FileOut(p Person) string {
	g.T.Helper()
	return string(g.Run(p, "class file", nil).Files[0].Data)
}

// Channel is a channel as an option of a command names it.
func Channel(id string, kind int, may bot.Perm) bot.ChannelValue {
	return bot.ChannelValue{ID: id, Name: "a-channel", Kind: kind, Perms: may}
}
