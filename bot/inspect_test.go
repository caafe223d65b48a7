package bot

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// inspectorOf returns an inspector of what answer says.
func inspectorOf(t *testing.T, answer func(r *http.Request) string) *Inspector {
	t.Helper()
	rest, way := overStub(t, &discord{answer: func(_ int, r *http.Request) *http.Response { return respond(200, nil, answer(r)) }}, silent())
	return &Inspector{rest: rest, way: way, now: time.Now}
}

func TestApplication(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]Application{
		`{"id":"7","name":"Unpinch","bot":{"id":"8"},"bot_public":true,"flags":0,"interactions_endpoint_url":null,"integration_types_config":{"0":{},"1":{}}}`: {ID: "7", Name: "Unpinch", BotID: "8", Public: true, ForUsers: true},
		fmt.Sprintf(`{"id":"7","bot":{"id":"7"},"flags":%d,"interactions_endpoint_url":"https://x.example","integration_types_config":{"0":{}}}`, 1<<15|1<<18): {ID: "7", BotID: "7", Endpoint: "https://x.example", Intents: []string{"Message Content", "Server Members"}},
	} {
		got, err := inspectorOf(t, func(*http.Request) string { return body }).Application(t.Context())
		if err != nil || !slices.Equal(got.Intents, want.Intents) {
			t.Errorf("got %+v, %v, want %+v", got, err, want)
		}
		got.Intents, want.Intents = nil, nil
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
}

// TestServersArePaged asks for as many pages as there are.
func TestServersArePaged(t *testing.T) {
	t.Parallel()
	var asked []string
	i := inspectorOf(t, func(r *http.Request) string {
		after := r.URL.Query().Get("after")
		asked = append(asked, after)
		if after != "0" {
			return `[{"id":"900","name":"last","permissions":"3072"}]`
		}
		var page []string
		for id := range serversMost {
			page = append(page, fmt.Sprintf(`{"id":"%d","name":"a","permissions":"8"}`, id+1))
		}
		return "[" + strings.Join(page, ",") + "]"
	})
	all, err := i.Servers(t.Context())
	if err != nil || len(all) != serversMost+1 || !slices.Equal(asked, []string{"0", "200"}) {
		t.Fatalf("got %d servers of pages after %q, %v", len(all), asked, err)
	}
	if got := all[serversMost].Perms.Lacks(ViewChannel | AttachFiles); !slices.Equal(got, []string{"Attach Files"}) {
		t.Errorf("lacks %q", got)
	}
	if got := all[0].Perms.Lacks(ViewChannel | AttachFiles); got != nil {
		t.Errorf("an administrator lacks %q", got)
	}
}
