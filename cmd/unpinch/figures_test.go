package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// twoPoses is a folder of poses with two drills.
func twoPoses(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	if err := os.CopyFS(folder, os.DirFS("../../figure/poses")); err != nil {
		t.Fatal(err)
	}
	drills, err := filepath.Glob(filepath.Join(folder, "drills", "*.toml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range drills {
		if name := filepath.Base(d); name != "chin-tuck.toml" && name != "neck-turns.toml" {
			if err := os.Remove(d); err != nil {
				t.Fatal(err)
			}
		}
	}
	return folder
}

// TestPoseWatch: a changed file is drawn again alone, a fault is said with its
// file and key, and mended it is drawn.
func TestPoseWatch(t *testing.T) {
	folder, out := twoPoses(t), t.TempDir()
	var said strings.Builder
	w := &poseWatch{folder: folder, out: out, say: &said}
	look := func(want string) {
		t.Helper()
		said.Reset()
		if err := w.look(); err != nil || !strings.Contains(said.String(), want) || want == "" && said.Len() > 0 {
			t.Errorf("said %q (%v), want %q", said.String(), err, want)
		}
	}
	look("Drew chin-tuck, neck-turns.\n")
	look("")
	file := filepath.Join(folder, "drills", "chin-tuck.toml")
	good, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	write := func(data string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(string(good) + "nekc = { turn = 3 }\n")
	look(`drills/chin-tuck.toml: line`)
	write(string(good) + "# mended\n")
	look("Drew chin-tuck.\n")
	for _, name := range []string{"chin-tuck.png", "chin-tuck.gif", "neck-turns.png", "neck-turns.gif"} {
		if info, err := os.Stat(filepath.Join(out, name)); err != nil || info.Size() < 1000 {
			t.Errorf("%s: %v", name, err)
		}
	}
}
