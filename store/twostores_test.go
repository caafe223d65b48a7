package store

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"unpinch/delivery"
	"unpinch/schedule"
)

// twoStores are those of two processes that share a PostgreSQL database. A file has
// one, which is both.
func twoStores(t *testing.T) [2]*Store {
	t.Helper()
	path := tempPath(t)
	first := openAt(t, path)
	if !IsURL(path) {
		return [2]*Store{first, first}
	}
	closeStore(t, first)
	var both [2]*Store
	for i := range both {
		s, err := Open(t.Context(), path, Options{Shared: true})
		must(t, err)
		t.Cleanup(func() { closeStore(t, s) })
		both[i] = s
	}
	return both
}

// atOnce runs do for each of two stores, several times over, at the same time.
func atOnce(both [2]*Store, times int, do func(s *Store, owner string, n int)) {
	var wg sync.WaitGroup
	for i, s := range both {
		wg.Go(func() {
			for n := range times {
				do(s, fmt.Sprint("owner ", i), n)
			}
		})
	}
	wg.Wait()
}

// TestTwoClaim: each message is claimed and ended once, whoever does.
func TestTwoClaim(t *testing.T) {
	t.Parallel()
	both := twoStores(t)
	const messages = 60
	p := addPlace(t, both[0], schedule.Place{GuildID: "1", Name: "Hall", ChannelID: "10"})
	class := addClass(t, both[0], p, "5")
	for i := range messages {
		addDue(t, both[0], schedule.Occurrence{ClassID: class, GuildID: "1", Kind: schedule.KindOff, UserID: fmt.Sprint(100 + i), DueAt: monday().Add(time.Duration(i) * time.Second)})
	}
	var mu sync.Mutex
	taken := map[int64]int{}
	atOnce(both, messages, func(s *Store, owner string, _ int) {
		all, err := s.Claim(t.Context(), monday().Add(time.Hour), owner, time.Hour, 4)
		if err != nil {
			t.Error(err)
		}
		for i := range all {
			mu.Lock()
			taken[all[i].ID]++
			mu.Unlock()
			all[i].State, all[i].MessageID, all[i].SentAt = schedule.StateSent, fmt.Sprint(all[i].ID), monday().Add(time.Hour)
		}
		if len(all) > 0 {
			if err := s.Finish(t.Context(), owner, all...); err != nil {
				t.Error(err)
			}
		}
	})
	for id, n := range taken {
		if n != 1 {
			t.Errorf("occurrence %d was claimed %d times", id, n)
		}
	}
	if n := count(t, both[1], `SELECT count(*) FROM occurrences WHERE state = 'sent'`); len(taken) != messages || n != messages {
		t.Errorf("got %d claimed and %d sent, want %d of each", len(taken), n, messages)
	}
}

// TestTwoPlan: a plan that both have read moves on once, with one message.
func TestTwoPlan(t *testing.T) {
	t.Parallel()
	both := twoStores(t)
	for i := range 8 {
		p := addPlace(t, both[0], schedule.Place{GuildID: "1", Name: fmt.Sprint("Hall ", i), ChannelID: fmt.Sprint(10 + i)})
		addClass(t, both[0], p, "5")
	}
	plans := count(t, both[0], `SELECT count(*) FROM class_posts`)
	at := monday().Add(time.Hour)
	atOnce(both, 10, func(s *Store, owner string, n int) {
		due, err := s.DuePlans(t.Context(), at, 5)
		if err != nil {
			t.Error(err)
		}
		var steps []delivery.Step
		for _, p := range due {
			o := schedule.Occurrence{ClassID: p.ID, GuildID: "1", Kind: p.Kind, DueAt: at.Add(time.Duration(n) * time.Second), StartAt: at,
				ChannelID: owner, State: schedule.StateDue, SendAt: at}
			steps = append(steps, delivery.Step{Plan: p, Occurrences: []schedule.Occurrence{o}, AccountedTo: at, NextAt: at.Add(24 * time.Hour)})
		}
		if err := s.Record(t.Context(), at, steps); err != nil {
			t.Error(err)
		}
	})
	if n := count(t, both[1], `SELECT count(*) FROM occurrences WHERE state = 'due'`); n != plans {
		t.Errorf("got %d messages of %d plans, want one of each", n, plans)
	}
}

// TestTwoSave: what is read and then written counts what the other wrote meanwhile.
func TestTwoSave(t *testing.T) {
	t.Parallel()
	both := twoStores(t)
	const each = 20
	home := addPlace(t, both[0], schedule.Place{GuildID: "1", Name: "Home", ChannelID: "10"})
	var mu sync.Mutex
	added, saved := 0, 0
	batches := make([]int64, each)
	for n := range batches {
		id, err := both[0].AddDrafts(t.Context(), 0, []schedule.Series{{Place: home, Rule: rule(t, "mon 18:00"), Length: time.Hour, ChannelID: "10",
			CreatedBy: fmt.Sprint("coach ", n), CreatedAt: monday(), DraftUntil: monday().Add(time.Minute)}})
		must(t, err)
		batches[n] = id
	}
	atOnce(both, each, func(s *Store, owner string, n int) {
		err := s.ChangeBuckets(t.Context(), []string{"one"}, func(full []time.Time) error {
			full[0] = instant(max(0, full[0].Unix()) + 1)
			return nil
		})
		if err != nil {
			t.Error(err)
		}
		_, placeErr := s.SavePlace(t.Context(), schedule.Place{GuildID: "1", Name: fmt.Sprint(owner, n), Zone: "UTC", ChannelID: "10", CreatedAt: monday()}, now())
		_, saveErr := s.SaveDrafts(t.Context(), batches[n], now())
		mu.Lock()
		defer mu.Unlock()
		if placeErr == nil {
			added++
		} else if !errors.Is(placeErr, schedule.ErrFull) {
			t.Error(placeErr)
		}
		if saveErr == nil {
			saved++
		} else if !errors.Is(saveErr, schedule.ErrNoClass) {
			t.Error(saveErr)
		}
	})
	if added != schedule.PlacesMax-1 || saved != each {
		t.Errorf("got %d places and %d classes, want %d and %d", added, saved, schedule.PlacesMax-1, each)
	}
	if n := count(t, both[1], `SELECT full_at FROM buckets WHERE name = 'one'`); n != 2*each {
		t.Errorf("the bucket counts %d, want %d", n, 2*each)
	}
}

// TestOneAlone: without Shared, a second store has no say.
func TestOneAlone(t *testing.T) {
	t.Parallel()
	path := tempPath(t)
	s := openAt(t, path)
	_, err := Open(t.Context(), path, Options{})
	checkRefused(t, err, shown(path)+" is in use by another unpinch")
	closeStore(t, s)
	openAt(t, path)
}
