package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"unpinch/backup"
	"unpinch/figure"
	"unpinch/playground"
	"unpinch/playground/openapi"
	"unpinch/store"
	"unpinch/store/fresh"
)

// A garden is a playground with the control API as scripts use it.
type garden struct {
	t    testing.TB
	base string
}

// newGarden serves a playground. Every request that the bot makes there is
// checked against Discord's schema, where that is at hand.
func newGarden(t *testing.T) garden {
	t.Helper()
	schema := openapi.ForTest(t)
	p, err := playground.New(playground.Options{Now: time.Now, Check: func(method, path, contentType string, body []byte) {
		if err := schema.Check(method, path, contentType, body); err != nil {
			t.Errorf("Discord's schema refuses %s %s: %v", method, path, err)
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(p)
	t.Cleanup(func() {
		p.Close()
		s.Close()
	})
	return garden{t, s.URL}
}

// answer is what the control API says of one interaction.
type answer struct {
	Interaction struct{ Outcome string }
	Messages    []message
	Error       *struct{ Code, Text string }
}

type message struct {
	ID   string
	View struct {
		Text    string
		Buttons []button
		Selects []struct {
			CustomID string `json:"custom_id"`
			Options  []struct{ Label, Value string }
		}
		Files   []struct{ Name, URL string }
		Images  []struct{ URL, Alt string }
		OnlyFor string `json:"only_for"`
	}
}

type button struct {
	Label    string
	CustomID string `json:"custom_id"`
	URL      string
}

// post calls the control API and returns the status.
func (g garden) post(path string, in, out any) int {
	g.t.Helper()
	body, err := json.Marshal(in)
	if err != nil {
		g.t.Fatal(err)
	}
	resp, err := http.Post(g.base+path, "application/json", bytes.NewReader(body))
	if err != nil {
		g.t.Fatal(err)
	}
	defer resp.Body.Close()
	if err := json.NewDecoder(resp.Body).Decode(out); err != nil {
		g.t.Fatalf("POST %s: %v", path, err)
	}
	return resp.StatusCode
}

func (g garden) get(path string) string {
	g.t.Helper()
	resp, err := http.Get(g.base + path)
	if err != nil {
		g.t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != 200 {
		g.t.Fatalf("GET %s: HTTP %d, %v", path, resp.StatusCode, err)
	}
	return string(b)
}

type asks = map[string]any

// command runs a slash command and returns the one message it answered with.
func (g garden) command(in asks) message {
	g.t.Helper()
	return g.one("/command", in)
}

// press clicks a button by its label.
func (g garden) press(as, msg, label string, values ...string) message {
	g.t.Helper()
	in := asks{"as": as, "message": msg, "label": label}
	if len(values) > 0 {
		in = asks{"as": as, "message": msg, "custom_id": label, "values": values}
	}
	return g.one("/click", in)
}

func (g garden) one(path string, in asks) message {
	g.t.Helper()
	var a answer
	if status := g.post(path, in, &a); status != 200 || len(a.Messages) != 1 || a.Error != nil {
		g.t.Fatalf("POST %s %v: HTTP %d, %+v", path, in, status, a)
	}
	return a.Messages[0]
}

// log is a log that a bot writes and a test reads.
type log struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// A running is a bot that run has started.
type running struct {
	t      *testing.T
	cancel context.CancelFunc
	done   chan int
	log    *log
}

// writeConfig writes a configuration for the garden, beside a store in which
// nothing is, and returns its path.
func writeConfig(t *testing.T, dir, base, token string) string {
	t.Helper()
	path := filepath.Join(dir, "config.toml")
	text := fmt.Sprintf("[discord]\ntoken = %q\napi_url = %q\n[operator]\nname = \"Iron Garden\"\ncontact = \"help@iron.example\"\nprivacy_url = \"https://iron.example/privacy\"\n"+
		"[store]\npath = \"unpinch.db\"\n[log]\nlevel = \"debug\"\n[http]\naddr = \"127.0.0.1:0\"\n[dev]\nclock_url = %q\n", token, base+"/api/v10", base+"/clock")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	fresh.Put(t, filepath.Join(dir, "unpinch.db"))
	return path
}

// run starts the bot as the command line would, and waits until it is ready.
func run(t *testing.T, config string) *running {
	t.Helper()
	return runAt(t, config, time.Now)
}

// runAt is run on a computer whose clock may be wrong.
func runAt(t *testing.T, config string, now func() time.Time) *running {
	t.Helper()
	return runOn(t, config, program{now: now})
}

// runOn is run on a computer whose clock and disk may be bad.
func runOn(t *testing.T, config string, p program) *running {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	r := &running{t: t, cancel: cancel, done: make(chan int, 1), log: &log{}}
	pr, pw := io.Pipe()
	p.out, p.errOut, p.figures = io.Discard, io.MultiWriter(r.log, pw), &figure.Album{}
	go func() {
		r.done <- p.main(ctx, []string{"run", "--config", config})
		pw.Close()
	}()
	ready := make(chan struct{})
	go func() {
		lines := bufio.NewScanner(pr)
		for lines.Scan() {
			if strings.Contains(lines.Text(), "msg=ready") {
				close(ready)
			}
		}
	}()
	t.Cleanup(func() { cancel() })
	select {
	case <-ready:
	case code := <-r.done:
		t.Fatalf("the bot ended with %d before it was ready:\n%s", code, r.log)
	case <-time.After(20 * time.Second):
		t.Fatalf("the bot is not ready:\n%s", r.log)
	}
	return r
}

// stop ends the bot cleanly.
func (r *running) stop() {
	r.t.Helper()
	r.cancel()
	if code := <-r.done; code != 0 {
		r.t.Errorf("a clean stop exited with %d:\n%s", code, r.log)
	}
}

// dump is all that the bot has written down.
func dump(t *testing.T, dir string) string {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(dir, "unpinch.db"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	text, err := db.Dump(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return bucketRows.ReplaceAllString(text, "$1")
}

// bucketRows are the rows that count what is limited. They stay a while whatever
// is forgotten, name nobody, and go by themselves.
var bucketRows = regexp.MustCompile(`(?m)^(buckets .*\n)(?:  .*\n)*`)

// TestPinchedFromEndToEnd is the main job: the private check, through a real
// gateway and real HTTP, with a restart in the middle, and nothing left behind.
func TestPinchedFromEndToEnd(t *testing.T) {
	t.Parallel()
	g, dir := newGarden(t), t.TempDir()
	config := writeConfig(t, dir, g.base, "playground")
	bot := run(t, config)
	bot.stop()
	before := dump(t, dir)

	bot = run(t, config)
	card := g.command(asks{"as": "mia", "channel": "general", "name": "pinched", "options": asks{"area": "neck"}})
	if !strings.Contains(card.View.Text, "Call now if you have one of these") || card.View.OnlyFor == "" {
		t.Fatalf("card 1 is %+v", card.View)
	}
	if seen := g.get("/messages?channel=general&as=noah"); strings.Contains(seen, "have one of these") {
		t.Error("noah sees mia's card")
	}
	if soon := g.press("mia", card.ID, "None of these"); !strings.Contains(soon.View.Text, "Be seen today or tomorrow if you have one of these") {
		t.Errorf("card 2 is %+v", soon.View)
	}
	next := g.press("mia", card.ID, "None of these")
	if next.ID != card.ID || !strings.HasPrefix(next.View.Text, "You pressed None of these twice. That rules nothing out.") {
		t.Errorf("card 2 is %q", next.View.Text)
	}
	for _, label := range strings.Split("First days,Back,Nerve or muscle?,Sources,Back,Back,Back to lifting,Report a mistake,Back,Back,"+
		"More,What to tell the clinic,Back,Under 18 or pregnant,Back,Back,Back,Sources,More sources,Back,"+
		"Report a mistake,Back", ",") {
		g.press("mia", card.ID, label)
	}
	again := g.command(asks{"as": "mia", "channel": "general", "name": "pinched", "options": asks{"area": "neck"}})
	stop := g.press("mia", again.ID, "One of these, or not sure")
	for _, want := range []string{"112", "911", "999", "### "} {
		if !strings.Contains(stop.View.Text, want) {
			t.Errorf("the stop card lacks %q: %s", want, stop.View.Text)
		}
	}
	far := g.press("mia", again.ID, stop.View.Selects[0].CustomID, "+10")
	if gb := g.press("mia", again.ID, far.View.Selects[0].CustomID, "GB"); strings.Contains(gb.View.Text, "911") || !strings.Contains(gb.View.Text, "999") {
		t.Errorf("Britain's stop card reads %q", gb.View.Text)
	}
	var refused map[string]any
	if status := g.post("/click", asks{"as": "noah", "message": card.ID, "label": "Back"}, &refused); status == 200 {
		t.Error("noah pressed a button on a card that only mia sees")
	}
	for _, where := range []asks{{"as": "mia", "channel": "dm", "name": "pinched"}, {"as": "mia", "guild": "quiet-room", "channel": quietChannel(g), "name": "pinched"}} {
		menu := g.command(where)
		if len(menu.View.Selects) != 1 || menu.View.OnlyFor == "" {
			t.Errorf("%v: the menu is %+v", where, menu.View)
		}
		if signs := g.press("mia", menu.ID, menu.View.Selects[0].CustomID, "neck"); !strings.Contains(signs.View.Text, "have one of these") {
			t.Errorf("the menu led to %q", signs.View.Text)
		}
	}
	for _, label := range []string{"Under 18 or pregnant", "Sources", "Back", "Back", "Sources", "Back"} {
		if c := g.press("mia", again.ID, label); strings.Contains(c.View.Text, "None of these") {
			t.Errorf("from the stop card %q led to the other answer's card", label)
		}
	}
	metrics := g.metrics(bot)
	bot.stop()
	if after := dump(t, dir); after != before {
		t.Errorf("the run was written down:\n%s", after)
	}

	second := run(t, config)
	old := g.press("mia", card.ID, "Back")
	if old.ID != card.ID {
		t.Errorf("after a restart the old button answered %+v", old)
	}
	second.stop()
	silent(t, bot.log.String()+second.log.String(), metrics)
	onlyDiscreet(t, metrics)
}

// onlyDiscreet checks that nothing was counted but under the name of all that is
// discreet, which may wait for the quarter of an hour to be over.
func onlyDiscreet(t *testing.T, metrics string) {
	t.Helper()
	for _, m := range regexp.MustCompile(`binding="([^"]*)"`).FindAllStringSubmatch(metrics, -1) {
		if m[1] != "discreet" {
			t.Errorf("the metrics count %s", m[1])
		}
	}
}

// TestEveryAreaLeavesNothingBehind opens each of the nine areas from the menu,
// gives both answers and turns to another country. The database, a copy of it made
// meanwhile, the log and the metrics tell nothing of it.
func TestEveryAreaLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	g, dir := newGarden(t), t.TempDir()
	config := writeConfig(t, dir, g.base, "playground")
	bot := run(t, config)
	bot.stop()
	before := dump(t, dir)

	bot = run(t, config)
	areas := strings.Split("neck,shoulder_upper_back,elbow,wrist_hand,mid_back,low_back,buttock_hip,thigh,knee_foot", ",")
	for _, area := range areas {
		card := g.command(asks{"as": "mia", "channel": "general", "name": "pinched"})
		signs := g.press("mia", card.ID, card.View.Selects[0].CustomID, area)
		if !strings.Contains(signs.View.Text, "Call now if you have one of these") || signs.View.OnlyFor == "" {
			t.Errorf("%s: card 1 is %+v", area, signs.View)
		}
		g.press("mia", card.ID, "None of these")
		if next := g.press("mia", card.ID, "None of these"); !strings.Contains(next.View.Text, "rules nothing out") {
			t.Errorf("%s: card 2 is %q", area, next.View.Text)
		}
		g.press("mia", card.ID, "Back")
		stop := g.press("mia", card.ID, "One of these, or not sure")
		portugal := func(o struct{ Label, Value string }) bool { return o.Label == "Portugal" }
		for page := 2; !slices.ContainsFunc(stop.View.Selects[0].Options, portugal); page++ {
			stop = g.press("mia", card.ID, stop.View.Selects[0].CustomID, "+"+strconv.Itoa(page))
		}
		stop = g.press("mia", card.ID, stop.View.Selects[0].CustomID, "PT")
		if !strings.Contains(stop.View.Text, "808 24 24 24") {
			t.Errorf("%s: Portugal's stop card reads %q", area, stop.View.Text)
		}
	}
	metrics, copied := g.metrics(bot), copyOf(t, config)
	bot.stop()
	for where, after := range map[string]string{"the database": dump(t, dir), "a copy made meanwhile": copied} {
		if after != before {
			t.Errorf("the run was written into %s:\n%s", where, after)
		}
		t.Logf("%d areas opened and answered; %s holds the %d lines that it held before, and no other", len(areas), where, strings.Count(before, "\n"))
	}
	silent(t, bot.log.String(), metrics)
	for _, area := range append(areas, "PT", "Portugal") {
		if strings.Contains(bot.log.String(), area) || strings.Contains(metrics, area) {
			t.Errorf("logs or metrics name %s", area)
		}
	}
	t.Logf("neither the %d lines of the log nor the %d metrics name an area, an answer or a country", strings.Count(bot.log.String(), "\n"), strings.Count(metrics, "\n"))
}

// copyOf has the program copy a database that is in use, and returns the copy's dump.
func copyOf(t *testing.T, config string) string {
	t.Helper()
	dir := t.TempDir()
	out := filepath.Join(dir, "copy.db.gz")
	if code := (program{out: io.Discard, errOut: os.Stderr, now: time.Now}).main(t.Context(), []string{"backup", "--config", config, "--out", out}); code != 0 {
		t.Fatalf("backup exits with %d", code)
	}
	if _, err := backup.Extract(out, filepath.Join(dir, "unpinch.db"), nil); err != nil {
		t.Fatal(err)
	}
	return dump(t, dir)
}

// silent fails when logs or metrics carry what was looked up or pressed.
func silent(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range texts {
		for _, word := range []string{"neck", "signs", "stop/", "next/", "first_days", "numb", "tingl", "None of", "One of", "GB", "days/"} {
			if strings.Contains(text, word) {
				t.Errorf("logs or metrics say %q:\n%s", word, text)
			}
		}
	}
}

// metrics scrapes the bot's own metrics; its log says where.
func (g garden) metrics(r *running) string {
	g.t.Helper()
	var ours []string
	for line := range strings.Lines(garden{g.t, r.http()}.get("/metrics")) {
		if strings.HasPrefix(line, "unpinch_") {
			ours = append(ours, line)
		}
	}
	return strings.Join(ours, "")
}

// http is the address of the bot's own metrics and health.
func (r *running) http() string {
	r.t.Helper()
	_, rest, ok := strings.Cut(r.log.String(), "msg=\"metrics and health\" addr=")
	if !ok {
		r.t.Fatalf("the log does not say where the metrics are:\n%s", r.log)
	}
	addr, _, _ := strings.Cut(rest, "\n")
	return "http://" + addr
}

// TestHealthFollowsTheConnection: whatever watches the bot learns that it is
// away, and why, and that it lives.
func TestHealthFollowsTheConnection(t *testing.T) {
	t.Parallel()
	g := newGarden(t)
	bot := run(t, writeConfig(t, t.TempDir(), g.base, "playground"))
	get := func(path string) (int, string) {
		t.Helper()
		resp, err := http.Get(bot.http() + path)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		said, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return resp.StatusCode, string(said)
	}
	health := func(want int, words string) {
		t.Helper()
		tick := time.NewTicker(10 * time.Millisecond)
		defer tick.Stop()
		limit := time.After(20 * time.Second)
		for {
			status, said := get("/health")
			if status == want && strings.HasPrefix(said, words) {
				return
			}
			select {
			case <-tick.C:
			case <-limit:
				t.Fatalf("health is %d %q, want %d %q", status, said, want, words)
			}
		}
	}
	health(200, "ready")
	var out any
	g.post("/faults", asks{"gateway": "no_ready"}, &out)
	health(503, "not ready: waiting for RESUMED (for ")
	if status, said := get("/health/live"); status != 200 {
		t.Errorf("while Discord is away /health/live is %d %q", status, said)
	}
	req, err := http.NewRequest(http.MethodDelete, g.base+"/faults", nil)
	if err != nil {
		t.Fatal(err)
	}
	if resp, err := http.DefaultClient.Do(req); err != nil || resp.Body.Close() != nil {
		t.Fatal(err)
	}
	bot.stop()
}

// TestRestartsResume: one login is enough for many starts on one database.
func TestRestartsResume(t *testing.T) {
	t.Parallel()
	g := newGarden(t)
	config := writeConfig(t, t.TempDir(), g.base, "playground")
	for range 3 {
		bot := run(t, config)
		g.command(asks{"as": "mia", "channel": "general", "name": "pinched"})
		bot.stop()
	}
	req, err := http.NewRequest(http.MethodGet, g.base+"/api/v10/gateway/bot", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bot playground")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var said struct {
		Limit struct{ Total, Remaining int } `json:"session_start_limit"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&said); err != nil || said.Limit.Total-said.Limit.Remaining != 1 {
		t.Errorf("of %d logins %d are left, want one to be gone; %v", said.Limit.Total, said.Limit.Remaining, err)
	}
}

// quietChannel returns the channel of the server that the bot isn't in.
func quietChannel(g garden) string {
	g.t.Helper()
	var state struct {
		Guilds   []struct{ ID, Name string }
		Channels []struct {
			ID    string
			Guild string `json:"guild_id"`
		}
	}
	if err := json.Unmarshal([]byte(g.get("/state")), &state); err != nil {
		g.t.Fatal(err)
	}
	for _, guild := range state.Guilds {
		for _, c := range state.Channels {
			if guild.Name == "quiet-room" && c.Guild == guild.ID {
				return c.ID
			}
		}
	}
	g.t.Fatal("there is no quiet-room")
	return ""
}

// TestMeFromEndToEnd agrees, exports and forgets through Discord's own doors.
func TestMeFromEndToEnd(t *testing.T) {
	t.Parallel()
	g, dir := newGarden(t), t.TempDir()
	config := writeConfig(t, dir, g.base, "playground")
	bot := run(t, config)
	bot.stop()
	before := dump(t, dir)
	bot = run(t, config)
	me := func(sub string) message {
		return g.command(asks{"as": "mia", "channel": "general", "name": "me " + sub})
	}
	card := me("privacy")
	g.press("mia", card.ID, "Let Unpinch remember me")
	kept := g.press("mia", card.ID, "I agree, and I am 16 or older, or my parent agrees")
	if !strings.Contains(kept.View.Text, "that you agreed on") {
		t.Errorf("after agreeing: %q", kept.View.Text)
	}
	export := me("export")
	if len(export.View.Files) != 1 || export.View.OnlyFor == "" {
		t.Fatalf("the export is %+v", export.View)
	}
	file := g.get(strings.TrimPrefix(export.View.Files[0].URL, g.base))
	if !strings.Contains(file, `"consent_version"`) {
		t.Errorf("the export reads %s", file)
	}
	if done := me("forget"); !strings.Contains(done.View.Text, "deleted the one entry") {
		t.Errorf("forget said %q", done.View.Text)
	}
	if none := me("forget"); !strings.Contains(none.View.Text, "nothing to delete") {
		t.Errorf("a second forget said %q", none.View.Text)
	}
	bot.stop()
	if after := dump(t, dir); after != before {
		t.Errorf("something is left:\n%s", after)
	}
}

func TestARefusedTokenEndsRun(t *testing.T) {
	t.Parallel()
	g := newGarden(t)
	var errOut log
	p := program{out: io.Discard, errOut: &errOut, now: time.Now}
	if code := p.main(t.Context(), []string{"run", "--config", writeConfig(t, t.TempDir(), g.base, "wrong")}); code != exitFailed {
		t.Errorf("exit code %d, want %d", code, exitFailed)
	}
	lines := strings.Split(strings.TrimSpace(errOut.String()), "\n")
	if got := lines[len(lines)-1]; !strings.HasPrefix(got, "unpinch: the bot token is refused by Discord; put the right one in") {
		t.Errorf("the last line reads %q", got)
	}
}

func TestDemo(t *testing.T) {
	t.Parallel()
	g, stop := demo(t)
	if page := g.get("/"); !strings.Contains(page, "<html") {
		t.Errorf("the page is %.100q", page)
	}
	if card := g.command(asks{"as": "mia", "channel": "general", "name": "pinched"}); len(card.View.Selects) != 1 {
		t.Errorf("/pinched answered %+v", card.View)
	}
	var second log
	addr := strings.TrimPrefix(g.base, "http://")
	if code := (program{out: io.Discard, errOut: &second, now: time.Now}).main(t.Context(), []string{"playground", "--addr", addr}); code != exitFailed {
		t.Errorf("a second program on the port exited with %d", code)
	}
	if want := "unpinch: " + addr + " is in use by another program"; !strings.HasPrefix(second.String(), want) {
		t.Errorf("it said %q, want %q", second.String(), want)
	}
	stop()
}

// TestPlaygroundBeyondTheLoopback: told to listen everywhere, it is reached at
// every address of this computer, and still under no other name.
func TestPlaygroundBeyondTheLoopback(t *testing.T) {
	t.Parallel()
	p := program{out: io.Discard, errOut: io.Discard, now: time.Now}
	_, base, stop, err := p.startPlayground("0.0.0.0:0", playground.Options{Token: demoToken})
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	if !strings.HasPrefix(base, "http://127.0.0.1:") {
		t.Errorf("it is said to be at %s", base)
	}
	for host, want := range map[string]int{"": 200, "localhost": 200, "evil.example": 403} {
		req, err := http.NewRequest(http.MethodGet, base+"/state", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Host = host
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != want {
			t.Errorf("as %q it answers %d, want %d", host, resp.StatusCode, want)
		}
	}
	for _, host := range ownHosts() {
		req, err := http.NewRequest(http.MethodGet, base+"/state", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Host = net.JoinHostPort(host, "80")
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != 200 {
			t.Errorf("as this computer's own %q it answers %d", host, resp.StatusCode)
		}
	}
}
