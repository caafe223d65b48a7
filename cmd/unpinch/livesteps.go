package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"unpinch/bot"
)

// A step is a kind of request that the bot makes, with what the playground
// predicts of Discord's answers. No line of it holds an id.
type step struct {
	name  string
	tries string
	run   func(ctx context.Context, l *live) ([]string, error)
	want  []string
}

// liveSteps are all kinds of requests. None needs another one.
func liveSteps() []step {
	return []step{
		{"press", "an answer that only one sees, which takes a while", press,
			[]string{"waits: HTTP 204", "answer: HTTP 200", "answer: only one sees it", "answer: Components V2", "answer: text", "answer: attachments 0"}},
		{"card", "a card with a picture", postCard,
			[]string{"post: HTTP 200", "post: Components V2", "post: container[text gallery]", "post: attachments 0", "post: picture image/png 64x64, \"A square\"", "post: numbered as asked"}},
		{"edit", "another picture in the place of the first", editCard,
			[]string{"edit: HTTP 200", "edit: Components V2", "edit: container[text gallery]", "edit: attachments 0", "edit: picture image/png 96x96, \"A larger square\"", "edit: numbered as asked",
				"edit: marked as edited", "edit: the first picture is gone"}},
		{"gif", "a picture that moves", postGIF,
			[]string{"post: HTTP 200", "post: Components V2", "post: gallery", "post: attachments 0", "post: picture image/gif 64x64, \"A square that blinks\"", "post: numbered as asked", "file: the same bytes"}},
		{"file", "a file that is fetched as one that is handed over", postFile,
			[]string{"post: HTTP 200", "post: Components V2", "post: text file", "post: attachments 0", "post: file try.txt, 12 bytes", "post: numbered as asked", "file: the same bytes"}},
		{"nonce", "a post that is sent twice", sendTwice,
			[]string{"first: HTTP 200", "first: nonce told", "second: HTTP 200", "second: nonce told", "1 message"}},
		{"history", "a post that is looked for in the channel", findCard,
			[]string{"history: HTTP 200", "history: the post is found by its number"}},
		{"ping", "a role that is named, first without a ping", pingRole,
			[]string{"named: HTTP 200", "named: pings nobody", "pinged: HTTP 200", "pinged: pings the role", "pinged: makes no sound"}},
		{"thread", "a post in a thread", postInThread,
			[]string{"post: HTTP 200", "post: Components V2", "post: text", "post: attachments 0", "post: numbered as asked"}},
		{"event", "an event on the server's calendar", planEvent,
			[]string{"made: HTTP 200", "made: to come, elsewhere", "changed: HTTP 200", "changed: to come, elsewhere", "list: HTTP 200", "list: it stands there as changed", "deleted: HTTP 204"}},
		{"dm", "a message to the application's owner", sendDM,
			[]string{"open: HTTP 200", "post: HTTP 200", "post: Components V2", "post: text", "post: attachments 0", "post: numbered as asked"}},
	}
}

const (
	routePost     = "POST /channels/{id}/messages"
	routeEdit     = "PATCH /channels/{id}/messages/{id}"
	routeHistory  = "GET /channels/{id}/messages"
	routeEvent    = "POST /guilds/{id}/scheduled-events"
	routeChange   = "PATCH /guilds/{id}/scheduled-events/{id}"
	routeEvents   = "GET /guilds/{id}/scheduled-events"
	routeUnplan   = "DELETE /guilds/{id}/scheduled-events/{id}"
	routeOpenDM   = "POST /users/@me/channels"
	routeCallback = "POST /interactions/{id}/{token}/callback"
	routeAnswer   = "PATCH /webhooks/{id}/{token}/messages/@original"
)

func pictured(file, alt string, side int) bot.Reply {
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: 0x2f6f5e, Parts: []bot.Part{bot.Text("A card with a picture. " + goesSoon), bot.Gallery{{File: file, Alt: alt}}}}},
		Files: []bot.File{{Name: file, About: alt, Data: square(side)}}}
}

// goesSoon is said in each post.
const goesSoon = "`unpinch doctor --live` tries it, and deletes it in a moment."

func say(what string) bot.Reply { return bot.Reply{Parts: []bot.Part{bot.Text(what + " " + goesSoon)}} }

func postCard(ctx context.Context, l *live) ([]string, error) {
	_, err := l.send(ctx, l.channel, pictured("square.png", "A square", 64))
	return l.last(routePost).shape("post", l.mark), err
}

func editCard(ctx context.Context, l *live) ([]string, error) {
	id, err := l.send(ctx, l.channel, pictured("square.png", "A square", 64))
	if err != nil {
		return nil, err
	}
	before := l.last(routePost).media()
	reply := pictured("larger.png", "A larger square", 96)
	reply.Mark = l.mark
	err = l.bot.Edit(ctx, l.channel, id, reply)
	m := l.last(routeEdit)
	got := m.shape("edit", l.mark)
	if m.Edited != nil {
		got = append(got, "edit: marked as edited")
	}
	if now := m.media(); len(now) == 1 && len(before) == 1 && now[0].URL != before[0].URL {
		got = append(got, "edit: the first picture is gone")
	}
	return got, err
}

func postGIF(ctx context.Context, l *live) ([]string, error) {
	data := blinking(64)
	_, err := l.send(ctx, l.channel, bot.Reply{Parts: []bot.Part{bot.Gallery{{File: "blink.gif", Alt: "A square that blinks"}}},
		Files: []bot.File{{Name: "blink.gif", About: "A square that blinks", Data: data}}})
	return l.fetched(ctx, l.last(routePost), data, err)
}

func postFile(ctx context.Context, l *live) ([]string, error) {
	data := []byte("try this 1\n\n")
	reply := say("A file.")
	reply.Parts = append(reply.Parts, bot.FileLink("try.txt"))
	reply.Files = []bot.File{{Name: "try.txt", Data: data}}
	_, err := l.send(ctx, l.channel, reply)
	return l.fetched(ctx, l.last(routePost), data, err)
}

func sendTwice(ctx context.Context, l *live) (got []string, err error) {
	nonce := l.nonce()
	var ids []string
	for _, which := range []string{"first", "second"} {
		id, err := l.sendAs(ctx, l.channel, nonce, say("A post that is sent twice."))
		m := l.last(routePost)
		got = append(got, m.status(which))
		if m.Nonce == nonce {
			got = append(got, which+": nonce told")
		}
		if err != nil {
			return got, err
		}
		ids = append(ids, id)
	}
	return append(got, plural(len(slices.Compact(ids)), "message")), nil
}

func findCard(ctx context.Context, l *live) ([]string, error) {
	sent, err := l.send(ctx, l.channel, say("A post to be found."))
	if err != nil {
		return nil, err
	}
	found, err := l.bot.Find(ctx, l.guild, l.channel, bot.Posted(sent), bot.Mark{Number: l.mark})
	got := []string{l.last(routeHistory).status("history")}
	if found == sent {
		got = append(got, "history: the post is found by its number")
	}
	return got, err
}

func pingRole(ctx context.Context, l *live) (got []string, err error) {
	if l.role == "" {
		return nil, skipped("a role's ping is tried with --role ID, best of one that only you have")
	}
	reach, err := l.bot.RoleReach(ctx, l.guild, l.role)
	if err != nil {
		return nil, err
	}
	if !reach.Mentionable && !l.perms.Has(bot.MentionEveryone) {
		return nil, skipped("the bot may not ping the role; let everyone mention it")
	}
	for _, which := range []string{"named", "pinged"} {
		reply := say("A role is " + which + ", without a sound: <@&" + l.role + ">.")
		if reply.Silent = true; which == "pinged" {
			reply.PingRole = l.role
		}
		_, err := l.send(ctx, l.channel, reply)
		m := l.last(routePost)
		got = append(got, m.status(which))
		switch {
		case len(m.Roles) == 0:
			got = append(got, which+": pings nobody")
		case slices.Equal(m.Roles, []string{l.role}):
			got = append(got, which+": pings the role")
		}
		if m.Flags&flagSilent != 0 && which == "pinged" {
			got = append(got, which+": makes no sound")
		}
		if err != nil {
			return got, err
		}
	}
	return got, nil
}

func postInThread(ctx context.Context, l *live) ([]string, error) {
	if l.thread == "" {
		return nil, skipped("a thread is tried with --thread ID")
	}
	_, err := l.send(ctx, l.thread, say("A post in a thread."))
	return l.last(routePost).shape("post", l.mark), err
}

func planEvent(ctx context.Context, l *live) ([]string, error) {
	if !l.perms.Has(bot.CreateEvents) {
		return nil, skipped("an event is tried where the bot has Create Events")
	}
	l.planned = true
	start := l.began.UTC().Add(7 * 24 * time.Hour).Truncate(time.Minute)
	was := bot.ScheduledEvent{Name: "A try", Place: l.stamp, About: goesSoon, Start: start, End: start.Add(time.Hour)}
	is := was
	is.Name, is.Start, is.End = "Another try", start.Add(time.Hour), start.Add(2*time.Hour)
	id, err := l.bot.AddEvent(ctx, l.guild, was)
	got := l.last(routeEvent).event("made")
	if err != nil {
		return got, err
	}
	err = l.bot.ChangeEvent(ctx, l.guild, id, was, is)
	got = append(got, l.last(routeChange).event("changed")...)
	if err != nil {
		return got, err
	}
	own, err := l.bot.OwnEvents(ctx, l.guild)
	got = append(got, l.last(routeEvents).status("list"))
	if own[id] == is {
		got = append(got, "list: it stands there as changed")
	}
	err = errors.Join(err, l.bot.DeleteEvent(ctx, l.guild, id))
	l.planned = err != nil
	return append(got, l.last(routeUnplan).status("deleted")), err
}

func sendDM(ctx context.Context, l *live) ([]string, error) {
	if l.owner == "" {
		return nil, skipped("a message to the application's owner is tried with --dm")
	}
	dm, err := l.bot.OpenDM(ctx, l.owner)
	got := []string{l.last(routeOpenDM).status("open")}
	if err != nil {
		return got, err
	}
	_, err = l.send(ctx, dm, say("A message in a DM."))
	return append(got, l.last(routePost).shape("post", l.mark)...), err
}

// connectMost is how long the gateway may take.
const connectMost = 30 * time.Second

// codeAnswered is Discord's code for a press that has its answer.
const codeAnswered = 40060

// pressMe is on the button.
const pressMe = "Press me"

func pressID() bot.ID[string] { return bot.NewID[string]("live1") }

func press(ctx context.Context, l *live) ([]string, error) {
	if l.alone != "" {
		return nil, skipped(l.alone)
	}
	ctx, leave := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- l.bot.Run(ctx) }()
	defer func() { leave(); <-ended }()
	late := time.NewTimer(connectMost)
	defer late.Stop()
	select {
	case <-l.ready:
	case err := <-ended:
		ended <- nil
		return nil, fmt.Errorf("connect to the gateway: %w", err)
	case <-late.C:
		return nil, fmt.Errorf("the gateway is not reached: %s", l.bot.Trouble())
	}
	reply := say("Press the button.")
	reply.Parts = append(reply.Parts, bot.Row{{Label: pressMe, ID: pressID().For(l.stamp), Style: bot.Primary}})
	if _, err := l.send(ctx, l.channel, reply); err != nil {
		return nil, err
	}
	late.Reset(l.patience)
	fmt.Fprintf(l.out, "Now press %q in the channel, within %v. Only you will see the answer, which is yours to dismiss.\n", pressMe, l.patience)
	select {
	case <-l.handled:
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-late.C:
		return nil, skipped(fmt.Sprintf("nobody pressed the button within %v", l.patience))
	}
	waits := l.last(routeCallback)
	got := []string{waits.status("waits")}
	if waits.Code == codeAnswered {
		got = append(got, "waits: a bot that runs elsewhere with this token may have answered first")
	}
	return append(got, l.last(routeAnswer).shape("answer", 0)...), nil
}

// pressed answers a press once Discord has taken the word that it takes a while.
func (l *live) pressed(ctx context.Context, _ *bot.Request, _ string) (bot.Reply, error) {
	select {
	case <-l.deferred:
	case <-ctx.Done():
	}
	return bot.Reply{Parts: []bot.Part{bot.Text("Only you see this. Dismiss it below.")}}, nil
}
