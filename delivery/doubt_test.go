package delivery_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"unpinch/schedule"
)

// A hall is a gym with a class each day at 18:00, whose clock is walked by hand.
type hall struct {
	*gym
	now   time.Time
	place schedule.Place
	class schedule.Series
	sent  []string // what went out, each as "kind 18:00" or "off 18:00 > 19:00"
}

func clock(text string) time.Time {
	at, err := time.Parse("2006-01-02 15:04:05", "2026-12-02 "+text)
	if err != nil {
		panic(err)
	}
	return at
}

func newHall(t *testing.T, followed bool) *hall {
	t.Helper()
	h := &hall{gym: newGym(t), now: clock("12:00:00")}
	h.place = schedule.Place{GuildID: "1", Name: "Hall", Zone: "UTC", ChannelID: "c", CreatedAt: h.now}
	id, err := h.store.SavePlace(t.Context(), h.place, h.by())
	h.check(err)
	h.place.ID = id
	s := h.series(h.place, "daily 18:00", func(s *schedule.Series) { s.CreatedAt, s.DraftUntil = h.now, h.now.Add(time.Hour) })
	batch, err := h.store.AddDrafts(t.Context(), 0, []schedule.Series{s})
	h.check(err)
	_, err = h.store.SaveDrafts(t.Context(), batch, h.by())
	h.check(err)
	h.class, err = h.store.Series(t.Context(), batch)
	h.check(err)
	if followed {
		h.check(h.store.Agree(t.Context(), "anna", 1, "en", h.now))
		h.check(h.store.Follow(t.Context(), schedule.Follow{UserID: "anna", Place: h.place, ClassID: h.class.ID, Days: schedule.EveryDay}, h.class, h.now))
	}
	h.walk("12:01:00")
	h.sent = nil
	return h
}

func (h *hall) by() schedule.By { return schedule.By{UserID: "coach", At: h.now} }

// walk does what is due, each half a minute up to a time of day.
func (h *hall) walk(to string) {
	h.Helper()
	for end := clock(to); !h.now.After(end); h.now = h.now.Add(30 * time.Second) {
		h.step()
	}
}

// step does what is due now.
func (h *hall) step() {
	h.Helper()
	_, err := h.dispatcher().Tick(h.Context(), h.now)
	h.check(err)
	for {
		all, err := h.store.Claim(h.Context(), h.now, "me", time.Minute, 10)
		h.check(err)
		if len(all) == 0 {
			return
		}
		for _, o := range all {
			if !h.now.Before(o.Deadline()) {
				o.State, o.Reason = schedule.StateSkipped, schedule.ReasonAway
			} else {
				h.sent = append(h.sent, line(o))
				o.State, o.MessageID, o.SentAt = schedule.StateSent, fmt.Sprint(1000+o.ID), h.now
			}
			h.check(h.store.Finish(h.Context(), "me", o))
		}
	}
}

func line(o schedule.Occurrence) string {
	start := o.StartAt.Format("15:04")
	switch {
	case o.Kind != schedule.KindOff:
		return string(o.Kind) + " " + start
	case o.SaysAt.IsZero():
		return "off " + start + " " + string(o.Reason)
	}
	return "off " + start + " > " + o.SaysAt.Format("15:04")
}

// today is the start of the day.
func (h *hall) today() schedule.Start {
	h.Helper()
	s, err := h.store.Posted(h.Context(), h.class.ID)
	h.check(err)
	r, err := s.Recurrence(h.zones)
	h.check(err)
	start, ok := r.Start(schedule.Slot{Day: date(h, "2026-12-02"), Clock: 18 * 60})
	if !ok {
		h.Fatal("the rule has no start today")
	}
	return start
}

func (h *hall) move(to string) {
	h.Helper()
	h.check(h.store.Move(h.Context(), h.class.ID, h.today(), schedule.SlotOf(clock(to)), h.by()))
}

func (h *hall) skip()   { h.check(h.store.Skip(h.Context(), h.class.ID, h.today(), h.by())) }
func (h *hall) unskip() { h.check(h.store.Unskip(h.Context(), h.class.ID, h.today(), h.by())) }

func (h *hall) pause(until string) {
	h.Helper()
	h.check(h.store.Pause(h.Context(), h.class.ID, date(h, until), h.by()))
}

// edited is a draft of the class with another rule.
func (h *hall) edited(rule string) schedule.Series {
	h.Helper()
	s, err := h.store.Series(h.Context(), h.class.ID)
	h.check(err)
	s.Rule, s.DraftOf, s.DraftUntil = parse(h, rule), s.ID, h.now.Add(time.Hour)
	return s
}

func (h *hall) edit(rule string) {
	h.Helper()
	batch, err := h.store.AddDrafts(h.Context(), 0, []schedule.Series{h.edited(rule)})
	h.check(err)
	_, err = h.store.SaveDrafts(h.Context(), batch, h.by())
	h.check(err)
}

func (h *hall) file(rule string) {
	h.Helper()
	batch, err := h.store.AddBatch(h.Context(), []schedule.Series{h.edited(rule)}, nil, h.now.Add(time.Hour))
	h.check(err)
	h.check(h.store.ApplyBatch(h.Context(), batch, nil, h.by()))
}

func (h *hall) zone(name string) {
	h.Helper()
	all, err := h.store.Places(h.Context(), "1")
	h.check(err)
	all[0].Zone = name
	_, err = h.store.SavePlace(h.Context(), all[0], h.by())
	h.check(err)
}

func (h *hall) close() {
	h.check(h.store.CloseDays(h.Context(), h.place.ID, []schedule.Date{date(h, "2026-12-02")}, h.by()))
}

func (h *hall) open() {
	h.check(h.store.OpenDays(h.Context(), h.place.ID, []schedule.Date{date(h, "2026-12-02")}, h.by()))
}

// post is the state of the first post, and the start that it is about.
func (h *hall) post() string {
	h.Helper()
	all := h.ledger("1")
	for i := len(all) - 1; i >= 0; i-- {
		if o := all[i]; o.Kind == schedule.KindPre && o.MessageID != "" {
			first := string(o.State) + o.StartAt.Format(" 15:04")
			for _, o := range all {
				if o.Kind == schedule.KindPre && o.MessageID != "" && o.DueAt.Before(all[i].DueAt) {
					first = string(o.State) + o.StartAt.Format(" 15:04")
				}
			}
			return first
		}
	}
	return "none"
}

// Whatever becomes of a start, its post says so and whoever heard of it hears
// once more; a snoozed DM goes along. Rows are changes at 17:52, or at 17:40 when
// nothing is out.
func TestMessagesFollowTheirStart(t *testing.T) {
	for name, tc := range map[string]struct {
		change                    func(*hall)
		post                      string // the first post in the end
		none, out, heard, snoozed string // what goes out then
	}{
		"nothing": {func(*hall) {}, "sent 18:00", "pre 18:00, notice 18:00", "", "", "notice 18:00"},
		"skip":    {(*hall).skip, "replaced 18:00", "", "", "off 18:00 skipped", "off 18:00 skipped"},
		"skip, put back at once": {func(h *hall) { h.skip(); h.unskip() }, "sent 18:00",
			"pre 18:00, notice 18:00", "", "", "notice 18:00"},
		"skip, put back": {func(h *hall) { h.skip(); h.step(); h.unskip() }, "sent 18:00",
			"pre 18:00, notice 18:00", "", "off 18:00 skipped, off 18:00 > 18:00", "off 18:00 skipped, off 18:00 > 18:00, notice 18:00"},
		"move":       {func(h *hall) { h.move("19:00:00") }, "replaced 18:00", "pre 19:00, notice 19:00", "pre 19:00", "off 18:00 > 19:00, pre 19:00, notice 19:00", "off 18:00 > 19:00, pre 19:00, notice 19:00"},
		"move a bit": {func(h *hall) { h.move("18:01:00") }, "sent 18:01", "pre 18:01, notice 18:01", "", "off 18:00 > 18:01", "off 18:00 > 18:01, notice 18:01"},
		"move ahead": {func(h *hall) { h.move("17:58:00") }, "sent 17:58", "pre 17:58, notice 17:58", "", "off 18:00 > 17:58", "off 18:00 > 17:58, notice 17:58"},
		"move twice": {func(h *hall) { h.move("19:00:00"); h.move("19:30:00") }, "replaced 18:00", "pre 19:30, notice 19:30", "pre 19:30", "off 18:00 > 19:30, pre 19:30, notice 19:30", "off 18:00 > 19:30, pre 19:30, notice 19:30"},
		"move, and back": {func(h *hall) { h.move("19:00:00"); h.step(); h.move("18:00:00") }, "sent 18:00",
			"pre 18:00, notice 18:00", "", "off 18:00 > 19:00, off 19:00 > 18:00", "off 18:00 > 19:00, off 19:00 > 18:00, notice 18:00"},
		"move, and skip": {func(h *hall) { h.move("19:00:00"); h.step(); h.skip() }, "replaced 18:00",
			"", "", "off 18:00 > 19:00, off 19:00 skipped", "off 18:00 > 19:00, off 19:00 skipped"},
		"pause":             {func(h *hall) { h.pause("2026-12-05") }, "replaced 18:00", "", "", "off 18:00 paused", "off 18:00 paused"},
		"pause, and resume": {func(h *hall) { h.pause("2026-12-05"); h.step(); h.pause("2026-12-01") }, "sent 18:00", "pre 18:00, notice 18:00", "", "off 18:00 paused, off 18:00 > 18:00", "off 18:00 paused, off 18:00 > 18:00, notice 18:00"},
		"edit the time":     {func(h *hall) { h.edit("daily 18:30") }, "replaced 18:00", "pre 18:30, notice 18:30", "pre 18:30", "off 18:00 > 18:30, pre 18:30, notice 18:30", "off 18:00 > 18:30, pre 18:30, notice 18:30"},
		"edit, and back":    {func(h *hall) { h.edit("daily 18:30"); h.edit("daily 18:00") }, "sent 18:00", "pre 18:00, notice 18:00", "", "", "notice 18:00"},
		"edit the days":     {func(h *hall) { h.edit("mon 18:00") }, "replaced 18:00", "", "", "off 18:00 changed", "off 18:00 changed"},
		"file":              {func(h *hall) { h.file("daily 18:30") }, "replaced 18:00", "pre 18:30, notice 18:30", "pre 18:30", "off 18:00 > 18:30, pre 18:30, notice 18:30", "off 18:00 > 18:30, pre 18:30, notice 18:30"},
		"remove":            {func(h *hall) { h.check(h.store.Remove(h.Context(), h.class.ID, h.by())) }, "replaced 18:00", "", "", "off 18:00 removed", "off 18:00 removed"},
		"close":             {(*hall).close, "replaced 18:00", "", "", "off 18:00 closed", "off 18:00 closed"},
		"close, and open":   {func(h *hall) { h.close(); h.step(); h.open() }, "sent 18:00", "pre 18:00, notice 18:00", "", "off 18:00 closed, off 18:00 > 18:00", "off 18:00 closed, off 18:00 > 18:00, notice 18:00"},
		"zone":              {func(h *hall) { h.zone("Atlantic/Azores") }, "replaced 18:00", "pre 19:00, notice 19:00", "pre 19:00", "off 18:00 > 19:00, pre 19:00, notice 19:00", "off 18:00 > 19:00, pre 19:00, notice 19:00"},
		"zone, after a skip": {func(h *hall) { h.skip(); h.step(); h.zone("Atlantic/Azores") }, "replaced 18:00",
			"", "", "off 18:00 skipped", "off 18:00 skipped"},
	} {
		for _, stage := range []struct {
			name, at string
			followed bool
			snoozed  bool
			want     string
		}{
			{"none", "17:40:00", true, false, tc.none},
			{"pre out", "17:52:00", false, false, tc.out},
			{"notice out", "17:52:00", true, false, tc.heard},
			{"snoozed", "17:52:00", true, true, tc.snoozed},
		} {
			t.Run(name+"/"+stage.name, func(t *testing.T) {
				t.Parallel()
				h := newHall(t, stage.followed)
				h.now = clock("17:35:00")
				h.walk(stage.at)
				if stage.snoozed {
					o := h.newest(schedule.KindNotice)
					h.check(h.store.Snooze(t.Context(), o, clock("17:58:00")))
				}
				h.sent = nil
				tc.change(h)
				h.walk("20:00:00")
				if got := strings.Join(h.sent, ", "); got != stage.want {
					t.Errorf("got %q, want %q", got, stage.want)
				}
				if got := h.post(); stage.name != "none" && got != tc.post {
					t.Errorf("the post is %q, want %q", got, tc.post)
				}
			})
		}
	}
}

// newest is the latest message of a kind.
func (h *hall) newest(k schedule.Kind) schedule.Occurrence {
	h.Helper()
	for id := int64(50); id > 0; id-- {
		if o, err := h.store.Occurrence(h.Context(), id); err == nil && o.Kind == k {
			return o
		}
	}
	h.Fatalf("no %s", k)
	return schedule.Occurrence{}
}
