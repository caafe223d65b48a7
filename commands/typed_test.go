package commands_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"unpinch/bot"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/schedule"
)

// nasty are texts that people type to have the bot show what they like: a link, a
// mention, a mark that works, or what nobody sees.
func nasty() []string {
	return []string{
		"https://evil.example/x", "x https://evil.example/x y", "[click](https://evil.example/x)", "<https://evil.example/x>", "ｈｔｔｐｓ：／／ｅｖｉｌ.example/x",
		"steam://evil.example", "@everyone", "＠everyone @here", "<@99999999999999999>", "<@!99999999999999999>", "<@&99999999999999999>", "<#99999999999999999>",
		"＜＠＆99999999999999999＞", "</evil:99999999999999999>", "<t:99999999:R>", "<:evil:99999999999999999>", "<id:evil>", "x **evil**", "x __evil__", "x ||evil||", "x ~~evil~~",
		"`evil` x **evil**", "x \\**evil**", "a\u202eb\u202c", "a\u200bb", "\u2066a\u2069", "a\x00\x1b[31mb", "\u200b", "\u202e\u2060", "\u3164\u115f", "\u00ad", "\ufeff",
		"# evil", "> evil", "one\u2028https://evil.example/x", strings.Repeat("https://evil.example/x ", 200),
	}
}

var (
	// escaped is a character that a backslash keeps from working, and inCode what
	// stands as it is.
	escaped = regexp.MustCompile(`\\[^0-9A-Za-z\s]`)
	inCode  = regexp.MustCompile("`[^`\n]*`")
	// works is what must not work in a card.
	works = regexp.MustCompile(`\w+://evil|@everyone|@here|<[^ ]*99999|</evil|<id:|<:evil|x \*\*evil|x __evil|x \|\|evil|x ~~evil|(?m)^\s*(#|>) evil`)
)

// tame returns what is wrong with what a person reads: marks that work, and
// characters that nobody sees.
func tame(r bot.Reply) (faults []string) {
	for _, text := range golden.Texts(r.Parts) {
		left := inCode.ReplaceAllString(escaped.ReplaceAllString(text, "."), "")
		if found := works.FindString(left); found != "" {
			faults = append(faults, fmt.Sprintf("%q works in %q", found, text))
		}
	}
	all := golden.Shown(r)
	for _, f := range r.Files {
		if strings.HasSuffix(f.Name, ".txt") || strings.HasSuffix(f.Name, ".yaml") || strings.HasSuffix(f.Name, ".json") {
			all += string(f.Data)
		}
	}
	for _, c := range all {
		if c != '\n' && c != '\t' && unicode.In(c, unicode.Cc, unicode.Cf) {
			faults = append(faults, fmt.Sprintf("%q is shown in\n%s", c, all))
			break
		}
	}
	return faults
}

// typist is a gym in which someone types what is nasty.
type typist struct {
	*gymtest.Gym
	t *testing.T
}

// tame fails the test for what is wrong with a reply, and says what was typed where.
func (ty typist) tame(where, typed string, r bot.Reply) {
	ty.t.Helper()
	for _, fault := range tame(r) {
		ty.t.Errorf("%s typed %.60q: %s", where, typed, fault)
	}
}

// everywhere shows what the timetable, its posts and its DMs have of what was saved.
func (ty typist) everywhere(where, typed string) {
	ty.t.Helper()
	olga, mia := gymtest.Olga(), gymtest.Mia()
	for _, command := range []string{"class list", "class history", "class file", "setup", "me notify", "me reminders", "me routine", "me settings"} {
		ty.tame(where+", in /"+command, typed, ty.Run(olga, command, nil))
	}
	ty.tame(where+", in the changes", typed, ty.Press(olga, "changes1:changes/0/1", nil))
	all, err := ty.Store.SeriesOf(ty.t.Context(), gymtest.IronID)
	if err != nil {
		ty.t.Fatal(err)
	}
	for _, s := range all {
		for _, kind := range []schedule.Kind{schedule.KindPre, schedule.KindCoolDown, schedule.KindConfirm, schedule.KindNotice, schedule.KindAlert, schedule.KindLog, schedule.KindAsk, schedule.KindOff} {
			o := schedule.Occurrence{ID: 1 << 40, ClassID: s.ID, GuildID: gymtest.IronID, Kind: kind, DueAt: ty.Time, StartAt: ty.Time.Add(10 * time.Minute), UserID: mia.User}
			if r, err := ty.Render(s, o, false); err == nil {
				ty.tame(where+", in a message of kind "+string(kind), typed, r)
			}
		}
		ty.tame(where+", on its card", typed, ty.Press(olga, "class1:"+gymtest.ClassText(s.ID, 0, "show"), nil))
		ty.tame(where+", in the list of follows", typed, ty.Press(mia, "follow1:show/"+strconv.FormatInt(s.ID, 10)+"/0/false", nil))
	}
}

// saved presses what saves, if the reply has it.
func (ty typist) saved(p gymtest.Person, r bot.Reply) (bot.Reply, bool) {
	for _, b := range golden.Buttons(r.Parts) {
		if slices.Contains([]string{"Save", "Add it a second time", "Apply"}, b.Label) {
			return ty.Press(p, b.ID, nil), true
		}
	}
	return bot.Reply{}, false
}

// TestNastyOptions types nasty texts into each option of each command.
func TestNastyOptions(t *testing.T) {
	gymtest.Slow(t)
	g := gymtest.New(t)
	g.Start()
	beside := map[string]map[string]any{
		"class add": {"at": "mon 18:00"}, "class edit": {"class": "1"}, "setup": {"zone": "Europe/Lisbon", "place": "Iron Garden"},
		"me reminders": {"at": "mon 18:00", "zone": "Europe/Lisbon"}, "class closed": {"dates": "2026-12-24"},
	}
	seen := 0
	for _, c := range g.Commands() {
		for _, sub := range append([]bot.Command{c}, c.Subs...) {
			name := c.Name
			if sub.Name != c.Name {
				name += " " + sub.Name
			}
			for _, o := range sub.Options {
				option, ok := o.(*bot.StringOption)
				if !ok || sub.Run == nil {
					continue
				}
				seen++
				t.Run(name+" "+option.Name(), func(t *testing.T) {
					t.Parallel()
					ty := typist{gymtest.New(t), t}
					ty.Add(map[string]any{"at": "tue 18:00"})
					ty.Agree(gymtest.Olga())
					for _, typed := range nasty() {
						options := maps.Clone(beside[name])
						if options == nil {
							options = map[string]any{}
						}
						options[option.Name()] = typed
						where := "/" + name + " " + option.Name()
						reply := ty.Run(gymtest.Olga(), name, options)
						ty.tame(where, typed, reply)
						if after, ok := ty.saved(gymtest.Olga(), reply); ok {
							ty.tame(where+", saved", typed, after)
						}
						if strings.Contains(golden.Shown(reply), "Nothing of what you typed can be seen") != hidden(typed) {
							t.Errorf("%s typed %.60q: %s", where, typed, golden.Shown(reply))
						}
					}
					ty.everywhere("/"+name+" "+option.Name(), "all of it")
				})
			}
		}
	}
	if seen < 25 {
		t.Errorf("only %d options", seen)
	}
}

// hidden reports whether nothing of a nasty text can be seen.
func hidden(typed string) bool {
	return strings.Trim(typed, "\u200b\u202e\u2060\u3164\u115f\u00ad\ufeff") == ""
}

// TestNastyForms types nasty texts into each field of each form.
func TestNastyForms(t *testing.T) {
	gymtest.Slow(t)
	c := newCrowd(t)
	c.pressesBesides()
	c.pastes() // which the restarts before forgot
	ty := typist{c.Gym, t}
	people := map[string]gymtest.Person{}
	for _, p := range []gymtest.Person{gymtest.Olga(), gymtest.Carl(), gymtest.Mia(), gymtest.Rita(), noah(), gymtest.Coach(0), gymtest.Coach(1), gymtest.Coach(2), gymtest.Coach(3)} {
		people[p.User] = p
	}
	filled := map[string]int{}
	for _, id := range slices.Sorted(maps.Keys(c.ids)) {
		if c.Part(id).Answer != bot.OpenModal {
			continue
		}
		p := people[c.ids[id]]
		for _, typed := range nasty() {
			form := ty.Press(p, id, nil).Modal
			if form == nil {
				break
			}
			ty.tame("the form of "+id, typed, bot.Reply{Modal: form})
			name, _, _ := strings.Cut(form.ID, ":")
			for _, f := range form.Fields {
				if f.Entries != nil {
					continue
				}
				fields := typedInto(form.ID)
				fields[f.ID] = typed
				if f.Long {
					fields[f.ID] = "mon 18:00 " + typed
				}
				reply := ty.Press(p, form.ID, fields)
				ty.tame(form.ID+" "+f.ID, typed, reply)
				if after, ok := ty.saved(p, reply); ok {
					ty.tame(form.ID+" "+f.ID+", saved", typed, after)
				}
				filled[name]++
			}
		}
	}
	ty.everywhere("a form", "all of it")
	for _, part := range c.Parts {
		if strings.Contains(part.Name(), "set1") && !slices.Contains([]string{"nudgeset1", "askset1"}, part.Name()) && filled[part.Name()] == 0 {
			t.Errorf("no form is sent to %s", part.Name())
		}
	}
}

// TestNastyFiles has nasty texts in each field of each kind of file.
func TestNastyFiles(t *testing.T) {
	gymtest.Slow(t)
	yaml := "version: VERSION\nplaces:\n  - name: PLACE\n    zone: ZONE\n    closed: [CLOSED]\n    classes:\n      - at: AT\n        title: TITLE\n        length_min: LENGTH\n        before_min: BEFORE\n" +
		"        cool_down: COOL\n        channel: CHANNEL\n        ping: PING\n        until: UNTIL\n        paused_until: PAUSED\n        skips: [SKIP]\n        moves: [{from: FROM, to: TO}]\n        KEY: 1\n"
	fine := map[string]string{"VERSION": "1", "PLACE": "Iron Garden", "ZONE": "Europe/Lisbon", "CLOSED": "2026-12-24", "AT": "mon 18:00", "TITLE": "Power", "LENGTH": "60",
		"BEFORE": "10", "COOL": "true", "CHANNEL": "1325750707814400010", "PING": "1325750707814400007", "UNTIL": "2027-06-01", "PAUSED": "2026-12-01",
		"SKIP": "2026-12-07T18:00:00Z", "FROM": "2026-12-14T18:00:00Z", "TO": "2026-12-14T19:00:00Z", "KEY": "id"}
	delete(fine, "KEY")
	ty := typist{gymtest.New(t), t}
	ty.RoleReach = func(_ context.Context, _, roleID string) (bot.RoleReach, error) {
		if roleID != gymtest.CoachID { // one that is there is shown as a mention
			return bot.RoleReach{}, bot.ErrNoRole
		}
		return bot.RoleReach{}, nil
	}
	hand := func(where, typed, text string) {
		reply := ty.Hand(gymtest.Olga(), text)
		ty.tame(where, typed, reply)
		if after, ok := ty.saved(gymtest.Olga(), reply); ok {
			ty.tame(where+", applied", typed, after)
		}
	}
	for _, typed := range nasty() {
		for _, field := range append(slices.Sorted(maps.Keys(fine)), "KEY") {
			text := yaml
			if field != "KEY" {
				text = strings.Replace(text, "        KEY: 1\n", "", 1)
			}
			for name, value := range fine {
				if name != field {
					text = strings.ReplaceAll(text, name, value)
				}
			}
			hand("a file's "+field, typed, strings.Replace(text, field, strconv.Quote(typed), 1))
		}
		hand("a file", typed, typed)
		hand("a file's comment", typed, "# "+typed+"\nversion: 1\nplaces: []\n")
		for _, kind := range []string{"reminder-bot.csv", "lovinator.json"} {
			hand(kind, typed, imported(t, kind, typed))
		}
	}
	ty.everywhere("a file", "all of it")
}

// imported is another bot's file in which each name, and each text, is typed.
func imported(t *testing.T, kind, typed string) string {
	t.Helper()
	data, err := os.ReadFile("../timetable/testdata/" + kind)
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasSuffix(kind, ".csv") {
		rows, err := csv.NewReader(strings.NewReader(string(data))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for i := range rows[1:] {
			for _, column := range []string{"name", "content", "username", "channel"} {
				if column != "channel" || i%2 == 0 {
					rows[i+1][slices.Index(rows[0], column)] = typed
				}
			}
		}
		var b strings.Builder
		if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	quoted, err := json.Marshal(typed)
	if err != nil {
		t.Fatal(err)
	}
	return regexp.MustCompile(`"(name|id|message)":"[^"]*"`).ReplaceAllStringFunc(string(data), func(m string) string {
		key, _, _ := strings.Cut(m, ":")
		return key + ":" + string(quoted)
	})
}
