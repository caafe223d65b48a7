package bot

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"unicode/utf8"
)

// wireCommand is a command as Discord's registry has it, without what Discord
// adds (ids, versions), so that ours and Discord's can be compared.
type wireCommand struct {
	ID            string            `json:"id,omitempty"` // Discord's, "" of our own list
	Type          int               `json:"type"`
	Name          string            `json:"name"`
	NameLocal     map[string]string `json:"name_localizations,omitempty"`
	About         string            `json:"description"`
	AboutLocal    map[string]string `json:"description_localizations,omitempty"`
	Options       []wireOption      `json:"options,omitempty"`
	DefaultPerms  *string           `json:"default_member_permissions"`
	Contexts      []Context         `json:"contexts,omitempty"`
	Installs      []Install         `json:"integration_types,omitempty"`
	AgeRestricted bool              `json:"nsfw,omitempty"`
}

type wireOption struct {
	Type       int               `json:"type"`
	Name       string            `json:"name"`
	NameLocal  map[string]string `json:"name_localizations,omitempty"`
	About      string            `json:"description"`
	AboutLocal map[string]string `json:"description_localizations,omitempty"`
	Required   bool              `json:"required,omitempty"`
	Choices    []wireOptChoice   `json:"choices,omitempty"`
	Options    []wireOption      `json:"options,omitempty"`
	Min        *float64          `json:"min_value,omitempty"` // ours are whole; those of an earlier program may not be
	Max        *float64          `json:"max_value,omitempty"`
	Channels   []int             `json:"channel_types,omitempty"`
	Complete   bool              `json:"autocomplete,omitempty"`
}

type wireOptChoice struct {
	Name      string            `json:"name"`
	NameLocal map[string]string `json:"name_localizations,omitempty"`
	Value     any               `json:"value"`
}

// language is what descriptions are registered in; other languages are added
// beside it once the catalogue has them.
const language = "en-US"

func (c Command) wire(words Words) wireCommand {
	w := wireCommand{Type: 1, Name: c.Name, About: words.Say(language, c.About, nil),
		Contexts: c.contexts(), Installs: c.installs(), Options: wireOptions(c.Options, words)}
	for _, s := range c.Subs {
		w.Options = append(w.Options, wireOption{Type: optSub, Name: s.Name,
			About: words.Say(language, s.About, nil), Options: wireOptions(s.Options, words)})
	}
	if c.Perm != 0 {
		perms := strconv.FormatUint(uint64(c.Perm), 10)
		w.DefaultPerms = &perms
	}
	return w
}

func wireOptions(options []Option, words Words) []wireOption {
	var out []wireOption
	for _, o := range options {
		s := o.spec()
		w := wireOption{Type: s.kind, Name: s.name, About: words.Say(language, s.about, nil),
			Required: s.required, Min: float(s.low), Max: float(s.high), Channels: s.channels, Complete: s.complete != nil}
		for _, c := range s.choices {
			w.Choices = append(w.Choices, wireOptChoice{Name: c.Label, Value: c.Value})
		}
		out = append(out, w)
	}
	return out
}

func float(n *int) *float64 {
	if n == nil {
		return nil
	}
	f := float64(*n)
	return &f
}

// canonical fills in what Discord leaves open and drops what it adds, so that equal
// commands are equal values. A command of one server has no contexts or installs.
func (w wireCommand) canonical(guild bool) wireCommand {
	if w.Type == 0 {
		w.Type = 1
	}
	if guild {
		w.Contexts, w.Installs = nil, nil
	}
	w.ID = ""
	w.Contexts, w.Installs = slices.Clone(w.Contexts), slices.Clone(w.Installs)
	slices.Sort(w.Contexts)
	slices.Sort(w.Installs)
	w.NameLocal, w.AboutLocal = none(w.NameLocal), none(w.AboutLocal)
	w.Options = canonicalOptions(w.Options)
	return w
}

func canonicalOptions(options []wireOption) []wireOption {
	var out []wireOption
	for _, o := range options {
		o.NameLocal, o.AboutLocal = none(o.NameLocal), none(o.AboutLocal)
		o.Options = canonicalOptions(o.Options)
		var choices []wireOptChoice
		for _, c := range o.Choices {
			c.NameLocal = none(c.NameLocal)
			choices = append(choices, c)
		}
		o.Choices = choices
		o.Channels = slices.Sorted(slices.Values(o.Channels))
		out = append(out, o)
	}
	return out
}

// none is m, or nil when it is empty.
func none(m map[string]string) map[string]string {
	if len(m) == 0 {
		return nil
	}
	return m
}

var commandName = regexp.MustCompile(`^[a-z0-9_-]{1,32}$`)

const (
	maxCommands = 100
	maxOptions  = 25
	maxAbout    = 100
)

// checkCommands returns every way in which the commands break Discord's
// limits, or lack a handler or words.
func checkCommands(commands []Command, words Words) error {
	var faults []error
	if len(commands) > maxCommands {
		faults = append(faults, fmt.Errorf("%d commands, at most %d", len(commands), maxCommands))
	}
	seen := map[string]bool{}
	for _, c := range commands {
		if seen[c.Name] {
			faults = append(faults, fmt.Errorf("command %s: stands twice", c.Name))
		}
		seen[c.Name] = true
		for _, err := range commandFaults(c, words) {
			faults = append(faults, fmt.Errorf("command %s: %w", c.Name, err))
		}
		if c.Perm != 0 && !slices.Equal(c.Where, []Context{InServer}) {
			faults = append(faults, fmt.Errorf("command %s: asks for a permission, which exists only in a server", c.Name))
		}
	}
	return errors.Join(faults...)
}

func commandFaults(c Command, words Words) []error {
	faults := nameFaults(c.Name, c.About, words)
	switch {
	case len(c.Subs) > 0 && (c.Run != nil || len(c.Options) > 0):
		faults = append(faults, errors.New("has both subcommands and a handler or options"))
	case len(c.Subs) == 0 && (c.Run == nil || c.Answer == 0):
		faults = append(faults, errors.New("has no handler, or does not say how it answers"))
	case c.Answer == Update:
		faults = append(faults, errors.New("a command has no message to update"))
	}
	if len(c.Subs)+len(c.Options) > maxOptions {
		faults = append(faults, fmt.Errorf("%d options, at most %d", len(c.Subs)+len(c.Options), maxOptions))
	}
	seen := map[string]bool{}
	for _, s := range c.Subs {
		if seen[s.Name] {
			faults = append(faults, fmt.Errorf("%s: stands twice", s.Name))
		}
		seen[s.Name] = true
		if len(s.Subs) > 0 {
			faults = append(faults, fmt.Errorf("%s: subcommands of a subcommand are not registered", s.Name))
		}
		for _, err := range commandFaults(s, words) {
			faults = append(faults, fmt.Errorf("%s: %w", s.Name, err))
		}
	}
	return append(faults, optionFaults(c.Options, words)...)
}

func optionFaults(options []Option, words Words) (faults []error) {
	optional, seen := false, map[string]bool{}
	for _, o := range options {
		s := o.spec()
		if seen[s.name] {
			faults = append(faults, fmt.Errorf("option %s: stands twice", s.name))
		}
		seen[s.name] = true
		if s.low != nil && *s.low > *s.high {
			faults = append(faults, fmt.Errorf("option %s: from %d to %d holds no number", s.name, *s.low, *s.high))
		}
		faults = append(faults, choiceFaults(s)...)
		for _, err := range nameFaults(s.name, s.about, words) {
			faults = append(faults, fmt.Errorf("option %s: %w", s.name, err))
		}
		if s.required && optional {
			faults = append(faults, fmt.Errorf("option %s: required, after an optional one", s.name))
		}
		optional = optional || !s.required
		if len(s.choices) > maxChoices || (len(s.choices) > 0 && s.complete != nil) {
			faults = append(faults, fmt.Errorf("option %s: more than %d choices, or choices and suggestions", s.name, maxChoices))
		}
	}
	return faults
}

func choiceFaults(s *optionSpec) (faults []error) {
	labels, values := map[string]bool{}, map[string]bool{}
	for i, c := range s.choices {
		for _, text := range []string{c.Label, c.Value} {
			if n := utf8.RuneCountInString(text); n < 1 || n > maxChoiceLabel {
				faults = append(faults, fmt.Errorf("option %s: choice %d: label and value need 1 to %d characters", s.name, i, maxChoiceLabel))
			}
		}
		if labels[c.Label] || values[c.Value] {
			faults = append(faults, fmt.Errorf("option %s: choice %d: label or value stands twice", s.name, i))
		}
		labels[c.Label], values[c.Value] = true, true
	}
	return faults
}

func nameFaults(name, about string, words Words) (faults []error) {
	if !commandName.MatchString(name) {
		faults = append(faults, fmt.Errorf("name %q is not 1 to 32 lower-case letters, digits, - or _", name))
	}
	said := words.Say(language, about, nil)
	if n := utf8.RuneCountInString(said); n < 1 || n > maxAbout || said == "?"+about {
		faults = append(faults, fmt.Errorf("description %q is missing or over %d characters", about, maxAbout))
	}
	return faults
}
