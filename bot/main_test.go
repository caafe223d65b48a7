package bot

import (
	"flag"
	"os"
	"testing"
)

// TestMain runs more tests at once than there are cores, because most of them
// wait for a limit, a deferral or the end of a session.
func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("test.parallel", "6"); err != nil {
		panic("the testing package has no parallel flag")
	}
	os.Exit(m.Run())
}
