package openapi

import (
	"bytes"
	"errors"
	"mime/multipart"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// needSchema skips a test where Discord's file is not to be had.
func needSchema(t *testing.T) *Schema {
	t.Helper()
	s := ForTest(t)
	if s == nil {
		t.Skip("Discord's schema is not here; requests are not checked against it")
	}
	return s
}

// TestSchemaIsHere says in the output of "go test -v" whether requests are
// checked.
func TestSchemaIsHere(t *testing.T) {
	if got, least := len(needSchema(t).routes), 200; got < least {
		t.Errorf("%d operations in Discord's schema, want %d or more", got, least)
	}
}

func TestNilSchemaAcceptsEverything(t *testing.T) {
	var s *Schema
	if err := s.Check("BREW", "/coffee", "text/plain", []byte("{")); err != nil {
		t.Errorf("Check on a nil schema = %v, want nil", err)
	}
}

func TestRoutes(t *testing.T) {
	s := needSchema(t)
	for _, tc := range []struct{ method, path, body, want string }{
		{"GET", "/gateway/bot", "", ""},
		{"GET", "/users/@me", "", ""},
		{"GET", "/applications/1/commands?with_localizations=true", "", ""},
		{"GET", "/channels/1/messages?limit=50", "", ""},
		{"DELETE", "/channels/1/messages/2", "", ""},
		{"DELETE", "/webhooks/1/tok-en_1.x/messages/@original", "", ""},
		{"POST", "/channels/1/typing", "", ""},
		{"POST", "/interactions/1/token/callback?with_response=false", `{"type":6}`, ""},
		{"POST", "/users/@me/channels", `{"recipient_id":"7"}`, ""},

		{"GET", "/channels/general/messages", "", "no such route"},
		{"GET", "/channels//messages", "", "no such route"},
		{"GET", "/api/v10/users/@me", "", "no such route"},
		{"GET", "/chanels/1", "", "no such route"},
		{"PUT", "/channels/1/messages", `{}`, "no such method here, only GET, POST"},
		{"GET", "/users/@me", `{}`, "takes no JSON body"},
		{"POST", "/channels/1/messages", "", "body is missing"},
		{"POST", "/channels/1/messages", `{"content":`, "not JSON"},
		{"POST", "/users/@me/channels", `{"recipient":"7"}`, "additional properties 'recipient' not allowed"},
	} {
		err := s.Check(tc.method, tc.path, "application/json", []byte(tc.body))
		checkError(t, tc.method+" "+tc.path+" "+tc.body, err, tc.want)
	}
}

func TestContentType(t *testing.T) {
	s := needSchema(t)
	for _, tc := range []struct{ contentType, want string }{
		{"application/json", ""},
		{"application/json; charset=utf-8", ""},
		{"text/plain", "neither JSON nor multipart"},
		{"", "content type"},
	} {
		err := s.Check("POST", "/channels/1/messages", tc.contentType, []byte(`{"content":"hi"}`))
		checkError(t, tc.contentType, err, tc.want)
	}
}

func TestMultipart(t *testing.T) {
	s := needSchema(t)
	const v2 = `"flags":32768,"components":[{"type":12,"items":[{"media":{"url":"attachment://a.png"}}]}]`
	for _, tc := range []struct {
		name, payload string
		files         []string // "files[0]=a.png"
		want          string
	}{
		{"listed", `{` + v2 + `,"attachments":[{"id":0,"filename":"a.png","description":"a neck"}]}`, []string{"files[0]=a.png"}, ""},
		{"id as a string", `{"attachments":[{"id":"0"}]}`, []string{"files[0]=a.png"}, ""},
		{"two", `{"attachments":[{"id":0},{"id":1}]}`, []string{"files[0]=a.png", "files[1]=b.png"}, ""},
		{"no payload", "", []string{"files[0]=a.png"}, "no payload_json"},
		{"payload is not JSON", "{", nil, "payload_json is not JSON"},
		{"not listed", `{"content":"x"}`, []string{"files[0]=a.png"}, "files[0] is not listed"},
		{"one of two not listed", `{"attachments":[{"id":0}]}`, []string{"files[0]=a.png", "files[1]=b.png"}, "files[1] is not listed"},
		{"listed without a file", `{"attachments":[{"id":0},{"id":1}]}`, []string{"files[0]=a.png"}, "no file files[1]"},
		{"other name", `{"attachments":[{"id":0,"filename":"b.png"}]}`, []string{"files[0]=a.png"}, `files[0] is "a.png"`},
		{"picture without its file", `{` + v2 + `,"attachments":[{"id":0}]}`, []string{"files[0]=b.png"}, `no file named "a.png"`},
		{"wrong part", `{"content":"x"}`, []string{"file=a.png"}, "neither payload_json nor files[n]"},
		{"schema holds in the payload", `{"attachments":[{"id":0,"alt":"x"}]}`, []string{"files[0]=a.png"}, "'alt' not allowed"},
	} {
		contentType, body := form(t, tc.payload, tc.files)
		checkError(t, tc.name, s.Check("POST", "/channels/1/messages", contentType, body), tc.want)
	}
}

func form(t *testing.T, payload string, files []string) (string, []byte) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	if payload != "" {
		if err := w.WriteField("payload_json", payload); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range files {
		field, name, _ := strings.Cut(f, "=")
		part, err := w.CreateFormFile(field, name)
		if err != nil {
			t.Fatal(err)
		}
		part.Write([]byte("picture"))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return w.FormDataContentType(), b.Bytes()
}

// TestEveryFault checks that one look finds all faults, each with its place.
func TestEveryFault(t *testing.T) {
	s := needSchema(t)
	err := s.Check("POST", "/channels/1/messages", "application/json",
		[]byte(`{"contents":"x","flags":32768,"components":[{"type":1,"components":[{"type":2,"style":1,"label":7}]},{"type":77}]}`))
	for _, want := range []string{
		"POST /channels/1/messages: ",
		"body: additional properties 'contents' not allowed",
		"components[0].components[0].label: got number, want null or string",
		"components[0].components[0]: a button that is pressed has a custom_id and no url",
		"components[1]: is of no kind allowed here",
	} {
		checkError(t, want, err, want)
	}
	if got := strings.Count(err.Error(), "\n") + 1; got != 5 {
		t.Errorf("got %d lines, want 5:\n%v", got, err)
	}
}

func TestConcurrentUse(t *testing.T) {
	needSchema(t)
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	s, err := loadFor(os.Getenv(EnvPath), dir) // fresh, so that all compile at once
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for _, path := range []string{"/channels/1/messages", "/webhooks/1/x", "/interactions/1/x/callback"} {
				body := `{"content":"hi"}`
				if strings.HasSuffix(path, "callback") {
					body = `{"type":4,"data":{"content":"hi"}}`
				}
				if err := s.Check("POST", path, "application/json", []byte(body)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
}

func TestLoadFaults(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for _, tc := range []struct{ path, want string }{
		{filepath.Join(dir, "missing.json"), "missing.json"},
		{write("broken.json", "{"), "broken.json"},
		{write("empty.json", "{}"), "no paths"},
	} {
		_, err := Load(tc.path)
		checkError(t, tc.path, err, tc.want)
	}
}

// A recorder is a test that only notes what is said to it.
type recorder struct {
	testing.TB
	logged, failed bool
}

func (r *recorder) Helper()               {}
func (r *recorder) Logf(string, ...any)   { r.logged = true }
func (r *recorder) Fatalf(string, ...any) { r.failed = true }

func TestForTest(t *testing.T) {
	here := &Schema{}
	for _, tc := range []struct {
		name           string
		ci             bool
		schema         *Schema
		err            error
		logged, failed bool
	}{
		{"there", false, here, nil, false, false},
		{"there, CI", true, here, nil, false, false},
		{"missing", false, nil, errNoFile, true, false},
		{"missing, CI", true, nil, errNoFile, false, true},
		{"broken", false, nil, errors.New("broken"), false, true},
	} {
		r := &recorder{}
		got := forTest(r, tc.ci, func() (*Schema, error) { return tc.schema, tc.err })
		if got != tc.schema || r.logged != tc.logged || r.failed != tc.failed {
			t.Errorf("%s: schema %p, logged %t, failed %t, want %p, %t, %t",
				tc.name, got, r.logged, r.failed, tc.schema, tc.logged, tc.failed)
		}
	}
}

func TestLocate(t *testing.T) {
	work := t.TempDir()
	deep := filepath.Join(work, "main", "a", "b")
	shared := filepath.Join(work, "shared", "discord")
	for _, dir := range []string{deep, shared} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := locate("", deep); !errors.Is(err, errNoFile) {
		t.Errorf("without go.mod: %v, want errNoFile", err)
	}
	if err := os.WriteFile(filepath.Join(work, "main", "go.mod"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := locate("", deep); !errors.Is(err, errNoFile) {
		t.Errorf("without the file: %v, want errNoFile", err)
	}
	want := filepath.Join(shared, "openapi.json")
	if err := os.WriteFile(want, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := locate("", deep); got != want || err != nil {
		t.Errorf("beside the project: %q, %v, want %q", got, err, want)
	}
	if _, err := loadFor(filepath.Join(work, "gone"), deep); err == nil || errors.Is(err, errNoFile) {
		t.Errorf("a file asked for by name and missing: %v, want a fault that does not skip", err)
	}
}

// checkError wants an error with a text in it, or none when want is "".
func checkError(t *testing.T, name string, err error, want string) {
	t.Helper()
	switch {
	case want == "" && err != nil:
		t.Errorf("%s: refused: %v", name, err)
	case want != "" && err == nil:
		t.Errorf("%s: accepted, want a fault with %q", name, want)
	case want != "" && !strings.Contains(err.Error(), want):
		t.Errorf("%s: got %v, want a fault with %q", name, err, want)
	}
}
