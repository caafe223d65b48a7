package main

import (
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands"
	"unpinch/commands/player"
	"unpinch/content"
	"unpinch/delivery"
)

// TestCardsThatDiscordRefuses tells a card that holds what Discord won't take
// from one that is out of reach, and ends the first in words.
func TestCardsThatDiscordRefuses(t *testing.T) {
	lib, err := content.Load()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	own := delivery.Player{ID: "a", UserID: "u", Ticket: "7/t", Locale: "en", Routine: "post-3", Auto: true, PressedAt: now, MoveAt: now, NextAt: now,
		ExpiresAt: now.Add(time.Hour)}
	channel := own
	channel.UserID, channel.Ticket, channel.ChannelID, channel.MessageID = "", "", "5", "6"
	for name, tc := range map[string]struct {
		player     delivery.Player
		status     int
		answer     string
		undrawable bool
		over       bool
	}{
		"taken":            {player: own, status: 200, answer: `{"id":"1"}`},
		"a wrong form":     {player: own, status: 400, answer: `{"code":50035}`, undrawable: true},
		"in a channel":     {player: channel, status: 400, answer: `{"code":50035}`, undrawable: true},
		"a file too large": {player: channel, status: 413, answer: `{"code":40005}`, undrawable: true},
		"deleted":          {player: channel, status: 404, answer: `{"code":10008}`, over: true},
		"a card put away":  {player: own, status: 404, answer: `{"code":10008}`, over: true},
		"a ticket too old": {player: own, status: 401, answer: `{"code":50027}`, over: true},
	} {
		t.Run(name, func(t *testing.T) {
			var sent string
			discord := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				body, _ := io.ReadAll(r.Body)
				sent = string(body)
				w.Header().Set("Content-Type", "application/json")
				w.WriteHeader(tc.status)
				io.WriteString(w, tc.answer)
			}))
			defer discord.Close()
			deps := commands.Deps{Content: lib, Now: func() time.Time { return now }}
			cmds, parts := commands.All(deps)
			quiet := slog.New(slog.DiscardHandler)
			b, err := bot.New(bot.Options{Token: "t", API: discord.URL + "/api/v10", Commands: cmds, Components: parts, Words: lib, Log: quiet, Now: time.Now})
			if err != nil {
				t.Fatal(err)
			}
			d := drawer{b, player.NewCards(lib, nil), nil, quiet}
			after, err := d.Draw(t.Context(), tc.player, now)
			if errors.Is(err, delivery.ErrUndrawable) != tc.undrawable || (err == nil) == tc.undrawable {
				t.Errorf("drawing: %v", err)
			}
			if over := err == nil && after.NextAt.IsZero(); over != tc.over {
				t.Errorf("it is over: %t, want %t", over, tc.over)
			}
			if tc.over && after.Gone != tc.player.Together() {
				t.Errorf("gone: %t, want a channel's to go and a member's own to wait: %+v", after.Gone, after)
			}
			if !tc.undrawable {
				return
			}
			tc.status, tc.answer = 200, `{"id":"1"}`
			if after, err = d.End(t.Context(), tc.player, now); err != nil || !after.Gone || !strings.Contains(sent, "can't draw the next card") {
				t.Errorf("the end: %+v, %v, sent %s", after, err, sent)
			}
		})
	}
}
