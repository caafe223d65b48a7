package playground

import (
	"fmt"
	"testing"
)

// What is typed as a number arrives as one, however it is written.
func TestNumbersTyped(t *testing.T) {
	l := newLab(t)
	l.register(`[{"name":"lift","description":"d","options":[
		{"type":10,"name":"weight","description":"w"},{"type":4,"name":"times","description":"t"}]}]`)
	var it object
	l.login(0, func(b *testBot, got object) { it = got; says("ok")(b, got) })
	for _, tc := range []struct{ option, typed, want string }{
		{"weight", `62.5`, "62.5"}, {"weight", `"62.5"`, "62.5"}, {"weight", `"+62.5"`, "62.5"}, {"weight", `60`, "60"},
		{"weight", `"NaN"`, ""}, {"weight", `"-Inf"`, ""}, {"weight", `"heavy"`, ""}, {"weight", `true`, ""},
		{"times", `5`, "5"}, {"times", `"+5"`, "5"}, {"times", `5.5`, ""},
	} {
		body := fmt.Sprintf(`{"as":"mia","channel":"general","name":"lift","options":{%q:%s}}`, tc.option, tc.typed)
		if tc.want == "" {
			l.problem("POST", "/command", body, 400, "bad_option")
			continue
		}
		l.do("POST", "/command", body)
		if got := fmt.Sprint(objects(list(child(it, "data"), "options"))[0]["value"]); got != tc.want {
			t.Errorf("%s %s: got %s, want %s", tc.option, tc.typed, got, tc.want)
		}
	}
}
