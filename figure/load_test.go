package figure

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var loadWords = LoadWords{Views: [2]string{"Front", "Back"}, Grades: [3]string{"1 · some", "2 · clear", "3 · most"}}

// TestLoadMap draws one lift and two, within 60 KB, each grade as another picture.
func TestLoadMap(t *testing.T) {
	press := Load{"Overhead press", [Areas]int{2, 3, 1, 2, 0, 2, 0, 0, 0}}
	landmine := Load{"Half-kneeling landmine press", [Areas]int{1, 1, 1, 1, 0, 1, 0, 0, 1}}
	all := Load{"Everything", [Areas]int{3, 3, 3, 3, 3, 3, 3, 3, 3}}
	seen := map[string]string{}
	for name, loads := range map[string][]Load{"one": {press}, "two": {press, landmine}, "all": {all}, "none": {{Title: "Rest"}},
		"lighter": {{"Overhead press", [Areas]int{1, 3, 1, 2, 0, 2, 0, 0, 0}}}} {
		png, err := LoadMap(loads, loadWords)
		if err != nil || len(png) == 0 || len(png) > 60_000 {
			t.Errorf("%s: %d bytes, %v", name, len(png), err)
		}
		if before := seen[string(png)]; before != "" {
			t.Errorf("%s is drawn as %s is", name, before)
		}
		seen[string(png)] = name
		if dir := os.Getenv("SHOW"); dir != "" {
			os.WriteFile(filepath.Join(dir, "load-"+name+".png"), png, 0o600)
		}
	}
}

// TestLoadMapFaults refuses what can't be drawn.
func TestLoadMapFaults(t *testing.T) {
	long := loadWords
	long.Grades[1] = strings.Repeat("very ", 12)
	for _, tc := range []struct {
		loads []Load
		words LoadWords
		want  string
	}{
		{nil, loadWords, "0 lifts, want one or two"},
		{make([]Load, 3), loadWords, "3 lifts"},
		{[]Load{{Title: "a", Grades: [Areas]int{4}}}, loadWords, "the grade of area 1 is 4"},
		{[]Load{{Title: "a", Grades: [Areas]int{8: -1}}}, loadWords, "the grade of area 9 is -1"},
		{[]Load{{Title: strings.Repeat("press ", 40)}}, loadWords, "lines, at most 2"},
		{[]Load{{Title: "a"}}, long, "pixels wide"},
	} {
		if _, err := LoadMap(tc.loads, tc.words); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%v: %v, want %q", tc.loads, err, tc.want)
		}
	}
}
