package check

import "testing"

func TestEmbeds(t *testing.T) {
	for _, tt := range []messageTest{
		{name: "every field", msg: `{"title":"a","description":"b","url":"https://example.org","color":16777215,"timestamp":"2026-11-22T09:00:00Z",
			"footer":{"text":"c","icon_url":"https://example.org/a.png"},"author":{"name":"d","url":"https://example.org"},
			"image":{"url":"https://example.org/a.png"},"thumbnail":{"url":"https://example.org/a.png"},
			"fields":[{"name":"e","value":"f","inline":true}],"type":"rich"}`},
		{name: "an empty embed", msg: `{}`, want: []string{" LIST_ITEM_VALUE_REQUIRED"}},
		{name: "a title of 256", msg: `{"title":"` + letters(256) + `"}`},
		{name: "a title of 257", msg: `{"title":"` + letters(257) + `"}`, want: []string{".title BASE_TYPE_MAX_LENGTH"}},
		{name: "a description of 4,096", msg: `{"description":"` + letters(4096) + `"}`},
		{name: "a description of 4,097", msg: `{"description":"` + letters(4097) + `"}`, want: []string{".description BASE_TYPE_MAX_LENGTH"}},
		{name: "a footer of 2,048", msg: `{"footer":{"text":"` + letters(2048) + `"}}`},
		{name: "a footer of 2,049", msg: `{"footer":{"text":"` + letters(2049) + `"}}`, want: []string{".footer.text BASE_TYPE_MAX_LENGTH"}},
		{name: "an author of 257", msg: `{"author":{"name":"` + letters(257) + `"}}`, want: []string{".author.name BASE_TYPE_MAX_LENGTH"}},
		{name: "25 fields", msg: `{"fields":[` + copies(25, `{"name":"a","value":"b"}`) + `]}`},
		{name: "26 fields", msg: `{"fields":[` + copies(26, `{"name":"a","value":"b"}`) + `]}`, want: []string{".fields BASE_TYPE_MAX_LENGTH"}},
		{name: "a field with an empty name", msg: `{"fields":[{"name":"","value":"b"}]}`, want: []string{".fields.0.name BASE_TYPE_REQUIRED"}},
		{name: "a field with a blank name", msg: `{"fields":[{"name":" ","value":"b"}]}`, want: []string{".fields.0.name BASE_TYPE_REQUIRED"}},
		{name: "a field with no value", msg: `{"fields":[{"name":"a"}]}`, want: []string{".fields.0.value BASE_TYPE_REQUIRED"}},
		{name: "a field's value of 1,025", msg: `{"fields":[{"name":"a","value":"` + letters(1025) + `"}]}`, want: []string{".fields.0.value BASE_TYPE_MAX_LENGTH"}},
		{name: "a field's name of 257", msg: `{"fields":[{"name":"` + letters(257) + `","value":"a"}]}`, want: []string{".fields.0.name BASE_TYPE_MAX_LENGTH"}},
		{name: "a colour too far", msg: `{"title":"a","color":16777216}`, want: []string{".color NUMBER_TYPE_MAX"}},
		{name: "a time in words", msg: `{"title":"a","timestamp":"today"}`, want: []string{".timestamp DATE_TIME_TYPE_PARSE"}},
		{name: "an address with no scheme", msg: `{"title":"a","url":"example.org"}`, want: []string{".url URL_TYPE_INVALID_URL"}},
		{name: "an address with another scheme", msg: `{"title":"a","url":"ftp://example.org"}`, want: []string{".url URL_TYPE_INVALID_SCHEME"}},
		{name: "a picture without an address", msg: `{"image":{}}`, want: []string{".image.url BASE_TYPE_REQUIRED"}},
	} {
		tt.msg = `{"embeds":[` + tt.msg + `]}`
		for i, w := range tt.want {
			tt.want[i] = "embeds.0" + w
		}
		tt.run(t, Post)
	}
}

func TestEmbedTotals(t *testing.T) {
	for _, tt := range []messageTest{
		{name: "10 embeds", msg: `{"embeds":[` + copies(10, `{"title":"a"}`) + `]}`},
		{name: "11 embeds", msg: `{"embeds":[` + copies(11, `{"title":"a"}`) + `]}`, want: []string{"embeds BASE_TYPE_MAX_LENGTH"}},
		{name: "6,000 over two embeds", msg: `{"embeds":[{"description":"` + letters(4000) + `"},{"description":"` + letters(1997) +
			`","title":"a","footer":{"text":"b"},"author":{"name":"c"}}]}`},
		{name: "6,001 over two embeds", msg: `{"embeds":[{"description":"` + letters(4000) + `"},{"description":"` + letters(1997) +
			`","title":"a","fields":[{"name":"bb","value":"c"}]}]}`, want: []string{"embeds MAX_EMBED_SIZE_EXCEEDED"}},
		{name: "addresses don't count", msg: `{"embeds":[{"description":"` + letters(4000) + `"},{"description":"` + letters(2000) +
			`","url":"https://example.org"}]}`},
	} {
		tt.run(t, Post)
	}
}
