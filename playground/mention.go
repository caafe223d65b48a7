package playground

import (
	"regexp"
	"slices"
	"strings"

	"unpinch/playground/wire"
)

// mentions are the people and roles that a message pings.
type mentions struct {
	users    []*user
	roles    []wire.ID
	everyone bool
}

func (m mentions) usersJSON() []object {
	out := []object{}
	for _, u := range m.users {
		out = append(out, u.json())
	}
	return out
}

func (m mentions) rolesJSON() []wire.ID {
	if m.roles == nil {
		return []wire.ID{}
	}
	return m.roles
}

var (
	userMention = regexp.MustCompile(`<@!?(\d+)>`)
	roleMention = regexp.MustCompile(`<@&(\d+)>`)
)

// allowedMentions says whom a message may ping: those named, and all of a kind
// where any is set.
type allowedMentions struct {
	everyone         bool
	users, roles     []string
	anyUser, anyRole bool
}

func readAllowed(body object) allowedMentions {
	am := wire.Child(body, "allowed_mentions")
	if am == nil {
		return allowedMentions{everyone: true, anyUser: true, anyRole: true}
	}
	var a allowedMentions
	for _, v := range wire.List(am, "parse") {
		a.everyone = a.everyone || v == "everyone"
		a.anyUser = a.anyUser || v == "users"
		a.anyRole = a.anyRole || v == "roles"
	}
	ids := func(key string) (out []string) {
		for _, v := range wire.List(am, key) {
			if s, ok := v.(string); ok {
				out = append(out, s)
			}
		}
		return out
	}
	a.users, a.roles = ids("users"), ids("roles")
	return a
}

// mentionsOf finds whom a message pings, as far as its body allows. It pings a role
// only if that is mentionable or the bot may mention everyone.
func (w *world) mentionsOf(m *message, body object) mentions {
	words := strings.Join(append(m.texts(), m.content), "\n")
	allowed := readAllowed(body)
	var out mentions
	for _, match := range userMention.FindAllStringSubmatch(words, -1) {
		u := w.userByID(wire.ParseID(match[1]))
		if u != nil && (allowed.anyUser || slices.Contains(allowed.users, match[1])) && !slices.Contains(out.users, u) {
			out.users = append(out.users, u)
		}
	}
	g := m.channel.guild
	if g == nil {
		return out
	}
	all := m.channel.may(w.bot)&wire.PermMentionEveryone != 0
	for _, match := range roleMention.FindAllStringSubmatch(words, -1) {
		r := g.role(wire.ParseID(match[1]))
		if r == nil || slices.Contains(out.roles, r.id) || !r.mentionable && !all {
			continue
		}
		if allowed.anyRole || slices.Contains(allowed.roles, match[1]) {
			out.roles = append(out.roles, r.id)
		}
	}
	out.everyone = all && allowed.everyone &&
		(strings.Contains(words, "@everyone") || strings.Contains(words, "@here"))
	return out
}
