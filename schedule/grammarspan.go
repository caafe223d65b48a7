package schedule

import (
	"strconv"
	"time"
)

// span adds a start, and the length to its end. A half of the day that only the
// end has is the start's as well, unless the start would come after the end.
func (p *parser) span(g *group, start, end rawTime, from int) *ParseError {
	switch {
	case end.number && !start.open && !start.number && !(start.half && end.open) || start.number && !end.half && !end.open && !end.number:
		return p.fail(FaultSpan, from, p.i-1, p.spelled(start)+"-"+p.spelled(end))
	case start.number && end.number && g.part < 0 && !p.partLater():
		a, b := strconv.Itoa(int(start.clock)/60), strconv.Itoa(int(end.clock)/60)
		if g.first == 't' && p.timeish(p.i) { // 1-7 18:00
			return p.fail(FaultNumber, from, p.i-1, ordinal(int(start.clock)/60)+"-"+ordinal(int(end.clock)/60))
		}
		return p.ask(FaultNumber, from, p.i-1, a+"am-"+b+"am", a+"pm-"+b+"pm", a+"am-"+b+"pm")
	case start.open && end.half:
		c := start.clock%720 + end.clock/720*720
		if c >= end.clock {
			c = (c + 720) % (24 * 60)
		}
		start = rawTime{clock: c, half: true, at: start.at}
	case end.open && (start.half || !start.open && start.clock >= 720):
		if start.half {
			end.clock = end.clock%720 + start.clock/720*720
			if end.clock <= start.clock {
				end.clock = (end.clock + 720) % (24 * 60)
			}
		}
	}
	length := time.Duration(floorMod(int64(end.clock-start.clock), 24*60)) * time.Minute
	if start.open && end.open && end.clock < start.clock { // 11-1
		length = time.Duration(floorMod(int64(end.clock-start.clock), 12*60)) * time.Minute
	}
	if length == 0 || length > 12*time.Hour {
		return p.fail(FaultSpan, from, p.i-1)
	}
	g.times = append(g.times, start)
	return p.setLength(length, from, p.i-1)
}

// spelled writes a time that was read, with its minutes.
func (p *parser) spelled(r rawTime) string {
	if r.half || !r.open || r.number {
		return r.clock.String()
	}
	return p.said(r.at, r.at)
}

// partLater reports whether a part of the day stands further on.
func (p *parser) partLater() bool {
	for _, t := range p.tokens[p.i:] {
		if t.kind == tokenPart {
			return true
		}
	}
	return false
}
