package class

import (
	"slices"

	"unpinch/bot"
	"unpinch/commands/card"
	"unpinch/commands/draft"
	"unpinch/schedule"
)

// facts says what the rule does not.
func facts(req *bot.Request, s schedule.Series) string {
	values := bot.Args{"Title": card.Plain(s.Title), "Minutes": int(s.Length.Minutes()), "Channel": card.ChannelMention(s.ChannelID)}
	text := req.Say(card.Either(s.Title == "", "class.minutes", "class.contract.titled"), values)
	switch {
	case s.Purpose == schedule.ForDesk:
		text = req.Say("class.contract.desk_facts", values)
	case len(s.Posts()) == 0:
		text += "\n" + req.Say("class.contract.no_posts")
	default:
		text = card.Joined(text, req.Say("class.contract.where", values))
	}
	if !s.Until.IsZero() {
		text += "\n" + req.Say("class.contract.until", bot.Args{"Day": schedule.DayYear.OfDay(req.Say, s.Until)})
	}
	if days := s.Rule.Weekdays(req.Say, s.Place.Country); days != "" {
		text += "\n" + req.Say("class.contract.weekdays", bot.Args{"Days": days})
	}
	return text
}

// postsFact says which posts each of several classes has.
func postsFact(req *bot.Request, s schedule.Series) string {
	key := "class.contract.no_posts"
	switch {
	case s.Purpose == schedule.ForDesk:
		key = "class.contract.desk_facts"
	case s.Lead > 0 && s.CoolDown:
		key = "class.contract.both"
	case s.Lead > 0:
		key = "class.contract.pre_only"
	case s.CoolDown:
		key = "class.contract.cool_down_only"
	}
	return req.Say(key, bot.Args{"Lead": int(s.Lead.Minutes()), "Channel": card.ChannelMention(s.ChannelID)})
}

// nextPosts says when the next posts of all drafts together go out.
func (c contracts) nextPosts(req *bot.Request, drafts []timed) ([]string, error) {
	var all []draft.Due
	for _, l := range drafts {
		next, err := draft.Next(l.Series, l.Recurrence, c.atlas.Now(), contractPosts)
		if err != nil {
			return nil, err
		}
		all = append(all, next...)
	}
	slices.SortStableFunc(all, func(a, b draft.Due) int { return a.At.Compare(b.At) })
	var lines []string
	for _, d := range all[:min(len(all), contractPosts)] {
		line := req.Say("class.contract."+card.Either(d.Kind == "", "start", string(d.Kind)), bot.Args{"Wall": card.When(req.Say, c.atlas.Now(), d.At), "Yours": card.Yours(d.At)})
		if len(drafts) > 1 && d.Title != "" {
			line = card.Joined(line, card.Plain(d.Title))
		}
		lines = append(lines, line)
	}
	if len(lines) == 0 {
		lines = []string{req.Say("class.card.never")}
	}
	return lines, nil
}
