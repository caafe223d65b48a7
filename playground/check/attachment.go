package check

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"unpinch/playground/wire"
)

// maxAttachments is how many files a message may have.
const maxAttachments = 10

// A reference is a use of a file by its name, as attachment://name.
type reference struct{ path, name string }

// attachments checks the list of files and returns the names that the message may
// refer to. Without a list a new message takes every upload, and an edit keeps what
// there was.
func (d *draft) attachments() []string {
	kept := attachmentNames(d.current)
	if !d.has("attachments") {
		if d.use.edits() {
			return slices.Collect(maps.Values(kept))
		}
		d.length("attachments", len(d.files), 0, maxAttachments)
		return d.files
	}
	var names []string
	for _, f := range d.forms("attachments", 0, maxAttachments, optional) {
		name, described := f.text("filename", 1, 1024, optional)
		f.text("description", 0, 1024, optional)
		if !f.has("id") {
			f.required("id")
			continue
		}
		if !snowflake(f.obj["id"]) {
			f.fail("id", "NUMBER_TYPE_COERCE", fmt.Sprintf("Value %q is not snowflake.", fmt.Sprint(f.obj["id"])))
			continue
		}
		file, ok := d.file(f.obj["id"], kept)
		if !ok {
			f.fail("", "ATTACHMENT_NOT_FOUND", "Attachment data not found")
			continue
		}
		if described {
			file = name
		}
		names = append(names, file)
	}
	return names
}

// file returns the name of the file that an id stands for: an upload, or in an edit
// a file of the message.
func (d *draft) file(id any, kept map[string]string) (string, bool) {
	n, _ := wire.Whole(id)
	if n < int64(len(d.files)) && d.files[n] != "" {
		return d.files[n], true
	}
	name, ok := kept[strconv.FormatInt(n, 10)]
	return name, ok && d.use.edits()
}

// attachmentNames returns the names of a message's files by id.
func attachmentNames(msg map[string]any) map[string]string {
	names := map[string]string{}
	list, _ := msg["attachments"].([]any)
	for _, item := range list {
		a, _ := item.(map[string]any)
		name, _ := a["filename"].(string)
		names[fmt.Sprint(a["id"])] = name
	}
	return names
}

// link checks an address, which may have the given schemes. It returns the
// reference to an attached file, if it is one.
func (f form) link(key string, max int, n need, schemes ...string) []reference {
	s, ok := f.text(key, 1, max, n)
	if !ok {
		return nil
	}
	scheme, rest, found := strings.Cut(s, "://")
	switch {
	case !found || rest == "" || strings.ContainsAny(s, " \n\t"):
		f.fail(key, "URL_TYPE_INVALID_URL", "Not a well formed URL.")
	case !slices.Contains(schemes, strings.ToLower(scheme)):
		f.fail(key, "URL_TYPE_INVALID_SCHEME",
			fmt.Sprintf("Scheme %q is not supported. Scheme must be one of ('%s').", scheme, strings.Join(schemes, "', '")))
	case strings.EqualFold(scheme, "attachment"):
		return []reference{{f.at(key), rest}}
	}
	return nil
}
