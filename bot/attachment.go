package bot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

// An AttachmentOption holds a file that the user hands over.
type AttachmentOption struct{ optionSpec }

// An AttachmentValue is the file that the user handed over. Name and Type are
// the user's claim.
type AttachmentValue struct {
	ID   string
	Name string
	Type string // as "text/plain; charset=utf-8"; "" when Discord doesn't know
	Size int    // in bytes
	URL  string // lets anybody read the file for about a day: never logged
}

// Attachment returns an option for a file of any kind.
func Attachment(name, about string) *AttachmentOption {
	return &AttachmentOption{optionSpec{kind: optAttachment, name: name, about: about}}
}

// Required makes the option one that Discord insists on.
func (a *AttachmentOption) Required() *AttachmentOption { a.required = true; return a }

// Get returns what the user handed over, or false when that is nothing.
func (a *AttachmentOption) Get(req *Request) (AttachmentValue, bool) {
	id, _ := get[string](req, a.name)
	r, ok := req.resolved.Attachments[id]
	if !ok {
		return AttachmentValue{}, false
	}
	return AttachmentValue{ID: id, Name: r.Name, Type: r.Type, Size: r.Size, URL: r.URL}, true
}

// fetchMax is how long a file may take.
const fetchMax = 10 * time.Second

// ErrUnreachable says that a file is gone, that it is not at Discord, or that it
// did not come within ten seconds.
var ErrUnreachable = errors.New("the file can't be fetched")

// A TooBigError says that a file is over the limit. Both sizes are in bytes.
type TooBigError struct{ Size, Max int }

// Error names both sizes.
func (e *TooBigError) Error() string {
	return fmt.Sprintf("the file has %d bytes, at most %d", e.Size, e.Max)
}

// Fetch returns what is in a file that a user handed over, at most max bytes.
// It asks only Discord's servers of files and the host of the API, follows no
// redirect and sends no token. It fails with a *TooBigError, or with
// ErrUnreachable.
func (b *Bot) Fetch(ctx context.Context, a AttachmentValue, max int) ([]byte, error) {
	return b.files.get(ctx, a, max)
}

// files gets what users hand over.
type files struct {
	http *http.Client
	api  *url.URL // whose host is trusted too: a playground serves its files itself
}

// newFiles returns files that follow no redirect: it is an answer like any
// other, and not the file.
func newFiles(base http.RoundTripper, api *url.URL) files {
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return files{&http.Client{Transport: base, CheckRedirect: stay}, api}
}

func (f files) get(ctx context.Context, a AttachmentValue, max int) ([]byte, error) {
	if a.Size > max {
		return nil, &TooBigError{a.Size, max}
	}
	data, err := f.read(ctx, a.URL, max)
	if err != nil {
		// Without the address, which is a key to the file.
		if ue, ok := errors.AsType[*url.Error](err); ok {
			err = ue.Err
		}
		return nil, fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	if len(data) > max { // Discord counted otherwise
		return nil, &TooBigError{len(data), max}
	}
	return data, nil
}

// read returns one byte more than max where there is more.
func (f files) read(ctx context.Context, address string, max int) ([]byte, error) {
	if !f.trusts(address) {
		return nil, errors.New("it stands elsewhere than at Discord")
	}
	ctx, cancel := context.WithTimeout(ctx, fetchMax)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	resp, err := f.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("HTTP %d", resp.StatusCode)
	}
	return io.ReadAll(io.LimitReader(resp.Body, int64(max)+1))
}

// trusts reports whether an address is one of Discord's servers of files, or
// on the host of the API.
func (f files) trusts(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.User != nil {
		return false
	}
	cdn := u.Host == "cdn.discordapp.com" || u.Host == "media.discordapp.net"
	return cdn && u.Scheme == "https" || u.Host == f.api.Host && u.Scheme == f.api.Scheme
}
