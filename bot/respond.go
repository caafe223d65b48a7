package bot

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// Discord's clocks for an interaction, in real time.
const (
	deferAfter  = 1500 * time.Millisecond // of the 3 s that Discord waits
	callbackMax = 2500 * time.Millisecond // a callback later than that is lost anyway
)

// A responder answers one interaction: at once, or by an edit after it has
// deferred.
type responder struct {
	rest   *client
	i      *interaction
	answer Answer

	mu       sync.Mutex
	started  bool // something has been sent
	deferred bool // what has been sent is a deferral
}

// deferNow acknowledges the interaction if nothing has been sent yet. A modal
// and an autocomplete can't be deferred.
func (r *responder) deferNow(ctx context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.started || r.answer == OpenModal || r.i.Type == typeAutocomplete {
		return nil
	}
	cb := wireCallback{Type: callbackDefer}
	switch r.answer {
	case NewPrivate:
		cb.Data = wireFlags{flagEphemeral}
	case Update:
		cb.Type = callbackDeferUpdate
	}
	r.started, r.deferred = true, true
	return r.callback(ctx, cb, nil)
}

// send answers with the reply of a handler that went well.
func (r *responder) send(ctx context.Context, reply Reply) error {
	if r.answer == Update && len(reply.Files) > 0 {
		// Discord shows a new picture only when it comes with an edit.
		if err := r.deferNow(ctx); err != nil {
			return err
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if reply.Modal != nil {
		r.started = true
		return r.callback(ctx, wireCallback{callbackModal, reply.Modal.wire()}, nil)
	}
	msg := reply.message(r.answer == NewPrivate)
	if r.deferred {
		return r.rest.do(ctx, http.MethodPatch, r.webhook("/messages/@original"), msg.edit(), reply.Files, nil)
	}
	r.started = true
	kind := callbackMessage
	if r.answer == Update {
		kind = callbackUpdate
	}
	return r.callback(ctx, wireCallback{kind, msg}, reply.Files)
}

// fail answers with the words for an error, which only the user sees and
// which never stand in place of a message that others see.
func (r *responder) fail(ctx context.Context, reply Reply) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	msg := reply.message(true)
	switch {
	case !r.started:
		r.started = true
		return r.callback(ctx, wireCallback{callbackMessage, msg}, nil)
	case !r.deferred:
		return nil // the answer stands; the log has the rest
	case r.answer == NewPrivate:
		return r.rest.do(ctx, http.MethodPatch, r.webhook("/messages/@original"), msg.edit(), nil, nil)
	case r.answer == NewPublic:
		// A follow-up would fill the public placeholder: take it away first.
		if err := r.rest.do(ctx, http.MethodDelete, r.webhook("/messages/@original"), nil, nil, nil); err != nil {
			return err
		}
	}
	return r.rest.do(ctx, http.MethodPost, r.webhook(""), msg, nil, nil)
}

// choices answers an autocomplete.
func (r *responder) choices(ctx context.Context, choices []Choice) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.started = true
	return r.callback(ctx, wireCallback{callbackChoices, choicesOf(choices)}, nil)
}

func (r *responder) callback(ctx context.Context, cb wireCallback, files []File) error {
	ctx, cancel := context.WithTimeout(ctx, callbackMax)
	defer cancel()
	path := fmt.Sprintf("/interactions/%s/%s/callback", r.i.ID, r.i.Token)
	return r.rest.do(ctx, http.MethodPost, path, cb, files, nil)
}

func (r *responder) webhook(rest string) string {
	return fmt.Sprintf("/webhooks/%s/%s%s", r.i.ApplicationID, r.i.Token, rest)
}

// edit is m for an edit, where the ephemeral flag can't be given again.
func (m wireMessage) edit() wireMessage {
	m.Flags &^= flagEphemeral
	return m
}
