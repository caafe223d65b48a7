package bot

import (
	"context"
	"strings"
	"testing"
)

// TestCommandFaults names what Discord would refuse in commands.
func TestCommandFaults(t *testing.T) {
	run := reply("x")
	c := func(o ...Option) Command {
		return Command{Name: "c", About: "a", Answer: NewPrivate, Run: run, Options: o}
	}
	sub := Command{Name: "s", About: "a", Answer: NewPrivate, Run: run}
	long := strings.Repeat("x", 101)
	for name, cmd := range map[string]Command{
		"option twice":       c(String("x", "a"), Bool("x", "a")),
		"long choice label":  c(OneOf("x", "a", []Choice{{long, "v"}})),
		"empty choice label": c(OneOf("x", "a", []Choice{{"", "v"}})),
		"long choice value":  c(OneOf("x", "a", []Choice{{"l", long}})),
		"choice twice":       c(OneOf("x", "a", []Choice{{"l", "v"}, {"l", "w"}})),
		"low over high":      c(Int("x", "a", 5, 1, 3)),
		"subcommand twice":   {Name: "c", About: "a", Subs: []Command{sub, sub}},
		"nested twice":       {Name: "c", About: "a", Subs: []Command{{Name: "d", About: "a", Subs: []Command{{Name: "e", About: "a", Subs: []Command{sub}}}}}},
	} {
		if checkCommands([]Command{cmd}, sayings{}) == nil {
			t.Errorf("%s: no fault", name)
		}
	}
}

func TestIDNamesAreChecked(t *testing.T) {
	for _, name := range []string{"a:b1", "nodigit", "", "x y1"} {
		part := Handle(NewID[pageState](name), Update, func(context.Context, *Request, pageState) (Reply, error) { return Reply{}, nil })
		if _, err := newRouter(Options{Components: []Component{part}, Words: sayings{}, Log: silent()}); err == nil {
			t.Errorf("%q: no fault", name)
		}
	}
}
