package bot

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
)

// SendDM opens the DM with a user and sends the reply there as Send does. It
// returns the DM's channel as soon as it is open, also beside an error.
func (b *Bot) SendDM(ctx context.Context, userID, nonce string, reply Reply) (channelID, messageID string, err error) {
	for _, again := range []bool{false, true} {
		channelID, err = b.OpenDM(ctx, userID)
		if err != nil {
			return "", "", unsent{err}
		}
		messageID, err = b.Send(ctx, channelID, nonce, reply)
		if ae, ok := errors.AsType[*APIError](err); again || !ok || ae.Code != codeUnknownChannel {
			break
		}
		b.dms.forget(userID) // the kept channel is not theirs any more
	}
	return channelID, messageID, err
}

// OpenDM returns the channel of the DM with a user. It opens each one once,
// because Discord refuses a bot that opens many in a short time.
func (b *Bot) OpenDM(ctx context.Context, userID string) (channelID string, err error) {
	if channelID := b.dms.of(userID); channelID != "" {
		return channelID, nil
	}
	var dm struct {
		ID string `json:"id"`
	}
	in := map[string]string{"recipient_id": userID}
	if err := b.rest.do(ctx, http.MethodPost, "/users/@me/channels", in, nil, &dm); err != nil {
		return "", fmt.Errorf("open the DM: %w", err)
	}
	b.dms.keep(userID, dm.ID)
	return dm.ID, nil
}

// dmsKept is how many DM channels are remembered, in memory only.
const dmsKept = 10_000

// dmChannels remembers the channels of DMs. The zero value remembers none.
type dmChannels struct {
	mu sync.Mutex
	by map[string]string // by user id
}

func (d *dmChannels) of(userID string) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.by[userID]
}

func (d *dmChannels) keep(userID, channelID string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.by == nil || len(d.by) >= dmsKept {
		d.by = map[string]string{}
	}
	d.by[userID] = channelID
}

func (d *dmChannels) forget(userID string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.by, userID)
}
