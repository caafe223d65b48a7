package playground

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/http"
	"testing"
	"time"

	"unpinch/playground/wire"
)

// follow reads the clock's stream; each line comes to the channel.
func (l *lab) follow() <-chan tick {
	l.T.Helper()
	res, err := http.Get(l.URL + "/clock?follow")
	if err != nil {
		l.T.Fatal(err)
	}
	ticks := make(chan tick, 10000)
	l.Go(func() {
		defer res.Body.Close()
		for lines := bufio.NewScanner(res.Body); lines.Scan(); {
			var line tick
			if err := json.Unmarshal(lines.Bytes(), &line); err == nil {
				ticks <- line
			}
		}
		close(ticks)
	})
	return ticks
}

func TestClockLeap(t *testing.T) {
	l := newLab(t)
	ticks := l.follow()
	if first := <-ticks; first.Kind != "start" || !first.Now.Equal(l.Now()) {
		t.Errorf("got %v, want the start at once", first)
	}
	got := l.Do("POST", "/clock", `{"now":"2026-11-24T18:00:00Z"}`)
	if wire.Text(got, "now") != "2026-11-24T18:00:00Z" || fmt.Sprint(got["posts"]) != "[]" {
		t.Errorf("got %v", got)
	}
	if line := <-ticks; line.Kind != "leap" || line.Now.Format(time.RFC3339) != "2026-11-24T18:00:00Z" {
		t.Errorf("got %v, want one leap", line)
	}
	m := l.Do("POST", l.Posts("general"), `{"content":"a"}`)
	if at := wire.ParseID(wire.Text(m, "id")).Time(); at.Format(time.DateTime) != "2026-11-24 18:00:00" {
		t.Errorf("got a snowflake of %v", at)
	}
	for _, bad := range []string{`{}`, `{"now":"2026-11-25T00:00:00Z","advance":"1h"}`, `{"advance":"soon"}`, `{"advance":"-1h"}`, `{"to":"last"}`, `{"waiting_for":7}`} {
		l.Problem("POST", "/clock", bad, 400, "bad_field")
	}
	l.Problem("POST", "/clock", `{"now":"2026-11-23T00:00:00Z"}`, 400, "bad_time")
	l.Problem("POST", "/clock", `{"forward":"1h"}`, 400, "unknown_field")
}

func TestClockWalk(t *testing.T) {
	l := newLab(t)
	ticks := l.follow()
	<-ticks
	got := l.Do("POST", "/clock", `{"advance":"40s"}`)
	if wire.Text(got, "now") != "2026-11-23T09:00:40Z" {
		t.Errorf("got %v", got)
	}
	for _, want := range []string{"09:00:15", "09:00:30", "09:00:40"} {
		if line := <-ticks; line.Kind != "walk" || line.Now.Format(time.TimeOnly) != want {
			t.Errorf("got %v, want a step to %s", line, want)
		}
	}
}

// walker runs a bot that posts at given times of the playground's clock and
// announces each.
func (l *lab) walker(times ...string) {
	ticks := l.follow()
	announce := func() {
		var at any
		if len(times) > 0 {
			at = times[0]
		}
		l.Do("POST", "/clock", object{"waiting_for": at})
	}
	announce()
	l.Go(func() {
		for line := range ticks {
			for len(times) > 0 && line.Now.Format(time.RFC3339) >= times[0] {
				l.Do("POST", l.Posts("general"), object{"content": times[0]})
				times = times[1:]
			}
			announce()
		}
	})
}

func TestClockCrossesIdleTime(t *testing.T) {
	l := newLab(t)
	l.walker("2026-11-24T18:00:00Z", "2026-11-30T18:00:00Z")
	if got := wire.Text(l.Do("GET", "/clock", nil), "next"); got != "2026-11-24T18:00:00Z" {
		t.Errorf("got next %q, want what the bot announced", got)
	}
	got := l.Do("POST", "/clock", `{"to":"next"}`)
	if wire.Text(got, "now") != "2026-11-24T18:00:00Z" || len(wire.List(got, "posts")) != 1 {
		t.Errorf("got %v, want the first post", got)
	}
	got = l.Do("POST", "/clock", `{"advance":"168h"}`)
	if wire.Text(got, "now") != "2026-12-01T18:00:00Z" || len(wire.List(got, "posts")) != 1 {
		t.Errorf("got %v, want a week with one post", got)
	}
	if next := l.Do("GET", "/clock", nil)["next"]; next != nil {
		t.Errorf("got next %v, want none left", next)
	}
	_, v, _ := l.Call("GET", "/messages?channel=general", nil)
	for i, want := range []string{"2026-11-24T18:00:00", "2026-11-30T18:00:00"} {
		if got := wire.Text(wire.Objects(v.([]any))[i], "timestamp"); got[:19] != want {
			t.Errorf("post %d: got %s, want %s", i, got, want)
		}
	}
}

func TestClockStandsWhereNothingIsAwaited(t *testing.T) {
	l := newLab(t)
	l.walker()
	got := l.Do("POST", "/clock", `{"to":"next"}`)
	if wire.Text(got, "now") != "2026-11-23T09:00:00Z" || fmt.Sprint(got["posts"]) != "[]" {
		t.Errorf("got %v, want the clock unmoved and no posts", got)
	}
	l = newLab(t)
	l.walker("2026-11-24T18:00:00Z") // and nothing after it
	if got = l.Do("POST", "/clock", `{"to":"next"}`); len(wire.List(got, "posts")) != 1 {
		t.Errorf("got %v, want the only post", got)
	}
	if got = l.Do("POST", "/clock", `{"to":"next"}`); wire.Text(got, "now") != "2026-11-24T18:00:00Z" || len(wire.List(got, "posts")) != 0 {
		t.Errorf("got %v, want the clock unmoved after the last post", got)
	}
}

func TestClockGivesUp(t *testing.T) {
	l := newLab(t)
	l.s.walker.patience = 3 * quietAfter
	l.Problem("POST", "/clock", `{"to":"next"}`, http.StatusGatewayTimeout, "timeout")
}
