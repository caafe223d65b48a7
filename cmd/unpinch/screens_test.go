package main

import (
	"fmt"
	"path/filepath"
	"testing"

	"unpinch/content"
	"unpinch/playground/browser"
)

// TestAnswersWithinTwoScreens: on a small phone the answers of card 1 are seen
// within two screens from its first line, in every area but the mid-back, which has
// the signs of both limbs; nothing takes three.
func TestAnswersWithinTwoScreens(t *testing.T) {
	browser.Ask(t)
	g := newGarden(t)
	bot := run(t, writeConfig(t, t.TempDir(), g.base, "playground"))
	defer bot.stop()
	const width, height = 360, 800
	b := browser.Open(t, g.base, width, height)
	b.Go("/")
	for _, area := range content.AreaIDs() {
		before := browser.Eval[int](b, `document.querySelectorAll("#log > li").length`)
		b.TabTo("Command for #general")
		b.Type("/pinched area:" + area + "\r")
		b.Until(fmt.Sprintf(`document.querySelectorAll("#log > li").length > %d && %s.innerText.includes("list 1 of 2")`, before, last))
		for list, next := range []string{"None of these", ""} {
			deep := browser.Eval[float64](b, `(() => {
				const answers = [...`+last+`.querySelectorAll("button")].filter((x) => x.innerText.includes("None of these"))
				return answers.at(-1).getBoundingClientRect().bottom - `+last+`.querySelector("h1,h2,h3,h4").getBoundingClientRect().top
			})()`)
			t.Logf("%s, list %d: %.0f px, %.2f screens", area, list+1, deep, deep/height)
			if most := 2.0 + float64(list); deep > most*height && area != "mid_back" || deep > 3*height {
				t.Errorf("%s, list %d: the answers end %.0f px below the first line, at most %.0f screens", area, list+1, deep, most)
			}
			if *screenshots != "" {
				b.Shot(filepath.Join(*screenshots, fmt.Sprintf("signs-%s-%d.png", area, list+1)))
			}
			if next != "" {
				b.Press(next)
				b.Until(last + `.innerText.includes("list 2 of 2")`)
			}
		}
	}
}
