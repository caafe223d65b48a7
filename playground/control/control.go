// Package control is the control API as its callers see it: how a call is read,
// what it may ask for, and how an error is told. It carries nothing out: the
// playground does, and gets each call checked and typed.
//
// Errors of the caller are {"error": {"code", "text"}}, with status 400, 404, 405,
// or 403 for not_permitted and for foreign hosts and origins. In an answer,
// interaction.type is the type of the callback that the bot answered with, 0 for
// none, and interaction.ms the real time it took. A modal's fields are
// {custom_id, label, description, type, style, required, value, placeholder,
// min_length, max_length, options [{label, value, description, default}]}. A
// command's files are [{name, content_type, base64}], and an attachment option
// names one of them. The channel "dm" is the caller's own. "guild" is there for
// channels whose name is not enough. GET /messages takes a limit, the number of
// the newest messages wanted.
//
// POST /world breaks things and mends them: delete_channel, permission {channel,
// role, deny, allow}, kick_bot and invite_bot, close_dms and open_dms, lock_thread
// (a name, or {thread, archived}) and unlock_thread, archive_thread, unavailable
// and available, make_channel (a name, in the first guild), add_guilds. deny and
// allow take a permission's name or several. deny replaces what was denied before,
// allow lifts denials and gives what the bot's role lacks, and neither lifts every
// denial. With a role they are its overwrite in the channel; without a channel
// they are taken from the role itself and given to it, in the first guild. An
// invited bot has the permissions of the start. A guild that is unavailable sends
// GUILD_DELETE with unavailable true; until GUILD_CREATE says that it is back,
// REST calls about it get 503 and its people can use no command.
//
// POST /say {as, channel, text} writes a plain message as somebody, and answers with
// it. A bot sees that it is there and not what it says, as without Discord's message
// content intent.
//
// GET /database is there in a demo alone: {tables: [{name, rows}], fingerprint}, of
// what its bot has written down.
//
// POST /reset keeps the bot's commands and gateway sessions.
package control

import (
	"net/http"
	"strings"

	"unpinch/playground/wire"
)

// A Call carries out what a request asks for, and returns the answer.
type Call func(*http.Request) (any, *Error)

// ServeHTTP answers with the call's answer or error as JSON.
func (c Call) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	v, bad := c(r)
	if bad != nil {
		WriteError(w, bad)
		return
	}
	wire.WriteJSON(w, http.StatusOK, v)
}

// NoPath returns what refuses every request that no pattern of a mux but "/"
// takes.
func NoPath(mux *http.ServeMux) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		allowed := wire.Methods(mux, r)
		if len(allowed) == 0 {
			WriteError(w, NotFound("path", r.URL.Path))
			return
		}
		methods := strings.Join(allowed, ", ")
		w.Header().Set("Allow", methods)
		WriteError(w, Fail(http.StatusMethodNotAllowed, "wrong_method", r.URL.Path+" takes "+methods+" and no "+r.Method))
	}
}
