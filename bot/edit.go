package bot

import (
	"context"
	"errors"
	"net/http"
)

// edit replaces a message by a reply. If Discord refuses the reply with its
// pictures, it goes once more without them: whether a message that is out takes
// new ones is not written down, and its words say it all.
func (c *client) edit(ctx context.Context, path string, reply Reply) error {
	err := c.patch(ctx, path, reply)
	bare, ok := reply.withoutPictures()
	if !ok || !contentRefused(err) {
		return err
	}
	c.log.WarnContext(ctx, "Discord refused a card with its pictures, it goes without", "err", err)
	return c.patch(ctx, path, bare)
}

func (c *client) patch(ctx context.Context, path string, reply Reply) error {
	return c.do(ctx, http.MethodPatch, path, reply.message(false).edit(), reply.Files, nil)
}

// contentRefused reports whether Discord refused what a message holds.
func contentRefused(err error) bool {
	ae, ok := errors.AsType[*APIError](err)
	return ok && (ae.Status == http.StatusBadRequest || ae.Status == http.StatusRequestEntityTooLarge)
}

// withoutPictures is the reply without its files and what shows them. It reports
// false for a reply that has no pictures, and for one that would lose more: a
// download, or all that it says.
func (r Reply) withoutPictures() (Reply, bool) {
	if len(r.Files) == 0 {
		return r, false
	}
	parts, ok := partsWithoutPictures(r.Parts)
	r.Parts, r.Files = parts, nil
	return r, ok && len(parts) > 0
}

func partsWithoutPictures(parts []Part) (rest []Part, ok bool) {
	for _, p := range parts {
		switch p := p.(type) {
		case FileLink:
			return nil, false
		case Gallery: // all its pictures are files of the reply
			continue
		case Container:
			inner, ok := partsWithoutPictures(p.Parts)
			if !ok {
				return nil, false
			}
			if p.Parts = inner; len(inner) > 0 {
				rest = append(rest, p)
			}
			continue
		}
		rest = append(rest, p)
	}
	return rest, true
}
