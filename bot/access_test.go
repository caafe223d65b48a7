package bot

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/time/rate"
)

// accessStub answers GETs by path, and others with 404 and the code.
func accessStub(t *testing.T, code int, answers map[string]string) (*Bot, *discord) {
	t.Helper()
	d := &discord{answer: func(_ int, r *http.Request) *http.Response {
		if body, ok := answers[strings.TrimPrefix(r.URL.Path, "/api/v10")]; ok {
			return respond(200, nil, body)
		}
		return respond(404, nil, fmt.Sprintf(`{"code":%d}`, code))
	}}
	rest, _ := overStub(t, d, silent())
	b, self := &Bot{rest: rest, o: Options{Log: silent(), Now: time.Now}}, "7"
	b.self.Store(&self)
	return b, d
}

func TestAccess(t *testing.T) {
	const (
		roles = `[{"id":"1","permissions":"3072"},{"id":"20","permissions":"32768"},{"id":"21","permissions":"131072"}]`
		guild = `{"id":"1","owner_id":"9","roles":` + roles + `}`
		plain = `{"id":"5","guild_id":"1","name":"classes","type":0,"permission_overwrites":[]}`
		me    = `{"roles":["20"]}`
		base  = ViewChannel | SendMessages | AttachFiles
	)
	with := func(overwrites string) string { return strings.Replace(plain, "[]", "["+overwrites+"]", 1) }
	const (
		everyoneDeny = `{"id":"1","type":0,"allow":"0","deny":"2048"}`
		roleAllow    = `{"id":"20","type":0,"allow":"2048","deny":"0"}`
		roleDeny     = `{"id":"20","type":0,"allow":"0","deny":"2048"}`
		otherAllow   = `{"id":"21","type":0,"allow":"2048","deny":"0"}`
		ownAllow     = `{"id":"7","type":1,"allow":"2048","deny":"0"}`
		ownDeny      = `{"id":"7","type":1,"allow":"0","deny":"2048"}`
	)
	future, past := time.Now().Add(time.Hour).Format(time.RFC3339), time.Now().Add(-time.Hour).Format(time.RFC3339)
	for _, tc := range []struct {
		name, channel, guild, member string
		want                         Perm
	}{
		{"by its roles", plain, guild, me, base},
		{"everyone may not send", with(everyoneDeny), guild, me, base &^ SendMessages},
		{"its role may", with(roleAllow + "," + everyoneDeny), guild, me, base},
		{"a role that it lacks may", with(otherAllow + "," + everyoneDeny), guild, me, base &^ SendMessages},
		{"one role may, one may not", with(roleDeny + "," + otherAllow), guild, `{"roles":["20","21"]}`, base | MentionEveryone},
		{"itself may", with(ownAllow + "," + roleDeny), guild, me, base},
		{"itself may not", with(ownDeny + "," + roleAllow), guild, me, base &^ SendMessages},
		{"the owner", with(ownDeny), strings.Replace(guild, `"9"`, `"7"`, 1), me, ^Perm(0)},
		{"an administrator", with(ownDeny), strings.Replace(guild, "32768", "8", 1), me, ^Perm(0)},
		{"an overwrite makes no administrator", with(`{"id":"7","allow":"8","deny":"0"}`), guild, me, base | Administrator},
		{"in a time-out", with(ownAllow), guild, `{"roles":["20"],"communication_disabled_until":"` + future + `"}`, ViewChannel},
		{"after a time-out", plain, guild, `{"roles":["20"],"communication_disabled_until":"` + past + `"}`, base},
		{"hidden, and all the same there", with(`{"id":"1","allow":"0","deny":"1024"}`), guild, me, base &^ ViewChannel},
	} {
		t.Run(tc.name, func(t *testing.T) {
			b, _ := accessStub(t, 0, map[string]string{"/channels/5": tc.channel, "/guilds/1": tc.guild, "/guilds/1/members/7": tc.member})
			got, err := b.Access(t.Context(), "1", "5")
			if err != nil || got != (ChannelValue{"5", "classes", 0, tc.want, false}) {
				t.Errorf("got %+v, %v; want %b", got, err, tc.want)
			}
		})
	}
	t.Run("a thread has its parent's", func(t *testing.T) {
		thread := `{"id":"6","guild_id":"1","parent_id":"5","name":"crew","type":11,"thread_metadata":{"locked":true}}`
		b, d := accessStub(t, 0, map[string]string{"/channels/6": thread, "/channels/5": with(ownDeny), "/guilds/1": guild, "/guilds/1/members/7": me})
		if got, err := b.Access(t.Context(), "1", "6"); err != nil || got != (ChannelValue{"6", "crew", kindThread, base &^ SendMessages, true}) || len(d.all()) != 4 {
			t.Errorf("got %+v, %v after %v", got, err, d.requests())
		}
	})
	t.Run("another server's", func(t *testing.T) {
		b, d := accessStub(t, 0, map[string]string{"/channels/5": plain})
		if got, err := b.Access(t.Context(), "2", "5"); !errors.Is(err, ErrNoChannel) || got != (ChannelValue{}) || len(d.all()) != 1 {
			t.Errorf("got %+v, %v after %v", got, err, d.requests())
		}
	})
	t.Run("before the first READY", func(t *testing.T) {
		b, d := accessStub(t, 0, nil)
		b.self.Store(nil)
		if _, err := b.Access(t.Context(), "1", "5"); !errors.Is(err, errNoSelf) || len(d.all()) != 0 {
			t.Errorf("%v after %v", err, d.requests())
		}
	})
	for code, want := range map[int]error{codeUnknownChannel: ErrNoChannel, codeMissingAccess: nil} {
		b, _ := accessStub(t, code, nil)
		got, err := b.Access(t.Context(), "1", "5")
		if !errors.Is(err, want) || want == nil && got != (ChannelValue{ID: "5"}) {
			t.Errorf("code %d: got %+v, %v", code, got, err)
		}
	}
}

// known holds the permissions that both counts know.
const known = ViewChannel | SendMessages | AttachFiles | ReadHistory | MentionEveryone | SendInThreads

// TestAccessIsThePlaygrounds compares two counts of the same permissions, made
// by people who did not see each other's.
func TestAccessIsThePlaygrounds(t *testing.T) {
	t.Parallel()
	p := standing(t)
	world := func(change map[string]any) {
		t.Helper()
		if got := p.call("POST", "/world", map[string]any{"permission": change}); strings.Contains(got, `"error":`) {
			t.Fatalf("%v: %s", change, got)
		}
	}
	names := map[Perm]string{ViewChannel: "VIEW_CHANNEL", SendMessages: "SEND_MESSAGES", AttachFiles: "ATTACH_FILES",
		ReadHistory: "READ_MESSAGE_HISTORY", MentionEveryone: "MENTION_EVERYONE", SendInThreads: "SEND_MESSAGES_IN_THREADS"}
	rnd := rand.New(rand.NewPCG(1, 2)) // the same each time
	some := func() (deny, allow []string) {
		for _, perm := range []Perm{ViewChannel, SendMessages, AttachFiles, ReadHistory, MentionEveryone, SendInThreads} {
			switch rnd.IntN(5) {
			case 0:
				deny = append(deny, names[perm])
			case 1:
				allow = append(allow, names[perm])
			}
		}
		return deny, allow
	}
	var hidden, administrator int
	for round := range 40 {
		p.call("POST", "/reset", nil)
		fresh := newLimits(time.Now, silent()) // the playground's are fresh too
		fresh.global = rate.NewLimiter(rate.Inf, 1)
		p.bot.rest.http.Transport.(*transport).limits = fresh
		for _, channel := range []string{"general", "coaches", "announcements"} {
			for _, role := range []string{"@everyone", "unpinch", "coach"} {
				deny, allow := some()
				world(map[string]any{"channel": channel, "role": role, "deny": deny, "allow": allow})
			}
			deny, _ := some()
			world(map[string]any{"channel": channel, "deny": deny})
		}
		deny, allow := some()
		if round%8 == 7 {
			allow = append(allow, "ADMINISTRATOR")
		}
		world(map[string]any{"role": "unpinch", "deny": deny, "allow": allow})
		for name, want := range p.mayIn("iron-garden") {
			got, err := p.bot.Access(t.Context(), p.named("guilds", "iron-garden"), p.channel(name))
			if err != nil || got.Perms&known != want&known || got.ID != p.channel(name) {
				t.Errorf("round %d, %s: got %b, %v; want %b", round, name, got.Perms&known, err, want&known)
			}
			if want == 0 {
				hidden++
			}
			if want.Has(Administrator) {
				administrator++
			}
		}
	}
	if hidden == 0 || administrator == 0 {
		t.Errorf("%d channels were hidden, in %d the bot was an administrator", hidden, administrator)
	}
}

// mayIn is what the bot may do in each channel of a server, as the playground
// counts.
func (p *place) mayIn(server string) map[string]Perm {
	p.t.Helper()
	var state struct {
		Channels []struct {
			Name  string
			Guild string `json:"guild_id"`
			May   string `json:"bot_permissions"`
		}
	}
	if err := json.Unmarshal([]byte(p.call("GET", "/state", nil)), &state); err != nil {
		p.t.Fatal(err)
	}
	out := map[string]Perm{}
	for _, c := range state.Channels {
		if c.Guild == p.named("guilds", server) {
			n, err := strconv.ParseUint(c.May, 10, 64)
			if err != nil {
				p.t.Fatal(err)
			}
			out[c.Name] = Perm(n)
		}
	}
	return out
}

func TestAccessInTheWorld(t *testing.T) {
	t.Parallel()
	p := standing(t)
	guild, classes, lounge := p.named("guilds", "iron-garden"), p.channel("classes"), p.channel("lounge")
	ask := func(guild, channel string) string {
		c, err := p.bot.Access(t.Context(), guild, channel)
		return fmt.Sprint(c.Name, " ", c.Perms.Has(ViewChannel|SendMessages), " ", errors.Is(err, ErrNoChannel), " ", err == nil)
	}
	check := func(when, got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("%s: got %s, want %s", when, got, want)
		}
	}
	check("open", ask(guild, classes), "classes true false true")
	check("private", ask(guild, p.channel("coaches")), " false false true")
	check("a server without the bot", ask(p.named("guilds", "quiet-room"), lounge), " false false true")
	p.call("POST", "/world", map[string]any{"permission": map[string]any{"channel": "classes", "deny": "SEND_MESSAGES"}})
	check("closed", ask(guild, classes), "classes false false true")
	p.call("POST", "/world", map[string]any{"delete_channel": "classes"})
	check("deleted", ask(guild, classes), " false true false")
	p.call("POST", "/world", map[string]any{"unavailable": "iron-garden"})
	check("an outage", ask(guild, p.channel("general")), " false false false")
	p.call("POST", "/world", map[string]any{"available": "iron-garden"})
	p.call("POST", "/world", map[string]any{"kick_bot": "iron-garden"})
	check("thrown out", ask(guild, p.channel("general")), " false false true")
}

func TestRoleReach(t *testing.T) {
	t.Parallel()
	p := standing(t)
	guild := p.named("guilds", "iron-garden")
	ask := func(role string) string {
		r, err := p.bot.RoleReach(t.Context(), guild, role)
		return fmt.Sprint(r, " ", errors.Is(err, ErrNoRole), " ", err == nil)
	}
	for _, tc := range []struct{ name, role, want string }{
		{"closed", p.named("roles", "coach"), "{false 1} false true"},
		{"open", p.named("roles", "regulars"), "{true 1} false true"},
		{"everyone's", guild, "{false -1} false true"},
		{"gone", "123", "{false 0} true false"},
	} {
		if got := ask(tc.role); got != tc.want {
			t.Errorf("%s: got %s, want %s", tc.name, got, tc.want)
		}
	}
	p.fault(map[string]any{"route": "GET /guilds/{guild}/roles/member-counts", "status": 403})
	if got, want := ask(p.named("roles", "regulars")), "{true -1} false true"; got != want {
		t.Errorf("without counts: got %s, want %s", got, want)
	}
	p.call("POST", "/world", map[string]any{"kick_bot": "iron-garden"})
	if got, want := ask(p.named("roles", "regulars")), "{false 0} false false"; got != want {
		t.Errorf("thrown out: got %s, want %s", got, want)
	}
}
