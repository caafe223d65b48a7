package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/png"
	"io"
	"runtime"
	"slices"
	"strings"
	"time"

	"unpinch/bot"
)

// Discord's message flags.
const (
	flagEphemeral = 1 << 6
	flagSilent    = 1 << 12
	flagV2        = 1 << 15
)

// A posted is an answer of Discord's, as far as it is looked at: of a message, or
// of anything else with an id.
type posted struct {
	code int // HTTP; 0 where nothing came

	Code        int               `json:"code"` // of a refusal
	ID          string            `json:"id"`
	Channel     string            `json:"channel_id"`
	Nonce       any               `json:"nonce"`
	Flags       int               `json:"flags"`
	Attachments []json.RawMessage `json:"attachments"`
	Edited      *time.Time        `json:"edited_timestamp"`
	Roles       []string          `json:"mention_roles"`
	Components  []shown           `json:"components"`
	Status      int               `json:"status"` // of an event, as its type
	Type        int               `json:"entity_type"`
}

// A shown is a component.
type shown struct {
	Type       int     `json:"type"`
	ID         int     `json:"id"`
	Name       string  `json:"name"`
	Size       int     `json:"size"`
	File       *media  `json:"file"`
	Components []shown `json:"components"`
	Items      []struct {
		Media media  `json:"media"`
		Alt   string `json:"description"`
	} `json:"items"`
}

type media struct {
	URL    string `json:"url"`
	Type   string `json:"content_type"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
}

// read reads an answer; of a list, and of what can't be read, only the code.
func read(e bot.Exchange) posted {
	var m posted
	if json.Unmarshal(e.Body, &m) != nil {
		m = posted{}
	}
	m.code = e.Status
	return m
}

func (m posted) status(which string) string {
	if m.code == 0 {
		return which + ": nothing came"
	}
	return fmt.Sprintf("%s: HTTP %d", which, m.code)
}

// event is what of an event matters, a line each.
func (m posted) event(which string) []string {
	lines := []string{m.status(which)}
	switch {
	case m.Status == 1 && m.Type == 3:
		lines = append(lines, which+": to come, elsewhere")
	case m.ID != "":
		lines = append(lines, fmt.Sprintf("%s: status %d, type %d", which, m.Status, m.Type))
	}
	return lines
}

// shape is what of a message matters, a line each. mark is the number that its
// first component was given; 0 for none.
func (m posted) shape(which string, mark int) (lines []string) {
	add := func(format string, args ...any) {
		lines = append(lines, which+": "+fmt.Sprintf(format, args...))
	}
	if lines = append(lines, m.status(which)); m.code == 0 || m.code >= 300 {
		return lines
	}
	if m.Flags&flagEphemeral != 0 {
		add("only one sees it")
	}
	if m.Flags&flagV2 != 0 {
		add("Components V2")
	}
	if other := m.Flags &^ (flagEphemeral | flagSilent | flagV2); other != 0 {
		add("flags %d", other)
	}
	add("%s", tree(m.Components))
	add("attachments %d", len(m.Attachments))
	walkShown(m.Components, func(c shown) {
		for _, i := range c.Items {
			add("picture %s %dx%d, %q", i.Media.Type, i.Media.Width, i.Media.Height, i.Alt)
		}
		if c.File != nil {
			add("file %s, %d bytes", c.Name, c.Size)
		}
	})
	if mark != 0 && len(m.Components) > 0 && m.Components[0].ID == mark {
		add("numbered as asked")
	}
	return lines
}

// fetched is the shape of a message with a file, which is fetched as one that a
// person hands over.
func (l *live) fetched(ctx context.Context, m posted, want []byte, err error) ([]string, error) {
	got := m.shape("post", l.mark)
	media := m.media()
	if err != nil || len(media) == 0 {
		return got, err
	}
	data, err := l.bot.Fetch(ctx, bot.AttachmentValue{Size: len(want), URL: media[0].URL}, 1<<20)
	if bytes.Equal(data, want) {
		got = append(got, "file: the same bytes")
	}
	return got, err
}

// media are the files that the message shows, in order.
func (m posted) media() (all []media) {
	walkShown(m.Components, func(c shown) {
		for _, i := range c.Items {
			all = append(all, i.Media)
		}
		if c.File != nil {
			all = append(all, *c.File)
		}
	})
	return all
}

func walkShown(all []shown, visit func(shown)) {
	for _, c := range all {
		visit(c)
		walkShown(c.Components, visit)
	}
}

// tree is what components there are, as "container[text gallery]".
func tree(all []shown) string {
	names := map[int]string{1: "row", 2: "button", 10: "text", 12: "gallery", 13: "file", 17: "container"}
	var out []string
	for _, c := range all {
		name := names[c.Type]
		if name == "" {
			name = fmt.Sprintf("type %d", c.Type)
		}
		if len(c.Components) > 0 {
			name += "[" + tree(c.Components) + "]"
		}
		out = append(out, name)
	}
	return strings.Join(out, " ")
}

// differing are the steps in which Discord differs.
func differing(all []outcome) []outcome {
	return slices.DeleteFunc(slices.Clone(all), func(o outcome) bool { return !o.differs() })
}

// report prints what an issue needs to say, if anything.
func report(w io.Writer, api string, all []outcome) {
	found := differing(all)
	if len(found) == 0 {
		return
	}
	fmt.Fprintf(w, "\nPaste this into an issue. It holds no token, and no id:\n\n`unpinch doctor --live` of %s on %s/%s, against %s. Lines with - are what the playground predicts, lines with + what came.\n\n```diff\n", version(), runtime.GOOS, runtime.GOARCH, api)
	for _, o := range found {
		fmt.Fprintf(w, "# %s: %s\n", o.name, o.tries)
		for _, line := range o.want {
			if !slices.Contains(o.got, line) {
				fmt.Fprintln(w, "-", line)
			}
		}
		for _, line := range o.got {
			if !slices.Contains(o.want, line) {
				fmt.Fprintln(w, "+", line)
			}
		}
	}
	fmt.Fprintln(w, "```")
}

// square is a picture with sides so long, as PNG.
func square(side int) []byte {
	var out bytes.Buffer
	if err := png.Encode(&out, blank(side, 0)); err != nil {
		panic(err) // into memory, of a picture that can be encoded
	}
	return out.Bytes()
}

// blinking is a picture that moves, as GIF.
func blinking(side int) []byte {
	var out bytes.Buffer
	g := gif.GIF{Image: []*image.Paletted{blank(side, 0), blank(side, 1)}, Delay: []int{50, 50}}
	if err := gif.EncodeAll(&out, &g); err != nil {
		panic(err) // likewise
	}
	return out.Bytes()
}

func blank(side int, with uint8) *image.Paletted {
	p := image.NewPaletted(image.Rect(0, 0, side, side), color.Palette{color.RGBA{0x2f, 0x6f, 0x5e, 0xff}, color.RGBA{0xe8, 0xa0, 0x3c, 0xff}})
	for i := range p.Pix {
		p.Pix[i] = with
	}
	return p
}
