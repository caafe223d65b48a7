package player

import (
	"time"

	"unpinch/commands/button"
	"unpinch/content"
	"unpinch/delivery"
)

// The times of a player.
const (
	// ticketMax is how long after a press a private card is still changed. It
	// leaves half a minute of Discord's fifteen for the last change.
	ticketMax = 14*time.Minute + 30*time.Second
	// playerKept is how long after its last card a player can go on.
	playerKept = 30 * time.Minute
	// driftMax is how late a card may come so that the next still keeps to the
	// plan. After a longer wait the next card gets its whole time.
	driftMax = 2 * time.Second
	// togetherAway is how long a channel's player waits for a bot that was away.
	togetherAway = 2 * time.Minute
	// pauseMax is how long a channel's player may stand still.
	pauseMax = 15 * time.Minute
)

// beforeStart is the card of a channel's player before it starts.
const beforeStart = -1

// A playCard is what a player shows at one time: a step of the routine, or the
// change of sides before a step.
type playCard struct {
	Step   int // of the routine, from 0
	Change bool
	Takes  time.Duration
}

// playCards returns the cards of a routine. Switching sides is a card of its
// own, for the time that it takes to get in place.
func playCards(r *content.Routine) []playCard {
	var cards []playCard
	for i, s := range r.Steps() {
		takes := s.Seconds()
		if s.Side == content.Right {
			cards = append(cards, playCard{i, true, content.GetInPlace * time.Second})
			takes -= content.GetInPlace
		}
		cards = append(cards, playCard{i, false, time.Duration(takes) * time.Second})
	}
	return cards
}

// A follower is a player with the routine that it follows.
type follower struct {
	delivery.Player
	follows *content.Routine
	cards   []playCard
	more    bool      // all the buttons are shown, till the next card
	since   time.Time // of the press before; zero after a rest
}

// follow looks up what a player follows. It reports false when this version's
// content has no such routine, or no such card in it.
func follow(lib *content.Library, p delivery.Player) (follower, bool) {
	r, ok := routineNamed(lib, p.Locale, p.Routine)
	if !ok {
		return follower{}, false
	}
	f := follower{Player: p, follows: r, cards: playCards(r)}
	if !f.resting() {
		f.since = p.PressedAt
	}
	return f, p.Card >= beforeStart && p.Card < len(f.cards)
}

// show puts a card on show from an instant on. A card past the last ends the
// player.
func (f follower) show(card int, from time.Time) follower {
	f = f.settled(from)
	f.Card, f.MoveAt = card, time.Time{}
	f.ExpiresAt = from.Add(playerKept)
	if f.Gone = card >= len(f.cards); f.Gone {
		return f
	}
	if f.Auto {
		f.MoveAt = from.Round(time.Second).Add(f.cards[card].Takes)
	}
	return f.plan(from)
}

// settled adds the time that the card on show has had: at most what it takes. One
// that waits has it from the press before.
func (f follower) settled(now time.Time) follower {
	if f.Card < 0 || f.Card >= len(f.cards) || f.MoveAt.IsZero() && f.since.IsZero() {
		return f
	}
	takes := f.cards[f.Card].Takes
	had := now.Sub(f.since)
	if !f.MoveAt.IsZero() {
		had = takes - f.MoveAt.Sub(now)
	}
	f.Spent += min(max(had, 0), takes)
	return f
}

// followed reports whether the routine had most of its time.
func (f follower) followed() bool {
	return f.Together() || f.Spent >= time.Duration(f.follows.Seconds())*time.Second*4/5
}

// plan sets when there is something to do next.
func (f follower) plan(now time.Time) follower {
	f.NextAt = f.MoveAt
	over := f.PressedAt.Add(ticketMax)
	if f.Together() {
		over = now.Add(pauseMax)
	}
	if f.NextAt.IsZero() || !f.Together() && over.Before(f.NextAt) {
		f.NextAt = over
	}
	return f
}

// rest stops the player where it is. It can go on until it expires.
func (f follower) rest(now time.Time) follower {
	f.Ticket, f.MoveAt, f.NextAt = "", time.Time{}, time.Time{}
	f.ExpiresAt = now.Add(playerKept)
	return f
}

// resting reports whether the player has stopped.
func (f follower) resting() bool { return f.Ticket == "" && !f.Together() }

// moveOn does what is due at an instant. away reports that the player has ended
// or rests, because it was due too long ago or has stood still too long.
func (f follower) moveOn(now time.Time) (after follower, away bool) {
	moves := !f.MoveAt.IsZero() && !now.Before(f.MoveAt)
	from := now
	if moves && now.Sub(f.MoveAt) < driftMax {
		from = f.MoveAt
	}
	switch {
	case !f.Together() && !now.Before(f.PressedAt.Add(ticketMax)):
		return f.rest(now), true
	case f.Together() && f.away(now):
		f.Gone = true
		return f, true
	case moves:
		return f.show(f.Card+1, from), false
	case f.Together() && f.MoveAt.IsZero(): // it stands still; only its count has changed
		return f, false
	}
	return f.plan(now), false
}

// away reports whether a channel's player has been left alone for too long.
func (f follower) away(now time.Time) bool {
	if f.MoveAt.IsZero() {
		return !now.Before(f.NextAt)
	}
	return now.Sub(f.MoveAt) > togetherAway
}

// back returns the card before a card. It passes over the switch of sides, which
// nobody wants to do twice.
func (f follower) back(card int) int {
	for card--; card > 0 && f.cards[card].Change; card-- {
	}
	return max(card, 0)
}

// past returns the first card after a drill, given one of the drill's cards.
func (f follower) past(card int) int {
	steps := f.follows.Steps()
	for card++; card < len(f.cards) && steps[f.cards[card].Step].Side == content.Right; card++ {
	}
	return card
}

// stepNumber is the step on show, from 1.
func (f follower) stepNumber() int { return f.cards[max(f.Card, 0)].Step + 1 }

// pressed returns a private player after a press, or false for a button that this
// version does not know. A button moves the player only from the card that it
// stands on, so that a second press, or a press at the moment when a card comes by
// itself, skips nothing.
func (f follower) pressed(s button.PlayState, now time.Time) (follower, bool) {
	stands := s.Card == f.Card
	switch s.Act {
	case button.PlayNext, button.PlayPrevious, button.PlaySkip:
		if !stands {
			return f.again(now), true
		}
	}
	switch s.Act {
	case button.PlayNext:
		return f.show(f.Card+1, now), true
	case button.PlayPrevious:
		return f.show(f.back(f.Card), now), true
	case button.PlaySkip:
		return f.show(f.past(f.Card), now), true
	case button.PlayAgain:
		f = f.show(0, now)
		f.Spent = 0
		return f, true
	case button.PlayContinue:
		return f.show(f.Card, now), true
	case button.PlayStop:
		return f.settled(now).rest(now), true
	case button.PlayMore, button.PlayLess:
		f.more = s.Act == button.PlayMore
		return f.again(now), true
	case button.PlayAuto, button.PlayWait:
		f.Auto = s.Act == button.PlayAuto
		return f.show(f.Card, now), true
	}
	return f, false
}

// again shows the same card. A card that moves on by itself keeps its time.
func (f follower) again(now time.Time) follower {
	if f.Auto && f.MoveAt.IsZero() { // it had stopped
		return f.show(f.Card, now)
	}
	if f.MoveAt.IsZero() { // the press begins its time anew
		f = f.settled(now)
	}
	return f.plan(now)
}

// steered returns a channel's player after a press, and the key of the answer, ""
// for a button that this version does not know. The card is due at once, so that
// it shows what the press did.
func (f follower) steered(a button.TogetherAct, now time.Time) (follower, string) {
	key := "stretch.together.said_pause"
	switch a {
	case button.ActStandby:
		f.MoveAt = time.Time{}
		f = f.plan(now)
	case button.ActGoOn:
		key = "stretch.together.said_on"
		if f.MoveAt.IsZero() {
			f = f.show(max(f.Card, 0), now)
		}
	case button.ActEndOfAll:
		key = "stretch.together.said_end"
		f.Auto, f.MoveAt, f.NextAt = false, time.Time{}, now
		return f, key
	default:
		return f, ""
	}
	f.RedrawAt = now
	return f, key
}
