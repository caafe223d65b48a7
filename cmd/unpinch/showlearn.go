package main

import (
	"fmt"
	"io"
	"strings"

	"unpinch/content"
)

type showLearnCmd struct {
	Topic string `arg:"" optional:"" placeholder:"TOPIC" help:"The topic, such as prevention. Without it the list."`
	JSON  bool   `name:"json" help:"As data."`
}

// topicJSON is a topic as data.
type topicJSON struct {
	ID          string               `json:"id"`
	Title       string               `json:"title"`
	Lead        string               `json:"lead"`
	Parts       []partJSON           `json:"parts"`
	Close       string               `json:"close"`
	Corrections []content.Correction `json:"corrections"`
	Sources     []sourceJSON         `json:"sources"`
}

type partJSON struct {
	Head  string   `json:"head"`
	Lines []string `json:"lines"`
}

// learnJSON is show learn without a topic: all there is to read.
type learnJSON struct {
	Topics   []topicJSON    `json:"topics"`
	Glossary []glossaryJSON `json:"glossary"`
}

type glossaryJSON struct {
	Area       string              `json:"area"`
	Name       string              `json:"name"`
	Sensations []content.Sensation `json:"sensations"`
	Sources    []sourceJSON        `json:"sources"`
}

// Run prints a topic, or what there is to read.
func (c *showLearnCmd) Run(p program) error {
	lib, err := content.Load()
	if err != nil {
		return err
	}
	if c.Topic == "" {
		return showTopics(p.out, lib, c.JSON)
	}
	t, err := findTopic(lib, c.Topic)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(p.out, topicData(lib, t))
	}
	printBlock(p.out, t.Text)
	if len(t.Corrections) > 0 {
		fmt.Fprintln(p.out, "CORRECTIONS")
		for _, correction := range t.Corrections {
			fmt.Fprintf(p.out, "  - The article said: %s Corrected: %s\n", correction.Said, correction.Found)
		}
		fmt.Fprintln(p.out)
	}
	printSources(p.out, lib, t.Sources)
	return nil
}

func showTopics(w io.Writer, lib *content.Library, asJSON bool) error {
	if !asJSON {
		for _, t := range lib.Topics("en") {
			fmt.Fprintf(w, "%-20s %s\n", t.ID, t.Text.Title)
		}
		return nil
	}
	var out learnJSON
	for _, t := range lib.Topics("en") {
		out.Topics = append(out.Topics, topicData(lib, t))
	}
	for _, g := range lib.Glossaries("en") {
		out.Glossary = append(out.Glossary, glossaryJSON{g.Area, g.Name, g.Sensations, sourcesJSON(lib, g.Sources)})
	}
	return printJSON(w, out)
}

func topicData(lib *content.Library, t *content.Topic) topicJSON {
	out := topicJSON{ID: t.ID, Title: t.Text.Title, Lead: t.Text.Lead, Close: t.Text.Close,
		Corrections: append([]content.Correction{}, t.Corrections...), Sources: sourcesJSON(lib, t.Sources)}
	for _, part := range t.Text.Parts {
		lines := make([]string, 0, len(part.Lines))
		for _, l := range part.Lines {
			lines = append(lines, unmarked(l))
		}
		out.Parts = append(out.Parts, partJSON{part.Head, lines})
	}
	return out
}

// findTopic looks a topic up by its id or title, in any case.
func findTopic(lib *content.Library, name string) (*content.Topic, error) {
	var known []string
	for _, t := range lib.Topics("en") {
		for _, n := range t.Names() {
			if strings.EqualFold(n, strings.TrimSpace(name)) {
				return t, nil
			}
		}
		known = append(known, t.ID)
	}
	return nil, usageError{fmt.Errorf("there is no topic %q; what works: %s", name, strings.Join(known, ", "))}
}
