package reading

import (
	"strings"
	"testing"

	"unpinch/bot"
	"unpinch/content"
)

func TestSuggestLifts(t *testing.T) {
	lib, err := content.Load()
	if err != nil {
		t.Fatal(err)
	}
	req, err := bot.NewRequest(lib, "42", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, typed := range []string{"", "b", "ben", "bench pres", "zzzz"} {
		got, err := suggestLifts(lib)(t.Context(), req, typed)
		if err != nil || len(got) > suggestions || typed != "zzzz" && len(got) == 0 {
			t.Errorf("%q: %d, %v", typed, len(got), err)
		}
		if strings.HasPrefix(typed, "ben") && got[0].Value != "bench_press" {
			t.Errorf("%q offers %v first", typed, got[0])
		}
	}
}
