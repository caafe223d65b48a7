package bot

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Discord's limits, in characters or items.
const (
	maxParts       = 40   // components of a message, nested ones counted
	maxText        = 4000 // characters over all texts of a message
	maxRow         = 5
	maxEntries     = 25
	maxEntryText   = 100
	maxButton      = 80
	maxHint        = 150
	maxGallery     = 10
	maxAlt         = 1024
	maxModalTitle  = 45
	maxFields      = 5
	maxFieldLabel  = 45
	maxInput       = 4000
	maxChoices     = 25
	maxChoiceLabel = 100
	maxFiles       = 10
	maxURL         = 512
	maxFileBytes   = 10 << 20
	maxAccent      = 0xFFFFFF
)

var fileName = regexp.MustCompile(`^[a-z0-9-]+\.[a-z0-9]+$`)

// Validate checks the reply against Discord's limits and returns every fault.
// A fault names the place and the limit, never the text.
func (r Reply) Validate() error {
	v := validator{ids: map[string]bool{}, files: map[string]bool{}, shown: map[string]bool{}}
	if r.Modal != nil {
		v.modal(r.Modal)
		if len(r.Parts)+len(r.Files) > 0 {
			v.fault("modal", "stands alone: no parts, no files")
		}
		return errors.Join(v.faults...)
	}
	v.size("files", len(r.Files), 0, maxFiles)
	for i, f := range r.Files {
		at := fmt.Sprintf("files[%d]", i)
		if !fileName.MatchString(f.Name) {
			v.fault(at, "name is not lower-case letters, digits and hyphens with an extension")
		}
		if v.files[f.Name] {
			v.fault(at, "name stands twice")
		}
		v.files[f.Name] = true
		v.chars(at+".about", f.About, 0, maxAlt)
		v.size(at+".data", len(f.Data), 0, maxFileBytes)
	}
	if r.Mark != 0 {
		v.size("mark", r.Mark, MarkLow, MarkHigh)
	}
	v.size("parts", len(r.Parts), 1, maxParts)
	v.parts("parts", r.Parts, true)
	for i, f := range r.Files {
		if !v.shown[f.Name] {
			v.fault(fmt.Sprintf("files[%d]", i), "no part shows it, so nobody sees it")
		}
	}
	if v.count > maxParts {
		v.fault("parts", fmt.Sprintf("%d components, at most %d", v.count, maxParts))
	}
	if v.text > maxText {
		v.fault("parts", fmt.Sprintf("%d characters of text, at most %d", v.text, maxText))
	}
	return errors.Join(v.faults...)
}

type validator struct {
	faults []error
	count  int
	text   int
	ids    map[string]bool
	files  map[string]bool
	shown  map[string]bool
}

func (v *validator) fault(at, what string) {
	v.faults = append(v.faults, fmt.Errorf("%s: %s", at, what))
}

// chars counts what Discord counts: it cuts blanks off both ends first.
func (v *validator) chars(at, s string, low, high int) {
	if low > 0 {
		s = strings.TrimSpace(s)
	}
	v.size(at, utf8.RuneCountInString(s), low, high)
}

func (v *validator) size(at string, n, low, high int) {
	if n < low || n > high {
		v.fault(at, fmt.Sprintf("length %d, must be %d to %d", n, low, high))
	}
}

func (v *validator) id(at, id string) {
	if n := len(id); n < 1 || n > customIDMax {
		v.size(at+".id", n, 1, customIDMax)
	}
	if v.ids[id] {
		v.fault(at+".id", "stands twice in the message")
	}
	v.ids[id] = true
}

func (v *validator) file(at, name string) {
	v.shown[name] = true
	if !v.files[name] {
		v.fault(at, "names a file that the reply does not carry")
	}
}

func (v *validator) parts(at string, parts []Part, top bool) {
	for i, p := range parts {
		v.part(fmt.Sprintf("%s[%d]", at, i), p, top)
	}
}

func (v *validator) part(at string, p Part, top bool) {
	v.count++
	switch p := p.(type) {
	case Text:
		v.textPart(at, p)
	case Container:
		if !top {
			v.fault(at, "a container can't stand in a container")
		}
		v.size(at+".accent", p.Accent, 0, maxAccent)
		v.size(at+".parts", len(p.Parts), 1, maxParts)
		v.parts(at+".parts", p.Parts, false)
	case Section:
		v.section(at, p)
	case Separator:
	case Gallery:
		v.size(at, len(p), 1, maxGallery)
		for i, image := range p {
			v.image(fmt.Sprintf("%s[%d]", at, i), image.File, image.Alt)
		}
	case FileLink:
		v.file(at, string(p))
	case Row:
		v.size(at, len(p), 1, maxRow)
		for i, b := range p {
			v.count++
			v.button(fmt.Sprintf("%s[%d]", at, i), b)
		}
	case Select:
		v.count++
		v.id(at, p.ID)
		v.chars(at+".hint", p.Hint, 0, maxHint)
		v.entries(at, p.Entries, p.Many)
	case ChannelSelect:
		v.count++
		v.id(at, p.ID)
		v.chars(at+".hint", p.Hint, 0, maxHint)
	case Menu:
		v.count++
		v.id(at, menuID)
		v.chars(at+".hint", p.Hint, 0, maxHint)
		v.entries(at, p.entries(), false)
	default:
		v.fault(at, fmt.Sprintf("%T can't stand here", p))
	}
}

func (v *validator) textPart(at string, t Text) {
	v.chars(at, string(t), 1, maxText)
	v.text += utf8.RuneCountInString(string(t))
}

func (v *validator) section(at string, s Section) {
	v.size(at+".texts", len(s.Texts), 1, 3)
	for i, t := range s.Texts {
		v.count++
		v.textPart(fmt.Sprintf("%s.texts[%d]", at, i), t)
	}
	v.count++
	v.button(at+".beside", s.Beside)
}

func (v *validator) image(at, file, alt string) {
	v.file(at, file)
	v.chars(at+".alt", alt, 1, maxAlt)
}

func (v *validator) button(at string, b Button) {
	v.chars(at+".label", b.Label, 1, maxButton)
	switch {
	case b.URL != "" && b.ID != "":
		v.fault(at, "has both an ID and a URL")
	case b.URL != "":
		v.chars(at+".url", b.URL, 1, maxURL)
		if !strings.HasPrefix(b.URL, "https://") && !strings.HasPrefix(b.URL, "http://") {
			v.fault(at+".url", "is not a web address")
		}
	default:
		v.size(at+".style", int(b.Style), 0, int(Danger))
		v.id(at, b.ID)
	}
}

func (v *validator) entries(at string, entries []Entry, many bool) {
	v.size(at+".entries", len(entries), 1, maxEntries)
	seen, chosen := map[string]bool{}, 0
	for i, e := range entries {
		where := fmt.Sprintf("%s.entries[%d]", at, i)
		v.chars(where+".label", e.Label, 1, maxEntryText)
		v.chars(where+".value", e.Value, 1, maxEntryText)
		v.chars(where+".about", e.About, 0, maxEntryText)
		if seen[e.Value] {
			v.fault(where+".value", "stands twice")
		}
		seen[e.Value] = true
		if e.Chosen {
			chosen++
		}
	}
	if !many {
		v.size(at+".chosen", chosen, 0, 1)
	}
}

func (v *validator) modal(m *Modal) {
	v.id("modal", m.ID)
	v.chars("modal.title", m.Title, 1, maxModalTitle)
	v.size("modal.fields", len(m.Fields), 1, maxFields)
	for i, f := range m.Fields {
		at := fmt.Sprintf("modal.fields[%d]", i)
		v.id(at, f.ID)
		v.chars(at+".label", f.Label, 1, maxFieldLabel)
		v.chars(at+".about", f.About, 0, maxEntryText)
		if f.Entries != nil {
			v.chars(at+".hint", f.Hint, 0, maxHint)
			v.entries(at, f.Entries, false)
			continue
		}
		v.chars(at+".hint", f.Hint, 0, maxEntryText)
		v.chars(at+".value", f.Value, 0, maxInput)
		v.size(at+".max", f.Max, 0, maxInput)
		if f.Max > 0 {
			v.chars(at+".value", f.Value, 0, f.Max)
		}
	}
}
