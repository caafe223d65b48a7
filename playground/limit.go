package playground

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"math"
	"net/http"
	"strconv"
	"time"
)

// globalLimit is how many requests a bot may make in a second.
const globalLimit = 50

// A bucket counts the requests of one route and major parameter.
type bucket struct {
	left  int
	reset time.Time
}

// limits are all buckets, in real time.
type limits struct {
	buckets map[string]*bucket
	global  bucket
	swept   time.Time
}

// limited is the answer of a rate limit.
type limited struct {
	after float64 // seconds
	scope string  // user, global or shared
}

// header sets the headers of a 429.
func (l limited) header(h http.Header) {
	scope := l.scope
	if scope == "" {
		scope = "user"
	}
	h.Set("Retry-After", strconv.FormatFloat(math.Ceil(l.after), 'f', -1, 64))
	h.Set("X-RateLimit-Scope", scope)
	if scope == "global" {
		h.Set("X-RateLimit-Global", "true")
	}
}

// MarshalJSON writes the body of a 429.
func (l limited) MarshalJSON() ([]byte, error) {
	return json.Marshal(map[string]any{"message": "You are being rate limited.",
		"retry_after": l.after, "global": l.scope == "global", "code": 0})
}

// limit counts a call and refuses it when its bucket or the bot's second is
// empty.
func (s *Server) limit(c *call, h http.Header) *refusal {
	now := s.opts.Now()
	l := &s.limits
	if !c.route.open {
		if !now.Before(l.global.reset) {
			l.global = bucket{globalLimit, now.Add(time.Second)}
		}
		if l.global.left == 0 {
			return tooMany(limited{seconds(l.global.reset.Sub(now)), "global"}, h)
		}
		l.global.left--
	}
	if c.route.limit == 0 {
		return nil
	}
	l.sweep(now)
	name := c.route.method + " " + c.route.path
	key := name + " " + c.major()
	b := l.buckets[key]
	if b == nil || !now.Before(b.reset) {
		b = &bucket{c.route.limit, now.Add(c.route.window)}
		l.buckets[key] = b
	}
	empty := b.left == 0
	if !empty {
		b.left--
	}
	sum := sha256.Sum256([]byte(name))
	h.Set("X-RateLimit-Limit", strconv.Itoa(c.route.limit))
	h.Set("X-RateLimit-Remaining", strconv.Itoa(b.left))
	h.Set("X-RateLimit-Reset", strconv.FormatFloat(float64(b.reset.UnixMilli())/1000, 'f', 3, 64))
	h.Set("X-RateLimit-Reset-After", strconv.FormatFloat(seconds(b.reset.Sub(now)), 'f', 3, 64))
	h.Set("X-RateLimit-Bucket", hex.EncodeToString(sum[:16]))
	if empty {
		return tooMany(limited{seconds(b.reset.Sub(now)), "user"}, h)
	}
	return nil
}

// sweep forgets the buckets that are full again, once in a while.
func (l *limits) sweep(now time.Time) {
	if len(l.buckets) < 1000 || now.Sub(l.swept) < time.Second {
		return
	}
	l.swept = now
	for key, b := range l.buckets {
		if !now.Before(b.reset) {
			delete(l.buckets, key)
		}
	}
}

func tooMany(l limited, h http.Header) *refusal {
	l.header(h)
	return &refusal{Status: http.StatusTooManyRequests, Message: "You are being rate limited.", limited: &l}
}

func seconds(d time.Duration) float64 { return math.Ceil(d.Seconds()*1000) / 1000 }

// major is the parameter that has a bucket of its own.
func (c *call) major() string {
	for _, name := range []string{"channel", "guild", "token"} {
		if v := c.r.PathValue(name); v != "" {
			return v
		}
	}
	return ""
}
