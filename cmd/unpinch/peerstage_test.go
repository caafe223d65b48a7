package main

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"unpinch/playground"
	"unpinch/schedule"
	"unpinch/store"
)

// peerToken begins with the id of the playground's application, in base64, as
// Discord's do: disgo reads it there.
const peerToken = "MTMyNTc1MDcwNzgxNDQwMDAwMA.peers.token"

// A stage is a playground for one bot. It notes when the bot's answers and posts
// arrive.
type stage struct {
	b     *testing.B
	bot   racer
	dir   string
	world http.Handler
	base  string
	gyms  []floodGuild
	pid   int
	cmd   *exec.Cmd
	quit  []func() // what ends it

	mu       sync.Mutex
	answered map[string]time.Time // by interaction
	posts    []arrival
	arrives  func() // at each post, before it counts; nil for nothing
}

// An arrival is a post that the playground took.
type arrival struct {
	channel, message string
	at               time.Time
}

func newStage(b *testing.B, bot racer, guilds int) *stage {
	b.Helper()
	p, err := playground.New(playground.Options{Token: peerToken, Now: time.Now})
	if err != nil {
		b.Fatal(err)
	}
	s := &stage{b: b, bot: bot, dir: b.TempDir(), world: p, answered: map[string]time.Time{}}
	server := httptest.NewServer(http.HandlerFunc(s.serve))
	s.base = server.URL
	s.quit = append(s.quit, func() { p.Close(); server.Close() }, s.kill)
	b.Cleanup(s.close)
	var world struct {
		Channels []struct {
			ID      string `json:"id"`
			GuildID string `json:"guild_id"`
			Name    string
		}
	}
	s.ask("/world", asks{"add_guilds": guilds}, &world)
	for _, c := range world.Channels {
		if strings.HasPrefix(c.Name, "gym-") {
			s.gyms = append(s.gyms, floodGuild{c.GuildID, c.ID})
		}
	}
	return s
}

// close ends the bot and its playground; a second close does nothing.
func (s *stage) close() {
	for i := len(s.quit) - 1; i >= 0; i-- {
		s.quit[i]()
	}
	s.quit = nil
}

// serve is the playground, and notes what arrives.
func (s *stage) serve(w http.ResponseWriter, r *http.Request) {
	path := strings.Split(r.URL.Path, "/")
	switch {
	case r.Method == http.MethodPost && len(path) == 7 && path[6] == "callback":
		s.mu.Lock()
		s.answered[path[4]] = time.Now()
		s.mu.Unlock()
	case r.Method == http.MethodPost && len(path) == 6 && path[5] == "messages" && path[3] == "channels":
		s.post(path[4], w, r)
		return
	}
	s.world.ServeHTTP(w, r)
}

func (s *stage) post(channel string, w http.ResponseWriter, r *http.Request) {
	at := time.Now()
	s.mu.Lock()
	arrives := s.arrives
	s.mu.Unlock()
	if arrives != nil {
		arrives()
	}
	answer := httptest.NewRecorder()
	s.world.ServeHTTP(answer, r)
	var m struct{ ID string }
	if json.Unmarshal(answer.Body.Bytes(), &m) == nil && answer.Code == http.StatusOK {
		s.mu.Lock()
		s.posts = append(s.posts, arrival{channel, m.ID, at})
		s.mu.Unlock()
	}
	for key, values := range answer.Header() {
		w.Header()[key] = values
	}
	w.WriteHeader(answer.Code)
	w.Write(answer.Body.Bytes())
}

// arrived returns the posts so far, one for each message: a send that a nonce
// makes a second look at the first is none.
func (s *stage) arrived() []arrival {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []arrival
	seen := map[string]bool{}
	for _, a := range s.posts {
		if !seen[a.message] {
			seen[a.message] = true
			all = append(all, a)
		}
	}
	return all
}

// ask uses the control API, without the wire, and returns the status.
func (s *stage) ask(path string, in, out any) int {
	body, err := json.Marshal(in)
	if err != nil {
		s.b.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, s.base+path, bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	s.world.ServeHTTP(w, r)
	if err := json.Unmarshal(w.Body.Bytes(), out); err != nil {
		s.b.Errorf("POST %s: HTTP %d, %v", path, w.Code, err)
	}
	return w.Code
}

// play makes an interaction and returns the message that came of it, and how
// many milliseconds it took until the answer's head was here.
func (s *stage) play(path string, in asks) (message string, took float64, answered bool) {
	var a struct {
		Interaction struct{ ID, Outcome string }
		Messages    []struct{ ID string }
	}
	began := time.Now()
	s.ask(path, in, &a)
	s.mu.Lock()
	at := s.answered[a.Interaction.ID]
	delete(s.answered, a.Interaction.ID)
	s.mu.Unlock()
	if a.Interaction.Outcome != "answered" {
		return "", 0, false
	}
	if len(a.Messages) > 0 {
		message = a.Messages[0].ID
	}
	return message, float64(at.Sub(began).Microseconds()) / 1000, true
}

// pinched is the command that all bots answer with a card and two buttons.
func (s *stage) pinched() (message string, took float64, answered bool) {
	return s.play("/command", asks{"as": "mia", "channel": "general", "name": "pinched", "options": asks{"area": "neck"}})
}

// start starts the bot.
func (s *stage) start() {
	s.b.Helper()
	if s.bot.env == nil {
		s.cmd = exec.Command(s.bot.binary, "run", "--config", s.config())
		s.cmd.Env = slices.DeleteFunc(os.Environ(), func(e string) bool { return strings.HasPrefix(e, "UNPINCH_") }) // as it refuses UNPINCH_PEERS
	} else {
		s.cmd = exec.Command(s.bot.binary)
		s.cmd.Env = append(os.Environ(), append([]string{"API=" + s.base + "/api/v10", "TOKEN=" + peerToken, "DB=" + s.db()}, s.bot.env...)...)
	}
	log, err := os.OpenFile(s.log(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		s.b.Fatal(err)
	}
	defer log.Close()
	s.cmd.Stdout, s.cmd.Stderr = log, log
	if err := s.cmd.Start(); err != nil {
		s.b.Fatal(err)
	}
	s.pid = s.cmd.Process.Pid
}

func (s *stage) db() string { return filepath.Join(s.dir, "bot.db") }

func (s *stage) log() string { return filepath.Join(s.dir, "log") }

func (s *stage) config() string {
	path := filepath.Join(s.dir, "config.toml")
	text := fmt.Sprintf("[discord]\ntoken = %q\napi_url = %q\n[operator]\nname = \"n\"\ncontact = \"c\"\nprivacy_url = \"https://x.example/p\"\n"+
		"[store]\npath = \"bot.db\"\n", peerToken, s.base+"/api/v10")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		s.b.Fatal(err)
	}
	return path
}

// kill ends the bot at once, if it runs.
func (s *stage) kill() {
	if s.cmd != nil {
		s.cmd.Process.Kill()
		s.cmd.Wait()
		s.cmd = nil
	}
}

// ready waits until the bot answers, and returns how many seconds that took.
func (s *stage) ready() float64 {
	s.b.Helper()
	for began := time.Now(); ; <-time.After(2 * time.Millisecond) {
		if _, _, answered := s.pinched(); answered {
			return time.Since(began).Seconds()
		}
		if time.Since(began) > time.Minute {
			s.b.Fatalf("%s answers nothing; its log ends:\n%s", s.bot.name, tail(s.log(), 2000))
		}
	}
}

// cpu is the processor time that the bot has used, in seconds: a hundredth is
// the smallest step.
func (s *stage) cpu() float64 {
	s.b.Helper()
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.pid))
	if err != nil {
		s.b.Fatal(err)
	}
	_, after, _ := strings.Cut(string(data), ") ")
	fields := strings.Fields(after)
	user, err1 := strconv.Atoi(fields[11])
	system, err2 := strconv.Atoi(fields[12])
	if err1 != nil || err2 != nil {
		s.b.Fatalf("read %q: %v, %v", data, err1, err2)
	}
	return float64(user+system) / 100
}

// settle waits until the bot has used no processor time for two seconds.
func (s *stage) settle() {
	s.b.Helper()
	limit := time.Now().Add(30 * time.Second)
	for used, since := s.cpu(), time.Now(); time.Since(since) < 2*time.Second && time.Now().Before(limit); <-time.After(100 * time.Millisecond) {
		if now := s.cpu(); now > used {
			used, since = now, time.Now()
		}
	}
}

// memory is what of the bot is in RAM, in MB.
func (s *stage) memory() float64 {
	s.b.Helper()
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.pid))
	if err != nil {
		s.b.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		if kb, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			n, _ := strconv.ParseFloat(strings.Fields(kb)[0], 64)
			return n / 1024
		}
	}
	return 0
}

// timetable gives each gym a class whose posts are due at those minutes each day.
func (s *stage) timetable(due ...time.Time) {
	s.b.Helper()
	if s.bot.env == nil {
		s.classes(due)
		return
	}
	// It makes its tables, finds nobody at this address, and ends.
	first := exec.CommandContext(s.b.Context(), s.bot.binary)
	first.Env = append(os.Environ(), append([]string{"API=http://127.0.0.1:1/api/v10", "TOKEN=" + peerToken, "DB=" + s.db()}, s.bot.env...)...)
	if out, err := first.CombinedOutput(); err == nil {
		s.b.Fatalf("%s found Discord where there is none\n%s", s.bot.name, out)
	}
	s.fill(func(tx *sql.Tx) error {
		for _, g := range s.gyms {
			for _, at := range due {
				if _, err := tx.Exec(`INSERT INTO classes (guild_id, channel_id, cron, title, last_due) VALUES (?, ?, ?, 'Barbell', ?)`,
					g.id, g.channel, fmt.Sprintf("%d %d * * *", at.Minute(), at.Hour()), time.Now().UnixMilli()); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func (s *stage) classes(due []time.Time) {
	s.b.Helper()
	const lead = 10 * time.Minute
	text := "daily"
	for _, at := range due {
		text += at.Add(lead).Format(" 15:04")
	}
	rule, err := schedule.Parse(text)
	if err != nil {
		s.b.Fatal(err)
	}
	db, err := store.Open(s.b.Context(), s.db(), store.Options{NoCaps: true})
	if err != nil {
		s.b.Fatal(err)
	}
	defer db.Close()
	now := time.Now()
	for _, g := range s.gyms {
		p := schedule.Place{GuildID: g.id, Name: "Gym", Zone: "Etc/UTC", ChannelID: g.channel, CreatedAt: now}
		if p.ID, err = db.SavePlace(s.b.Context(), p, schedule.By{At: now}); err != nil {
			s.b.Fatal(err)
		}
		batch, err := db.AddDrafts(s.b.Context(), 0, []schedule.Series{{Place: p, Title: "Barbell", Rule: rule, Length: time.Hour, ChannelID: g.channel,
			Lead: lead, CreatedAt: now, DraftUntil: now.Add(time.Hour)}})
		if err == nil {
			_, err = db.SaveDrafts(s.b.Context(), batch, schedule.By{At: now})
		}
		if err != nil {
			s.b.Fatal(err)
		}
	}
}

// million gives our bot 1,000,000 classes of a server that it is in, due in a year.
func (s *stage) million() {
	s.b.Helper()
	db, err := store.Open(s.b.Context(), s.db(), store.Options{NoCaps: true})
	if err != nil {
		s.b.Fatal(err)
	}
	if err := db.Close(); err != nil {
		s.b.Fatal(err)
	}
	s.fill(func(tx *sql.Tx) error {
		now := time.Now()
		for _, query := range []string{
			fmt.Sprintf(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)
INSERT INTO places (id, guild_id, name, zone, channel_id, created_at) SELECT i, '%s', 'Hall ' || i, 'Europe/Lisbon', 'c' || i, 1 FROM n`, s.gyms[0].id),
			`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000)
INSERT INTO classes (id, place_id, title, rule, length_s, channel_id, lead_s, cool_down, created_at)
SELECT i, 1 + i % 50000, '', 'mon wed fri 18:00', 3600, 'c' || i, 600, 0, 1 FROM n`,
			fmt.Sprintf(`INSERT INTO class_posts (class_id, kind, accounted_to, next_run_at) SELECT id, 'pre', %d, %d FROM classes`,
				now.Unix(), now.AddDate(1, 0, 0).Unix()),
		} {
			if _, err := tx.Exec(query); err != nil {
				return err
			}
		}
		return nil
	})
}

// fill writes to the bot's database while no bot has it.
func (s *stage) fill(write func(*sql.Tx) error) {
	s.b.Helper()
	db, err := sql.Open("sqlite", "file:"+s.db())
	if err != nil {
		s.b.Fatal(err)
	}
	defer db.Close()
	tx, err := db.Begin()
	if err != nil {
		s.b.Fatal(err)
	}
	defer tx.Rollback()
	if err := write(tx); err != nil {
		s.b.Fatal(err)
	}
	if err := tx.Commit(); err != nil {
		s.b.Fatal(err)
	}
}
