package commands

import (
	"time"

	"unpinch/bot"
	"unpinch/commands/post"
)

// Posts returns the maker of the messages that go out by themselves.
func Posts(d Deps) *post.Maker {
	claim := func(locale string, at time.Time) []bot.Part { return d.mythPost(locale, d.Content.ClaimOf(locale, at)) }
	return post.NewMaker(post.MakerOptions{Content: d.Content, Zones: d.Zones, Album: d.Figures, Classes: d.Classes, Readers: d.Notices,
		Claim: claim, Now: d.Now})
}

// postButtons are the components of those messages.
func postButtons(d Deps) []bot.Component {
	return post.Buttons(post.ButtonsOptions{Zones: d.Zones, Ledger: d.Classes, Classes: d.Classes, Follows: d.Notices, Members: d.Notices,
		Consents: d.People, DMs: d.Notices, Open: following(d).Open, Now: d.Now, Kick: d.Kick})
}
