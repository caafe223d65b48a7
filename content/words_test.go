package content

import (
	"slices"
	"sync"
	"testing"
	"testing/fstest"
)

func TestSay(t *testing.T) {
	fsys := embedded(t)
	fsys["en/words.toml"] = &fstest.MapFile{Data: []byte(`
[found]
one = "{{.count}} thing for {{.who}}"
other = "{{.count}} things for {{.who}}"
["a.plain"]
other = "Plain."
`)}
	l, err := LoadFrom(fsys)
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		locale, key string
		args        map[string]any
		want        string
	}{
		{"en-US", "found", map[string]any{"count": 1, "who": "Mia"}, "1 thing for Mia"},
		{"en-GB", "found", map[string]any{"count": 3, "who": "Mia"}, "3 things for Mia"},
		{"de", "a.plain", nil, "Plain."},
		{"", "a.plain", nil, "Plain."},
		{"en-US", "nowhere", nil, "?nowhere"},
		{"en-US", "found", map[string]any{"count": 3}, "?found"},
	} {
		if got := l.Say(tc.locale, tc.key, tc.args); got != tc.want {
			t.Errorf("Say(%q, %q, %v) = %q, want %q", tc.locale, tc.key, tc.args, got, tc.want)
		}
	}
	if got, want := l.Keys(), []string{"a.plain", "found"}; !slices.Equal(got, want) {
		t.Errorf("Keys = %v, want %v", got, want)
	}
}

// Handlers share one library: the race detector watches this.
func TestSayAtOnce(t *testing.T) {
	l := load(t)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				if got := l.Say("en-US", "grade.cautious", nil); got != "our own cautious rule" {
					t.Errorf("Say = %q", got)
				}
			}
		})
	}
	wg.Wait()
}

func BenchmarkSay(b *testing.B) {
	l := load(b)
	for b.Loop() {
		l.Say("en-US", "grade.cautious", nil)
	}
}
