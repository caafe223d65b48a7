package playground

import (
	"crypto/rand"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Gateway intents.
const (
	intentGuilds     = 1 << 0
	intentPrivileged = 1<<1 | 1<<8 | 1<<15 // members, presences, message content
	intentKnown      = 1<<26 - 1
)

const (
	keptSessions = 16
	keptEvents   = 1000 // of a session, for a resume
)

// A session is what a bot identified for; it outlives its connection.
type session struct {
	id      string
	intents int64
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

// Limits of IDENTIFY, in real time.
const (
	identifyEvery = 250 * time.Millisecond // unless Options say otherwise
	loginsADay    = 1000
	loginsWindow  = 24 * time.Hour
)

// logins are the IDENTIFYs that Discord counts.
type logins struct {
	last time.Time
	used int
	end  time.Time // of the day
}

// startLimit is what GET /gateway/bot says of logins.
func (s *Server) startLimit() object {
	now := s.opts.Now()
	s.logins.turn(now)
	return object{"total": loginsADay, "remaining": max(0, loginsADay-s.logins.used),
		"reset_after": s.logins.end.Sub(now).Milliseconds(), "max_concurrency": 1}
}

// turn begins a new day when the last one is over.
func (l *logins) turn(now time.Time) {
	if !now.Before(l.end) {
		l.used, l.end = 0, now.Add(loginsWindow)
	}
}

// tooSoon counts an IDENTIFY and refuses one that comes too soon after the last,
// or that is one too many: Discord then resets the token.
func (s *Server) tooSoon(c *conn) bool {
	now := s.opts.Now()
	l := &s.logins
	l.turn(now)
	soon := now.Sub(l.last) < s.opts.IdentifyEvery
	l.last = now
	l.used++
	switch {
	case l.used > loginsADay:
		s.log.Warn("the bot has used up its logins of a day; Discord resets its token then")
		c.closeWith(4004, "Authentication failed.")
	case soon:
		s.log.Warn("a bot identified again too soon", "every", s.opts.IdentifyEvery)
		c.send(object{"op": opInvalidSession, "s": nil, "t": nil, "d": false})
	default:
		return false
	}
	return true
}

// identify starts a session.
func (s *Server) identify(c *conn, d object) {
	switch {
	case c.session != nil:
		c.closeWith(4005, "Already authenticated.")
		return
	case strings.TrimPrefix(text(d, "token"), "Bot ") != s.opts.Token:
		s.log.Warn("a bot came to the gateway with a wrong token")
		c.closeWith(4004, "Authentication failed.")
		return
	case s.tooSoon(c):
		return
	case s.gatewayFault(c, false):
		return
	}
	intents, ok := number(d, "intents")
	switch {
	case !ok || intents < 0 || intents&^intentKnown != 0:
		c.closeWith(4013, "Invalid intent(s).")
		return
	case intents&intentPrivileged != 0:
		c.closeWith(4014, "Disallowed intent(s).")
		return
	}
	if shard := list(d, "shard"); shard != nil {
		if len(shard) != 2 || !isWhole(shard[0], 0) || !isWhole(shard[1], 1) {
			s.log.Warn("the playground has one shard only", "shard", shard)
			c.closeWith(4010, "Invalid shard.")
			return
		}
	}
	ses := &session{id: strings.ToLower(rand.Text()), intents: intents, conn: c, base: c.base}
	c.session = ses
	s.sessions = append(s.sessions, ses)
	if len(s.sessions) > keptSessions {
		s.dropSession(s.sessions[0])
	}
	s.welcome(ses)
	s.changed()
}

func isWhole(v any, want int64) bool {
	n, ok := wholeNumber(v)
	return ok && n == want
}

// welcome sends READY, and the guilds if asked for.
func (s *Server) welcome(ses *session) {
	guilds := []object{}
	for _, g := range s.world.guilds {
		if s.world.hasBot(g) {
			guilds = append(guilds, object{"id": g.id, "unavailable": true})
		}
	}
	s.deliver(ses, "READY", object{"v": 10, "user": s.meJSON(), "guilds": guilds, "session_id": ses.id,
		"resume_gateway_url": gatewayURL(ses.conn.base), "shard": []int{0, 1}, "session_type": "normal",
		"application":      object{"id": s.world.bot.id, "flags": 0},
		"private_channels": []any{}, "relationships": []any{}, "presences": []any{},
		"user_settings": object{}, "guild_join_requests": []any{},
		"geo_ordered_rtc_regions": []string{}, "_trace": []string{}})
	if ses.intents&intentGuilds == 0 {
		return
	}
	for _, g := range s.world.guilds {
		if s.world.hasBot(g) && !g.unavailable {
			s.deliver(ses, "GUILD_CREATE", s.world.guildCreateJSON(g))
		}
	}
}

// resume goes on with a session, if nothing of it is lost.
func (s *Server) resume(c *conn, d object) {
	if c.session != nil {
		c.closeWith(4005, "Already authenticated.")
		return
	}
	if strings.TrimPrefix(text(d, "token"), "Bot ") != s.opts.Token {
		c.closeWith(4004, "Authentication failed.")
		return
	}
	if s.gatewayFault(c, true) {
		return
	}
	seq, _ := number(d, "seq")
	ses := first(s.sessions, func(o *session) bool { return o.id == text(d, "session_id") })
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

// covers tells whether every event after seq, which is none of the future's, is
// still there.
func (ses *session) covers(seq int64) bool {
	return seq == ses.seq || len(ses.events) > 0 && ses.events[0].seq <= seq+1
}

func (s *Server) dropSession(ses *session) {
	s.sessions = slices.DeleteFunc(s.sessions, func(o *session) bool { return o == ses })
	if ses.conn != nil {
		ses.conn.session = nil
	}
}

// deliver sends an event to one session, and keeps it for a resume.
func (s *Server) deliver(ses *session, name string, data object) {
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

// dispatch sends an event to every session that asked for it. build makes the
// data with the address that the session knows the playground by.
func (s *Server) dispatch(name string, intent int64, build func(base string) object) {
	for _, ses := range s.sessions {
		if intent != 0 && ses.intents&intent == 0 {
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
func (s *Server) gatewayFault(c *conn, resumes bool) bool {
	f := s.faults.gateway
	switch {
	case f == "":
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
func (s *Server) setGatewayFault(fault string) {
	live := false
	for c := range s.conns {
		if c.session == nil {
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

// strike carries out a fault on a connection; true if that was all it gets.
func (s *Server) strike(c *conn, fault string) bool {
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
func (s *Server) invalidate(c *conn, resumable bool) {
	if ses := c.session; ses != nil && resumable {
		ses.conn, c.session = nil, nil
	} else if ses != nil {
		s.dropSession(ses)
	}
	c.send(object{"op": opInvalidSession, "s": nil, "t": nil, "d": resumable})
}
