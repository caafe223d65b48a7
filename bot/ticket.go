package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
)

// A Ticket edits the message that a request was answered with: the answer to a
// command, or the message on which a component was pressed and updated.
// Discord takes it for fifteen minutes. Anyone who holds it can write in the
// bot's name there, so neither fmt nor slog prints it. Text is for keeping it.
type Ticket struct{ application, token string }

// Text returns the ticket as ParseTicket reads it, or "" for none.
func (h Ticket) Text() string {
	if h == (Ticket{}) {
		return ""
	}
	return h.application + "/" + h.token
}

// ParseTicket reads what Text wrote.
func ParseTicket(text string) (Ticket, error) {
	application, token, ok := strings.Cut(text, "/")
	if !ok || !isID(application) || token == "" || strings.Contains(token, "/") {
		return Ticket{}, errors.New("this is no ticket of an answer") // it may be a token: not quoted
	}
	return Ticket{application, token}, nil
}

// hiddenTicket is what a ticket looks like in a log.
const hiddenTicket = "hidden"

// String hides the ticket.
func (Ticket) String() string { return hiddenTicket }

// GoString hides the ticket.
func (Ticket) GoString() string { return hiddenTicket }

// LogValue hides the ticket.
func (Ticket) LogValue() slog.Value { return slog.StringValue(hiddenTicket) }

// EditAnswer replaces the message that a request was answered with. Files that
// the reply does not carry go. It returns an *APIError of status 401 or 404 when
// the ticket is over or the message is gone.
func (b *Bot) EditAnswer(ctx context.Context, h Ticket, reply Reply) error {
	if err := reply.Validate(); err != nil {
		return fmt.Errorf("the answer is over Discord's limits: %w", err)
	}
	return b.rest.edit(ctx, "/webhooks/"+h.application+"/"+h.token+original, reply)
}
