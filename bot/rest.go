package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"sort"
	"strings"
	"time"

	"github.com/cenkalti/backoff/v5"
)

// An APIError is a request that Discord refused or could not serve.
type APIError struct {
	Route   string // as "POST /channels/{id}/messages"
	Status  int    // HTTP
	Code    int    // Discord's own, 0 for none
	Message string
	Faults  []string // "path: CODE" of each field that was refused; never its text
}

// Error names the route, the status and Discord's reason.
func (e *APIError) Error() string {
	s := fmt.Sprintf("%s: HTTP %d", e.Route, e.Status)
	if e.Code != 0 {
		s += fmt.Sprintf(" (code %d)", e.Code)
	}
	if e.Message != "" {
		s += ": " + e.Message
	}
	if len(e.Faults) > 0 {
		s += " [" + strings.Join(e.Faults, ", ") + "]"
	}
	return s
}

// client makes Discord's REST calls over a transport.
type client struct {
	http *http.Client
	log  *slog.Logger
}

// discordAPI is the address that requests are made for; the transport sends
// them where the configuration says.
const discordAPI = "https://discord.com/api/v10"

func newClient(t *transport) *client { return &client{http: &http.Client{Transport: t}, log: t.log} }

// do sends in (nil for no body) and decodes the answer into out (nil to drop
// it). It tries methods that may be repeated without harm again after a server
// fault or a lost connection, while ctx lasts and at most four times.
func (c *client) do(ctx context.Context, method, path string, in any, files []File, out any) error {
	contentType, data := "", []byte(nil)
	if in != nil {
		var err error
		if contentType, data, err = body(in, files); err != nil {
			return unsent{err}
		}
	}
	once := func() (struct{}, error) {
		err := c.once(ctx, method, path, contentType, data, out)
		if err != nil && (method == http.MethodPost || !passing(err)) {
			err = backoff.Permanent(err)
		}
		return struct{}{}, err
	}
	pause := backoff.NewExponentialBackOff()
	pause.InitialInterval = 200 * time.Millisecond
	_, err := backoff.Retry(ctx, once, backoff.WithBackOff(pause), backoff.WithMaxTries(4))
	return err
}

// passing reports whether err may be gone at the next try.
func passing(err error) bool {
	if ae, ok := errors.AsType[*APIError](err); ok {
		return ae.Status >= 500
	}
	return !errors.Is(err, ErrToken) && !errors.Is(err, errHeld) && !errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded)
}

func (c *client) once(ctx context.Context, method, path, contentType string, data []byte, out any) error {
	bare, _, _ := strings.Cut(path, "?")
	r := routeOf(method, bare)
	req, err := http.NewRequestWithContext(ctx, method, discordAPI+path, bytes.NewReader(data))
	if err != nil {
		return redact(r, err)
	}
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		// Ours already name the route; http.Client wraps them in the address.
		if ue, ok := errors.AsType[*url.Error](err); ok {
			return ue.Err
		}
		return redact(r, err)
	}
	defer drain(resp)
	if resp.StatusCode >= 300 {
		return apiError(r, resp)
	}
	if out == nil || resp.StatusCode == http.StatusNoContent {
		return nil
	}
	if err := json.NewDecoder(resp.Body).Decode(out); err != nil {
		return fmt.Errorf("%s: read the answer: %w", r.name, err)
	}
	return nil
}

// apiError reads Discord's error body. A body that isn't JSON, such as a page
// of a proxy, leaves status and route.
func apiError(r route, resp *http.Response) *APIError {
	e := &APIError{Route: r.name, Status: resp.StatusCode}
	var b struct {
		Code    int             `json:"code"`
		Message string          `json:"message"`
		Errors  json.RawMessage `json:"errors"`
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	if err == nil && json.Unmarshal(data, &b) == nil {
		e.Code, e.Message = b.Code, b.Message
		e.Faults = faultsIn("", b.Errors)
	}
	return e
}

// faultsIn flattens Discord's nested errors to "path: CODE".
func faultsIn(at string, raw json.RawMessage) []string {
	var node map[string]json.RawMessage
	if json.Unmarshal(raw, &node) != nil {
		return nil
	}
	var faults []string
	for key, v := range node {
		if key != "_errors" {
			faults = append(faults, faultsIn(strings.TrimPrefix(at+"."+key, "."), v)...)
			continue
		}
		var list []struct {
			Code string `json:"code"`
		}
		if json.Unmarshal(v, &list) == nil {
			for _, f := range list {
				faults = append(faults, at+": "+f.Code)
			}
		}
	}
	sort.Strings(faults)
	return faults
}
