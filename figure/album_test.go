package figure

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestAlbumDrawsOnce(t *testing.T) {
	t.Parallel()
	var a Album
	var wg sync.WaitGroup
	got := make([][]byte, 8)
	for i := range got {
		wg.Go(func() {
			data, err := a.Strip([]string{"chin-tuck"})
			if err != nil {
				t.Error(err)
			}
			got[i] = data
		})
	}
	wg.Wait()
	for _, data := range got[1:] {
		if len(data) == 0 || &data[0] != &got[0][0] {
			t.Fatal("the strip was drawn twice")
		}
	}
}

// TestAlbumTellsPicturesApart asks for what differs in one thing only.
func TestAlbumTellsPicturesApart(t *testing.T) {
	t.Parallel()
	var a Album
	seen := map[string]string{}
	step := func(mirrored bool) func() ([]byte, error) {
		return func() ([]byte, error) { p, err := a.Step("chin-tuck", mirrored); return p.Data, err }
	}
	for name, draw := range map[string]func() ([]byte, error){
		"a step":      step(false),
		"mirrored":    step(true),
		"a strip":     func() ([]byte, error) { return a.Strip([]string{"chin-tuck"}) },
		"another":     func() ([]byte, error) { return a.Strip([]string{"chin-tuck", "cat-cow"}) },
		"a map":       func() ([]byte, error) { return a.Draw(Leg, words(Leg, "Knee")) },
		"other words": func() ([]byte, error) { return a.Draw(Leg, words(Leg, "Foot")) },
		"another map": func() ([]byte, error) { return a.Draw(Arm, words(Arm, "Foot")) },
	} {
		data, err := draw()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if other := seen[string(data)]; other != "" {
			t.Errorf("%s and %s are the same picture", name, other)
		}
		seen[string(data)] = name
		if again, err := draw(); err != nil || !bytes.Equal(again, data) {
			t.Errorf("%s is another picture the second time (%v)", name, err)
		}
	}
}

func TestAlbumKeepsNoFault(t *testing.T) {
	t.Parallel()
	var a Album
	for name, draw := range map[string]func() ([]byte, error){
		"a map":   func() ([]byte, error) { return a.Draw(Leg, Words{}) },
		"a step":  func() ([]byte, error) { _, err := a.Step("x", false); return nil, err },
		"a strip": func() ([]byte, error) { return a.Strip(nil) },
	} {
		for range 2 {
			if _, err := draw(); err == nil {
				t.Errorf("%s: a fault was kept from the caller", name)
			}
		}
	}
	fault := errors.New("no paint")
	if _, err := a.picture("p", func() ([]byte, error) { return nil, fault }); !errors.Is(err, fault) {
		t.Errorf("got %v, want %v", err, fault)
	}
	if data, err := a.picture("p", func() ([]byte, error) { return []byte{1}, nil }); err != nil || len(data) != 1 {
		t.Errorf("a fault was kept: %v, %v", data, err)
	}
}

// TestAlbumDrawsTwoAtOnce draws two pictures for a second each, and asks for both
// several times meanwhile.
func TestAlbumDrawsTwoAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var a Album
		var draws atomic.Int32
		began := time.Now()
		for _, key := range []string{"one", "two", "one", "two", "one"} {
			go func() {
				data, err := a.picture(key, func() ([]byte, error) {
					draws.Add(1)
					<-time.After(time.Second)
					return []byte(key), nil
				})
				if err != nil || string(data) != key || time.Since(began) != time.Second {
					t.Errorf("%s came after %v as %q, %v", key, time.Since(began), data, err)
				}
			}()
		}
		synctest.Wait()
		<-time.After(time.Minute)
		if n := draws.Load(); n != 2 {
			t.Errorf("two pictures were drawn %d times", n)
		}
	})
}

func TestAlbumForgetsWhatNobodyAskedForLongest(t *testing.T) {
	t.Parallel()
	var a Album
	draws := map[string]int{}
	ask := func(key string) {
		t.Helper()
		if _, err := a.picture(key, func() ([]byte, error) { draws[key]++; return []byte{1}, nil }); err != nil {
			t.Fatal(err)
		}
	}
	ask("liked")
	ask("once")
	for i := range albumMost {
		ask(fmt.Sprint(i))
		ask("liked")
	}
	ask("once")
	if draws["liked"] != 1 || draws["once"] != 2 || a.kept.Len() != albumMost {
		t.Errorf("drew what was asked for all the time %d times and the other %d times, keeping %d pictures", draws["liked"], draws["once"], a.kept.Len())
	}
}

func BenchmarkStripKept(b *testing.B) {
	var a Album
	ids := strings.Fields("breathing-reset shoulder-rolls neck-turns chin-tuck cat-cow seated-turn wall-slides band-pull-apart")
	if _, err := a.Strip(ids); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := a.Strip(ids); err != nil {
			b.Fatal(err)
		}
	}
}
