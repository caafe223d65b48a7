package gateway

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"
)

// TestOneOpNineAfterAnotherDoesNotPutTheLoginOff: they come faster than the pause
// that each asks for.
func TestOneOpNineAfterAnotherDoesNotPutTheLoginOff(t *testing.T) {
	for name, tc := range map[string]struct {
		said string
		op   int
	}{
		"the session may go on": {`{"op":9,"d":true}`, opResume},
		"the session is over":   {`{"op":9,"d":false}`, opIdentify},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := newFakeDiscord(t)
				d.run()
				s := d.login()
				sleep(t.Context(), 10*time.Second)
				began, quiet := time.Now(), make(chan bool)
				go func() {
					defer close(quiet)
					for time.Since(began) < 20*time.Second {
						_ = s.ws.WriteMessage(websocket.TextMessage, []byte(tc.said)) // the bot may have hung up
						sleep(context.Background(), 300*time.Millisecond)
					}
				}()
				s.hears(tc.op)
				if took := time.Since(began); took < time.Second || took > everyDefault {
					t.Errorf("the login comes after %v, want one to five seconds", took)
				}
				<-quiet
				d.end()
			})
		})
	}
}

// TestAskingDoesNotLengthenThePause: GET /gateway/bot takes its time while the
// login waits anyway.
func TestAskingDoesNotLengthenThePause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newFakeDiscord(t)
		const slow = 4500 * time.Millisecond // with the shortest pause behind it over five seconds
		d.run(func(o *Options) {
			o.Ask = func(ctx context.Context) (Start, error) { return d.start, sleep(ctx, slow) }
		})
		s := d.login()
		sleep(t.Context(), 10*time.Second)
		s.say(`{"op":9,"d":false}`)
		began := time.Now()
		s.hears(opIdentify)
		if took := time.Since(began); took > everyDefault {
			t.Errorf("the login comes after %v, want five seconds at most", took)
		}
		d.end()
	})
}

// stuck is a Keeper that never comes to an end by itself.
type stuck struct{ forgetful }

func (stuck) KeepGatewaySession(ctx context.Context, _ int, _ Session) error {
	<-ctx.Done()
	return ctx.Err()
}

// TestAnIdentifyDoesNotWaitForTheKeeper longer than it takes Discord to think
// that nothing comes.
func TestAnIdentifyDoesNotWaitForTheKeeper(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newFakeDiscord(t)
		d.run(func(o *Options) { o.Keeper = stuck{} })
		s := d.next()
		began := time.Now()
		s.hears(opIdentify)
		if took := time.Since(began); took != keepMax {
			t.Errorf("the IDENTIFY goes out after %v, want %v", took, keepMax)
		}
		if !strings.Contains(d.log.String(), "can't be kept") {
			t.Errorf("the log says nothing of it:\n%s", &d.log)
		}
		d.end()
	})
}
