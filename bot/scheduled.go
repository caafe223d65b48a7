package bot

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

// Discord's numbers of scheduled events.
const (
	eventGuildOnly = 2 // its one privacy level
	eventElsewhere = 3 // its type: not in a channel of Discord's
	eventScheduled = 1
	eventActive    = 2
	eventCanceled  = 4
)

// The longest texts that Discord takes for an event.
const (
	eventNameMax  = 100
	eventPlaceMax = 100
	eventAboutMax = 1000
)

// A ScheduledEvent is an event on a server's own calendar that takes place
// somewhere else than in a channel. Its texts are cut where Discord would refuse
// them; name and place are never empty.
type ScheduledEvent struct {
	Name, Place, About string
	Start, End         time.Time
}

// wireEvent is an event as it is made and changed. What is nil stays as it is.
type wireEvent struct {
	Name    *string         `json:"name,omitempty"`
	About   *string         `json:"description,omitempty"`
	Start   *time.Time      `json:"scheduled_start_time,omitempty"`
	End     *time.Time      `json:"scheduled_end_time,omitempty"`
	Place   *wireEventPlace `json:"entity_metadata,omitempty"`
	Type    int             `json:"entity_type,omitempty"`
	Privacy int             `json:"privacy_level,omitempty"`
	Status  int             `json:"status,omitempty"`
}

type wireEventPlace struct {
	Location string `json:"location"`
}

// changes has what differs from how an event was; the zero one differs in all.
func (e ScheduledEvent) changes(was ScheduledEvent) (w wireEvent) {
	text := func(was, is string, most int) *string {
		if was, is = cut(was, most), cut(is, most); was != is {
			return &is
		}
		return nil
	}
	w.Name, w.About = text(was.Name, e.Name, eventNameMax), text(was.About, e.About, eventAboutMax)
	if place := text(was.Place, e.Place, eventPlaceMax); place != nil {
		w.Place = &wireEventPlace{*place}
	}
	if !was.Start.Equal(e.Start) || !was.End.Equal(e.End) {
		w.Start, w.End = new(e.Start.UTC()), new(e.End.UTC())
	}
	return w
}

func eventsPath(guildID string) string { return "/guilds/" + guildID + "/scheduled-events" }

// AddEvent makes an event on a server's calendar and returns its id. Discord has
// no nonce for events: after a failure of which Sure is false, OwnEvents tells
// whether it was made. It needs CreateEvents.
func (b *Bot) AddEvent(ctx context.Context, guildID string, e ScheduledEvent) (id string, err error) {
	w := e.changes(ScheduledEvent{})
	w.Type, w.Privacy = eventElsewhere, eventGuildOnly
	var made struct {
		ID string `json:"id"`
	}
	err = b.rest.do(ctx, http.MethodPost, eventsPath(guildID), w, nil, &made)
	return made.ID, err
}

// ChangeEvent writes in what an event of the bot's differs from how it was, and
// leaves alone what people changed about the rest.
func (b *Bot) ChangeEvent(ctx context.Context, guildID, id string, was, is ScheduledEvent) error {
	return b.rest.do(ctx, http.MethodPatch, eventsPath(guildID)+"/"+id, is.changes(was), nil, nil)
}

// CancelEvent marks an event of the bot's that has not begun as cancelled.
func (b *Bot) CancelEvent(ctx context.Context, guildID, id string) error {
	return b.rest.do(ctx, http.MethodPatch, eventsPath(guildID)+"/"+id, wireEvent{Status: eventCanceled}, nil, nil)
}

// DeleteEvent takes an event of the bot's off the calendar, whether it has begun or
// not.
func (b *Bot) DeleteEvent(ctx context.Context, guildID, id string) error {
	return b.rest.do(ctx, http.MethodDelete, eventsPath(guildID)+"/"+id, nil, nil, nil)
}

// OwnEvents returns the bot's own events on a server's calendar that have not
// ended, by their ids.
func (b *Bot) OwnEvents(ctx context.Context, guildID string) (map[string]ScheduledEvent, error) {
	self := b.self.Load()
	if self == nil {
		return nil, errNoSelf
	}
	var all []struct {
		ID      string         `json:"id"`
		Creator string         `json:"creator_id"`
		Name    string         `json:"name"`
		About   string         `json:"description"`
		Start   time.Time      `json:"scheduled_start_time"`
		End     time.Time      `json:"scheduled_end_time"`
		Status  int            `json:"status"`
		Place   wireEventPlace `json:"entity_metadata"`
	}
	if err := b.rest.do(ctx, http.MethodGet, eventsPath(guildID), nil, nil, &all); err != nil {
		return nil, fmt.Errorf("look for events: %w", err)
	}
	own := map[string]ScheduledEvent{}
	for _, e := range all {
		if e.Creator == *self && (e.Status == eventScheduled || e.Status == eventActive) {
			own[e.ID] = ScheduledEvent{e.Name, e.Place.Location, e.About, e.Start.UTC(), e.End.UTC()}
		}
	}
	return own, nil
}
