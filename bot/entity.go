package bot

// Discord's types of the channels that hold posts. Forums and voice channels
// are left out.
const (
	kindText               = 0
	kindAnnouncement       = 5
	kindAnnouncementThread = 10
	kindThread             = 11
	kindPrivateThread      = 12
)

// A ChannelOption holds a text or announcement channel or a thread of the
// server.
type ChannelOption struct{ optionSpec }

// A ChannelValue is the channel that the user chose.
type ChannelValue struct {
	ID    string
	Name  string
	Kind  int  // Discord's channel type
	Perms Perm // what the bot may do there
	// Locked reports whether only those write there who manage threads. What a
	// user chose in an option doesn't tell it.
	Locked bool
}

// Thread reports whether the channel is a thread, where a post needs
// SendInThreads in place of SendMessages.
func (c ChannelValue) Thread() bool {
	return c.Kind == kindAnnouncementThread || c.Kind == kindThread || c.Kind == kindPrivateThread
}

// Channel returns an option for a channel that holds posts. Discord offers
// those that the user sees, and only in a server.
func Channel(name, about string) *ChannelOption {
	return &ChannelOption{optionSpec{kind: optChannel, name: name, about: about,
		channels: postable()}}
}

// postable are the types of the channels that hold posts.
func postable() []int {
	return []int{kindText, kindAnnouncement, kindAnnouncementThread, kindThread, kindPrivateThread}
}

// Required makes the option one that Discord insists on.
func (c *ChannelOption) Required() *ChannelOption { c.required = true; return c }

// Get returns what the user chose, or false when they chose none. Perms comes as
// Discord counts it, without regard to what one permission needs of another:
// SendMessages says nothing unless ViewChannel is there too.
func (c *ChannelOption) Get(req *Request) (ChannelValue, bool) {
	id, _ := get[string](req, c.name)
	r, ok := req.resolved.Channels[id]
	if !ok {
		return ChannelValue{}, false
	}
	return ChannelValue{ID: id, Name: r.Name, Kind: r.Kind, Perms: parsePerm(r.AppPerms)}, true
}

// Here returns the channel that the request came from, without its name.
func (r *Request) Here() ChannelValue {
	return ChannelValue{ID: r.ChannelID, Kind: r.Kind, Perms: r.AppPerms, Locked: r.Locked}
}

// MayWrite returns a UserError if the user may not write in the channel that the
// request came from. What the bot posts there for everyone on a user's word asks
// it first: a new public message is refused without it, whatever it answers.
func (r *Request) MayWrite() error {
	send := SendMessages
	if r.Here().Thread() {
		send = SendInThreads
	}
	if r.GuildID == "" || r.Perms.Has(send) && (!r.Locked || r.Perms.Has(ManageThreads)) {
		return nil
	}
	return &UserError{Key: "bot.no_write"}
}

// A RoleOption holds a role of the server.
type RoleOption struct{ optionSpec }

// A RoleValue is the role that the user chose. The role that everyone has
// bears the server's ID.
type RoleValue struct {
	ID          string
	Name        string
	Mentionable bool // by everyone; a bot with MentionEveryone may ping any role
}

// Role returns an option for a role. Only servers have roles.
func Role(name, about string) *RoleOption {
	return &RoleOption{optionSpec{kind: optRole, name: name, about: about}}
}

// Required makes the option one that Discord insists on.
func (r *RoleOption) Required() *RoleOption { r.required = true; return r }

// Get returns what the user chose, or false when they chose none.
func (r *RoleOption) Get(req *Request) (RoleValue, bool) {
	id, _ := get[string](req, r.name)
	role, ok := req.resolved.Roles[id]
	if !ok {
		return RoleValue{}, false
	}
	return RoleValue{ID: id, Name: role.Name, Mentionable: role.Mentionable}, true
}
