package commands

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"unpinch/bot"
	"unpinch/schedule"
)

// placeNameMax is the longest name of a place, in characters: it stands in the
// title of each post.
const placeNameMax = 40

// setup makes and changes the place whose classes the bot posts for.
func setup(d Deps) (bot.Command, []bot.Component) {
	s := setupFlow{d,
		bot.String("zone", "setup.option.zone").Complete(d.suggestZones),
		bot.Channel("channel", "setup.option.channel"),
		bot.Role("coach", "setup.option.coach"),
		bot.Channel("log", "setup.option.log"),
		bot.String("name", "setup.option.name"),
		bot.Bool("tidy", "setup.option.tidy"),
		bot.Bool("together", "setup.option.together"),
	}
	return bot.Command{
		Name: "setup", About: "setup.about", Answer: bot.NewPrivate,
		Options: []bot.Option{s.zone, s.channel, s.coach, s.log, s.name, s.tidy, s.together},
		Perm:    bot.ManageServer, Where: []bot.Context{bot.InServer}, Install: []bot.Install{bot.ForServer},
		Run: s.run,
	}, nil
}

type setupFlow struct {
	Deps
	zone     *bot.StringOption
	channel  *bot.ChannelOption
	coach    *bot.RoleOption
	log      *bot.ChannelOption
	name     *bot.StringOption
	tidy     *bot.BoolOption
	together *bot.BoolOption // of the whole server, not of a place
}

// run changes what was given and shows the place as it is then.
func (s setupFlow) run(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	places, err := s.Classes.Places(ctx, req.GuildID)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("set up: %w", err)
	}
	now := s.Now()
	place := schedule.Place{GuildID: req.GuildID, ChannelID: req.ChannelID, Tidy: true, CreatedAt: now}
	if len(places) > 0 {
		place = places[0]
	}
	changed, known, err := s.change(req, &place)
	if err != nil {
		return bot.Reply{}, err
	}
	together, err := s.changeTogether(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	if place.Zone == "" {
		text := req.Say("setup.none")
		if s.together.Given(req) { // it needs no place
			text = togetherLine(req, together) + "\n" + text
		}
		return bot.Reply{Parts: []bot.Part{bot.Container{Accent: accentRead, Parts: []bot.Part{bot.Text(text)}}}}, nil
	}
	if changed {
		if _, err := s.Classes.SavePlace(ctx, place, schedule.By{UserID: req.UserID, At: now}); errors.Is(err, schedule.ErrPlaceName) {
			return bot.Reply{}, &bot.UserError{Key: "setup.name_taken", Args: args{"Name": place.Name}}
		} else if err != nil {
			return bot.Reply{}, fmt.Errorf("set up: %w", err)
		}
		s.Kick()
	}
	return s.card(req, place, known, together, changed || s.together.Given(req))
}

// changeTogether turns the server's switch, if that was given, and returns how
// it stands.
func (s setupFlow) changeTogether(ctx context.Context, req *bot.Request) (on bool, err error) {
	if s.together.Given(req) {
		if err := s.Players.SetTogether(ctx, req.GuildID, s.together.Get(req)); err != nil {
			return false, fmt.Errorf("set up: %w", err)
		}
	}
	if on, err = s.Players.Together(ctx, req.GuildID); err != nil {
		return false, fmt.Errorf("set up: %w", err)
	}
	return on, nil
}

func togetherLine(req *bot.Request, on bool) string {
	return either(on, req.Say("setup.card.together"), req.Say("setup.card.no_together"))
}

// change takes over what was given, and reports whether anything was. known are
// the channels of which the request says what the bot may do there.
func (s setupFlow) change(req *bot.Request, place *schedule.Place) (changed bool, known []bot.ChannelValue, err error) {
	known = []bot.ChannelValue{req.Here()}
	if text := s.zone.Get(req); text != "" {
		zone, err := s.findZone(text)
		if err != nil {
			return false, nil, err
		}
		if place.Zone = zone.Name; place.Name == "" {
			place.Name = zone.City
		}
		changed = true
	}
	if name := strings.Join(strings.Fields(s.name.Get(req)), " "); name != "" {
		if n := utf8.RuneCountInString(name); n > placeNameMax {
			return false, nil, &bot.UserError{Key: "setup.name_long", Args: args{"Seen": n}}
		}
		place.Name, changed = name, true
	}
	if c, ok := s.channel.Get(req); ok {
		place.ChannelID, known, changed = c.ID, append(known, c), true
	}
	if role, ok := s.coach.Get(req); ok {
		if role.ID == req.GuildID { // nobody has it by name, so that it would let in no one
			return false, nil, &bot.UserError{Key: "setup.coach_everyone"}
		}
		place.CoachRole, changed = role.ID, true
	}
	if c, ok := s.log.Get(req); ok {
		place.LogChannel, known, changed = c.ID, append(known, c), true
	}
	if s.tidy.Given(req) {
		place.Tidy, changed = s.tidy.Get(req), true
	}
	return changed, known, nil
}

// findZone reads a zone by its name, or by a city or country that only one
// has.
func (d Deps) findZone(text string) (schedule.Zone, error) {
	now := d.Now()
	if zone, err := d.Zones.Zone(text, now); err == nil {
		return zone, nil
	}
	found := d.Zones.Search(text, now, 3)
	if len(found) == 1 || len(found) > 0 && strings.EqualFold(found[0].City, strings.TrimSpace(text)) {
		return found[0], nil
	}
	if len(found) == 0 {
		return schedule.Zone{}, &bot.UserError{Key: "setup.zone_unknown", Args: args{"Seen": seen(text)}}
	}
	var near []string
	for _, z := range found {
		near = append(near, z.Name)
	}
	return schedule.Zone{}, &bot.UserError{Key: "setup.zone_near", Args: args{"Seen": seen(text), "Near": strings.Join(near, ", ")}}
}

// someZones are suggested before anything is typed, from west to east.
func someZones() []string {
	return []string{"Pacific/Honolulu", "America/Los_Angeles", "America/Denver", "America/Chicago", "America/Mexico_City",
		"America/New_York", "America/Halifax", "America/Sao_Paulo", "Europe/London", "Europe/Lisbon", "Europe/Paris",
		"Europe/Berlin", "Africa/Lagos", "Africa/Johannesburg", "Europe/Athens", "Europe/Istanbul", "Africa/Nairobi",
		"Asia/Dubai", "Asia/Karachi", "Asia/Kolkata", "Asia/Jakarta", "Asia/Singapore", "Asia/Tokyo", "Australia/Sydney",
		"Pacific/Auckland"}
}

// suggestZones lists the zones that what was typed so far may mean.
func (d Deps) suggestZones(_ context.Context, _ *bot.Request, typed string) ([]bot.Choice, error) {
	now := d.Now()
	zones := d.Zones.Search(typed, now, 25)
	if strings.TrimSpace(typed) == "" {
		for _, name := range someZones() {
			z, err := d.Zones.Zone(name, now)
			if err != nil {
				return nil, fmt.Errorf("suggest a zone: %w", err)
			}
			zones = append(zones, z)
		}
	}
	var choices []bot.Choice
	for _, z := range zones {
		zone, err := d.Zones.Location(z.Name)
		if err != nil {
			return nil, fmt.Errorf("suggest a zone: %w", err)
		}
		label := z.City
		if z.Country != "" {
			label += ", " + z.Country
		}
		choices = append(choices, bot.Choice{Label: label + " · " + now.In(zone).Format("15:04"), Value: z.Name})
	}
	return choices, nil
}

// card shows the place.
func (s setupFlow) card(req *bot.Request, p schedule.Place, known []bot.ChannelValue, together, saved bool) (bot.Reply, error) {
	zone, err := s.Zones.Location(p.Zone)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("show the place: %w", err)
	}
	lines := []string{
		req.Say("setup.card.clock", args{"Zone": p.Zone, "Now": s.Now().In(zone).Format("15:04")}),
		req.Say("setup.card.channel", args{"Channel": channelMention(p.ChannelID)}),
		either(p.CoachRole == "", req.Say("setup.card.no_coach"), req.Say("setup.card.coach", args{"Role": roleMention(p.CoachRole)})),
		either(p.LogChannel == "", req.Say("setup.card.no_log"), req.Say("setup.card.log", args{"Channel": channelMention(p.LogChannel)})),
		either(p.Tidy, req.Say("setup.card.tidy"), req.Say("setup.card.no_tidy")),
		togetherLine(req, together),
	}
	parts := []bot.Part{
		bot.Text(req.Say("setup.card.title", args{"Name": plain(p.Name)})),
		bot.Text(bullets(lines)),
	}
	for _, id := range slices.Compact([]string{p.ChannelID, p.LogChannel}) {
		if c, ok := knownChannel(known, id); ok {
			parts = append(parts, bot.Text(permissionLine(req, c)))
		}
	}
	parts = append(parts, bot.Text(req.Say("setup.card.next")))
	if saved {
		parts = append(parts, bot.Text(req.Say("setup.saved")))
	}
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: accentCalm, Parts: parts}}}, nil
}

// knownChannel finds a channel among those of which the request says what the
// bot may do there.
func knownChannel(known []bot.ChannelValue, id string) (bot.ChannelValue, bool) {
	i := slices.IndexFunc(known, func(c bot.ChannelValue) bool { return c.ID == id })
	if i < 0 {
		return bot.ChannelValue{}, false
	}
	return known[i], true
}

// permissionLine says whether the bot can post in a channel.
func permissionLine(req *bot.Request, c bot.ChannelValue) string {
	if missing := missingPerms(req, c); len(missing) > 0 {
		return req.Say("setup.perms.missing", args{"Channel": channelMention(c.ID), "Missing": strings.Join(missing, ", ")})
	}
	return req.Say("setup.perms.fine", args{"Channel": channelMention(c.ID)})
}

// missingPerms names what the bot lacks to post in a channel.
func missingPerms(req *bot.Request, c bot.ChannelValue) []string {
	needed := []struct {
		perm bot.Perm
		key  string
	}{
		{bot.ViewChannel, "perm.view"},
		{bot.SendMessages, "perm.send"},
		{bot.ReadHistory, "perm.history"},
		{bot.AttachFiles, "perm.attach"},
	}
	if c.Thread() {
		needed[1].perm, needed[1].key = bot.SendInThreads, "perm.send_threads"
	}
	var missing []string
	for _, n := range needed {
		if !c.Perms.Has(n.perm) {
			missing = append(missing, req.Say(n.key))
		}
	}
	return missing
}

func channelMention(id string) string { return "<#" + id + ">" }

func roleMention(id string) string { return "<@&" + id + ">" }

func either(first bool, a, b string) string {
	if first {
		return a
	}
	return b
}

// seenMax is how much of a text is quoted when it can't be read, in characters.
const seenMax = 60

// seen is what someone typed, short enough to be quoted.
func seen(text string) string { return cut(strings.Join(strings.Fields(text), " "), seenMax) }

// plain keeps Markdown and mentions in a name from working.
func plain(name string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "~", `\~`, "`", "\\`", "|", `\|`, "<", `\<`, "[", `\[`, "#", `\#`).Replace(name)
}
