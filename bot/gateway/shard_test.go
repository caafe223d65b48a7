package gateway

import "testing"

func TestShardHas(t *testing.T) {
	for _, tc := range []struct {
		id     string
		of, is int
	}{
		{"197038439483310086", 4, 2}, // Discord's own example of an id
		{"197038439483310086", 1, 0},
		{"4194303", 7, 0},
		{"4194304", 7, 1},
		{"29360128", 7, 0},
		{"no id", 7, 0},
	} {
		for n := range tc.of {
			if got := (Shard{n, tc.of}).Has(tc.id); got != (n == tc.is) {
				t.Errorf("shard %d of %d has %s: %t", n, tc.of, tc.id, got)
			}
		}
	}
}
