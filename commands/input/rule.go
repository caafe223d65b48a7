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

// Works lists what works instead of a rule that could not be read.
func Works(e *schedule.ParseError) string {
	texts := strings.Split(e.Example(), ", or ")
	for i, text := range texts {
		texts[i] = "`" + card.Code(text) + "`"
	}
	return strings.Join(texts, ", ")
}

// Day reads a day of the calendar; the example in its refusal is near today.
func Day(text string, today schedule.Date) (schedule.Date, error) {
	d, err := schedule.ParseDate(strings.TrimSpace(text))
	if err != nil {
		return d, &bot.UserError{Key: "class.day_odd", Args: bot.Args{"Seen": Seen(text), "Example": today}}
	}
	return d, nil
}
