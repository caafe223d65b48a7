package commands

import (
	"context"
	"errors"
	"strings"

	"unpinch/bot"
	"unpinch/content"
)

// A readView is what can be read beside a player.
type readView string

const (
	readText    readView = "text"
	readSources readView = "sources"
	readSigns   readView = "signs"
)

// readState says what to read, and of which routine.
type readState struct {
	View    readView
	Routine string
}

// MarshalText returns the state as "view/routine".
func (s readState) MarshalText() ([]byte, error) {
	return []byte(string(s.View) + "/" + s.Routine), nil
}

// UnmarshalText reads what MarshalText wrote.
func (s *readState) UnmarshalText(text []byte) error {
	view, routine, ok := strings.Cut(string(text), "/")
	if !ok {
		return errors.New("want view/routine")
	}
	*s = readState{readView(view), routine}
	return nil
}

// read shows something beside the card that the button stood on.
func (f stretchFlow) read(ctx context.Context, req *bot.Request, s readState) (bot.Reply, error) {
	if s.View == readSigns {
		return pinchedFlow{f.Deps}.turn(ctx, req, pinchedState{View: viewMenu})
	}
	r, ok := f.Content.Routine(req.Locale, s.Routine)
	switch {
	case !ok:
		return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
	case s.View == readText:
		return f.wholeRoutine(req, r), nil
	case s.View == readSources:
		return f.routineSources(req, r), nil
	}
	return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
}

// wholeRoutine is a routine as text, for those who read ahead or print it.
func (f stretchFlow) wholeRoutine(req *bot.Request, r *content.Routine) bot.Reply {
	say := func(key string, a args) string { return req.Say(key, a) }
	head := []string{say("stretch.text.title", args{"Routine": f.routineName(req.Locale, r)})}
	for _, line := range []string{r.Lead, f.Content.NeedWords(req.Locale, r), r.Stop} {
		if line != "" {
			head = append(head, line)
		}
	}
	var drills []string
	for i, e := range r.Entries {
		drills = append(drills, say("stretch.text.drill", args{"Number": i + 1, "Name": e.Drill.Name,
			"Dose": f.Content.DoseWords(req.Locale, e.Dose, e.Drill.Sides), "Steps": strings.Join(e.Steps, " "), "Stop": e.Drill.Stop}))
	}
	parts := []bot.Part{bot.Text(strings.Join(head, "\n")), bot.Text(strings.Join(drills, "\n"))}
	if r.Close != "" {
		parts = append(parts, bot.Text(r.Close))
	}
	parts = append(parts, bot.Text(f.routineFoot(req.Locale, r.Grades, r.Reviewed)))
	return calmCard(parts...)
}

// routineSources lists what a routine rests on, and where to tell a mistake.
func (f stretchFlow) routineSources(req *bot.Request, r *content.Routine) bot.Reply {
	var lines []string
	for _, id := range r.Sources {
		s, _ := f.Content.Source(id) // Load has checked that it exists
		lines = append(lines, link(s.Title, s.URL)+" – "+f.Content.GradeWords(req.Locale, []content.Grade{s.Grade}))
	}
	return calmCard(
		bot.Text(req.Say("stretch.sources.title", args{"Routine": f.routineName(req.Locale, r)})),
		bot.Text(bullets(lines)),
		bot.Text(req.Say("pinched.mistake.text", args{"Contact": f.Operator.Contact, "Card": r.ID, "Version": f.Content.Version})),
	)
}
