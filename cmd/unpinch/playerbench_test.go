package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands"
	"unpinch/commands/player"
	"unpinch/content"
	"unpinch/delivery"
	"unpinch/store"
)

// BenchmarkPlayers has 200 members follow a routine at once, in real time, all
// started within the same second: the real store, bot and cards against a
// Discord that takes 150 ms for an edit. It takes a minute, and tells how late
// the cards came and how many requests a second there were at most.
func BenchmarkPlayers(b *testing.B) {
	for range b.N {
		benchmarkPlayers(b, 200, time.Minute)
	}
}

func benchmarkPlayers(b *testing.B, players int, lasts time.Duration) {
	var mu sync.Mutex
	perSecond := map[int64]int{}
	var late []float64
	refused := 0
	discord := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		perSecond[time.Now().Unix()]++
		if !strings.HasPrefix(r.URL.Path, "/api/v10/webhooks/7/") {
			refused++
		}
		mu.Unlock()
		<-time.After(150 * time.Millisecond)
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, `{"id":"1"}`)
	}))
	defer discord.Close()
	lib, err := content.Load()
	if err != nil {
		b.Fatal(err)
	}
	db, err := store.Open(b.Context(), filepath.Join(b.TempDir(), "unpinch.db"), store.Options{NoCaps: true})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	quiet := slog.New(slog.DiscardHandler)
	deps := commands.Deps{Content: lib, Players: db, Now: time.Now, Kick: func() {}}
	cmds, parts := commands.All(deps)
	dc, err := bot.New(bot.Options{Token: "t", API: discord.URL + "/api/v10", Commands: cmds, Components: parts, Words: lib, Log: quiet, Now: time.Now})
	if err != nil {
		b.Fatal(err)
	}
	now := time.Now()
	for i := range players {
		p := delivery.Player{ID: fmt.Sprint("p", i), UserID: fmt.Sprint("u", i), Ticket: fmt.Sprint("7/t", i), Locale: "en", Routine: "post-3",
			Auto: true, PressedAt: now, MoveAt: now.Add(5 * time.Second), NextAt: now.Add(5 * time.Second), ExpiresAt: now.Add(time.Hour)}
		if err := db.StartPlayer(b.Context(), p, now); err != nil {
			b.Fatal(err)
		}
	}
	runner := delivery.NewRunner(delivery.RunnerOptions{Keeper: db, Drawer: drawer{dc, player.NewCards(lib, nil), nil, quiet}, Now: time.Now, Log: quiet,
		Observe: func(lateness time.Duration) {
			mu.Lock()
			defer mu.Unlock()
			late = append(late, lateness.Seconds())
		}})
	ctx, cancel := context.WithTimeout(b.Context(), lasts)
	defer cancel()
	go func() { // as the engine does
		for ctx.Err() == nil {
			<-time.After(time.Until(time.Now().Truncate(time.Second).Add(time.Second)))
			runner.Kick()
		}
	}()
	runner.Run(ctx)
	slices.Sort(late)
	most := 0
	for _, n := range perSecond {
		most = max(most, n)
	}
	b.ReportMetric(float64(len(late)), "cards")
	b.ReportMetric(late[len(late)*99/100], "s-late-p99")
	b.ReportMetric(late[len(late)-1], "s-late-most")
	b.ReportMetric(float64(most), "edits-in-a-second")
	if refused > 0 {
		b.Errorf("%d requests under Discord's limit of the bot; edits of private cards have none in common", refused)
	}
}
