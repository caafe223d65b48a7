package store

import (
	"errors"
	"testing"
	"time"

	"unpinch/delivery"
)

func ownPlayer(id, user string) delivery.Player {
	now := agreed()
	return delivery.Player{ID: id, UserID: user, Ticket: "1/t", Locale: "en", Routine: "post-3", Card: 1, Pictures: true, Auto: true,
		PressedAt: now, MoveAt: now.Add(32 * time.Second), NextAt: now.Add(32 * time.Second), ExpiresAt: now.Add(30 * time.Minute), Version: 1}
}

func channelPlayer(id, channel string) delivery.Player {
	p := ownPlayer(id, "")
	p.ChannelID, p.GuildID, p.StartedBy, p.Ticket = channel, "g", "carl", ""
	return p
}

func start(t testing.TB, s *Store, p delivery.Player) {
	t.Helper()
	if err := s.StartPlayer(t.Context(), p, p.PressedAt); err != nil {
		t.Fatal(err)
	}
}

func playerByID(t testing.TB, s *Store, id string) delivery.Player {
	t.Helper()
	p, err := s.PlayerByID(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// What is kept comes back, by each of its names.
func TestPlayersComeBack(t *testing.T) {
	t.Parallel()
	s := openEmpty(t)
	own, room := ownPlayer("a", "mia"), channelPlayer("b", "classes")
	start(t, s, own)
	start(t, s, room)
	for name, find := range map[string]func() (delivery.Player, error){
		"of": func() (delivery.Player, error) { return s.PlayerOf(t.Context(), "mia") },
		"id": func() (delivery.Player, error) { return s.PlayerByID(t.Context(), "a") },
	} {
		if got, err := find(); got != own || err != nil {
			t.Errorf("%s: got %+v, %v, want %+v", name, got, err, own)
		}
	}
	if got, err := s.PlayerIn(t.Context(), "classes"); got != room || err != nil {
		t.Errorf("in: got %+v, %v, want %+v", got, err, room)
	}
	for name, key := range map[string]string{"of": "noah", "in": "general"} {
		_, ofErr := s.PlayerOf(t.Context(), key)
		_, inErr := s.PlayerIn(t.Context(), key)
		if !errors.Is(ofErr, delivery.ErrNoPlayer) || !errors.Is(inErr, delivery.ErrNoPlayer) {
			t.Errorf("%s %s: %v, %v", name, key, ofErr, inErr)
		}
	}
}

// A member has one player, a channel too; a channel's is not pushed out while
// it lasts.
func TestOnePlayerEach(t *testing.T) {
	t.Parallel()
	s := openEmpty(t)
	start(t, s, ownPlayer("a", "mia"))
	start(t, s, ownPlayer("b", "mia"))
	start(t, s, ownPlayer("c", "noah"))
	if _, err := s.PlayerByID(t.Context(), "a"); !errors.Is(err, delivery.ErrNoPlayer) {
		t.Errorf("the first of two: %v", err)
	}
	first := channelPlayer("r", "classes")
	start(t, s, first)
	if err := s.StartPlayer(t.Context(), channelPlayer("s", "classes"), agreed()); !errors.Is(err, delivery.ErrChannelTaken) {
		t.Errorf("a second in the channel: %v", err)
	}
	start(t, s, channelPlayer("u", "general"))
	late := channelPlayer("s", "classes")
	if err := s.StartPlayer(t.Context(), late, first.ExpiresAt); err != nil {
		t.Errorf("after the first has expired: %v", err)
	}
	playerByID(t, s, "b")
	playerByID(t, s, "c")
}

// A write holds only for the version that it was made from.
func TestMovePlayer(t *testing.T) {
	t.Parallel()
	s := openEmpty(t)
	start(t, s, ownPlayer("a", "mia"))
	read := playerByID(t, s, "a")
	press, edit := read, read
	press.Card, press.NextAt, press.Auto, press.Ticket = 7, time.Time{}, false, "1/new"
	edit.Card = 2
	if err := s.MovePlayer(t.Context(), press, agreed()); err != nil {
		t.Fatal(err)
	}
	if err := s.MovePlayers(t.Context(), []delivery.Player{edit}, agreed()); err != nil {
		t.Fatal(err)
	}
	press.Version = 2
	if got := playerByID(t, s, "a"); got != press {
		t.Errorf("got %+v, want %+v", got, press)
	}
	gone := read
	gone.Gone = true
	if err := s.MovePlayer(t.Context(), gone, agreed()); !errors.Is(err, delivery.ErrPlayerMoved) {
		t.Errorf("the end of an old version: %v", err)
	}
	gone.Version = 2
	if err := s.MovePlayer(t.Context(), gone, agreed()); err != nil {
		t.Error(err)
	}
	if _, err := s.PlayerByID(t.Context(), "a"); !errors.Is(err, delivery.ErrNoPlayer) {
		t.Errorf("after its end: %v", err)
	}
}

// What is due comes in order, at its second and not before; the clock that
// walks is told when that is.
func TestDuePlayers(t *testing.T) {
	t.Parallel()
	s := openEmpty(t)
	now := agreed()
	wake := func(want time.Time) {
		t.Helper()
		if got, err := s.WakePlayers(t.Context()); !got.Equal(want) || err != nil {
			t.Errorf("wake at %v, %v, want %v", got, err, want)
		}
	}
	wake(time.Time{})
	for id, wait := range map[string]time.Duration{"a": 30 * time.Second, "b": 10 * time.Second, "c": time.Hour} {
		p := ownPlayer(id, id)
		p.NextAt = now.Add(wait)
		start(t, s, p)
	}
	wake(now.Add(10 * time.Second))
	start(t, s, channelPlayer("r", "classes"))
	if n, err := s.JoinPlayer(t.Context(), "r", now, now.Add(5*time.Second)); n != 1 || err != nil {
		t.Errorf("joined: %d, %v", n, err)
	}
	wake(now.Add(5 * time.Second))
	for _, tc := range []struct {
		after time.Duration
		limit int
		want  string
	}{{4 * time.Second, 9, ""}, {5 * time.Second, 9, "r"}, {30 * time.Second, 9, "rba"}, {30 * time.Second, 1, "r"}, {time.Hour, 9, "rbac"}} {
		due, err := s.DuePlayers(t.Context(), now.Add(tc.after), tc.limit)
		got := ""
		for _, p := range due {
			got += p.ID
		}
		if got != tc.want || err != nil {
			t.Errorf("after %v: %q, %v, want %q", tc.after, got, err, tc.want)
		}
	}
	if err := s.DropPlayers(t.Context(), now.Add(30*time.Minute)); err != nil {
		t.Fatal(err)
	}
	wake(time.Time{})
}

// A count is shown by one drawing for all that joined before it, and by a
// second for those that joined after.
func TestJoinPlayer(t *testing.T) {
	t.Parallel()
	s := openEmpty(t)
	start(t, s, channelPlayer("r", "classes"))
	now := agreed()
	join := func(after time.Duration, want time.Duration) {
		t.Helper()
		at := now.Add(after)
		if _, err := s.JoinPlayer(t.Context(), "r", at, at.Add(2*time.Second)); err != nil {
			t.Fatal(err)
		}
		if got := playerByID(t, s, "r").RedrawAt.Sub(now); got != want {
			t.Errorf("joined after %v: drawn after %v, want %v", after, got, want)
		}
	}
	join(0, 2*time.Second)
	join(time.Second, 2*time.Second)
	drawn := playerByID(t, s, "r")
	drawn.RedrawAt = time.Time{}
	join(2*time.Second, 4*time.Second) // while it is drawn
	if err := s.MovePlayers(t.Context(), []delivery.Player{drawn}, now.Add(2*time.Second)); err != nil {
		t.Fatal(err)
	}
	got := playerByID(t, s, "r")
	if got.In != 3 || !got.RedrawAt.Equal(now.Add(4*time.Second)) {
		t.Errorf("after the first drawing: %+v", got)
	}
	got.RedrawAt = time.Time{}
	if err := s.MovePlayers(t.Context(), []delivery.Player{got}, now.Add(4*time.Second)); err != nil {
		t.Fatal(err)
	}
	if got := playerByID(t, s, "r"); !got.RedrawAt.IsZero() {
		t.Errorf("after the second drawing: %+v", got)
	}
	if _, err := s.JoinPlayer(t.Context(), "x", now, now); !errors.Is(err, delivery.ErrNoPlayer) {
		t.Errorf("joining nothing: %v", err)
	}
}

func TestTogetherSwitch(t *testing.T) {
	t.Parallel()
	s := openEmpty(t)
	for _, turn := range []bool{true, false, false, true, true} {
		if err := s.SetTogether(t.Context(), "g", turn); err != nil {
			t.Fatal(err)
		}
		if on, err := s.Together(t.Context(), "g"); on != turn || err != nil {
			t.Errorf("turned %v, got %v, %v", turn, on, err)
		}
	}
	if on, err := s.Together(t.Context(), "another"); !on || err != nil {
		t.Errorf("untouched: %v, %v", on, err)
	}
}
