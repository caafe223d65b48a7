package class

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"unpinch/bot"
	"unpinch/commands/input"
	"unpinch/schedule"
)

// untilNone takes the last day of a class away.
const untilNone = "none"

// classOptions are what /class add and /class edit say of a class.
type classOptions struct {
	at       *bot.StringOption
	length   *bot.IntOption
	title    *bot.StringOption
	before   *bot.IntOption
	warmUp   *bot.StringOption
	coolDown *bot.BoolOption
	channel  *bot.ChannelOption
	ping     *bot.RoleOption
	until    *bot.StringOption
}

// newClassOptions returns the options with the descriptions that begin so.
func newClassOptions(about string) classOptions {
	var focuses []bot.Choice
	for _, f := range schedule.Focuses() {
		focuses = append(focuses, bot.Choice{Label: f.String(), Value: f.String()})
	}
	return classOptions{
		bot.String("at", about+"at"),
		bot.Int("length", about+"length", minutesMin, minutesMax, 0),
		bot.String("title", about+"title"),
		bot.Int("before", about+"before", 0, leadMax, 0),
		bot.OneOf("warm_up", about+"warm_up", focuses),
		bot.Bool("cool_down", about+"cool_down"),
		bot.Channel("channel", about+"channel"),
		bot.Role("ping", about+"ping"),
		bot.String("until", about+"until"),
	}
}

func (o classOptions) all() []bot.Option {
	return []bot.Option{o.at, o.length, o.title, o.before, o.warmUp, o.coolDown, o.channel, o.ping, o.until}
}

// take puts what was given on a class, all but whom it pings, and returns what
// the request tells of its channel.
func (o classOptions) take(t timing, req *bot.Request, s *schedule.Series) (k known, err error) {
	at, until := s.Rule.String(), s.Until.String()
	if o.at.Given(req) {
		at = o.at.Get(req)
	}
	if o.until.Given(req) {
		until = o.until.Get(req)
	}
	if strings.EqualFold(strings.TrimSpace(until), untilNone) {
		until = ""
	}
	if err := t.read(s, at, until); err != nil {
		return k, err
	}
	if o.title.Given(req) {
		if s.Title, err = title(o.title.Get(req)); err != nil {
			return k, err
		}
	}
	if o.length.Given(req) {
		s.Length = time.Duration(o.length.Get(req)) * time.Minute
	}
	if o.before.Given(req) {
		s.Lead = time.Duration(o.before.Get(req)) * time.Minute
	}
	if o.warmUp.Given(req) {
		s.WarmUp, _ = schedule.ParseFocus(o.warmUp.Get(req))
	}
	if o.coolDown.Given(req) {
		s.CoolDown = o.coolDown.Get(req)
	}
	if c, ok := o.channel.Get(req); ok {
		s.ChannelID, k.channels = c.ID, []bot.ChannelValue{c}
	}
	return k, nil
}

// takePing puts the role on a class that its warm-up post pings.
func (o classOptions) takePing(req *bot.Request, s *schedule.Series, k *known) error {
	role, ok := o.ping.Get(req)
	switch {
	case !ok:
		return nil
	case role.ID == req.GuildID:
		return &bot.UserError{Key: "class.ping_everyone"}
	case s.Lead == 0:
		return &bot.UserError{Key: "class.ping_no_pre"}
	}
	s.RoleID, k.roles = role.ID, []bot.RoleValue{role}
	return nil
}

// timing reads when classes start.
type timing struct{ atlas input.Atlas }

// read reads when a class starts, and its last day.
func (t timing) read(s *schedule.Series, at, until string) error {
	rule, err := schedule.Parse(at)
	if pe, ok := errors.AsType[*schedule.ParseError](err); ok {
		return input.RuleFault(pe)
	}
	if err != nil {
		return fmt.Errorf("read the rule: %w", err)
	}
	s.Rule = rule
	r, err := s.Recurrence(t.atlas.Zones)
	if err != nil {
		return fmt.Errorf("read the rule: %w", err)
	}
	s.Until = schedule.Date{}
	if until != "" {
		today := schedule.DateOf(t.atlas.Now().In(r.Zone))
		if s.Until, err = input.Day(until, today, today); err != nil {
			return err
		}
		if s.Until.Before(today) {
			return &bot.UserError{Key: "class.until_past", Args: bot.Args{"Seen": s.Until, "Today": today}}
		}
	}
	return nil
}
