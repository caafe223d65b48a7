package content

import (
	"io/fs"
)

// reader reads the files and gathers faults.
type reader struct {
	fsys   fs.FS
	faults []error
}

func (r *reader) err() error { return nil }

func (r *reader) library() *Library { return &Library{} }
