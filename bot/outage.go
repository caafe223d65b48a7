package bot

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"unpinch/bot/gateway"
)

// comingMax is how long after READY a server may take to come, until it counts as
// in an outage.
const comingMax = 5 * time.Second

// outages knows the servers that Discord can't reach for a while. It keeps ids
// only.
type outages struct {
	now func() time.Time

	mu     sync.Mutex
	shards []shardOutages // by number; none before the first login
}

// shardOutages are those of one shard.
type shardOutages struct {
	heard  bool            // the shard has logged in
	down   map[string]bool // told by GUILD_DELETE
	coming map[string]bool // told by READY, and not come yet
	since  time.Time       // of that READY
}

// of returns the outages of a shard; the caller holds mu.
func (o *outages) of(s Shard) *shardOutages {
	if len(o.shards) != s.Of {
		o.shards = make([]shardOutages, s.Of)
	}
	return &o.shards[s.ID]
}

// ready notes the servers of a READY, each of which comes with a GUILD_CREATE
// unless it is in an outage.
func (o *outages) ready(s Shard, ids []string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	own := o.of(s)
	before := own.down
	*own = shardOutages{heard: true, coming: make(map[string]bool, len(ids)), since: o.now()}
	for _, id := range ids {
		own.coming[id] = true
		if before[id] { // until it comes
			own.setDown(id)
		}
	}
}

// resumed notes that a session of an earlier process goes on.
func (o *outages) resumed(s Shard) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.of(s).heard = true
}

// note notes a GUILD_CREATE or GUILD_DELETE.
func (o *outages) note(s Shard, id string, unavailable bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	own := o.of(s)
	delete(own.coming, id)
	delete(own.down, id)
	if unavailable { // GUILD_CREATE says so too, of a server that READY listed
		own.setDown(id)
	}
	if len(own.coming) == 0 {
		own.coming = nil // its room was for all servers
	}
}

// setDown notes that a server can't be reached.
func (o *shardOutages) setDown(id string) {
	if o.down == nil {
		o.down = map[string]bool{}
	}
	o.down[id] = true
}

// list returns the ids of a shard's servers that can't be reached, or did not come
// yet, in order.
func (o *outages) list(s Shard) []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	own := o.of(s)
	ids := slices.AppendSeq(slices.Collect(maps.Keys(own.down)), maps.Keys(own.coming))
	slices.Sort(ids)
	return ids
}

// restore notes a shard's servers that an earlier process could not reach.
func (o *outages) restore(s Shard, ids []string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	own := o.of(s)
	own.down = make(map[string]bool, len(ids))
	for _, id := range ids {
		own.down[id] = true
	}
}

func (o *outages) has(id string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.shards) == 0 {
		return false
	}
	own := &o.shards[gateway.ShardOf(id, len(o.shards))]
	return own.down[id] || own.coming[id] && o.now().Sub(own.since) >= comingMax
}

// unheard reports whether a server's shard has not logged in yet, while others may
// have.
func (o *outages) unheard(id string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	n := len(o.shards)
	return n > 1 && !o.shards[gateway.ShardOf(id, n)].heard
}

// InOutage reports whether Discord can't reach a server for now, as far as it has
// told, or has not told of the server's shard yet. What is sent there would be
// refused, and with codes that mean nothing.
func (b *Bot) InOutage(guildID string) bool {
	return b.servers.outages.has(guildID) || b.servers.outages.unheard(guildID)
}

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
	if s.Shards > 0 {
		k.outages.restore(Shard{ID: shard, Of: s.Shards}, strings.Fields(s.Down))
	}
	return s, err
}

// KeepGatewaySession keeps the outages beside a shard's session.
func (k outageKeeper) KeepGatewaySession(ctx context.Context, shard int, s GatewaySession) error {
	s.Down = strings.Join(k.outages.list(Shard{ID: shard, Of: s.Shards}), " ")
	return k.Sessions.KeepGatewaySession(ctx, shard, s)
}
