package class

import (
	"context"
	"slices"
	"strings"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/classwords"
	"unpinch/schedule"
	"unpinch/timetable/paste"
)

const (
	pasteSeen = 80 // characters of a line that a fault shows
	// pasteClasses, pasteFaults, pasteHeads and pasteNotes are how many characters
	// of each a page has.
	pasteClasses, pasteFaults, pasteHeads, pasteNotes = 1100, 800, 300, 300
)

// pasteCard shows what became of a pasted timetable, a page of it: the classes by
// day, what they would do, and the lines that can't be read.
func (c contracts) pasteCard(ctx context.Context, req *bot.Request, drafts []schedule.Series, s sorted, p pasted, page int) (bot.Reply, error) {
	first := drafts[0]
	days, faults := chunks(byDay(req, drafts), pasteClasses), chunks(plainLines(s.faults), pasteFaults)
	pages := max(len(days), len(faults))
	page = min(max(page, 1), pages)
	values := bot.Args{"count": len(drafts), "Place": card.Plain(first.Place.Name), "City": c.atlas.City(first.Place.Zone)}
	parts := []bot.Part{bot.Text(req.Say("class.contract.many", values))}
	if page <= len(days) {
		parts = append(parts, bot.Text(days[page-1]))
	}
	twins, err := c.desk.Twins(ctx, req, drafts)
	if err != nil {
		return bot.Reply{}, err
	}
	if page == 1 {
		more, err := c.pasteFacts(ctx, req, drafts, s, p)
		if err != nil {
			return bot.Reply{}, err
		}
		parts = append(parts, more...)
		if len(twins) > 0 {
			parts = append(parts, twinsPart(req, drafts, twins))
		}
	}
	if page <= len(faults) {
		parts = append(parts, bot.Text(req.Say("class.paste.faults", bot.Args{"count": len(s.faults)})+"\n"+faults[page-1]))
	}
	save := req.Say("class.contract.save")
	if s.added > 0 {
		save += tells(req, drafts)
	}
	parts = append(parts, bot.Text(save), pasteRow(req, drafts, s, len(twins)))
	if row := pastePages(req, first.Batch, page, pages); len(row) > 0 {
		parts = append(parts, bot.Text(req.Say("class.list.page", bot.Args{"Page": page, "Pages": pages})), row)
	}
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: card.AccentRead, Parts: parts}}}, nil
}

// pasteFacts say what the drafts of a pasted timetable would do.
func (c contracts) pasteFacts(ctx context.Context, req *bot.Request, drafts []schedule.Series, s sorted, p pasted) (parts []bot.Part, err error) {
	all, err := c.timed(slices.DeleteFunc(slices.Clone(drafts), func(d schedule.Series) bool { return d.Removes }))
	if err != nil {
		return nil, err
	}
	if text := differences(req, drafts, s, p); text != "" {
		parts = append(parts, bot.Text(text))
	}
	if text := headings(req, s.headings); text != "" {
		parts = append(parts, bot.Text(text))
	}
	if p.half != paste.Unasked {
		parts = append(parts, bot.Text(req.Say(card.Either(p.half == paste.Morning, "class.paste.morning", "class.paste.evening"))))
	}
	if len(all) == 0 {
		return parts, nil
	}
	posts, err := c.nextPosts(req, all)
	if err != nil {
		return nil, err
	}
	gaps, err := c.gapLines(ctx, req, all)
	if err != nil {
		return nil, err
	}
	parts = append(parts, bot.Text(postsFact(req, all[0].Series)), bot.Text(req.Say("class.contract.posts")+"\n"+card.Bullets(posts)))
	for _, line := range slices.Concat(c.clockLines(req, all), gaps[:min(len(gaps), 1)], c.reach.lines(ctx, req, drafts, known{})) {
		parts = append(parts, bot.Text(line))
	}
	return parts, nil
}

// differences say what is there already, what changes and what isn't in it.
func differences(req *bot.Request, drafts []schedule.Series, s sorted, p pasted) string {
	var lines []string
	if s.there > 0 {
		lines = append(lines, req.Say("class.paste.there", bot.Args{"count": s.there}))
	}
	changed := 0
	for _, d := range drafts {
		if d.DraftOf != 0 && !d.Removes {
			changed++
		}
	}
	if changed > 0 {
		lines = append(lines, req.Say("class.paste.changed", bot.Args{"count": changed}))
	}
	if len(s.missing) > 0 {
		var gone []string
		for _, o := range s.missing {
			gone = append(gone, classwords.Line(req, o))
		}
		key := card.Either(p.drop, "class.paste.goes", "class.paste.stays")
		lines = append(lines, req.Say(key, bot.Args{"count": len(gone), "Classes": card.Cut(strings.Join(gone, "; "), pasteNotes)}))
	}
	if len(lines) > 0 {
		return card.Bullets(lines)
	}
	return ""
}

// headings say back the lines that are no classes.
func headings(req *bot.Request, all []paste.Heading) string {
	var used, left []string
	for _, h := range all {
		text := card.Plain(card.Cut(h.Text, pasteSeen))
		if h.Classes == 0 {
			left = append(left, text)
			continue
		}
		used = append(used, req.Say("class.paste.heading", bot.Args{"Text": text, "count": h.Classes}))
	}
	var lines []string
	if len(used) > 0 {
		lines = append(lines, req.Say("class.paste.headings", bot.Args{"Headings": card.Cut(strings.Join(used, "; "), pasteHeads)}))
	}
	if len(left) > 0 {
		lines = append(lines, req.Say("class.paste.left", bot.Args{"Lines": card.Cut(strings.Join(left, "; "), pasteHeads)}))
	}
	return strings.Join(lines, "\n")
}

// pasteRow has what can be done with a pasted timetable.
func pasteRow(req *bot.Request, drafts []schedule.Series, s sorted, twins int) bot.Row {
	first, once := drafts[0], int64(button.SaveOnce)
	if twins > 0 {
		once = button.SaveTwins
	}
	save := bot.Button{Label: req.Say("class.button.save_these", bot.Args{"count": len(drafts)}), Style: bot.Success,
		ID: button.ClassID.For(button.ClassState{Act: button.ActSave, ID: first.Batch, N: once})}
	if s.removed > 0 {
		save.Label, save.Style = req.Say("class.button.save_drop", bot.Args{"count": len(drafts) - s.removed, "Removed": s.removed}), bot.Danger
	}
	row := bot.Row{save}
	if n := len(s.faults); n > 0 {
		row = append(row, restButton(req, first.Batch, n))
	}
	row = append(row, bot.Button{Label: req.Say("class.button.preview"), ID: button.ClassLookID.For(button.ClassState{Act: button.ActShow, ID: first.ID, N: 0})})
	if len(s.faults) == 0 && !slices.ContainsFunc(drafts, func(d schedule.Series) bool { return d.DraftOf != 0 }) {
		form := button.LinesState{Place: first.Place.ID, Batch: first.Batch, Lead: int(first.Lead.Minutes()), CoolDown: first.CoolDown}
		row = append(row, bot.Button{Label: req.Say("class.button.change"), ID: button.LinesFormID.For(form)})
	}
	if len(s.missing) > 0 {
		state := button.ClassState{Act: button.ActDrop, ID: first.Batch, N: 1}
		if s.removed > 0 {
			state.N = 0
		}
		key := card.Either(s.removed > 0, "class.button.drop_none", "class.button.drop")
		row = append(row, bot.Button{Label: req.Say(key, bot.Args{"count": len(s.missing)}), ID: button.TimetableID.For(state)})
	}
	return row
}

// restButton opens the form of the lines that can't be read.
func restButton(req *bot.Request, batch int64, count int) bot.Button {
	return bot.Button{Label: req.Say("class.button.mend_others", bot.Args{"count": count}), ID: button.TimetableFormID.For(button.ClassState{Act: button.ActRest, ID: batch})}
}

func pastePages(req *bot.Request, batch int64, page, pages int) (row bot.Row) {
	to := func(key string, page int) bot.Button {
		return bot.Button{Label: req.Say(key), ID: button.TimetableID.For(button.ClassState{Act: button.ActPage, ID: batch, N: int64(page)})}
	}
	if page > 1 {
		row = append(row, to("card.page_before", page-1))
	}
	if page < pages {
		row = append(row, to("card.page_after", page+1))
	}
	return row
}

// restCard shows what is wrong with a pasted timetable of which nothing else can
// be saved.
func (c contracts) restCard(req *bot.Request, batch int64, s sorted, page int) bot.Reply {
	faults := chunks(plainLines(s.faults), 2*pasteFaults)
	page = min(max(page, 1), len(faults))
	parts := []bot.Part{bot.Text(req.Say("class.lines.refused")), bot.Text(faults[page-1])}
	if text := headings(req, s.headings); text != "" && page == 1 {
		parts = append(parts, bot.Text(text))
	}
	row := bot.Row{{Label: req.Say("class.button.mend_lines"), ID: button.TimetableFormID.For(button.ClassState{Act: button.ActRest, ID: batch}), Style: bot.Primary}}
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: card.AccentRead, Parts: append(parts, append(row, pastePages(req, batch, page, len(faults))...))}}}
}

// A shown is a line of a card; a head goes before lines, on every page of theirs.
type shown struct{ head, text string }

func plainLines(lines []string) (all []shown) {
	for _, text := range lines {
		all = append(all, shown{"", "- " + text})
	}
	return all
}

// chunks parts lines into pages of so many characters.
func chunks(all []shown, most int) (pages []string) {
	page, head := "", ""
	for _, l := range all {
		if page != "" && len(page)+len(l.text)+len(l.head) > most {
			pages, page, head = append(pages, page), "", ""
		}
		if l.head != head {
			page, head = strings.TrimLeft(page+"\n"+l.head, "\n"), l.head
		}
		page = strings.TrimLeft(page+"\n"+l.text, "\n")
	}
	if page != "" {
		pages = append(pages, page)
	}
	return pages
}
