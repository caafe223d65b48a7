package playground

import "time"

// Limits of IDENTIFY, in real time.
const (
	identifyEvery = 250 * time.Millisecond // unless Options say otherwise
	loginsADay    = 1000
	loginsWindow  = 24 * time.Hour
)

// logins are the IDENTIFYs that Discord counts.
type logins struct {
	last map[int]time.Time // by the shard's number modulo max_concurrency
	used int
	end  time.Time // of the day
}

// turn begins a new day when the last one is over.
func (l *logins) turn(now time.Time) {
	if !now.Before(l.end) {
		l.used, l.end = 0, now.Add(loginsWindow)
	}
}

// tooSoon counts an IDENTIFY and refuses one that comes too soon after the last,
// of its lane, or that is one too many: Discord then resets the token.
func (s *gateway) tooSoon(c *conn, sh shard) bool {
	now := s.opts.Now()
	l := &s.logins
	l.turn(now)
	lane := sh.id % s.concurrency()
	soon := now.Sub(l.last[lane]) < s.opts.IdentifyEvery
	l.last[lane] = now
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
