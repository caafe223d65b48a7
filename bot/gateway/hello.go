package gateway

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
)

// Hello connects to a gateway's address, waits for Discord's greeting and leaves.
// It logs in to nothing, so that it takes no login and disturbs no session.
func (g *Gateway) Hello(ctx context.Context, address string) error {
	ws, err := g.dial(ctx, address)
	if err != nil {
		return err
	}
	defer ws.Close()
	defer context.AfterFunc(ctx, func() { ws.SetReadDeadline(time.Unix(1, 0)) })()
	_, data, err := ws.ReadMessage()
	if err != nil {
		return fmt.Errorf("wait for the gateway's HELLO: %w", err)
	}
	var m struct {
		Op int `json:"op"`
	}
	if err := json.Unmarshal(data, &m); err != nil || m.Op != opHello {
		return fmt.Errorf("the gateway greets with something else than HELLO: op %d (%v)", m.Op, err)
	}
	return nil
}
