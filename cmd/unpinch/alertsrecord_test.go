package main

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestRecordAlerts has a fault of each kind happen to a bot, reads its metrics before
// and after, and writes the tests of deploy/alerts.yml from them, which .ci/run
// alerts has promtool run. With -record only.
func TestRecordAlerts(t *testing.T) {
	if !*record {
		t.Skip("writes deploy/alerts_test.yml anew; run it with -record")
	}
	var text strings.Builder
	text.WriteString("# Tests of alerts.yml with metrics that the program had in real faults, written by\n# go test ./cmd/unpinch -run '^TestRecordAlerts$' -record\n" +
		"rule_files: [alerts.yml]\nevaluation_interval: 1m\ntests:\n")
	for _, f := range []struct {
		name, alert string
		happens     func(r *recording)
	}{
		{"Discord's gateway takes nobody", "UnpinchDoesNotAnswer", (*recording).noGateway},
		{"the program is gone", "UnpinchDoesNotAnswer", (*recording).gone},
		{"another program holds the database's lock", "UnpinchStorageFails", (*recording).locked},
		{"a channel is deleted before its post", "UnpinchPostsFail", (*recording).noChannel},
		{"a copy can't be opened again to look at it", "UnpinchBackupTooOld", (*recording).noBackup},
		{"three restarts within a quarter of an hour", "UnpinchRestarts", (*recording).restarts},
	} {
		r := &recording{T: t}
		f.happens(r)
		r.write(&text, f.name, f.alert)
		if f.alert == "UnpinchBackupTooOld" {
			r.age(&text)
		}
	}
	if err := os.WriteFile(filepath.Join("..", "..", "deploy", "alerts_test.yml"), []byte(text.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// A recording is what the metrics of the rules were, one time after the other.
type recording struct {
	*testing.T
	began time.Time
	taken []map[string]float64
}

// recordBegin is where in a test the first were taken: what is older has a time too.
const recordBegin = time.Hour

// ruled finds the metrics that the rules use.
var ruled = regexp.MustCompile(`(?m)^((?:unpinch_(?:ready|faults_total|disk_free_bytes|posts_total|last_backup_timestamp_seconds|failed_backups_total)|process_start_time_seconds)(?:\{[^}]*\})?) (\S+)$`)

// take reads the metrics of a bot. Instants are counted from the first time on.
func (r *recording) take(bot string) {
	r.Helper()
	if r.began.IsZero() {
		r.began = time.Now()
	}
	all := map[string]float64{"up": 1}
	for _, m := range ruled.FindAllStringSubmatch(answerOf(r.T, bot+"/metrics"), -1) {
		n, err := strconv.ParseFloat(m[2], 64)
		if err != nil {
			r.Fatal(err)
		}
		if strings.Contains(m[1], "_time") && n > 0 {
			n = recordBegin.Seconds() + n - float64(r.began.Unix())
		}
		all[m[1]] = n
	}
	if len(all) < 6 {
		r.Fatalf("the metrics are %v", all)
	}
	r.taken = append(r.taken, all)
}

// series writes the metrics as promtool reads them, and for how many samples each
// that was taken holds.
func (r *recording) series(to *strings.Builder, holds ...int) {
	names := map[string]bool{}
	for _, all := range r.taken {
		for name := range all {
			names[name] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		labels := `{job="unpinch"}`
		if bare, more, ok := strings.Cut(name, "{"); ok {
			labels = bare + `{job="unpinch",` + more
		} else {
			labels = name + labels
		}
		var values []string
		for i, times := range holds {
			value := fmt.Sprintf("_x%d", times)
			if n, ok := r.taken[i][name]; ok {
				value = fmt.Sprintf("%s+0x%d", strconv.FormatFloat(n, 'f', -1, 64), times-1)
			}
			values = append(values, value)
		}
		fmt.Fprintf(to, "      - {series: '%s', values: '%s'}\n", labels, strings.Join(values, " "))
	}
}

// write writes a test: an hour and a half of what was taken first, at whose end no
// alert fires, five minutes of each that came between, and then the last, when the
// one alert does.
func (r *recording) write(to *strings.Builder, name, alert string) {
	holds := []int{90}
	for range len(r.taken) - 2 {
		holds = append(holds, 5)
	}
	fmt.Fprintf(to, "  - name: %s\n    interval: 1m\n    input_series:\n", name)
	r.series(to, append(holds, 20)...)
	expectNone(to, "89m")
	fmt.Fprintf(to, expectOne, fmt.Sprintf("%dm", 97+5*(len(r.taken)-2)), alert)
}

// age writes a test of what was taken first, without a later copy.
func (r *recording) age(to *strings.Builder) {
	to.WriteString("  - name: no copy for two days\n    interval: 5m\n    input_series:\n")
	r.series(to, 600)
	expectNone(to, "36h")
	fmt.Fprintf(to, expectOne, "38h", "UnpinchBackupTooOld")
}

const expectOne = `      - expr: group by (alertname) (ALERTS{alertstate="firing"})
        eval_time: %s
        exp_samples: [{labels: '{alertname="%s"}', value: 1}]
`

// expectNone writes that no alert fires at a time; others may follow.
func expectNone(to *strings.Builder, at string) {
	fmt.Fprintf(to, "    promql_expr_test:\n      - {expr: 'ALERTS{alertstate=\"firing\"}', eval_time: %s, exp_samples: []}\n", at)
}

func (r *recording) noGateway() {
	g := newGym(r.T, "classes")
	r.take(g.bot.http())
	var out any
	g.post("/faults", asks{"gateway": "no_ready"}, &out)
	g.health("not ready: ")
	r.take(g.bot.http())
	g.noFaults()
	g.stop()
}

func (r *recording) gone() {
	g := newGym(r.T, "classes")
	r.take(g.bot.http())
	g.stop()
	r.taken = append(r.taken, map[string]float64{"up": 0})
}

func (r *recording) locked() {
	g := newGym(r.T, "classes")
	r.take(g.bot.http())
	g.lockOnce()
	r.take(g.bot.http())
	g.stop()
}

func (r *recording) noChannel() {
	g := newGym(r.T, "classes")
	r.take(g.bot.http())
	var out any
	g.post("/world", asks{"delete_channel": "classes"}, &out)
	g.walkTo("17:52")
	g.settle()
	r.take(g.bot.http())
	g.stop()
}

func (r *recording) noBackup() {
	g := newGym(r.T, "classes")
	g.stop()
	text, err := os.ReadFile(g.config)
	if err != nil {
		r.Fatal(err)
	}
	dir := filepath.Join(g.dir, "copies")
	if err := os.WriteFile(g.config, append(text, "[backup]\ndir = \"copies\"\n"...), 0o600); err != nil {
		r.Fatal(err)
	}
	copied := func(said string) {
		g.start()
		for limit := time.Now().Add(20 * time.Second); !strings.Contains(g.bot.log.String(), said); <-time.After(50 * time.Millisecond) {
			if time.Now().After(limit) {
				r.Fatalf("the log does not say %q:\n%s", said, g.bot.log)
			}
		}
		r.take(g.bot.http())
		g.stop()
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		r.Fatal(err)
	}
	copied("database backed up")
	for _, err := range []error{os.RemoveAll(dir), os.Mkdir(dir, 0o700), os.MkdirAll(filepath.Join(g.dir, "unpinch.db.verify", "taken"), 0o700)} {
		if err != nil {
			r.Fatal(err)
		}
	}
	copied("the database is not backed up")
}

func (r *recording) restarts() {
	g := newGarden(r.T)
	dir := r.TempDir()
	config := writeConfig(r.T, dir, g.base, "playground")
	for n := range 4 {
		log, err := os.Create(filepath.Join(dir, fmt.Sprint("log", n)))
		if err != nil {
			r.Fatal(err)
		}
		bot := exec.Command("unpinch", "run", "--config", config)
		bot.Stdout, bot.Stderr = log, log
		if err := bot.Start(); err != nil {
			r.Fatal(err)
		}
		g.ready()
		said, err := os.ReadFile(log.Name())
		if err != nil {
			r.Fatal(err)
		}
		_, addr, _ := strings.Cut(string(said), "msg=\"metrics and health\" addr=")
		addr, _, _ = strings.Cut(addr, "\n")
		<-time.After(1500 * time.Millisecond) // the instants of starts have steps of ten milliseconds
		r.take("http://" + addr)
		if err := bot.Process.Kill(); err != nil {
			r.Fatal(err)
		}
		bot.Wait() // "killed" is what it is to say
		log.Close()
	}
}
