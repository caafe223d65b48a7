package gateway

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// TestTheLogTellsOfEachTroubleOnce: an outage that lasts meets the bot with two
// causes in turn, and each with ports and times of its own.
func TestTheLogTellsOfEachTroubleOnce(t *testing.T) {
	for name, refused := range map[string]func(try int) string{
		"one cause": func(int) string { return "no route" },
		"two causes in turn": func(try int) string {
			return []string{"no route", "connection refused"}[try%2]
		},
		"ports": func(try int) string {
			return fmt.Sprintf("read tcp 10.0.0.2:%d->162.159.130.%d:443: connection reset", 40000+try, try)
		},
		"times": func(try int) string {
			return fmt.Sprintf("certificate has expired: current time 2026-11-30T09:%02d:%02dZ is too late", try/60, try%60)
		},
	} {
		for minutes, times := range map[time.Duration]int{4: 1, 6: 2} {
			t.Run(fmt.Sprintf("%s, %d minutes", name, minutes), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					d, try := newFakeDiscord(t), 0
					d.run(func(o *Options) {
						o.Dial = func(context.Context, string, string) (net.Conn, error) {
							try++
							return nil, errors.New(refused(try))
						}
					})
					sleep(t.Context(), minutes*time.Minute)
					d.end()
					want := times
					if name == "two causes in turn" {
						want *= 2
					}
					if told := strings.Count(d.log.String(), "level=WARN"); told != want || try < 60 {
						t.Errorf("in %d tries the log was told %d times, want %d:\n%s", try, told, want, &d.log)
					}
				})
			})
		}
	}
}

// TestTheLogTellsOfTheSessionsEndOnce, however often Discord ends it, until a
// connection was good for a while.
func TestTheLogTellsOfTheSessionsEndOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newFakeDiscord(t)
		d.run()
		s := d.login()
		sleep(t.Context(), 10*time.Second)
		for range 3 {
			s.say(`{"op":9,"d":true}`)
			s.hears(opResume)
		}
		synctest.Wait()
		if told := strings.Count(d.log.String(), "ended the session"); told != 1 {
			t.Errorf("the log was told %d times, want once:\n%s", told, &d.log)
		}
		s.say(`{"op":0,"s":2,"t":"RESUMED","d":{}}`)
		<-d.events
		sleep(t.Context(), 10*time.Second)
		for range 2 {
			s.say(`{"op":9,"d":true}`)
			s.hears(opResume)
		}
		if told := strings.Count(d.log.String(), "ended the session"); told != 2 {
			t.Errorf("after a good connection the log was told %d times, want twice:\n%s", told, &d.log)
		}
		d.end()
	})
}
