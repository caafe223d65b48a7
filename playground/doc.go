// Package playground is Discord's stand-in on one address: the REST API under
// /api/v10 and /api/v9, the gateway, a small world, a control API that plays
// the world's people, and a page for visitors. It speaks the wire only and
// imports nothing of the bot's, so that it cannot share a misunderstanding
// with it.
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
// Virtual time is the real clock and an offset. It rules snowflakes, an
// interaction token's 15 minutes, the nonce window of 180 s, the hour for
// edits and the day of command creates. Real time rules the 3 s to answer,
// rate limits, heartbeats and the gateway's logins: 1,000 IDENTIFYs a day, and one
// in Options.IdentifyEvery, which GET /clock tells as identify_ms; one that comes
// sooner gets op 9.
//
// GET /clock?follow streams lines of JSON, {"now": RFC 3339 with nanoseconds,
// "kind": "start", "walk" or "leap"}: one at once, one at each move. A
// follower takes the difference to its own clock at the receipt of a line. It
// may say what it waits for with POST /clock {"waiting_for": time or null};
// then GET /clock shows that as next, and a walk crosses the idle time up to
// it in one stride; null says that it waits for nothing: a walk strides to its
// end, and {"to": "next"} is over at once with no posts. Once that time has
// come, until the next word, and where nobody said anything, a walk takes
// steps of 15 s.
//
// # Control API
//
// Faults of its caller are {"error": {"code", "text"}}: 400, 404, 405, and 403
// not_permitted or foreign. In an answer, interaction.type is the callback type that the
// bot answered with (0 for none) and interaction.ms the real time to it. A
// modal's fields are {custom_id, label, description, type, style, required,
// value, placeholder, min_length, max_length, options [{label, value,
// description, default}]}. A command's files are
// [{name, content_type, base64}]; an attachment option names one. The channel
// "dm" is the caller's own; "guild" is there for channels whose name is not
// enough.
//
// POST /world breaks things and mends them: delete_channel, permission
// {channel, role, deny, allow}, kick_bot and invite_bot, close_dms and open_dms,
// lock_thread (a name, or {thread, archived}) and unlock_thread, unavailable
// and available, make_channel (a name, in the first guild), add_guilds. deny and allow take a permission's name or
// several; deny replaces what was denied before, allow lifts denials and gives
// what the bot's role lacks, and neither lifts every denial. With a role they
// are its overwrite in the channel, or without a channel are taken from and
// given to the role itself, in the first guild. An invited bot
// has the permissions of the start. A guild that is unavailable sends
// GUILD_DELETE with unavailable true; until GUILD_CREATE says that it is back,
// REST calls about it get 503 and its people can use no command. POST /faults
// adds rules; zombie, op7, op9, op9_resume and close:CODE strike the
// connections there are once, or else the next one. op7_resume breaks them off
// and answers the next RESUME with op 7. no_ready, no_hello and upgrade_503
// break them off too, and meet all that come until DELETE /faults. POST /reset keeps the bot's commands and gateway sessions.
//
// # Page
//
// The page at / is server-drawn forms over the control API, and works so. A
// script adds the rest: forms sent in place, completion, dialogs, running
// times, and GET /page/events, which streams the page's live parts as HTML, as
// server-sent events. "Break and mend" offers the changes of the world that
// concern the channel, its server and the member on the page. GET /messages
// takes a limit, the number of the newest messages wanted. package browser
// drives a Chromium over the page, for tests.
//
// # What is missing
//
// Refused with status 501 and a line in the log: typing, reactions, pins,
// making and changing channels and threads, lists of members, scheduled events,
// webhooks of channels, command permissions, application emojis. Refused at
// the gateway: more than one shard, compression and ETF. Refused in messages:
// polls and stickers. There are no direct messages between people and no group
// DMs (interaction context 2), no entitlements, no MESSAGE_* events (intents
// for them are taken and bring nothing), no people's own messages, no HTTP
// interactions, and no file uploads, checkboxes or radio groups in modals.
package playground
