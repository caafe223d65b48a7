package reading

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/input"
	"unpinch/content"
)

// A board is a workout line by line, as a coach wrote it: lifts, and what stands
// between them.
type board struct {
	name, how string // of a famous one
	lines     []boardLine
	lifts     int // of the lines, those that may be one
	cut       bool
}

// A boardLine is a lift, or what may be one, or a line that names none, such as
// "3 rounds for time:".
type boardLine struct {
	content.Line
	head bool
}

// readBoard reads a workout.
func readBoard(lifts *content.Lifts, text string) board {
	w := lifts.Read(text)
	b := board{name: w.Name, how: w.How, lifts: len(w.Lines), cut: w.Cut}
	left := w.Lines
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		n := 0
		for rest := line; n < len(left); n++ {
			end := endOf(rest, left[n].Text)
			if end < 0 {
				break
			}
			rest = rest[end:]
			b.lines = append(b.lines, boardLine{Line: left[n]})
		}
		left = left[n:]
		if n == 0 && line != "" && !b.says(line) {
			b.lines = append(b.lines, boardLine{Line: content.Line{Text: line}, head: true})
		}
	}
	if len(left) == 0 {
		return b
	}
	b.lines = nil // lines that aren't in the text, of a famous workout: all of them, and nothing else
	for _, l := range w.Lines {
		b.lines = append(b.lines, boardLine{Line: l})
	}
	return b
}

// endOf returns where whole words end in a text, or -1 if it hasn't them.
func endOf(text, words string) int {
	for from := 0; ; {
		i := strings.Index(text[from:], words)
		if i < 0 || words == "" {
			return -1
		}
		start, end := from+i, from+i+len(words)
		before, _ := utf8.DecodeLastRuneInString(text[:start])
		after, _ := utf8.DecodeRuneInString(text[end:])
		if !unicode.IsLetter(before) && !unicode.IsLetter(after) {
			return end
		}
		from = end
	}
}

// says reports whether the last lift says how much already, as a line below it does.
func (b board) says(dose string) bool {
	n := len(b.lines)
	return n > 0 && strings.Contains(b.lines[n-1].Dose, dose)
}

// title names a famous workout, after a text; "" of any other.
func (b board) title(after string) string {
	if b.name == "" {
		return ""
	}
	return after + "**" + b.name + "**\n" + b.how
}

// backMost is how much of a workout is said back, in characters.
const backMost = 2400

// ReadBack says line by line what is read of a workout that was pasted, and what is
// not. It refuses a text that names nothing which may be a lift, and one of more
// lifts than a card takes.
func (r *Room) ReadBack(req *bot.Request, text string) (string, error) {
	b := readBoard(r.lifts.content.Lifts(req.Locale), text)
	if b.lifts == 0 {
		return "", &bot.UserError{Key: "workout.nothing"}
	}
	if b.lifts > button.LiftsMost {
		return "", &bot.UserError{Key: "modify.too_many", Args: bot.Args{"Most": button.LiftsMost}}
	}
	var lines []string
	sure, unsure, long := 0, 0, 0
	for i, l := range b.lines {
		if l.Certain() {
			sure++
		} else if !l.head {
			unsure++
		}
		line := readLine(req, l)
		if long += len([]rune(line)); long > backMost {
			lines = append(lines, req.Say("modify.more", bot.Args{"Count": len(b.lines) - i}))
			break
		}
		lines = append(lines, line)
	}
	said := req.Say(card.Either(sure > 0, "workout.read", "workout.read_none"), bot.Args{"count": sure}) + b.title("\n") + "\n" + card.Bullets(lines)
	if unsure > 0 {
		said += "\n" + req.Say("workout.unsure_note")
	}
	if b.cut {
		said += "\n" + req.Say("modify.cut")
	}
	return said, nil
}

// readLine says what is read of a line.
func readLine(req *bot.Request, l boardLine) string {
	switch {
	case l.head:
		return input.Seen(l.Text)
	case !l.Certain() && len(l.Near) > 0:
		return req.Say("workout.unsure_near", bot.Args{"Line": input.Seen(l.Text), "Near": l.Near[0].Name})
	case !l.Certain():
		return req.Say("workout.unsure", bot.Args{"Line": input.Seen(l.Text)})
	case l.Dose == "":
		return req.Say("modify.lift", bot.Args{"Lift": l.Exercise.Name})
	}
	return req.Say("modify.lift_dosed", bot.Args{"Lift": l.Exercise.Name, "Dose": card.Plain(l.Dose)})
}
