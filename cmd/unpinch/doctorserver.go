package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"unpinch/store"
)

// judgeServer judges a PostgreSQL database, which the server keeps whole.
func judgeServer(name, size string, c store.Condition, err error) []finding {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return one(isOK, name+" is empty yet; run makes its tables", "")
	case errors.Is(err, context.DeadlineExceeded):
		return one(isFault, fmt.Sprintf("%s does not answer within %v", name, readMost), "see that the server runs, and can be reached from here")
	case err != nil:
		return one(isFault, err.Error(), "mend that, then run doctor again")
	case c.Version > c.Latest:
		return one(isFault, fmt.Sprintf("%s has version %d, and this unpinch knows only %d", name, c.Version, c.Latest), "install the newer unpinch")
	case c.Version < c.Latest:
		return one(isOK, fmt.Sprintf("%s, %s, version %d (run brings it to %d)", name, size, c.Version, c.Latest), "")
	}
	return one(isOK, fmt.Sprintf("%s, %s, version %d; copies are its server's, and unpinch backup makes one as a file", name, size, c.Version), "")
}
