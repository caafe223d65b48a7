package bot

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"time"

	"unpinch/bot/gateway"
)

// InspectorOptions are what an Inspector is made of. All are needed.
type InspectorOptions struct {
	Token string
	API   string // as Options.API
	Log   *slog.Logger
	Now   func() time.Time // the real clock
}

// An Inspector asks Discord about a bot without being connected as it: it takes
// no login and no session, and can work while the bot runs elsewhere.
type Inspector struct {
	rest *client
	way  *transport
	gate *gateway.Gateway
	now  func() time.Time
}

// NewInspector returns an inspector, or what is wrong with the API's address.
func NewInspector(o InspectorOptions) (*Inspector, error) {
	base := http.DefaultTransport.(*http.Transport).Clone()
	base.ResponseHeaderTimeout = answerMax
	t, err := newTransport(base, o.API, o.Token, o.Now, o.Log)
	if err != nil {
		return nil, err
	}
	return &Inspector{rest: newClient(t), way: t, now: o.Now,
		gate: gateway.New(gateway.Options{API: o.API, Token: o.Token, Now: o.Now, Log: o.Log, Answered: t.clock.note})}, nil
}

// An Application is the bot as the Developer Portal has it.
type Application struct {
	ID       string
	Name     string
	BotID    string // its user
	OwnerID  string // who made it, or who owns the team that did
	Public   bool   // anyone may add it to a server
	ForUsers bool   // people can install it for themselves
	Endpoint string // where Discord sends interactions in place of the gateway; "" for none
	Intents  []string
}

// privileged names the intents that have to be turned on in the Developer Portal,
// by their two bits each: as such, and limited to few servers.
func privileged() map[string]uint64 {
	return map[string]uint64{"Presence": 1<<12 | 1<<13, "Server Members": 1<<14 | 1<<15, "Message Content": 1<<18 | 1<<19}
}

// Application asks for the bot's application. It returns ErrToken when Discord
// refuses the token.
func (i *Inspector) Application(ctx context.Context) (Application, error) {
	var w struct {
		ID    string              `json:"id"`
		Name  string              `json:"name"`
		Bot   struct{ ID string } `json:"bot"`
		Owner struct{ ID string } `json:"owner"`
		Team  struct {
			Owner string `json:"owner_user_id"`
		} `json:"team"`
		Public   bool                      `json:"bot_public"`
		Flags    uint64                    `json:"flags"`
		Endpoint string                    `json:"interactions_endpoint_url"`
		Installs map[string]map[string]any `json:"integration_types_config"`
	}
	if err := i.rest.do(ctx, http.MethodGet, "/applications/@me", nil, nil, &w); err != nil {
		return Application{}, fmt.Errorf("ask for the application: %w", err)
	}
	a := Application{ID: w.ID, Name: w.Name, BotID: w.Bot.ID, OwnerID: cmp.Or(w.Team.Owner, w.Owner.ID), Public: w.Public, Endpoint: w.Endpoint}
	_, a.ForUsers = w.Installs["1"]
	for name, bits := range privileged() {
		if w.Flags&bits != 0 {
			a.Intents = append(a.Intents, name)
		}
	}
	slices.Sort(a.Intents)
	return a, nil
}

// A GatewayStart is what Discord tells a bot before it logs in.
type GatewayStart = gateway.Start

// Gateway asks where the gateway is and how many logins are left.
func (i *Inspector) Gateway(ctx context.Context) (s GatewayStart, err error) {
	if err := i.rest.do(ctx, http.MethodGet, "/gateway/bot", nil, nil, &s); err != nil {
		return s, fmt.Errorf("ask for the gateway: %w", err)
	}
	return s, nil
}

// Hello connects to the gateway's address, and leaves when it has been greeted.
func (i *Inspector) Hello(ctx context.Context, address string) error {
	return i.gate.Hello(ctx, address)
}

// Registered asks which commands Discord has of an application, in a server or
// with "" everywhere, and reports how many they are and whether they are equal to
// those that are wanted.
func (i *Inspector) Registered(ctx context.Context, app, guild string, want []Command, words Words) (n int, equal bool, err error) {
	var have, ours []wireCommand
	if err := i.rest.do(ctx, http.MethodGet, commandsPath(app, guild)+"?with_localizations=true", nil, nil, &have); err != nil {
		return 0, false, fmt.Errorf("read the registered commands: %w", err)
	}
	for _, c := range want {
		ours = append(ours, c.wire(words))
	}
	return len(have), sameCommands(have, ours, guild != ""), nil
}

// A ServerPerms is a server that the bot is in, with what it may do there, apart
// from what channels change.
type ServerPerms struct {
	ID, Name string
	Perms    Perm
}

// serversMost is how many servers one request brings.
const serversMost = 200

// Servers asks for the servers that the bot is in.
func (i *Inspector) Servers(ctx context.Context) ([]ServerPerms, error) {
	var all []ServerPerms
	for after := "0"; ; {
		var page []struct {
			ID    string `json:"id"`
			Name  string `json:"name"`
			Perms Perm   `json:"permissions,string"`
		}
		path := fmt.Sprintf("/users/@me/guilds?limit=%d&after=%s", serversMost, after)
		if err := i.rest.do(ctx, http.MethodGet, path, nil, nil, &page); err != nil {
			return nil, fmt.Errorf("ask for the servers: %w", err)
		}
		for _, s := range page {
			all = append(all, ServerPerms(s))
			after = s.ID
		}
		if len(page) < serversMost {
			return all, nil
		}
	}
}

// ServerOf asks which server a channel is of, or returns ErrNoChannel.
func (i *Inspector) ServerOf(ctx context.Context, channelID string) (guildID string, err error) {
	var c channelAccess
	if err := i.rest.do(ctx, http.MethodGet, "/channels/"+channelID, nil, nil, &c); err != nil {
		return "", fmt.Errorf("ask for the channel: %w", err)
	}
	if c.Guild == "" {
		return "", ErrNoChannel
	}
	return c.Guild, nil
}

// Access is Bot.Access for the bot with a user id.
func (i *Inspector) Access(ctx context.Context, self, guildID, channelID string) (ChannelValue, error) {
	return accessOf{i.rest, self, i.now}.in(ctx, guildID, channelID)
}

// Skew is Bot.Skew.
func (i *Inspector) Skew() (ahead time.Duration, known bool) { return i.way.clock.skew() }
