package openapi

import "strings"

// Kinds of components that have rules here.
const (
	componentRow     = 1
	componentButton  = 2
	componentText    = 10
	buttonLink       = 5
	buttonPremium    = 6
	maxRowButtons    = 5
	attachmentScheme = "attachment://"
)

// A tree walks the components of one message and counts over all of them.
type tree struct {
	*faults
	files map[string]bool // names that attachment:// may point at
	ids   map[string]bool
	count int
	texts int
}

// components judges the components of a message, nested ones too.
func (f *faults) components(at string, list []any, files map[string]string) {
	t := tree{faults: f, files: map[string]bool{}, ids: map[string]bool{}}
	for _, name := range files {
		t.files[name] = true
	}
	for i, c := range list {
		t.walk(item(at, "components", i), object(c))
	}
	if t.count > maxComponents {
		f.add(join(at, "components"), "%d in all, the most is %d", t.count, maxComponents)
	}
	if t.texts > maxTexts {
		f.add(join(at, "components"), "%d characters of text in all, the most is %d", t.texts, maxTexts)
	}
}

func (t *tree) walk(at string, c map[string]any) {
	t.count++
	t.unique(at, text(c["custom_id"]), t.ids)
	switch number(c["type"]) {
	case componentRow:
		t.row(at, array(c["components"]))
	case componentButton:
		t.button(at, c)
	case componentText:
		t.texts += length(c, "content")
		if strings.TrimSpace(text(c["content"])) == "" {
			t.add(at, "the text is empty")
		}
	}
	for _, key := range []string{"media", "file"} {
		t.media(join(at, key), object(c[key]))
	}
	for i, x := range array(c["items"]) {
		t.media(item(at, "items", i), object(object(x)["media"]))
	}
	for i, x := range array(c["components"]) {
		t.walk(item(at, "components", i), object(x))
	}
	if a := object(c["accessory"]); a != nil {
		t.walk(join(at, "accessory"), a)
	}
}

// row holds either buttons or one select.
func (t *tree) row(at string, list []any) {
	buttons := 0
	for _, c := range list {
		if number(object(c)["type"]) == componentButton {
			buttons++
		}
	}
	if selects := len(list) - buttons; selects > 1 || selects == 1 && buttons > 0 || buttons > maxRowButtons {
		t.add(at, "a row holds up to %d buttons or one select, not %d and %d", maxRowButtons, buttons, selects)
	}
}

func (t *tree) button(at string, c map[string]any) {
	id, url := text(c["custom_id"]), text(c["url"])
	switch number(c["style"]) {
	case buttonLink:
		if url == "" || id != "" {
			t.add(at, "a link button has a url and no custom_id")
		}
	case buttonPremium:
		if id != "" || url != "" || c["label"] != nil {
			t.add(at, "a premium button has a sku_id only")
		}
		return
	default:
		if id == "" || url != "" {
			t.add(at, "a button that is pressed has a custom_id and no url")
		}
	}
	if text(c["label"]) == "" && c["emoji"] == nil {
		t.add(at, "a button has a label or an emoji")
	}
}

// media checks that a reference to a file has its file. An edit may point at
// a file that the message has already, which only the server knows; so the
// reference is judged only when the request brings files.
func (t *tree) media(at string, m map[string]any) {
	name, ok := strings.CutPrefix(text(m["url"]), attachmentScheme)
	if ok && len(t.files) > 0 && !t.files[name] {
		t.add(at, "no file named %q comes with it", name)
	}
}
