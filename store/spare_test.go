package store

import (
	"os"
	"strings"
	"testing"
)

// On a full disk what deletes is done again with the room of the spare file, once.
func TestSpareMakesRoom(t *testing.T) {
	ofFile(t)
	t.Parallel()
	s := openEmpty(t)
	agree(t, s, "1")
	spare := s.file + spareSuffix
	scrub(t, s)
	if info, err := os.Stat(spare); err != nil || info.Size() != spareBytes || info.Mode() != 0o600 {
		t.Fatalf("got %v, %v, want a spare file of %d bytes", info, err, spareBytes)
	}
	limitPages(t, s, 0)
	for _, left := range []int{1, 2} { // the second time nothing is to spare
		tries := 0
		err := s.withRoom(t.Context(), func() error {
			tries++
			if _, err := os.Stat(spare); err != nil && left == 1 {
				return nil
			}
			_, err := s.write.ExecContext(t.Context(), setSettingQuery, "large", strings.Repeat("x", 100_000)) // more than migrations leave free
			return err
		})
		if tries != 2 || (err == nil) != (left == 1) {
			t.Errorf("got %d tries, %v, want 2", tries, err)
		}
	}
	tries := 0
	if err := s.withRoom(t.Context(), func() error { tries++; return os.ErrClosed }); tries != 1 || err != os.ErrClosed {
		t.Errorf("another failure: got %d tries, %v, want 1", tries, err)
	}
	forget(t, s, "1")
	scrub(t, s)
	if _, err := os.Stat(spare); err != nil {
		t.Errorf("the next scrub made no new spare file: %v", err)
	}
}
