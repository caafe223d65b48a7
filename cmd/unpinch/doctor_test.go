package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/store"
)

// aDay is when the rows below are judged.
func aDay() time.Time { return time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC) }

// starts is Discord's answer with so many logins left and so many shards.
func starts(left, shards int) (s bot.GatewayStart) {
	s.Limit.Total, s.Limit.Remaining, s.Limit.ResetAfter, s.Shards = 1000, left, 3_600_000, shards
	return s
}

// seenAt is a channel with what the bot may do there.
func seenAt(perms bot.Perm, err error, broken int) channelState {
	return channelState{store.Channel{GuildID: "1", ID: "2", Classes: 1, Broken: broken}, bot.ChannelValue{ID: "2", Perms: perms}, err}
}

// judged is every line of doctor, in each state that it can be in.
func judged() map[string][]finding {
	now, lost := aDay(), errors.New("it is lost")
	proxy := &url.URL{Scheme: "http", Host: "10.0.0.1:3128", User: url.UserPassword("me", "hush")}
	copyAt := func(days int, nightly, same bool) lastCopy {
		return lastCopy{file: "/b/copy", at: now.AddDate(0, 0, -days), nightly: nightly, oneDisk: same}
	}
	app := bot.Application{ID: "7", Name: "Unpinch", ForUsers: true}
	f := func(f finding) []finding { return []finding{f} }
	channel := func(states ...channelState) []finding { return judgeChannels(states, 0) }
	db := store.Condition{Version: 24, Latest: 24, Size: 1 << 20, Log: 1 << 10}
	return map[string][]finding{
		"config ok": judgeConfig("c.toml", nil), "config fault": judgeConfig("c.toml", errors.Join(lost, lost)),
		"zones ok": judgeZones("2026f", now), "zones warning": judgeZones("2025b", now), "zones fault": judgeZones("2022a", now), "zones unknown": judgeZones("latest", now),
		"clock ok": judgeSync(true, true), "clock warning": judgeSync(false, true), "clock unknown": judgeSync(false, false),
		"rights ok": judgeRights(nil), "rights warning": judgeRights([]exposure{{"token.txt", "the bot's token"}}),
		"disk ok": judgeDisk("/d", 1<<40, true), "disk warning": judgeDisk("/d", 1<<28, true), "disk fault": judgeDisk("/d", 1<<20, true), "disk unknown": judgeDisk("/d", 0, false),
		"database ok": judgeDatabase("d", db, nil), "database none": judgeDatabase("d", db, fs.ErrNotExist), "database fault": judgeDatabase("d", db, lost),
		"database unreadable": judgeDatabase("d", db, fs.ErrPermission), "database slow": judgeDatabase("d", db, context.DeadlineExceeded),
		"database older":   judgeDatabase("d", store.Condition{Version: 6, Latest: 24, Size: 1 << 20}, nil),
		"database warning": judgeDatabase("d", store.Condition{Version: 24, Latest: 24, Size: 1 << 20, Log: 1 << 30}, nil),
		"backup ok":        judgeBackup(copyAt(1, true, false), now), "backup one disk": judgeBackup(copyAt(1, true, true), now),
		"backup none": judgeBackup(lastCopy{}, now), "backup first": judgeBackup(lastCopy{nightly: true}, now),
		"backup fault": judgeBackup(copyAt(3, true, false), now), "backup old": judgeBackup(copyAt(9, false, false), now), "backup unreadable": judgeBackup(lastCopy{err: lost}, now),
		"running ok": judgeHealth("127.0.0.1:9090", "ready", nil), "running shards": judgeHealth("127.0.0.1:9090", "ready, with 2 shards", nil), "running fault": judgeHealth("127.0.0.1:9090", "not ready: the disk is full", nil),
		"running away": judgeHealth("127.0.0.1:9090", "", lost), "running other": judgeHealth("127.0.0.1:9090", "<html>", nil),
		"proxy ok": judgeProxy(nil, nil, nil), "proxy warning": judgeProxy(proxy, nil, nil), "proxy fault": judgeProxy(proxy, nil, lost), "proxy unreadable": judgeProxy(nil, lost, nil),
		"dns ok": judgeDNS("discord.com", []net.IP{net.IPv4(162, 159, 1, 1)}, 0, nil), "dns warning": judgeDNS("discord.com", []net.IP{net.IPv4(162, 159, 1, 1)}, 2*time.Second, nil),
		"dns fault": judgeDNS("discord.com", nil, 0, lost), "dns filter": judgeDNS("discord.com", []net.IP{net.IPv4zero}, 0, nil), "dns none": judgeDNS("127.0.0.1", nil, 0, nil),
		"token ok": judgeToken(app, nil), "token fault": judgeToken(app, bot.ErrToken), "token away": judgeToken(app, lost),
		"app ok": f(judgeApplication(app)), "app warning": f(judgeApplication(bot.Application{})), "app fault": f(judgeApplication(bot.Application{Endpoint: "https://x.example"})),
		"intents ok": f(judgeIntents(app)), "intents warning": f(judgeIntents(bot.Application{Intents: []string{"Message Content", "Presence"}})),
		"skew ok": f(judgeSkew(time.Second, true)), "skew warning": f(judgeSkew(8*time.Second, true)), "skew fault": f(judgeSkew(-time.Minute, true)), "skew unknown": f(judgeSkew(0, false)),
		"gateway ok": f(judgeGateway(nil)), "gateway fault": f(judgeGateway(lost)),
		"logins ok": f(judgeLogins(starts(900, 1), 0, now)), "logins warning": f(judgeLogins(starts(150, 1), 0, now)), "logins fault": f(judgeLogins(starts(20, 1), 0, now)), "logins shards": f(judgeLogins(starts(900, 3), 0, now)), "logins few shards": f(judgeLogins(starts(900, 3), 2, now)), "logins fault of shards": f(judgeLogins(starts(22, 3), 0, now)),
		"commands ok": f(judgeCommands(8, true, nil)), "commands none": f(judgeCommands(0, false, nil)), "commands warning": f(judgeCommands(8, false, nil)), "commands fault": f(judgeCommands(0, false, lost)),
		"servers ok": judgeServers([]bot.ServerPerms{{ID: "1", Name: "Iron", Perms: invited}}, nil), "servers none": judgeServers(nil, nil), "servers fault": judgeServers(nil, lost),
		"servers warning": judgeServers([]bot.ServerPerms{{ID: "1", Name: "Iron", Perms: invited &^ bot.AttachFiles}}, nil),
		"channels none":   judgeChannels(nil, 0), "channels ok": channel(seenAt(invited, nil, 0)), "channels warning": channel(seenAt(invited&^bot.ReadHistory, nil, 0)),
		"channels fault": channel(seenAt(invited&^bot.SendMessages, nil, 0)), "channels hidden": channel(seenAt(0, nil, 0)), "channels gone": channel(seenAt(0, bot.ErrNoChannel, 0)),
		"channels lost": channel(seenAt(0, lost, 0)), "channels mended": channel(seenAt(invited, nil, 1)),
	}
}

// TestJudgements holds each line in each of its states against testdata: what
// needs something done says what, and what is ok says nothing of the kind.
func TestJudgements(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	seen := map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(judged())) {
		check, state, _ := strings.Cut(name, " ")
		for _, f := range judged()[name] {
			if (f.Level == isOK) != (f.Remedy == "") || f.Says == "" {
				t.Errorf("%s: %+v", name, f)
			}
			if l := level(state); (l == isOK || l == isWarning || l == isFault) && f.Level != l {
				t.Errorf("%s is a %s", name, f.Level)
			}
			if strings.Contains(f.Says+f.Remedy, "hush") {
				t.Errorf("%s tells a password", name)
			}
			seen[check] = true
			fmt.Fprintf(&b, "%s: %s\n  %s\n  → %s\n", name, f.Level, f.Says, f.Remedy)
		}
	}
	for _, f := range unasked() {
		if !seen[f.Check] {
			t.Errorf("%s is not judged here", f.Check)
		}
	}
	const file = "testdata/doctor.golden"
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil || !bytes.Equal(want, []byte(b.String())) {
		t.Errorf("doctor says other things (%v); if they are right, run with -update:\n%s", err, b.String())
	}
}

// TestExamineKeepsItsOrder runs checks beside each other, of which the first waits
// for the last.
func TestExamineKeepsItsOrder(t *testing.T) {
	t.Parallel()
	last := make(chan struct{})
	found := examine(t.Context(), []check{
		{"first", func(context.Context) []finding { <-last; return one(isOK, "a", "") }},
		{"second", func(context.Context) []finding { close(last); return []finding{{"named", isFault, "b", "c"}} }},
	})
	if len(found) != 2 || found[0].Check != "first" || found[1].Check != "named" || count(found, isFault) != 1 {
		t.Errorf("got %+v", found)
	}
}

func TestVia(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		api     string
		environ []string
		want    string
	}{
		{"https://discord.com/api/v10", nil, ""},
		{"https://discord.com/api/v10", []string{"HTTPS_PROXY=http://10.0.0.1:3128"}, "10.0.0.1:3128"},
		{"https://discord.com/api/v10", []string{"https_proxy=10.0.0.1:3128"}, "10.0.0.1:3128"},
		{"https://discord.com/api/v10", []string{"HTTP_PROXY=http://10.0.0.1:3128"}, ""},
		{"https://discord.com/api/v10", []string{"HTTPS_PROXY=http://10.0.0.1:3128", "NO_PROXY=discord.com"}, ""},
		{"http://127.0.0.1:8420/api/v10", []string{"HTTP_PROXY=http://10.0.0.1:3128"}, ""},
	} {
		p := patient{program: program{environ: tc.environ}, cfg: config{Discord: discordConfig{APIURL: tc.api}}}
		got, err := p.via()
		if host := hostOf(got); err != nil || host != tc.want {
			t.Errorf("%s with %q: %s, %v", tc.api, tc.environ, host, err)
		}
	}
}

func hostOf(u *url.URL) string {
	if u == nil {
		return ""
	}
	return u.Host
}
