// Package unpinch is the map of the project; it has no code. From bottom to
// top:
//
// content holds what the bot says about bodies: areas, danger signs, topics,
// drills and routines, sources, phone numbers and the words of the interface
// and of pictures, all as data files, checked when the program starts. It knows
// neither Discord nor SQL.
//
// schedule says when a rule strikes on a place's clock, with time zones of its
// own, and drives the posts of classes: the dispatcher turns what is due into
// rows of a ledger, in the transaction that moves the class on; the sender
// claims rows with a lease, sends each with a nonce of its own, and writes what
// became of it. The runner moves on the routines that are being followed. It
// reads no clock and knows neither database nor Discord.
//
// timetable reads and writes a server's timetable as a file and as lines of a
// form, says what a file would change, and reads what other reminder bots
// export. It is pure.
//
// store keeps what members agreed to have kept, the timetables and the ledger,
// in one SQLite database. All SQL is there. Only cmd/unpinch imports it; others declare the one or two
// methods that they use.
//
// figure draws the pictures from shapes that it holds as data. It knows no
// words but those it is given, and neither Discord nor SQL.
//
// bot knows Discord and no feature: command, option, reply and button values,
// the router that answers in time, the transport with its limits. Beside it,
// bot/gateway keeps the connection up; it alone imports a Discord library.
//
// commands has the features, one file each, as values of bot that call
// content, schedule, figure and small interfaces. A handler returns its reply
// and sends nothing, so that tests need no Discord.
//
// playground stands in for Discord: REST, gateway, limits, faults, clock and
// a web page. It speaks the wire only and imports nothing of ours, so that it
// cannot share a misunderstanding with bot. Beside it, playground/openapi
// checks requests in tests against Discord's own description.
//
// cmd/unpinch puts these together. It alone reads the clock, the environment
// and the command line.
//
// The tests beside this file keep those arrows (imports_test.go) and the
// house rules that a program can check (style_test.go).
package unpinch
