// Package gateway keeps one connection to Discord's gateway up and hands over
// its events.
//
// discordgo opens and speaks the gateway, but not to Discord itself: its dialer
// returns one end of a pipe, on whose other end a relay passes whole messages
// between it and Discord. The relay sees every message first. It decides what
// discordgo gets to see, logs in by RESUME or IDENTIFY, and owns what discordgo
// v0.29.0 lacks: deadlines, close codes, the address for a RESUME, and the
// pauses that Discord asks for. Discordgo alone answers op 9 with IDENTIFYs as
// fast as it can, and op 7 while it opens with a deadlock.
//
// A session outlives its connection, and the process too where a Keeper keeps
// it: Discord then repeats what was missed.
package gateway
