package page

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"unpinch/playground/wire"
)

// A database is what GET /database says of the bot's, which a demo alone has.
type database struct {
	Tables []struct {
		Name string `json:"name"`
		Rows int    `json:"rows"`
	} `json:"tables"`
	Fingerprint string `json:"fingerprint"`
}

// countRows counts what the bot has written down. The first count stays, for the
// second to stand beside.
func countRows(w *doorWalk) error {
	var now database
	if err := w.get(w.ctx, "database", nil, &now); err != nil {
		return err
	}
	if w.res.counted[0].Fingerprint == "" {
		w.res.counted[0] = now
		return nil
	}
	w.res.counted[1] = now
	return nil
}

// countAnew counts for a first time again: a post may have gone out since.
func countAnew(w *doorWalk) error {
	w.res.counted = [2]database{}
	return countRows(w)
}

// A doorView is what the page shows of its doors: all of them, or a step of one.
type doorView struct {
	Doors       []linkView
	Title, Text string
	Place       string // which step of how many
	Next        string
	Form        formView
	All, Close  string
	May, MayNot string
	Rows        []rowView
	Verdict     string
	Same        bool
}

// A rowView is a table of the bot's database.
type rowView struct {
	Name          string
	Before, After string
	Differs       bool
}

// doorView returns what the page shows of its doors, nil once they are closed.
func (p *Page) doorView(s *scene) *doorView {
	form := s.form()
	form.Door, form.Count = "", ""
	out := &doorView{Form: s.form(), Close: form.address(nil), All: "/"}
	if p.o.Home == "" {
		return nil
	}
	if s.door == allDoors {
		for _, d := range doors() {
			to := formView{As: d.as, Channel: p.channelOf(d), Door: d.at(1)}
			out.Doors = append(out.Doors, linkView{URL: to.address(nil), Label: d.name, Note: d.about, Initial: initial(d.as)})
		}
		return out
	}
	d, n, ok := doorAt(s.door)
	if !ok {
		return nil
	}
	step := d.steps[n-1]
	out.Title, out.Text, out.Next = step.title, step.text, step.next
	out.Place = fmt.Sprintf("%s · step %d of %d", d.name, n, len(d.steps))
	switch step.shows {
	case showsPermissions:
		out.May, out.MayNot = s.permissions()
	case showsRows:
		out.count(p.results.counted(s.count))
	}
	return out
}

// permissions says what the bot may do in the channel, and what it may not.
func (s *scene) permissions() (may, mayNot string) {
	has, _ := strconv.ParseUint(s.channel.BotMay, 10, 64)
	var yes, no []string
	for _, p := range []struct {
		bit   uint64
		words string
	}{
		{wire.PermViewChannel, "see the channel"}, {wire.PermSendMessages, "write"}, {wire.PermSendInThreads, "write in threads"},
		{wire.PermAttachFiles, "attach pictures"}, {wire.PermReadHistory, "find its own posts again"},
		{wire.PermMentionEveryone, "ping everyone"}, {wire.PermManageMessages, "delete what others wrote"},
		{wire.PermManageChannels, "change channels"}, {wire.PermAdministrator, "run the server"},
	} {
		if has&p.bit != 0 {
			yes = append(yes, p.words)
		} else {
			no = append(no, p.words)
		}
	}
	return strings.Join(yes, ", "), strings.Join(no, ", ")
}

// count shows one count of rows, or two and whether anything differs.
func (v *doorView) count(counted [2]database) {
	before, after := counted[0], counted[1]
	if before.Fingerprint == "" { // the page was kept for too long
		v.Verdict = "The count is gone. Open the door again."
		return
	}
	rows := map[string]int{}
	for _, t := range after.Tables {
		rows[t.Name] = t.Rows
	}
	sum := 0
	for _, t := range before.Tables {
		sum += t.Rows
		row := rowView{Name: strings.ReplaceAll(t.Name, "_", " "), Before: strconv.Itoa(t.Rows)}
		if after.Fingerprint != "" {
			row.After, row.Differs = strconv.Itoa(rows[t.Name]), rows[t.Name] != t.Rows
		}
		if t.Rows > 0 || row.Differs {
			v.Rows = append(v.Rows, row)
		}
	}
	v.Same = after.Fingerprint == before.Fingerprint
	switch {
	case after.Fingerprint == "":
		v.Verdict = fmt.Sprintf("%d rows in %d tables, fingerprint %s.", sum, len(before.Tables), before.Fingerprint)
	case v.Same:
		v.Verdict = fmt.Sprintf("Not one byte differs: fingerprint %s before and after.", before.Fingerprint)
	default:
		v.Verdict = fmt.Sprintf("Fingerprint %s became %s: something else was due meanwhile, such as a post. Close the door and try again.", before.Fingerprint, after.Fingerprint)
	}
}

// opening returns the door that the page shows: every one on the first page.
func (p *Page) opening(q url.Values) string {
	if p.o.Home != "" && !q.Has("as") {
		return allDoors
	}
	return q.Get("door")
}
