package page

import (
	"context"
	"net/url"
	"slices"
	"strconv"

	"unpinch/playground/wire"
)

// A state is what the page reads of GET /state.
type state struct {
	Guilds   []guild   `json:"guilds"`
	Channels []channel `json:"channels"`
	Roles    []role    `json:"roles"`
	Users    []member  `json:"users"`
	Bots     []struct {
		Application application `json:"application"`
		Ready       bool        `json:"ready"`
		Commands    []command   `json:"commands"`
	} `json:"bots"`
}

type guild struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Owner string `json:"owner_id"`
	Bot   bool   `json:"bot"`
	Down  bool   `json:"unavailable"`
}

type channel struct {
	ID      string   `json:"id"`
	Name    string   `json:"name"`
	Kind    int      `json:"type"`
	Guild   string   `json:"guild_id"`
	Parent  string   `json:"parent_id"`
	Locked  bool     `json:"locked"`
	Viewers []string `json:"viewers"`
	BotMay  string   `json:"bot_permissions"`
	Last    string   `json:"last_message_id"`
}

type role struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Guild       string `json:"guild_id"`
	Permissions string `json:"permissions"`
}

type member struct {
	ID      string   `json:"id"`
	Name    string   `json:"name"`
	Display string   `json:"display_name"`
	Roles   []string `json:"roles"`
	Closed  bool     `json:"dms_closed"`
}

type application struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// A scene is the member who looks at the page, and what they look at.
type scene struct {
	state
	me      member
	channel channel // its name is "dm" in the DM with the bot
	guild   guild   // zero in a DM
	door    string  // the step of a door that stays open
	count   string  // see formView
}

// address returns where the page is as a member in a channel, with its door open.
func (s *scene) address(as, channel string, more url.Values) string {
	return formView{As: as, Channel: channel, Door: s.door, Count: s.count}.address(more)
}

// dmName is how the control API calls a member's own DM with the bot.
const dmName = "dm"

// firstMember is the member that a visitor is at first, a plain one.
const firstMember = "mia"

// scene finds the member and the channel by id or name. For what is missing, or
// hidden from the member, it takes the first that there is.
func (p *Page) scene(ctx context.Context, c client, as, where string) (scene, error) {
	s := scene{channel: channel{Name: dmName}}
	if err := c.get(ctx, "state", nil, &s.state); err != nil {
		return s, err
	}
	if len(s.Users) == 0 {
		return s, &failure{"The playground has no members."}
	}
	s.me = s.Users[0]
	for _, want := range []string{firstMember, as} {
		i := slices.IndexFunc(s.Users, func(u member) bool { return u.Name == want || u.ID == want })
		if i >= 0 {
			s.me = s.Users[i]
		}
	}
	if where == dmName {
		return s, nil
	}
	s.findChannel(where)
	return s, nil
}

func (s *scene) findChannel(want string) {
	var found, first *channel
	for i, ch := range s.Channels {
		if ch.Guild == "" || !slices.Contains(ch.Viewers, s.me.ID) {
			continue
		}
		if first == nil {
			first = &s.Channels[i]
		}
		if found == nil && (ch.Name == want || ch.ID == want) {
			found = &s.Channels[i]
		}
	}
	if found == nil {
		found = first
	}
	if found == nil {
		return // the DM stays
	}
	s.channel = *found
	i := slices.IndexFunc(s.Guilds, func(g guild) bool { return g.ID == found.Guild })
	if i >= 0 {
		s.guild = s.Guilds[i]
	}
}

// channelKey names the channel in addresses and to the control API: by name,
// or by id where another channel has the name too.
func (s *scene) channelKey() string { return s.keyOf(s.channel) }

func (s *scene) keyOf(ch channel) string {
	if ch.ID == "" {
		return dmName
	}
	same := 0
	for _, other := range s.Channels {
		if other.Guild != "" && other.Name == ch.Name {
			same++
		}
	}
	if same > 1 || ch.Name == dmName {
		return ch.ID
	}
	return ch.Name
}

func (s *scene) form() formView {
	return formView{As: s.me.Name, Channel: s.channelKey(), Door: s.door, Count: s.count}
}

func (s *scene) ready() bool { return len(s.Bots) > 0 && s.Bots[0].Ready }

func (s *scene) app() application {
	if len(s.Bots) == 0 {
		return application{Name: "The bot"}
	}
	return s.Bots[0].Application
}

// commands returns those that Discord would offer the member in the channel. A
// server's own command hides a global one of its name.
func (s *scene) commands() []runnable {
	var own, global []command
	for _, b := range s.Bots {
		for _, c := range b.Commands {
			switch {
			case !s.shows(c):
			case c.Guild != "":
				own = append(own, c)
			default:
				global = append(global, c)
			}
		}
	}
	return runnables(append(own, global...))
}

// shows reports whether Discord offers a command here, as far as GET /state tells.
// The control API decides when the command is run.
func (s *scene) shows(c command) bool {
	inDM := s.guild.ID == ""
	if c.Guild != "" {
		return c.Guild == s.guild.ID && s.guild.Bot && s.allowed(c)
	}
	place := 0
	if inDM {
		place = 1
	}
	if c.Contexts != nil && !slices.Contains(c.Contexts, place) {
		return false
	}
	if inDM && c.Contexts == nil && c.InDM != nil && !*c.InDM {
		return false
	}
	byUser := slices.Contains(c.Types, 1)
	byGuild := (c.Types == nil || slices.Contains(c.Types, 0)) && (inDM || s.guild.Bot)
	return (byUser || byGuild) && (inDM || s.allowed(c))
}

// allowed reports whether the member has the permissions that a command asks for.
func (s *scene) allowed(c command) bool {
	if s.me.ID == s.guild.Owner || c.Permissions == nil {
		return true
	}
	need, err := strconv.ParseUint(*c.Permissions, 10, 64)
	if err != nil {
		return true
	}
	var may uint64
	for _, r := range s.Roles {
		if r.Guild == s.guild.ID && (r.ID == s.guild.ID || slices.Contains(s.me.Roles, r.ID)) {
			n, _ := strconv.ParseUint(r.Permissions, 10, 64)
			may |= n
		}
	}
	return may&wire.PermAdministrator != 0 || need != 0 && may&need == need
}

// commandsOf lists what a member may run in a channel.
func (p *Page) commandsOf(ctx context.Context, c client, as, channel string) ([]runnable, error) {
	s, err := p.scene(ctx, c, as, channel)
	if err != nil {
		return nil, err
	}
	return s.commands(), nil
}

// messageQuery asks for the channel's messages as the member sees them.
func (s *scene) messageQuery() url.Values {
	f := s.form()
	return url.Values{"as": {f.As}, "channel": {f.Channel}}
}
