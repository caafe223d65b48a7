package playground

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"unpinch/playground/control"
	"unpinch/playground/wire"
)

// createsPerDay is how many commands a bot may create in a scope in a day.
const createsPerDay = 200

// A registry holds the bot's commands by scope: by the guild they are of, those
// without one under 0.
type registry struct {
	app     wire.ID
	ids     *idSource
	byScope map[wire.ID][]*command
	creates map[wire.ID][]time.Time // of the last day, virtual
}

func newRegistry(app wire.ID, ids *idSource) *registry {
	return &registry{app: app, ids: ids, byScope: map[wire.ID][]*command{}, creates: map[wire.ID][]time.Time{}}
}

// reset forgets what was created when, and the scopes that do not stay.
func (r *registry) reset(stays func(scope wire.ID) bool) {
	r.creates = map[wire.ID][]time.Time{}
	maps.DeleteFunc(r.byScope, func(scope wire.ID, _ []*command) bool { return !stays(scope) })
}

// find returns the first command of a scope that a test takes, or nil.
func (r *registry) find(scope wire.ID, is func(*command) bool) *command {
	return first(r.byScope[scope], is)
}

// offered finds a command by what a user typed in a channel, and the names of its
// subcommand: "class add" is the command class and its subcommand add.
func (r *registry) offered(w *world, u *user, c *channel, typed string, target bool) (*command, []string, *control.Error) {
	typed = strings.TrimPrefix(strings.TrimSpace(typed), "/")
	words := strings.Fields(typed)
	fits := func(cmd *command) bool {
		if cmd.kind != wire.ChatCommand {
			return target && cmd.name == typed
		}
		return !target && len(words) > 0 && cmd.name == words[0]
	}
	hidden := false
	scopes := []wire.ID{0}
	if c.guild != nil {
		scopes = []wire.ID{c.guild.id, 0}
	}
	for _, scope := range scopes {
		cmd := r.find(scope, fits)
		if cmd == nil {
			continue
		}
		if !cmd.shown(w, u, c) {
			hidden = true
			continue
		}
		if cmd.kind != wire.ChatCommand {
			return cmd, nil, nil
		}
		return cmd, words[1:], nil
	}
	if hidden {
		return nil, nil, control.Fail(http.StatusForbidden, "not_permitted", u.name+" does not see "+strconv.Quote(typed)+" here")
	}
	return nil, nil, control.NotFound("command", typed)
}

// put makes a command of a checked definition: under the id of an old one that has
// its name and type, else as a new one, which it reports. It is registered only
// once it is among the commands of its scope.
func (r *registry) put(old []*command, scope wire.ID, def object) (cmd *command, fresh bool) {
	for _, o := range old {
		if o.name == wire.Text(def, "name") && o.kind == commandKind(def) {
			return r.changed(o, def), false
		}
	}
	cmd = newCommand(r.app, r.ids.next(), scope, def)
	cmd.version = r.ids.next()
	r.creates[scope] = append(r.creates[scope], r.ids.now())
	return cmd, true
}

// changed returns a command with another definition. Its version is new only if
// that says something else.
func (r *registry) changed(old *command, def object) *command {
	cmd := newCommand(r.app, old.id, old.guild, def)
	if cmd.version = old.version; !same(cmd.def, old.def) {
		cmd.version = r.ids.next()
	}
	return cmd
}

// replace puts a command in the place of the one with its id.
func (r *registry) replace(cmd *command) {
	next := slices.Clone(r.byScope[cmd.guild])
	for i, o := range next {
		if o.id == cmd.id {
			next[i] = cmd
		}
	}
	r.byScope[cmd.guild] = next
}

// remove takes a command out of its scope.
func (r *registry) remove(cmd *command) {
	r.byScope[cmd.guild] = slices.DeleteFunc(slices.Clone(r.byScope[cmd.guild]), func(o *command) bool { return o == cmd })
}

// creatable refuses more new commands than a day allows.
func (r *registry) creatable(scope wire.ID, more int) *wire.Refusal {
	day := r.ids.now().Add(-24 * time.Hour)
	r.creates[scope] = slices.DeleteFunc(r.creates[scope], func(t time.Time) bool { return t.Before(day) })
	if len(r.creates[scope])+more > createsPerDay {
		return wire.Refuse(http.StatusTooManyRequests, 30034,
			fmt.Sprintf("Max number of daily application command creates has been reached (%d)", createsPerDay))
	}
	return nil
}

// versions returns a number that differs once any command does.
func (r *registry) versions() uint64 {
	var sum uint64
	for _, commands := range r.byScope {
		for _, c := range commands {
			sum += uint64(c.id ^ c.version)
		}
	}
	return sum
}
