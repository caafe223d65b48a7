package page

import (
	"slices"
	"strings"
	"time"
)

// shownGuilds is how many servers the page lists. A test may add thousands.
const shownGuilds = 20

// guildLinks lists the direct messages and the servers where the member sees a
// channel, each leading to its first one, then the channels of the one on the page,
// and counts the servers left out.
func (s *scene) guildLinks() (rail []linkView, shown guildView, left int) {
	byGuild := map[string][]linkView{}
	for _, ch := range s.Channels {
		if ch.Guild != "" && slices.Contains(ch.Viewers, s.me.ID) {
			byGuild[ch.Guild] = append(byGuild[ch.Guild], s.channelLink(ch))
		}
	}
	shown = guildView{"Direct messages", []linkView{s.dmLink()}}
	rail = []linkView{s.dmLink()}
	for _, g := range s.Guilds {
		links := byGuild[g.ID]
		if len(links) == 0 {
			continue
		}
		if g.ID == s.guild.ID {
			shown = guildView{g.Name, links}
		} else if len(rail) > shownGuilds {
			left++
			continue
		}
		rail = append(rail, linkView{URL: links[0].URL, Label: g.Name, Initial: initials(g.Name), Hue: hue(g.Name), Current: g.ID == s.guild.ID})
	}
	return rail, shown, left
}

// initials returns the first letters of a server's words.
func initials(name string) string {
	out := ""
	for _, word := range strings.FieldsFunc(name, func(r rune) bool { return r == '-' || r == ' ' }) {
		out += initial(word)
	}
	return out[:min(len(out), 3)]
}

func (s *scene) channelLink(ch channel) linkView {
	label := "#" + ch.Name
	if ch.Parent != "" {
		label = "Thread: " + ch.Name
	}
	return linkView{URL: s.address(s.me.Name, s.keyOf(ch), nil), Label: label, Current: ch.ID == s.channel.ID}
}

// placesOf returns the other places of the member's where these posts are the
// newest messages.
func (s *scene) placesOf(posts []string) []linkView {
	var out []linkView
	for _, ch := range s.Channels {
		if !slices.Contains(posts, ch.Last) || !slices.Contains(ch.Viewers, s.me.ID) {
			continue
		}
		link := s.channelLink(ch)
		if ch.Guild == "" {
			link = s.dmLink()
		}
		if !link.Current {
			out = append(out, link)
		}
	}
	return out
}

func (s *scene) dmLink() linkView {
	return linkView{URL: s.address(s.me.Name, dmName, nil), Label: s.app().Name, Current: s.guild.ID == ""}
}

// members lists the members that a visitor can be, each in the same channel.
func (s *scene) members() []linkView {
	var out []linkView
	for _, u := range s.Users {
		link := linkView{URL: s.address(u.Name, s.channelKey(), nil), Label: u.Display, Initial: initial(u.Display), Hue: hue(u.Display), Current: u.ID == s.me.ID}
		owner := slices.ContainsFunc(s.Guilds, func(g guild) bool { return g.Owner == u.ID })
		if owner {
			link.Note = "owner"
		}
		for _, r := range s.Roles {
			if !owner && slices.Contains(u.Roles, r.ID) {
				link.Note = r.Name
			}
		}
		out = append(out, link)
	}
	return out
}

// place returns the channel's name as the page's heading.
func (s *scene) place() string {
	switch {
	case s.guild.ID == "":
		return "Direct messages with " + s.app().Name
	case s.channel.Parent != "":
		return s.channel.Name
	}
	return "#" + s.channel.Name
}

// topic says what matters about the channel before writing in it.
func (s *scene) topic() string {
	switch {
	case s.guild.ID == "":
		return ""
	case s.guild.Down:
		return s.guild.Name + ", which is unavailable"
	case !s.guild.Bot:
		return s.guild.Name + ", where the bot is not a member"
	case s.channel.Locked:
		return s.guild.Name + ", a locked thread"
	case s.channel.BotMay == "0":
		return s.guild.Name + ", a channel that the bot cannot see"
	case s.channel.Parent != "":
		return s.guild.Name + ", a thread"
	}
	return s.guild.Name
}

// names returns what texts may refer to.
func (s *scene) names(now time.Time) nameBook {
	out := nameBook{users: map[string]string{}, roles: map[string]string{}, channels: map[string]string{}, places: map[string]string{}, now: now}
	for _, u := range s.Users {
		out.users[u.ID] = u.Display
	}
	out.users[s.app().ID] = s.app().Name
	for _, r := range s.Roles {
		out.roles[r.ID] = r.Name
	}
	for _, ch := range s.Channels {
		out.channels[ch.ID] = ch.Name
		if slices.Contains(ch.Viewers, s.me.ID) {
			out.places[ch.ID] = s.address(s.me.Name, ch.ID, nil)
		}
	}
	return out
}

// pickers returns what selects and options of members, roles and channels offer.
func (s *scene) pickers() pickers {
	var out pickers
	for _, u := range s.Users {
		out.users = append(out.users, choiceView{Label: "@" + u.Display, Value: u.ID})
	}
	for _, r := range s.Roles {
		if r.Guild == s.guild.ID && r.ID != s.guild.ID {
			out.roles = append(out.roles, choiceView{Label: "@" + r.Name, Value: r.ID})
		}
	}
	for _, ch := range s.Channels {
		if ch.Guild != "" && ch.Guild == s.guild.ID && slices.Contains(ch.Viewers, s.me.ID) {
			out.channels = append(out.channels, choiceView{Label: "#" + ch.Name, Value: ch.ID})
		}
	}
	return out
}
