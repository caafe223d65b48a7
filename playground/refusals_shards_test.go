package playground

import (
	"cmp"
	"fmt"
	"testing"
	"time"

	"unpinch/playground/wire"
)

// An identifyRow is a rule of Discord's for shards, and an IDENTIFY that breaks it.
type identifyRow struct {
	rule   string
	world  string   // a call of POST /world before
	before []string // shards that have identified in the same moment
	shard  string
}

func shardRefusals() []identifyRow {
	const two = `{"max_concurrency":2}`
	return []identifyRow{
		{rule: accepted + "no shard is the only one"},
		{rule: accepted + "the only shard", shard: `[0,1]`},
		{rule: accepted + "one of more than are recommended", shard: `[6,7]`},
		{rule: "A shard is two numbers", shard: `[0]`},
		{rule: "A shard is numbers", shard: `["a","b"]`},
		{rule: "A shard is a list", shard: `0`},
		{rule: "Shards count from 0", shard: `[2,2]`},
		{rule: "A shard is not below 0", shard: `[-1,2]`},
		{rule: "There is one shard at least", shard: `[0,0]`},
		{rule: "A shard has 2,500 guilds at most", world: `{"add_guilds":2500}`},
		{rule: accepted + "2,501 guilds in two shards", world: `{"add_guilds":2500}`, shard: `[1,2]`},
		{rule: "One shard may identify in the same while", before: []string{`[0,4]`}, shard: `[1,4]`},
		{rule: accepted + "shards of other lanes identify together", world: two, before: []string{`[0,4]`}, shard: `[1,4]`},
		{rule: "One shard of a lane may identify in the same while", world: two, before: []string{`[0,4]`, `[1,4]`}, shard: `[2,4]`},
	}
}

// run identifies on a playground of the row's own, and puts rule, IDENTIFY and what
// came of it into words.
func (row identifyRow) run(t *testing.T) string {
	l := newLab(t, func(o *Options) { o.IdentifyEvery = 5 * time.Second })
	words := row.rule + "\n"
	if row.world != "" {
		l.Do("POST", "/world", row.world)
		words += "  (world " + row.world + ")\n"
	}
	for _, sh := range row.before {
		if got := l.identify(sh); got != "READY" {
			t.Fatalf("shard %s: %s", sh, got)
		}
		words += "  IDENTIFY shard " + sh + "\n"
	}
	got := l.identify(row.shard)
	if right := row.rule[:min(len(row.rule), len(accepted))] == accepted; right != (got == "READY") {
		t.Errorf("%s: got %s", row.rule, got)
	}
	return fmt.Sprintf("%s  IDENTIFY shard %s\n  → %s\n", words, cmp.Or(row.shard, "(none)"), got)
}

// identify identifies as a shard, and returns what came: READY, an op or a close.
func (l *lab) identify(sh string) string {
	d := `"token":"playground","intents":0`
	if sh != "" {
		d += `,"shard":` + sh
	}
	v, err := wire.Decode([]byte(`{"op":2,"d":{` + d + `}}`))
	if err != nil {
		l.T.Fatal(err)
	}
	b := l.Connect()
	if err := b.Frame(v); err != nil {
		l.T.Fatal(err)
	}
	e, code := b.First()
	op, _ := wire.Number(e, "op")
	switch {
	case code != 0:
		return fmt.Sprintf("close %d", code)
	case op == opInvalidSession:
		return fmt.Sprintf("op 9, d %v", e["d"])
	}
	return wire.Text(e, "t")
}
