package card

import (
	"strconv"
	"strings"
	"time"

	"unpinch/schedule"
	"unpinch/visible"
)

func Either(first bool, a, b string) string {
	if first {
		return a
	}
	return b
}

// Plain is what can be seen of a text that someone wrote, as a card may have it:
// no Markdown, mention or link in it works.
func Plain(name string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "~", `\~`, "`", "\\`", "|", `\|`, "<", `\<`, ">", `\>`, "[", `\[`, "#", `\#`,
		"@", `\@`, "://", `\://`).Replace(visible.Text(name))
}

// Code keeps a text within the marks of code around it, where nothing else works.
func Code(text string) string { return strings.ReplaceAll(text, "`", "'") }

// FromNow is an instant as Discord counts down to it.
func FromNow(at time.Time) string { return "<t:" + strconv.FormatInt(at.Unix(), 10) + ":R>" }

// classNameMax is the longest name of a class without a title, in characters.
const classNameMax = 60

// ClassName names a class where its place is said too: by title, or else by
// rule.
func ClassName(say schedule.Say, s schedule.Series) string {
	return Either(s.Title == "", Cut(s.Rule.Sentence(say), classNameMax), Plain(s.Title))
}

// DayStamp is a day as Discord writes it for each reader.
func DayStamp(at time.Time) string { return "<t:" + strconv.FormatInt(at.Unix(), 10) + ":D>" }

// Wall is an instant on its own zone's clock.
func Wall(say schedule.Say, at time.Time) string { return schedule.Wall.Of(say, at) }

// Slot is a day and a time of day in words, as Wall says them.
func Slot(say schedule.Say, s schedule.Slot) string { return Wall(say, s.On(time.UTC)) }

// Yours is an instant on the reader's clock, which only Discord knows.
func Yours(at time.Time) string { return "<t:" + strconv.FormatInt(at.Unix(), 10) + ":t>" }

func Joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " · " + b
}

// Cut shortens a text to so many characters.
func Cut(s string, most int) string {
	r := []rune(s)
	if len(r) <= most {
		return s
	}
	return string(r[:most-1]) + "…"
}
