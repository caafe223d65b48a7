package page

import (
	"encoding/json"
	"testing"

	"unpinch/playground/wire"
)

func TestThinking(t *testing.T) {
	v := messageViewer{md: newMarkdown(), app: application{ID: "9", Name: "Unpinch"}}
	m := v.view(message{ID: "1", Flags: wire.FlagLoading | wire.FlagEphemeral, Author: author{ID: "9", Username: "unpinch", Bot: true}})
	if !m.Thinking || !m.Private || m.Author != "Unpinch" || m.Initial != "U" {
		t.Errorf("got %+v, want a private message of Unpinch that thinks", m)
	}
}

func TestSmallWords(t *testing.T) {
	for n, want := range map[int]string{0: "", 11: "11 B", 1499: "1 kB", 61_000: "61 kB", 2_500_000: "2.5 MB"} {
		if got := sizeWords(n); got != want {
			t.Errorf("sizeWords(%d) = %q, want %q", n, got, want)
		}
	}
	for in, want := range map[string]string{
		"http://127.0.0.1:8420/attachments/1/2/a.png?x=1": "/attachments/1/2/a.png?x=1",
		"https://example.org/attachments/a.png":           "https://example.org/attachments/a.png",
		"javascript:alert(1)":                             "",
		"":                                                "",
	} {
		if got := (messageViewer{host: "127.0.0.1:8420"}).ownAddress(in); got != want {
			t.Errorf("ownAddress(%q) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{"there is no user": "There is no user.", "Pick one.": "Pick one."} {
		if got := sentence(in); got != want {
			t.Errorf("sentence(%q) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[media]imageView{
		{Width: 960, Height: 240}: {Width: 960, Height: 240}, {Width: 700, Height: 845}: {Width: 414, Height: 500}, {}: {},
	} {
		if got := (messageViewer{}).image(in, ""); got != want {
			t.Errorf("%v is shown as %v, want %v", in, got, want)
		}
	}
	if a := version(json.RawMessage("a")); a == version(json.RawMessage("b")) || a == "" {
		t.Error("two messages have one version")
	}
}
