package paste

import (
	"slices"
	"strings"

	"unpinch/pattern"
)

var (
	lettersPat = pattern.New(`^(?:T[hHuU]|S[auAU]|[MTWRFSULXJVD])(?:\s?[/,&+–-]\s?(?:T[hHuU]|S[auAU]|[MTWRFSULXJVD]))+\b`)
	letterPat  = pattern.New(`T[hHuU]|S[auAU]|[MTWRFSULXJVD]`)
	compactPat = pattern.New(`^(?:T[hHuU]|[MTWRF]){2,6}\b`)
	// Small letters are days only beside a time, and so is one letter alone.
	smallPat = pattern.New(`^((?:t[hu]|s[au]|[mtwrfu])(?:\s?[/,&+–-]\s?(?:t[hu]|s[au]|[mtwrfu]))+|(?:th|[mtwrf]){2,6})(?:\)|[\s:,@–-]+(?:at\s+)?(?:\d|noon|midday|midnight)|$)`)
	// Letters that spaces or words part are days before a time alone.
	apartPat = pattern.New(`^((?:T[hH]|[MTWRFLXJV])(?:\s+(?:(?:and|und|y|e)\s+)?(?:T[hH]|[MTWRFLXJV]))+)[\s:,]+(?:at\s+|a las\s+)?\d`)
	loneDay  = pattern.New(`^([MTWRF])[:,.]?\s+(?:at\s+|@\s?)?(?:\d{1,2}(?:[:.]?\d{2})?\s?[ap]\.?(?:m\b|\b|-)|\d{1,2}:\d{2}|noon\b)`)
)

// letters reads days by their letters: M/W/F, MWF, T-Th, L-M-X, and mwf or F
// beside a time. It finds none where they could be something else.
func letters(rest string, before []token) (days uint8, size int) {
	if len(before) == 0 {
		if m := loneDay().FindStringSubmatch(rest); m != nil {
			return letterDays[0][m[1]], len(m[1])
		}
	}
	m, compact := lettersPat().FindString(rest), false
	if small := smallPat().FindStringSubmatch(rest); small != nil {
		m, compact = strings.ToUpper(small[1]), !strings.ContainsAny(small[1], "/,&+–- ")
	}
	if apart := apartPat().FindStringSubmatch(rest); m == "" && apart != nil {
		m, compact = apart[1], false
	}
	if m == "" {
		m, compact = compactPat().FindString(rest), true
	}
	if m == "" || compact && len(m) == 2 && !slices.Contains([]string{"MW", "WF", "MF", "TR"}, m) {
		return 0, 0
	}
	for _, names := range letterDays {
		if days, ok := inOrder(letterPat().FindAllString(m, -1), names, strings.ContainsAny(m, "-–")); ok {
			return days, len(m)
		}
	}
	return 0, 0
}

// inOrder reads letters of days, each later in the week than the one before.
func inOrder(all []string, names map[string]uint8, ranged bool) (days uint8, ok bool) {
	last := -1
	for _, letter := range all {
		d, known := names[strings.ToUpper(letter)]
		at := slices.Index(week, d)
		if d == tue && at <= last {
			d, at = thu, slices.Index(week, thu) // the second T
		}
		if !known || at <= last {
			return 0, false
		}
		if ranged && len(all) == 2 && last >= 0 {
			for _, between := range week[last:at] {
				days |= between
			}
		}
		days, last = days|d, at
	}
	return days, true
}

// week is how a week is read.
var week = []uint8{mon, tue, wed, thu, fri, sat, sun}
