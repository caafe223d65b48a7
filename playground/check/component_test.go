package check

import "testing"

// runV2 runs a row whose message is V2 with the given components; the faults
// are told below "components".
func (tt messageTest) runV2(t *testing.T) {
	t.Helper()
	tt.msg = `{"flags":32768,"components":[` + tt.msg + `]}`
	for i, w := range tt.want {
		tt.want[i] = "components" + w
	}
	tt.run(t, Post)
}

func TestV2Messages(t *testing.T) {
	const text = `{"type":10,"content":"x"}`
	for _, tt := range []messageTest{
		{name: "text", msg: `{"flags":32768,"components":[` + text + `]}`},
		{name: "empty content counts as none", msg: `{"flags":32768,"content":"","embeds":[],"components":[` + text + `]}`},
		{name: "no components", msg: `{"flags":32768,"components":[]}`, want: []string{"50006"}},
		{name: "a file and no components", msg: `{"flags":32768}`, files: []string{"a.png"}, want: []string{"50006"}},
		{name: "content", msg: `{"flags":32768,"content":"x","components":[` + text + `]}`,
			want: []string{"content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"}},
		{name: "embeds", msg: `{"flags":32768,"embeds":[{"title":"x"}],"components":[` + text + `]}`,
			want: []string{"embeds MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"}},
		{name: "a poll", msg: `{"flags":32768,"poll":{"question":{}},"components":[` + text + `]}`,
			want: []string{"poll MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"}},
		{name: "stickers", msg: `{"flags":32768,"sticker_ids":["1"],"components":[` + text + `]}`,
			want: []string{"sticker_ids MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"}},
		{name: "text without the flag", msg: `{"components":[` + text + `]}`, want: []string{"components.0 UNION_TYPE_CHOICES"}},
		{name: "a container without the flag", msg: `{"content":"x","components":[{"type":17,"components":[` + text + `]}]}`,
			want: []string{"components.0 UNION_TYPE_CHOICES"}},
		{name: "five rows without the flag", msg: `{"components":[` + copies(5, `{"type":1,"components":[{"type":2,"style":1,"label":"x","custom_id":"%d"}]}`) + `]}`},
		{name: "six rows without the flag", msg: `{"components":[` + copies(6, `{"type":1,"components":[{"type":2,"style":1,"label":"x","custom_id":"%d"}]}`) + `]}`,
			want: []string{"components BASE_TYPE_MAX_LENGTH"}},
		{name: "six rows with it", msg: `{"flags":32768,"components":[` + copies(6, `{"type":1,"components":[{"type":2,"style":1,"label":"x","custom_id":"%d"}]}`) + `]}`},
	} {
		tt.run(t, Post)
	}
}

func TestV2Totals(t *testing.T) {
	const text = `{"type":10,"content":"x"}`
	for _, tt := range []messageTest{
		{name: "40 components", msg: copies(40, text)},
		{name: "41 components", msg: copies(41, text), want: []string{" BASE_TYPE_MAX_LENGTH", " COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"}},
		{name: "40 in a container", msg: `{"type":17,"components":[` + copies(39, text) + `]}`},
		{name: "41 with the container", msg: `{"type":17,"components":[` + copies(40, text) + `]}`, want: []string{" COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"}},
		{name: "40 with accessories", msg: copies(13, `{"type":9,"components":[`+text+`],"accessory":{"type":2,"style":1,"label":"x","custom_id":"%d"}}`) + `,` + text},
		{name: "42 with accessories", msg: copies(14, `{"type":9,"components":[`+text+`],"accessory":{"type":2,"style":1,"label":"x","custom_id":"%d"}}`),
			want: []string{" COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"}},
		{name: "4,000 characters", msg: `{"type":10,"content":"` + letters(2000) + `"},{"type":17,"components":[{"type":10,"content":"` + letters(2000) + `"}]}`},
		{name: "4,001 characters", msg: `{"type":10,"content":"` + letters(2001) + `"},{"type":17,"components":[{"type":10,"content":"` + letters(2000) + `"}]}`,
			want: []string{" COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED"}},
		{name: "an id twice", msg: `{"type":1,"components":[{"type":2,"style":1,"label":"x","custom_id":"a"}]},
			{"type":17,"components":[{"type":9,"components":[` + text + `],"accessory":{"type":2,"style":1,"label":"x","custom_id":"a","disabled":true}}]}`,
			want: []string{".1.components.0.accessory.custom_id COMPONENT_CUSTOM_ID_DUPLICATED"}},
	} {
		tt.runV2(t)
	}
}

func TestV2Nesting(t *testing.T) {
	const (
		text = `{"type":10,"content":"x"}`
		knob = `{"type":2,"style":1,"label":"x","custom_id":"a"}`
		pic  = `{"type":11,"media":{"url":"https://example.org/a.png"}}`
	)
	for _, tt := range []messageTest{
		{name: "a container of everything", msg: `{"type":17,"accent_color":16777215,"spoiler":true,"components":[` + text + `,
			{"type":1,"components":[` + knob + `]},{"type":9,"components":[` + text + `],"accessory":` + pic + `},
			{"type":12,"items":[{"media":{"url":"https://example.org/a.png"},"description":"alt"}]},{"type":14,"spacing":2,"divider":false}]}`},
		{name: "a container in a container", msg: `{"type":17,"components":[{"type":17,"components":[` + text + `]}]}`, want: []string{".0.components.0 UNION_TYPE_CHOICES"}},
		{name: "an empty container", msg: `{"type":17,"components":[]}`, want: []string{".0.components BASE_TYPE_BAD_LENGTH"}},
		{name: "a colour too far", msg: `{"type":17,"accent_color":16777216,"components":[` + text + `]}`, want: []string{".0.accent_color NUMBER_TYPE_MAX"}},
		{name: "a section", msg: `{"type":9,"components":[` + copies(3, text) + `],"accessory":` + knob + `}`},
		{name: "a section of four", msg: `{"type":9,"components":[` + copies(4, text) + `],"accessory":` + knob + `}`, want: []string{".0.components BASE_TYPE_BAD_LENGTH"}},
		{name: "a section without accessory", msg: `{"type":9,"components":[` + text + `]}`, want: []string{".0.accessory BASE_TYPE_REQUIRED"}},
		{name: "a section with text as accessory", msg: `{"type":9,"components":[` + text + `],"accessory":` + text + `}`, want: []string{".0.accessory UNION_TYPE_CHOICES"}},
		{name: "a separator in a section", msg: `{"type":9,"components":[{"type":14}],"accessory":` + knob + `}`, want: []string{".0.components.0 UNION_TYPE_CHOICES"}},
		{name: "a button with no row", msg: knob, want: []string{".0 UNION_TYPE_CHOICES"}},
		{name: "a thumbnail with no section", msg: pic, want: []string{".0 UNION_TYPE_CHOICES"}},
		{name: "a label", msg: `{"type":18,"label":"x","component":` + text + `}`, want: []string{".0 UNION_TYPE_CHOICES"}},
		{name: "a text input", msg: `{"type":1,"components":[{"type":4,"custom_id":"a","style":1,"label":"x"}]}`,
			want: []string{".0.components.0 UNION_TYPE_CHOICES"}},
		{name: "a type that is not", msg: `{"type":99}`, want: []string{".0 UNION_TYPE_CHOICES"}},
		{name: "no type", msg: `{"content":"x"}`, want: []string{".0 UNION_TYPE_FIELD"}},
		{name: "a row in a row", msg: `{"type":1,"components":[{"type":1,"components":[` + knob + `]}]}`,
			want: []string{".0.components.0 UNION_TYPE_CHOICES"}},
	} {
		tt.runV2(t)
	}
}

func TestV2Content(t *testing.T) {
	item := `{"media":{"url":"https://example.org/a.png"}}`
	for _, tt := range []messageTest{
		{name: "empty text", msg: `{"type":10,"content":""}`, want: []string{".0.content BASE_TYPE_BAD_LENGTH"}},
		{name: "no text", msg: `{"type":10}`, want: []string{".0.content BASE_TYPE_REQUIRED"}},
		{name: "ten pictures", msg: `{"type":12,"items":[` + copies(10, item) + `]}`},
		{name: "eleven pictures", msg: `{"type":12,"items":[` + copies(11, item) + `]}`, want: []string{".0.items BASE_TYPE_BAD_LENGTH"}},
		{name: "no pictures", msg: `{"type":12,"items":[]}`, want: []string{".0.items BASE_TYPE_BAD_LENGTH"}},
		{name: "alt text of 1,024", msg: `{"type":12,"items":[{"media":{"url":"https://example.org/a.png"},"description":"` + letters(1024) + `"}]}`},
		{name: "alt text of 1,025", msg: `{"type":12,"items":[{"media":{"url":"https://example.org/a.png"},"description":"` + letters(1025) + `"}]}`,
			want: []string{".0.items.0.description BASE_TYPE_BAD_LENGTH"}},
		{name: "a picture without media", msg: `{"type":12,"items":[{"url":"https://example.org/a.png"}]}`, want: []string{".0.items.0.media BASE_TYPE_REQUIRED"}},
		{name: "a picture with no scheme", msg: `{"type":12,"items":[{"media":{"url":"a.png"}}]}`, want: []string{".0.items.0.media.url URL_TYPE_INVALID_URL"}},
		{name: "a file from elsewhere", msg: `{"type":13,"file":{"url":"https://example.org/a.pdf"}}`, want: []string{".0.file.url URL_TYPE_INVALID_SCHEME"}},
		{name: "an uploaded file", msg: `{"type":13,"file":{"url":"attachment://a.pdf"}}`, files: []string{"a.pdf"}},
		{name: "a plain separator", msg: `{"type":14}`},
		{name: "a separator's spacing", msg: `{"type":14,"spacing":3}`, want: []string{".0.spacing BASE_TYPE_CHOICES"}},
		{name: "numbered components", msg: `{"type":14,"id":1},{"type":10,"id":2,"content":"x"}`},
		{name: "a number below zero", msg: `{"type":14,"id":-1}`, want: []string{".0.id NUMBER_TYPE_MIN"}},
	} {
		tt.runV2(t)
	}
}
