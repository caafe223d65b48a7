package playground

import (
	"fmt"
	"slices"
	"testing"

	"unpinch/playground/rig"
	"unpinch/playground/wire"
)

// TestShards: each shard hears of its own guilds alone, and the first of DMs too.
func TestShards(t *testing.T) {
	l := newLab(t)
	l.Register(pinched)
	l.Do("POST", "/world", `{"add_guilds":9,"shards":3,"max_concurrency":3}`)
	var came [3]int
	heard := make(chan int, 1)
	var bots [3]*rig.Bot
	for n := range bots {
		bots[n] = l.LoginAs(n, 3, intentGuilds, func(b *rig.Bot, it object) { rig.Says("ok")(b, it); heard <- n })
		ready := wire.Child(bots[n].Event("READY"), "d")
		guilds := wire.Objects(wire.List(ready, "guilds"))
		came[n] = len(guilds)
		for range guilds {
			id := wire.ParseID(wire.Text(wire.Child(bots[n].Event("GUILD_CREATE"), "d"), "id"))
			if !(shard{n, 3}).has(id) {
				t.Errorf("shard %d hears of guild %s", n, id)
			}
		}
		if got := fmt.Sprint(wire.List(ready, "shard")); got != fmt.Sprintf("[%d 3]", n) {
			t.Errorf("shard %d is told to be %s", n, got)
		}
	}
	if came[0]+came[1]+came[2] != 10 || slices.Min(came[:]) < 3 {
		t.Errorf("the shards have %v guilds, want 3, 3 and 4", came)
	}
	for channel, want := range map[string]int{"dm": 0, "general": l.shardOf("iron-garden", 3), "gym-4-general": l.shardOf("gym-4", 3), "gym-5-general": l.shardOf("gym-5", 3)} {
		l.Do("POST", "/command", fmt.Sprintf(`{"as":"olga","channel":%q,"name":"pinched"}`, channel))
		if got := <-heard; got != want {
			t.Errorf("shard %d hears of a command in %s, want %d", got, channel, want)
		}
	}
	l.Do("POST", "/faults", `{"gateway":"op7","shard":1}`)
	bots[1].Event("op7")
	bots[1].Cut()
	<-bots[1].Gone
	l.until(func() bool { return len(l.s.gateway.conns) == 2 })
	said := wire.Objects(wire.List(l.Do("GET", "/state", nil), "bots"))[0]
	if got, want := fmt.Sprint(said["ready"], wire.Child(said, "gateway")), "false map[max_concurrency:3 sessions:[map[ready:true shard:[0 3]] map[ready:false shard:[1 3]] map[ready:true shard:[2 3]]] shards:3]"; got != want {
		t.Errorf("the state has %s, want %s", got, want)
	}
}

// shardOf returns which shard of so many a guild is of.
func (l *lab) shardOf(guild string, count int) int {
	l.T.Helper()
	l.s.mu.Lock()
	defer l.s.mu.Unlock()
	id := l.s.world.findGuild(guild).id
	return slices.IndexFunc([]shard{{0, count}, {1, count}, {2, count}}, func(s shard) bool { return s.has(id) })
}

// TestShardsAreRecommended: one for each thousand guilds, or as many as POST /world
// says, until a reset.
func TestShardsAreRecommended(t *testing.T) {
	l := newLab(t)
	want := func(when string, shards, concurrency int64) {
		t.Helper()
		l.Pass(5e9) // the route's own limit
		said := l.Do("GET", "/api/v10/gateway/bot", nil)
		n, _ := wire.Number(said, "shards")
		c, _ := wire.Number(wire.Child(said, "session_start_limit"), "max_concurrency")
		if n != shards || c != concurrency {
			t.Errorf("%s: %d shards with max_concurrency %d, want %d and %d", when, n, c, shards, concurrency)
		}
	}
	want("at the start", 1, 1)
	l.Do("POST", "/world", `{"add_guilds":1000}`)
	want("with 1,001 guilds", 2, 1)
	l.Do("POST", "/world", `{"shards":4,"max_concurrency":16}`)
	want("as said", 4, 16)
	l.Do("POST", "/world", `{}`)
	want("when nothing is said", 4, 16)
	l.Do("POST", "/reset", nil)
	want("after a reset", 1, 1)
	for _, bad := range []string{`{"shards":-1}`, `{"shards":1001}`, `{"max_concurrency":-1}`} {
		l.Problem("POST", "/world", bad, 400, "bad_field")
	}
	for _, bad := range []string{`{"shard":1}`, `{"gateway":"no_hello","shard":1}`, `{"gateway":"upgrade_503","shard":1}`} {
		l.Problem("POST", "/faults", bad, 400, "bad_field")
	}
}
