package schedule

import (
	"strconv"
	"strings"

	"unpinch/pattern"
)

// fiveFields returns what cron's fields may be where there are not five of them:
// others have seconds before them, a year behind them, or one forgotten. Where
// there is a question mark, 1 may be Sunday, as Quartz has it.
func fiveFields(fields []string) (texts []string) {
	join := func(fields ...string) { texts = append(texts, strings.Join(fields, " ")) }
	switch n := len(fields); {
	case n == 7, n == 6:
		five := fields[1:6]
		day, err := strconv.Atoi(five[4])
		join(five...)
		if _, err := read(texts[0], Here{}); err != nil && n == 6 {
			texts = nil
			join(fields[:5]...)
		}
		if err == nil && day >= 1 && day <= 7 && strings.Contains(texts[0], "?") {
			join(append(fields[1:5:5], strconv.Itoa(day-1))...)
		}
	case n == 4:
		if fields[1] != "*" {
			join(append(fields[:4:4], "*")...)
		}
		join(append([]string{"0"}, fields...)...)
	}
	return texts
}

var (
	nearestWorkday = pattern.New(`^(\d+)w$`)
	backwards      = pattern.New(`^([0-7])-([0-7])$`)
)

// cronField returns cron's fields with another in place of one that cron can't
// read: the date itself for the workday next to it, and days that pass Sunday.
func cronField(fields []string, i int) []string {
	instead := ""
	if m := nearestWorkday().FindStringSubmatch(fields[i]); m != nil && i == 2 {
		instead = m[1]
	} else if m := backwards().FindStringSubmatch(fields[i]); m != nil && i == 4 && m[1] > m[2] {
		instead = m[1] + "-6,0-" + m[2]
	}
	if instead == "" {
		return nil
	}
	all := append([]string(nil), fields...)
	all[i] = instead
	return []string{strings.Join(all, " ")}
}

// descriptors have what cron's words for a whole rule mean.
var descriptors = map[string]string{
	"@daily": "daily 00:00", "@midnight": "daily 00:00", "@weekly": "sun 00:00", "@monthly": "1st 00:00",
	"@yearly": "1st in jan 00:00", "@annually": "1st in jan 00:00", "@hourly": "0 * * * *",
}

// descriptor refuses @daily and the like, with the rule that cron has for it.
func descriptor(text string) *ParseError {
	e := &ParseError{Fault: FaultDescriptor, Seen: text}
	word := strings.ToLower(text)
	if rule, ok := descriptors[word]; ok {
		e.try = []string{rule}
	} else if every, ok := strings.CutPrefix(word, "@every "); ok {
		n, unit := 0, byte('h')
		for i := range len(every) {
			if c := every[i]; digit(c) && n < 100 {
				n = 10*n + int(c-'0')
			} else {
				unit = c
				break
			}
		}
		if unit == 'h' {
			n *= 60
		}
		e.try = []string{"daily " + timesEach(n, 8*60, 20*60)}
	} else {
		e.try = []string{text[1:]}
	}
	return e
}

// timesEach writes times so many minutes apart, or nothing if those are too many
// or too few.
func timesEach(minutes int, from, to Clock) string {
	if minutes < 30 || minutes > 24*60 {
		return ""
	}
	var words []string
	for c := from; c <= to && len(words) < MaxTimes; c += Clock(minutes) {
		words = append(words, c.String())
	}
	return strings.Join(words, " ")
}
