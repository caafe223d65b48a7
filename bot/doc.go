// Package bot is Discord as Unpinch uses it: commands and buttons as values,
// replies as plain data, the router that ties them, posts, news of servers, and
// the REST transport and gateway beneath. It knows no feature; features are in
// package commands.
//
// Events arrive through package gateway. Everything sent is encoded here, because
// discordgo v0.29.0 cannot express an empty list of choices, a nonce or a
// Components V2 edit, and its limiter keeps memory for every interaction.
package bot
