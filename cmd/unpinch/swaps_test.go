package main

import (
	"bytes"
	"testing"

	"unpinch/content/swapcheck"
)

// TestEverySwapKeepsTheRules: what the program shows of each lift, with each area
// and each wish, keeps the rules as they are proved without any code of its own.
func TestEverySwapKeepsTheRules(t *testing.T) {
	t.Parallel()
	var out, errOut bytes.Buffer
	if code := (program{out: &out, errOut: &errOut}).main(t.Context(), []string{"show", "swaps", "--json"}); code != 0 {
		t.Fatalf("show swaps: %d\n%s", code, errOut.String())
	}
	swapcheck.Check(t, "../../content/en/exercises", out.Bytes())
}
