package page

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
)

// A pageView is all that the template writes.
type pageView struct {
	Title, Place, Topic, Me string
	As, Channel             string
	Focus                   string
	Version                 string
	Form                    formView
	Rail                    []linkView // the servers, the direct messages first
	Guild                   guildView
	Members                 []linkView
	More                    int  // servers that the list leaves out
	Older                   bool // messages that the page does not show
	Now                     timeView
	Next                    *timeView
	World                   []changeGroup
	WorldOpen               bool
	Intro                   *introView
	Door                    *doorView
	Messages                []messageView
	Note                    noteView
	Modal                   *modalView
	Command                 *commandView
	Commands                []commandLink
	Draft                   string
}

type linkView struct {
	URL, Label, Note string
	Initial          string // of a member or a server
	Hue              int    // of their picture
	Current          bool
}

// A guildView is the server that the page shows, or the direct messages.
type guildView struct {
	Name  string
	Links []linkView // its channels
}

// A noteView is a sentence to the visitor, with places to go to. Its kind is "bad"
// if something was not done.
type noteView struct {
	Kind, Text string
	Links      []linkView
}

// An introView greets in a channel where the bot has said nothing yet.
type introView struct {
	Text, Command string
	Form          formView
}

// A commandView is the form of one command's options.
type commandView struct {
	Name, About, Cancel string
	Form                formView
	Fields              []fieldView
}

type commandLink struct {
	Name, About, URL string
	Plain            bool // it has no options
}

// show draws the page.
func (p *Page) show(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	view, err := p.view(r.Context(), client{p.api, r.Host}, q)
	setHeaders(w)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	var b bytes.Buffer
	if err := p.tmpl.ExecuteTemplate(&b, "page", view); err != nil {
		http.Error(w, "The page could not be drawn.", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = b.WriteTo(w) // the reader is gone; nothing to do
}

func (p *Page) view(ctx context.Context, c client, q url.Values) (*pageView, error) {
	beat := p.pulse() // before the rest, so that what comes meanwhile is not missed
	where := q.Get("channel")
	if where == "" {
		where = p.o.Home
	}
	s, err := p.scene(ctx, c, q.Get("as"), where)
	if err != nil {
		return nil, err
	}
	s.door, s.count = p.opening(q), q.Get("count")
	seen, err := p.glance(ctx, c, s.messageQuery(), beat.Mark)
	if err != nil {
		return nil, err
	}
	form := s.form()
	res := p.results.get(q.Get("seen"), form.As, form.Channel)
	viewer := messageViewer{md: p.md, names: s.names(seen.clock.Now), app: s.app(), host: c.host, form: form, pick: s.pickers(), spots: p.o.Spots}
	v := &pageView{
		Me: s.me.Display, As: form.As, Channel: form.Channel, Form: form,
		Focus: res.focus, Note: res.note, Draft: res.draft, Version: seen.version,
		Now: viewTime(seen.clock.Now, "w"), Members: s.members(), Topic: s.topic(),
		Older: len(seen.messages) == shownMessages,
		World: s.changes(), WorldOpen: res.worldOpen, Door: p.doorView(&s),
	}
	if seen.clock.Next != nil {
		next := viewTime(*seen.clock.Next, "v")
		v.Next = &next
	}
	v.Place, v.Title = s.place(), s.place()+" · "+s.me.Display+" · Playground"
	v.Rail, v.Guild, v.More = s.guildLinks()
	if v.Messages, err = viewer.views(seen.messages, res); err != nil {
		return nil, err
	}
	if res.failed && res.message == "" {
		v.Messages = append(v.Messages, viewer.unanswered(s.me.Display, res))
	}
	if res.modal != nil {
		v.Modal = viewer.modal(res.modal, q.Get("seen"))
		v.Modal.Fault, v.Modal.Back, v.Note = res.note.Text, "m-"+res.message, noteView{}
	}
	v.addCommands(&s, viewer.pick, q.Get("command"))
	return v, nil
}

// unanswered draws a command that got no answer as Discord does: like a private
// message.
func (v messageViewer) unanswered(me string, res result) messageView {
	return messageView{
		ID: unansweredID, Author: v.app.Name, Initial: initial(v.app.Name), Bot: true, Private: true,
		Command: res.ran, CommandBy: me, Unanswered: sentence(res.why), Version: unansweredID,
	}
}

// views draws messages. The one whose button failed says so.
func (v messageViewer) views(raw []json.RawMessage, res result) ([]messageView, error) {
	out, all := make([]messageView, 0, len(raw)), make([]message, len(raw))
	for i, one := range raw {
		m := &all[i]
		if err := json.Unmarshal(one, m); err != nil {
			return nil, fmt.Errorf("read a message: %w", err)
		}
		mv := v.view(*m)
		mv.Version = version(one)
		if res.failed && res.message == m.ID {
			mv.Failed, mv.Version = true, mv.Version+"f"
		}
		out = append(out, mv)
	}
	arrange(out, all)
	return out, nil
}

// addCommands adds what can be run here: the list, the form of the command that was
// asked for, and in an empty channel the one to try.
func (v *pageView) addCommands(s *scene, pick pickers, asked string) {
	list := s.commands()
	link := func(name string) string {
		return s.address(v.As, v.Channel, url.Values{"command": {name}}) + "#" + focusFirst
	}
	for _, r := range list {
		v.Commands = append(v.Commands, commandLink{r.name, r.about, link(r.name), len(r.options) == 0})
	}
	if run := findRunnable(asked, list); run != nil && v.Modal == nil {
		v.Command = s.commandForm(run, pick, readTyped(v.Draft, list))
		if v.Focus == "" {
			v.Focus = focusFirst
		}
	}
	for _, m := range v.Messages {
		if m.Bot {
			return
		}
	}
	v.Intro = s.intro(list)
}

// commandForm returns the form of a command, filled with what was typed already.
func (s *scene) commandForm(run *runnable, pick pickers, t typed) *commandView {
	form := s.form()
	out := &commandView{Name: run.name, About: run.about, Form: form, Cancel: s.address(form.As, form.Channel, nil)}
	for i, o := range run.options {
		f := optionView(i, o, pick)
		if t.run != nil && t.run.name == run.name {
			f.fill(t.options[o.Name])
		}
		out.Fields = append(out.Fields, f)
	}
	return out
}

// tryFirst is the command to suggest to a visitor, where there is one.
const tryFirst = "pinched"

func (s *scene) intro(list []runnable) *introView {
	out := &introView{
		Text: "This is a practice Discord on this computer: the members are made up, and nothing you do here leaves it.",
		Form: s.form(),
	}
	switch {
	case !s.ready():
		out.Text += " No bot is connected yet. One that uses this address for its API shows up here."
	case len(list) == 0:
		out.Text += " There is no command for you in this channel; try another one."
	case findRunnable(tryFirst, list) != nil:
		out.Command = tryFirst
	default:
		out.Command = list[0].name
	}
	return out
}
