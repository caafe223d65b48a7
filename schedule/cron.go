package schedule

import (
	"math/bits"
	"regexp"
	"strconv"
	"strings"

	"github.com/robfig/cron/v3"
)

var (
	cronWord = regexp.MustCompile(`^[\d*?][\d*?,/-]*$`)
	cronStep = regexp.MustCompile(`/(\d+)`)
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
	signs := strings.ContainsAny(text, "*?")
	return fields, cronWord.MatchString(fields[0]) && cronWord.MatchString(fields[1]) && (signs || len(fields) == 5)
}

// parseCron reads cron's five fields. robfig/cron reads each; rules that it
// lets pass and that never run, or run all day, are refused here.
func parseCron(fields []string) (Rule, error) {
	text := strings.Join(fields, " ")
	if len(fields) != 5 {
		return Rule{}, &ParseError{FaultFields, text}
	}
	var set [5]uint64
	for i, f := range fields {
		if i == 4 {
			fields[i] = sundays(f)
		}
		var ok bool
		if set[i], ok = cronSet(fields[i], i); !ok {
			return Rule{}, &ParseError{FaultCron, f}
		}
	}
	r := Rule{cron: strings.Join(fields, " "), months: uint16(set[3])}
	if set[3]&star != 0 {
		r.months = 0
	}
	if set[2]&star == 0 {
		r.dates = uint32(set[2])
	}
	if set[4]&star == 0 || r.dates == 0 {
		r.days = uint8(set[4] & allDays)
	}
	if bits.OnesCount64(set[0]&^star)*bits.OnesCount64(set[1]&^star) > MaxTimes {
		return Rule{}, &ParseError{FaultMany, text}
	}
	for c := range Clock(24 * 60) {
		if set[1]&(1<<(c/60)) != 0 && set[0]&(1<<(c%60)) != 0 {
			r.times = append(r.times, c)
		}
	}
	if _, ok := r.nextWall(0); !ok {
		return Rule{}, &ParseError{FaultNever, text}
	}
	return r, nil
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
	for _, m := range cronStep.FindAllStringSubmatch(field, -1) {
		if n, err := strconv.Atoi(m[1]); err != nil || n >= values {
			return false
		}
	}
	return true
}
