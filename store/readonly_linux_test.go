package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
)

// nobody is the user who owns nothing.
const nobody = 65534

// unprivileged runs do as a user whom permissions hold back, also where tests
// run as root: the file system's user id belongs to the thread, which ends
// with the goroutine.
func unprivileged(do func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		if os.Geteuid() == 0 {
			runtime.LockOSThread()
			syscall.RawSyscall(syscall.SYS_SETFSUID, nobody, 0, 0)
		}
		do()
	}()
	<-done
}

func TestOpenReadOnly(t *testing.T) {
	ofFile(t)
	path := emptyPath(t)
	closeStore(t, openAt(t, path))
	dir := filepath.Dir(path)
	if os.Geteuid() == 0 {
		for _, name := range []string{filepath.Dir(dir), dir, path, path + ".lock"} {
			if err := os.Chown(name, nobody, nobody); err != nil {
				t.Fatal(err)
			}
		}
	}
	t.Cleanup(func() { os.Chmod(dir, 0o700) }) // so that the folder can be removed
	missing := filepath.Join(dir, "new.db")
	below := filepath.Join(dir, "sub", "new.db")
	for _, c := range []struct {
		name, path string
		dir, file  fs.FileMode
		want       string
	}{
		{"new file", missing, 0o500, 0o600, "cannot write in the folder " + dir + ": permission denied"},
		{"new folder", below, 0o500, 0o600, "cannot make the folder " + filepath.Join(dir, "sub") + ": permission denied"},
		{"file", path, 0o700, 0o400, "cannot write to " + path + ": permission denied"},
		{"folder of the file", path, 0o500, 0o600, path + ": the database can't be written: let this user write to it and in its folder (attempt to write a readonly database (1544))"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if err := errors.Join(os.Chmod(path, c.file), os.Chmod(dir, c.dir)); err != nil {
				t.Fatal(err)
			}
			unprivileged(func() {
				s, err := Open(t.Context(), c.path, Options{})
				if err == nil {
					closeStore(t, s)
				}
				if err == nil || err.Error() != "open the store: "+c.want {
					t.Errorf("got %v, want %s", err, c.want)
				}
			})
		})
	}
}
