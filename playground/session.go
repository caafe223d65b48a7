package playground

import (
	"crypto/rand"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"unpinch/playground/wire"
)

// Gateway intents.
const (
	intentGuilds          = 1 << 0
	intentScheduledEvents = 1 << 16
	intentPrivileged      = 1<<1 | 1<<8 | 1<<15 // members, presences, message content
	intentKnown           = 1<<26 - 1
)

const (
	keptSessions = 16   // of a shard
	keptEvents   = 1000 // of a session, for a resume
)

// A session is what a bot identified for. It outlives its connection.
type session struct {
	id      string
	intents int64
	shard   shard
	seq     int64
	events  []event // the last ones
	conn    *conn   // nil while the bot is away
	base    string  // that the bot last called
}

// An event is one that was dispatched.
type event struct {
	seq int64
	raw []byte
}

// identify starts a session.
func (s *gateway) identify(c *conn, d object) {
	sh, isShard := readShard(d)
	switch {
	case c.session != nil:
		c.closeWith(4005, "Already authenticated.")
		return
	case strings.TrimPrefix(wire.Text(d, "token"), "Bot ") != s.opts.Token:
		s.log.Warn("a bot came to the gateway with a wrong token")
		c.closeWith(4004, "Authentication failed.")
		return
	case s.tooSoon(c, sh):
		return
	case s.gatewayFault(c, sh, false):
		return
	}
	intents, ok := wire.Number(d, "intents")
	switch {
	case !ok || intents < 0 || intents&^intentKnown != 0:
		c.closeWith(4013, "Invalid intent(s).")
		return
	case intents&intentPrivileged != 0:
		c.closeWith(4014, "Disallowed intent(s).")
		return
	case !isShard:
		c.closeWith(4010, "Invalid shard.")
		return
	case s.crowded(sh):
		s.log.Warn("a shard would have too many guilds", "shard", sh.id, "shards", sh.count, "most", mostGuilds)
		c.closeWith(4011, "Sharding required.")
		return
	}
	ses := &session{id: strings.ToLower(rand.Text()), intents: intents, shard: sh, conn: c, base: c.base}
	c.session = ses
	s.sessions = append(s.sessions, ses)
	s.dropOld(sh)
	s.welcome(ses)
	s.changed()
}

func isWhole(v any, want int64) bool {
	n, ok := wire.Whole(v)
	return ok && n == want
}

// dropOld forgets the oldest session of a shard that has more than are kept.
func (s *gateway) dropOld(sh shard) {
	var own []*session
	for _, ses := range s.sessions {
		if ses.shard == sh {
			own = append(own, ses)
		}
	}
	if len(own) > keptSessions {
		s.dropSession(own[0])
	}
}

// welcome sends READY, and the guilds if asked for.
func (s *gateway) welcome(ses *session) {
	guilds := []object{}
	for _, g := range s.world.guilds {
		if g.hasBot() && ses.shard.has(g.id) {
			guilds = append(guilds, object{"id": g.id, "unavailable": true})
		}
	}
	s.deliver(ses, "READY", object{"v": 10, "user": s.world.meJSON(), "guilds": guilds, "session_id": ses.id,
		"resume_gateway_url": gatewayURL(ses.conn.base), "shard": ses.shard.json(), "session_type": "normal",
		"application":      object{"id": s.world.bot.id, "flags": 0},
		"private_channels": []any{}, "relationships": []any{}, "presences": []any{},
		"user_settings": object{}, "guild_join_requests": []any{},
		"geo_ordered_rtc_regions": []string{}, "_trace": []string{}})
	if ses.intents&intentGuilds == 0 {
		return
	}
	for _, g := range s.world.guilds {
		if g.hasBot() && ses.shard.has(g.id) && !g.unavailable {
			s.deliver(ses, "GUILD_CREATE", g.createJSON())
		}
	}
}

// resume continues a session if no event of it is lost.
func (s *gateway) resume(c *conn, d object) {
	if c.session != nil {
		c.closeWith(4005, "Already authenticated.")
		return
	}
	if strings.TrimPrefix(wire.Text(d, "token"), "Bot ") != s.opts.Token {
		c.closeWith(4004, "Authentication failed.")
		return
	}
	seq, _ := wire.Number(d, "seq")
	ses := first(s.sessions, func(o *session) bool { return o.id == wire.Text(d, "session_id") })
	sh := shard{0, 1}
	if ses != nil {
		sh = ses.shard
	}
	if s.gatewayFault(c, sh, true) {
		return
	}
	if ses != nil && seq > ses.seq {
		s.dropSession(ses)
		c.closeWith(4007, "Invalid seq.")
		return
	}
	if ses == nil || !ses.covers(seq) {
		c.send(object{"op": opInvalidSession, "s": nil, "t": nil, "d": false})
		return
	}
	if ses.conn != nil {
		ses.conn.session = nil
		ses.conn.closeWith(4000, "Resumed elsewhere.")
	}
	ses.conn, ses.base, c.session = c, c.base, ses
	for _, e := range ses.events {
		if e.seq > seq {
			c.enqueue(frame{data: e.raw})
		}
	}
	s.deliver(ses, "RESUMED", object{"_trace": []string{}})
	s.changed()
}

// covers reports whether every event after seq is still there. No seq is of the
// future.
func (ses *session) covers(seq int64) bool {
	return seq == ses.seq || len(ses.events) > 0 && ses.events[0].seq <= seq+1
}

func (s *gateway) dropSession(ses *session) {
	s.sessions = slices.DeleteFunc(s.sessions, func(o *session) bool { return o == ses })
	if ses.conn != nil {
		ses.conn.session = nil
	}
}

// deliver sends an event to one session, and keeps it for a resume.
func (s *gateway) deliver(ses *session, name string, data object) {
	ses.seq++
	raw, err := json.Marshal(object{"op": opDispatch, "t": name, "s": ses.seq, "d": data})
	if err != nil {
		s.log.Error("an event cannot be written as JSON", "event", name, "err", err)
		return
	}
	if ses.events = append(ses.events, event{ses.seq, raw}); len(ses.events) > keptEvents {
		ses.events = slices.Clone(ses.events[keptEvents/10:])
	}
	if ses.conn != nil && !ses.conn.zombie {
		ses.conn.enqueue(frame{data: raw})
	}
}

// dispatch sends an event of a guild to every session that hears of it and asked
// for it. build makes the data with the address that the session knows the
// playground by.
func (s *gateway) dispatch(name string, intent int64, guild wire.ID, build func(base string) object) {
	for _, ses := range s.sessions {
		if intent != 0 && ses.intents&intent == 0 || !ses.shard.has(guild) {
			continue
		}
		s.deliver(ses, name, build(ses.base))
	}
}

// standing are the faults that stay until they are taken away: Discord is away.
func standing(fault string) bool {
	return fault == "no_ready" || fault == "no_hello" || fault == "upgrade_503"
}

// gatewayFault carries out a fault that was set for the next connection, which
// now resumes or identifies. It reports whether that was all it gets.
func (s *gateway) gatewayFault(c *conn, sh shard, resumes bool) bool {
	f := s.faults.gateway
	switch {
	case f == "" || !s.faults.strikes(sh):
		return false
	case standing(f):
		return true
	case f == "op7_resume" && !resumes:
		return false
	}
	s.faults.gateway = ""
	return s.strike(c, f)
}

// setGatewayFault strikes the connections there are. Without one, a fault that
// strikes once waits for the next. One that stays breaks the connections off, as
// op7_resume does, and then meets all that come.
func (s *gateway) setGatewayFault(fault string, of *int) {
	s.faults.shard = of
	live := false
	for c := range s.conns {
		if c.session == nil || !s.faults.strikes(c.session.shard) {
			continue
		}
		live = true
		if standing(fault) || fault == "op7_resume" {
			c.kill()
		} else {
			s.strike(c, fault)
		}
	}
	if !live || standing(fault) || fault == "op7_resume" {
		s.faults.gateway = fault
	}
	s.changed()
}

// strike carries out a fault on a connection. It returns true if the connection
// gets nothing else.
func (s *gateway) strike(c *conn, fault string) bool {
	switch {
	case fault == "zombie":
		c.zombie = true
		return false
	case fault == "op7", fault == "op7_resume":
		c.send(object{"op": opReconnect, "s": nil, "t": nil, "d": nil})
	case fault == "op9", fault == "op9_resume":
		s.invalidate(c, fault == "op9_resume")
	default:
		code, _ := strconv.Atoi(strings.TrimPrefix(fault, "close:")) // checked when it was set
		if c.session != nil && (code == 4007 || code == 4009) {
			s.dropSession(c.session)
		}
		c.closeWith(code, "")
	}
	return true
}

// invalidate sends an op 9. The connection has no session then; one that may be
// resumed waits for that.
func (s *gateway) invalidate(c *conn, resumable bool) {
	if ses := c.session; ses != nil && resumable {
		ses.conn, c.session = nil, nil
	} else if ses != nil {
		s.dropSession(ses)
	}
	c.send(object{"op": opInvalidSession, "s": nil, "t": nil, "d": resumable})
}
