package input_test

import (
	"testing"

	"unpinch/commands/input"
	"unpinch/content"
)

func TestSuggestCountries(t *testing.T) {
	lib, err := content.Load()
	if err != nil {
		t.Fatal(err)
	}
	atlas := input.Atlas{Numbers: lib.Numbers()}
	for typed, want := range map[string]string{"": "Albania", "port": "Portugal", "PT": "Portugal", "zea": "New Zealand", "qqq": ""} {
		got, err := atlas.SuggestCountries(t.Context(), nil, typed)
		if err != nil || len(got) > 25 || want == "" && len(got) > 0 || want != "" && (len(got) == 0 || got[0].Label != want) {
			t.Errorf("%q suggests %v, %v", typed, got, err)
		}
	}
}
