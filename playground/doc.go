// Package playground is Discord's stand-in on one address: the REST API under
// /api/v10 and /api/v9, the gateway, a small world, a control API that plays the
// world's people, and a page for visitors. It speaks the wire only and imports
// nothing of the bot's, so that it cannot share a misunderstanding with it.
//
// Here are the world, the clock, the gateway, the REST API with its limits and
// faults, and what carries out the calls of the control API. Package check knows
// what Discord refuses, control how a call of the control API is read, page what
// visitors see, and wire what they all need to speak the protocol. For tests,
// package rig stands a playground up, and browser drives a Chromium over the page.
//
// # World
//
// Server iron-garden has the channels general, classes, announcements, coaches
// (closed to the bot) and the thread morning-crew of general; the roles coach
// (carl; not mentionable) and regulars (mia; mentionable). Server quiet-room
// has the channel lounge and no bot: the app is installed by its users only.
// The people are olga (owner of both), carl, mia and noah (DMs closed); all
// have installed the app for themselves. Ids are the same at every start.
//
// # Time
//
// Virtual time is the real clock and an offset. It rules ids, the 15 minutes of an
// interaction's token, the nonce window of 180 s, the hour for edits and the day
// of command creates. Real time rules the 3 s to answer, rate limits, heartbeats
// and the gateway's logins: 1,000 IDENTIFYs a day, and one in
// Options.IdentifyEvery, which GET /clock tells as identify_ms. An IDENTIFY that
// comes sooner gets op 9.
//
// # Shards
//
// A guild is of the shard (id >> 22) % n, and a DM of shard 0: events and
// interactions go there alone. GET /gateway/bot recommends a shard for each thousand
// guilds that the bot is in, and one IDENTIFY at a time, unless POST /world
// {"shards", "max_concurrency"} says otherwise. Shards with the same number modulo
// max_concurrency identify one after the other, as above. An IDENTIFY as a shard
// that can't be gets close 4010, and one with more than 2,500 guilds 4011. GET /state
// has the sessions with their shards under bots.
//
// GET /clock?follow streams lines of JSON, {"now": RFC 3339 with nanoseconds,
// "kind": "start", "walk" or "leap"}: one at once, and one at each move. A
// follower takes the difference to its own clock when a line comes. It may say
// what it waits for with POST /clock {"waiting_for": time or null}. GET /clock
// shows that as next, and a walk crosses the idle time up to it in one stride.
// null says that the follower waits for nothing: a walk strides to its end, and
// {"to": "next"} is over at once with no posts. A walk takes steps of 15 s once
// that time has come, until the follower's next word, and where no follower has
// said anything.
//
// # Faults
//
// POST /faults makes requests of the bot fail by rules, and the gateway by one
// fault. zombie, op7, op9, op9_resume and close:CODE strike the connections there
// are once, or else the next one. op7_resume breaks them off and answers the next
// RESUME with op 7. no_ready, no_hello and upgrade_503 break them off too, and meet
// every connection that comes until DELETE /faults. With "shard", a number, a fault
// strikes that shard alone; no_hello and upgrade_503 come too early for that.
//
// # What is missing
//
// Refused with status 501 and a line in the log: typing, reactions, pins,
// making and changing channels and threads, lists of members, scheduled events,
// webhooks of channels, command permissions, application emojis. Refused at
// the gateway: compression and ETF. Refused in messages:
// polls and stickers. There are no direct messages between people and no group
// DMs (interaction context 2), no entitlements, no MESSAGE_* events (intents
// for them are taken and bring nothing), no people's own messages, no HTTP
// interactions, and no file uploads, checkboxes or radio groups in modals.
package playground
