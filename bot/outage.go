package bot

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
)

// comingMax is how long after READY a server may take to come, until it counts as
// in an outage.
const comingMax = 5 * time.Second

// outages knows the servers that Discord can't reach for a while. It keeps ids
// only.
type outages struct {
	now func() time.Time

	mu     sync.Mutex
	down   map[string]bool // told by GUILD_DELETE
	coming map[string]bool // told by READY, and not come yet
	since  time.Time       // of that READY
}

// ready notes the servers of a READY, each of which comes with a GUILD_CREATE
// unless it is in an outage.
func (o *outages) ready(ids []string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	before := o.down
	o.down, o.coming, o.since = nil, make(map[string]bool, len(ids)), o.now()
	for _, id := range ids {
		o.coming[id] = true
		if before[id] { // until it comes
			o.setDown(id)
		}
	}
}

// note notes a GUILD_CREATE or GUILD_DELETE.
func (o *outages) note(id string, unavailable bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.coming, id)
	delete(o.down, id)
	if unavailable { // GUILD_CREATE says so too, of a server that READY listed
		o.setDown(id)
	}
	if len(o.coming) == 0 {
		o.coming = nil // its room was for all servers
	}
}

// setDown notes that a server can't be reached; the caller holds mu.
func (o *outages) setDown(id string) {
	if o.down == nil {
		o.down = map[string]bool{}
	}
	o.down[id] = true
}

// list returns the ids of the servers that can't be reached, or did not come yet,
// in order.
func (o *outages) list() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	ids := slices.AppendSeq(slices.Collect(maps.Keys(o.down)), maps.Keys(o.coming))
	slices.Sort(ids)
	return ids
}

// restore notes the servers that an earlier process could not reach.
func (o *outages) restore(ids []string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.down = make(map[string]bool, len(ids))
	for _, id := range ids {
		o.down[id] = true
	}
}

func (o *outages) has(id string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.down[id] || o.coming[id] && o.now().Sub(o.since) >= comingMax
}

// InOutage reports whether Discord can't reach a server for now, as far as it has
// told. What is sent there would be refused, and with codes that mean nothing.
func (b *Bot) InOutage(guildID string) bool { return b.servers.outages.has(guildID) }

// An outageKeeper keeps the servers in an outage beside the session: where a
// restart goes on with it, Discord does not tell of them again.
type outageKeeper struct {
	Sessions
	outages *outages
}

// keeper returns the Keeper of the sessions that to keeps, or nil.
func keeper(to Sessions, o *outages) Sessions {
	if to == nil {
		return nil
	}
	return outageKeeper{to, o}
}

// GatewaySession returns a shard's session and takes up its outages.
func (k outageKeeper) GatewaySession(ctx context.Context, shard int) (GatewaySession, error) {
	s, err := k.Sessions.GatewaySession(ctx, shard)
	k.outages.restore(strings.Fields(s.Down))
	return s, err
}

// KeepGatewaySession keeps the outages beside a shard's session.
func (k outageKeeper) KeepGatewaySession(ctx context.Context, shard int, s GatewaySession) error {
	s.Down = strings.Join(k.outages.list(), " ")
	return k.Sessions.KeepGatewaySession(ctx, shard, s)
}
