// Package input reads what people type into options and forms: zones, countries,
// languages, days, numbers. What it can't read it refuses in words.
package input

import (
	"errors"
	"strconv"
	"strings"

	"unpinch/bot"
	"unpinch/commands/card"
	"unpinch/schedule"
)

// Minutes reads whole minutes within bounds.
func Minutes(text string, low, high int) (int, error) {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err == nil && (n < low || n > high) {
		err = errors.New("out of bounds")
	}
	return n, err
}

// RuleFault says what is wrong with a rule, and what would work: if it can be
// made of the person's own words, that.
func RuleFault(e *schedule.ParseError) *bot.UserError {
	return &bot.UserError{Key: "class.fault." + strings.ReplaceAll(string(e.Fault), " ", "_"),
		Args: bot.Args{"Seen": Seen(e.Seen), "Example": Works(e)}}
}

// RuleOffers are what would work in place of a text with a rule that can't be read:
// a correction made of the person's own words, or what it can mean.
func RuleOffers(text string, e *schedule.ParseError) (offers []bot.Offer) {
	for _, c := range e.Choices {
		offers = append(offers, bot.Offer{Of: text, Text: c.Text, Label: func(say bot.Say) string { return c.Rule.Sentence(say) }})
	}
	if e.Suggest != "" && len(offers) == 0 {
		offers = append(offers, bot.Offer{Of: text, Text: e.Suggest, Label: func(bot.Say) string { return e.Suggest }})
	}
	return offers
}

// Works lists what works instead of a rule that could not be read.
func Works(e *schedule.ParseError) string {
	texts := strings.Split(e.Example(), ", or ")
	for i, text := range texts {
		texts[i] = "`" + card.Code(text) + "`"
	}
	return strings.Join(texts, ", ")
}

// Day reads a day of the calendar. It asks which is meant where a text can be two,
// such as 3/4.
func Day(text string, today, example schedule.Date) (schedule.Date, error) {
	days := schedule.ReadDay(text, today)
	switch len(days) {
	case 0:
		return schedule.Date{}, &bot.UserError{Key: "class.day_odd", Args: bot.Args{"Seen": Seen(text), "Example": example}}
	case 1:
		return days[0], nil
	}
	return schedule.Date{}, WhichDay(text, text, days)
}

// WhichDay asks which of some days a word of a text is.
func WhichDay(text, word string, days []schedule.Date) *bot.UserError {
	ask := &bot.UserError{Key: "class.day_which", Args: bot.Args{"Seen": Seen(word)}}
	for _, d := range days {
		ask.Offers = append(ask.Offers, bot.Offer{Of: text, Text: strings.Replace(text, word, d.String(), 1),
			Label: func(say bot.Say) string { return schedule.DayYear.OfDay(say, d) }})
	}
	return ask
}
