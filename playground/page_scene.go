package playground

import (
	"context"
	"net/url"
	"slices"
	"strconv"

	"unpinch/playground/wire"
)

// pageState is what the page reads of GET state.
type pageState struct {
	Guilds   []pageGuild   `json:"guilds"`
	Channels []pageChannel `json:"channels"`
	Roles    []pageRole    `json:"roles"`
	Users    []pageMember  `json:"users"`
	Bots     []struct {
		Application pageApplication `json:"application"`
		Ready       bool            `json:"ready"`
		Commands    []pageCommand   `json:"commands"`
	} `json:"bots"`
}

type pageGuild struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Owner string `json:"owner_id"`
	Bot   bool   `json:"bot"`
	Down  bool   `json:"unavailable"`
}

type pageChannel struct {
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

type pageRole struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Guild       string `json:"guild_id"`
	Permissions string `json:"permissions"`
}

type pageMember struct {
	ID      string   `json:"id"`
	Name    string   `json:"name"`
	Display string   `json:"display_name"`
	Roles   []string `json:"roles"`
	Closed  bool     `json:"dms_closed"`
}

type pageApplication struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// pageScene is who looks at the page, and at what.
type pageScene struct {
	pageState
	me      pageMember
	channel pageChannel // its name is "dm" in the DM with the bot
	guild   pageGuild   // zero in a DM
}

// dmName is how the control API calls a member's own DM with the bot.
const dmName = "dm"

// firstMember is who a visitor is at first: a plain member.
const firstMember = "mia"

// scene finds the member and the channel by id or name. What is missing or
// hidden from the member falls back to the first that there is.
func (p *webPage) scene(ctx context.Context, c pageClient, as, channel string) (pageScene, error) {
	s := pageScene{channel: pageChannel{Name: dmName}}
	if err := c.get(ctx, "state", nil, &s.pageState); err != nil {
		return s, err
	}
	if len(s.Users) == 0 {
		return s, &pageFault{"The playground has no members."}
	}
	s.me = s.Users[0]
	for _, want := range []string{firstMember, as} {
		i := slices.IndexFunc(s.Users, func(u pageMember) bool { return u.Name == want || u.ID == want })
		if i >= 0 {
			s.me = s.Users[i]
		}
	}
	if channel == dmName {
		return s, nil
	}
	s.findChannel(channel)
	return s, nil
}

func (s *pageScene) findChannel(want string) {
	var found, first *pageChannel
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
	i := slices.IndexFunc(s.Guilds, func(g pageGuild) bool { return g.ID == found.Guild })
	if i >= 0 {
		s.guild = s.Guilds[i]
	}
}

// channelKey names the channel in addresses and to the control API: by name,
// or by id where another channel has the name too.
func (s *pageScene) channelKey() string { return s.keyOf(s.channel) }

func (s *pageScene) keyOf(ch pageChannel) string {
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

func (s *pageScene) form() formView {
	return formView{As: s.me.Name, Channel: s.channelKey()}
}

func (s *pageScene) ready() bool { return len(s.Bots) > 0 && s.Bots[0].Ready }

func (s *pageScene) app() pageApplication {
	if len(s.Bots) == 0 {
		return pageApplication{Name: "The bot"}
	}
	return s.Bots[0].Application
}

// commands are those that Discord would offer the member in the channel. A
// server's own command hides a global one of its name.
func (s *pageScene) commands() []runnable {
	var own, global []pageCommand
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

// shows mirrors Discord's rule from what GET state tells; the control API has
// the last word when a command is run.
func (s *pageScene) shows(c pageCommand) bool {
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

// allowed tells whether the member has the permissions that a command asks for.
func (s *pageScene) allowed(c pageCommand) bool {
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
func (p *webPage) commandsOf(ctx context.Context, c pageClient, as, channel string) ([]runnable, error) {
	s, err := p.scene(ctx, c, as, channel)
	if err != nil {
		return nil, err
	}
	return s.commands(), nil
}

// messageQuery asks for the channel's messages as the member sees them.
func (s *pageScene) messageQuery() url.Values {
	f := s.form()
	return url.Values{"as": {f.As}, "channel": {f.Channel}}
}
