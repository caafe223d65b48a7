package input

import (
	"unpinch/bot"
	"unpinch/content"
)

// Languages are the languages that the catalogue has.
func Languages(lib *content.Library) (all []bot.Choice) {
	for _, l := range lib.Languages() {
		all = append(all, bot.Choice{Label: LanguageName(lib, l), Value: l})
	}
	return all
}

// LanguageName is what a language calls itself.
func LanguageName(lib *content.Library, locale string) string {
	return lib.Say(locale, "me.language_name", nil)
}
