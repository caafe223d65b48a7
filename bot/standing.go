package bot

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
)

// ErrNoMember says that a user is not a member of a server.
var ErrNoMember = errors.New("the user is not a member of the server")

// codeUnknownMember is Discord's code for a user who is not in a server.
const codeUnknownMember = 10007

// A Standing is what a member has in a server, apart from its channels.
type Standing struct {
	Roles []string
	Perms Perm
}

// Standing asks Discord what a user has in a server, in two requests. It serves
// presses in DMs, which tell nothing of servers. It returns ErrNoMember for a user
// who is not there.
func (b *Bot) Standing(ctx context.Context, guildID, userID string) (Standing, error) {
	var server serverAccess
	var member memberAccess
	path := "/guilds/" + guildID
	if err := b.rest.do(ctx, http.MethodGet, path, nil, nil, &server); err != nil {
		return Standing{}, fmt.Errorf("ask for the server's roles: %w", err)
	}
	if err := b.rest.do(ctx, http.MethodGet, path+"/members/"+userID, nil, nil, &member); err != nil {
		return Standing{}, fmt.Errorf("ask what a member may do: %w", noMember(err))
	}
	return Standing{member.Roles, channelAccess{}.perms(server, member, userID, b.o.Now())}, nil
}

// noMember makes Discord's word for a user who is not in a server an ErrNoMember.
func noMember(err error) error {
	if ae, ok := errors.AsType[*APIError](err); ok && ae.Code == codeUnknownMember {
		return fmt.Errorf("%w: %w", ErrNoMember, err)
	}
	return err
}

// In returns the request as one of a server, in which its user has that standing.
func (r *Request) In(guildID string, s Standing) *Request {
	there := *r
	there.GuildID, there.Roles, there.Perms = guildID, s.Roles, s.Perms
	return &there
}

// A listedChannel is one of a server's, with its place among them.
type listedChannel struct {
	ID       string `json:"id"`
	Position int    `json:"position"`
	channelAccess
}

// Channels asks Discord for the channels of a server that hold posts and that a
// user sees, as the server orders them, with what the bot may do in each, in four
// requests. Threads are not among them. It returns ErrNoMember for a user who is not
// there.
func (b *Bot) Channels(ctx context.Context, guildID, userID string) ([]ChannelValue, error) {
	self := b.self.Load()
	if self == nil {
		return nil, errNoSelf
	}
	var all []listedChannel
	var server serverAccess
	var member, user memberAccess
	path := "/guilds/" + guildID
	for _, ask := range []struct {
		path string
		into any
	}{{path + "/channels", &all}, {path, &server}, {path + "/members/" + *self, &member}, {path + "/members/" + userID, &user}} {
		if err := b.rest.do(ctx, http.MethodGet, ask.path, nil, nil, ask.into); err != nil {
			return nil, fmt.Errorf("ask for the server's channels: %w", noMember(err))
		}
	}
	slices.SortStableFunc(all, func(a, b listedChannel) int { return a.Position - b.Position })
	var out []ChannelValue
	for _, c := range all {
		if (c.Kind == kindText || c.Kind == kindAnnouncement) && c.perms(server, user, userID, b.o.Now()).Has(ViewChannel) {
			out = append(out, ChannelValue{ID: c.ID, Name: c.Name, Kind: c.Kind, Perms: c.perms(server, member, *self, b.o.Now())})
		}
	}
	return out, nil
}
