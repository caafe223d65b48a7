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
	length := time.Duration(0)
	if o.length.Given(req) {
		length = time.Duration(o.length.Get(req)) * time.Minute
	}
	if o.at.Given(req) {
		err = t.rule(s, o.at.Get(req), length)
	}
	if err == nil && o.until.Given(req) {
		err = t.until(s, o.until.Get(req))
	}
	if err != nil {
		return k, err
	}
	if length != 0 {
		s.Length = length
	}
	if o.title.Given(req) {
		if s.Title, err = title(o.title.Get(req)); err != nil {
			return k, err
		}
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

// rule reads when a class starts, and its length and last day where the text has
// them. The length that stands beside the text, 0 for none, must be the same.
func (t timing) rule(s *schedule.Series, at string, length time.Duration) error {
	here, err := s.Place.Here(t.atlas.Now(), t.atlas.Zones)
	if err != nil {
		return fmt.Errorf("read the rule: %w", err)
	}
	r, err := schedule.Read(at, here)
	if pe, ok := errors.AsType[*schedule.ParseError](err); ok {
		return ruleFault(at, pe)
	}
	if err != nil {
		return fmt.Errorf("read the rule: %w", err)
	}
	if r.Length != 0 {
		if length != 0 && length != r.Length {
			return ruleFault(at, &schedule.ParseError{Fault: schedule.FaultSpan, Seen: r.LengthWords, Suggest: r.Rule.Typed(s.Place.Country)})
		}
		if n := int(r.Length.Minutes()); n < minutesMin || n > minutesMax {
			return &bot.UserError{Key: "class.long_number", Args: bot.Args{"Seen": input.Seen(r.LengthWords)}}
		}
		s.Length = r.Length
	}
	if until := r.Rule.Until(); !until.IsZero() {
		if err := t.lasts(s, until, here.Today); err != nil {
			return err
		}
	}
	s.Rule = r.Rule.WithoutUntil()
	return nil
}

// ruleFault says what is wrong with a text for a rule, and offers what would work.
func ruleFault(at string, e *schedule.ParseError) error {
	ue := input.RuleFault(e)
	ue.Offers = input.RuleOffers(at, e)
	return ue
}

// until reads the last day of a class, or takes it away.
func (t timing) until(s *schedule.Series, text string) error {
	if text = strings.TrimSpace(text); text == "" || strings.EqualFold(text, untilNone) {
		s.Until = schedule.Date{}
		return nil
	}
	here, err := s.Place.Here(t.atlas.Now(), t.atlas.Zones)
	if err != nil {
		return fmt.Errorf("read the last day: %w", err)
	}
	day, err := input.Day(text, here.Today, here.Today)
	if err != nil {
		return err
	}
	return t.lasts(s, day, here.Today)
}

// lasts gives a class its last day, which is not over.
func (t timing) lasts(s *schedule.Series, until, today schedule.Date) error {
	if until.Before(today) {
		return &bot.UserError{Key: "class.until_past", Args: bot.Args{"Seen": until, "Today": today}}
	}
	s.Until = until
	return nil
}
