package timetable

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"unpinch/schedule"
)

// ImportLovinatorJSON reads the backups that TheLovinator1's
// discord-reminder-bot writes with /remind backup: the jobs of an APScheduler,
// whose triggers are Python's pickles in parts. It runs none of them. It
// returns Faults if the data is no such file or has more than 1,000 jobs, or the
// error of a context that ends first.
//
// A cron trigger makes a class if its rule is one of ours. An interval of
// whole days or weeks makes one if it has a next time, from which it is
// counted. Both end with the trigger's last day. Seconds, jitter and a cron
// trigger's first day are left behind.
func ImportLovinatorJSON(ctx context.Context, data []byte, zones *schedule.Zones) (Imported, error) {
	if len(data) > MaxImport {
		return Imported{}, Faults{{Code: CodeSize}}
	}
	var file struct {
		Version json.Number
		Jobs    jobs
	}
	err := json.NewDecoder(patient{ctx, bytes.NewReader(bytes.TrimPrefix(data, []byte(bom)))}).Decode(&file)
	_, other := errors.AsType[*json.UnmarshalTypeError](err)
	switch {
	case ctx.Err() != nil:
		return Imported{}, fmt.Errorf("read jobs: %w", ctx.Err())
	case errors.Is(err, io.EOF):
		return Imported{}, Faults{{Code: CodeEmpty}}
	case err != nil && !other:
		return Imported{}, Faults{{Code: CodeJSON, Seen: Cut(err.Error(), 100)}}
	case other || file.Jobs.first == nil:
		return Imported{}, Faults{{Text: "jobs", Code: CodeSource}}
	case file.Version != "1":
		return Imported{}, Faults{{Text: "version", Code: CodeVersion, Seen: file.Version.String(), Example: "1"}}
	case file.Jobs.count > maxReminders:
		return Imported{}, tooMany(file.Jobs.count)
	}
	var all Imported
	for i, text := range file.Jobs.first {
		if ctx.Err() != nil {
			return Imported{}, fmt.Errorf("read jobs: %w", ctx.Err())
		}
		all.job(i+1, text, zones)
	}
	return all, nil
}

// jobs are the first of a file's jobs, as it has them, and how many there are.
type jobs struct {
	first []json.RawMessage
	count int
}

// UnmarshalJSON reads a list of mappings.
func (j *jobs) UnmarshalJSON(data []byte) error {
	d := json.NewDecoder(bytes.NewReader(data))
	if t, err := d.Token(); err != nil || t != json.Delim('[') {
		return &json.UnmarshalTypeError{Value: "jobs"}
	}
	*j = jobs{first: []json.RawMessage{}} // the last of two lists counts
	for ; d.More(); j.count++ {
		var one json.RawMessage
		if err := d.Decode(&one); err != nil || one[0] != '{' {
			return &json.UnmarshalTypeError{Value: "job"}
		}
		if j.count < maxReminders {
			j.first = append(j.first, one)
		}
	}
	return nil
}

// maxJob is how large a job may be, in bytes. Those of a bot have about two
// thousand.
const maxJob = 32 << 10

// job adds a job, or why it makes no class.
func (all *Imported) job(n int, text json.RawMessage, zones *schedule.Zones) {
	var job map[string]any
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	large := len(text) > maxJob || d.Decode(&job) != nil
	from, _ := job["id"].(string)
	if from = Cut(fields(plainLine(from)), MaxTitle); from == "" {
		from = fmt.Sprintf("#%d", n)
	}
	c, why := ImportedClass{}, WhyUnreadable
	if !large {
		c, why = jobClass(job, zones)
	}
	if why != "" {
		all.Skipped = append(all.Skipped, Skipped{from, why})
		return
	}
	c.From = from
	all.Classes = append(all.Classes, c)
}

// python turns what APScheduler writes in JSON into what unpickle returns.
func python(v any) (any, error) {
	switch v := v.(type) {
	case json.Number:
		return v.Int64()
	case []any:
		l := &pyList{}
		for _, item := range v {
			p, err := python(item)
			if err != nil {
				return nil, err
			}
			l.items = append(l.items, p)
		}
		return l, nil
	case map[string]any:
		return pythonObject(v)
	}
	return v, nil
}

func pythonObject(v map[string]any) (any, error) {
	if text, ok := v["__apscheduler_pickle__"].(string); ok {
		data, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			return nil, fmt.Errorf("decode a pickle: %w", err)
		}
		return unpickle(data)
	}
	d := pyDict{}
	for key, value := range v {
		p, err := python(value)
		if err != nil {
			return nil, err
		}
		d[key] = p
	}
	class, ok := d["__apscheduler_class__"].(string)
	state, ok2 := d["__apscheduler_state__"].(pyDict)
	if ok && ok2 {
		return &pyObject{class: strings.Replace(class, ":", ".", 1), state: state}, nil
	}
	return d, nil
}

// jobClass makes a class of a job, or says why not.
func jobClass(job map[string]any, zones *schedule.Zones) (ImportedClass, Why) {
	kwargs, _ := job["kwargs"].(map[string]any)
	channel, ok := kwargs["channel_id"].(json.Number)
	if _, person := kwargs["user_id"]; person && !ok {
		return ImportedClass{}, WhyPerson
	}
	if !snowflakePattern().MatchString(channel.String()) {
		return ImportedClass{}, WhyChannel
	}
	if next, has := job["next_run_time"]; has && next == nil {
		return ImportedClass{}, WhyOff
	}
	read, err := python(job["trigger"])
	trigger, ok := read.(*pyObject)
	if err != nil || !ok {
		return ImportedClass{}, WhyUnreadable
	}
	next, _ := python(job["next_run_time"])
	t := jobTrigger{trigger: trigger, next: next, zones: zones}
	c, zone, why := t.class()
	return ImportedClass{Class: c, Channel: channel.String(), Zone: zone}, why
}

// A jobTrigger says when a job comes.
type jobTrigger struct {
	trigger *pyObject
	next    any
	zones   *schedule.Zones
}

func (t jobTrigger) class() (c Class, zone string, why Why) {
	_, kind, _ := cutLast(t.trigger.class, ".")
	if kind == "DateTrigger" {
		return Class{}, "", WhyOnce
	}
	loc, ok := t.zone(t.trigger.state["timezone"])
	if !ok {
		return Class{}, "", WhyZone
	}
	next, known := t.instant(t.next)
	if !known {
		next, known = t.instant(t.trigger.state["start_date"])
	}
	next = next.In(loc)
	var rule string
	switch kind {
	case "CronTrigger":
		rule, why = cronRule(t.trigger.state["fields"])
	case "IntervalTrigger":
		if why = WhyUnreadable; known {
			rule, why = intervalRule(t.trigger.state["interval"], next)
		}
	default:
		why = WhyInterval
	}
	if why != "" {
		return Class{}, "", why
	}
	if c, why = importedClass(rule); why != "" {
		return Class{}, "", why
	}
	if t.trigger.state["end_date"] != nil {
		end, ok := t.instant(t.trigger.state["end_date"])
		switch {
		case !ok:
			return Class{}, "", WhyUnreadable
		case known && end.Before(next):
			return Class{}, "", WhyOver
		}
		last := c.Rule.Times()[0]
		c.Until = lastDay(end.In(loc), time.Date(2000, 1, 1, int(last/60), int(last%60), 0, 0, loc))
	}
	return c, loc.String(), ""
}

func cutLast(text, sep string) (before, after string, found bool) {
	i := strings.LastIndex(text, sep)
	if i < 0 {
		return "", text, false
	}
	return text[:i], text[i+len(sep):], true
}

// zone reads a time zone of pytz, of zoneinfo, or UTC.
func (t jobTrigger) zone(v any) (*time.Location, bool) {
	o, ok := v.(*pyObject)
	if !ok {
		return nil, false
	}
	name := ""
	switch o.class {
	case "pytz._UTC", "datetime.timezone.utc":
		name = "UTC"
	case "datetime.timezone":
		if days, seconds, ok := delta(arg(o, 0)); ok && days == 0 && seconds == 0 {
			name = "UTC"
		}
	case "pytz._p", "pytz._utc", "zoneinfo.ZoneInfo._unpickle", "zoneinfo.ZoneInfo":
		name, _ = arg(o, 0).(string)
	}
	loc, err := t.zones.Location(name)
	return loc, err == nil
}

func arg(o *pyObject, i int) any {
	if i >= len(o.args) {
		return nil
	}
	return o.args[i]
}

// instant reads a datetime with a zone: ten bytes, of which the first seven
// are year, month, day, hour, minute and second.
func (t jobTrigger) instant(v any) (time.Time, bool) {
	o, ok := v.(*pyObject)
	if !ok || o.class != "datetime.datetime" {
		return time.Time{}, false
	}
	b, ok := arg(o, 0).([]byte)
	loc, ok2 := t.zone(arg(o, 1))
	if !ok || !ok2 || len(b) != 10 {
		return time.Time{}, false
	}
	return time.Date(int(b[0])<<8|int(b[1]), time.Month(b[2]&0x7f), int(b[3]), int(b[4]), int(b[5]), int(b[6]), 0, loc), true
}

// delta reads a timedelta.
func delta(v any) (days, seconds int64, ok bool) {
	o, ok := v.(*pyObject)
	if !ok || o.class != "datetime.timedelta" {
		return 0, 0, false
	}
	days, ok = arg(o, 0).(int64)
	seconds, ok2 := arg(o, 1).(int64)
	return days, seconds, ok && ok2
}

func intervalRule(v any, next time.Time) (rule string, why Why) {
	days, seconds, ok := delta(v)
	switch {
	case !ok:
		return "", WhyUnreadable
	case seconds != 0 || days < 1 || days > 366:
		return "", WhyInterval
	}
	return everyDays(int(days), next)
}
