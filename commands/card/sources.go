package card

import (
	"strings"

	"unpinch/bot"
	"unpinch/content"
)

// Foot says how sure a card is, its version, and who has reviewed it.
func Foot(lib *content.Library, locale string, grades []content.Grade, r *content.Review) string {
	say := lib.In(locale)
	reviewed := say("card.foot.unreviewed")
	if r != nil {
		key := Either(r.Changed, "card.foot.changed", "card.foot.reviewed")
		reviewed = say(key, bot.Args{"By": r.By, "Role": r.Role, "Date": r.Date})
	}
	text := "-# "
	if len(grades) > 0 {
		text += say("card.foot.sure", bot.Args{"Grades": lib.GradeWords(locale, grades)}) + " "
	}
	return text + say("card.foot.version", bot.Args{"Version": lib.Version}) + " " + reviewed
}

// Sources returns a line for each source, each once.
func Sources(lib *content.Library, locale string, ids []string) []string {
	var lines []string
	seen := map[string]bool{}
	for _, id := range ids {
		if s, _ := lib.Source(id); !seen[id] { // Load has checked that it exists
			seen[id] = true
			lines = append(lines, Link(s.Title, s.URL)+" – "+lib.SourceWords(locale, s))
		}
	}
	return lines
}

// Link is a title that opens an address, or the bare title without one.
func Link(title, url string) string {
	if url == "" {
		return title
	}
	return "[" + title + "](" + url + ")"
}

// Mistake says where a mistake on the card can be told; back is the custom
// ID that leads back to it.
func Mistake(op Operator, version string, req *bot.Request, card, back string) bot.Reply {
	return Calm(
		bot.Text(req.Say("card.mistake_text", bot.Args{"Contact": op.Contact, "Card": card, "Version": version})),
		bot.Row{{Label: req.Say("card.back"), ID: back}},
	)
}

// Grades joins the grades of two blocks, the weakest first.
func Grades(a, b content.Block) []content.Grade { return content.JoinGrades(a.Grades, b.Grades) }

// JoinGrades joins grades, the weakest first.
func JoinGrades(a, b []content.Grade) []content.Grade { return content.JoinGrades(a, b) }

// Block is a block as Markdown.
func Block(b content.Block) string {
	lines := []string{"### " + b.Title}
	if b.Lead != "" {
		lines = append(lines, b.Lead)
	}
	for _, p := range b.Parts {
		if p.Head != "" {
			lines = append(lines, "**"+p.Head+"**")
		}
		lines = append(lines, Bullets(p.Lines))
	}
	if b.Close != "" {
		lines = append(lines, b.Close)
	}
	return strings.Join(lines, "\n")
}

func Bullets(lines []string) string { return "- " + strings.Join(lines, "\n- ") }
