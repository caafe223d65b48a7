package bot

import "strings"

// A route is a REST path without what varies, as Discord's limits see it. The
// major parameter (channel, server, webhook) stands apart.
type route struct {
	name        string // "PATCH /channels/{id}/messages/{id}"; holds no id and no token
	major       string // "channels/42"; "" for none
	login       bool   // it is asked before a login: a breaker that held it would keep the bot offline
	interaction bool   // a callback or an interaction's webhook: no global limit, no own bucket kept
}

// routeOf reads method and path, which starts after the API's version.
func routeOf(method, path string) route {
	parts := strings.Split(strings.Trim(path, "/"), "/")
	r := route{login: parts[0] == "gateway"}
	for i := range parts {
		switch {
		case i == 2 && (parts[0] == "interactions" || parts[0] == "webhooks"):
			parts[i], r.interaction = "{token}", true
		case isID(parts[i]):
			if i == 1 && (parts[0] == "channels" || parts[0] == "guilds" || parts[0] == "webhooks") {
				r.major = parts[0] + "/" + parts[1]
			}
			parts[i] = "{id}"
		}
	}
	r.name = method + " /" + strings.Join(parts, "/")
	return r
}

func isID(s string) bool {
	if s == "" {
		return false
	}
	for _, c := range s {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}
