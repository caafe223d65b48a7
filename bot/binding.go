package bot

import (
	"context"
	"encoding/json"

	"unpinch/visible"
)

// unknownBinding names, in logs and metrics, an interaction without a binding.
const unknownBinding = "unknown"

// DiscreetName is the one name that all discreet bindings have in logs and
// metrics.
const DiscreetName = "discreet"

// A binding is what one interaction calls: the handler with the checks before
// it.
type binding struct {
	name     string // of the command or the ID; never a state
	answer   Answer
	perm     Perm
	discreet bool
	lost     string               // as Command.Lost
	storage  func(error) bool     // as Options.Storage
	allow    func(*Request) error // nil for no further check
	run      func(context.Context, *Request) (Reply, error)
	complete func(context.Context, *Request) ([]Choice, error)
}

// allowed checks what the binding asks of the user, on every use.
func (b binding) allowed(req *Request) error {
	if err := permitted(req, b.perm, b.answer); err != nil {
		return err
	}
	if b.allow != nil {
		return b.allow(req)
	}
	return nil
}

// permitted returns a UserError when the user may not use what asks for a
// permission, which nobody has outside a server, or what answers so, and when
// nothing of what they typed can be seen.
func permitted(req *Request, perm Perm, answer Answer) error {
	if err := req.CanBeSeen(); err != nil {
		return err
	}
	switch {
	case req.Perms.Has(perm) && answer == NewPublic:
		return req.MayWrite()
	case req.Perms.Has(perm):
		return nil
	case req.GuildID == "":
		return &UserError{Key: "bot.server_only"}
	}
	return &UserError{Key: "bot.no_permission"}
}

// find returns the binding of an interaction. An unknown interaction gets one
// that says so.
func (rt *router) find(i *interaction) binding {
	b := rt.named(i)
	b.storage = rt.storage
	if b.discreet {
		b.name = DiscreetName
	}
	return b
}

// named is find, with each binding under its own name.
func (rt *router) named(i *interaction) binding {
	switch i.Type {
	case typeCommand, typeAutocomplete:
		name, options := i.command()
		c, ok := rt.commands[name]
		if !ok {
			return refusing("bot.unknown_command")
		}
		b := binding{name: name, answer: c.Answer, perm: c.Perm, discreet: c.Discreet, lost: c.Lost, run: c.Run}
		if i.Type == typeAutocomplete {
			b.complete = completer(c, options)
		}
		return b
	case typeComponent, typeModal:
		return rt.component(i)
	}
	return refusing("bot.unknown_command")
}

func (rt *router) component(i *interaction) binding {
	name, state := splitID(i.Data.CustomID)
	c, ok := rt.components[name]
	if !ok {
		b := refusing("bot.old_button")
		if discreet, known := rt.stems[stem(name)]; known {
			b.name, b.discreet = stem(name), discreet
		}
		return b
	}
	b := binding{name: name, answer: c.Answer, perm: c.Perm, discreet: c.Discreet, lost: c.Lost}
	b.run = func(ctx context.Context, req *Request) (Reply, error) { return c.run(ctx, req, state) }
	// A form that a command opened stands on no message: only the user who opened
	// it can send it.
	opened := i.Type == typeModal && i.Message == nil
	if owner := i.owner(); c.OwnerOnly && !opened {
		b.allow = func(req *Request) error {
			if owner == "" || owner != req.UserID {
				return &UserError{Key: "bot.not_yours"}
			}
			return nil
		}
	}
	return b
}

// refusing is a binding that answers in words.
func refusing(key string) binding {
	refuse := func(context.Context, *Request) (Reply, error) { return Reply{}, &UserError{Key: key} }
	return binding{name: unknownBinding, answer: NewPrivate, run: refuse}
}

// completer suggests values for the option in focus, or none.
func completer(c Command, given []optionValue) func(context.Context, *Request) ([]Choice, error) {
	return func(ctx context.Context, req *Request) ([]Choice, error) {
		for _, g := range given {
			for _, o := range c.Options {
				if s := o.spec(); g.Focused && s.name == g.Name && s.complete != nil {
					var typed string
					// A number's text comes bare; the raw text is what was typed.
					if json.Unmarshal(g.Value, &typed) != nil {
						typed = string(g.Value)
					}
					typed = visible.Text(typed)
					if r := []rune(typed); len(r) > maxChoiceLabel { // no choice is longer
						typed = string(r[:maxChoiceLabel])
					}
					return s.complete(ctx, req, typed)
				}
			}
		}
		return nil, nil
	}
}
