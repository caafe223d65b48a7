package class

import "testing"

func TestPlainButMentions(t *testing.T) {
	for text, want := range map[string]string{
		"channel <#12> → <#34>":        "channel <#12> → <#34>",
		"coach role <@&12>":            "coach role <@&12>",
		"*a* <b> <@12> <#x> 0 * * 1 *": `\*a\* \<b> \<@12> \<\#x> 0 \* \* 1 \*`,
	} {
		if got := plainButMentions(text); got != want {
			t.Errorf("%s is shown as %s, want %s", text, got, want)
		}
	}
}
