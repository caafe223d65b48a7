package bot

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
)

// TestAnEditGoesWithoutItsPictures: what Discord refuses with pictures goes once
// more without them and what shows them.
func TestAnEditGoesWithoutItsPictures(t *testing.T) {
	picture := []File{{Name: "a.png", Data: []byte("x")}}
	card := Reply{Parts: []Part{Container{Parts: []Part{Text("words"), Gallery{{File: "a.png", Alt: "an alt"}}}}}, Files: picture}
	for _, tc := range []struct {
		name   string
		status int
		reply  Reply
		want   int // requests
		err    bool
	}{
		{"taken", 200, card, 1, false},
		{"attachment not found", 400, card, 2, false},
		{"too large", 413, card, 2, false},
		{"a permission", 403, card, 1, true},
		{"no pictures", 400, Reply{Parts: []Part{Text("words")}}, 1, true},
		{"a download", 400, Reply{Parts: []Part{Text("words"), FileLink("a.png")}, Files: picture}, 1, true},
		{"nothing but pictures", 400, Reply{Parts: []Part{Gallery{{File: "a.png", Alt: "an alt"}}}, Files: picture}, 1, true},
	} {
		for _, where := range []string{"post", "answer"} {
			t.Run(tc.name+" in a "+where, func(t *testing.T) {
				d := &discord{answer: func(n int, _ *http.Request) *http.Response {
					if n == 1 && tc.status != 200 {
						return respond(tc.status, nil, `{"code":50035}`)
					}
					return nil
				}}
				b := overBot(t, d)
				edit := func() error { return b.Edit(t.Context(), "5", "6", tc.reply) }
				if where == "answer" {
					edit = func() error { return b.EditAnswer(t.Context(), Ticket{"1", "tok"}, tc.reply) }
				}
				err := edit()
				if got := len(d.all()); got != tc.want || (err != nil) != tc.err {
					t.Errorf("%d requests, %v; want %d", got, err, tc.want)
				}
				if all := d.all(); tc.want == 2 && (strings.Contains(all[1].body, "a.png") || !strings.Contains(all[1].body, `"content":"words"`)) {
					t.Errorf("the second is %s", all[1].body)
				}
			})
		}
	}
}

// TestAPressGoesWithoutItsPictures: the card of a press arrives, if need be
// without its picture.
func TestAPressGoesWithoutItsPictures(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tr := newTestRouter(t, func(context.Context, *Request) (Reply, error) {
			return Reply{Parts: []Part{Text("next"), Gallery{{"a.png", "alt"}}}, Files: []File{{Name: "a.png", Data: []byte("x")}}}, nil
		})
		tr.discord.answer = func(n int, _ *http.Request) *http.Response {
			if n == 2 {
				return respond(400, nil, `{"code":50035}`)
			}
			return nil
		}
		tr.do(t.Context(), button("page2:a/1", "42", "42"))
		const edit = "PATCH /api/v10/webhooks/7/tok/messages/@original "
		compareRequests(t, tr.discord.all(), []string{callbackPath + ` {"type":6}`, edit, edit + `{"flags":32768,"components":[{"type":10,"content":"next"}]`})
		if got := strings.Join(tr.observed, ", "); !strings.HasSuffix(got, "answered") {
			t.Errorf("observed %q", got)
		}
	})
}
