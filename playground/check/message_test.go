package check

import (
	"testing"
)

// A messageTest is a row: a message, what it replaces, and what is wrong.
type messageTest struct {
	name    string
	msg     string
	current string // the message before an edit
	files   []string
	want    []string
}

// run checks the rows at one place.
func (tt messageTest) run(t *testing.T, use Use) {
	t.Run(string(use)+"/"+tt.name, func(t *testing.T) {
		t.Helper()
		var current map[string]any
		if tt.current != "" {
			current = parse[map[string]any](t, tt.current)
		}
		wantFaults(t, Message(use, parse[map[string]any](t, tt.msg), current, tt.files), tt.want...)
	})
}

func TestMessage(t *testing.T) {
	for _, tt := range []messageTest{
		{name: "words", msg: `{"content":"Stretch time"}`},
		{name: "words and null", msg: `{"content":"x","embeds":null,"components":null,"flags":null,"nonce":null,"allowed_mentions":null,"attachments":null,"sticker_ids":null,"poll":null,"tts":false}`},
		{name: "nothing", msg: `{}`, want: []string{"50006"}},
		{name: "blanks", msg: `{"content":"  \n "}`, want: []string{"50006"}},
		{name: "empty lists", msg: `{"content":"","embeds":[],"components":[]}`, want: []string{"50006"}},
		{name: "an embed alone", msg: `{"embeds":[{"title":"x"}]}`},
		{name: "a file alone", msg: `{}`, files: []string{"a.png"}},
		{name: "a button alone", msg: `{"components":[{"type":1,"components":[{"type":2,"style":5,"label":"x","url":"https://example.org"}]}]}`},
		{name: "2,000 characters", msg: `{"content":"` + letters(2000) + `"}`},
		{name: "2,001 characters", msg: `{"content":"` + letters(2001) + `"}`, want: []string{"content BASE_TYPE_MAX_LENGTH"}},
		{name: "a list as words", msg: `{"content":["x"]}`, want: []string{"content STRING_TYPE_CONVERT"}},
		{name: "tts in words", msg: `{"content":"x","tts":"no"}`, want: []string{"tts BOOLEAN_TYPE_CONVERT"}},
		{name: "a nonce of 25", msg: `{"content":"x","nonce":"` + letters(25) + `","enforce_nonce":true}`},
		{name: "a nonce of 26", msg: `{"content":"x","nonce":"` + letters(26) + `"}`, want: []string{"nonce NONCE_TYPE_TOO_LONG"}},
		{name: "a number as nonce", msg: `{"content":"x","nonce":1234567890123456789}`},
		{name: "a list as nonce", msg: `{"content":"x","nonce":[]}`, want: []string{"nonce NONCE_TYPE_INVALID_TYPE"}},
		{name: "enforce_nonce in words", msg: `{"content":"x","enforce_nonce":"yes"}`, want: []string{"enforce_nonce BOOLEAN_TYPE_CONVERT"}},
		{name: "silent, no embeds", msg: `{"content":"x","flags":4100}`},
		{name: "flags as digits", msg: `{"content":"x","flags":"4096"}`},
		{name: "ephemeral in a channel", msg: `{"content":"x","flags":64}`, want: []string{"flags BASE_TYPE_CHOICES"}},
		{name: "a flag of Discord's own", msg: `{"content":"x","flags":1}`, want: []string{"flags BASE_TYPE_CHOICES"}},
		{name: "flags in words", msg: `{"content":"x","flags":"EPHEMERAL"}`, want: []string{"flags NUMBER_TYPE_COERCE"}},
		{name: "a poll", msg: `{"content":"x","poll":{"question":{"text":"?"}}}`, want: []string{"poll PLAYGROUND_UNSUPPORTED"}},
		{name: "a sticker", msg: `{"content":"x","sticker_ids":["1"]}`, want: []string{"sticker_ids PLAYGROUND_UNSUPPORTED"}},
	} {
		tt.run(t, Post)
	}
}

func TestFollowupFlags(t *testing.T) {
	for _, use := range []Use{answer, Followup} {
		for _, tt := range []messageTest{
			{name: "ephemeral", msg: `{"content":"x","flags":64}`},
			{name: "ephemeral, silent, no embeds", msg: `{"content":"x","flags":4164}`},
			{name: "ephemeral V2", msg: `{"flags":32832,"components":[{"type":10,"content":"x"}]}`},
			{name: "loading", msg: `{"content":"x","flags":128}`, want: []string{"flags BASE_TYPE_CHOICES"}},
			{name: "nothing", msg: `{}`, want: []string{"50006"}},
		} {
			tt.run(t, use)
		}
	}
}

func TestMentions(t *testing.T) {
	for _, tt := range []messageTest{
		{name: "none", msg: `{"parse":[]}`},
		{name: "all kinds", msg: `{"parse":["users","roles","everyone"],"replied_user":true}`},
		{name: "one role", msg: `{"parse":["users"],"roles":["12"],"users":[]}`},
		{name: "null everywhere", msg: `{"parse":null,"users":null,"roles":null}`},
		{name: "a kind that is not", msg: `{"parse":["here"]}`, want: []string{"parse.0 BASE_TYPE_CHOICES"}},
		{name: "four kinds", msg: `{"parse":["users","roles","everyone","users"]}`, want: []string{
			"parse BASE_TYPE_MAX_LENGTH", "parse.3 SET_TYPE_ALREADY_CONTAINS_VALUE"}},
		{name: "a kind twice", msg: `{"parse":["users","users"]}`, want: []string{"parse.1 SET_TYPE_ALREADY_CONTAINS_VALUE"}},
		{name: "every user and one", msg: `{"parse":["users"],"users":["1"]}`, want: []string{" MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE"}},
		{name: "every role and one", msg: `{"parse":["roles"],"roles":["1"]}`, want: []string{" MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE"}},
		{name: "100 users", msg: `{"users":[` + copies(100, `"1%d"`) + `]}`},
		{name: "101 users", msg: `{"users":[` + copies(101, `"1%d"`) + `]}`, want: []string{"users BASE_TYPE_MAX_LENGTH"}},
		{name: "101 roles", msg: `{"roles":[` + copies(101, `"1%d"`) + `]}`, want: []string{"roles BASE_TYPE_MAX_LENGTH"}},
		{name: "a name for an id", msg: `{"users":["mia"]}`, want: []string{"users.0 NUMBER_TYPE_COERCE"}},
		{name: "no list", msg: `{"parse":"users"}`, want: []string{"parse LIST_TYPE_CONVERT"}},
	} {
		tt.msg = `{"content":"x","allowed_mentions":` + tt.msg + `}`
		for i, w := range tt.want {
			if w[0] == ' ' {
				tt.want[i] = "allowed_mentions" + w
				continue
			}
			tt.want[i] = "allowed_mentions." + w
		}
		tt.run(t, Post)
	}
}

func TestEdit(t *testing.T) {
	const (
		words = `{"content":"x","flags":0,"attachments":[]}`
		v2    = `{"content":"","flags":32768,"components":[{"type":10,"content":"x"}],"embeds":[],"attachments":[]}`
	)
	for _, use := range []Use{Edit, FollowupEdit, update} {
		for _, tt := range []messageTest{
			{name: "other words", current: words, msg: `{"content":"y"}`},
			{name: "buttons added", current: words, msg: `{"components":[]}`},
			{name: "words taken away", current: words, msg: `{"content":""}`, want: []string{"50006"}},
			{name: "words null", current: words, msg: `{"content":null}`, want: []string{"50006"}},
			{name: "words away, embed in", current: words, msg: `{"content":null,"embeds":[{"title":"x"}]}`},
			{name: "flags it has not", current: words, msg: `{"flags":64}`},
			{name: "to V2, words reset", current: words, msg: `{"content":null,"flags":32768,"components":[{"type":10,"content":"y"}]}`},
			{name: "to V2, words kept", current: words, msg: `{"flags":32768,"components":[{"type":10,"content":"y"}]}`,
				want: []string{"content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"}},
			{name: "V2 with its flag", current: v2, msg: `{"flags":32768,"components":[{"type":10,"content":"y"}]}`},
			{name: "V2 without a flag", current: v2, msg: `{"components":[{"type":10,"content":"y"}]}`},
			{name: "V2 unchanged", current: v2, msg: `{"allowed_mentions":{"parse":[]}}`},
			{name: "V2 made empty", current: v2, msg: `{"components":[]}`, want: []string{"50006"}},
			{name: "V2 flag taken away", current: v2, msg: `{"flags":0}`,
				want: []string{"flags MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG"}},
			{name: "V2 flag away, V2 components", current: v2, msg: `{"flags":0,"components":[{"type":10,"content":"y"}]}`,
				want: []string{"components.0 UNION_TYPE_CHOICES", "flags MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG"}},
			{name: "words into V2", current: v2, msg: `{"content":"y"}`,
				want: []string{"content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"}},
			{name: "empty words into V2", current: v2, msg: `{"content":"","embeds":[]}`},
			{name: "embeds into V2", current: v2, msg: `{"embeds":[{"title":"y"}]}`,
				want: []string{"embeds MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"}},
		} {
			tt.run(t, use)
		}
	}
}

func TestAttachments(t *testing.T) {
	const gallery = `"flags":32768,"components":[{"type":12,"items":[{"media":{"url":"attachment://a.png"}}]}]`
	one := []string{"a.png"}
	kept := `{"flags":32768,"components":[{"type":10,"content":"x"}],"attachments":[{"id":"77","filename":"old.png"}]}`
	tests := map[Use][]messageTest{
		Post: {
			{name: "listed", msg: `{` + gallery + `,"attachments":[{"id":0,"filename":"a.png","description":"x"}]}`, files: one},
			{name: "listed by a string", msg: `{` + gallery + `,"attachments":[{"id":"0"}]}`, files: one},
			{name: "renamed", msg: `{` + gallery + `,"attachments":[{"id":0,"filename":"a.png"}]}`, files: []string{"b.png"}},
			{name: "uploaded, no list", msg: `{` + gallery + `}`, files: one},
			{name: "uploaded, not listed", msg: `{` + gallery + `,"attachments":[]}`, files: one,
				want: []string{"components.0.items.0.media.url UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND"}},
			{name: "not uploaded", msg: `{` + gallery + `}`,
				want: []string{"components.0.items.0.media.url UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND"}},
			{name: "another name", msg: `{` + gallery + `}`, files: []string{"b.png"},
				want: []string{"components.0.items.0.media.url UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND"}},
			{name: "an embed's picture not uploaded", msg: `{"embeds":[{"image":{"url":"attachment://a.png"}}]}`,
				want: []string{"embeds.0.image.url UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND"}},
			{name: "an embed's picture", msg: `{"embeds":[{"image":{"url":"attachment://a.png"},"author":{"name":"x","icon_url":"attachment://a.png"}}]}`, files: one},
			{name: "listed but not uploaded", msg: `{"content":"x","attachments":[{"id":0}]}`, want: []string{"attachments.0 ATTACHMENT_NOT_FOUND"}},
			{name: "a gap in the uploads", msg: `{"content":"x","attachments":[{"id":0},{"id":1}]}`, files: []string{"", "b.png"},
				want: []string{"attachments.0 ATTACHMENT_NOT_FOUND"}},
			{name: "no id", msg: `{"content":"x","attachments":[{"filename":"a.png"}]}`, files: one, want: []string{"attachments.0.id BASE_TYPE_REQUIRED"}},
			{name: "a word for an id", msg: `{"content":"x","attachments":[{"id":"a"}]}`, files: one, want: []string{"attachments.0.id NUMBER_TYPE_COERCE"}},
			{name: "a description of 1,024", msg: `{"content":"x","attachments":[{"id":0,"description":"` + letters(1024) + `"}]}`, files: one},
			{name: "a description of 1,025", msg: `{"content":"x","attachments":[{"id":0,"description":"` + letters(1025) + `"}]}`, files: one,
				want: []string{"attachments.0.description BASE_TYPE_MAX_LENGTH"}},
			{name: "10 files", msg: `{"content":"x"}`, files: make([]string, 10)},
			{name: "11 files", msg: `{"content":"x"}`, files: make([]string, 11), want: []string{"attachments BASE_TYPE_MAX_LENGTH"}},
			{name: "a kept id on a new message", msg: `{"content":"x","attachments":[{"id":"77"}]}`, current: kept,
				want: []string{"attachments.0 ATTACHMENT_NOT_FOUND"}},
		},
		Edit: {
			{name: "kept", current: kept, msg: `{"attachments":[{"id":"77"}],"components":[{"type":13,"file":{"url":"attachment://old.png"}}]}`},
			{name: "kept without a list", current: kept, msg: `{"components":[{"type":13,"file":{"url":"attachment://old.png"}}]}`},
			{name: "dropped", current: kept, msg: `{"attachments":[],"components":[{"type":13,"file":{"url":"attachment://old.png"}}]}`,
				want: []string{"components.0.file.url UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND"}},
			{name: "new and listed", current: kept, msg: `{` + gallery + `,"attachments":[{"id":0}]}`, files: one},
			{name: "new and not listed", current: kept, msg: `{` + gallery + `}`, files: one,
				want: []string{"components.0.items.0.media.url UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND"}},
			{name: "kept that it never had", current: kept, msg: `{"attachments":[{"id":"78"}]}`,
				want: []string{"attachments.0 ATTACHMENT_NOT_FOUND"}},
		},
	}
	for use, rows := range tests {
		for _, tt := range rows {
			tt.run(t, use)
		}
	}
}
