package bot

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"strconv"
	"strings"

	"unpinch/visible"
)

// Discord's interaction types.
const (
	typePing = iota + 1
	typeCommand
	typeComponent
	typeAutocomplete
	typeModal
)

// A Request is one use of a command, button, select or modal.
type Request struct {
	UserID    string
	ChannelID string
	MessageID string // that the component or the form's component stands on; "" for a command
	GuildID   string // "" outside a server
	UserOnly  bool   // the bot is not in this server: its user has installed it for themselves
	Locale    string // the reader's language, as Discord names it
	Roles     []string
	Perms     Perm // what the user may do in this channel; 0 outside a server
	AppPerms  Perm // what the bot may do in this channel
	Kind      int  // Discord's type of this channel
	Locked    bool // this channel is a thread in which only those write who manage threads
	Values    []string
	Fields    map[string]string // what can be seen of a modal's fields; Fill sets them
	Ref       string            // finds this request in the log; no two have the same
	Ticket    Ticket            // edits the message that this request is answered with

	hidden   bool // a form has a text of which nothing can be seen
	options  map[string]json.RawMessage
	resolved resolved
	words    Words
	ids      map[string]string // of the bot's commands, by name
	leave    func()            // gives up the place among the handlers that run; nil without a router
}

// Aside gives up the request's place among the handlers that run at once, so
// that slow work takes none from the others. Whoever calls it bounds how much of
// that work there is.
func (r *Request) Aside() {
	if r.leave != nil {
		r.leave()
	}
}

// resolved holds what the ids among the options stand for, by id.
type resolved struct {
	Channels    map[string]resolvedChannel    `json:"channels"`
	Roles       map[string]resolvedRole       `json:"roles"`
	Attachments map[string]resolvedAttachment `json:"attachments"`
}

type resolvedChannel struct {
	Name     string `json:"name"`
	Kind     int    `json:"type"`
	AppPerms string `json:"app_permissions"`
}

type resolvedRole struct {
	Name        string `json:"name"`
	Mentionable bool   `json:"mentionable"`
}

type resolvedAttachment struct {
	Name string `json:"filename"`
	Type string `json:"content_type"`
	Size int    `json:"size"`
	URL  string `json:"url"`
}

// Words gives the sentence of a key in a language, or "?"+key for none.
type Words interface {
	Say(locale, key string, args map[string]any) string
}

// Say returns the sentence of the key in the reader's language.
func (r *Request) Say(key string, args ...map[string]any) string {
	var a map[string]any
	if len(args) > 0 {
		a = args[0]
	}
	return r.words.Say(r.Locale, key, a)
}

// InServer reports whether the request comes from a server that the bot is in.
func (r *Request) InServer() bool { return r.GuildID != "" && !r.UserOnly }

// typedCommand is a command in a sentence, as readers type it.
var typedCommand = regexp.MustCompile("`/([a-z]+)((?: [a-z]+)?)`")

// Clickable returns a text in which every command can be clicked that Discord has
// told the id of. The others stay as readers type them.
func (r *Request) Clickable(text string) string {
	return typedCommand.ReplaceAllStringFunc(text, func(typed string) string {
		name := typedCommand.FindStringSubmatch(typed)
		if id := r.ids[name[1]]; id != "" {
			return "</" + name[1] + name[2] + ":" + id + ">"
		}
		return typed
	})
}

// CanBeSeen returns a UserError if the user typed something of which nothing can
// be seen: it would be taken for nothing typed.
func (r *Request) CanBeSeen() error {
	hidden := r.hidden
	for _, raw := range r.options {
		var text string
		hidden = hidden || json.Unmarshal(raw, &text) == nil && visible.Hidden(text)
	}
	if hidden {
		return &UserError{Key: "bot.hidden"}
	}
	return nil
}

// Fill puts what can be seen of a form's fields on the request.
func (r *Request) Fill(fields map[string]string) {
	r.Fields = make(map[string]string, len(fields))
	for id, text := range fields {
		r.Fields[id] = visible.Text(text)
		r.hidden = r.hidden || visible.Hidden(text)
	}
}

// Instead returns the request as one with what an earlier request gave, in which
// one text has taken another's place, in capitals or not and whatever blanks stood
// around it.
func (r *Request) Instead(earlier *Request, of, text string) *Request {
	again, of := *r, strings.TrimSpace(of)
	same := func(typed string) bool { return strings.EqualFold(strings.TrimSpace(typed), of) }
	again.Values, again.resolved = earlier.Values, earlier.resolved
	again.options, again.Fields = maps.Clone(earlier.options), maps.Clone(earlier.Fields)
	for name, raw := range again.options {
		var typed string
		if json.Unmarshal(raw, &typed) == nil && same(visible.Text(typed)) {
			again.options[name], _ = json.Marshal(text) // a string always can be
		}
	}
	for name, typed := range again.Fields {
		if same(typed) {
			again.Fields[name] = text
		}
	}
	return &again
}

// NewRequest returns a request for a test: a user in English with the options
// given by name. A channel, role or file is given as its value.
func NewRequest(words Words, userID string, options map[string]any) (*Request, error) {
	req := &Request{UserID: userID, Locale: "en-US", words: words, options: map[string]json.RawMessage{},
		resolved: resolved{map[string]resolvedChannel{}, map[string]resolvedRole{}, map[string]resolvedAttachment{}}}
	for name, v := range options {
		switch given := v.(type) {
		case ChannelValue:
			req.resolved.Channels[given.ID] = resolvedChannel{given.Name, given.Kind, strconv.FormatUint(uint64(given.Perms), 10)}
			v = given.ID
		case RoleValue:
			req.resolved.Roles[given.ID] = resolvedRole{given.Name, given.Mentionable}
			v = given.ID
		case AttachmentValue:
			req.resolved.Attachments[given.ID] = resolvedAttachment{given.Name, given.Type, given.Size, given.URL}
			v = given.ID
		}
		raw, err := json.Marshal(v)
		if err != nil {
			return nil, fmt.Errorf("option %s: %w", name, err)
		}
		req.options[name] = raw
	}
	return req, nil
}

// interaction is an INTERACTION_CREATE as far as Unpinch reads it. It is
// decoded from the raw event because discordgo's own type loses the whole
// interaction when one component is unknown to it.
type interaction struct {
	replayed      bool   // Discord sent it again, because the bot was away
	ID            string `json:"id"`
	ApplicationID string `json:"application_id"`
	Type          int    `json:"type"`
	Token         string `json:"token"`
	GuildID       string `json:"guild_id"`
	ChannelID     string `json:"channel_id"`
	Locale        string `json:"locale"`
	AppPerms      string `json:"app_permissions"`
	Channel       struct {
		Kind   int `json:"type"`
		Thread struct {
			Locked bool `json:"locked"`
		} `json:"thread_metadata"`
	} `json:"channel"`
	Member *struct {
		User        user     `json:"user"`
		Roles       []string `json:"roles"`
		Permissions string   `json:"permissions"`
	} `json:"member"`
	User *user `json:"user"`
	// By whose installation it came, by the kind of installation.
	Owners  map[string]json.RawMessage `json:"authorizing_integration_owners"`
	Message *struct {
		ID       string `json:"id"`
		Metadata *struct {
			User user `json:"user"`
		} `json:"interaction_metadata"`
	} `json:"message"`
	Data struct {
		Name       string        `json:"name"`
		Options    []optionValue `json:"options"`
		CustomID   string        `json:"custom_id"`
		Values     []string      `json:"values"`
		Components []fieldValue  `json:"components"`
		Resolved   resolved      `json:"resolved"`
	} `json:"data"`
}

type user struct {
	ID string `json:"id"`
}

type optionValue struct {
	Name    string          `json:"name"`
	Type    int             `json:"type"`
	Value   json.RawMessage `json:"value"`
	Options []optionValue   `json:"options"`
	Focused bool            `json:"focused"`
}

// fieldValue is a row or label of a submitted modal, or the input within.
type fieldValue struct {
	CustomID   string       `json:"custom_id"`
	Value      string       `json:"value"`
	Values     []string     `json:"values"`
	Component  *fieldValue  `json:"component"`
	Components []fieldValue `json:"components"`
}

// choose makes of what was picked from a menu the press of that button.
func (i *interaction) choose() {
	if i.Type == typeComponent && i.Data.CustomID == menuID && len(i.Data.Values) == 1 {
		i.Data.CustomID, i.Data.Values = i.Data.Values[0], nil
	}
}

// request returns what a handler sees of i, and the options of the subcommand
// if there is one.
func (i *interaction) request(words Words) *Request {
	req := &Request{
		ChannelID: i.ChannelID, GuildID: i.GuildID, Locale: i.Locale,
		AppPerms: parsePerm(i.AppPerms), Kind: i.Channel.Kind, Locked: i.Channel.Thread.Locked, Values: i.Data.Values, Ref: ref(i.ID),
		Ticket:  Ticket{i.ApplicationID, i.Token},
		options: map[string]json.RawMessage{}, resolved: i.Data.Resolved, words: words,
	}
	req.UserOnly = i.userOnly()
	if i.Message != nil {
		req.MessageID = i.Message.ID
	}
	switch {
	case i.Member != nil:
		req.UserID, req.Roles, req.Perms = i.Member.User.ID, i.Member.Roles, parsePerm(i.Member.Permissions)
	case i.User != nil:
		req.UserID = i.User.ID
	}
	_, options := i.command()
	for _, o := range options {
		req.options[o.Name] = o.Value
	}
	fields := map[string]string{}
	for _, f := range i.Data.Components {
		f.collect(fields)
	}
	req.Fill(fields)
	return req
}

// ownerServer is Discord's number for an installation in a server.
const ownerServer = "0"

// userOnly reports whether only the user has installed the bot, where a server
// might have.
func (i *interaction) userOnly() bool {
	_, server := i.Owners[ownerServer]
	return i.GuildID != "" && len(i.Owners) > 0 && !server
}

// command returns the command's name with its subcommand, as "me export", and
// the options given to it.
func (i *interaction) command() (string, []optionValue) {
	name, options := i.Data.Name, i.Data.Options
	for len(options) == 1 && options[0].Type == optSub {
		name += " " + options[0].Name
		options = options[0].Options
	}
	return name, options
}

// owner returns the user who ran the command that the component's message
// answers, or "" for a message that the bot posted by itself.
func (i *interaction) owner() string {
	if i.Message == nil || i.Message.Metadata == nil {
		return ""
	}
	return i.Message.Metadata.User.ID
}

func (f fieldValue) collect(into map[string]string) {
	if f.CustomID != "" {
		into[f.CustomID] = f.Value
		if len(f.Values) > 0 {
			into[f.CustomID] = f.Values[0]
		}
	}
	if f.Component != nil {
		f.Component.collect(into)
	}
	for _, c := range f.Components {
		c.collect(into)
	}
}

// parsePerm reads a permission set. One that isn't a number permits nothing.
func parsePerm(s string) Perm {
	n, err := strconv.ParseUint(s, 10, 64)
	if err != nil {
		return 0
	}
	return Perm(n)
}

// ref is the reference of a request: its interaction's id in base 36, short
// enough to read out and enough to find the line in the log.
func ref(id string) string {
	n, err := strconv.ParseUint(id, 10, 64)
	if err != nil {
		return id
	}
	return strconv.FormatUint(n, 36)
}
