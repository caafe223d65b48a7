package check

import "testing"

// runRow runs a row whose message has one action row with the given
// components; the faults are told below the row's components.
func (tt messageTest) runRow(t *testing.T) {
	t.Helper()
	tt.msg = `{"content":"x","components":[{"type":1,"components":[` + tt.msg + `]}]}`
	for i, w := range tt.want {
		tt.want[i] = "components.0.components" + w
	}
	tt.run(t, Post)
}

func TestButtons(t *testing.T) {
	for _, tt := range []messageTest{
		{name: "four styles", msg: `{"type":2,"style":1,"label":"x","custom_id":"a"},{"type":2,"style":2,"label":"x","custom_id":"b"},
			{"type":2,"style":3,"label":"x","custom_id":"c"},{"type":2,"style":4,"label":"x","custom_id":"d"}`},
		{name: "styles that are not", msg: copies(4, `{"type":2,"style":1%d,"label":"x","custom_id":"%d"}`), want: []string{
			".0.style BASE_TYPE_CHOICES", ".1.style BASE_TYPE_CHOICES", ".2.style BASE_TYPE_CHOICES", ".3.style BASE_TYPE_CHOICES"}},
		{name: "five buttons", msg: copies(5, `{"type":2,"style":1,"label":"x","custom_id":"%d"}`)},
		{name: "six buttons", msg: copies(6, `{"type":2,"style":1,"label":"x","custom_id":"%d"}`),
			want: []string{" BASE_TYPE_BAD_LENGTH", ".5 COMPONENT_LAYOUT_WIDTH_EXCEEDED"}},
		{name: "no buttons", msg: ``, want: []string{" BASE_TYPE_BAD_LENGTH"}},
		{name: "no style", msg: `{"type":2,"label":"x","custom_id":"a"}`, want: []string{".0.style BASE_TYPE_REQUIRED"}},
		{name: "no custom id", msg: `{"type":2,"style":1,"label":"x"}`, want: []string{".0.custom_id BUTTON_COMPONENT_CUSTOM_ID_REQUIRED"}},
		{name: "an empty custom id", msg: `{"type":2,"style":1,"label":"x","custom_id":""}`, want: []string{".0.custom_id BASE_TYPE_BAD_LENGTH"}},
		{name: "a custom id of 100", msg: `{"type":2,"style":1,"label":"x","custom_id":"` + letters(100) + `"}`},
		{name: "a custom id of 101", msg: `{"type":2,"style":1,"label":"x","custom_id":"` + letters(101) + `"}`, want: []string{".0.custom_id BASE_TYPE_BAD_LENGTH"}},
		{name: "a custom id twice", msg: `{"type":2,"style":1,"label":"x","custom_id":"a"},{"type":2,"style":2,"label":"y","custom_id":"a"}`,
			want: []string{".1.custom_id COMPONENT_CUSTOM_ID_DUPLICATED"}},
		{name: "an address on a button", msg: `{"type":2,"style":1,"label":"x","custom_id":"a","url":"https://example.org"}`,
			want: []string{".0.url BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE"}},
		{name: "a link", msg: `{"type":2,"style":5,"label":"x","url":"https://example.org"}`},
		{name: "a link into the client", msg: `{"type":2,"style":5,"label":"x","url":"discord://-/channels/1/2"}`},
		{name: "a link with a custom id", msg: `{"type":2,"style":5,"label":"x","url":"https://example.org","custom_id":"a"}`,
			want: []string{".0.custom_id BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE"}},
		{name: "a link to nowhere", msg: `{"type":2,"style":5,"label":"x"}`, want: []string{".0.url BUTTON_COMPONENT_URL_REQUIRED"}},
		{name: "a link of 513", msg: `{"type":2,"style":5,"label":"x","url":"https://` + letters(505) + `"}`, want: []string{".0.url BASE_TYPE_BAD_LENGTH"}},
		{name: "a link of 512", msg: `{"type":2,"style":5,"label":"x","url":"https://` + letters(504) + `"}`},
		{name: "a link with another scheme", msg: `{"type":2,"style":5,"label":"x","url":"steam://run"}`, want: []string{".0.url URL_TYPE_INVALID_SCHEME"}},
		{name: "a label of 80", msg: `{"type":2,"style":1,"label":"` + letters(80) + `","custom_id":"a"}`},
		{name: "a label of 81", msg: `{"type":2,"style":1,"label":"` + letters(81) + `","custom_id":"a"}`, want: []string{".0.label BASE_TYPE_MAX_LENGTH"}},
		{name: "no label", msg: `{"type":2,"style":1,"custom_id":"a"}`, want: []string{".0.label BASE_TYPE_REQUIRED"}},
		{name: "an empty label", msg: `{"type":2,"style":1,"label":"","custom_id":"a"}`, want: []string{".0.label BASE_TYPE_REQUIRED"}},
		{name: "an emoji and no label", msg: `{"type":2,"style":1,"custom_id":"a","emoji":{"name":"🧘"}}`},
		{name: "emoji among letters and digits", msg: `{"type":2,"style":1,"custom_id":"a","emoji":{"name":"ℹ️"}},{"type":2,"style":1,"custom_id":"b","emoji":{"name":"1️⃣"}}`},
		{name: "a server's emoji", msg: `{"type":2,"style":1,"custom_id":"a","emoji":{"name":"calm","id":"12"}}`},
		{name: "a shortcode", msg: `{"type":2,"style":1,"custom_id":"a","emoji":{"name":":calm:"}}`, want: []string{".0.emoji.name COMPONENT_INVALID_EMOJI"}},
		{name: "an emoji with a word for an id", msg: `{"type":2,"style":1,"custom_id":"a","emoji":{"name":"calm","id":"calm"}}`, want: []string{".0.emoji.id COMPONENT_INVALID_EMOJI"}},
	} {
		tt.runRow(t)
	}
}

func TestSelects(t *testing.T) {
	const (
		one  = `{"label":"a","value":"a"}`
		knob = `{"type":2,"style":1,"label":"x","custom_id":"b"}`
	)
	for _, tt := range []messageTest{
		{name: "one of one", msg: `{"type":3,"custom_id":"a","options":[` + one + `]}`},
		{name: "every other kind", msg: `{"type":5,"custom_id":"a","placeholder":"` + letters(150) + `"}`},
		{name: "two selects", msg: `{"type":5,"custom_id":"a"},{"type":6,"custom_id":"b"}`, want: []string{".1 COMPONENT_LAYOUT_WIDTH_EXCEEDED"}},
		{name: "a select and a button", msg: `{"type":5,"custom_id":"a"},` + knob, want: []string{".1 COMPONENT_LAYOUT_WIDTH_EXCEEDED"}},
		{name: "a button and a select", msg: knob + `,{"type":5,"custom_id":"a"}`, want: []string{".1 COMPONENT_LAYOUT_WIDTH_EXCEEDED"}},
		{name: "no custom id", msg: `{"type":8}`, want: []string{".0.custom_id BASE_TYPE_REQUIRED"}},
		{name: "a placeholder of 151", msg: `{"type":7,"custom_id":"a","placeholder":"` + letters(151) + `"}`, want: []string{".0.placeholder BASE_TYPE_MAX_LENGTH"}},
		{name: "no options", msg: `{"type":3,"custom_id":"a"}`, want: []string{".0.options BASE_TYPE_REQUIRED"}},
		{name: "an empty list", msg: `{"type":3,"custom_id":"a","options":[]}`, want: []string{".0.options BASE_TYPE_BAD_LENGTH"}},
		{name: "25 options", msg: `{"type":3,"custom_id":"a","max_values":25,"options":[` + copies(25, `{"label":"a","value":"%d"}`) + `]}`},
		{name: "26 options", msg: `{"type":3,"custom_id":"a","options":[` + copies(26, `{"label":"a","value":"%d"}`) + `]}`, want: []string{".0.options BASE_TYPE_BAD_LENGTH"}},
		{name: "a value twice", msg: `{"type":3,"custom_id":"a","options":[` + one + `,` + one + `]}`,
			want: []string{".0.options.1 SELECT_COMPONENT_OPTION_VALUE_DUPLICATED"}},
		{name: "texts of 100", msg: `{"type":3,"custom_id":"a","options":[{"label":"` + letters(100) + `","value":"` + letters(100) + `","description":"` + letters(100) + `"}]}`},
		{name: "texts of 101", msg: `{"type":3,"custom_id":"a","options":[{"label":"` + letters(101) + `","value":"` + letters(101) + `","description":"` + letters(101) + `"}]}`,
			want: []string{".0.options.0.description BASE_TYPE_MAX_LENGTH", ".0.options.0.label BASE_TYPE_BAD_LENGTH", ".0.options.0.value BASE_TYPE_BAD_LENGTH"}},
		{name: "more wanted than offered", msg: `{"type":3,"custom_id":"a","max_values":2,"options":[` + one + `]}`, want: []string{".0.options BASE_TYPE_BAD_LENGTH"}},
		{name: "the least over the most", msg: `{"type":5,"custom_id":"a","min_values":3,"max_values":2}`, want: []string{".0.min_values NUMBER_TYPE_MAX"}},
		{name: "the least over one", msg: `{"type":5,"custom_id":"a","min_values":2}`, want: []string{".0.min_values NUMBER_TYPE_MAX"}},
		{name: "none or one", msg: `{"type":5,"custom_id":"a","min_values":0}`},
		{name: "26 at most", msg: `{"type":5,"custom_id":"a","max_values":26}`, want: []string{".0.max_values NUMBER_TYPE_MAX"}},
		{name: "one chosen", msg: `{"type":3,"custom_id":"a","options":[{"label":"a","value":"a","default":true},{"label":"b","value":"b"}]}`},
		{name: "two chosen of one", msg: `{"type":3,"custom_id":"a","options":[{"label":"a","value":"a","default":true},{"label":"b","value":"b","default":true}]}`,
			want: []string{".0.options SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES"}},
		{name: "a user chosen", msg: `{"type":5,"custom_id":"a","default_values":[{"type":"user","id":"1"}]}`},
		{name: "a role chosen among users", msg: `{"type":5,"custom_id":"a","default_values":[{"type":"role","id":"1"}]}`, want: []string{".0.default_values.0.type BASE_TYPE_CHOICES"}},
		{name: "two users chosen of one", msg: `{"type":5,"custom_id":"a","default_values":[{"type":"user","id":"1"},{"type":"user","id":"2"}]}`,
			want: []string{".0.default_values SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES"}},
		{name: "nothing chosen, of any type", msg: `{"type":8,"custom_id":"a","channel_types":[],"default_values":[]}`},
		{name: "channels of a type", msg: `{"type":8,"custom_id":"a","channel_types":[0,5]}`},
		{name: "channels of a type that is not", msg: `{"type":8,"custom_id":"a","channel_types":[99]}`, want: []string{".0.channel_types.0 BASE_TYPE_CHOICES"}},
	} {
		tt.runRow(t)
	}
}
