package main

import (
	"encoding/json"
	"fmt"
	"io"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"unpinch/content"
	"unpinch/schedule"
)

type showCmd struct {
	Pinched showPinchedCmd `cmd:"" help:"What to check first, and what to do next, for one area of the body."`
	Modify  showModifyCmd  `cmd:"" help:"How lifts load the body, how to change them, and what to swap in."`
	Stretch showStretchCmd `cmd:"" help:"A routine for neck and upper back, step by step."`
	Swaps   showSwapsCmd   `cmd:"" help:"What to swap in for every lift, for each area and each wish."`
	Learn   showLearnCmd   `cmd:"" help:"A topic to read, or the list of topics."`
	Review  showReviewCmd  `cmd:"" help:"All content with sources, grades and review state, for a clinician to read in one sitting."`
}

type showPinchedCmd struct {
	Area string `required:"" placeholder:"AREA" help:"The area, such as neck."`
	JSON bool   `name:"json" help:"As data."`
}

// pinchedJSON is show pinched as data.
type pinchedJSON struct {
	Area    string         `json:"area"`
	Signs   []content.Sign `json:"danger_signs"`
	Ladder  []content.Rung `json:"ladder"`
	Pause   []string       `json:"pause"`
	Instead []string       `json:"instead"`
	Sources []sourceJSON   `json:"sources"`
}

type sourceJSON struct {
	ID    string        `json:"id"`
	Title string        `json:"title"`
	URL   string        `json:"url"`
	Grade content.Grade `json:"grade"`
}

// Run prints the area's cards.
func (c *showPinchedCmd) Run(p program) error {
	lib, err := content.Load()
	if err != nil {
		return err
	}
	a, err := findArea(lib, c.Area)
	if err != nil {
		return err
	}
	rungs := a.LadderOn(p.now(), func(at time.Time) string { return schedule.DateShort.Of(lib.In("en"), at) })
	for i := range rungs {
		rungs[i].Text = unmarked(rungs[i].Text)
	}
	if !c.JSON {
		printArea(p.out, lib, a, rungs)
		return nil
	}
	plan := lib.Lifts("en").Plan(a.ID)
	return printJSON(p.out, pinchedJSON{Area: a.ID, Signs: a.Signs.All(), Ladder: rungs,
		Pause: liftNames(plan.Pause), Instead: liftNames(plan.Instead), Sources: sourcesJSON(lib, pinchedSources(lib, a))})
}

// liftNames returns the names of lifts, an empty list for none.
func liftNames(lifts []*content.Exercise) []string {
	out := []string{}
	for _, e := range lifts {
		out = append(out, e.Name)
	}
	return out
}

// pinchedSources returns the sources of an area and of its lifts, each once.
func pinchedSources(lib *content.Library, a *content.Area) []string {
	plan := lib.Lifts("en").Plan(a.ID)
	out := a.Sources()
	for _, e := range slices.Concat(plan.Pause, plan.Instead) {
		for _, id := range e.Sources {
			if !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out
}

// printJSON prints a value as data that people can read too.
func printJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// findArea looks an area up by its id, its name or where it is felt, in any case.
func findArea(lib *content.Library, name string) (*content.Area, error) {
	var known []string
	for _, a := range lib.Areas("en") {
		for _, n := range []string{a.ID, a.Name, a.Felt} {
			if strings.EqualFold(n, strings.TrimSpace(name)) {
				return a, nil
			}
		}
		known = append(known, a.ID)
	}
	return nil, usageError{fmt.Errorf("there is no area %q; what works: %s", name, strings.Join(known, ", "))}
}

// unmarked drops the marks of bold text.
func unmarked(text string) string { return strings.ReplaceAll(text, "**", "") }

// printArea prints the cards as plain text, in the order in which they open.
func printArea(w io.Writer, lib *content.Library, a *content.Area, rungs []content.Rung) {
	list := func(title string, lines []string) {
		fmt.Fprintf(w, "%s\n", strings.ToUpper(title))
		for _, l := range lines {
			fmt.Fprintf(w, "  - %s\n", unmarked(l))
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintf(w, "%s\n\n%s\n\n", a.Felt, strings.ReplaceAll(lib.Say("en", "pinched.signs.ask", nil), "-# ", ""))
	printSigns(w, "Call now if you have one of these", a.Signs.Now)
	printSigns(w, "Be seen today or tomorrow if you have one of these", a.Signs.Soon)
	var ladder []string
	for _, r := range rungs {
		ladder = append(ladder, r.Text)
	}
	list(a.Ladder.Title, ladder)
	plan := lib.Lifts("en").Plan(a.ID)
	list("Leave out for now", liftNames(plan.Pause))
	list("Instead", liftNames(plan.Instead))
	for _, b := range []content.Block{a.Tonight, a.FirstDays, a.Nerve, a.Back, a.Clinic} {
		printBlock(w, b)
	}
	list("Also read", alsoLines(lib, a))
	printSources(w, lib, pinchedSources(lib, a))
}

// printSources ends what show prints.
func printSources(w io.Writer, lib *content.Library, ids []string) {
	fmt.Fprintf(w, "SOURCES\n")
	for _, id := range ids {
		fmt.Fprintf(w, "  - %s\n", sourceLine(lib, id))
	}
	fmt.Fprintf(w, "\nVersion %s. Training information, not medical advice.\n", lib.Version)
}

func sourceLine(lib *content.Library, id string) string {
	s, _ := lib.Source(id) // Load has checked that it exists
	return strings.TrimSpace(fmt.Sprintf("%s: %s (%s) %s", s.ID, s.Title, lib.SourceWords("en", s), s.URL))
}

func sourcesJSON(lib *content.Library, ids []string) []sourceJSON {
	out := []sourceJSON{}
	for _, id := range ids {
		s, _ := lib.Source(id) // Load has checked that it exists
		out = append(out, sourceJSON{s.ID, s.Title, s.URL, s.Grade})
	}
	return out
}

func printBlock(w io.Writer, b content.Block) {
	fmt.Fprintln(w, strings.ToUpper(b.Title))
	if b.Lead != "" {
		fmt.Fprintln(w, b.Lead)
	}
	for _, part := range b.Parts {
		if part.Head != "" {
			fmt.Fprintf(w, "  %s\n", part.Head)
		}
		for _, l := range part.Lines {
			fmt.Fprintf(w, "  - %s\n", unmarked(l))
		}
	}
	if b.Close != "" {
		fmt.Fprintln(w, b.Close)
	}
	fmt.Fprintln(w)
}

// alsoLines returns why other areas are worth reading, and their ids.
func alsoLines(lib *content.Library, a *content.Area) []string {
	lines := []string{a.Also.Text}
	for _, id := range a.Also.Areas {
		other, _ := lib.Area("en", id) // Load has checked that it exists
		lines = append(lines, other.Name+": unpinch show pinched --area "+id)
	}
	return lines
}

// printSigns prints one card of danger signs.
func printSigns(w io.Writer, title string, list content.SignList) {
	fmt.Fprintln(w, strings.ToUpper(title))
	for _, g := range list.Groups {
		fmt.Fprintf(w, "  %s\n", g.Head)
		for _, l := range g.Lines {
			fmt.Fprintf(w, "  - %s\n", l.Text)
		}
	}
	fmt.Fprintln(w)
}

type versionCmd struct{}

// Run prints the versions.
func (versionCmd) Run(p program) error {
	lib, err := content.Load()
	if err != nil {
		return err
	}
	zones, err := schedule.LoadZones()
	if err != nil {
		return err
	}
	fmt.Fprintf(p.out, "unpinch %s\ncontent %s\ntime zones %s\n", version(), lib.Version, zones.Version())
	return nil
}

// release is the version that this code is or leads up to.
const release = "0.1.0"

// version names the release and, where the build knows it, the commit.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return release
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return release + " (" + s.Value[:12] + ")"
		}
	}
	return release
}
