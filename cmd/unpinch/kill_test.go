package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"unpinch/delivery"
	"unpinch/playground"
	"unpinch/schedule"
	"unpinch/store"
)

var (
	kills = flag.Int("kills", 0, "how often TestKills kills the bot; 0 for 30 in CI and 10 elsewhere")
	seed  = flag.Uint64("seed", 0, "what TestKills draws its moments from; 0 draws one and prints it")
)

// The day of TestKills: something is due every quarter of an hour, in each of
// its channels, and a lease or a nonce's window may end between two kills.
const (
	worldKills = 250 // more are spread over worlds that run at once
	slot       = 15 * time.Minute
	slotKills  = 6                // at most; even with leaps of leapMax they end before a post's time is over
	killGuilds = 10               // beside the one with several channels
	jitterOver = 21 * time.Second // all posts of a minute may go out
	overLease  = delivery.Lease + time.Second
	leapMax    = 130 * time.Second     // the nonce can't be relied on any more
	killLead   = 25                    // minutes: the pre post of an hour's class, at :35
	killLength = 50                    // minutes: its cool-down, at :50
	insideMax  = 30 * time.Millisecond // real time, also the longest of slow sends
	sendRoute  = "POST /channels/{channel}/messages"
	impatience = time.Second // real time, for a send to come
	doneMark   = "done1:"
	noticeMark = "notice1:stop/" // on mia's DMs
)

// TestKills kills the real program at random moments of its work, again and
// again, and then holds the channels against the ledger: each post that was due
// is there exactly once.
func TestKills(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes seconds")
	}
	s := *seed
	if s == 0 {
		s = rand.Uint64()
	}
	count := *kills
	if count == 0 {
		if count = 10; os.Getenv("CI") != "" {
			count = 30
		}
	}
	t.Logf("%d kills, -seed %d", count, s)
	var all tally
	t.Run("worlds", func(t *testing.T) {
		for n := range (count + worldKills - 1) / worldKills {
			t.Run(fmt.Sprint(n), func(t *testing.T) {
				t.Parallel()
				k := newKiller(t, rand.New(rand.NewPCG(s, uint64(n))), min(worldKills, count-n*worldKills), &all)
				k.addClasses()
				for k.left > 0 {
					k.playSlot()
				}
				k.end()
				k.compare()
			})
		}
	})
	t.Logf("%d kills: %d with a send under way, %d before the first send; %d posts were due, %d sends, %d looks into a channel",
		count, all.during.Load(), all.before.Load(), all.due.Load(), all.sends.Load(), all.looks.Load())
}

// A tally counts over all worlds.
type tally struct{ during, before, due, sends, looks atomic.Int32 }

// A killer plays a bot's days on a playground, and ends it now and then.
type killer struct {
	t      *testing.T
	rnd    *rand.Rand
	g      garden
	bin    string
	config string
	db     string
	log    *os.File
	bot    *exec.Cmd
	places []killPlace
	follow time.Time // from then on mia follows the first server's classes
	at     time.Time // the slot, in virtual time

	dmMu sync.Mutex
	dm   []byte // the answer to who opens mia's DM

	*tally
	arrived chan struct{}  // one for each send that arrives, while someone looks
	idle    chan time.Time // what the bot waits for, whenever it says so
	sending atomic.Int32   // sends under way
	left    int            // kills
	span    time.Duration  // about how long a bot works on a slot, in real time
}

// A killPlace is a server with the channels that get posts.
type killPlace struct {
	guild, zone string
	channels    []string
}

func newKiller(t *testing.T, rnd *rand.Rand, kills int, all *tally) *killer {
	t.Helper()
	dir := t.TempDir()
	k := &killer{t: t, rnd: rnd, left: kills, tally: all, span: 500 * time.Millisecond, db: filepath.Join(dir, "unpinch.db"),
		arrived: make(chan struct{}, 1000), idle: make(chan time.Time, 1000)}
	p, err := playground.New(playground.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(k.watch(p))
	t.Cleanup(func() { p.Close(); server.Close() })
	k.g = garden{t, server.URL}
	k.config = writeConfig(t, dir, k.g.base, "playground")
	if k.bin, err = exec.LookPath("unpinch"); err != nil { // TestMain has put it there
		t.Fatal(err)
	}
	if k.log, err = os.Create(filepath.Join(dir, "log")); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		k.log.Close()
		if t.Failed() {
			t.Logf("the log ends:\n%s", tail(k.log.Name(), 8000))
		}
	})
	return k
}

// watch lets the killer see sends arrive. Discord allows two connections in
// five seconds, which the bot would wait for; here each restart connects at
// once.
func (k *killer) watch(p http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.URL.Path = strings.Replace(r.URL.Path, "/gateway/bot", "/gateway", 1)
		if strings.HasSuffix(r.URL.Path, "/messages") && strings.HasPrefix(r.URL.Path, "/api/") {
			if r.Method == http.MethodGet {
				k.looks.Add(1)
			} else {
				k.sends.Add(1)
				k.sending.Add(1)
				defer k.sending.Add(-1)
				select {
				case k.arrived <- struct{}{}:
				default: // nobody looks
				}
			}
		}
		if r.Method == http.MethodPost && r.URL.Path == "/clock" {
			k.hear(r)
		}
		if strings.HasSuffix(r.URL.Path, "/users/@me/channels") {
			k.openDM(p, w, r)
			return
		}
		p.ServeHTTP(w, r)
	})
}

// openDM answers for mia's DM, all that this bot opens, as the playground did
// the first time: it opens ten in ten seconds of real time, which some restarts
// take up.
func (k *killer) openDM(p http.Handler, w http.ResponseWriter, r *http.Request) {
	k.dmMu.Lock()
	defer k.dmMu.Unlock()
	if k.dm == nil {
		answer := httptest.NewRecorder()
		if p.ServeHTTP(answer, r); answer.Code != http.StatusOK {
			w.WriteHeader(answer.Code)
			w.Write(answer.Body.Bytes())
			return
		}
		k.dm = answer.Body.Bytes()
	}
	w.Header().Set("Content-Type", "application/json")
	w.Write(k.dm)
}

// hear takes what the bot says that it waits for.
func (k *killer) hear(r *http.Request) {
	body, err := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(body))
	var said struct {
		WaitingFor *time.Time `json:"waiting_for"`
	}
	if err != nil || json.Unmarshal(body, &said) != nil || said.WaitingFor == nil {
		return
	}
	select {
	case k.idle <- *said.WaitingFor:
	default: // nobody looks
	}
}

// addClasses sets everything up as people would: three servers, their places
// and classes.
func (k *killer) addClasses() {
	var world any
	k.g.post("/world", asks{"add_guilds": killGuilds}, &world)
	k.places = []killPlace{{"iron-garden", "Europe/Lisbon", []string{"classes", "general", "announcements", "morning-crew"}}}
	for i := range killGuilds {
		gym := fmt.Sprintf("gym-%d", i+2)
		k.places = append(k.places, killPlace{gym, []string{"Asia/Tokyo", "America/New_York", "Asia/Kathmandu"}[i%3], []string{gym + "-general"}})
	}
	k.start()
	k.g.ready()
	k.at = k.g.time().Now.Truncate(time.Hour).Add(time.Hour)
	k.leap(k.at)
	for n, p := range k.places {
		k.g.command(asks{"as": "olga", "channel": p.channels[0], "name": "setup", "options": asks{"zone": p.zone, "channel": p.channels[0]}})
		for i, channel := range p.channels { // every other hour: Discord takes a post a second in a channel
			k.addClass(p, channel, fmt.Sprintf("0 %d-23/2 * * *", (n+i)%2))
			k.addClass(p, channel, fmt.Sprintf("30 %d-23/2 * * *", (n+i)%2))
		}
	}
	k.addClass(k.places[0], "classes", "30 0-23/2 * * *") // two of a kind in one channel
	k.settle()                                            // the first slot
	k.followPlace()
	k.at = k.at.Add(slot)
}

// followPlace has mia get a DM before each class of the first server.
func (k *killer) followPlace() {
	k.t.Helper()
	var posts []message
	for _, channel := range k.places[0].channels {
		for _, m := range k.g.see("mia", channel) {
			if len(m.View.Buttons) > 0 {
				posts = append(posts, m)
			}
		}
	}
	if len(posts) == 0 {
		k.t.Fatal("no post to press")
	}
	card := k.g.press("mia", posts[0].ID, "Notify me")
	card = k.g.press("mia", card.ID, "All at Lisbon")
	if card = k.g.press("mia", card.ID, "I agree, and I am 16 or older, or my parent agrees"); !strings.Contains(card.View.Text, "You get a DM") {
		k.t.Fatalf("following answered %q", card.View.Text)
	}
	k.follow = k.g.time().Now
}

func (k *killer) addClass(p killPlace, channel, rule string) {
	k.t.Helper()
	draft := k.g.command(asks{"as": "olga", "channel": p.channels[0], "name": "class add", "options": asks{
		"at": rule, "channel": channel, "before": killLead, "length": killLength}})
	save := "Save"
	if strings.Contains(draft.View.Text, "exists already") {
		save = "Add it a second time"
	}
	if saved := k.g.press("olga", draft.ID, save); !strings.Contains(saved.View.Text, "Saved") {
		k.t.Fatalf("%s in %s: Save answered %q", rule, channel, saved.View.Text)
	}
}

// playSlot plays a quarter of an hour, in which every channel has posts due.
func (k *killer) playSlot() {
	k.at = k.at.Add(5 * time.Minute) // :05, :20, :35, :50
	if k.at.Minute()%15 != 5 {
		k.at = k.at.Truncate(slot).Add(5 * time.Minute)
	}
	at := k.at.Add(jitterOver)
	for range min(slotKills, k.left) {
		k.drawFaults()
		if !k.kill(at) {
			break
		}
		at = k.g.time().Now.Add([]time.Duration{time.Second, overLease, overLease, leapMax}[k.rnd.IntN(4)])
	}
	k.settle()
	k.at = k.at.Add(slot - 5*time.Minute)
}

// drawFaults makes some sends slow or fail, so that a kill falls into them.
func (k *killer) drawFaults() {
	k.noFaults()
	delay := asks{"route": sendRoute, "times": 1 + k.rnd.IntN(12), "delay_ms": 1 + k.rnd.Int64N(insideMax.Milliseconds())}
	with := func(key string, v any) { delay[key] = v }
	switch k.rnd.IntN(6) {
	case 0:
		return
	case 1: // slow, before
	case 2:
		with("after_commit", true)
	case 3:
		with("after_commit", true)
		with("status", 502)
	case 4:
		with("after_commit", true)
		with("drop", true)
	case 5:
		with("drop", true)
	}
	var out any
	if status := k.g.post("/faults", asks{"rules": []any{delay}}, &out); status != 200 {
		k.t.Fatalf("faults %v: HTTP %d %v", delay, status, out)
	}
}

// kill lets the clock leap to an instant, with or without a bot to see it, and
// kills the bot at some moment after that. It reports whether a send was seen
// or the bot did not live for long enough.
func (k *killer) kill(to time.Time) (more bool) {
	k.drain()
	leapt := make(chan struct{})
	began := time.Now()
	if k.bot != nil {
		go func() { k.leap(to); close(leapt) }()
	} else {
		k.leap(to)
		close(leapt)
		began = time.Now()
		k.start()
	}
	over := k.wait(began, to)
	if k.sending.Load() > 0 {
		k.during.Add(1)
	} else if len(k.arrived) == 0 && !over {
		k.before.Add(1)
	}
	k.stopHard()
	k.left--
	<-leapt
	return !over
}

// wait waits for the moment of the kill: any, or one in or after a send. It
// reports whether the bot had nothing to send at that time of its clock.
func (k *killer) wait(began, now time.Time) (over bool) {
	if k.rnd.IntN(5) == 0 {
		<-time.After(time.Duration(k.rnd.Int64N(int64(k.span))))
		return false
	}
	for n := range 1 + k.rnd.IntN(6) {
		if !k.next(now) {
			return n == 0
		}
		if n == 0 { // to the first send it takes half of the span or so
			k.span = min(max((k.span+2*time.Since(began))/2, 50*time.Millisecond), impatience)
		}
	}
	<-time.After(time.Duration(k.rnd.Int64N(int64(insideMax / 2))))
	return false
}

// next waits for a send, and reports whether there is one.
func (k *killer) next(now time.Time) bool {
	limit := time.After(impatience)
	for {
		select {
		case <-k.arrived:
			return true
		case at := <-k.idle:
			if at.After(now) {
				return false
			}
		case <-limit:
			return false
		}
	}
}

// drain forgets what was seen before.
func (k *killer) drain() {
	for {
		select {
		case <-k.arrived:
		case <-k.idle:
		default:
			return
		}
	}
}

func (k *killer) start() {
	k.t.Helper()
	k.bot = exec.Command(k.bin, "run", "--config", k.config)
	k.bot.Stdout, k.bot.Stderr = k.log, k.log
	if err := k.bot.Start(); err != nil {
		k.t.Fatal(err)
	}
	k.t.Cleanup(func() { k.stopHard() })
}

func (k *killer) stopHard() {
	if k.bot != nil {
		k.bot.Process.Kill()
		k.bot.Wait() // "killed" is what it is to say
		k.bot = nil
	}
}

// settle lets the bot finish everything that is due by now, without faults.
func (k *killer) settle() {
	k.t.Helper()
	k.noFaults()
	if k.bot == nil {
		k.start()
	}
	end := k.at.Truncate(slot).Add(slot)
	for limit := time.Now().Add(60 * time.Second); ; {
		c := k.g.time()
		if c.Next != nil && !c.Next.Before(end) {
			return
		}
		if c.Next != nil {
			k.leap(*c.Next)
		} else {
			k.advance("0s")
		}
		if time.Now().After(limit) {
			k.t.Fatalf("the bot still is not done with what was due at %v: %+v", k.at, c)
		}
	}
}

// end stops the bot as a user would.
func (k *killer) end() {
	k.t.Helper()
	k.settle()
	if err := k.bot.Process.Signal(os.Interrupt); err != nil {
		k.t.Fatal(err)
	}
	if err := k.bot.Wait(); err != nil {
		k.t.Errorf("a clean stop: %v", err)
	}
	k.bot = nil
}

func (k *killer) leap(to time.Time) { k.moveClock(asks{"now": to.Format(time.RFC3339Nano)}) }

func (k *killer) advance(by string) { k.moveClock(asks{"advance": by}) }

func (k *killer) moveClock(in asks) {
	var out any
	if status := k.g.post("/clock", in, &out); status != 200 && !strings.Contains(fmt.Sprint(out), "only goes forward") {
		k.t.Errorf("clock %v: HTTP %d %v", in, status, out)
	}
}

func (k *killer) noFaults() {
	k.t.Helper()
	k.g.noFaults()
}

// compare holds the channels and the timetable against the ledger.
func (k *killer) compare() {
	k.t.Helper()
	db, err := store.Open(k.t.Context(), k.db, store.Options{})
	if err != nil {
		k.t.Fatal(err)
	}
	defer db.Close()
	for _, p := range k.places {
		k.comparePlace(db, p)
	}
	k.compareDMs(db)
}

// compareDMs holds mia's DMs against the ledger: one for each start of a class
// that she follows.
func (k *killer) compareDMs(db *store.Store) {
	k.t.Helper()
	due := map[postKey]bool{}
	for key := range k.timetable(db, k.g.id("guilds", k.places[0].guild), func(schedule.Series) []schedule.Kind { return []schedule.Kind{schedule.KindNotice} }) {
		if key.due > k.follow.Unix() {
			due[key] = true
		}
	}
	marks := k.marks("dm", "&as=mia&deleted=1", noticeMark)
	for id := int64(1); ; id++ {
		o, err := db.Occurrence(k.t.Context(), id)
		if err != nil {
			break
		}
		key := postKey{o.ClassID, o.Kind, o.DueAt.Unix()}
		if o.Kind != schedule.KindNotice {
			continue
		}
		if !due[key] || o.State != schedule.StateSent {
			k.t.Errorf("DM %d before class %d, due %s: the ledger says %s %s, due %v", o.ID, o.ClassID, o.DueAt.Format(time.DateTime), o.State, o.Reason, due[key])
		}
		if n := marks[fmt.Sprintf("%s%d", noticeMark, o.ID)]; n != 1 {
			k.t.Errorf("DM %d: mia has it %d times", o.ID, n)
		}
		delete(due, key)
	}
	if len(due) > 0 {
		k.t.Errorf("mia was not told of %v", due)
	}
}

// A postKey is a post that is due.
type postKey struct {
	class int64
	kind  schedule.Kind
	due   int64
}

func (k *killer) comparePlace(db *store.Store, p killPlace) {
	k.t.Helper()
	guild := k.g.id("guilds", p.guild)
	due := k.timetable(db, guild, schedule.Series.Posts)
	ledger, err := db.History(k.t.Context(), guild, 0, 1_000_000, 0)
	if err != nil {
		k.t.Fatal(err)
	}
	rows := map[postKey]int{}
	where := map[string]map[string]int{} // by channel, then by mark
	for _, name := range p.channels {
		where[k.g.id("channels", name)] = k.marks(name, "&deleted=1", doneMark)
	}
	for _, o := range ledger {
		rows[postKey{o.ClassID, o.Kind, o.DueAt.Unix()}]++
		what := fmt.Sprintf("class %d, %s, due %s (occurrence %d)", o.ClassID, o.Kind, o.DueAt.Format(time.DateTime), o.ID)
		if o.State != schedule.StateSent && o.State != schedule.StateLate {
			k.t.Errorf("%s: the ledger says %s %s after %d attempts", what, o.State, o.Reason, o.Attempts)
		}
		mark := fmt.Sprintf("%s%d", doneMark, o.ID)
		if n := where[o.ChannelID][mark]; n != 1 {
			k.t.Errorf("%s: the channel has it %d times", what, n)
		}
		delete(where[o.ChannelID], mark)
	}
	for key := range due {
		if rows[key] != 1 {
			k.t.Errorf("%+v: %d rows in the ledger, want 1", key, rows[key])
		}
	}
	if len(rows) != len(due) {
		k.t.Errorf("%s: %d rows for %d posts due", p.guild, len(rows), len(due))
	}
	for channel, more := range where {
		if len(more) > 0 {
			k.t.Errorf("channel %s has posts that the ledger has not: %v", channel, more)
		}
	}
	k.compareLive(p, ledger)
	k.due.Add(int32(len(due)))
}

// compareLive checks that a tidy channel shows the post of each kind of each
// class that came last, and no other.
func (k *killer) compareLive(p killPlace, ledger []schedule.Occurrence) {
	k.t.Helper()
	type postsOf struct {
		channel string
		class   int64
		kind    schedule.Kind
	}
	latest := map[postsOf]schedule.Occurrence{}
	for _, o := range ledger {
		key := postsOf{o.ChannelID, o.ClassID, o.Kind}
		if l := latest[key]; len(o.MessageID) > len(l.MessageID) || len(o.MessageID) == len(l.MessageID) && o.MessageID > l.MessageID {
			latest[key] = o
		}
	}
	for _, name := range p.channels {
		want := map[string]int{}
		for key, o := range latest {
			if key.channel == k.g.id("channels", name) {
				want[fmt.Sprintf("%s%d", doneMark, o.ID)] = 1
			}
		}
		if got := k.marks(name, "", doneMark); fmt.Sprint(got) != fmt.Sprint(want) {
			k.t.Errorf("%s shows %v, want the last of each kind of a class: %v", name, got, want)
		}
	}
}

// timetable works out every message of some kinds that was due by now, from the
// timetable alone.
func (k *killer) timetable(db *store.Store, guild string, kinds func(schedule.Series) []schedule.Kind) map[postKey]bool {
	k.t.Helper()
	zones, err := schedule.LoadZones()
	if err != nil {
		k.t.Fatal(err)
	}
	saved, err := db.SeriesOf(k.t.Context(), guild)
	if err != nil {
		k.t.Fatal(err)
	}
	now, all := k.g.time().Now, map[postKey]bool{}
	for _, s := range saved {
		class, err := s.Recurrence(zones)
		if err != nil {
			k.t.Fatal(err)
		}
		for _, kind := range kinds(s) {
			for at := s.CreatedAt; ; {
				due, _, err := class.NextDue(at, s.Offset(kind))
				if err != nil {
					k.t.Fatal(err)
				}
				if due.After(now) {
					break
				}
				all[postKey{s.ID, kind, due.Unix()}] = true
				at = due
			}
		}
	}
	return all
}

// marks counts the messages of a channel by a custom ID that only one of them
// bears, which begins with mark.
func (k *killer) marks(channel, query, mark string) map[string]int {
	k.t.Helper()
	var all []message
	if err := json.Unmarshal([]byte(k.g.get("/messages?channel="+url.QueryEscape(channel)+query)), &all); err != nil {
		k.t.Fatal(err)
	}
	n := map[string]int{}
	for _, m := range all {
		for _, b := range m.View.Buttons {
			if strings.HasPrefix(b.CustomID, mark) {
				n[b.CustomID]++
			}
		}
	}
	return n
}

// tail returns the end of a file.
func tail(path string, n int) string {
	data, err := os.ReadFile(path)
	if err != nil {
		return err.Error()
	}
	return string(data[max(0, len(data)-n):])
}
