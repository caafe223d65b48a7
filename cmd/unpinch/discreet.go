package main

import (
	"sync"
	"time"

	"unpinch/schedule"
)

// discreetMost is how many discreet presses are counted together at most: among
// so many, nobody tells one from another.
const discreetMost = 1000

// A discreetPress is how a discreet interaction went, and how long it took.
type discreetPress struct {
	outcome string
	took    time.Duration
}

// discreetPresses holds back what the metrics count of discreet presses, until the
// quarter of an hour is over: a counter that moves at once tells, to anyone who
// reads it every few seconds, when somebody pressed.
type discreetPresses struct {
	now     func() time.Time
	mu      sync.Mutex
	quarter time.Time // of held
	held    []discreetPress
}

// add holds a press back, and returns those that may be counted.
func (d *discreetPresses) add(p discreetPress) (over []discreetPress) {
	d.mu.Lock()
	defer d.mu.Unlock()
	over = d.take()
	if d.held = append(d.held, p); len(d.held) >= discreetMost {
		over, d.held = append(over, d.held...), nil
	}
	return over
}

// over returns the presses that may be counted by now.
func (d *discreetPresses) over() []discreetPress {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.take()
}

// take returns what is held of an earlier quarter of an hour.
func (d *discreetPresses) take() (over []discreetPress) {
	quarter := schedule.Quarter(d.now())
	if quarter.Equal(d.quarter) {
		return nil
	}
	d.quarter, over, d.held = quarter, d.held, nil
	return over
}
