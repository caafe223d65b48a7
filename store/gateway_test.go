package store

import (
	"testing"
	"time"
)

func TestGatewaySession(t *testing.T) {
	path := emptyPath(t)
	s := openAt(t, path)
	if got, err := s.GatewaySession(t.Context(), 0); got != (GatewaySession{}) || err != nil {
		t.Errorf("got %+v, %v, want none", got, err)
	}
	first := GatewaySession{"mark", "s1", "wss://a", 7, "1", "2", time.Date(2026, 11, 30, 9, 0, 0, 123e6, time.UTC), "3 4", 1}
	second := GatewaySession{Owner: "mark", Shards: 4}
	before := dump(t, s)
	for _, want := range []GatewaySession{first, second, first} {
		if err := s.KeepGatewaySession(t.Context(), 0, want); err != nil {
			t.Fatal(err)
		}
		if got, err := s.GatewaySession(t.Context(), 0); got != want || err != nil {
			t.Errorf("got %+v, %v, want %+v", got, err, want)
		}
	}
	if got, err := s.GatewaySession(t.Context(), 1); got != (GatewaySession{}) || err != nil {
		t.Errorf("another shard has %+v, %v", got, err)
	}
	if after := dump(t, s); after != before {
		t.Errorf("the dump tells of it:\n%s", after)
	}
	closeStore(t, s)
	if got, err := openAt(t, path).GatewaySession(t.Context(), 0); got != first || err != nil {
		t.Errorf("after a restart got %+v, %v, want %+v", got, err, first)
	}
}
