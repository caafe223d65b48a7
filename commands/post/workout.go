package post

import (
	"strings"

	"unpinch/bot"
	"unpinch/commands/card"
	"unpinch/commands/input"
)

const (
	// workoutLines is how many lines of a workout a post has.
	workoutLines = 12
	// workoutWide is how long a line of it may be, in characters.
	workoutWide = 80
)

// workoutText is the workout as the coach wrote it, without blank lines. A long one
// ends with how many lines are left out.
func (m message) workoutText() string {
	var lines []string
	for line := range strings.Lines(m.workout.Lines) {
		if line = input.OneLine(line); line != "" {
			lines = append(lines, card.Plain(card.Cut(line, workoutWide)))
		}
	}
	if more := len(lines) - workoutLines; more > 0 {
		lines = append(lines[:workoutLines-1], m.say("post.workout.more", bot.Args{"count": more + 1}))
	}
	return m.say("post.workout", bot.Args{"Lines": strings.Join(lines, "\n")})
}
