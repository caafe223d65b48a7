package schedule

import (
	"math/bits"
	"strconv"
	"strings"
	"time"

	"github.com/robfig/cron/v3"

	"unpinch/pattern"
)

var (
	cronWord = pattern.New(`^[\d*?][\d*?,/-]*$`)
	cronStep = pattern.New(`/(\d+)`)
)

// cronRanges is how many values each field has.
var cronRanges = []int{60, 24, 31, 12, 7}

// cronFields splits text into fields if it is meant for cron: its first two
// words are made of digits and cron's signs, and some word is not a number.
func cronFields(text string) (fields []string, ok bool) {
	text, named := strings.CutPrefix(text, "cron ")
	fields = strings.Fields(text)
	if named || len(fields) < 2 {
		return fields, named
	}
	if strings.Contains(text, ":") || strings.HasSuffix(text, "m") && strings.HasSuffix(fields[0], ",") { // 1, 8, 15 dec 18:00
		return nil, false
	}
	signs := strings.ContainsAny(text, "*?")
	return fields, cronWord().MatchString(fields[0]) && cronWord().MatchString(fields[1]) && (signs || len(fields) == 5)
}

// parseCron reads cron's five fields. robfig/cron reads each; rules that it
// lets pass and that never run, or run all day, are refused here.
func parseCron(fields []string) (Rule, *ParseError) {
	text := strings.Join(fields, " ")
	if len(fields) != 5 {
		return Rule{}, &ParseError{Fault: FaultFields, Seen: text, try: fiveFields(fields), ask: true}
	}
	if r, ok := quartz(fields); ok {
		return r, nil
	}
	var set [5]uint64
	for i, f := range fields {
		if i == 4 {
			fields[i] = sundays(f)
		}
		var ok bool
		if set[i], ok = cronSet(fields[i], i); !ok {
			return Rule{}, &ParseError{Fault: FaultCron, Seen: f, try: cronField(fields, i)}
		}
	}
	return cronRule(fields, set)
}

// cronRule makes the rule of what each field allows.
func cronRule(fields []string, set [5]uint64) (Rule, *ParseError) {
	text := strings.Join(fields, " ")
	days := part{months: uint16(set[3])}
	if set[3]&star != 0 {
		days.months = 0
	}
	if set[2]&star == 0 {
		days.dates = uint32(set[2])
	}
	if set[4]&star == 0 || days.dates == 0 {
		days.days = uint8(set[4] & allDays)
	}
	if bits.OnesCount64(set[0]&^star)*bits.OnesCount64(set[1]&^star) > MaxTimes {
		return Rule{}, &ParseError{Fault: FaultMany, Seen: text, try: []string{strings.Join(append([]string{"0"}, fields[1:]...), " ")}}
	}
	for c := range Clock(24 * 60) {
		if set[1]&(1<<(c/60)) != 0 && set[0]&(1<<(c%60)) != 0 {
			days.times = append(days.times, c)
		}
	}
	r := Rule{parts: []part{days}, cron: strings.Join(fields, " ")}
	if _, ok := r.nextWall(0); !ok {
		e := &ParseError{Fault: FaultNever, Seen: text}
		if len(days.times) == 1 {
			last := part{dates: 1, months: days.months, times: days.times}
			e.try = []string{strings.Join(last.appendTo(nil, false), " ")}
		}
		return Rule{}, e
	}
	return r, nil
}

// quartz reads what some crons have besides: the first Monday as 1#1, the last
// Friday as 5L and the last day as L.
func quartz(fields []string) (Rule, bool) {
	minute, hour, dom, dow := fields[0], fields[1], fields[2], fields[4]
	at, err := time.Parse("15:4", hour+":"+minute)
	if err != nil || fields[3] != "*" {
		return Rule{}, false
	}
	days := ""
	switch any := dom == "*" || dom == "?"; {
	case dom == "1w" && (dow == "*" || dow == "?"):
		days = "first weekday"
	case dom == "lw" && (dow == "*" || dow == "?"):
		days = "last weekday"
	case dom == "l" && (dow == "*" || dow == "?"):
		days = "last day"
	case any && strings.HasSuffix(dow, "l"):
		days = "last " + cronDay(strings.TrimSuffix(dow, "l"))
	case any && strings.Contains(dow, "#"):
		day, nth, _ := strings.Cut(dow, "#")
		if n, err := strconv.Atoi(nth); err == nil && n >= 1 && n < len(nths) {
			days = nths[n] + " " + cronDay(day)
		}
	}
	if days == "" {
		return Rule{}, false
	}
	r, err := Parse(days + " " + at.Format("15:04"))
	return r, err == nil
}

// cronDay names a day of the week that cron has by its number or its name.
func cronDay(field string) string {
	if n, err := strconv.Atoi(field); err == nil && n >= 0 && n <= 7 {
		return dayWords(1 << (n % 7))[0]
	}
	return field
}

// star is cron's mark of a field that restricts nothing.
const star = 1 << 63

// cronSet reads the i-th field.
func cronSet(field string, i int) (set uint64, ok bool) {
	alone := strings.Fields("* * * * *")
	alone[i] = field
	s, err := cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow).Parse(strings.Join(alone, " "))
	spec, ok := s.(*cron.SpecSchedule)
	if err != nil || !ok || !plausible(field, cronRanges[i]) {
		return 0, false
	}
	return []uint64{spec.Minute, spec.Hour, spec.Dom, spec.Month, spec.Dow}[i], true
}

// sundays writes Sunday as the 0 that robfig/cron knows, where it is 7 or the
// end of a range.
func sundays(field string) string {
	items := strings.Split(field, ",")
	for i, item := range items {
		first, last, ranged := strings.Cut(item, "-")
		switch {
		case item == "7":
			items[i] = "0"
		case ranged && (last == "7" || last == "sun"):
			items[i] = first + "-6,0"
		}
	}
	return strings.Join(items, ",")
}

// plausible reports whether a field has no empty item and no step as large as
// its range, both of which cron lets pass.
func plausible(field string, values int) bool {
	if strings.Contains(","+field+",", ",,") {
		return false
	}
	for _, m := range cronStep().FindAllStringSubmatch(field, -1) {
		if n, err := strconv.Atoi(m[1]); err != nil || n >= values {
			return false
		}
	}
	return true
}
