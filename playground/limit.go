package playground

import (
	"crypto/sha256"
	"encoding/hex"
	"math"
	"net/http"
	"strconv"
	"time"

	"unpinch/playground/wire"
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

// limit counts a call, and refuses it if its bucket or the bot's second is empty.
func (l *limits) limit(c *call, h http.Header, now time.Time) *wire.Refusal {
	if !c.route.open {
		if !now.Before(l.global.reset) {
			l.global = bucket{globalLimit, now.Add(time.Second)}
		}
		if l.global.left == 0 {
			return tooMany(wire.RateLimit{After: seconds(l.global.reset.Sub(now)), Scope: "global"}, h)
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
		return tooMany(wire.RateLimit{After: seconds(b.reset.Sub(now)), Scope: "user"}, h)
	}
	return nil
}

// clear makes every bucket full again.
func (l *limits) clear() { *l = limits{buckets: map[string]*bucket{}} }

// sweep forgets the buckets that are full again. It does so now and then.
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

func tooMany(l wire.RateLimit, h http.Header) *wire.Refusal {
	l.SetHeader(h)
	return l.Refusal()
}

func seconds(d time.Duration) float64 { return math.Ceil(d.Seconds()*1000) / 1000 }

// major returns the parameter that has a bucket of its own.
func (c *call) major() string {
	for _, name := range []string{"channel", "guild", "token"} {
		if v := c.r.PathValue(name); v != "" {
			return v
		}
	}
	return ""
}
