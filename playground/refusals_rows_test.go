package playground

import (
	"fmt"
	"time"

	"unpinch/playground/wire"
)

// A refusalGroup is a part of the table.
type refusalGroup struct {
	name string
	rows []refusalRow
}

func refusalGroups() []refusalGroup {
	return []refusalGroup{
		{"Commands", commandRefusals()},
		{"Options of commands", optionRefusals()},
		{"Callbacks", callbackRefusals()},
		{"Modals and autocomplete", modalRefusals()},
		{"Messages", messageRefusals()},
		{"Messages made of components", v2Refusals()},
		{"Buttons and selects", inputRefusals()},
		{"Files", fileRefusals()},
		{"Edits", editRefusals()},
		{"Tokens and routes", tokenRefusals()},
		{"Channels and people", placeRefusals()},
		{"Scheduled events", scheduledRefusals()},
		{"Rate limits", limitRefusals()},
	}
}

// register returns a POST of a chat command.
func register(rule, command string) refusalRow {
	return refusalRow{rule: rule, method: "POST", path: "/applications/$app/commands", body: command}
}

// option returns a POST of a command with the given options.
func option(rule, options string) refusalRow {
	return register(rule, `{"name":"stretch","description":"Stretch","options":[`+options+`]}`)
}

func commandRefusals() []refusalRow {
	put := func(rule, list string) refusalRow {
		return refusalRow{rule: rule, method: "PUT", path: "/applications/$app/commands", body: list}
	}
	return []refusalRow{
		register(accepted+"a chat command", `{"name":"stretch","description":"Stretch a little"}`),
		register("A chat command's name is lower case", `{"name":"Stretch","description":"Stretch"}`),
		register("A chat command's name has no spaces", `{"name":"my stretch","description":"Stretch"}`),
		register("A name has 32 characters at most", `{"name":"a×33","description":"Stretch"}`),
		register("A chat command has a description", `{"name":"stretch"}`),
		register("A description has 100 characters at most", `{"name":"stretch","description":"a×101"}`),
		register("A user command has no description", `{"name":"Show stretches","type":2,"description":"Stretch"}`),
		register("A translation is for a language that Discord has", `{"name":"stretch","description":"Stretch","name_localizations":{"de-AT":"dehnen"}}`),
		register("A translated name keeps the rules of names", `{"name":"stretch","description":"Stretch","name_localizations":{"de":"Dehnen"}}`),
		register("Default permissions are a number", `{"name":"stretch","description":"Stretch","default_member_permissions":"MANAGE_GUILD"}`),
		register("A context is 0, 1 or 2", `{"name":"stretch","description":"Stretch","contexts":[0,3]}`),
		{rule: accepted + "a guild command's contexts are ignored", method: "POST", path: "/applications/$app/guilds/$iron-garden/commands",
			body: `{"name":"stretch","description":"Stretch","contexts":[0,3]}`},
		put("Names differ within a type", `[{"name":"stretch","description":"a"},{"name":"stretch","type":2},{"name":"stretch","description":"b"}]`),
		put("100 chat commands at most", `[«{"name":"stretch%d","description":"Stretch"}»×101]`),
		put("15 user commands at most", `[«{"name":"Show %d","type":2}»×16]`),
		put("A list of commands is a list", `{"name":"stretch","description":"Stretch"}`),
		{rule: "A command to change has to exist", method: "PATCH", path: "/applications/$app/commands/$general", body: `{"name":"stretch"}`},
		{rule: "A changed command keeps the rules", method: "PATCH", path: "/applications/$app/commands/$command", body: `{"description":""}`,
			given: situation{"a command", func(l *refusalLab) {
				l.vars["command"] = fmt.Sprint(l.must("POST", "/applications/$app/commands", `{"name":"stretch","description":"Stretch"}`)["id"])
			}}},
		{rule: "Commands belong to their own application", method: "PUT", path: "/applications/$mia/commands", body: `[]`},
		{rule: "Guild commands need the bot in the guild", method: "PUT", path: "/applications/$app/guilds/$quiet-room/commands", body: `[]`},
	}
}

func optionRefusals() []refusalRow {
	return []refusalRow{
		option(accepted+"required options first", `{"type":3,"name":"a","description":"d","required":true},{"type":4,"name":"b","description":"d"}`),
		option("Required options come before the others", `{"type":3,"name":"a","description":"d"},{"type":4,"name":"b","description":"d","required":true}`),
		option("Names of options differ", `{"type":3,"name":"a","description":"d"},{"type":4,"name":"a","description":"d"}`),
		option("25 options at most", `«{"type":3,"name":"a%d","description":"d"}»×26`),
		option("An option's type is one that Discord has", `{"type":12,"name":"a","description":"d"}`),
		option("Subcommands and plain options don't mix", `{"type":1,"name":"a","description":"d"},{"type":3,"name":"b","description":"d"}`),
		option("Groups don't nest", `{"type":2,"name":"a","description":"d","options":[{"type":2,"name":"b","description":"d"}]}`),
		option("Default permissions are not for an option", `{"type":1,"name":"a","description":"d","default_member_permissions":"32"}`),
		option("Lengths are for strings", `{"type":4,"name":"a","description":"d","min_length":1}`),
		option("Bounds are for numbers", `{"type":3,"name":"a","description":"d","min_value":1}`),
		option(accepted+"an option that takes a file", `{"type":11,"name":"a","description":"d","required":true}`),
		option("Choices are not for files", `{"type":11,"name":"a","description":"d","choices":[{"name":"a","value":"b"}]}`),
		option("25 choices at most", `{"type":3,"name":"a","description":"d","choices":[«{"name":"a%d","value":"b"}»×26]}`),
		option("A choice's value fits its option", `{"type":4,"name":"a","description":"d","choices":[{"name":"one","value":"1"}]}`),
		option("Autocomplete and choices exclude each other", `{"type":3,"name":"a","description":"d","autocomplete":true,"choices":[{"name":"a","value":"b"}]}`),
		option("A command has 8,000 characters at most",
			`«{"type":3,"name":"a%d","description":"d","choices":[{"name":"a×100","value":"a×100"},{"name":"a×99","value":"a×100"}]}»×21`),
	}
}

// callback returns an answer to an interaction.
func callback(rule string, given situation, body string) refusalRow {
	return refusalRow{rule: rule, given: given, method: "POST", path: "/interactions/$interaction/$token/callback", body: body}
}

func callbackRefusals() []refusalRow {
	return []refusalRow{
		callback(accepted+"a message", pending(), `{"type":4,"data":{"content":"Roll your shoulders"}}`),
		callback("An interaction is answered once", answered(`{"type":5}`), `{"type":4,"data":{"content":"again"}}`),
		callback("No modal after a deferral", answered(`{"type":5}`), openModal),
		callback("An interaction has to exist", situation{"$interaction is 123, $token abc", func(l *refusalLab) {
			l.vars["interaction"], l.vars["token"] = "123", "abc"
		}}, `{"type":4,"data":{"content":"hello"}}`),
		callback("An interaction is answered with its own token", pending().and("$token is abc", func(l *refusalLab) {
			l.vars["token"] = "abc"
		}), `{"type":4,"data":{"content":"hello"}}`),
		callback("A callback has a type", pending(), `{"data":{"content":"hello"}}`),
		callback("A command updates no message", pending(), `{"type":7,"data":{"content":"hello"}}`),
		callback("A command gets no choices", pending(), `{"type":8,"data":{"choices":[]}}`),
		callback("A deferral is EPHEMERAL at most, not V2", pending(), `{"type":5,"data":{"flags":32768}}`),
		callback("A deferral has no words", pending(), `{"type":5,"data":{"content":"wait"}}`),
		callback(accepted+"a private deferral", pending(), `{"type":5,"data":{"flags":64}}`),
		callback("An answer says something", pending(), `{"type":4,"data":{"flags":64}}`),
		callback("An answer keeps the rules of messages", pending(), `{"type":4,"data":{"content":"a×2001"}}`),
		callback(accepted+"a button updates its message", pressed(), `{"type":7,"data":{"content":"Pressed"}}`),
		callback("A button gets no choices", pressed(), `{"type":8,"data":{"choices":[]}}`),
		{rule: "A follow-up says something", given: answered(`{"type":4,"data":{"content":"one"}}`), method: "POST", path: "/webhooks/$app/$token", body: `{"content":""}`},
		{rule: "Five follow-ups where the bot is not in the guild", given: elsewhere().followedUp(5), method: "POST", path: "/webhooks/$app/$token", body: `{"content":"six"}`},
		{rule: accepted + "six follow-ups where it is", given: answered(`{"type":4,"data":{"content":"one"}}`).followedUp(5), method: "POST", path: "/webhooks/$app/$token", body: `{"content":"six"}`},
		{rule: "A follow-up needs an answer first", given: pending(), method: "POST", path: "/webhooks/$app/$token", body: `{"content":"two"}`},
	}
}

func modalRefusals() []refusalRow {
	modal := func(rule, data string) refusalRow {
		return callback(rule, pending(), `{"type":9,"data":`+data+`}`)
	}
	const label = `{"type":18,"label":"Which","component":{"type":4,"custom_id":"f","style":1}}`
	return []refusalRow{
		modal(accepted+"a modal with a label", `{"custom_id":"m","title":"Move","components":[`+label+`]}`),
		modal("A modal has a title", `{"custom_id":"m","components":[`+label+`]}`),
		modal("A modal's title has 45 characters at most", `{"custom_id":"m","title":"a×46","components":[`+label+`]}`),
		modal("A modal has five components at most", `{"custom_id":"m","title":"Move","components":[«{"type":10,"content":"hello"}»×6]}`),
		modal("A text input in a row has a label", `{"custom_id":"m","title":"Move","components":[{"type":1,"components":[{"type":4,"custom_id":"f","style":1}]}]}`),
		modal("A text input has 4,000 characters at most", `{"custom_id":"m","title":"Move","components":[{"type":18,"label":"Which","component":{"type":4,"custom_id":"f","style":1,"max_length":4001}}]}`),
		modal("A label holds no button", `{"custom_id":"m","title":"Move","components":[{"type":18,"label":"Which","component":{"type":2,"style":1,"label":"Go","custom_id":"go"}}]}`),
		modal("Custom ids of a modal differ", `{"custom_id":"m","title":"Move","components":[
			{"type":18,"label":"Which","component":{"type":4,"custom_id":"f","style":1}},{"type":18,"label":"Why","component":{"type":4,"custom_id":"f","style":2}}]}`),
		callback("A modal opens no modal", pending().submitted(), openModal),
		callback("A command's modal updates no message", pending().submitted(), `{"type":6}`),
		callback(accepted+"a button's modal updates the button's message", pressed().submitted(), `{"type":6}`),
		callback(accepted+"no choices", typing(), `{"type":8,"data":{"choices":[]}}`),
		callback("Autocomplete gets no message", typing(), `{"type":4,"data":{"content":"hello"}}`),
		callback("Autocomplete needs a list of choices", typing(), `{"type":8,"data":{}}`),
		callback("25 suggestions at most", typing(), `{"type":8,"data":{"choices":[«{"name":"a%d","value":"b"}»×26]}}`),
		callback("A suggestion has 100 characters at most", typing(), `{"type":8,"data":{"choices":[{"name":"a×101","value":"b"}]}}`),
	}
}

// post returns a message to general.
func post(rule, body string) refusalRow {
	return refusalRow{rule: rule, method: "POST", path: "/channels/$general/messages", body: body}
}

func messageRefusals() []refusalRow {
	const nonce = `{"content":"hello","nonce":"n1","enforce_nonce":true}`
	return []refusalRow{
		post(accepted+"words", `{"content":"Roll your shoulders","allowed_mentions":{"parse":[]}}`),
		post("A message says something", `{"content":"  "}`),
		post("2,000 characters at most", `{"content":"a×2001"}`),
		post("A nonce has 25 characters at most", `{"content":"hello","nonce":"a×26"}`),
		{rule: accepted + "a nonce sent twice is one message", method: "POST", path: "/channels/$general/messages", like: "id",
			body: nonce, given: posted(nonce)},
		{rule: "A nonce of a message deleted since is not sent again", method: "POST", path: "/channels/$general/messages",
			body: nonce, given: posted(nonce).and("deleted", func(l *refusalLab) {
				l.must("DELETE", "/channels/$general/messages/$message", "")
			})},
		post("A post is not EPHEMERAL", `{"content":"hello","flags":64}`),
		post("10 embeds at most", `{"embeds":[«{"title":"hello"}»×11]}`),
		post("6,000 characters over all embeds", `{"embeds":[{"description":"a×4000"},{"description":"a×2001"}]}`),
		post("An embed's field has a name", `{"embeds":[{"fields":[{"name":"","value":"hello"}]}]}`),
		post("An embed's title has 256 characters at most", `{"embeds":[{"title":"a×257"}]}`),
		post("An empty embed is none", `{"embeds":[{}]}`),
		post("Mentions are of users, roles or everyone", `{"content":"hello","allowed_mentions":{"parse":["here"]}}`),
		post("Every user or the named ones, not both", `{"content":"hello","allowed_mentions":{"parse":["users"],"users":["$mia"]}}`),
		post("100 named users at most", `{"content":"hello","allowed_mentions":{"users":[«"1%d"»×101]}}`),
		post("The playground has no polls", `{"poll":{"question":{"text":"Sore?"},"answers":[{"poll_media":{"text":"Yes"}}]}}`),
		post("A body is JSON", `{"content":`),
		post("A reply is to a message there is", `{"content":"hello","message_reference":{"message_id":"$general"}}`),
	}
}

// components is a V2 message to general.
func v2Row(rule, components string) refusalRow {
	return post(rule, `{"flags":32768,"components":[`+components+`]}`)
}

func v2Refusals() []refusalRow {
	const text = `{"type":10,"content":"hello"}`
	return []refusalRow{
		v2Row(accepted+"a container of text and a separator", `{"type":17,"accent_color":255,"components":[`+text+`,{"type":14},`+text+`]}`),
		post("A V2 message has no content", `{"flags":32768,"content":"hello","components":[`+text+`]}`),
		post("A V2 message has no embeds", `{"flags":32768,"embeds":[{"title":"hello"}],"components":[`+text+`]}`),
		post("A V2 message has components", `{"flags":32768}`),
		post("V2 components need the flag", `{"components":[`+text+`]}`),
		v2Row("40 components over all nesting", `{"type":17,"components":[«`+text+`»×40]}`),
		v2Row("4,000 characters over all texts", `{"type":10,"content":"a×2000"},{"type":17,"components":[{"type":10,"content":"a×2001"}]}`),
		v2Row("A text says something", `{"type":10,"content":""}`),
		v2Row("A component's type is one that Discord has", `{"type":99}`),
		v2Row("Containers don't nest", `{"type":17,"components":[{"type":17,"components":[`+text+`]}]}`),
		v2Row("A section has an accessory", `{"type":9,"components":[`+text+`]}`),
		v2Row("A section has three texts at most", `{"type":9,"components":[«`+text+`»×4],"accessory":{"type":2,"style":5,"label":"Read","url":"https://example.org"}}`),
		v2Row("A gallery has ten pictures at most", `{"type":12,"items":[«{"media":{"url":"https://example.org/%d.png"}}»×11]}`),
		v2Row("Alt text has 1,024 characters at most", `{"type":12,"items":[{"media":{"url":"https://example.org/a.png"},"description":"a×1025"}]}`),
		v2Row("A file component shows an uploaded file", `{"type":13,"file":{"url":"https://example.org/a.pdf"}}`),
		v2Row("A separator is small or large", `{"type":14,"spacing":3}`),
		v2Row("A text input is for modals", `{"type":1,"components":[{"type":4,"custom_id":"f","style":1,"label":"Which"}]}`),
	}
}

// input returns a message to general with one row of buttons or selects.
func input(rule, components string) refusalRow {
	return post(rule, `{"content":"hello","components":[{"type":1,"components":[`+components+`]}]}`)
}

func inputRefusals() []refusalRow {
	const knob = `{"type":2,"style":1,"label":"Go","custom_id":"go%d"}`
	return []refusalRow{
		input(accepted+"five buttons", `«`+knob+`»×5`),
		input("Five buttons a row", `«`+knob+`»×6`),
		input("One select a row", `{"type":5,"custom_id":"a"},{"type":8,"custom_id":"b"}`),
		input("A select and a button don't share a row", `{"type":5,"custom_id":"a"},`+knob),
		post("Five rows without the V2 flag", `{"content":"hello","components":[«{"type":1,"components":[`+knob+`]}»×6]}`),
		input("Custom ids of a message differ", `{"type":2,"style":1,"label":"Go","custom_id":"go"},{"type":2,"style":2,"label":"Stop","custom_id":"go","disabled":true}`),
		input("A button has a custom id", `{"type":2,"style":1,"label":"Go"}`),
		input("A custom id has 100 characters at most", `{"type":2,"style":1,"label":"Go","custom_id":"a×101"}`),
		input("A button has a label or an emoji", `{"type":2,"style":1,"custom_id":"go"}`),
		input("A label has 80 characters at most", `{"type":2,"style":1,"label":"a×81","custom_id":"go"}`),
		input("A link has an address", `{"type":2,"style":5,"label":"Read"}`),
		input("A link has no custom id", `{"type":2,"style":5,"label":"Read","url":"https://example.org","custom_id":"go"}`),
		input("A link is to the web", `{"type":2,"style":5,"label":"Read","url":"steam://run"}`),
		input("A button's style is one that Discord has", `{"type":2,"style":9,"label":"Go","custom_id":"go"}`),
		input("25 options in a select", `{"type":3,"custom_id":"a","options":[«{"label":"a","value":"%d"}»×26]}`),
		input("Values of a select differ", `{"type":3,"custom_id":"a","options":[{"label":"Neck","value":"n"},{"label":"Knee","value":"n"}]}`),
		input("A select asks for no more than it offers", `{"type":3,"custom_id":"a","max_values":3,"options":[{"label":"Neck","value":"n"},{"label":"Knee","value":"k"}]}`),
		input("A placeholder has 150 characters at most", `{"type":5,"custom_id":"a","placeholder":"a×151"}`),
	}
}

func fileRefusals() []refusalRow {
	const gallery = `"flags":32768,"components":[{"type":12,"items":[{"media":{"url":"attachment://neck.png"}}]}]`
	upload := func(rule, body string, files ...string) refusalRow {
		row := post(rule, body)
		row.files = files
		return row
	}
	return []refusalRow{
		upload(accepted+"a picture that is uploaded and listed", `{`+gallery+`,"attachments":[{"id":0,"filename":"neck.png","description":"A neck"}]}`, "neck.png"),
		post("A picture that is referred to is uploaded", `{`+gallery+`}`),
		upload("A picture that is referred to is listed", `{`+gallery+`,"attachments":[]}`, "neck.png"),
		upload("A picture is referred to by its name", `{`+gallery+`,"attachments":[{"id":0,"filename":"back.png"}]}`, "back.png"),
		upload("A file that is listed is uploaded", `{"content":"hello","attachments":[{"id":0},{"id":1}]}`, "neck.png"),
		upload("A file's description has 1,024 characters at most", `{"content":"hello","attachments":[{"id":0,"description":"a×1025"}]}`, "neck.png"),
		{rule: "An edit takes the new files that it lists", given: posted(`{"flags":32768,"components":[{"type":10,"content":"hello"}]}`),
			method: "PATCH", path: "/channels/$general/messages/$message", body: `{` + gallery + `}`, files: []string{"neck.png"}},
		{rule: accepted + "an edit with a listed file", given: posted(`{"flags":32768,"components":[{"type":10,"content":"hello"}]}`),
			method: "PATCH", path: "/channels/$general/messages/$message", body: `{` + gallery + `,"attachments":[{"id":0}]}`, files: []string{"neck.png"}},
		{rule: "An edit keeps only files that the message has", given: posted(`{"content":"hello"}`),
			method: "PATCH", path: "/channels/$general/messages/$message", body: `{"attachments":[{"id":"$mia"}]}`},
	}
}

func editRefusals() []refusalRow {
	edit := func(rule, before, body string) refusalRow {
		return refusalRow{rule: rule, given: posted(before), method: "PATCH", path: "/channels/$general/messages/$message", body: body}
	}
	const v2 = `{"flags":32768,"components":[{"type":10,"content":"hello"}]}`
	old := edit("A post is edited within the hour", `{"content":"hello"}`, `{"content":"bye"}`)
	old.given = old.given.later(61 * time.Minute)
	young := edit(accepted+"an edit after 59 minutes", `{"content":"hello"}`, `{"content":"bye"}`)
	young.given = young.given.later(59 * time.Minute)
	return []refusalRow{
		edit(accepted+"other words", `{"content":"hello"}`, `{"content":"bye"}`),
		edit("An edited message says something", `{"content":"hello"}`, `{"content":""}`),
		edit("A V2 message stays one", v2, `{"flags":0}`),
		edit("A V2 message gets no content", v2, `{"content":"bye"}`),
		edit("A message that becomes V2 drops its content", `{"content":"hello"}`, v2),
		edit(accepted+"content null and V2", `{"content":"hello"}`, `{"content":null,"flags":32768,"components":[{"type":10,"content":"hello"}]}`),
		old, young,
		{rule: "A bot edits what it wrote itself", given: said(), method: "PATCH", path: "/channels/$general/messages/$message", body: `{"content":"bye"}`},
		{rule: "A bot deletes what it wrote itself", given: said(), method: "DELETE", path: "/channels/$general/messages/$message"},
		{rule: "A message to edit has to exist", method: "PATCH", path: "/channels/$general/messages/$mia", body: `{"content":"bye"}`},
		{rule: "A message to delete has to exist", method: "DELETE", path: "/channels/$general/messages/$mia"},
		{rule: "An answer to edit is the token's own", given: answered(`{"type":4,"data":{"content":"one"}}`),
			method: "PATCH", path: "/webhooks/$app/$token/messages/$mia", body: `{"content":"two"}`},
		{rule: "A deleted answer is gone", method: "PATCH", path: "/webhooks/$app/$token/messages/@original", body: `{"content":"two"}`,
			given: answered(`{"type":4,"data":{"content":"one"}}`).and("deleted", func(l *refusalLab) {
				l.must("DELETE", "/webhooks/$app/$token/messages/@original", "")
			})},
		{rule: accepted + "a deferred answer becomes V2 with its edit", given: answered(`{"type":5}`),
			method: "PATCH", path: "/webhooks/$app/$token/messages/@original", body: v2},
	}
}

func tokenRefusals() []refusalRow {
	return []refusalRow{
		{rule: "A bot has a token", token: "none", method: "GET", path: "/users/@me"},
		{rule: "A bot's token is the right one", token: "Bot wrong", method: "GET", path: "/users/@me"},
		{rule: accepted + "the right token", method: "GET", path: "/users/@me", like: "username"},
		{rule: "A route has to exist", method: "GET", path: "/somewhere"},
		{rule: "A route has its methods", method: "PUT", path: "/users/@me"},
		{rule: "What Discord has and the playground has not is told", method: "POST", path: "/channels/$general/typing"},
		{rule: "A webhook's token has to exist", method: "POST", path: "/webhooks/$app/abc", body: `{"content":"hello"}`},
		{rule: "An interaction's token lasts 15 minutes", method: "PATCH", path: "/webhooks/$app/$token/messages/@original", body: `{"content":"late"}`,
			given: answered(`{"type":5}`).later(15*time.Minute + time.Second)},
		{rule: accepted + "an edit after 14 minutes", method: "PATCH", path: "/webhooks/$app/$token/messages/@original", body: `{"content":"in time"}`,
			given: answered(`{"type":5}`).later(14 * time.Minute)},
	}
}

func placeRefusals() []refusalRow {
	return []refusalRow{
		{rule: "A channel has to exist", method: "POST", path: "/channels/$mia/messages", body: `{"content":"hello"}`},
		{rule: "A channel closed to the bot", method: "POST", path: "/channels/$coaches/messages", body: `{"content":"hello"}`},
		{rule: "A deleted channel is gone", given: where(`{"delete_channel":"classes"}`), method: "POST", path: "/channels/$classes/messages", body: `{"content":"hello"}`},
		{rule: "A channel where the bot may not send", given: where(`{"permission":{"channel":"classes","deny":"SEND_MESSAGES"}}`),
			method: "POST", path: "/channels/$classes/messages", body: `{"content":"hello"}`},
		{rule: "A channel where the bot may attach no files", given: where(`{"permission":{"channel":"classes","deny":"ATTACH_FILES"}}`),
			method: "POST", path: "/channels/$classes/messages", body: `{"content":"hello"}`, files: []string{"neck.png"}},
		{rule: accepted + "a list without READ_MESSAGE_HISTORY, which is empty", given: posted(`{"content":"one"}`).with(`{"permission":{"channel":"general","deny":"READ_MESSAGE_HISTORY"}}`),
			method: "GET", path: "/channels/$general/messages", like: "[]"},
		{rule: "Reading a message needs READ_MESSAGE_HISTORY", given: posted(`{"content":"one"}`).with(`{"permission":{"channel":"general","deny":"READ_MESSAGE_HISTORY"}}`),
			method: "GET", path: "/channels/$general/messages/$message"},
		{rule: "A locked thread", given: where(`{"lock_thread":"morning-crew"}`), method: "POST", path: "/channels/$morning-crew/messages", body: `{"content":"hello"}`},
		{rule: "An archived thread that is locked", given: where(`{"lock_thread":{"thread":"morning-crew","archived":true}}`),
			method: "POST", path: "/channels/$morning-crew/messages", body: `{"content":"hello"}`},
		{rule: "A reply needs READ_MESSAGE_HISTORY", given: posted(`{"content":"one"}`).with(`{"permission":{"channel":"general","deny":"READ_MESSAGE_HISTORY"}}`),
			method: "POST", path: "/channels/$general/messages", body: `{"content":"two","message_reference":{"message_id":"$message"}}`},
		{rule: accepted + "an open thread", method: "POST", path: "/channels/$morning-crew/messages", body: `{"content":"hello"}`},
		{rule: "Reading a channel closed to the bot", method: "GET", path: "/channels/$coaches"},
		{rule: "Reading a channel that is gone", given: where(`{"delete_channel":"classes"}`), method: "GET", path: "/channels/$classes"},
		{rule: accepted + "who may do what in a channel", method: "GET", path: "/channels/$announcements", like: "permission_overwrites"},
		{rule: accepted + "a member, the bot itself", method: "GET", path: "/guilds/$iron-garden/members/$app", like: "roles"},
		{rule: accepted + "the guilds that the bot is in", method: "GET", path: "/users/@me/guilds", like: "permissions"},
		{rule: "200 guilds at a time", method: "GET", path: "/users/@me/guilds?limit=201"},
		{rule: "A page of guilds begins at an id", method: "GET", path: "/users/@me/guilds?after=first"},
		{rule: "A member is a user", method: "GET", path: "/guilds/$iron-garden/members/$general"},
		{rule: "A member is in the guild", given: newGym(), method: "GET", path: "/guilds/$gym/members/$mia"},
		{rule: "Members are of a guild", method: "GET", path: "/guilds/$mia/members/$mia"},
		{rule: "Members are of a guild with the bot", method: "GET", path: "/guilds/$quiet-room/members/$mia"},
		{rule: accepted + "how many have a role", method: "GET", path: "/guilds/$iron-garden/roles/member-counts", like: "$coach"},
		{rule: "Counts of roles are of a guild", method: "GET", path: "/guilds/$mia/roles/member-counts"},
		{rule: "Counts of roles are of a guild with the bot", given: where(`{"kick_bot":"iron-garden"}`), method: "GET", path: "/guilds/$iron-garden/roles/member-counts"},
		{rule: "A guild that the bot has left", given: where(`{"kick_bot":"iron-garden"}`), method: "POST", path: "/channels/$general/messages", body: `{"content":"hello"}`},
		{rule: "A guild in an outage", given: where(`{"unavailable":"iron-garden"}`), method: "POST", path: "/channels/$general/messages", body: `{"content":"hello"}`},
		{rule: "A member who takes no DMs", given: dm("noah"), method: "POST", path: "/channels/$dm/messages", body: `{"content":"hello"}`},
		{rule: accepted + "a member who takes DMs", given: dm("mia"), method: "POST", path: "/channels/$dm/messages", body: `{"content":"hello"}`},
		{rule: "A member who shares no guild with the bot", method: "POST", path: "/channels/$dm/messages", body: `{"content":"hello"}`,
			given: dm("mia").with(`{"kick_bot":"iron-garden"}`)},
		{rule: "A user has to exist", method: "GET", path: "/users/$general"},
		{rule: accepted + "a user", method: "GET", path: "/users/$mia", like: "username"},
		{rule: "A DM is with somebody", method: "POST", path: "/users/@me/channels", body: `{"recipient_id":"$general"}`},
		{rule: "DMs are not opened too fast", method: "POST", path: "/users/@me/channels", body: `{"recipient_id":"$mia"}`,
			given: times(10, "POST", "/users/@me/channels", `{"recipient_id":"$mia"}`)},
	}
}

func limitRefusals() []refusalRow {
	const hello = `{"content":"hello"}`
	busy := times(5, "POST", "/channels/$general/messages", hello)
	row := func(rule, channel string, given situation) refusalRow {
		return refusalRow{rule: rule, given: given, method: "POST", path: "/channels/$" + channel + "/messages", body: hello}
	}
	return []refusalRow{
		row("Five messages in five seconds to a channel", "general", busy),
		{rule: "Five members in a second of a guild", method: "GET", path: "/guilds/$iron-garden/members/$mia",
			given: times(5, "GET", "/guilds/$iron-garden/members/$mia", "")},
		{rule: "Five counts of roles in five seconds of a guild", method: "GET", path: "/guilds/$iron-garden/roles/member-counts",
			given: times(5, "GET", "/guilds/$iron-garden/roles/member-counts", "")},
		row(accepted+"another channel has a bucket of its own", "classes", busy),
		row(accepted+"a bucket fills up again", "general", busy.and("five seconds later", func(l *refusalLab) { l.Pass(5 * time.Second) })),
		row("50 requests a second", "classes", times(50, "GET", "/channels/$general", "")),
		callback(accepted+"an interaction is outside the global limit",
			pending().usedUp(), `{"type":4,"data":{"content":"hello"}}`),
		row("A limit for the whole bot, as a fault", "general", situation{"a fault of status 429", func(l *refusalLab) {
			l.T.Helper()
			l.Do("POST", "/faults", `{"rules":[{"status":429,"scope":"global","retry_after":2}]}`)
		}}),
	}
}

// trustedBot may make events in the first guild.
func trustedBot() situation {
	return where(`{"permission":{"role":"unpinch","allow":"CREATE_EVENTS"}}`)
}

// withEvent has one event, on the first guild's calendar.
func withEvent() situation {
	return trustedBot().and("an event", func(l *refusalLab) {
		l.vars["event"] = wire.Text(l.must("POST", "/guilds/$iron-garden/scheduled-events", eventBody("")), "id")
	})
}

// eventBody is an event of an hour, with other fields in place of its own.
func eventBody(fields string) string {
	body := `"name":"Strength","privacy_level":2,"entity_type":3,"entity_metadata":{"location":"Main hall"},` +
		`"scheduled_start_time":"2027-01-04T18:00:00Z","scheduled_end_time":"2027-01-04T19:00:00Z"`
	if fields != "" {
		body += "," + fields // the last of two fields counts
	}
	return "{" + body + "}"
}

func scheduledRefusals() []refusalRow {
	const events = "/guilds/$iron-garden/scheduled-events"
	post := func(rule, fields string) refusalRow {
		return refusalRow{rule: rule, given: trustedBot(), method: "POST", path: events, body: eventBody(fields)}
	}
	patch := func(rule, body string) refusalRow {
		return refusalRow{rule: rule, given: withEvent(), method: "PATCH", path: events + "/$event", body: body}
	}
	accept := post(accepted+"an external event", "")
	accept.like = "scheduled_end_time"
	moved := patch(accepted+"another time", `{"scheduled_start_time":"2027-01-04T17:00:00Z","scheduled_end_time":"2027-01-04T18:00:00Z"}`)
	moved.like = "scheduled_start_time"
	return []refusalRow{
		accept,
		{rule: "Events need CREATE_EVENTS", method: "POST", path: events, body: eventBody("")},
		{rule: "Events are of a guild with the bot", given: where(`{"kick_bot":"iron-garden"}`), method: "GET", path: events},
		{rule: accepted + "the calendar without CREATE_EVENTS", method: "GET", path: events, like: "0"},
		post("An event has a name", `"name":null`),
		post("A name of an event has 100 characters at most", `"name":"a×101"`),
		post("A description of an event has 1,000 characters at most", `"description":"a×1001"`),
		post("An event is for the guild only", `"privacy_level":1`),
		post("An external event has a place", `"entity_metadata":null`),
		post("A place has 100 characters at most", `"entity_metadata":{"location":"a×101"}`),
		post("An external event has an end", `"scheduled_end_time":null`),
		post("An external event has no channel", `"channel_id":"$general"`),
		post("An event begins in the future", `"scheduled_start_time":"2020-01-04T18:00:00Z"`),
		post("An event begins within five years", `"scheduled_start_time":"2099-01-04T18:00:00Z","scheduled_end_time":"2099-01-04T19:00:00Z"`),
		post("An event ends after its start", `"scheduled_end_time":"2027-01-04T18:00:00Z"`),
		post("Times of an event are ISO 8601", `"scheduled_start_time":"Monday"`),
		{rule: "A guild has 100 events at most", method: "POST", path: events, body: eventBody(""),
			given: trustedBot().and("100 events", func(l *refusalLab) {
				for range 20 {
					for range 5 {
						l.must("POST", events, eventBody(""))
					}
					l.Pass(6 * time.Second)
				}
			})},
		moved,
		patch("A scheduled event is not completed at once", `{"status":3}`),
		patch("A status of an event is one of four", `{"status":9}`),
		{rule: "A canceled event is over", given: withEvent().and("canceled", func(l *refusalLab) { l.must("PATCH", events+"/$event", `{"status":4}`) }),
			method: "PATCH", path: events + "/$event", body: `{"name":"Open gym"}`},
		{rule: "An event that has begun keeps its start", method: "PATCH", path: events + "/$event", body: `{"scheduled_start_time":"2028-01-04T18:00:00Z","scheduled_end_time":"2028-01-04T19:00:00Z"}`,
			given: withEvent().and("begins", func(l *refusalLab) { l.Do("POST", "/clock", `{"now":"2027-01-04T18:30:00Z"}`) })},
		{rule: "An event that has ended is gone", method: "GET", path: events + "/$event",
			given: withEvent().and("ends", func(l *refusalLab) { l.Do("POST", "/clock", `{"now":"2027-01-04T19:00:00Z"}`) })},
		{rule: accepted + "an event is deleted", given: withEvent(), method: "DELETE", path: events + "/$event"},
		{rule: "A deleted event is gone", method: "DELETE", path: events + "/$event",
			given: withEvent().and("deleted", func(l *refusalLab) { l.must("DELETE", events+"/$event", "") })},
	}
}
