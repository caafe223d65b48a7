package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"

	"unpinch/commands"
	"unpinch/content"
	"unpinch/schedule"
)

type doctorCmd struct {
	Config string `default:"config.toml" placeholder:"FILE" help:"The configuration of the bot. Without it ${default}."`
	JSON   bool   `name:"json" xor:"live" help:"Print JSON."`
	Live   string `xor:"live" placeholder:"CHANNEL" help:"Try in a channel of your own, by its id, all that the bot does, and delete it again."`
	Thread string `placeholder:"ID" help:"With --live: try a thread too."`
	Role   string `placeholder:"ID" help:"With --live: try to ping a role too, best one that only you have."`
	DM     bool   `name:"dm" help:"With --live: try a message to the application's owner too."`
	Yes    bool   `help:"With --live: ask for no press."`
}

// Run checks everything that can be wrong with a bot, also while it runs, and
// fails if there is a fault. With Live it tries what the bot does, and fails if
// Discord differs from what the playground predicts.
func (c *doctorCmd) Run(ctx context.Context, p program) error {
	if c.Live != "" {
		return c.live(ctx, p)
	}
	if c.Thread != "" || c.Role != "" || c.DM || c.Yes {
		return usageError{errors.New("doctor: --thread, --role, --dm and --yes go with --live CHANNEL")}
	}
	patient, err := p.patient(c.Config)
	if err != nil {
		return err
	}
	found := examine(ctx, patient.checks())
	if c.JSON {
		err = printJSON(p.out, newExamination(found))
	} else {
		printFindings(p.out, found)
	}
	if n := count(found, isFault); err == nil && n > 0 {
		return fmt.Errorf("doctor: %s", newExamination(found).sum())
	}
	return err
}

// A level says how much a finding matters.
type level string

// The levels: nothing to do; it works, and may stop to; it does not work.
const (
	isOK      level = "ok"
	isWarning level = "warning"
	isFault   level = "fault"
)

// A finding is one line of doctor: what was found, and unless it is ok what to do.
type finding struct {
	Check  string `json:"check"`
	Level  level  `json:"level"`
	Says   string `json:"says"`
	Remedy string `json:"remedy,omitempty"`
}

// A check looks at one thing. What it finds bears its name, unless it names
// several.
type check struct {
	name string
	run  func(ctx context.Context) []finding
}

// A patient is a bot as its configuration describes it, with the faults of that.
type patient struct {
	program
	path   string
	cfg    config
	faults error
	lib    *content.Library
	zones  *schedule.Zones
}

func (p program) patient(path string) (patient, error) {
	lib, err := content.Load()
	if err != nil {
		return patient{}, err
	}
	zones, err := schedule.LoadZones()
	if err != nil {
		return patient{}, err
	}
	cfg, faults := loadConfig(path, p.environ)
	return patient{p, path, cfg, faults, lib, zones}, nil
}

// checks lists what doctor looks at, in the order in which it is told.
func (p patient) checks() []check {
	host := []check{
		{"config", p.configuration},
		{"zones", p.zoneData},
		{"clock", p.clock},
	}
	if unread(p.faults) {
		return host // nothing else is known
	}
	return append(host,
		check{"rights", p.rights},
		check{"disk", p.disk},
		check{"database", p.database},
		check{"backup", p.backup},
		check{"running", p.running},
		check{"proxy", p.proxy},
		check{"dns", p.dns},
		check{"discord", p.discord},
	)
}

// commandsHere are the commands of this version.
func (p patient) commandsHere() commandList {
	cmds, _ := commands.All(commands.Deps{Content: p.lib, Now: p.now})
	return cmds
}

// examine runs all checks beside each other, and returns what they found in their
// order.
func examine(ctx context.Context, checks []check) (all []finding) {
	found := make([][]finding, len(checks))
	var wg sync.WaitGroup
	for i, c := range checks {
		wg.Go(func() { found[i] = c.run(ctx) })
	}
	wg.Wait()
	for i, findings := range found {
		for _, f := range findings {
			f.Check = cmp.Or(f.Check, checks[i].name)
			all = append(all, f)
		}
	}
	return all
}

// count returns how many findings are of a level.
func count(found []finding, l level) (n int) {
	for _, f := range found {
		if f.Level == l {
			n++
		}
	}
	return n
}

// An examination is what doctor found, as data.
type examination struct {
	Faults   int       `json:"faults"`
	Warnings int       `json:"warnings"`
	Checks   []finding `json:"checks"`
}

func newExamination(found []finding) examination {
	return examination{count(found, isFault), count(found, isWarning), found}
}

// sum is the examination in a few words.
func (e examination) sum() string {
	return plural(e.Faults, "fault") + ", " + plural(e.Warnings, "warning")
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// printFindings prints a line each, with the remedy below.
func printFindings(w io.Writer, found []finding) {
	for _, f := range found {
		fmt.Fprintf(w, "%-8s %-9s %s\n", f.Level, f.Check, f.Says)
		for line := range strings.SplitSeq(f.Remedy, "\n") {
			if line != "" {
				fmt.Fprintf(w, "%-18s → %s\n", "", line)
			}
		}
	}
	if e := newExamination(found); e.Faults == 0 {
		fmt.Fprintf(w, "\n%s.\n", strings.Replace(e.sum(), "0 faults", "No fault", 1))
	}
}
