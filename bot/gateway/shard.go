package gateway

import (
	"fmt"
	"strconv"
)

// A Shard is the part of a bot's servers that one connection hears of: the one
// with its number, counted from 0, of so many. DMs are the first one's.
type Shard struct{ ID, Of int }

// Has reports whether a server is of the shard.
func (s Shard) Has(serverID string) bool { return ShardOf(serverID, s.Of) == s.ID }

// ShardOf returns the number of the shard, of so many, that a server is of.
func ShardOf(serverID string, of int) int {
	id, _ := strconv.ParseUint(serverID, 10, 64) // 0 for what is no id
	return int(id >> 22 % uint64(of))
}

// An outgrown bot has fewer shards than Discord wants.
type outgrown struct{ shards int }

func (e *outgrown) Error() string { return fmt.Sprintf("Discord wants %d shards", e.shards) }

// enoughShards returns why the shard must not log in as one of so many: an *outgrown
// where Discord recommends more. A bot of several keeps to their number until it
// starts again, or Discord insists.
func (g *Gateway) enoughShards(start Start) error {
	if g.o.Shards == 0 && start.Shards > g.shard.Of && (g.few || g.shard.Of == 1) {
		return &outgrown{start.Shards}
	}
	if g.few {
		return &FatalError{fmt.Sprintf("Discord wants this bot to run in shards, in more than the %d that it recommends; say how many in [discord] shards", max(1, start.Shards))}
	}
	return nil
}
