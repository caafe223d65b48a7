package playground

import (
	"fmt"
	"slices"

	"unpinch/playground/control"
	"unpinch/playground/wire"
)

const (
	guildsAShard    = 1000 // that the playground recommends, as Discord does about
	mostGuilds      = 2500 // of a shard
	mostShards      = 1000 // that the control API may have recommended
	mostConcurrency = 1000
)

// A shard is the part of the bot's guilds that a session hears of: the one with
// its number, counted from 0, of so many.
type shard struct{ id, count int }

// has reports whether the shard hears of a guild. Its id 0 stands for DMs.
func (s shard) has(guild wire.ID) bool { return uint64(guild)>>22%uint64(s.count) == uint64(s.id) }

// json writes the shard as Discord does.
func (s shard) json() []int { return []int{s.id, s.count} }

// readShard reads the shard of an IDENTIFY. One that names none asks for all guilds.
func readShard(d object) (s shard, ok bool) {
	if d["shard"] == nil {
		return shard{0, 1}, true
	}
	both := wire.List(d, "shard")
	if len(both) != 2 {
		return shard{0, 1}, false
	}
	id, isID := wire.Whole(both[0])
	count, isCount := wire.Whole(both[1])
	if !isID || !isCount || id < 0 || count <= id || count > 1<<20 {
		return shard{0, 1}, false
	}
	return shard{int(id), int(count)}, true
}

// A plan is how many shards Discord wants.
type plan struct {
	shards      int // 0 for one for each thousand guilds
	concurrency int // shards that may identify in the same while; 0 for one
}

// recommended returns how many shards the bot is told to have.
func (s *gateway) recommended() int {
	if s.plan.shards > 0 {
		return s.plan.shards
	}
	return max(1, (s.world.botGuilds()+guildsAShard-1)/guildsAShard)
}

// concurrency returns how many shards may identify in the same while.
func (s *gateway) concurrency() int { return max(1, s.plan.concurrency) }

// reshard changes what the bot is told when it asks the next time.
func (d *director) reshard(to control.Change) *control.Error {
	for _, of := range []struct {
		name     string
		n, most  int
		concerns *int
	}{{"shards", to.Shards, mostShards, &d.gateway.plan.shards}, {"max_concurrency", to.MaxConcurrency, mostConcurrency, &d.gateway.plan.concurrency}} {
		switch {
		case of.n < 0 || of.n > of.most:
			return control.BadRequest("bad_field", fmt.Sprintf("%q must be 1 to %d", of.name, of.most))
		case of.n > 0:
			*of.concerns = of.n
		}
	}
	return nil
}

// state returns the gateway as GET /state shows it.
func (s *gateway) state() object {
	sessions := []object{}
	for _, ses := range s.sessions {
		sessions = append(sessions, object{"shard": ses.shard.json(), "ready": ses.live()})
	}
	return object{"shards": s.recommended(), "max_concurrency": s.concurrency(), "sessions": sessions}
}

// live reports whether the session has a connection that answers.
func (ses *session) live() bool { return ses.conn != nil && !ses.conn.zombie }

// ready reports whether all shards of a number of them have sessions with a
// connection that answers.
func (s *gateway) ready() bool {
	up := map[shard]bool{}
	for _, ses := range s.sessions {
		if ses.live() {
			up[ses.shard] = true
		}
	}
	for sh := range up {
		n := 0
		for n < sh.count && up[shard{n, sh.count}] {
			n++
		}
		if n == sh.count {
			return true
		}
	}
	return false
}

// hears reports whether a session is there that hears of a guild.
func (s *gateway) hears(guild wire.ID) bool {
	return slices.ContainsFunc(s.sessions, func(ses *session) bool { return ses.shard.has(guild) })
}

// crowded reports whether a shard has more guilds than one may have.
func (s *gateway) crowded(sh shard) bool {
	n := 0
	for _, g := range s.world.guilds {
		if g.hasBot() && sh.has(g.id) {
			n++
		}
	}
	return n > mostGuilds
}
