package bot

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// ErrDeleted says that Discord took the post under the same nonce before, and
// that it was deleted since. It was delivered.
var ErrDeleted = errors.New("the post was delivered and has been deleted since")

// codeUnknownMessage is Discord's code for a message that is not there.
const codeUnknownMessage = 10008

// Send posts the reply in a channel with the bot's token and returns the
// message's id. The nonce is the delivery's own id, at most 25 characters:
// within a few minutes Discord answers a second send of it with the first
// message; when that is deleted, Send returns ErrDeleted. Sure tells whether a
// failed send left no message.
func (b *Bot) Send(ctx context.Context, channelID, nonce string, reply Reply) (string, error) {
	if err := reply.Validate(); err != nil {
		return "", unsent{fmt.Errorf("the post is over Discord's limits: %w", err)}
	}
	msg := reply.message(false)
	msg.Nonce, msg.EnforceNonce = nonce, nonce != ""
	var sent struct {
		ID string `json:"id"`
	}
	err := b.rest.do(ctx, http.MethodPost, "/channels/"+channelID+"/messages", msg, reply.Files, &sent)
	if ae, ok := errors.AsType[*APIError](err); ok && ae.Status == http.StatusNotFound && ae.Code == codeUnknownMessage {
		return "", fmt.Errorf("%w: %w", ErrDeleted, err)
	}
	return sent.ID, err
}

// Edit replaces one of the bot's own posts. Files that the reply does not
// carry go. Pictures that Discord refuses there are left out. Discord takes few
// edits of a message that is over an hour old.
func (b *Bot) Edit(ctx context.Context, channelID, messageID string, reply Reply) error {
	if err := reply.Validate(); err != nil {
		return fmt.Errorf("the post is over Discord's limits: %w", err)
	}
	return b.rest.edit(ctx, messagePath(channelID, messageID), reply)
}

// Delete takes one of the bot's own messages away. It returns nil when the
// message, or its channel, is gone already.
func (b *Bot) Delete(ctx context.Context, channelID, messageID string) error {
	err := b.rest.do(ctx, http.MethodDelete, messagePath(channelID, messageID), nil, nil, nil)
	if ae, ok := errors.AsType[*APIError](err); ok && (ae.Code == codeUnknownMessage || ae.Code == codeUnknownChannel) {
		return nil
	}
	return err
}

func messagePath(channelID, messageID string) string {
	return "/channels/" + channelID + "/messages/" + messageID
}

// Find reads at most this much.
const (
	findPages = 10
	findPage  = 100 // messages, the most that Discord gives
)

// The numbers that a Reply.Mark may have. Discord numbers the components that
// bring no number of their own from 1 up, so that none of them looks like a mark.
const (
	MarkLow  = 1 << 30
	MarkHigh = 1<<31 - 1
)

// A Mark is what Find knows a message by: the custom ID of a component or, for
// a message that has none, the number that Reply.Mark gave it.
type Mark struct {
	CustomID string
	Number   int
}

// errNoSelf says that Find was called before the first READY.
var errNoSelf = errors.New("the bot has not connected yet, so it does not know its own messages")

// ErrNoHistory is a Find where the bot may not read what was written before:
// Discord shows it an empty channel.
var ErrNoHistory = errors.New("the bot may not read the channel's history")

// Find returns the bot's own first message in a channel, sent at since or
// later, that bears the mark; "" when there is none among the 1,000 messages
// that follow since. It needs ViewChannel and ReadHistory, and returns
// ErrNoHistory where the channel looks empty and the bot lacks them. guildID is
// "" for a DM, whose history it always may read.
func (b *Bot) Find(ctx context.Context, guildID, channelID string, since time.Time, mark Mark) (string, error) {
	self := b.self.Load()
	if self == nil {
		return "", errNoSelf
	}
	id, empty, err := b.search(ctx, *self, channelID, since, mark)
	if err != nil || !empty || guildID == "" {
		return id, err
	}
	c, err := b.Access(ctx, guildID, channelID)
	if err != nil {
		return "", fmt.Errorf("look for the post: %w", err)
	}
	if !c.Perms.Has(ViewChannel | ReadHistory) {
		return "", ErrNoHistory
	}
	// The first list may be from before the bot was let in.
	id, _, err = b.search(ctx, *self, channelID, since, mark)
	return id, err
}

// search is Find without a thought of permissions. It reports whether Discord
// showed no message at all.
func (b *Bot) search(ctx context.Context, self, channelID string, since time.Time, mark Mark) (id string, empty bool, err error) {
	after := snowflake(since)
	for n := range findPages {
		var page []postedMessage
		path := fmt.Sprintf("/channels/%s/messages?after=%d&limit=%d", channelID, after, findPage)
		if err := b.rest.do(ctx, http.MethodGet, path, nil, nil, &page); err != nil {
			return "", false, fmt.Errorf("look for the post: %w", err)
		}
		slices.SortFunc(page, func(x, y postedMessage) int { return cmp.Compare(x.ID, y.ID) })
		for _, m := range page {
			if m.Author.ID == self && m.bears(mark) {
				return strconv.FormatUint(uint64(m.ID), 10), false, nil
			}
		}
		if len(page) < findPage {
			return "", n == 0 && len(page) == 0, nil
		}
		after = uint64(page[len(page)-1].ID)
	}
	return "", false, nil
}

// discordEpoch is the first millisecond of Discord's ids, 1 January 2015.
const discordEpoch = 1420070400000

// snowflake returns the highest id below those made at t or later.
func snowflake(t time.Time) uint64 {
	ms := t.UnixMilli() - discordEpoch
	if ms <= 0 {
		return 0
	}
	return uint64(ms)<<22 - 1
}

// Posted returns when a message was posted, by its id, to the millisecond; the
// zero time for what is no id.
func Posted(messageID string) time.Time {
	n, err := strconv.ParseUint(messageID, 10, 64)
	if err != nil {
		return time.Time{}
	}
	return time.UnixMilli(int64(n>>22) + discordEpoch).UTC()
}

// postedMessage is a message of a channel as far as Find reads it. Components
// stay raw until it is known whose they are.
type postedMessage struct {
	ID         numberID        `json:"id"`
	Author     user            `json:"author"`
	Components json.RawMessage `json:"components"`
}

// numberID is an id as a number, which orders messages by time.
type numberID uint64

// UnmarshalText reads the digits.
func (m *numberID) UnmarshalText(text []byte) error {
	n, err := strconv.ParseUint(string(text), 10, 64)
	*m = numberID(n)
	return err
}

// bears reports whether a component of the message, however deep, has the
// mark.
func (m postedMessage) bears(mark Mark) bool {
	var all any
	return json.Unmarshal(m.Components, &all) == nil && mark.in(all)
}

// in walks any JSON, so that a component that is new to Unpinch hides nothing
// inside it.
func (k Mark) in(v any) bool {
	switch v := v.(type) {
	case []any:
		return slices.ContainsFunc(v, k.in)
	case map[string]any:
		if k.CustomID != "" && v["custom_id"] == k.CustomID || k.Number != 0 && v["id"] == float64(k.Number) {
			return true
		}
		for _, e := range v {
			if k.in(e) {
				return true
			}
		}
	}
	return false
}
