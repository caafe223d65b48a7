package playground

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"unpinch/playground/wire"
)

// The largest body of a call, and the largest file in it, in bytes.
const (
	maxBody = 32 << 20
	maxFile = 10 << 20
)

// A route is an endpoint of the REST API.
type route struct {
	method, path string // as in http.ServeMux
	open         bool   // needs no bot token, and is outside the global limit
	limit        int    // requests per window and major parameter, 0 for none
	window       time.Duration
	run          func(*call) (any, *wire.Refusal)
}

// A call is one request of a bot.
type call struct {
	r      *http.Request
	base   string
	route  route
	raw    []byte
	any    any          // the decoded body
	body   object       // the same, if it is an object; never nil
	files  []upload     // by number, with gaps
	status int          // of a success, 200 when 0
	it     *interaction // that the path's token belongs to
}

// fileNames returns the names of the uploads by number.
func (c *call) fileNames() []string {
	names := make([]string, len(c.files))
	for i, f := range c.files {
		names[i] = f.name
	}
	return names
}

func (c *call) id(name string) wire.ID { return wire.ParseID(c.r.PathValue(name)) }

// read decodes the body: JSON, or a form with payload_json and files[n].
func (c *call) read() *wire.Refusal {
	kind, params, _ := mime.ParseMediaType(c.r.Header.Get("Content-Type"))
	payload := c.raw
	if kind == "multipart/form-data" {
		var err error
		if payload, err = c.readForm(params["boundary"]); err != nil {
			return wire.Refuse(http.StatusBadRequest, 50035, "Invalid Form Body")
		}
		if slices.ContainsFunc(c.files, func(f upload) bool { return len(f.content) > maxFile }) {
			return wire.Refuse(http.StatusRequestEntityTooLarge, 40005, "Request entity too large")
		}
	}
	if len(bytes.TrimSpace(payload)) == 0 {
		return nil
	}
	v, err := wire.Decode(payload)
	if err != nil {
		return wire.Refuse(http.StatusBadRequest, 50109, "The request body contains invalid JSON.")
	}
	c.any = v
	if o, ok := v.(object); ok {
		c.body = o
	}
	return nil
}

// readForm takes the files of a form and returns its payload_json.
func (c *call) readForm(boundary string) ([]byte, error) {
	form, err := multipart.NewReader(bytes.NewReader(c.raw), boundary).ReadForm(maxBody)
	if err != nil {
		return nil, fmt.Errorf("read the form: %w", err)
	}
	for part, headers := range form.File {
		number := strings.TrimSuffix(strings.TrimPrefix(part, "files["), "]")
		n, err := strconv.Atoi(number)
		if err != nil || n < 0 || n >= 100 {
			n = len(c.files) // one called "file" or the like takes the next number
		}
		for len(c.files) <= n {
			c.files = append(c.files, upload{})
		}
		f, err := headers[0].Open()
		if err != nil {
			return nil, fmt.Errorf("open %s: %w", part, err)
		}
		content, err := io.ReadAll(f)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", part, err)
		}
		c.files[n] = upload{headers[0].Filename, headers[0].Header.Get("Content-Type"), content}
	}
	if payload := form.Value["payload_json"]; len(payload) > 0 {
		return []byte(payload[0]), nil
	}
	fields := object{}
	for key, values := range form.Value {
		fields[key] = values[0]
	}
	return json.Marshal(fields)
}
