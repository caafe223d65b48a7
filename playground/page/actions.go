package page

import (
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"
)

// An answer is what the page reads of the control API's answer.
type answer struct {
	Interaction struct {
		Outcome string `json:"outcome"`
	} `json:"interaction"`
	Messages []message `json:"messages"`
	Modal    *modal    `json:"modal"`
	Error    *struct {
		Text string `json:"text"`
	} `json:"error"`
}

// Ids of elements that get the focus.
const (
	focusFirst = "first" // the first field of the open form
	focusSay   = "say"   // the composer
	focusNote  = "note-text"
	focusDoor  = "door-title"
	focusFault = "fault"  // why a modal was refused
	focusFail  = "failed" // the words under a message whose button failed
)

// unansweredID stands for a message's id where a command got no answer.
const unansweredID = "unanswered"

// take sets what an answer leads to, and the element to look at.
func (res *result) take(a answer) {
	res.failed = a.Interaction.Outcome == "failed"
	switch {
	case a.Modal != nil:
		res.modal, res.focus = a.Modal, focusFirst
	case len(a.Messages) > 0:
		res.focus = "m-" + a.Messages[len(a.Messages)-1].ID
	case res.failed && res.message != "":
		res.focus = focusFail
	case res.message != "":
		res.focus = "m-" + res.message
	case res.failed:
		res.focus = "m-" + unansweredID
	default:
		res.focus = focusSay
	}
	switch {
	case a.Error == nil || a.Error.Text == "":
	case res.failed:
		res.why = a.Error.Text
	default:
		res.note = noteView{Kind: "bad", Text: sentence(a.Error.Text)}
	}
}

// say takes a line of the composer: a command, or words to the people in the
// channel.
func (p *Page) say(c client, r *http.Request, res *result) error {
	line := strings.TrimSpace(r.PostForm.Get("text"))
	res.focus = focusSay
	if line == "" {
		return nil
	}
	if !strings.HasPrefix(line, "/") {
		var said message
		res.draft = line
		if err := c.post(r.Context(), "say", map[string]string{"as": res.as, "channel": res.channel, "text": line}, &said); err != nil {
			return err
		}
		res.draft, res.note.Text = "", "Everybody here sees that, and the bot does not. To ask the bot, start with /."
		return nil
	}
	list, err := p.commandsOf(r.Context(), c, res.as, res.channel)
	if err != nil {
		return err
	}
	t := readTyped(line, list)
	switch {
	case t.run == nil:
		res.draft = line
		res.note = noteView{Kind: "bad", Text: fmt.Sprintf("There is no %s for you here. The list below has what there is.", line)}
		return nil
	case t.unready:
		res.draft, res.command, res.focus = line, t.run.name, focusFirst
		return nil
	}
	return p.command(r, c, res, commandCall{Name: t.run.name, Options: t.options})
}

// A commandCall is the body of POST /command.
type commandCall struct {
	As      string            `json:"as"`
	Channel string            `json:"channel"`
	Name    string            `json:"name"`
	Options map[string]string `json:"options"`
	Files   []callFile        `json:"files,omitempty"`
}

type callFile struct {
	Name        string `json:"name"`
	ContentType string `json:"content_type"`
	Base64      []byte `json:"base64"`
}

// postedFile reads the file of a field. It returns nil if none was chosen.
func postedFile(r *http.Request, field string) (*callFile, error) {
	if r.MultipartForm == nil || len(r.MultipartForm.File[field]) == 0 {
		return nil, nil
	}
	head := r.MultipartForm.File[field][0]
	f, err := head.Open()
	if err != nil {
		return nil, fmt.Errorf("open the file %q: %w", head.Filename, err)
	}
	defer f.Close()
	content, err := io.ReadAll(f)
	if err != nil {
		return nil, fmt.Errorf("read the file %q: %w", head.Filename, err)
	}
	return &callFile{head.Filename, head.Header.Get("Content-Type"), content}, nil
}

func (p *Page) command(r *http.Request, c client, res *result, call commandCall) error {
	call.As, call.Channel = res.as, res.channel
	var a answer
	if err := c.post(r.Context(), "command", call, &a); err != nil {
		res.draft, res.command, res.focus = call.line(), call.Name, focusNote
		return err
	}
	res.draft, res.command, res.ran = "", "", call.Name
	res.take(a)
	return nil
}

// line returns the call as somebody would type it, to fill the form again.
func (call commandCall) line() string {
	out := "/" + call.Name
	for _, name := range slices.Sorted(maps.Keys(call.Options)) {
		out += " " + name + ":" + call.Options[name]
	}
	return out
}

// run takes the form of a command's options.
func (p *Page) run(c client, r *http.Request, res *result) error {
	name := r.PostForm.Get("name")
	list, err := p.commandsOf(r.Context(), c, res.as, res.channel)
	if err != nil {
		return err
	}
	run := findRunnable(name, list)
	if run == nil {
		return &failure{fmt.Sprintf("There is no /%s for you here any more.", name)}
	}
	call := commandCall{Name: name, Options: map[string]string{}}
	for _, o := range run.options {
		text := r.PostForm.Get("o." + o.Name)
		if picked := r.PostForm.Get("v." + o.Name); picked != "" {
			text = picked
		}
		if text != "" {
			call.Options[o.Name] = text
		}
		file, err := postedFile(r, "o."+o.Name)
		if err != nil {
			return err
		}
		if file != nil {
			call.Options[o.Name] = file.Name
			call.Files = append(call.Files, *file)
		}
	}
	return p.command(r, c, res, call)
}

// click presses a button or makes a choice in a select.
func (p *Page) click(c client, r *http.Request, res *result) error {
	res.message = r.PostForm.Get("message")
	res.focus = "m-" + res.message
	var a answer
	err := c.post(r.Context(), "click", map[string]any{
		"as": res.as, "message": res.message,
		"custom_id": r.PostForm.Get("custom_id"), "values": r.PostForm["values"],
	}, &a)
	if err != nil {
		return err
	}
	res.take(a)
	return nil
}

// submit sends a modal's fields.
func (p *Page) submit(c client, r *http.Request, res *result) error {
	opened := p.results.get(r.PostForm.Get("seen"), res.as, res.channel)
	res.message, res.focus = opened.message, focusSay
	var a answer
	err := c.post(r.Context(), "modal", map[string]any{
		"as": res.as, "modal": r.PostForm.Get("modal"), "fields": modalAnswer(r.PostForm),
	}, &a)
	if err != nil {
		res.modal, res.focus = opened.modal.filled(r.PostForm), focusFault
		return err
	}
	res.take(a)
	return nil
}

// clock moves the playground's time on: to the next post, by a walk, or by a
// leap, through which the bot is away.
func (p *Page) clock(c client, r *http.Request, res *result) error {
	res.focus = focusNote
	body := map[string]string{"advance": r.PostForm.Get("step")}
	switch body["advance"] {
	case "next":
		body = map[string]string{"to": "next"}
	case "leap", "eve":
		var clock struct {
			Now time.Time `json:"now"`
		}
		if err := c.get(r.Context(), "clock", nil, &clock); err != nil {
			return err
		}
		to := clock.Now.Add(24 * time.Hour)
		if body["advance"] == "eve" {
			to = changeEve(clock.Now)
		}
		body = map[string]string{"now": to.Format(time.RFC3339Nano)}
	}
	var moved struct {
		Posts []string `json:"posts"`
	}
	if err := c.post(r.Context(), "clock", body, &moved); err != nil {
		return err
	}
	res.note.Text = "Nothing was posted."
	switch n := len(moved.Posts); {
	case n == 1:
		res.note.Text = "One message was posted."
	case n > 1:
		res.note.Text = fmt.Sprintf("%d messages were posted.", n)
	}
	s, err := p.scene(r.Context(), c, res.as, res.channel)
	if err != nil {
		return err
	}
	res.note.Links = s.placesOf(moved.Posts)
	return nil
}

// changeEve returns noon, UTC, of the first Saturday to come before Europe's clocks
// change: at 01:00 UTC of the last Sundays of March and October.
func changeEve(now time.Time) time.Time {
	now = now.UTC()
	for year := now.Year(); ; year++ {
		for _, month := range []time.Month{time.March, time.October} {
			last := time.Date(year, month, 31, 12, 0, 0, 0, time.UTC)
			if eve := last.AddDate(0, 0, -int(last.Weekday())-1); eve.After(now) {
				return eve
			}
		}
	}
}
