package playground

import (
	"fmt"
	"testing"

	"unpinch/playground/rig"
	"unpinch/playground/wire"
)

// What is typed as a number arrives as one, however it is written.
func TestNumbersTyped(t *testing.T) {
	l := newLab(t)
	l.Register(`[{"name":"lift","description":"d","options":[
		{"type":10,"name":"weight","description":"w"},{"type":4,"name":"times","description":"t"}]}]`)
	var it object
	l.Login(0, func(b *rig.Bot, got object) { it = got; rig.Says("ok")(b, got) })
	for _, tc := range []struct{ option, typed, want string }{
		{"weight", `62.5`, "62.5"}, {"weight", `"62.5"`, "62.5"}, {"weight", `"+62.5"`, "62.5"}, {"weight", `60`, "60"},
		{"weight", `"NaN"`, ""}, {"weight", `"-Inf"`, ""}, {"weight", `"heavy"`, ""}, {"weight", `true`, ""},
		{"times", `5`, "5"}, {"times", `"+5"`, "5"}, {"times", `5.5`, ""},
	} {
		body := fmt.Sprintf(`{"as":"mia","channel":"general","name":"lift","options":{%q:%s}}`, tc.option, tc.typed)
		if tc.want == "" {
			l.Problem("POST", "/command", body, 400, "bad_option")
			continue
		}
		l.Do("POST", "/command", body)
		if got := fmt.Sprint(wire.Objects(wire.List(wire.Child(it, "data"), "options"))[0]["value"]); got != tc.want {
			t.Errorf("%s %s: got %s, want %s", tc.option, tc.typed, got, tc.want)
		}
	}
}

// A resolved channel shows what the bot was given there: one that it does not
// see keeps the rest, as on Discord.
func TestResolvedChannelsShowWhatTheBotMay(t *testing.T) {
	l := newLab(t)
	l.Register(`[{"name":"lift","description":"d","options":[{"type":7,"name":"where","description":"w"},{"type":8,"name":"who","description":"r"}]}]`)
	var it object
	l.Login(0, func(b *rig.Bot, got object) { it = got; rig.Says("ok")(b, got) })
	for _, tc := range []struct {
		name, where string
		deny        []string
		want        uint64
	}{
		{"all", "classes", nil, permMember | wire.PermBot},
		{"hidden", "classes", []string{"VIEW_CHANNEL"}, (permMember | wire.PermBot) &^ wire.PermViewChannel},
		{"no posts", "classes", []string{"SEND_MESSAGES"}, (permMember | wire.PermBot) &^ wire.PermSendMessages},
		{"a thread has its parent's", "morning-crew", nil, permMember | wire.PermBot},
	} {
		t.Run(tc.name, func(t *testing.T) {
			l.Do("POST", "/world", object{"permission": object{"channel": "classes", "deny": tc.deny}})
			l.Do("POST", "/command", object{"as": "mia", "channel": "general", "name": "lift", "options": object{"where": tc.where, "who": "coach"}})
			resolved := wire.Child(wire.Child(it, "data"), "resolved")
			if got := wire.Text(wire.Child(wire.Child(resolved, "channels"), l.Channel(tc.where)), "app_permissions"); got != bits(tc.want) {
				t.Errorf("app_permissions %s, want %s", got, bits(tc.want))
			}
			role := l.s.world.guilds[0].findRole("coach")
			if got := wire.Child(wire.Child(resolved, "roles"), role.id.String()); wire.Text(got, "name") != "coach" || wire.Bool(got, "mentionable") != role.mentionable {
				t.Errorf("got role %v", got)
			}
		})
	}
}
