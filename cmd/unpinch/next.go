package main

import (
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
	Rule  []string `arg:"" help:"When, such as \"mon wed fri 18:00\" or the five fields of cron."`
	Zone  string   `required:"" placeholder:"ZONE" help:"Whose clock, such as Europe/Berlin."`
	From  string   `placeholder:"RFC3339" help:"Strictly after this instant, such as 2027-03-27T12:00:00Z. Now if left out."`
	Count int      `name:"count" short:"n" default:"5" placeholder:"5" help:"How many, from 1 to 100."`
	JSON  bool     `name:"json" help:"As data."`
}

// startJSON is one start as data.
type startJSON struct {
	At    string `json:"at"`
	Local string `json:"local"`
}

// Run prints when a rule runs.
func (c *nextCmd) Run(p program) error {
	zones, err := schedule.LoadZones()
	if err != nil {
		return err
	}
	lib, err := content.Load()
	if err != nil {
		return err
	}
	rule, ruleErr := schedule.Parse(strings.Join(c.Rule, " "))
	zone, zoneErr := zones.Location(c.Zone)
	from, fromErr := c.from(p)
	var countErr error
	if c.Count < 1 || c.Count > 100 {
		countErr = fmt.Errorf("-n: %d is not from 1 to 100", c.Count)
	}
	if err := errors.Join(ruleErr, zoneErr, fromErr, countErr); err != nil {
		return err
	}
	var starts []time.Time
	for at := from; len(starts) < c.Count; starts = append(starts, at) {
		if at, err = rule.Next(at, zone); err != nil {
			return fmt.Errorf("%s after %s: %w", rule, from.Format(time.RFC3339), err)
		}
	}
	if c.JSON {
		return printStartsJSON(p, starts)
	}
	fmt.Fprintf(p.out, "%s, %s (tz data %s)\n", rule.Sentence(lib.In("en")), zone, zones.Version())
	for i, at := range starts {
		before := from.In(zone)
		if i > 0 {
			before = starts[i-1]
		}
		fmt.Fprintf(p.out, "  %s%s\n", at.Format("Mon 2006-01-02 15:04 -07:00"), clockNote(rule, before, at))
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

func printStartsJSON(p program, starts []time.Time) error {
	var out []startJSON
	for _, at := range starts {
		out = append(out, startJSON{at.UTC().Format(time.RFC3339), at.Format(time.RFC3339)})
	}
	enc := json.NewEncoder(p.out)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
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
