package schedule

// time adds a time of day of which so many digits are the hour, with the half of
// the day behind it.
func (s *scanner) time(hour, minute, n, end int) {
	bare := hour >= 1 && hour <= 12 && s.text[s.at] != '0'
	half, after, ok := s.half(end)
	switch {
	case !ok && (hour > 23 || minute > 59), minute > 59, ok && hour > 23:
		t := piece{kind: tokenBroken, fault: FaultTime}
		switch {
		case hour == 24 && minute == 0:
			t.instead = "00:00"
		case hour < 23 && minute == 60:
			t.instead = Clock(hour*60 + 60).String()
		}
		s.add(t, max(end, after))
		return
	case ok && (hour < 1 || hour > 12):
		s.add(piece{kind: tokenBroken, fault: FaultTime, instead: Clock(max(hour, half*(12-hour)/12)*60 + minute).String()}, after)
		return
	case ok:
		hour, bare, end = hour%12+half, false, after
	}
	at := s.at
	s.add(piece{kind: tokenTime, clock: Clock(hour*60 + minute), bare: bare, half: ok, n: -1}, end)
	if c := s.byteAt(end); ok && (c == '/' || c == '&') { // 6am/pm
		if other, after, also := s.half(end + 1); also {
			s.tokens[len(s.tokens)-1].end = end
			s.add(piece{kind: tokenTime, clock: Clock((hour%12+other)*60 + minute), half: true, n: -1}, after)
			s.tokens[len(s.tokens)-1].at = at
		}
	}
}

// half reads am or pm from a place on, in one of their spellings: 12 for pm.
func (s *scanner) half(at int) (half, end int, ok bool) {
	from := at
	for s.byteAt(at) == ' ' || s.byteAt(at) == '.' && at == from && s.byteAt(at+1) == ' ' {
		at++
	}
	c := s.byteAt(at) | ' '
	if c != 'a' && c != 'p' {
		return 0, from, false
	}
	end = at + 1
	switch {
	case s.byteAt(end)|' ' == 'm':
		end++
	case s.byteAt(end) == '.' && s.byteAt(end+1)|' ' == 'm':
		if end += 2; s.byteAt(end) == '.' {
			end++
		}
	case c == 'a' && at > from:
		return 0, from, false
	}
	if s.letters(end) != "" {
		return 0, from, false
	}
	return 12 * int(c-'a') / ('p' - 'a'), end, true
}

// halfAt returns the half of the day from a place on, or -1 for none.
func (s *scanner) halfAt(at int) int {
	if half, _, ok := s.half(at); ok {
		return half
	}
	return -1
}

// run reads 1800, 530pm and years.
func (s *scanner) run(n int) {
	v, end := s.value(s.at, n), s.at+n
	_, _, half := s.half(end)
	if n == 3 && !half {
		s.add(piece{kind: tokenNumber, n: v}, end)
		return
	}
	s.time(v/100, v%100, n-2, end)
	if t := &s.tokens[len(s.tokens)-1]; n == 4 && !half {
		t.n, t.bare = v, false
		if t.kind == tokenBroken && v >= 2026 && v < 2100 { // a year
			*t = piece{kind: tokenNumber, n: v, at: t.at, end: t.end}
		}
	}
}
