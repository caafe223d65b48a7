package post

import (
	"time"

	"unpinch/bot"
	"unpinch/commands/card"
	"unpinch/commands/input"
	"unpinch/schedule"
)

// replaced returns what a post says once its class does not take place as the
// post said.
func (m message) replaced(start schedule.Start) bot.Reply {
	values := bot.Args{"Place": card.Plain(m.series.Place.Name), "Time": m.clocked(m.was().Format("15:04"), m.o.Zone)}
	var parts []bot.Part
	if start.Off == "" {
		values["Wall"] = m.clocked(card.When(m.say, m.now, start.At), m.series.Place.Zone)
		parts = []bot.Part{bot.Text(m.say("post.moved", values))}
	} else {
		parts = append([]bot.Part{bot.Text(m.say("post.off", values))}, m.why(start.Off)...)
	}
	if m.series.Title != "" {
		parts = append(parts, bot.Text(card.Plain(m.series.Title)))
	}
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: card.AccentRead, Parts: parts}}, Silent: true}
}

// was returns the start that the message was about, on the clock by which it was
// planned.
func (m message) was() time.Time {
	if zone, err := m.zones.Location(m.o.Zone); err == nil && m.o.Zone != "" {
		return m.o.StartAt.In(zone)
	}
	return m.start()
}

// clocked names the city of a clock where the class has had another since.
func (m message) clocked(clock, zone string) string {
	if m.o.Zone == "" || m.o.Zone == m.series.Place.Zone {
		return clock
	}
	return m.say("post.on_clock", bot.Args{"Time": clock, "City": input.Atlas{Zones: m.zones, Now: func() time.Time { return m.now }}.City(zone)})
}

// why says why a start does not take place; one that was skipped says no more.
func (m message) why(off schedule.Reason) []bot.Part {
	switch off {
	case schedule.ReasonPaused:
		return []bot.Part{bot.Text(m.say("post.why.paused", bot.Args{"Day": schedule.DayYear.OfDay(m.say, m.series.PausedUntil)}))}
	case schedule.ReasonClosed, schedule.ReasonRemoved:
		return []bot.Part{bot.Text(m.say("post.why." + string(off)))}
	case schedule.ReasonChanged:
		text := m.say("post.why.changed")
		if next, err := m.clock.NextStart(m.now); err == nil {
			text += " " + m.say("post.why.next", bot.Args{"Wall": card.When(m.say, m.now, next)})
		}
		return []bot.Part{bot.Text(text)}
	}
	return nil
}
