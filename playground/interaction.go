package playground

import (
	"slices"
	"time"

	"unpinch/playground/control"
	"unpinch/playground/wire"
)

// Limits of interactions.
const (
	answerLimit      = 3 * time.Second  // real, for the first answer
	tokenLife        = 15 * time.Minute // virtual
	settleLimit      = 15 * time.Second // real, for the last edit of a deferral
	keptInteractions = 10000
	userFollowups    = 5 // when the app is only user-installed
)

// An interaction is one thing that a user did with the bot.
type interaction struct {
	id       wire.ID
	token    string
	kind     int
	user     *user
	channel  *channel
	command  *command // of a command or its autocomplete
	name     string   // the command with its subcommand
	locale   string
	data     object
	source   *message // of a component, or of a modal that a component opened
	opener   *interaction
	made     time.Time // virtual
	sent     time.Time // real
	owners   object    // authorizing_integration_owners
	userOnly bool      // installed by the user only
	target   object    // target_user or target_message_id of the metadata
	files    []*attachment

	callback  int // type of the answer, 0 until there is one
	failed    bool
	alone     bool // failed because there is no bot
	ms        int64
	original  *message
	loading   bool // the original still says that the bot thinks
	followups int
	later     int // edits, follow-ups and deletions after the answer
	underWay  int // requests with its token being served
	calls     int // requests with its token served
	touched   []*message
	modal     object // that it opened
	choices   []any
}

// settled reports whether nothing more is to come for the caller: the answer, or
// the edit after a deferral.
func (it *interaction) settled() bool {
	switch {
	case it.failed:
		return true
	case it.underWay > 0:
		return false
	case it.deferred():
		return it.later > 0
	}
	return it.callback != 0
}

func (it *interaction) deferred() bool {
	return it.callback == wire.DeferCallback || it.callback == wire.DeferUpdateCallback
}

// answer returns what the control call that made the interaction answers; done
// says that nothing more is to come.
func (it *interaction) answer(base string, done bool) object {
	outcome := "answered"
	var fault any
	switch {
	case it.alone:
		outcome = "failed"
		fault = control.ErrorObject("no_bot", "no bot is connected")
	case it.failed || it.callback == 0:
		outcome = "failed"
		fault = control.ErrorObject("no_answer", "the bot did not answer within 3 s")
	case it.deferred():
		outcome = "deferred"
		if !done {
			fault = control.ErrorObject("no_edit", "the bot deferred and sent nothing more within 15 s")
		}
	}
	messages := []object{}
	for _, m := range it.touched {
		if !m.deleted && m.visible(it.user) {
			messages = append(messages, m.viewed(base))
		}
	}
	o := object{"interaction": object{"id": it.id, "outcome": outcome, "type": it.callback, "ms": it.ms},
		"messages": messages, "modal": nil, "choices": nil, "error": fault}
	if it.modal != nil {
		o["modal"] = object{"id": it.id, "title": wire.Text(it.modal, "title"), "fields": modalFields(it.modal)}
	}
	if it.choices != nil {
		o["choices"] = it.choices
	}
	return o
}

// touch notes a message that the interaction made or changed.
func (it *interaction) touch(m *message) {
	if !slices.Contains(it.touched, m) {
		it.touched = append(it.touched, m)
	}
}

// metadata returns the interaction as a message that it made shows it.
func (it *interaction) metadata(m *message) object {
	o := object{"id": it.id, "type": it.kind, "user": it.user.json(),
		"authorizing_integration_owners": it.owners}
	switch it.kind {
	case wire.CommandInteraction:
		o["name"], o["command_type"] = it.name, it.command.kind
	case wire.ComponentInteraction:
		o["interacted_message_id"] = it.source.id
	case wire.ModalInteraction:
		o["triggering_interaction_metadata"] = it.opener.metadata(nil)
	}
	for key, v := range it.target {
		o[key] = v
	}
	if m != nil && it.original != nil && m != it.original {
		o["original_response_message_id"] = it.original.id
	}
	return o
}

// payload returns what INTERACTION_CREATE brings the bot.
func (it *interaction) payload(w *world, base string) object {
	c := it.channel
	may := c.may(it.user)
	o := object{"id": it.id, "application_id": w.bot.id, "type": it.kind, "token": it.token,
		"version": 1, "data": it.dataJSON(base), "channel_id": c.id,
		"app_permissions": bits(c.appPermissions(w.bot)), "locale": it.locale,
		"authorizing_integration_owners": it.owners, "context": 1, "entitlements": []any{},
		"attachment_size_limit": 10 << 20}
	channel := c.json()
	channel["permissions"] = bits(may)
	o["channel"] = channel
	if it.source != nil {
		o["message"] = it.source.json(base)
	}
	if c.guild == nil {
		o["user"] = it.user.json()
		return o
	}
	o["context"], o["guild_id"], o["guild_locale"] = 0, c.guild.id, guildLocale
	o["guild"] = object{"id": c.guild.id, "locale": guildLocale, "features": []string{}}
	member := c.guild.member(it.user.id).json()
	member["user"], member["permissions"] = it.user.json(), bits(may)
	o["member"] = member
	return o
}

// dataJSON returns the data with the addresses of its files.
func (it *interaction) dataJSON(base string) object {
	if len(it.files) == 0 {
		return it.data
	}
	data, _ := wire.Clone(it.data).(object)
	files := object{}
	for _, a := range it.files {
		files[a.id.String()] = a.json(base, true)
	}
	resolved := wire.Child(data, "resolved")
	if resolved == nil {
		resolved = object{}
		data["resolved"] = resolved
	}
	resolved["attachments"] = files
	return data
}

// callbackJSON returns the answer to a callback that asks for one.
func (it *interaction) callbackJSON(base string) object {
	o := object{"id": it.id, "type": it.kind, "channel_id": it.channel.id}
	if it.channel.guild != nil {
		o["guild_id"] = it.channel.guild.id
	}
	out := object{"interaction": o}
	if it.original == nil {
		return out
	}
	o["response_message_id"] = it.original.id
	o["response_message_loading"] = it.loading
	o["response_message_ephemeral"] = it.original.onlyFor != nil
	if it.callback != wire.DeferUpdateCallback {
		out["resource"] = object{"type": it.callback, "message": it.original.json(base)}
	}
	return out
}
