package openapi

import (
	"fmt"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// Routes of the bodies below, and a path of each.
var templates = strings.NewReplacer("{channel_id}", "1", "{message_id}", "2", "{application_id}", "3",
	"{guild_id}", "4", "{command_id}", "5", "{interaction_id}", "6", "{interaction_token}", "tok",
	"{webhook_id}", "3", "{webhook_token}", "tok")

const (
	message  = "POST /channels/{channel_id}/messages"
	edit     = "PATCH /channels/{channel_id}/messages/{message_id}"
	callback = "POST /interactions/{interaction_id}/{interaction_token}/callback"
	followUp = "POST /webhooks/{webhook_id}/{webhook_token}"
	original = "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original"
	commands = "PUT /applications/{application_id}/commands"
	guildPut = "PUT /applications/{application_id}/guilds/{guild_id}/commands"
	create   = "POST /applications/{application_id}/commands"
	change   = "PATCH /applications/{application_id}/commands/{command_id}"
)

// repeat joins n copies of a text, "%d" in it being the copy's number.
func repeat(n int, s, sep string) string {
	parts := make([]string, n)
	for i := range parts {
		parts[i] = strings.ReplaceAll(s, "%d", fmt.Sprint(i))
	}
	return strings.Join(parts, sep)
}

func a(n int) string { return strings.Repeat("a", n) }

// v2 returns the body of a message with components of the second kind.
func v2(components string) string {
	return `{"flags":32768,"components":[` + components + `]}`
}

// card holds components in a message's container.
func card(components string) string {
	return v2(`{"type":17,"accent_color":5793266,"components":[` + components + `]}`)
}

func row(components string) string { return `{"type":1,"components":[` + components + `]}` }

// command returns a slash command with options.
func command(options string) string {
	return `{"name":"pinched","description":"Check a pinch","options":[` + options + `]}`
}

func option(name, more string) string {
	return `{"type":3,"name":"` + name + `","description":"An option"` + more + `}`
}

const (
	words  = `{"type":10,"content":"First, check these."}`
	button = `{"type":2,"style":1,"label":"Next","custom_id":"next1:%d"}`
)

func TestGoodBodies(t *testing.T) {
	s := needSchema(t)
	for _, tc := range []struct{ name, route, body string }{
		{"plain", message, `{"content":"hello","allowed_mentions":{"parse":[]}}`},
		{"content at the limit", message, `{"content":"` + a(2000) + `"}`},
		{"nonce", message, `{"content":"x","nonce":"abc123","enforce_nonce":true}`},
		{"V2 card", message, card(words + `,{"type":14,"divider":true,"spacing":1},` + row(button))},
		{"five buttons", message, v2(row(repeat(5, button, ",")))},
		{"select", message, v2(row(`{"type":3,"custom_id":"area1:","options":[{"label":"Neck","value":"neck"}]}`))},
		{"section", message, card(`{"type":9,"components":[` + words + `],"accessory":` + button + `}`)},
		{"link", message, v2(row(`{"type":2,"style":5,"label":"Source","url":"https://example.org/a"}`))},
		{"embed at the limit", message, `{"embeds":[{"description":"` + a(4096) + `"},{"description":"` + a(1904) + `"}]}`},
		{"role named", message, `{"content":"<@&9>","allowed_mentions":{"parse":[],"roles":["9"]}}`},
		{"edit to V2", edit, `{"flags":32768,"content":null,"components":[` + words + `],"attachments":[]}`},
		{"edit keeps a picture", edit, v2(`{"type":12,"items":[{"media":{"url":"attachment://a.png"},"description":"a neck"}]}`)},
		{"answer", callback, `{"type":4,"data":{"flags":32832,"components":[` + words + `],"allowed_mentions":{"parse":[]}}}`},
		{"deferral", callback, `{"type":5,"data":{"flags":64}}`},
		{"deferral without data", callback, `{"type":5}`},
		{"deferred update", callback, `{"type":6}`},
		{"update", callback, `{"type":7,"data":` + card(words) + `}`},
		{"no choices", callback, `{"type":8,"data":{"choices":[]}}`},
		{"choices", callback, `{"type":8,"data":{"choices":[{"name":"Neck","value":"neck"}]}}`},
		{"modal", callback, `{"type":9,"data":{"custom_id":"m1","title":"When","components":[` +
			`{"type":18,"label":"Time","component":{"type":4,"custom_id":"t","style":1}}]}}`},
		{"follow-up", followUp, card(words)},
		{"edit of the answer", original, card(words)},
		{"commands", commands, `[` + command(option("area", `,"required":true`)+","+option("exercise", `,"autocomplete":true`)) + `]`},
		{"no commands", commands, `[]`},
		{"permissions as a string", guildPut, `[{"name":"setup","description":"Set up","default_member_permissions":"32"}]`},
		{"contexts", create, `{"name":"me","description":"Yours","contexts":[0,1,2],"integration_types":[0,1]}`},
		{"translations", create, `{"name":"me","description":"Yours","name_localizations":{"de":"ich","pt-BR":"eu"}}`},
		{"a name in Thai", create, `{"name":"ยืด","description":"Stretch"}`},
		{"message command", create, `{"type":3,"name":"Save this for me"}`},
		{"change of a part", change, `{"description":"Another"}`},
		{"subcommands", create, command(`{"type":1,"name":"add","description":"Add","options":[` + option("at", "") + `]}`)},
	} {
		method, template, _ := strings.Cut(tc.route, " ")
		err := s.Check(method, templates.Replace(template), "application/json", []byte(tc.body))
		checkError(t, tc.name, err, "")
	}
}

// TestRules has what Discord's file leaves out; it runs without that file.
func TestRules(t *testing.T) {
	fields := repeat(6, `{"description":"`+a(1001)+`"}`, ",")
	for _, tc := range []struct{ name, route, body, want string }{
		{"content", message, `{"content":"` + a(2001) + `"}`, "content: 2001 characters"},
		{"content counts characters, not bytes", edit, `{"content":"` + strings.Repeat("é", 2001) + `"}`, "content: 2001 characters"},
		{"embeds together", message, `{"embeds":[` + fields + `]}`, "embeds: 6006 characters"},
		{"field name", message, `{"embeds":[{"fields":[{"name":"","value":"x"}]}]}`, "embeds[0].fields[0]: name is empty"},
		{"field value", message, `{"embeds":[{"fields":[{"name":"x","value":" "}]}]}`, "value is empty"},
		{"nothing in it", message, `{"content":""}`, "the message is empty"},
		{"nothing in the answer", callback, `{"type":4,"data":{}}`, "data: the message is empty"},
		{"enforced without a nonce", message, `{"content":"x","enforce_nonce":true}`, "there is no nonce"},
		{"listed without a file", message, `{"content":"x","attachments":[{"id":"0"}]}`, "attachments[0]: no file files[0]"},
		{"listed twice", edit, `{"attachments":[{"id":"7"},{"id":"7"}]}`, "id 7 is listed twice"},
		{"mentions", message, `{"content":"x","allowed_mentions":{"parse":["users"],"users":["1"]}}`, "users are both parsed and listed"},

		{"V2 with content", message, `{"content":"x","flags":32768,"components":[` + words + `]}`, "content: not allowed with the flag"},
		{"V2 with empty content", callback, `{"type":4,"data":{"content":"","flags":32768,"components":[` + words + `]}}`, "data.content: not allowed"},
		{"V2 with embeds", original, `{"embeds":[],"flags":32768,"components":[` + words + `]}`, "embeds: not allowed"},
		{"V2 with a poll", message, `{"poll":{},"flags":32768,"components":[` + words + `]}`, "poll: not allowed"},
		{"V2 without the flag", followUp, `{"components":[` + words + `]}`, "components[0]: type 10 needs the flag"},
		{"40 components", message, card(repeat(40, words, ",")), "components: 41 in all"},
		{"buttons count too", message, card(repeat(9, row(repeat(4, button, ",")), ",")), "components: 46 in all"},
		{"text over all displays", edit, card(repeat(2, `{"type":10,"content":"`+a(2001)+`"}`, ",")), "components: 4002 characters"},
		{"text of a section", edit, v2(`{"type":9,"components":[{"type":10,"content":"` + a(4001) + `"}],"accessory":` + button + `}`), "4001 characters"},
		{"empty text", message, v2(`{"type":10,"content":" "}`), "components[0]: the text is empty"},
		{"same custom_id", message, v2(row(repeat(2, strings.ReplaceAll(button, "%d", "x"), ","))), `custom_id "next1:x" is used twice`},
		{"same custom_id in two rows", message, v2(repeat(2, row(strings.ReplaceAll(button, "%d", "x")), ",")), "is used twice"},
		{"six buttons", message, v2(row(repeat(6, button, ","))), "not 6 and 0"},
		{"button beside a select", message, v2(row(button + `,{"type":5,"custom_id":"u"}`)), "not 1 and 1"},
		{"two selects", message, v2(row(`{"type":5,"custom_id":"u"},{"type":6,"custom_id":"v"}`)), "not 0 and 2"},
		{"button without custom_id", message, v2(row(`{"type":2,"style":1,"label":"Next"}`)), "has a custom_id and no url"},
		{"accessory without custom_id", message, v2(`{"type":9,"components":[` + words + `],"accessory":{"type":2,"style":2,"label":"x"}}`), "components[0].accessory: a button"},
		{"link with custom_id", message, v2(row(`{"type":2,"style":5,"label":"x","url":"https://a.org","custom_id":"l"}`)), "a link button"},
		{"link without url", message, v2(row(`{"type":2,"style":5,"label":"x"}`)), "a link button"},
		{"nameless button", message, v2(row(`{"type":2,"style":1,"custom_id":"n"}`)), "a label or an emoji"},
		{"premium button", message, v2(row(`{"type":2,"style":6,"sku_id":"1","label":"x"}`)), "a sku_id only"},

		{"deferral with content", callback, `{"type":5,"data":{"content":"x"}}`, "data.content: a deferral carries flags only"},
		{"deferral with V2", callback, `{"type":5,"data":{"flags":32832}}`, "takes EPHEMERAL only"},
		{"deferred update with data", callback, `{"type":6,"data":{"flags":64}}`, "carries no data"},
		{"choices left out", callback, `{"type":8,"data":{}}`, "data.choices: must be an array"},
		{"choices null", callback, `{"type":8,"data":{"choices":null}}`, "data.choices: must be an array"},
		{"six fields", callback, `{"type":9,"data":{"components":[` + repeat(6, row(`{"type":4,"custom_id":"f%d"}`), ",") + `]}}`, "at most 5"},
		{"same field", callback, `{"type":9,"data":{"components":[` + repeat(2, `{"type":18,"component":{"type":4,"custom_id":"f"}}`, ",") + `]}}`, `custom_id "f" is used twice`},

		{"name with a space", create, `{"name":"two words","description":"x"}`, `name: "two words"`},
		{"name in capitals", create, `{"name":"Pinched","description":"x"}`, `name: "Pinched"`},
		{"translated name", create, `{"name":"me","description":"x","name_localizations":{"de":"Ich"}}`, `name_localizations.de: "Ich"`},
		{"option's name", commands, `[` + command(option("Area!", "")) + `]`, `[0].options[0].name: "Area!"`},
		{"no description", create, `{"name":"me"}`, "needs a description"},
		{"description emptied", change, `{"description":""}`, "needs a description"},
		{"user command with a description", create, `{"type":2,"name":"Nudge","description":"x"}`, "no description and no options"},
		{"required last", create, command(option("a", "") + "," + option("b", `,"required":true`)), "options[1]: required, but it comes after"},
		{"required last in a subcommand", create, command(`{"type":1,"name":"add","description":"x","options":[` + option("a", "") + "," + option("b", `,"required":true`) + `]}`), "options[0].options[1]: required"},
		{"language", create, `{"name":"me","description":"x","description_localizations":{"en":"x"}}`, `"en" is not one of Discord's languages`},
		{"language of a choice", create, command(option("a", `,"choices":[{"name":"x","value":"x","name_localizations":{"pt":"x"}}]`)), `choices[0].name_localizations: "pt"`},
		{"101 commands", commands, `[` + repeat(101, `{"name":"c%d","description":"x"}`, ",") + `]`, "101 commands of type 1, the most is 100"},
		{"16 user commands", guildPut, `[` + repeat(16, `{"type":2,"name":"c%d"}`, ",") + `]`, "16 commands of type 2, the most is 15"},
		{"same command", commands, `[` + repeat(2, `{"name":"me","description":"x"}`, ",") + `]`, `[1]: a second command named "me"`},
		{"same option", create, command(repeat(2, option("a", ""), ",")), `a second option named "a"`},
		{"same translation", create, command(option("a", `,"name_localizations":{"de":"z"}`) + "," + option("b", `,"name_localizations":{"de":"z"}`)), `a second option named "z"`},
		{"same choice", create, command(option("a", `,"choices":[{"name":"x","value":"1"},{"name":"x","value":"2"}]`)), `a second choice named "x"`},
		{"choices and autocomplete", create, command(option("a", `,"autocomplete":true,"choices":[{"name":"x","value":"x"}]`)), "exclude each other"},
		{"subcommand beside an option", create, command(option("a", "") + `,{"type":1,"name":"add","description":"x"}`), "subcommands stand beside"},
		{"8000 characters", create, command(option("a", `,"choices":[{"name":"x","value":"`+a(8000)+`"}]`)), "characters in all, the most is 8000"},
		{"8000 characters of the longest language", create, `{"name":"me","description":"x","description_localizations":{"de":"` + a(4000) + `","fr":"` + a(7999) + `"}}`, "8001 characters in all"},
	} {
		method, template, _ := strings.Cut(tc.route, " ")
		body, err := jsonschema.UnmarshalJSON(strings.NewReader(tc.body))
		if err != nil {
			t.Fatalf("%s: the case is not JSON: %v", tc.name, err)
		}
		coerce(body)
		checkError(t, tc.name, ruleFaults(route{method: method, template: template}, payload{json: body}), tc.want)
	}
}

// TestSchemaFaults has what Discord's file says.
func TestSchemaFaults(t *testing.T) {
	s := needSchema(t)
	for _, tc := range []struct{ name, route, body, want string }{
		{"unknown field", message, `{"content":"x","embed":{}}`, "'embed' not allowed"},
		{"unknown field of a button", message, v2(row(`{"type":2,"style":1,"label":"x","custom_id":"x","customId":"y"}`)), "'customId' not allowed"},
		{"unknown field of a callback", callback, `{"type":4,"data":{"content":"x","ephemeral":true}}`, "'ephemeral' not allowed"},
		{"content as a number", message, `{"content":7}`, "content: got number"},
		{"nonce too long", message, `{"content":"x","nonce":"` + a(26) + `"}`, "nonce: maxLength"},
		{"nonce on a webhook", followUp, `{"content":"x","nonce":"1"}`, "'nonce' not allowed"},
		{"eleven embeds", message, `{"embeds":[` + repeat(11, `{"title":"x"}`, ",") + `]}`, "embeds: maxItems"},
		{"title", message, `{"embeds":[{"title":"` + a(257) + `"}]}`, "embeds[0].title: maxLength"},
		{"26 fields", message, `{"embeds":[{"fields":[` + repeat(26, `{"name":"x","value":"x"}`, ",") + `]}]}`, "embeds[0].fields: maxItems"},
		{"colour", message, `{"embeds":[{"color":16777216}]}`, "embeds[0].color: maximum"},
		{"unknown component", message, v2(`{"type":99}`), "components[0]: is of no kind allowed here"},
		{"button outside a row", message, v2(button), "components[0]: is of no kind allowed here"},
		{"container in a container", message, card(`{"type":17,"components":[` + words + `]}`), "components[0].components[0]: is of no kind"},
		{"empty row", message, v2(row("")), "components[0].components: minItems"},
		{"label", message, v2(row(`{"type":2,"style":1,"custom_id":"x","label":"` + a(81) + `"}`)), "label: maxLength"},
		{"custom_id", message, v2(row(`{"type":2,"style":1,"label":"x","custom_id":"` + a(101) + `"}`)), "custom_id: maxLength"},
		{"style", message, v2(row(`{"type":2,"style":9,"label":"x","custom_id":"x"}`)), "style: "},
		{"26 choices of a select", message, v2(row(`{"type":3,"custom_id":"s","options":[` + repeat(26, `{"label":"x","value":"%d"}`, ",") + `]}`)), "options: maxItems"},
		{"gallery without a picture", message, v2(`{"type":12,"items":[{"description":"x"}]}`), "missing property 'media'"},
		{"section without accessory", message, v2(`{"type":9,"components":[` + words + `]}`), "missing property 'accessory'"},
		{"attachment without id", edit, `{"attachments":[{"filename":"a.png"}]}`, "missing property 'id'"},
		{"mention kind", message, `{"content":"x","allowed_mentions":{"parse":["all"]}}`, "allowed_mentions.parse[0]: "},
		{"callback type", callback, `{"type":3}`, "body: is of no kind allowed here"},
		{"modal without title", callback, `{"type":9,"data":{"custom_id":"m","components":[` + row(`{"type":4,"custom_id":"t","style":1,"label":"x"}`) + `]}}`, "missing property 'title'"},
		{"title of a modal", callback, `{"type":9,"data":{"custom_id":"m","title":"` + a(46) + `","components":[` + row(`{"type":4,"custom_id":"t","style":1,"label":"x"}`) + `]}}`, "data.title: maxLength"},
		{"26 completions", callback, `{"type":8,"data":{"choices":[` + repeat(26, `{"name":"x","value":"x"}`, ",") + `]}}`, "data.choices: maxItems"},
		{"commands not in a list", commands, command(""), "body: got object, want null or array"},
		{"command's name", create, `{"name":"` + a(33) + `","description":"x"}`, "name: maxLength"},
		{"command's description", create, `{"name":"me","description":"` + a(101) + `"}`, "description: maxLength"},
		{"26 options", create, command(repeat(26, option("a%d", ""), ",")), "options: maxItems"},
		{"26 choices", create, command(option("a", `,"choices":[`+repeat(26, `{"name":"x%d","value":"x"}`, ",")+`]`)), "choices: maxItems"},
		{"permission of a subcommand", create, command(`{"type":1,"name":"add","description":"x","default_member_permissions":"8"}`), "'default_member_permissions' not allowed"},
		{"permissions that are no number", create, `{"name":"me","description":"x","default_member_permissions":"ADMIN"}`, "default_member_permissions: got string"},
		{"context", create, `{"name":"me","description":"x","contexts":[3]}`, "contexts[0]: "},
	} {
		method, template, _ := strings.Cut(tc.route, " ")
		err := s.Check(method, templates.Replace(template), "application/json", []byte(tc.body))
		checkError(t, tc.name, err, tc.want)
	}
}
