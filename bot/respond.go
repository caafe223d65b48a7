package bot

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"time"
)

// Discord's clocks for an interaction, in real time.
const (
	answerBy    = 3 * time.Second         // Discord waits no longer
	deferAfter  = 1500 * time.Millisecond // of the 3 s that Discord waits
	formAfter   = 2 * time.Second         // likewise, for what may open a form
	callbackMax = 2500 * time.Millisecond // a callback later than that is lost anyway
	editMax     = 30 * time.Second        // for what follows a deferral, waits for limits and further tries included
)

// A responder answers one interaction: at once, or by an edit after it has
// deferred.
type responder struct {
	rest   *client
	i      *interaction
	answer Answer
	taken  func() // called when something else has answered a new interaction

	mu       sync.Mutex
	tried    bool // an answer has been sent, whatever became of it
	started  bool // Discord has taken an answer
	deferred bool // and it is a deferral
	unsure   bool // a deferral went out, and whether Discord took it is unknown
	maybe    bool // likewise an answer
}

// deferNow acknowledges the interaction if nothing has been sent yet that may have
// arrived. An autocomplete can't be deferred, and no form opens after a deferral.
func (r *responder) deferNow(ctx context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.started || r.maybe || r.i.Type == typeAutocomplete {
		return nil
	}
	cb := wireCallback{Type: callbackDefer}
	switch r.answer {
	case NewPrivate, OpenModal:
		cb.Data = wireFlags{flagEphemeral}
	case Update:
		cb.Type = callbackDeferUpdate
	}
	err := r.callback(ctx, cb, nil)
	if r.unsure && acknowledged(err) {
		r.started, err = true, nil
	}
	r.deferred, r.unsure = err == nil, err != nil && !Sure(err)
	return err
}

// send answers with the reply of a handler that went well.
func (r *responder) send(ctx context.Context, reply Reply) error {
	if r.answer == Update && len(reply.Files) > 0 {
		// Discord shows a new picture only when it comes with an edit.
		err := r.deferNow(ctx)
		if err != nil && !Sure(err) { // the second time tells what became of the first
			err = r.deferNow(ctx)
		}
		if err != nil {
			return err
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if reply.Modal != nil {
		done, err := r.first(ctx, wireCallback{callbackModal, reply.Modal.wire()}, nil)
		if !done {
			return &UserError{Key: "bot.late_form"}
		}
		return err
	}
	// Words in place of a form are for the user who asked for the form.
	msg := reply.message(r.answer == NewPrivate || r.answer == OpenModal)
	kind := callbackMessage
	if r.answer == Update {
		kind = callbackUpdate
	}
	if done, err := r.first(ctx, wireCallback{kind, msg}, reply.Files); done {
		return err
	}
	return r.edit(ctx, reply)
}

// first sends the first answer. It reports false where a deferral
// stands, so that its place has to be filled instead.
func (r *responder) first(ctx context.Context, cb wireCallback, files []File) (done bool, err error) {
	if r.deferred {
		return false, nil
	}
	err = r.only(ctx, cb, files)
	if acknowledged(err) && r.unsure {
		r.started, r.deferred = true, true // only the answer to the deferral was lost
		return false, nil
	}
	return true, err
}

// only sends a first answer until Discord has said what became of it, twice at
// most. One that was taken and whose receipt got lost is found out by the second
// time, as Discord takes only one.
func (r *responder) only(ctx context.Context, cb wireCallback, files []File) (err error) {
	for range 2 {
		err = r.callback(ctx, cb, files)
		if acknowledged(err) && r.maybe && !r.unsure {
			r.started = true
			return nil
		}
		if err == nil || Sure(err) {
			return err
		}
		r.maybe = true
	}
	return err
}

// fail answers with the words for an error, which only the user sees and
// which never stand in place of a message that others see.
func (r *responder) fail(ctx context.Context, reply Reply) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	msg := reply.message(true)
	if done, err := r.first(ctx, wireCallback{callbackMessage, msg}, nil); done {
		return err
	}
	switch r.answer {
	case NewPrivate, OpenModal:
		return r.edit(ctx, reply)
	case NewPublic:
		// A follow-up would fill the public placeholder: take it away first.
		if err := r.webhook(ctx, http.MethodDelete, original, nil); err != nil && !gone(err) {
			return err
		}
	}
	return r.webhook(ctx, http.MethodPost, "", msg)
}

// choices answers an autocomplete.
func (r *responder) choices(ctx context.Context, choices []Choice) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.callback(ctx, wireCallback{callbackChoices, choicesOf(choices)}, nil)
}

// callback sends a first answer. One that Discord did not take counts as not
// sent, so that words can still come in its place.
func (r *responder) callback(ctx context.Context, cb wireCallback, files []File) error {
	ctx, cancel := context.WithTimeout(ctx, callbackMax)
	defer cancel()
	path := fmt.Sprintf("/interactions/%s/%s/callback", url.PathEscape(r.i.ID), url.PathEscape(r.i.Token))
	err := r.rest.do(ctx, http.MethodPost, path, cb, files, nil)
	r.started = err == nil
	if !r.tried && !r.i.replayed && acknowledged(err) {
		r.taken()
	}
	r.tried = true
	return err
}

// acknowledged reports whether Discord already has a first answer.
func acknowledged(err error) bool {
	ae, ok := errors.AsType[*APIError](err)
	return ok && ae.Code == codeAcknowledged
}

// over reports whether Discord takes no first answer any more: it has one, or
// the time for it has passed.
func over(err error) bool {
	ae, ok := errors.AsType[*APIError](err)
	return ok && (ae.Code == codeAcknowledged || ae.Code == codeUnknownInteraction)
}

// original is the first answer's message, below the interaction's webhook.
const original = "/messages/@original"

// codeAcknowledged is Discord's code for a second first answer.
const codeAcknowledged = 40060

// codeUnknownInteraction is Discord's code for a first answer that came too late.
const codeUnknownInteraction = 10062

// edit replaces the first answer's message.
func (r *responder) edit(ctx context.Context, reply Reply) error {
	ctx, cancel := context.WithTimeout(ctx, editMax)
	defer cancel()
	return r.rest.edit(ctx, r.webhookPath(original), reply)
}

// webhook makes a request on the interaction's webhook.
func (r *responder) webhook(ctx context.Context, method, rest string, body any) error {
	ctx, cancel := context.WithTimeout(ctx, editMax)
	defer cancel()
	return r.rest.do(ctx, method, r.webhookPath(rest), body, nil, nil)
}

func (r *responder) webhookPath(rest string) string {
	return fmt.Sprintf("/webhooks/%s/%s%s", r.i.ApplicationID, r.i.Token, rest)
}

// edit is m for an edit, where what a message was made with can't be given
// again.
func (m wireMessage) edit() wireMessage {
	m.Flags &^= flagEphemeral | flagSilent
	return m
}
