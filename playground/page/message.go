package page

import (
	"fmt"
	"html/template"
	"mime"
	"net/url"
	"path"
	"strings"
	"time"

	"unpinch/playground/wire"
)

// A message is what the page reads of Discord's message object.
type message struct {
	ID          string       `json:"id"`
	ChannelID   string       `json:"channel_id"`
	Author      author       `json:"author"`
	Content     string       `json:"content"`
	Timestamp   time.Time    `json:"timestamp"`
	Edited      *time.Time   `json:"edited_timestamp"`
	Flags       int          `json:"flags"`
	Embeds      []richEmbed  `json:"embeds"`
	Attachments []attachment `json:"attachments"`
	Components  []component  `json:"components"`
	Interaction *struct {
		Name string `json:"name"`
		User author `json:"user"`
	} `json:"interaction"`
}

type author struct {
	ID         string `json:"id"`
	Username   string `json:"username"`
	GlobalName string `json:"global_name"`
	Bot        bool   `json:"bot"`
}

func (u author) name() string {
	if u.GlobalName != "" {
		return u.GlobalName
	}
	return u.Username
}

type attachment struct {
	Filename    string `json:"filename"`
	Description string `json:"description"`
	ContentType string `json:"content_type"`
	URL         string `json:"url"`
	Size        int    `json:"size"`
	Width       int    `json:"width"`
	Height      int    `json:"height"`
}

type media struct {
	URL    string `json:"url"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
}

type richEmbed struct {
	Title       string `json:"title"`
	Description string `json:"description"`
	URL         string `json:"url"`
	Color       *int   `json:"color"`
	Image       media  `json:"image"`
	Thumbnail   media  `json:"thumbnail"`
	Author      struct {
		Name string `json:"name"`
	} `json:"author"`
	Footer struct {
		Text string `json:"text"`
	} `json:"footer"`
	Fields []struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	} `json:"fields"`
}

// A messageView is one message as the template writes it.
type messageView struct {
	ID, Author, Initial string
	Bot, Private        bool
	Thinking, Failed    bool
	Edited              bool
	Unanswered          string // why, of a command without an answer
	Command, CommandBy  string
	At                  timeView
	Parts               []partView
	Version             string    // changes whenever the message does
	Day                 *timeView // of the first message of a day
	Joined              bool      // it follows one of the same author closely
	Hue                 int       // of its author's picture
}

// A timeView is an instant as text in UTC, and as what the script needs to word it
// for the reader's zone.
type timeView struct{ ISO, Words, Style string }

func viewTime(t time.Time, style string) timeView {
	t = t.UTC()
	return timeView{t.Format(time.RFC3339), instantWords(t, style, t), style}
}

// A messageViewer draws messages for one reader in one channel.
type messageViewer struct {
	md    markdown
	names nameBook
	app   application
	host  string // what the visitor calls the playground
	form  formView
	pick  pickers // what member, role and channel selects offer
	spots map[string]Picture
}

// A formView is what every form on the page holds: the member who acts, and where.
// Count is the key of the result that counted what the bot has written down.
type formView struct{ As, Channel, Message, Door, Count string }

func (v messageViewer) view(m message) messageView {
	out := messageView{
		ID: m.ID, Author: v.author(m.Author), Bot: m.Author.Bot,
		Private: m.Flags&wire.FlagEphemeral != 0, Thinking: m.Flags&wire.FlagLoading != 0,
		Edited: m.Edited != nil && m.Flags&wire.FlagLoading == 0, At: viewTime(m.Timestamp, "s"),
	}
	out.Initial, out.Hue = initial(out.Author), hue(out.Author)
	if m.Interaction != nil && m.Interaction.Name != "" {
		out.Command, out.CommandBy = m.Interaction.Name, m.Interaction.User.name()
	}
	v.form.Message = m.ID
	v.names.rise = riseOf(append(textsOf(m.Components), m.Content)...)
	if m.Content != "" {
		out.Parts = append(out.Parts, partView{Kind: "text", HTML: v.md.HTML(m.Content, v.names)})
	}
	shown := map[string]bool{}
	components := v.parts(m.Components, shown)
	for _, a := range m.Attachments {
		if !shown[a.Filename] {
			out.Parts = append(out.Parts, v.attachment(a))
		}
	}
	for _, e := range m.Embeds {
		out.Parts = append(out.Parts, v.embed(e))
	}
	out.Parts = append(out.Parts, components...)
	v.addSpots(out.Parts)
	return out
}

// initial returns the first letter of a name, for its picture.
func initial(name string) string {
	for _, r := range name {
		return strings.ToUpper(string(r))
	}
	return ""
}

// author returns what an author goes by: a bot by the name of its application.
func (v messageViewer) author(u author) string {
	if u.ID == v.app.ID && v.app.Name != "" {
		return v.app.Name
	}
	return u.name()
}

func (v messageViewer) attachment(a attachment) partView {
	kind := a.ContentType
	if kind == "" {
		kind = mime.TypeByExtension(path.Ext(a.Filename))
	}
	if strings.HasPrefix(kind, "image/") {
		return partView{Kind: "gallery", Images: []imageView{v.image(media{a.URL, a.Width, a.Height}, a.Description)}}
	}
	return partView{Kind: "file", Label: a.Filename, URL: v.ownAddress(a.URL), Note: sizeWords(a.Size)}
}

// sizeWords words a file's size, of which 0 is not known.
func sizeWords(n int) string {
	switch {
	case n <= 0:
		return ""
	case n < 1000:
		return fmt.Sprintf("%d B", n)
	case n < 1000_000:
		return fmt.Sprintf("%d kB", (n+500)/1000)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1000_000)
}

func (v messageViewer) embed(e richEmbed) partView {
	out := partView{Kind: "container", Accent: accent(e.Color)}
	text := func(words string) {
		if words != "" {
			out.Parts = append(out.Parts, partView{Kind: "text", HTML: v.md.HTML(words, v.names)})
		}
	}
	text(e.Author.Name)
	title := e.Title
	if title != "" && webAddress(e.URL) {
		title = "[" + title + "](" + e.URL + ")"
	}
	if title != "" {
		text("**" + title + "**")
	}
	text(e.Description)
	for _, f := range e.Fields {
		text("**" + f.Name + "**\n" + f.Value)
	}
	for _, m := range []media{e.Thumbnail, e.Image} {
		if m.URL != "" {
			out.Parts = append(out.Parts, partView{Kind: "gallery", Images: []imageView{v.image(m, "")}})
		}
	}
	if e.Footer.Text != "" {
		text("-# " + e.Footer.Text)
	}
	return out
}

// accent returns a colour as HTML writes it, empty for none.
func accent(c *int) string {
	if c == nil || *c < 0 || *c > 0xffffff {
		return ""
	}
	return fmt.Sprintf("#%06x", *c)
}

// ownAddress makes an address of this playground relative, so that the page's policy
// allows it whatever name the page was opened under.
func (v messageViewer) ownAddress(address string) string {
	u, err := url.Parse(address)
	if err != nil || !webAddress(address) {
		return ""
	}
	if u.Host == v.host {
		return u.RequestURI()
	}
	return address
}

// An imageView is a picture with its alt text and its size as shown, 0 if not known.
// With a size nothing moves when the picture comes.
type imageView struct {
	URL, Alt      string
	Still         string // its first frame, for anyone who wants less motion; "" of a still picture
	Width, Height int
	Map           *mapView // what can be pressed on it, nil for nothing
}

// tallest is how high a picture is shown, in CSS pixels.
const tallest = 500 // a full week is still read on a phone

func (v messageViewer) image(m media, alt string) imageView {
	if m.Height > tallest {
		m.Width, m.Height = m.Width*tallest/m.Height, tallest
	}
	out := imageView{URL: v.ownAddress(m.URL), Alt: alt, Width: m.Width, Height: m.Height}
	if out.URL != m.URL && path.Ext(fileName(out.URL)) == ".gif" {
		out.Still = out.URL + "?format=png"
	}
	return out
}

// A partView is one drawn part of a message. Kind names its template.
type partView struct {
	Kind    string
	HTML    template.HTML
	Accent  string // containers
	Parts   []partView
	Side    *partView // a section's accessory
	Images  []imageView
	Label   string
	URL     string
	Note    string
	Line    bool // separators
	Style   string
	ID      string // custom ID
	Off     bool   // disabled
	Form    formView
	Choices []choiceView
	Many    bool
	Must    bool // a select that takes no empty choice
	Spoiler bool
}

// A choiceView is one option of a select.
type choiceView struct {
	Label, Value, Note string
	Chosen             bool
}
