package main

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// A kill while a post is on its way delays it by no more than a restart: nobody
// waits until the dead process's claim ends. It is there once, whether it had
// arrived or not.
func TestAKillDelaysNoPost(t *testing.T) {
	t.Parallel()
	for name, rule := range map[string]asks{
		"before it arrived": {"route": sendRoute, "times": 1, "delay_ms": 2000, "drop": true},
		"after it arrived":  {"route": sendRoute, "times": 1, "delay_ms": 2000, "after_commit": true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var counted tally
			k := newKiller(t, rand.New(rand.NewPCG(1, 1)), 1, &counted)
			k.start()
			k.g.ready()
			k.g.morning()
			k.g.command(asks{"as": "olga", "channel": "classes", "name": "setup", "options": asks{"zone": "Etc/UTC", "channel": "classes"}})
			k.addClass(killPlace{"iron-garden", "Etc/UTC", []string{"classes"}}, "classes", "daily 12:00")
			var out any
			if status := k.g.post("/faults", asks{"rules": []any{rule}}, &out); status != 200 {
				t.Fatalf("faults: HTTP %d %v", status, out)
			}
			k.drain()
			due := k.g.time().Now.Truncate(24 * time.Hour).Add(12*time.Hour - killLead*time.Minute)
			leapt := make(chan struct{})
			go func() { k.leap(due.Add(jitterOver)); close(leapt) }() // it answers when all is quiet
			k.arrives(10 * time.Second)
			k.stopHard()
			k.noFaults()
			k.start()
			began := time.Now()
			k.arrives(10 * time.Second)
			if took := time.Since(began); took > lateMax {
				t.Errorf("the post was sent %v after the restart, want %v at most", took, lateMax)
			}
			<-leapt
			for limit := time.Now().Add(10 * time.Second); len(k.marks("classes", "", doneMark)) == 0 && time.Now().Before(limit); {
				k.advance("0s")
			}
			if got := k.marks("classes", "&deleted=1", doneMark); len(got) != 1 || got[doneMark+"1"] != 1 {
				t.Errorf("the channel has %v, want the post once", got)
			}
		})
	}
}

// lateMax is how late a kill may make a post, from the restart on.
const lateMax = 5 * time.Second

// arrives waits for a send.
func (k *killer) arrives(most time.Duration) {
	k.t.Helper()
	select {
	case <-k.arrived:
	case <-time.After(most):
		var all []struct{ Method, Path string }
		json.Unmarshal([]byte(k.g.get("/requests?after=0")), &all)
		var paths []string
		for _, r := range all {
			paths = append(paths, r.Method+" "+r.Path)
		}
		k.t.Fatalf("no send within %v; there were %s", most, strings.Join(paths, ", "))
	}
}
