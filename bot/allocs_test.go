package bot

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"
)

// allocsMost is how many allocations the way of a command and of a press may take,
// from the event to the encoded request, with what its handler says left out.
const allocsMost = 150

// A press that brings a long message costs no more allocations than a command.
func TestAllocationsOfAnAnswer(t *testing.T) {
	tr := newTestRouter(t, reply("hello"))
	tr.router.log = slog.New(slog.DiscardHandler)
	taken := roundTrip(func(r *http.Request) (*http.Response, error) {
		_, err := io.Copy(io.Discard, r.Body)
		return &http.Response{StatusCode: http.StatusNoContent, Header: http.Header{}, Body: http.NoBody, Request: r}, err
	})
	way, err := newTransport(taken, "http://127.0.0.1/api/v10", "t", time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	rest := newClient(way)
	press := button("page2:1", "7", "7")
	long := strings.Replace(press, `"message":{`, `"message":{"components":[`+strings.Repeat(`{"type":10,"content":"x"},`, 100)+`{}],`, 1)
	if long == press {
		t.Fatalf("the press brings no message: %s", press)
	}
	for name, in := range map[string]string{"command": command("private"), "press": press, "press with its long message": long} {
		raw := json.RawMessage(in)
		got := testing.AllocsPerRun(50, func() {
			tr.forget()
			tr.handle(context.Background(), rest, raw, false)
		})
		t.Logf("%s: %v allocations", name, got)
		if got < 10 || got > allocsMost {
			t.Errorf("%s: got %v allocations, want %d at most", name, got, allocsMost)
		}
	}
}
