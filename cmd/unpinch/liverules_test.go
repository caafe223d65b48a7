package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"testing"
	"time"

	"unpinch/playground"
)

// A rule is one of Discord's as a broken playground has it: what it does to a
// request, and to the answer.
type rule struct {
	method, path string // a pattern
	request      func(body map[string]any)
	answer       func(body any) any
}

// brokenGarden is a garden with some rules of its own.
func brokenGarden(t *testing.T, rules ...rule) garden {
	t.Helper()
	p, err := playground.New(playground.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, rule := range rules {
			if r.Method == rule.method && regexp.MustCompile(rule.path+"$").MatchString(r.URL.Path) {
				rule.serve(t, p, w, r)
				return
			}
		}
		p.ServeHTTP(w, r)
	}))
	t.Cleanup(func() {
		p.Close()
		s.Close()
	})
	return garden{t, s.URL}
}

func (u rule) serve(t *testing.T, p http.Handler, w http.ResponseWriter, r *http.Request) {
	if u.request != nil {
		var body map[string]any
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			t.Error(err)
		}
		u.request(body)
		raw, err := json.Marshal(body)
		if err != nil {
			t.Error(err)
		}
		r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(raw)), int64(len(raw))
	}
	given := httptest.NewRecorder()
	p.ServeHTTP(given, r)
	var body any
	raw := given.Body.Bytes()
	if u.answer != nil && json.Unmarshal(raw, &body) == nil {
		raw, _ = json.Marshal(u.answer(body)) // it was JSON
	}
	for key, values := range given.Header() {
		w.Header()[key] = values
	}
	w.Header().Del("Content-Length")
	w.WriteHeader(given.Code)
	w.Write(raw)
}

// set is an answer with another value under a key.
func set(key string, v any) func(any) any {
	return func(body any) any {
		body.(map[string]any)[key] = v
		return body
	}
}

// replaced is an answer with another text in the place of some.
func replaced(pattern, with string) func(any) any {
	return func(body any) any {
		raw, _ := json.Marshal(body) // it was JSON
		var out any
		if json.Unmarshal(regexp.MustCompile(pattern).ReplaceAll(raw, []byte(with)), &out) != nil {
			return body
		}
		return out
	}
}

// brokenRules are a rule, broken for each step, and a line that tells of it.
func brokenRules() []struct {
	step  string
	rule  rule
	fault asks
	tells string
} {
	const posts, message = "/channels/[0-9]+/messages", "/channels/[0-9]+/messages/[0-9]+"
	const events = "/guilds/[0-9]+/scheduled-events"
	kept := set("attachments", []any{map[string]any{"id": "1"}})
	return []struct {
		step  string
		rule  rule
		fault asks
		tells string
	}{
		{"press", rule{"PATCH", "/messages/@original", nil, set("flags", 1<<15)}, nil, "- answer: only one sees it"},
		{"press", rule{}, asks{"method": "POST", "route": "/interactions/{interaction}/{token}/callback", "status": 400, "code": 40060}, "+ waits: a bot that runs elsewhere with this token may have answered first"},
		{"card", rule{"POST", posts, nil, kept}, nil, "+ post: attachments 1"},
		{"card", rule{"POST", posts, nil, set("flags", 0)}, nil, "- post: Components V2"},
		{"card", rule{"POST", posts, nil, replaced(`"type":12`, `"type":11`)}, nil, "+ post: container[text type 11]"},
		{"edit", rule{"PATCH", message, nil, kept}, nil, "+ edit: attachments 1"},
		{"edit", rule{"PATCH", message, nil, set("edited_timestamp", nil)}, nil, "- edit: marked as edited"},
		{"edit", rule{}, asks{"method": "PATCH", "times": 1, "status": 400, "code": 50035}, "+ edit: container[text]"},
		{"edit", rule{}, asks{"method": "PATCH", "times": 1, "status": 400, "code": 50035}, "+ refused: PATCH /channels/{id}/messages/{id}: HTTP 400 (code 50035)"},
		{"gif", rule{"POST", posts, nil, replaced("image/gif", "image/webp")}, nil, `+ post: picture image/webp 64x64, "A square that blinks"`},
		{"file", rule{"POST", posts, nil, replaced("/try.txt", "/other.txt")}, nil, "- file: the same bytes"},
		{"nonce", rule{"POST", posts, func(body map[string]any) { delete(body, "enforce_nonce") }, nil}, nil, "+ 2 messages"},
		{"nonce", rule{"POST", posts, nil, set("nonce", nil)}, nil, "- second: nonce told"},
		{"history", rule{"GET", posts, nil, func(any) any { return []any{} }}, nil, "- history: the post is found by its number"},
		{"history", rule{"GET", posts, nil, replaced(`"id":[12][0-9]{9}\b`, `"id":1`)}, nil, "- history: the post is found by its number"},
		{"ping", rule{"POST", posts, nil, set("mention_roles", []any{})}, nil, "+ pinged: pings nobody"},
		{"ping", rule{"POST", posts, func(body map[string]any) { delete(body, "allowed_mentions") }, nil}, nil, "+ named: pings the role"},
		{"thread", rule{}, asks{"method": "POST", "route": "/channels/{channel}/messages", "status": 403, "code": 50001}, "+ error: POST /channels/{id}/messages: HTTP 403 (code 50001): 403: Forbidden"},
		{"event", rule{"POST", events, nil, set("status", 2)}, nil, "+ made: status 2, type 3"},
		{"event", rule{"GET", events, nil, func(any) any { return []any{} }}, nil, "- list: it stands there as changed"},
		{"event", rule{}, asks{"method": "PATCH", "status": 400, "code": 50035}, "+ changed: HTTP 400"},
		{"event", rule{}, asks{"method": "POST", "status": 500, "after_commit": true}, "+ made: HTTP 500"},
		{"dm", rule{}, asks{"method": "POST", "route": "/users/@me/channels", "status": 403, "code": 50007}, "+ open: HTTP 403"},
		{"dm", rule{}, asks{"method": "POST", "route": "/channels/{channel}/messages", "status": 500, "after_commit": true}, "+ post: HTTP 500"},
	}
}
