package bot

import (
	"strings"
	"testing"
)

func TestValidate(t *testing.T) {
	id := func(n string) string { return pageID.For(pageState{"v", n}) }
	button := func(n string) Button { return Button{Label: "B" + n, ID: id(n)} }
	many := func(n int, p Part) []Part {
		var out []Part
		for range n {
			out = append(out, p)
		}
		return out
	}
	entries := func(n int) []Entry {
		var out []Entry
		for i := range n {
			out = append(out, Entry{Label: "e", Value: strings.Repeat("v", i+1)})
		}
		return out
	}
	of := func(parts ...Part) Reply { return Reply{Parts: parts} }
	for _, tc := range []struct {
		name  string
		reply Reply
		want  string // a part of the fault; "" for none
	}{
		{"a text", of(Text("x")), ""},
		{"nothing", Reply{}, "parts: length 0"},
		{"a mark", Reply{Parts: []Part{Text("x")}, Mark: MarkHigh}, ""},
		{"a mark as Discord numbers components", Reply{Parts: []Part{Text("x")}, Mark: 7}, "mark: length 7"},
		{"an empty text", of(Text("")), "parts[0]: length 0"},
		{"40 parts", Reply{Parts: many(40, Separator{})}, ""},
		{"41 parts, one nested", Reply{Parts: append(many(39, Separator{}), Container{Parts: []Part{Text("x")}})}, "41 components"},
		{"4,000 characters of two bytes", of(Text(strings.Repeat("é", 4000))), ""},
		{"4,001 over two texts", of(Text(strings.Repeat("x", 4000)), Text("y")), "4001 characters"},
		{"container in container", of(Container{Parts: []Part{Container{Parts: []Part{Text("x")}}}}), "can't stand in a container"},
		{"empty container", of(Container{}), "parts[0].parts: length 0"},
		{"five buttons", of(Row{button("1"), button("2"), button("3"), button("4"), button("5")}), ""},
		{"six buttons", of(Row{button("1"), button("2"), button("3"), button("4"), button("5"), button("6")}), "length 6, must be 1 to 5"},
		{"no buttons", of(Row{}), "length 0, must be 1 to 5"},
		{"the same ID twice", of(Row{button("1")}, Row{button("1")}), "stands twice in the message"},
		{"no ID", of(Row{{Label: "x"}}), "id: length 0"},
		{"ID and URL", of(Row{{Label: "x", ID: id("1"), URL: "https://a.example"}}), "both an ID and a URL"},
		{"URL too long", of(Row{{Label: "x", URL: "https://" + strings.Repeat("a", 512)}}), ".url: length 520"},
		{"no label", of(Row{{ID: id("1")}}), ".label: length 0"},
		{"label of 81", of(Row{{Label: strings.Repeat("x", 81), ID: id("1")}}), ".label: length 81"},
		{"25 entries", of(Select{ID: id("1"), Entries: entries(25)}), ""},
		{"26 entries", of(Select{ID: id("1"), Entries: entries(26)}), ".entries: length 26"},
		{"no entries", of(Select{ID: id("1")}), ".entries: length 0"},
		{"a value twice", of(Select{ID: id("1"), Entries: []Entry{{Label: "a", Value: "v"}, {Label: "b", Value: "v"}}}), "entries[1].value: stands twice"},
		{"hint of 151", of(Select{ID: id("1"), Hint: strings.Repeat("x", 151), Entries: entries(1)}), ".hint: length 151"},
		{"a menu", of(Menu{Buttons: []Button{button("1"), button("2")}}), ""},
		{"a menu and the same button", of(Row{button("1")}, Menu{Buttons: []Button{button("1")}}), ""},
		{"two menus", of(Menu{Buttons: []Button{button("1")}}, Menu{Buttons: []Button{button("2")}}), "stands twice in the message"},
		{"an empty menu", of(Menu{}), ".entries: length 0"},
		{"a menu with a link", of(Menu{Buttons: []Button{{Label: "x", URL: "https://a.example"}}}), "entries[0].value: length 0"},
		{"picture without its file", of(Gallery{{"a.png", "alt"}}), "does not carry"},
		{"picture without alt", Reply{Files: []File{{Name: "a.png"}}, Parts: []Part{Gallery{{"a.png", ""}}}}, ".alt: length 0"},
		{"eleven pictures", Reply{Files: []File{{Name: "a.png"}}, Parts: []Part{Gallery(make([]Image, 11))}}, "length 11, must be 1 to 10"},
		{"file link without its file", of(FileLink("a.json")), "does not carry"},
		{"upper-case file", Reply{Files: []File{{Name: "A.png"}}, Parts: []Part{Text("x")}}, "files[0]: name is not"},
		{"file twice", Reply{Files: []File{{Name: "a.png"}, {Name: "a.png"}}, Parts: []Part{Text("x")}}, "files[1]: name stands twice"},
		{"eleven files", Reply{Files: make([]File, 11), Parts: []Part{Text("x")}}, "files: length 11"},
		{"section of four texts", of(Section{Texts: make([]Text, 4), Beside: button("1")}), "length 4, must be 1 to 3"},
		{"section with nothing beside", of(Section{Texts: []Text{"x"}}), "beside.label: length 0, must be 1 to 80"},
		{"a button outside a row", of(button("1")), "can't stand here"},
		{"a modal", Reply{Modal: aModal()}, ""},
		{"a modal with parts", Reply{Modal: aModal(), Parts: []Part{Text("x")}}, "stands alone"},
		{"a modal without fields", Reply{Modal: &Modal{ID: id("1"), Title: "x"}}, "fields: length 0"},
		{"title of 46", Reply{Modal: &Modal{ID: id("1"), Title: strings.Repeat("x", 46), Fields: aModal().Fields}}, "title: length 46"},
		{"field label of 46", Reply{Modal: &Modal{ID: id("1"), Title: "x", Fields: []Field{{ID: "f", Label: strings.Repeat("x", 46)}}}}, ".label: length 46"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			err := tc.reply.Validate()
			switch {
			case tc.want == "" && err != nil:
				t.Errorf("got %v, want no fault", err)
			case tc.want != "" && (err == nil || !strings.Contains(err.Error(), tc.want)):
				t.Errorf("got %v, want %q", err, tc.want)
			}
		})
	}
}

func TestValidateNamesEveryFaultAndNoText(t *testing.T) {
	err := Reply{Parts: []Part{Row{{Label: "secret " + strings.Repeat("x", 80), ID: ""}}, Container{}}}.Validate()
	if n := strings.Count(err.Error(), "\n") + 1; n != 3 {
		t.Errorf("%d faults, want 3: %v", n, err)
	}
	if strings.Contains(err.Error(), "secret") {
		t.Errorf("the fault quotes the text: %v", err)
	}
}

// TestValidateNamesTheRest: Validate names everything that Discord refuses.
func TestValidateNamesTheRest(t *testing.T) {
	id := pageID.For(pageState{"v", "1"})
	for name, r := range map[string]Reply{
		"two chosen":        {Parts: []Part{Select{ID: id, Entries: []Entry{{Label: "a", Value: "a", Chosen: true}, {Label: "b", Value: "b", Chosen: true}}}}},
		"accent":            {Parts: []Part{Container{Accent: 0x1000000, Parts: []Part{Text("x")}}}},
		"style":             {Parts: []Part{Row{{Label: "x", ID: id, Style: 9}}}},
		"url scheme":        {Parts: []Part{Row{{Label: "x", URL: "javascript:1"}}}},
		"value over max":    {Modal: &Modal{ID: id, Title: "t", Fields: []Field{{ID: "f", Label: "l", Max: 3, Value: "long"}}}},
		"file without part": {Parts: []Part{Text("x")}, Files: []File{{Name: "a.png", Data: []byte("x")}}},
		"big file":          {Parts: []Part{FileLink("a.bin")}, Files: []File{{Name: "a.bin", Data: make([]byte, 11<<20)}}},
		"blank text":        {Parts: []Part{Text(" \n")}},
		"blank label":       {Parts: []Part{Row{{Label: "  ", ID: id}}}},
		"modal long id utf": {Modal: &Modal{ID: id, Title: "   ", Fields: []Field{{ID: "f", Label: "l"}}}},
	} {
		if r.Validate() == nil {
			t.Errorf("%s: no fault", name)
		}
	}
}
