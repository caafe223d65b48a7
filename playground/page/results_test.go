package page

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestResultsAreBoundedAndOnesOwn(t *testing.T) {
	var p resultStore
	first := p.put(result{as: "mia", channel: "general", draft: "x"})
	if got := p.get(first, "mia", "general"); got.draft != "x" {
		t.Errorf("got %+v, want what was put", got)
	}
	for _, c := range [][2]string{{"noah", "general"}, {"mia", "classes"}} {
		if got := p.get(first, c[0], c[1]); got.draft != "" {
			t.Errorf("%s in %s gets %+v", c[0], c[1], got)
		}
	}
	for i := range keptResults {
		p.put(result{as: "mia", channel: fmt.Sprint(i)})
	}
	if len(p.byKey) != keptResults || len(p.order) != keptResults || p.get(first, "mia", "general").draft != "" {
		t.Errorf("%d results are kept, want %d and the oldest gone", len(p.byKey), keptResults)
	}
}

func TestChangeEve(t *testing.T) {
	for now, want := range map[string]string{
		"2026-11-26T07:00:00Z": "2027-03-27T12:00:00Z",
		"2027-03-27T11:59:59Z": "2027-03-27T12:00:00Z",
		"2027-03-27T12:00:00Z": "2027-10-30T12:00:00Z",
		"2027-12-31T23:30:00Z": "2028-03-25T12:00:00Z",
		"2024-01-01T00:00:00Z": "2024-03-30T12:00:00Z", // the change is on the 31st
	} {
		at, err := time.Parse(time.RFC3339, now)
		if err != nil {
			t.Fatal(err)
		}
		if got := changeEve(at).Format(time.RFC3339); got != want {
			t.Errorf("from %s: %s, want %s", now, got, want)
		}
	}
}

// TestCountStaysWithItsDoor: what the owner's door counted is there after what is done
// meanwhile, as anyone and anywhere.
func TestCountStaysWithItsDoor(t *testing.T) {
	api := http.NewServeMux()
	for path, answer := range map[string]string{
		"GET /state":    `{"users":[{"id":"1","name":"mia"},{"id":"2","name":"olga"}],"channels":[{"id":"4","name":"training","guild_id":"7","viewers":["1","2"]}]}`,
		"GET /messages": `[]`, "GET /clock": `{"now":"2026-10-19T16:40:00Z"}`, "POST /clock": `{"now":"2026-10-19T16:50:00Z"}`,
	} {
		api.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, answer) })
	}
	p := New(api, func() Pulse { return Pulse{} }, Options{Home: "training"})
	key := p.results.put(result{as: "olga", channel: "training", door: "owner.3", counted: [2]database{{Fingerprint: "abc"}}})
	mux := http.NewServeMux()
	p.Mount(mux)
	at := result{as: "mia", channel: "training", door: "owner.3", count: key}.address("")
	req := httptest.NewRequest(http.MethodPost, "/page/clock", strings.NewReader(url.Values{"as": {"mia"}, "channel": {"training"}, "door": {"owner.3"}, "count": {key}, "step": {"10m"}}.Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	pressed := httptest.NewRecorder()
	mux.ServeHTTP(pressed, req)
	for _, to := range []string{at, pressed.Header().Get("Location")} {
		shown := httptest.NewRecorder()
		mux.ServeHTTP(shown, httptest.NewRequest(http.MethodGet, to, nil))
		if page := shown.Body.String(); !strings.Contains(page, "fingerprint abc") || !strings.Contains(page, `name="count" value="`+key) {
			t.Errorf("%q shows no count: %s", to, page)
		}
	}
}
