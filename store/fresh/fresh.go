// Package fresh gives tests the file of a store in which nothing is: to make its
// tables anew would take most of a test's time.
package fresh

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"unpinch/store"
)

var file = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "unpinch")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "unpinch.db")
	s, err := store.Open(context.Background(), path, store.Options{})
	if err != nil {
		return nil, err
	}
	if err := s.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// Put writes the file to path, where store.Open finds it.
func Put(t testing.TB, path string) {
	t.Helper()
	data, err := file()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
