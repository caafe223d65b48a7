package bot

import "testing"

// TestClickable: a command in a sentence can be clicked once its id is known;
// whatever else stands in code stays as it is.
func TestClickable(t *testing.T) {
	req := &Request{ids: map[string]string{"class": "11", "help": "12"}}
	for text, want := range map[string]string{
		"Use `/class list`.":      "Use </class list:11>.",
		"`/help`, then `/help`":   "</help:12>, then </help:12>",
		"`/setup` isn't known":    "`/setup` isn't known",
		"`/class add at:mon 7`":   "`/class add at:mon 7`", // has an option, which a mention can't
		"`mon 7`, /help, `/Help`": "`mon 7`, /help, `/Help`",
		"":                        "",
	} {
		if got := req.Clickable(text); got != want {
			t.Errorf("Clickable(%q) = %q, want %q", text, got, want)
		}
	}
	if got := (&Request{}).Clickable("`/help`"); got != "`/help`" {
		t.Errorf("without ids it is %q", got)
	}
}
