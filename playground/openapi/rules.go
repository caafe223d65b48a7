package openapi

import (
	"errors"
	"fmt"
	"strings"
)

// faults gathers what the rules find, each with its place in the body.
type faults []error

func (f *faults) add(at, format string, args ...any) {
	if at == "" {
		at = "body"
	}
	*f = append(*f, fmt.Errorf("%s: %s", at, fmt.Sprintf(format, args...)))
}

// ruleFaults applies the documented rules that Discord's file leaves out.
func ruleFaults(r route, p payload) error {
	var f faults
	switch r.method + " " + r.template {
	case "POST /channels/{channel_id}/messages", "POST /webhooks/{webhook_id}/{webhook_token}":
		f.newMessage("", object(p.json), p.files)
	case "PATCH /channels/{channel_id}/messages/{message_id}",
		"PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
		"PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original":
		f.message("", object(p.json), p.files)
	case "POST /interactions/{interaction_id}/{interaction_token}/callback":
		f.callback(object(p.json), p.files)
	default:
		f.commandRoute(r, p.json)
	}
	return errors.Join(f...)
}

func (f *faults) commandRoute(r route, body any) {
	base, ok := strings.CutPrefix(r.template, "/applications/{application_id}")
	base = strings.TrimPrefix(base, "/guilds/{guild_id}")
	if !ok {
		return
	}
	switch r.method + " " + base {
	case "PUT /commands":
		f.commands(array(body))
	case "POST /commands":
		f.command("", object(body), true)
	case "PATCH /commands/{command_id}":
		f.command("", object(body), false)
	}
}

// Kinds of answers to an interaction.
const (
	callbackMessage      = 4
	callbackDeferMessage = 5
	callbackDeferUpdate  = 6
	callbackUpdate       = 7
	callbackAutocomplete = 8
	callbackModal        = 9
	modalComponents      = 5
)

func (f *faults) callback(body map[string]any, files map[string]string) {
	data := object(body["data"])
	switch number(body["type"]) {
	case callbackMessage:
		f.newMessage("data", data, files)
	case callbackUpdate:
		f.message("data", data, files)
	case callbackDeferMessage:
		for key := range data {
			if key != "flags" {
				f.add("data."+key, "a deferral carries flags only")
			}
		}
		if number(data["flags"])&^flagEphemeral != 0 {
			f.add("data.flags", "a deferral takes EPHEMERAL only")
		}
	case callbackDeferUpdate:
		if len(data) > 0 {
			f.add("data", "a deferred update carries no data")
		}
	case callbackAutocomplete:
		if _, ok := data["choices"].([]any); !ok {
			f.add("data.choices", "must be an array, empty when nothing is found")
		}
	case callbackModal:
		f.modal(data)
	}
}

func (f *faults) modal(data map[string]any) {
	rows := array(data["components"])
	if len(rows) > modalComponents {
		f.add("data.components", "a modal has at most %d, this has %d", modalComponents, len(rows))
	}
	seen := map[string]bool{}
	for i, row := range rows {
		at := fmt.Sprintf("data.components[%d]", i)
		row := object(row)
		fields := array(row["components"])
		if c := object(row["component"]); c != nil {
			fields = []any{c}
		}
		for _, field := range fields {
			f.unique(at, text(object(field)["custom_id"]), seen)
		}
	}
}

// unique refuses a custom_id that the message or modal already has.
func (f *faults) unique(at, id string, seen map[string]bool) {
	if id != "" && seen[id] {
		f.add(at, "custom_id %q is used twice", id)
	}
	seen[id] = true
}
