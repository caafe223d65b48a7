package commands

import (
	"context"
	"strings"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/content"
	"unpinch/schedule"
)

// refused is a store in which a DM to everybody was refused; told counts who
// asked.
type refused struct{ told int }

func (r *refused) TellClosedDM(context.Context, string, time.Time) (bool, error) {
	r.told++
	return true, nil
}

func (r *refused) Member(context.Context, string) (schedule.Member, error) {
	return schedule.Member{DMsClosed: time.Unix(1, 0)}, nil
}

// TestAFullReplyDoesNotTell: a reply without room for the line, a form and a
// public answer are left as they are, so that the next command tells.
func TestAFullReplyDoesNotTell(t *testing.T) {
	lib, err := content.Load()
	if err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct {
		reply  bot.Reply
		answer bot.Answer
		tells  bool
	}{
		"short":  {bot.Reply{Parts: []bot.Part{bot.Text("x")}}, bot.NewPrivate, true},
		"full":   {bot.Reply{Parts: []bot.Part{bot.Text(strings.Repeat("x", 3990))}}, bot.NewPrivate, false},
		"form":   {bot.Reply{Modal: &bot.Modal{}}, bot.NewPrivate, false},
		"public": {bot.Reply{Parts: []bot.Part{bot.Text("x")}}, bot.NewPublic, false},
	} {
		dms := &refused{}
		c := bot.Command{Name: "x", Answer: tc.answer, Run: func(context.Context, *bot.Request) (bot.Reply, error) { return tc.reply, nil }}
		dmTeller{dms, func() time.Time { return time.Unix(2, 0) }}.wrap(&c)
		req, err := bot.NewRequest(lib, "42", nil)
		if err != nil {
			t.Fatal(err)
		}
		got, err := c.Run(t.Context(), req)
		if err != nil {
			t.Fatal(err)
		}
		if told := dms.told == 1 && len(got.Parts) == 2; told != tc.tells {
			t.Errorf("a %s reply tells: %t", name, told)
		}
	}
}
