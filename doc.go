// Package unpinch is the map of the project; it has no code. From bottom to
// top:
//
// typo counts the slips between what somebody typed and a name. It is pure.
//
// pattern compiles a regular expression when a text first meets it. It is pure.
//
// visible keeps of what people type what can be seen. It is pure.
//
// content holds what the bot says about bodies: areas, danger signs, topics,
// drills and routines, sources, phone numbers and the words of the interface
// and of pictures, all as data files, checked when the program starts. It knows
// neither Discord nor SQL.
//
// schedule says when a rule runs on a place's clock, with time zones of its own,
// and what hangs on each start. It is pure.
//
// delivery sends what is planned: the dispatcher turns what is due into rows of
// a ledger, in the transaction that moves the series on; the sender claims rows
// with a lease, sends each with a nonce of its own, and writes what became of
// it. After each change of a series the dispatcher's check compares what is out,
// on its way or waits with what is true now: posts are drawn again, and who heard
// something else hears once more. The runner moves on the routines that are being
// followed, and the events keep the next starts of classes on calendars at Discord. It reads no clock and knows neither database nor Discord.
//
// timetable reads and writes a server's timetable as a file and as lines of a
// form, says what a file would change, and reads what other reminder bots
// export. timetable/paste reads one as it stands on a website. Both are pure.
//
// backup keeps copies of the database, and notes who was forgotten since. It
// knows nothing of what is in it.
//
// store keeps what members agreed to have kept, the series and the ledger, in
// one SQLite database, or for a large bot in PostgreSQL. All SQL is there. Only
// cmd/unpinch imports it; others declare the few methods that they use. In tests,
// store/fresh has the file of one in which nothing is.
//
// figure draws the pictures from shapes that it holds as data. It knows no
// words but those it is given, and neither Discord nor SQL.
//
// bot knows Discord and no feature: command, option, reply and button values,
// the router that answers in time, the transport with its limits. Beside it,
// bot/gateway keeps the connection up; it alone imports a Discord library.
//
// commands puts the features together, as values of bot. Each is a room below
// it, which declares the methods that it needs of a store and takes what it
// needs of another room as a function: reading (what a member reads), player
// (following a routine), me (a member's own), class, classfile and setup (the
// timetable, as a file, and its places), post (posts and notices). Leaves serve
// them: button (custom IDs and their states), card (what cards have in common),
// gate (how often something may be done), input (reading what people type), and for the timetable place, classwords and
// draft. A handler returns its reply and sends nothing, so that tests need no
// Discord.
//
// playground stands in for Discord: a world with REST, gateway, limits, faults
// and a clock. It speaks the wire only and imports nothing of ours but the
// packages below it, so that it cannot share a misunderstanding with bot:
// playground/check knows what Discord refuses, playground/control reads the
// calls that play the world's people, playground/page draws what visitors see,
// and playground/wire has what all of them need to speak the protocol. In tests,
// playground/rig stands a playground up, playground/browser drives its page, and
// playground/openapi checks requests against Discord's own description.
//
// cmd/unpinch puts these together. It alone reads the clock, the environment
// and the command line.
//
// The tests beside this file keep those arrows (imports_test.go) and the
// house rules that a program can check (style_test.go).
//
// # Words
//
// These words mean one thing everywhere; in brackets what RFC 5545 calls it.
//
//   - Rule: days and times as people write them (RRULE).
//   - Series: what recurs by a rule at a place, saved or a draft: a class, a desk
//     break, a weekly post, a member's reminder (an event and its exceptions).
//   - Recurrence: a series' rule in its zone with its exceptions (recurrence set).
//   - Slot: a day and a time of day on a place's clock, whatever zone that is.
//   - Start: one instance of a recurrence; Slot is what the rule plans it for
//     (RECURRENCE-ID), At when it takes place.
//   - Skip, Move, Pause, Closed: why a start is left out (EXDATE) or at another
//     time (an override).
//   - Place: where classes happen: a zone, a channel, a coach role.
//   - Kind: what a message is for: pre, cool-down, notice, reminder and others.
//   - Occurrence: a row of the ledger: one post or DM that is due, and what
//     became of it.
//   - Plan: a series and a kind with what is due next.
//   - Timetable: a server's series as a file and as lines, in package timetable.
package unpinch
