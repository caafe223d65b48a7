package commands_test

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/commands/player"
	"unpinch/commands/reading"
	"unpinch/commands/setup"
	"unpinch/schedule"
)

// A crowd is a gym in which everybody has something of their own, and every
// button that they can see.
type crowd struct {
	*gymtest.Gym
	last bot.Reply
	ids  map[string]string // each custom ID, and whose card it stands on
	pick map[string]string // what the first line of a select is, by its custom ID
	says map[string]string // the label of a button, by its custom ID

	dump  string   // of which kept has made
	lines []string // these
}

// secret marks what belongs to one person or server, wherever it is shown.
const (
	secretClass = "Quiet Strength"
	secretPlace = "Iron Garden"
	secretRule  = "Saturdays at 06:07"
	ritasClass  = "Rita's Row"
)

func noah() gymtest.Person {
	return gymtest.Person{User: "1325750707814400004", Guild: gymtest.IronID, Channel: gymtest.GeneralID, Perms: gymtest.Writer, App: gymtest.Postable}
}

// alone is a person in the DM with the bot.
func alone(p gymtest.Person) gymtest.Person {
	p.Guild, p.Channel, p.Kind, p.Perms, p.Roles, p.App = "", "1325750707814400050", 1, 0, nil, 0
	return p
}

// newCrowd fills a gym and gathers the buttons of all cards.
func newCrowd(t *testing.T) *crowd {
	t.Helper()
	c := &crowd{Gym: gymtest.New(t), ids: map[string]string{}, pick: map[string]string{}, says: map[string]string{}}
	c.Operator.Name = "Someone"
	c.Start()
	ctx := t.Context()
	c.Place(gymtest.Rita().Guild, "Rita's Hall")
	for _, p := range []gymtest.Person{gymtest.Mia(), gymtest.Carl(), gymtest.Rita()} {
		if err := c.Store.Agree(ctx, p.User, card.ConsentVersion, "en-GB", c.Time); err != nil {
			t.Fatal(err)
		}
	}
	c.see(gymtest.Olga(), c.Run(gymtest.Olga(), "setup", nil)) // with where to begin
	// Classes and drafts.
	c.see(gymtest.Carl(), c.Run(gymtest.Carl(), "class add", map[string]any{"at": "sun 18:00", "title": secretClass, "ping": gymtest.CoachID}))
	c.see(gymtest.Carl(), c.tapped(gymtest.Carl(), "Save"))
	c.see(gymtest.Rita(), c.Run(gymtest.Rita(), "class add", map[string]any{"at": "mon 07:00", "title": ritasClass}))
	c.see(gymtest.Rita(), c.tapped(gymtest.Rita(), "Save"))
	c.see(gymtest.Carl(), c.Run(gymtest.Carl(), "class add", map[string]any{"at": "tue 18:00", "title": "a draft of " + secretClass}))
	c.see(gymtest.Carl(), c.Run(gymtest.Carl(), "class file", nil))
	c.see(gymtest.Coach(0), c.Run(gymtest.Coach(0), "class edit", map[string]any{"class": strconv.FormatInt(c.titled(secretClass).ID, 10), "until": "2027-01-31"}))
	c.keeps()
	c.pastes()
	for _, command := range []string{"class list", "class history", "class closed", "class add", "setup"} {
		for _, p := range []gymtest.Person{gymtest.Carl(), gymtest.Olga(), gymtest.Rita()} {
			c.see(p, c.Run(p, command, nil))
		}
	}
	c.see(gymtest.Olga(), c.Run(gymtest.Olga(), "setup", map[string]any{"zone": "EST"})) // which is asked about
	c.see(gymtest.Olga(), c.Run(gymtest.Olga(), "setup", map[string]any{"zone": "Europe/Berlin"}))
	c.see(gymtest.Carl(), c.Run(gymtest.Carl(), "class closed", map[string]any{"dates": "2026-12-28"}))
	// What members set.
	must(t)(bot.Reply{}, c.Store.SetEasy(ctx, gymtest.Mia().User, []string{"grip"}, c.Time.AddDate(0, 0, 14)))
	if _, err := c.Store.AddReminder(ctx, gymtest.Mia().User, parseRule(t, "sat 06:07"), "Europe/Lisbon", "desk", c.Time); err != nil {
		t.Fatal(err)
	}
	must(t)(bot.Reply{}, c.Store.AddNudge(ctx, gymtest.Mia().User, c.Time.AddDate(0, 0, 2)))
	s := c.titled(secretClass)
	must(t)(bot.Reply{}, c.Store.Follow(ctx, schedule.Follow{UserID: gymtest.Mia().User, Place: s.Place, ClassID: s.ID, Days: schedule.EveryDay}, s, c.Time))
	for _, command := range []string{"me settings", "me notify", "me reminders", "me pause", "me nudge", "me easy", "me routine", "me progress", "me privacy", "stretch", "help"} {
		c.see(gymtest.Mia(), c.Run(gymtest.Mia(), command, nil))
	}
	c.see(gymtest.Mia(), c.Press(gymtest.Mia(), "consent1:sure", nil))
	c.see(noah(), c.Press(noah(), "easy1:pick", nil, "grip")) // who never agreed
	c.see(gymtest.Mia(), c.Press(gymtest.Mia(), "ownset1:show", map[string]string{"lines": "chin tuck 8\nneck turns 60"}))
	must(t)(bot.Reply{}, c.Store.SetWorkout(ctx, schedule.Workout{ClassID: s.ID, Slot: schedule.SlotOf(c.Time.Add(6 * time.Hour)), Lines: "15 thrusters"}, schedule.By{UserID: gymtest.CarlID, At: c.Time}))
	// Posts and DMs.
	for _, kind := range []schedule.Kind{schedule.KindPre, schedule.KindCoolDown} {
		due := c.Time
		if kind == schedule.KindPre { // of a start that the rule has
			due = due.Add(6*time.Hour - s.Lead)
		}
		c.seePost(gymtest.Mia(), s, c.Post(s, kind, due, schedule.StateSent, ""))
	}
	for _, kind := range []schedule.Kind{schedule.KindConfirm, schedule.KindNotice, schedule.KindReminder, schedule.KindNudge, schedule.KindAsk, schedule.KindAlert, schedule.KindOff} {
		to := gymtest.Mia()
		if kind == schedule.KindAsk || kind == schedule.KindAlert {
			to = gymtest.Carl()
		}
		c.seeDM(to, s, kind)
	}
	for _, act := range []button.AskAct{button.AskChannel, button.AskFewer} {
		c.see(gymtest.Carl(), c.Press(alone(gymtest.Carl()), button.AskID.For(button.AskState{Act: act, ID: s.ID}), nil))
	}
	// What is read, and what runs.
	for _, command := range []string{"learn", "modify", "pinched"} {
		c.see(gymtest.Mia(), c.Run(gymtest.Mia(), command, nil))
	}
	c.see(gymtest.Mia(), c.Run(gymtest.Mia(), "modify", map[string]any{"exercise": "deadlift"}))
	c.see(gymtest.Mia(), c.Run(gymtest.Mia(), "me settings", map[string]any{"active": "07:00-22:00"}))
	c.see(gymtest.Mia(), c.Run(gymtest.Mia(), "stretch", map[string]any{"routine": "desk", "minutes": 3}))
	c.see(gymtest.Carl(), c.Run(gymtest.Carl(), "stretch", map[string]any{"routine": "desk", "minutes": 3, "together": true}))
	c.see(gymtest.Olga(), setup.StartHere(c.Content))
	c.see(gymtest.Olga(), bot.Reply{Parts: reading.New(reading.Needs{Content: c.Content, Wishes: c.People, Figures: c.Figures, Operator: c.Operator, Now: c.Now}).ClaimCard(card.DefaultLocale, c.Time)})
	c.see(gymtest.Mia(), bot.Reply{Parts: []bot.Part{bot.Row{ // from before there were two cards of signs
		{Label: "None of these signs", ID: button.PinchedOldID.For(button.PinchedState{Area: "neck", View: button.PinchedNext})},
	}}})
	for _, id := range []string{"myth1:", "notify1:", "learn1:", "easier1:", "playopen1:", "modify1:", "pinched2:", "mythmistake1:"} {
		c.see(gymtest.Mia(), c.tapFirst(gymtest.Mia(), id))
	}
	c.tapFirst(gymtest.Carl(), "togetherstart1:")
	room, err := c.Store.PlayerIn(ctx, gymtest.ClassesID)
	if err != nil {
		t.Fatal(err)
	}
	_, joint := player.NewCards(c.Content, c.Figures).Advance(room, c.Time)
	c.see(gymtest.Olga(), joint)
	// A class that can't post any more.
	o := c.Post(s, schedule.KindPre, c.Time.Add(time.Minute), schedule.StateSending, "")
	o.State, o.Reason = schedule.StateFailed, schedule.ReasonChannel
	if err := c.Store.Break(ctx, "test", o, c.Time); err != nil {
		t.Fatal(err)
	}
	c.seePost(gymtest.Carl(), c.titled(secretClass), c.Newest(schedule.KindAlert))
	return c
}

// tapFirst presses a button whose ID begins so, and of several always the same.
func (c *crowd) tapFirst(p gymtest.Person, prefix string) bot.Reply {
	c.T.Helper()
	for _, id := range slices.Sorted(maps.Keys(c.ids)) {
		if strings.HasPrefix(id, prefix) {
			reply, err := c.Part(id).Press(c.T.Context(), p.Request(c.Gym, nil), id)
			return c.Said(p, reply, err)
		}
	}
	c.T.Fatalf("no button %q", prefix)
	return bot.Reply{}
}

func parseRule(t *testing.T, text string) schedule.Rule {
	t.Helper()
	r, err := schedule.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (c *crowd) titled(title string) schedule.Series {
	c.T.Helper()
	all, err := c.Store.SeriesOf(c.T.Context(), gymtest.IronID)
	i := slices.IndexFunc(all, func(s schedule.Series) bool { return s.Title == title })
	if err != nil || i < 0 {
		c.T.Fatalf("no class %q: %v", title, err)
	}
	return all[i]
}

// see gathers a card's buttons, and those of the forms that they open.
func (c *crowd) see(p gymtest.Person, r bot.Reply) {
	c.T.Helper()
	c.last = r
	for _, s := range golden.Selects(r.Parts) {
		c.pick[s.ID] = s.Entries[0].Value
	}
	for _, b := range golden.Buttons(r.Parts) {
		c.says[b.ID] = b.Label
	}
	for _, id := range idsOf(r) {
		if _, known := c.ids[id]; known {
			continue
		}
		c.ids[id] = p.User
		part := c.Part(id)
		if part.Answer != bot.OpenModal {
			continue
		}
		form, err := part.Press(c.T.Context(), p.Request(c.Gym, nil), id)
		if err == nil && form.Modal != nil {
			c.ids[form.Modal.ID] = p.User
		}
	}
}

// tapped presses a button of the card that was seen last.
func (c *crowd) tapped(p gymtest.Person, label string) bot.Reply {
	c.T.Helper()
	id := golden.ID(c.T, c.last, label)
	reply, err := c.Part(id).Press(c.T.Context(), p.Request(c.Gym, nil), id)
	return c.Said(p, reply, err)
}

func (c *crowd) seePost(p gymtest.Person, s schedule.Series, o schedule.Occurrence) {
	c.T.Helper()
	r, err := c.Render(s, o, false)
	if err != nil {
		c.T.Fatal(err)
	}
	c.see(p, r)
}

// seeDM puts a DM into the ledger as sent, and gathers its buttons.
func (c *crowd) seeDM(p gymtest.Person, s schedule.Series, kind schedule.Kind) {
	c.T.Helper()
	o := schedule.Occurrence{ID: 1, ClassID: s.ID, GuildID: gymtest.IronID, Kind: kind, DueAt: c.Time, StartAt: c.Time.Add(10 * time.Minute), UserID: p.User}
	if kind == schedule.KindNotice {
		if err := c.Store.Snooze(c.T.Context(), o, c.Time.Add(time.Minute)); err != nil { // which puts it there
			c.T.Fatal(err)
		}
	}
	if found := c.Newest(kind); found.ID != 0 {
		o = found
	}
	if r, err := c.Render(s, o, false); err == nil {
		c.see(p, r)
	}
}

// idsOf returns the custom IDs of a reply's buttons, selects and form.
func idsOf(r bot.Reply) (ids []string) {
	for _, b := range golden.Buttons(r.Parts) {
		if b.ID != "" {
			ids = append(ids, b.ID)
		}
	}
	for _, m := range regexp.MustCompile(`(?m)^\s*select (\S+)`).FindAllStringSubmatch(golden.Shown(r), -1) {
		ids = append(ids, m[1])
	}
	if r.Modal != nil {
		ids = append(ids, r.Modal.ID)
	}
	return ids
}

var numberInID = regexp.MustCompile(`\d+`)

// edited returns an ID, and what someone could make of it: with other numbers
// in it, and with what other buttons of the same name do.
func (c *crowd) edited(id string) []string {
	all := []string{id}
	name, state, _ := strings.Cut(id, ":")
	for n := range 12 {
		all = append(all, name+":"+numberInID.ReplaceAllString(state, strconv.Itoa(n)))
	}
	word, rest, cut := strings.Cut(state, "/")
	for other := range c.ids {
		if n, s, _ := strings.Cut(other, ":"); n == name && cut {
			w, _, _ := strings.Cut(s, "/")
			all = append(all, name+":"+w+"/"+rest)
		}
	}
	if _, err := strconv.Atoi(word); err == nil && cut { // the number comes first
		all = append(all, name+":9999999999/"+rest)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// sequence is a line of SQLite's own count of the rows of a table.
var sequence = regexp.MustCompile(`^  "\w+", \d+\n$`)

// keeps has a coach edit a class with a skipped start, so that it isn't plain which
// start that is.
func (c *crowd) keeps() {
	c.T.Helper()
	s := c.titled(secretClass)
	r, err := s.Recurrence(c.Zones)
	if err != nil {
		c.T.Fatal(err)
	}
	next, err := r.Next(c.Time.AddDate(0, 0, 14))
	if err != nil {
		c.T.Fatal(err)
	}
	if err := c.Store.Skip(c.T.Context(), s.ID, next, schedule.By{UserID: gymtest.Carl().User, At: c.Time}); err != nil {
		c.T.Fatal(err)
	}
	p := gymtest.Coach(4)
	c.see(p, c.Run(p, "class edit", map[string]any{"class": strconv.FormatInt(s.ID, 10), "at": "sun 07:00, 20:00"}))
}

// pastes have coaches paste a timetable each: one that is asked about, one with a
// line that can't be read, and one that is read whole.
func (c *crowd) pastes() {
	c.T.Helper()
	for i, lines := range []string{"mon 5:30 " + secretClass, "mon 07:00 " + secretClass + "\ntue 25:00", "mon 07:00 " + secretClass + "\nwed 07:00"} {
		p := gymtest.Coach([]int{2, 1, 3}[i]) // of whom the second sends a file later, which takes the place of drafts
		form := c.Run(p, "class add", nil).Modal
		req := p.Request(c.Gym, nil)
		req.Fill(map[string]string{form.Fields[0].ID: lines, "before": "10", "cool_down": "yes"})
		reply, err := c.Part(form.ID).Press(c.T.Context(), req, form.ID)
		c.see(p, c.Said(p, reply, err))
	}
}

// foreign returns the lines that differ between two dumps and do not name who
// pressed, or their server.
func foreign(before, after string, p gymtest.Person) (lines []string) {
	if before == after {
		return nil
	}
	count := map[string]int{}
	for line := range strings.Lines(before) {
		count[line]--
	}
	for line := range strings.Lines(after) {
		count[line]++
	}
	for line, n := range count {
		if sequence.MatchString(line) {
			continue
		}
		if own := strings.Contains(line, p.User) || p.Guild == gymtest.Rita().Guild && strings.Contains(line, p.Guild); n != 0 && !own {
			lines = append(lines, fmt.Sprintf("%+d %s", n, line))
		}
	}
	slices.Sort(lines)
	return lines
}

// inDMs are the components that lead on from a DM, for anyone who may change the
// class.
func inDMs() []string {
	return []string{"mend1", "askform1", "asksent1", "ask1", "askset1", "class1", "classlook1", "classform1", "classset1", "classkeep1", "changes1"}
}

// TestEveryButtonByEverybodyElse presses each button of each card as everyone
// who it isn't for, as it stands and edited: nothing of anybody else's changes
// or shows.
func TestEveryButtonByEverybodyElse(t *testing.T) {
	gymtest.Slow(t)
	c := newCrowd(t)
	for _, part := range c.Parts {
		bound := func(id string) bool { return strings.HasPrefix(id, part.Name()+":") }
		if !slices.ContainsFunc(slices.Collect(maps.Keys(c.ids)), bound) {
			t.Errorf("no button of %s is pressed", part.Name())
		}
	}
	open := []string{"done1", "easier1", "post1", "notify1", "together1"} // on posts and cards of a channel, for its members
	for name, tc := range map[string]struct {
		p     gymtest.Person
		spare []string // components that are for them too
		hides []string // what they must not read
		owns  string   // what stands in IDs of their own things
	}{
		"a member in the channel": {gymtest.Mia(), open, []string{ritasClass, "a draft of"}, "-"},
		"a member elsewhere":      {noah(), []string{"easier1", "together1", "post1", "notify1"}, []string{ritasClass, secretRule, "a draft of"}, "-"},
		"another server's admin":  {gymtest.Rita(), nil, []string{secretClass, secretPlace, secretRule}, "2"},
		"the coach in a DM": {alone(gymtest.Carl()), inDMs(), // he was told and asked there
			[]string{secretClass, secretPlace, secretRule}, "-"},
		"a member in a DM": {alone(noah()), nil, []string{secretClass, secretPlace, secretRule}, "-"},
	} {
		t.Run(name, func(t *testing.T) {
			pressed, before := 0, c.Dump()
			for id, owner := range c.ids {
				part := c.Part(id)
				if owner == tc.p.User && tc.p.Guild != "" || slices.Contains(tc.spare, part.Name()) || part.Name() == "consent1" {
					continue
				}
				for _, edit := range c.edited(id) {
					if slices.Contains(numberInID.FindAllString(edit, -1)[1:], tc.owns) {
						continue
					}
					req := tc.p.Request(c.Gym, nil)
					req.Values = []string{"1"}
					req.Fill(map[string]string{"at": "mon 10:00", "length": "60", "day": "2026-12-24", "lines": "mon 10:00", "title": "x"})
					reply, err := part.Press(t.Context(), req, edit)
					if ue, ok := errors.AsType[*bot.UserError](err); ok {
						reply = bot.Reply{Parts: ue.Parts(req.Say)}
					} else if err != nil {
						t.Errorf("%s: %v", edit, err)
					}
					for _, hidden := range tc.hides {
						if text := golden.Shown(reply); strings.Contains(text, hidden) {
							t.Errorf("%s shows\n%s", edit, text)
						}
					}
					pressed++
				}
				after := c.Dump() // of each edit it would take ten times as long
				if lines := foreign(before, after, tc.p); len(lines) > 0 {
					t.Errorf("one of %v changed\n%s", c.edited(id), strings.Join(lines, ""))
				}
				before = after
			}
			t.Logf("%d presses of %d buttons", pressed, len(c.ids))
		})
	}
}

func must(t *testing.T) func(bot.Reply, error) bot.Reply {
	return func(r bot.Reply, err error) bot.Reply {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
}
