package bot

import (
	"bytes"
	"encoding/json"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
)

// everyPart is a reply with each kind of part.
func everyPart() Reply {
	return Reply{
		Files:    []File{{Name: "map.png", About: "A body map", Data: []byte("PNG")}, {Name: "export.json", Data: []byte("{}")}},
		PingRole: "77",
		Parts: []Part{
			Text("# Title"),
			Container{Accent: 0x2A9D8F, Parts: []Part{
				Section{Texts: []Text{"beside", "a button"}, Beside: Button{Label: "Press", ID: pageID.For(pageState{"a", "1"})}},
				Text("beside a picture"),
				Separator{}, Separator{Line: true, Wide: true},
				Gallery{{"map.png", "A body map"}},
			}},
			FileLink("export.json"),
			Row{
				{Label: "First", ID: pageID.For(pageState{"a", "2"}), Style: Primary},
				{Label: "Off", ID: pageID.For(pageState{"a", "3"}), Style: Danger, Disabled: true},
				{Label: "Policy", URL: "https://example.org/privacy"},
			},
			Select{ID: pageID.For(pageState{"a", "4"}), Hint: "Pick one", Entries: []Entry{{"Neck", "neck", "and arm", true}, {Label: "Knee", Value: "knee"}}},
			ChannelSelect{ID: pageID.For(pageState{"a", "5"}), Hint: "Pick a channel"},
			Menu{Hint: "More", Buttons: []Button{{Label: "Form", ID: pageID.For(pageState{"a", "6"})}}},
		},
	}
}

func TestWireGolden(t *testing.T) {
	if err := everyPart().Validate(); err != nil {
		t.Fatal(err)
	}
	golden(t, "message-public.json", indented(t, everyPart().message(false)))
	golden(t, "message-private.json", indented(t, Reply{Parts: []Part{Text("just you")}}.message(true)))
	golden(t, "message-edit.json", indented(t, Reply{Parts: []Part{Text("just you")}}.message(true).edit()))
	golden(t, "modal.json", indented(t, wireCallback{callbackModal, aModal().wire()}))
	golden(t, "choices-none.json", indented(t, wireCallback{callbackChoices, choicesOf(nil)}))
	long := strings.Repeat("ä", 150)
	golden(t, "choices.json", indented(t, wireCallback{callbackChoices, choicesOf([]Choice{{"Deadlift", "deadlift"}, {long, "long"}})}))
}

func aModal() *Modal {
	return &Modal{ID: pageID.For(pageState{"form", "1"}), Title: "Classes", Fields: []Field{
		{ID: "lines", Label: "One class a line", About: "Like: mon 18:00", Hint: "mon 18:00", Long: true, Need: true, Max: 500},
		{ID: "where", Label: "Where", Entries: []Entry{{Label: "Main hall", Value: "1"}}},
	}}
}

func TestChoicesAreAtMost25(t *testing.T) {
	if got := len(choicesOf(make([]Choice, 40)).Choices); got != 25 {
		t.Errorf("%d choices, want 25", got)
	}
}

func TestMultipartBody(t *testing.T) {
	reply := everyPart()
	contentType, data, err := body(reply.message(false), reply.Files)
	if err != nil {
		t.Fatal(err)
	}
	_, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for r := multipart.NewReader(bytes.NewReader(data), params["boundary"]); ; {
		p, err := r.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		b, _ := io.ReadAll(p)
		parts[p.FormName()+" "+p.FileName()] = string(b)
	}
	if parts["files[0] map.png"] != "PNG" || parts["files[1] export.json"] != "{}" {
		t.Errorf("files came as %v", parts)
	}
	var payload struct{ Attachments []wireAttachment }
	if err := json.Unmarshal([]byte(parts["payload_json "]), &payload); err != nil || len(payload.Attachments) != 2 {
		t.Errorf("payload_json lists %v, %v", payload.Attachments, err)
	}
}

func TestSendCarriesTheNonce(t *testing.T) {
	d := &discord{answer: func(int, *http.Request) *http.Response { return respond(200, nil, `{"id":"99"}`) }}
	rest, _ := overStub(t, d, silent())
	b := &Bot{rest: rest}
	id, err := b.Send(t.Context(), "5", "delivery1", Reply{Parts: []Part{Text("Warm up")}})
	if id != "99" || err != nil {
		t.Fatalf("Send = %q, %v", id, err)
	}
	got := d.all()[0]
	if got.path != "/api/v10/channels/5/messages" {
		t.Errorf("posted to %s", got.path)
	}
	golden(t, "send.json", []byte(got.body+"\n"))
	if _, err := b.Send(t.Context(), "5", "n", Reply{}); err == nil || len(d.all()) != 1 {
		t.Errorf("an empty post gave %v and %d requests; want an error and no request", err, len(d.all()))
	}
}

func TestSelectOfMany(t *testing.T) {
	s := Select{ID: "x1:", Entries: []Entry{{Label: "A", Value: "a", Chosen: true}, {Label: "B", Value: "b", Chosen: true}}, Many: true}
	got, err := json.Marshal(s.wire())
	if err != nil {
		t.Fatal(err)
	}
	if want := `"min_values":0,"max_values":2`; !strings.Contains(string(got), want) {
		t.Errorf("%s, want %s in it", got, want)
	}
	if err := (Reply{Parts: []Part{s}}).Validate(); err != nil {
		t.Errorf("two chosen of many: %v", err)
	}
	s.Many = false
	if (Reply{Parts: []Part{s}}).Validate() == nil {
		t.Error("two chosen of a select for one")
	}
}
