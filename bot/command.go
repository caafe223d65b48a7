package bot

import (
	"context"
	"fmt"

	"golang.org/x/sync/singleflight"
)

// Answer says how a binding answers, which has to be known before it has run:
// a slow handler is deferred, and the deferral fixes it.
type Answer int

// The ways to answer.
const (
	NewPrivate Answer = iota + 1 // a new message that only the user sees
	NewPublic                    // a new message that the channel sees, for users who may write there
	Update                       // the message the component stands on is replaced
	// OpenModal opens a form. Words and cards in its place come as a new message
	// that only the user sees. A handler that takes over 2 s can still answer
	// with these; in place of its form the user is asked to press again.
	OpenModal
)

// Perm is a set of Discord's permission bits.
type Perm uint64

// The permissions that Unpinch asks about, in Discord's bits.
const (
	Administrator   Perm = 1 << 3
	ManageServer    Perm = 1 << 5 // MANAGE_GUILD
	ViewChannel     Perm = 1 << 10
	SendMessages    Perm = 1 << 11 // in a channel that is no thread
	AttachFiles     Perm = 1 << 15
	ReadHistory     Perm = 1 << 16 // READ_MESSAGE_HISTORY
	MentionEveryone Perm = 1 << 17 // and roles that are not mentionable
	ManageThreads   Perm = 1 << 34
	SendInThreads   Perm = 1 << 38 // SEND_MESSAGES_IN_THREADS
	CreateEvents    Perm = 1 << 44 // and change its own
)

// Has reports whether p includes all of want; an administrator has everything.
func (p Perm) Has(want Perm) bool { return p&Administrator != 0 || p&want == want }

// Context is where a command can be used, in Discord's numbers.
type Context int

// Discord's interaction contexts.
const (
	InServer    Context = iota // a server's channel
	InBotDM                    // the DM with the bot
	InPrivateDM                // a DM or group DM between people
)

// Install is whom an application is installed for, in Discord's numbers.
type Install int

// Discord's integration types.
const (
	ForServer Install = iota
	ForUser
)

// A Command is a slash command: what Discord is told about it, who may use
// it, and what it does.
type Command struct {
	Name    string   // as typed, without the slash
	About   string   // key of its description in the catalogue
	Options []Option // in the order shown; required ones first
	Subs    []Command
	Answer  Answer
	Perm    Perm      // what the user must hold, checked on every use; 0 for anyone
	Where   []Context // nil means everywhere
	Install []Install // nil means both
	// Discreet keeps the command out of the log: its presses are only counted,
	// under DiscreetName. What breaks leaves a line under that name, which tells
	// neither what was pressed nor, by a stack, what was looked up.
	Discreet bool
	// Lost is the key of what is said in place of the answer when the handler broke
	// or its answer did not get through: where to look whether something was saved.
	// It is "" for what saves nothing. The sentence is given {{.Ref}}.
	Lost string
	Run  func(context.Context, *Request) (Reply, error)
}

// contexts returns Where with its default filled in.
func (c Command) contexts() []Context {
	if c.Where == nil {
		return []Context{InServer, InBotDM, InPrivateDM}
	}
	return c.Where
}

// installs returns Install with its default filled in.
func (c Command) installs() []Install {
	if c.Install == nil {
		return []Install{ForServer, ForUser}
	}
	return c.Install
}

// A Component binds the custom IDs of one button, select or modal to its
// handler. Make one with Handle.
type Component struct {
	Answer    Answer
	OwnerOnly bool   // only the user who ran the command that made the message may press
	Perm      Perm   // what the user must hold, checked on every press
	Discreet  bool   // as Command.Discreet
	Lost      string // as Command.Lost
	name      string
	run       func(ctx context.Context, req *Request, state string) (Reply, error)
}

// Handle binds an ID to its handler, which gets the state already parsed. The
// state is the user's claim: it may come from an old or edited message, so a
// handler checks that what it names is the user's to touch.
func Handle[T any](id ID[T], answer Answer, run func(context.Context, *Request, T) (Reply, error)) Component {
	return Component{Answer: answer, name: id.name,
		run: func(ctx context.Context, req *Request, text string) (Reply, error) {
			var state T
			if err := decodeState(text, &state); err != nil {
				// The error may quote the state, which is never logged.
				return Reply{}, &UserError{Key: "bot.old_button"}
			}
			return run(ctx, req, state)
		}}
}

// Saving returns the component as one that saves something: lost is as
// Command.Lost. Presses that a person makes on a message while the same press of
// theirs is being handled get its reply, because a handler that looks before it writes
// could write once for each.
func (c Component) Saving(lost string) Component {
	c.Lost = lost
	run, presses := c.run, new(singleflight.Group)
	c.run = func(ctx context.Context, req *Request, state string) (Reply, error) {
		key := fmt.Sprintf("%s %s %s %s %q %q %q", req.UserID, req.GuildID, req.ChannelID, req.MessageID, state, req.Values, req.Fields)
		reply, err, _ := presses.Do(key, func() (any, error) { return run(ctx, req, state) })
		got, _ := reply.(Reply)
		return got, err
	}
	return c
}

// Around returns the component with its handler inside another.
func (c Component) Around(wrap func(run func(context.Context, *Request) (Reply, error)) func(context.Context, *Request) (Reply, error)) Component {
	run := c.run
	c.run = func(ctx context.Context, req *Request, state string) (Reply, error) {
		return wrap(func(ctx context.Context, req *Request) (Reply, error) { return run(ctx, req, state) })(ctx, req)
	}
	return c
}

// Name returns the name of the component's IDs.
func (c Component) Name() string { return c.name }

// Press does what a press of a custom ID does, except that it does not check
// whether the message is the presser's own. Tests call it to see what handlers
// check themselves. It refuses an ID that is not the component's like an outdated
// one.
func (c Component) Press(ctx context.Context, req *Request, customID string) (Reply, error) {
	name, state := splitID(customID)
	if name != c.name {
		return Reply{}, &UserError{Key: "bot.old_button"}
	}
	if err := permitted(req, c.Perm, c.Answer); err != nil {
		return Reply{}, err
	}
	return c.run(ctx, req, state)
}

// Lacks names what p does not include of want, as Discord's settings do.
func (p Perm) Lacks(want Perm) (names []string) {
	for _, n := range []struct {
		perm Perm
		name string
	}{
		{ViewChannel, "View Channel"}, {SendMessages, "Send Messages"}, {SendInThreads, "Send Messages in Threads"},
		{AttachFiles, "Attach Files"}, {ReadHistory, "Read Message History"},
	} {
		if want&n.perm != 0 && !p.Has(n.perm) {
			names = append(names, n.name)
		}
	}
	return names
}
