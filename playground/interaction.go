package playground

import (
	"crypto/rand"
	"encoding/base64"
	"slices"
	"time"

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
	id       flake
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

// start gives an interaction its id and token and sends it to the bot.
func (s *Server) start(it *interaction) {
	now := s.virtualNow()
	it.id, it.made, it.sent = s.ids.next(now), now, s.opts.Now()
	it.token = tokenPrefix + base64.RawURLEncoding.EncodeToString([]byte(it.id.String()+":"+rand.Text()))
	s.interactions[it.id], s.byToken[it.token] = it, it
	s.oldest = append(s.oldest, it.id)
	if len(s.oldest) > keptInteractions {
		s.forgetInteraction(s.oldest[0])
		s.oldest = slices.Clone(s.oldest[1:])
	}
	if len(s.sessions) == 0 { // a session without a connection may be resumed in time
		it.failed, it.alone = true, true
		s.changed()
		return
	}
	time.AfterFunc(answerLimit, func() { s.expire(it) })
	s.dispatch("INTERACTION_CREATE", 0, func(base string) object { return s.interactionJSON(it, base) })
	s.changed()
}

func (s *Server) forgetInteraction(id flake) {
	if it := s.interactions[id]; it != nil {
		s.dropFiles(it.files)
		delete(s.byToken, it.token)
		delete(s.interactions, id)
	}
}

// expire fails an interaction that got no answer in time.
func (s *Server) expire(it *interaction) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if it.callback == 0 && !it.failed {
		it.failed, it.ms = true, answerLimit.Milliseconds()
		s.log.Warn("the bot did not answer in time", "interaction", it.id, "name", it.name)
		s.changed()
	}
}

// settled tells whether nothing more is to come for the caller: the answer, or
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

// touch notes a message that the interaction made or changed.
func (it *interaction) touch(m *message) {
	if !slices.Contains(it.touched, m) {
		it.touched = append(it.touched, m)
	}
}

// tokenAlive tells whether the token still works.
func (s *Server) tokenAlive(it *interaction) bool {
	return s.virtualNow().Sub(it.made) < tokenLife
}

// metadata is the interaction as a message of it shows it.
func (it *interaction) metadata(m *message) object {
	o := object{"id": it.id, "type": it.kind, "user": userJSON(it.user),
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

// interactionJSON is the payload of INTERACTION_CREATE.
func (s *Server) interactionJSON(it *interaction, base string) object {
	w, c := s.world, it.channel
	may := w.may(it.user.id, c)
	o := object{"id": it.id, "application_id": w.bot.id, "type": it.kind, "token": it.token,
		"version": 1, "data": it.dataJSON(base), "channel_id": c.id,
		"app_permissions": bits(w.appPermissions(c)), "locale": it.locale,
		"authorizing_integration_owners": it.owners, "context": 1, "entitlements": []any{},
		"attachment_size_limit": 10 << 20}
	channel := w.channelJSON(c)
	channel["permissions"] = bits(may)
	o["channel"] = channel
	if it.source != nil {
		o["message"] = s.messageJSON(it.source, base)
	}
	if c.guild == nil {
		o["user"] = userJSON(it.user)
		return o
	}
	o["context"], o["guild_id"], o["guild_locale"] = 0, c.guild.id, guildLocale
	o["guild"] = object{"id": c.guild.id, "locale": guildLocale, "features": []string{}}
	member := memberJSON(c.guild.member(it.user.id))
	member["user"], member["permissions"] = userJSON(it.user), bits(may)
	o["member"] = member
	return o
}

// dataJSON is the data with the addresses of its files.
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

// appPermissions is what the app may do in a channel, where it may be
// installed for the user only.
func (w *world) appPermissions(c *channel) uint64 {
	if c.guild != nil && !w.hasBot(c.guild) {
		return permUserInstalledBot
	}
	return w.may(w.bot.id, c)
}
