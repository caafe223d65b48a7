package control

import (
	"net/url"
	"slices"
	"strconv"
	"time"

	"unpinch/playground/wire"
)

// A Query is what GET /messages asks for.
type Query struct {
	As, Guild, Channel string
	After              wire.ID
	Wait               time.Duration
	Limit              int // the newest so many, 0 for all
	Deleted            bool
}

// ReadQuery reads the query of GET /messages.
func ReadQuery(q url.Values) (Query, *Error) {
	out := Query{As: q.Get("as"), Guild: q.Get("guild"), Channel: q.Get("channel"), Deleted: q.Get("deleted") == "1"}
	for key := range q {
		if !slices.Contains([]string{"channel", "as", "guild", "after", "wait", "deleted", "limit"}, key) {
			return out, BadRequest("unknown_field", "unknown field "+strconv.Quote(key))
		}
	}
	if v := q.Get("wait"); v != "" {
		wait, bad := readSpan("wait", v)
		if bad != nil {
			return out, bad
		}
		if wait > time.Minute {
			return out, BadRequest("bad_field", `"wait" must be 1m at most`)
		}
		out.Wait = wait
	}
	if v := q.Get("limit"); v != "" {
		n, err := strconv.Atoi(v)
		if err != nil || n < 1 {
			return out, BadRequest("bad_field", `"limit" must be a number from 1`)
		}
		out.Limit = n
	}
	if bad := Missing("channel", out.Channel); bad != nil {
		return out, bad
	}
	out.After = wire.ParseID(q.Get("after"))
	if q.Get("after") != "" && out.After == 0 {
		return out, BadRequest("bad_field", `"after" must be a message id`)
	}
	return out, nil
}

// ReadAfter reads the query of GET /requests: the number after which to begin.
func ReadAfter(q url.Values) (int, *Error) {
	v := q.Get("after")
	if v == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(v)
	if err != nil {
		return 0, BadRequest("bad_field", `"after" must be a number`)
	}
	return n, nil
}
