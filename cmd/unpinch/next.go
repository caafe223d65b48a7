package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"unpinch/content"
	"unpinch/schedule"
)

type nextCmd struct {
	Rule    []string `arg:"" help:"When, such as \"mon wed fri 18:00\" or the five fields of cron; - reads rules from standard input, one a line."`
	Zone    string   `required:"" placeholder:"ZONE" help:"Whose clock, such as Europe/Berlin."`
	Country string   `placeholder:"CODE" help:"Whose weekdays, such as IL for Sunday to Thursday. Monday to Friday if left out."`
	From    string   `placeholder:"RFC3339" help:"Strictly after this instant, such as 2027-03-27T12:00:00Z. Now if left out."`
	Count   int      `name:"count" short:"n" default:"5" placeholder:"5" help:"How many, from 1 to 100."`
	JSON    bool     `name:"json" help:"As data."`
}

// startJSON is one start as data.
type startJSON struct {
	At    string `json:"at"`
	Local string `json:"local"`
}

// nextJSON is what a rule of standard input is read as.
type nextJSON struct {
	Rule    string      `json:"rule"`
	As      string      `json:"as"` // as it is stored
	Minutes int         `json:"length_min,omitempty"`
	Next    []startJSON `json:"next"`
}

// refusedJSON is why one could not be read.
type refusedJSON struct {
	Rule    string   `json:"rule"`
	Error   string   `json:"error"`
	Word    string   `json:"word"`              // what was not understood
	Suggest string   `json:"suggest"`           // a rule of the same words, "" for none
	Choices []string `json:"choices,omitempty"` // what it can mean, where that is more than one thing
}

// A nextRun has what rules are read against, and from when on.
type nextRun struct {
	zone *time.Location
	here schedule.Here
	from time.Time
	most int
}

// Run prints when a rule runs.
func (c *nextCmd) Run(p program) error {
	zones, err := schedule.LoadZones()
	if err != nil {
		return err
	}
	from, fromErr := c.from(p)
	zone, zoneErr := zones.OfPlace(c.Zone, from)
	var countErr, countryErr error
	if c.Count < 1 || c.Count > 100 {
		countErr = fmt.Errorf("-n: %d is not from 1 to 100", c.Count)
	}
	if len(c.Country) != 0 && len(c.Country) != 2 {
		countryErr = fmt.Errorf("--country: %q is not a code of two letters such as PT", c.Country)
	}
	run := nextRun{zone: zone, here: schedule.Here{Country: strings.ToUpper(c.Country)}, from: from, most: c.Count}
	if zoneErr == nil && fromErr == nil {
		run.here.Today = schedule.DateOf(from.In(zone))
	}
	text := strings.Join(c.Rule, " ")
	var r schedule.Reading
	var ruleErr error
	if text != "-" {
		r, ruleErr = schedule.Read(text, run.here)
	}
	if flags := errors.Join(zoneErr, fromErr, countErr, countryErr); flags != nil {
		return usageError{errors.Join(ruleErr, flags)}
	}
	if ruleErr != nil {
		return ruleErr
	}
	if text == "-" {
		return run.each(p)
	}
	return c.one(p, run, r, zones.Version())
}

// one prints when one rule runs.
func (c *nextCmd) one(p program, run nextRun, r schedule.Reading, version string) error {
	starts, err := run.starts(r.Rule)
	switch {
	case err != nil:
		return err
	case len(starts) == 0:
		return fmt.Errorf("%s after %s: %w", r.Rule, run.from.Format(time.RFC3339), schedule.ErrNever)
	case c.JSON:
		enc := json.NewEncoder(p.out)
		enc.SetIndent("", "  ")
		return enc.Encode(startsJSON(starts))
	}
	return run.print(p, r, starts, version)
}

// starts returns the next starts of a rule: fewer if it ends.
func (n nextRun) starts(rule schedule.Rule) ([]time.Time, error) {
	var starts []time.Time
	for at := n.from; len(starts) < n.most; starts = append(starts, at) {
		var err error
		if at, err = rule.Next(at, n.zone); errors.Is(err, schedule.ErrNever) {
			return starts, nil
		} else if err != nil {
			return nil, fmt.Errorf("%s after %s: %w", rule, at.Format(time.RFC3339), err)
		}
	}
	return starts, nil
}

// each reads rules, one a line, and writes when each runs or why it can't be
// read.
func (n nextRun) each(p program) error {
	out := bufio.NewWriter(p.out)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	lines := bufio.NewScanner(p.in)
	lines.Buffer(nil, longestName)
	for lines.Scan() {
		line, err := n.line(strings.TrimSuffix(lines.Text(), "\r"))
		if err == nil {
			err = enc.Encode(line)
		}
		if err != nil {
			return fmt.Errorf("write when %q is: %w", lines.Text(), err)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read the rules: %w", err)
	}
	return out.Flush()
}

// line says what a rule of standard input is.
func (n nextRun) line(text string) (any, error) {
	r, err := schedule.Read(text, n.here)
	if pe, ok := errors.AsType[*schedule.ParseError](err); ok {
		out := refusedJSON{Rule: text, Error: pe.Error(), Word: pe.Seen, Suggest: pe.Suggest}
		for _, c := range pe.Choices {
			out.Choices = append(out.Choices, c.Text)
			out.Suggest = cmp.Or(out.Suggest, c.Text)
		}
		return out, nil
	}
	if err != nil {
		return nil, err
	}
	starts, err := n.starts(r.Rule)
	return nextJSON{text, r.Rule.String(), int(r.Length.Minutes()), startsJSON(starts)}, err
}

// print says in words what a rule is, and when it runs.
func (n nextRun) print(p program, r schedule.Reading, starts []time.Time, version string) error {
	lib, err := content.Load()
	if err != nil {
		return err
	}
	length := ""
	if r.Length != 0 {
		length = fmt.Sprintf(", %d min", int(r.Length.Minutes()))
	}
	fmt.Fprintf(p.out, "%s%s, %s (tz data %s)\n", r.Rule.Sentence(lib.In("en")), length, n.zone, version)
	before := n.from.In(n.zone)
	for _, at := range starts {
		fmt.Fprintf(p.out, "  %s%s\n", at.Format("Mon 2006-01-02 15:04 -07:00"), clockNote(r.Rule, before, at))
		before = at
	}
	return nil
}

// from returns the instant to start at.
func (c *nextCmd) from(p program) (time.Time, error) {
	if c.From == "" {
		return p.now(), nil
	}
	from, err := time.Parse(time.RFC3339, c.From)
	if err != nil {
		return time.Time{}, fmt.Errorf("--from: %q is not an instant such as 2027-03-27T12:00:00Z", c.From)
	}
	return from, nil
}

func startsJSON(starts []time.Time) []startJSON {
	out := make([]startJSON, 0, len(starts))
	for _, at := range starts {
		out = append(out, startJSON{at.UTC().Format(time.RFC3339), at.Format(time.RFC3339)})
	}
	return out
}

// clockNote says if the clock was changed between two starts, and if the
// second is not at its time because of that.
func clockNote(rule schedule.Rule, before, at time.Time) string {
	_, a := before.Zone()
	_, b := at.Zone()
	note := ""
	switch {
	case a < b:
		note = fmt.Sprintf("  the clock went forward by %d min", (b-a)/60)
	case a > b:
		note = fmt.Sprintf("  the clock went back by %d min", (a-b)/60)
	}
	if !slices.Contains(rule.Times(), schedule.Clock(at.Hour()*60+at.Minute())) {
		note += " and skipped its time"
	}
	return note
}
