package bot

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"
)

var (
	// ErrNoChannel says that a channel isn't there, or isn't the server's.
	ErrNoChannel = errors.New("the server has no such channel")
	// ErrNoRole says that a role isn't there.
	ErrNoRole = errors.New("the server has no such role")
)

// Discord's codes for a channel that isn't there and for what the bot may not
// see.
const (
	codeUnknownChannel = 10003
	codeMissingAccess  = 50001
)

// Access returns what the bot may do in a channel of a server, or in a thread,
// asked of Discord in three requests, four for a thread. Perms is counted as
// ChannelOption.Get does. A channel that the bot can't see comes without a name
// and with no Perms, also in a server that the bot has left. Access returns
// ErrNoChannel for a channel that isn't there, or is another server's.
func (b *Bot) Access(ctx context.Context, guildID, channelID string) (ChannelValue, error) {
	self := b.self.Load()
	if self == nil {
		return ChannelValue{}, errNoSelf
	}
	return accessOf{b.rest, *self, b.o.Now}.in(ctx, guildID, channelID)
}

// accessOf asks what the bot with a user id may do.
type accessOf struct {
	rest *client
	self string
	now  func() time.Time
}

// in is what Access returns.
func (a accessOf) in(ctx context.Context, guildID, channelID string) (ChannelValue, error) {
	c, err := a.channel(ctx, guildID, channelID)
	if err != nil {
		return hidden(channelID, err)
	}
	value := ChannelValue{ID: channelID, Name: c.Name, Kind: c.Kind, Locked: c.Thread.Locked}
	if value.Thread() {
		if c, err = a.channel(ctx, guildID, c.Parent); err != nil {
			return hidden(channelID, err)
		}
	}
	var server serverAccess
	var member memberAccess
	path := "/guilds/" + guildID
	if err := a.rest.do(ctx, http.MethodGet, path, nil, nil, &server); err != nil {
		return hidden(channelID, err)
	}
	if err := a.rest.do(ctx, http.MethodGet, path+"/members/"+a.self, nil, nil, &member); err != nil {
		return hidden(channelID, err)
	}
	value.Perms = c.perms(server, member, a.self, a.now())
	return value, nil
}

// channel reads a channel of the server.
func (a accessOf) channel(ctx context.Context, guildID, channelID string) (channelAccess, error) {
	var c channelAccess
	if err := a.rest.do(ctx, http.MethodGet, "/channels/"+channelID, nil, nil, &c); err != nil {
		return c, err
	}
	if c.Guild != guildID {
		return c, ErrNoChannel
	}
	return c, nil
}

// hidden is what Access says of a channel that Discord did not show.
func hidden(channelID string, err error) (ChannelValue, error) {
	switch ae, _ := errors.AsType[*APIError](err); {
	case ae != nil && ae.Code == codeUnknownChannel:
		err = fmt.Errorf("%w: %w", ErrNoChannel, err)
	case ae != nil && ae.Code == codeMissingAccess:
		return ChannelValue{ID: channelID}, nil
	}
	return ChannelValue{}, fmt.Errorf("ask what the bot may do: %w", err)
}

// channelAccess, serverAccess and memberAccess hold what a member's permissions
// in a channel follow from.
type channelAccess struct {
	Guild  string `json:"guild_id"`
	Parent string `json:"parent_id"`
	Name   string `json:"name"`
	Kind   int    `json:"type"`
	Thread struct {
		Locked bool `json:"locked"`
	} `json:"thread_metadata"`
	Overwrites []struct {
		ID    string `json:"id"` // of a role, of a member, or the server's for everyone
		Allow Perm   `json:"allow,string"`
		Deny  Perm   `json:"deny,string"`
	} `json:"permission_overwrites"`
}

type serverAccess struct {
	ID    string       `json:"id"`
	Owner string       `json:"owner_id"`
	Roles []roleAccess `json:"roles"`
}

type roleAccess struct {
	ID          string `json:"id"`
	Perms       Perm   `json:"permissions,string"`
	Mentionable bool   `json:"mentionable"`
}

type memberAccess struct {
	Roles    []string   `json:"roles"`
	TimedOut *time.Time `json:"communication_disabled_until"`
}

// leftInTimeOut is what Discord leaves a member who is in a time-out.
const leftInTimeOut = ViewChannel | ReadHistory

// perms are the member's permissions in the channel, in Discord's order: the
// roles together, then the channel's changes for everyone, for the roles
// together, and for the member alone. The owner and administrators are above
// all of it.
func (c channelAccess) perms(server serverAccess, member memberAccess, self string, now time.Time) Perm {
	has := map[string]bool{server.ID: true} // everyone's role bears the server's ID
	for _, id := range member.Roles {
		has[id] = true
	}
	var p Perm
	for _, r := range server.Roles {
		if has[r.ID] {
			p |= r.Perms
		}
	}
	if server.Owner == self || p&Administrator != 0 {
		return ^Perm(0)
	}
	var everyone, roles, own struct{ allow, deny Perm }
	for _, o := range c.Overwrites {
		to := &roles
		switch {
		case o.ID == server.ID:
			to = &everyone
		case o.ID == self:
			to = &own
		case !has[o.ID]:
			continue
		}
		to.allow |= o.Allow
		to.deny |= o.Deny
	}
	p = p&^everyone.deny | everyone.allow
	p = p&^roles.deny | roles.allow
	p = p&^own.deny | own.allow
	if member.TimedOut != nil && now.Before(*member.TimedOut) {
		p &= leftInTimeOut
	}
	return p
}

// A RoleReach says whom a ping of a role reaches.
type RoleReach struct {
	Mentionable bool // by everyone; a bot with MentionEveryone may ping any role
	Members     int  // that have the role; -1 when Discord doesn't tell, as of everyone
}

// RoleReach asks Discord whom a ping of a server's role would reach, or returns
// ErrNoRole. The number of members is an extra: it stays unknown, without an
// error, when Discord doesn't answer that.
func (b *Bot) RoleReach(ctx context.Context, guildID, roleID string) (RoleReach, error) {
	path := "/guilds/" + guildID + "/roles"
	var roles []roleAccess
	if err := b.rest.do(ctx, http.MethodGet, path, nil, nil, &roles); err != nil {
		return RoleReach{}, fmt.Errorf("ask for the server's roles: %w", err)
	}
	for _, r := range roles {
		if r.ID == roleID {
			return RoleReach{r.Mentionable, b.holders(ctx, path, roleID)}, nil
		}
	}
	return RoleReach{}, ErrNoRole
}

// holders returns how many members have a role, or -1 when that isn't known.
func (b *Bot) holders(ctx context.Context, path, roleID string) int {
	var counts map[string]int
	if err := b.rest.do(ctx, http.MethodGet, path+"/member-counts", nil, nil, &counts); err != nil {
		b.o.Log.WarnContext(ctx, "who have a role is not known", "err", err)
		return -1
	}
	if n, ok := counts[roleID]; ok {
		return n
	}
	return -1
}
