package control

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"unpinch/playground/wire"
)

// A Change is the body of POST /world. Empty fields change nothing.
type Change struct {
	DeleteChannel string      `json:"delete_channel"`
	Permission    *Permission `json:"permission"`
	KickBot       string      `json:"kick_bot"`
	InviteBot     string      `json:"invite_bot"`
	CloseDMs      string      `json:"close_dms"`
	OpenDMs       string      `json:"open_dms"`
	LockThread    *ThreadLock `json:"lock_thread"`
	ArchiveThread string      `json:"archive_thread"`
	UnlockThread  string      `json:"unlock_thread"`
	Unavailable   string      `json:"unavailable"`
	Available     string      `json:"available"`
	MakeChannel   string      `json:"make_channel"`
	AddGuilds     int         `json:"add_guilds"`

	Shards         int `json:"shards"`          // that GET /gateway/bot recommends
	MaxConcurrency int `json:"max_concurrency"` // that it tells
}

// ReadChange reads a call of POST /world.
func ReadChange(r *http.Request) (Change, *Error) {
	var c Change
	bad := ReadBody(r, &c)
	return c, bad
}

// A Permission changes what the bot may do in a channel. Deny replaces what was
// denied before, unless only Allow is given. With a role it changes what the role
// allows: in the channel, or without one in all of the first guild. There Deny
// and Allow are taken as they are.
type Permission struct {
	Channel string `json:"channel"`
	Role    string `json:"role"`
	Deny    Names  `json:"deny"`
	Allow   Names  `json:"allow"`
}

// Bits returns Deny and Allow as Discord's bits.
func (p Permission) Bits() (deny, allow uint64, bad *Error) {
	if deny, bad = p.Deny.bits(); bad != nil {
		return 0, 0, bad
	}
	if allow, bad = p.Allow.bits(); bad != nil {
		return 0, 0, bad
	}
	if deny&allow != 0 {
		return 0, 0, BadRequest("bad_field", `"deny" and "allow" name the same permission`)
	}
	return deny, allow, nil
}

// bits reads the names of permissions.
func (l Names) bits() (uint64, *Error) {
	var sum uint64
	for _, name := range l {
		bit, ok := wire.PermissionNames()[strings.ToUpper(name)]
		if !ok {
			return 0, BadRequest("bad_field", "there is no permission "+strconv.Quote(name))
		}
		sum |= bit
	}
	return sum, nil
}

// Names are one name or several.
type Names []string

// UnmarshalJSON takes a string or an array of strings.
func (l *Names) UnmarshalJSON(raw []byte) error {
	var one string
	if json.Unmarshal(raw, &one) == nil {
		if *l = nil; one != "" {
			*l = Names{one}
		}
		return nil
	}
	return json.Unmarshal(raw, (*[]string)(l))
}

// A ThreadLock is a thread to lock, and whether it is archived too.
type ThreadLock struct {
	Thread   string `json:"thread"`
	Archived bool   `json:"archived"`
}

// UnmarshalJSON takes a string or an object.
func (l *ThreadLock) UnmarshalJSON(raw []byte) error {
	if json.Unmarshal(raw, &l.Thread) == nil {
		return nil
	}
	type fields ThreadLock
	return json.Unmarshal(raw, (*fields)(l))
}
