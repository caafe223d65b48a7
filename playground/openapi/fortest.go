package openapi

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// EnvPath names the environment variable that says where Discord's file is.
const EnvPath = "DISCORD_OPENAPI_FILE"

// loadOnce reads the file once for all tests of a package.
var loadOnce = sync.OnceValues(func() (*Schema, error) {
	dir, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	return loadFor(os.Getenv(EnvPath), dir)
})

// ForTest returns Discord's schema, from the file that DISCORD_OPENAPI_FILE
// names or from shared/discord/openapi.json beside the project. Where there is
// no such file it returns nil, which accepts every request, and says so; with
// CI=true the test fails instead.
func ForTest(t testing.TB) *Schema {
	t.Helper()
	return forTest(t, os.Getenv("CI") == "true", loadOnce)
}

func forTest(t testing.TB, ci bool, load func() (*Schema, error)) *Schema {
	t.Helper()
	s, err := load()
	switch {
	case err == nil:
	case ci || !errors.Is(err, errNoFile):
		t.Fatalf("load Discord's schema: %v", err)
	default:
		t.Logf("schema check skipped: %v", err)
	}
	return s
}

// errNoFile says that the file is not where it would be beside the project.
var errNoFile = errors.New("no file")

func loadFor(env, dir string) (*Schema, error) {
	path, err := locate(env, dir)
	if err != nil {
		return nil, err
	}
	return Load(path)
}

// locate finds the file, for a test that runs in dir.
func locate(env, dir string) (string, error) {
	if env != "" {
		return env, nil // asked for by name: when it is missing, loading fails
	}
	root, err := moduleRoot(dir)
	if err != nil {
		return "", err
	}
	path := filepath.Join(filepath.Dir(root), "shared", "discord", "openapi.json")
	if _, err := os.Stat(path); err != nil {
		return "", fmt.Errorf("%w %s", errNoFile, path)
	}
	return path, nil
}

func moduleRoot(dir string) (string, error) {
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", fmt.Errorf("%w go.mod above the test", errNoFile)
		}
		dir = parent
	}
}
