package post

import (
	"time"

	"unpinch/bot"
	"unpinch/commands/card"
)

// nowTitle is the title of a post that someone asked for: the class, and the start
// that runs at that instant or else comes next. The day stands beside the time
// where it is another.
func (p classPost) nowTitle(asked time.Time) string {
	values := bot.Args{"Place": card.Plain(p.series.Place.Name), "Class": card.ClassName(p.say, p.series)}
	start, err := p.clock.NextStart(asked.Add(-p.series.Length))
	if err != nil {
		return p.say("post.now.over", values)
	}
	values["Time"] = start.Format("15:04")
	if start.YearDay() != asked.YearDay() || start.Year() != asked.Year() {
		values["Time"] = card.When(p.say, asked, start)
	}
	return p.say("post.now.title", values)
}
