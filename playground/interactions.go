package playground

import (
	"crypto/rand"
	"encoding/base64"
	"log/slog"
	"slices"
	"time"

	"unpinch/playground/wire"
)

// interactions are what people did with the bot, by their ids and tokens.
type interactions struct {
	*monitor
	log     *slog.Logger
	world   *world
	clock   *clock
	ids     *idSource
	files   *files
	gateway *gateway
	byID    map[wire.ID]*interaction
	byToken map[string]*interaction
	oldest  []wire.ID // oldest first
}

// reset forgets every interaction.
func (i *interactions) reset() {
	i.byID, i.byToken, i.oldest = map[wire.ID]*interaction{}, map[string]*interaction{}, nil
}

// start gives an interaction its id and token and sends it to the bot.
func (i *interactions) start(it *interaction) {
	it.id, it.made, it.sent = i.ids.next(), i.clock.now(), i.clock.real()
	it.token = tokenPrefix + base64.RawURLEncoding.EncodeToString([]byte(it.id.String()+":"+rand.Text()))
	i.byID[it.id], i.byToken[it.token] = it, it
	i.oldest = append(i.oldest, it.id)
	if len(i.oldest) > keptInteractions {
		i.forget(i.oldest[0])
		i.oldest = slices.Clone(i.oldest[1:])
	}
	if !i.gateway.hears(it.guildID()) { // a session without a connection may be resumed in time
		it.failed, it.alone = true, true
		i.changed()
		return
	}
	time.AfterFunc(answerLimit, func() { i.expire(it) })
	i.gateway.dispatch("INTERACTION_CREATE", 0, it.guildID(), func(base string) object { return it.payload(i.world, base) })
	i.changed()
}

// guildID returns the guild that the interaction is in, 0 for a DM.
func (it *interaction) guildID() wire.ID {
	if it.channel.guild == nil {
		return 0
	}
	return it.channel.guild.id
}

// forget makes an interaction's token and files unknown.
func (i *interactions) forget(id wire.ID) {
	if it := i.byID[id]; it != nil {
		i.files.drop(it.files)
		delete(i.byToken, it.token)
		delete(i.byID, id)
	}
}

// expire fails an interaction that got no answer in time.
func (i *interactions) expire(it *interaction) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if it.callback == 0 && !it.failed {
		it.failed, it.ms = true, answerLimit.Milliseconds()
		i.log.Warn("the bot did not answer in time", "interaction", it.id, "name", it.name)
		i.changed()
	}
}

// alive reports whether an interaction's token still works.
func (i *interactions) alive(it *interaction) bool {
	return i.clock.now().Sub(it.made) < tokenLife
}
