package timetable

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"unpinch/schedule"
)

// A cronSpec is what the fields of a cron trigger say: the values of each, all
// of them if it says nothing of it, and days that have no number.
type cronSpec struct {
	values  map[string][]int
	all     map[string]bool
	nth     []string // first mon, last fri
	lastDay bool
}

// cronRanges are the first and last value of each field. Its weekdays begin
// with Monday.
var cronRanges = map[string][2]int{
	"month": {1, 12}, "day": {1, 31}, "day_of_week": {0, 6}, "hour": {0, 23}, "minute": {0, 59},
}

// maxFields is how many fields a trigger has, and maxExpressions is how many
// ways of saying its minutes a field may have. A pickle may name the same list
// again and again, which costs it two bytes each.
const (
	maxFields      = 8
	maxExpressions = 60
)

// cronRule writes the rule of the fields of a cron trigger.
func cronRule(v any) (rule string, why Why) {
	list, ok := v.(*pyList)
	if !ok || len(list.items) > maxFields {
		return "", WhyUnreadable
	}
	spec := cronSpec{values: map[string][]int{}, all: map[string]bool{}}
	for _, item := range list.items {
		if why := spec.field(item); why != "" {
			return "", why
		}
	}
	for name, low := range cronRanges {
		if len(spec.values[name]) == 0 && !(name == "day" && (len(spec.nth) > 0 || spec.lastDay)) {
			spec.all[name] = true
			for n := low[0]; n <= low[1]; n++ {
				spec.values[name] = append(spec.values[name], n)
			}
		}
	}
	return spec.rule()
}

// field adds what one field says.
func (s *cronSpec) field(v any) Why {
	o, ok := v.(*pyObject)
	if !ok {
		return WhyUnreadable
	}
	name, _ := o.state["name"].(string)
	list, ok := o.state["expressions"].(*pyList)
	if !ok || len(list.items) > maxExpressions {
		return WhyUnreadable
	}
	for _, e := range list.items {
		o, ok := e.(*pyObject)
		if !ok {
			return WhyUnreadable
		}
		if why := s.expression(name, o); why != "" {
			return why
		}
	}
	return ""
}

// expression adds what one expression of a field says.
func (s *cronSpec) expression(name string, o *pyObject) Why {
	_, kind, _ := cutLast(o.class, ".")
	step, stepped := o.state["step"].(int64)
	first, ok := o.state["first"].(int64)
	last, ends := o.state["last"].(int64)
	every := kind == "AllExpression" && !stepped
	switch {
	case name == "second" && (every || stepped):
		return WhyOften
	case name == "second": // times are in minutes
		return ""
	case name == "year" && !every:
		return WhyOnce
	case name == "week" && !every:
		return WhyInterval
	case every:
		return ""
	case kind == "WeekdayPositionExpression":
		return s.position(o)
	case kind == "LastDayOfMonthExpression":
		s.lastDay = true
		return ""
	}
	low, known := cronRanges[name]
	switch {
	case !known:
		return WhyUnreadable
	case kind == "AllExpression":
		first, last, ends = int64(low[0]), int64(low[1]), true
	case !ok:
		return WhyUnreadable
	}
	if !ends {
		last = first
		if stepped {
			last = int64(low[1])
		}
	}
	if !stepped {
		step = 1
	}
	if step < 1 || first < int64(low[0]) || last > int64(low[1]) || first > last {
		return WhyUnreadable
	}
	for n := first; n <= last; n += step {
		s.values[name] = append(s.values[name], int(n))
	}
	return ""
}

// position adds a first Monday of the month, or the like.
func (s *cronSpec) position(o *pyObject) Why {
	n, ok := o.state["option_num"].(int64)
	day, ok2 := o.state["weekday"].(int64)
	if !ok || !ok2 || n < 0 || n > 5 || day < 0 || day > 6 {
		return WhyUnreadable
	}
	s.nth = append(s.nth, []string{"first", "second", "third", "fourth", "fifth", "last"}[n]+" "+weekdayWord(int(day)))
	return ""
}

// weekdayWord writes a weekday as rules have it, of those that begin with
// Monday.
func weekdayWord(day int) string {
	return strings.ToLower(time.Weekday((day + 1) % 7).String()[:3])
}

// rule writes the rule, as people would, or else as cron has it.
func (s *cronSpec) rule() (rule string, why Why) {
	for name := range s.values {
		slices.Sort(s.values[name])
		s.values[name] = slices.Compact(s.values[name])
	}
	if len(s.values["hour"])*len(s.values["minute"]) > schedule.MaxTimes {
		return "", WhyOften
	}
	var times, days []string
	for _, h := range s.values["hour"] {
		for _, m := range s.values["minute"] {
			times = append(times, schedule.Clock(h*60+m).String())
		}
	}
	someDays, dated := !s.all["day_of_week"], !s.all["day"]
	switch {
	case someDays && dated: // both at once, where ours run on either
		return "", WhyBoth
	case (len(s.nth) > 0 || s.lastDay) && (len(s.values["day"]) > 0 || !s.all["month"]), len(s.nth) > 0 && (s.lastDay || !oneDay(s.nth)):
		return "", WhyInterval
	case len(s.nth) > 0:
		days = s.nth
	case s.lastDay:
		days = []string{"last day"}
	case !s.all["month"]:
		return s.cron(), ""
	case dated:
		for _, d := range s.values["day"] {
			days = append(days, "day "+strconv.Itoa(d))
		}
	case someDays:
		for _, d := range s.values["day_of_week"] {
			days = append(days, weekdayWord(d))
		}
	default:
		days = []string{"daily"}
	}
	return strings.Join(slices.Concat(days, times), " "), ""
}

// oneDay reports whether all are of the same weekday, as a rule of ours is.
func oneDay(nth []string) bool {
	_, day, _ := strings.Cut(nth[0], " ")
	return !slices.ContainsFunc(nth, func(n string) bool { return !strings.HasSuffix(n, " "+day) })
}

// cron writes the five fields of what names its months.
func (s *cronSpec) cron() string {
	write := func(name string, shift func(int) int) string {
		if s.all[name] {
			return "*"
		}
		var all []string
		for _, n := range s.values[name] {
			all = append(all, strconv.Itoa(shift(n)))
		}
		return strings.Join(all, ",")
	}
	same := func(n int) int { return n }
	return strings.Join([]string{write("minute", same), write("hour", same), write("day", same), write("month", same),
		write("day_of_week", func(n int) int { return (n + 1) % 7 })}, " ")
}
