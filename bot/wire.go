package bot

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/textproto"
	"strconv"
	"unicode/utf8"
)

// Discord's component types.
const (
	wireRow           = 1
	wireButton        = 2
	wireSelect        = 3
	wireInput         = 4
	wireChannelSelect = 8
	wireSection       = 9
	wireText          = 10
	wireGallery       = 12
	wireFile          = 13
	wireSeparator     = 14
	wireContainer     = 17
	wireLabel         = 18
)

// Discord's message flags.
const (
	flagEphemeral = 1 << 6
	flagSilent    = 1 << 12 // SUPPRESS_NOTIFICATIONS
	flagV2        = 1 << 15
)

// Discord's interaction callback types.
const (
	callbackMessage     = 4
	callbackDefer       = 5
	callbackDeferUpdate = 6
	callbackUpdate      = 7
	callbackChoices     = 8
	callbackModal       = 9
)

// wireComponent is any component as Discord's JSON has it; each type fills
// the fields it has.
type wireComponent struct {
	Type         int             `json:"type"`
	ID           int             `json:"id,omitempty"`
	CustomID     string          `json:"custom_id,omitempty"`
	Style        int             `json:"style,omitempty"`
	Label        string          `json:"label,omitempty"`
	URL          string          `json:"url,omitempty"`
	Disabled     bool            `json:"disabled,omitempty"`
	Content      string          `json:"content,omitempty"`
	Description  string          `json:"description,omitempty"`
	Accent       *int            `json:"accent_color,omitempty"`
	Divider      *bool           `json:"divider,omitempty"`
	Spacing      int             `json:"spacing,omitempty"`
	File         *wireMedia      `json:"file,omitempty"`
	Items        []wireImage     `json:"items,omitempty"`
	Options      []wireEntry     `json:"options,omitempty"`
	Placeholder  string          `json:"placeholder,omitempty"`
	ChannelTypes []int           `json:"channel_types,omitempty"`
	MinValues    *int            `json:"min_values,omitempty"`
	MaxValues    int             `json:"max_values,omitempty"`
	Value        string          `json:"value,omitempty"`
	Required     *bool           `json:"required,omitempty"`
	MaxLength    int             `json:"max_length,omitempty"`
	Accessory    *wireComponent  `json:"accessory,omitempty"`
	Component    *wireComponent  `json:"component,omitempty"`
	Components   []wireComponent `json:"components,omitempty"`
}

type wireMedia struct {
	URL string `json:"url"`
}

type wireImage struct {
	Media       wireMedia `json:"media"`
	Description string    `json:"description,omitempty"`
}

type wireEntry struct {
	Label       string `json:"label"`
	Value       string `json:"value"`
	Description string `json:"description,omitempty"`
	Default     bool   `json:"default,omitempty"`
}

// wireMessage is a Components V2 message: no content, no embeds. The list of
// attachments is always there, because on an edit a file that isn't listed is
// removed.
type wireMessage struct {
	Flags        int              `json:"flags,omitempty"`
	Components   []wireComponent  `json:"components"`
	Mentions     wireMentions     `json:"allowed_mentions"`
	Attachments  []wireAttachment `json:"attachments"`
	Nonce        string           `json:"nonce,omitempty"`
	EnforceNonce bool             `json:"enforce_nonce,omitempty"`
}

type wireMentions struct {
	Parse []string `json:"parse"`
	Roles []string `json:"roles,omitempty"`
}

type wireAttachment struct {
	ID          int    `json:"id"`
	Filename    string `json:"filename"`
	Description string `json:"description,omitempty"`
}

type wireModal struct {
	CustomID   string          `json:"custom_id"`
	Title      string          `json:"title"`
	Components []wireComponent `json:"components"`
}

type wireChoices struct {
	Choices []wireChoice `json:"choices"`
}

type wireChoice struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type wireCallback struct {
	Type int `json:"type"`
	Data any `json:"data,omitempty"`
}

type wireFlags struct {
	Flags int `json:"flags"`
}

func (t Text) wire() wireComponent { return wireComponent{Type: wireText, Content: string(t)} }

func (c Container) wire() wireComponent {
	w := wireComponent{Type: wireContainer, Components: wireParts(c.Parts)}
	if c.Accent != 0 {
		w.Accent = &c.Accent
	}
	return w
}

func (s Section) wire() wireComponent {
	w := wireComponent{Type: wireSection}
	for _, t := range s.Texts {
		w.Components = append(w.Components, t.wire())
	}
	beside := s.Beside.wire()
	w.Accessory = &beside
	return w
}

func (s Separator) wire() wireComponent {
	w := wireComponent{Type: wireSeparator, Divider: &s.Line, Spacing: 1}
	if s.Wide {
		w.Spacing = 2
	}
	return w
}

func (g Gallery) wire() wireComponent {
	w := wireComponent{Type: wireGallery}
	for _, image := range g {
		w.Items = append(w.Items, wireImage{*attached(image.File), image.Alt})
	}
	return w
}

func (f FileLink) wire() wireComponent {
	return wireComponent{Type: wireFile, File: attached(string(f))}
}

func (r Row) wire() wireComponent {
	w := wireComponent{Type: wireRow}
	for _, b := range r {
		w.Components = append(w.Components, b.wire())
	}
	return w
}

func (b Button) wire() wireComponent {
	w := wireComponent{Type: wireButton, Label: b.Label, CustomID: b.ID, URL: b.URL, Style: int(b.Style), Disabled: b.Disabled}
	switch {
	case b.URL != "":
		w.Style = int(link)
	case b.Style == 0:
		w.Style = int(Secondary)
	}
	return w
}

func (s Select) wire() wireComponent {
	w := wireComponent{Type: wireSelect, CustomID: s.ID, Placeholder: s.Hint, Options: wireEntries(s.Entries)}
	if s.Many {
		w.MinValues, w.MaxValues = new(int), len(s.Entries)
	}
	return wireComponent{Type: wireRow, Components: []wireComponent{w}}
}

func (c ChannelSelect) wire() wireComponent {
	w := wireComponent{Type: wireChannelSelect, CustomID: c.ID, Placeholder: c.Hint, ChannelTypes: postable()}
	return wireComponent{Type: wireRow, Components: []wireComponent{w}}
}

func (m Menu) wire() wireComponent {
	return Select{ID: menuID, Hint: m.Hint, Entries: m.entries()}.wire()
}

func (f Field) wire() wireComponent {
	in := wireComponent{Type: wireInput, CustomID: f.ID, Style: 1, Placeholder: f.Hint, Value: f.Value, Required: &f.Need, MaxLength: f.Max}
	if f.Long {
		in.Style = 2
	}
	if f.Entries != nil {
		in = wireComponent{Type: wireSelect, CustomID: f.ID, Placeholder: f.Hint, Required: &f.Need, Options: wireEntries(f.Entries)}
	}
	return wireComponent{Type: wireLabel, Label: f.Label, Description: f.About, Component: &in}
}

func attached(file string) *wireMedia { return &wireMedia{URL: "attachment://" + file} }

func wireEntries(entries []Entry) []wireEntry {
	out := make([]wireEntry, 0, len(entries))
	for _, e := range entries {
		out = append(out, wireEntry{e.Label, e.Value, e.About, e.Chosen})
	}
	return out
}

func wireParts(parts []Part) []wireComponent {
	out := make([]wireComponent, 0, len(parts))
	for _, p := range parts {
		out = append(out, p.wire())
	}
	return out
}

// message returns the reply as a message's JSON.
func (r Reply) message(private bool) wireMessage {
	m := wireMessage{Flags: flagV2, Components: wireParts(r.Parts),
		Mentions: wireMentions{Parse: []string{}}, Attachments: []wireAttachment{}}
	if private {
		m.Flags |= flagEphemeral
	}
	if r.Silent {
		m.Flags |= flagSilent
	}
	if r.PingRole != "" {
		m.Mentions.Roles = []string{r.PingRole}
	}
	if r.Mark != 0 && len(m.Components) > 0 {
		m.Components[0].ID = r.Mark
	}
	for i, f := range r.Files {
		m.Attachments = append(m.Attachments, wireAttachment{i, f.Name, f.About})
	}
	return m
}

func (m *Modal) wire() wireModal {
	w := wireModal{CustomID: m.ID, Title: m.Title}
	for _, f := range m.Fields {
		w.Components = append(w.Components, f.wire())
	}
	return w
}

// choicesOf returns the answer to an autocomplete. It sends an empty list as a
// list, because without one Discord shows "loading failed".
func choicesOf(choices []Choice) wireChoices {
	w := wireChoices{Choices: []wireChoice{}}
	for _, c := range choices[:min(len(choices), maxChoices)] {
		// A value that had to be cut would be another value.
		if utf8.RuneCountInString(c.Value) <= maxChoiceLabel {
			w.Choices = append(w.Choices, wireChoice{cut(c.Label, maxChoiceLabel), c.Value})
		}
	}
	return w
}

// cut shortens s to at most n characters, with an ellipsis at the end of what it
// cut.
func cut(s string, n int) string {
	runes := []rune(s)
	if len(runes) <= n {
		return s
	}
	return string(runes[:n-1]) + "…"
}

// body encodes v as JSON, or as multipart with the files.
func body(v any, files []File) (contentType string, data []byte, err error) {
	payload, err := json.Marshal(v)
	if err != nil {
		return "", nil, fmt.Errorf("encode the body: %w", err)
	}
	if len(files) == 0 {
		return "application/json", payload, nil
	}
	var buf bytes.Buffer
	w := multipart.NewWriter(&buf)
	if err := w.WriteField("payload_json", string(payload)); err != nil {
		return "", nil, fmt.Errorf("encode the body: %w", err)
	}
	for i, f := range files {
		h := textproto.MIMEHeader{}
		h.Set("Content-Disposition", `form-data; name="files[`+strconv.Itoa(i)+`]"; filename="`+f.Name+`"`)
		h.Set("Content-Type", "application/octet-stream")
		part, err := w.CreatePart(h)
		if err == nil {
			_, err = part.Write(f.Data)
		}
		if err != nil {
			return "", nil, fmt.Errorf("encode file %s: %w", f.Name, err)
		}
	}
	if err := w.Close(); err != nil {
		return "", nil, fmt.Errorf("encode the body: %w", err)
	}
	return w.FormDataContentType(), buf.Bytes(), nil
}
