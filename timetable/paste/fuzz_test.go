package paste_test

import (
	"strings"
	"testing"

	"unpinch/timetable"
	"unpinch/timetable/paste"
)

// worst are texts that give the reader the most to do for their length.
func worst(length int) map[string]string {
	all := map[string]string{}
	for name, each := range map[string]string{
		"times":    "6pm ",
		"numbers":  "6, ",
		"days":     "mon ",
		"letters":  "M/",
		"dashes":   "-",
		"cells":    "mon\t",
		"pipes":    "|",
		"commas":   "mon,",
		"headings": "Monday\n",
		"titles":   "Yoga\n",
		"pairs":    "6pm\nYoga\n",
		"classes":  "mon 6pm A 7pm B\n",
		"faults":   "mon 6:30m\n",
		"spans":    "mon 6-7, 7-8\n",
		"rows":     "Time\tMon\n6pm\tA\n",
		"quotes":   `"`,
		"brackets": "(",
		"lengths":  "60 min ",
		"short":    "do so mi ",
		"dates":    "1st 2nd ",
		"cron":     "* * * * *\n",
		"rules":    "every 2 weeks\n",
		"fillers":  "at the class ",
	} {
		all[name] = strings.Repeat(each, length/len(each))
	}
	return all
}

// TestWorkIsBounded counts what is allocated for the worst texts of a form, and of
// a file. It grows with the length, and not with its square.
func TestWorkIsBounded(t *testing.T) {
	for name, small := range worst(4000) {
		large := worst(64_000)[name]
		once := testing.AllocsPerRun(1, func() { paste.Read(small, paste.Evening, 200, here) })
		many := testing.AllocsPerRun(1, func() { paste.Read(large, paste.Evening, 200, here) })
		if many > 40*once+10_000 {
			t.Errorf("%s: %.0f allocations for 4,000 bytes, %.0f for 64,000", name, once, many)
		}
	}
}

// Whatever is pasted is read or refused, and what was read is read alike when it
// is written out in full.
func FuzzRead(f *testing.F) {
	for _, text := range worst(60) {
		f.Add(text)
	}
	for _, text := range []string{"Mon/Wed 7-8:30pm BJJ", "Monday\n6am\n7am Yoga", "day,time\nmon,6pm", "Time\tMon\tTue\n6:00\tA\tB", "Mon 5:30 Yoga", "first sat 10:00 x",
		"M-TH 4, 5, 6pm", "Lunes 9.45 a 10.40 h", "mon 18:00 \"x\" 60 min", "Sat 12/12 9am", "Mon 6:30m"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, half := range []paste.Half{paste.Unasked, paste.Morning, paste.Evening} {
			p := paste.Read(text, half, 50, here)
			if len(p.Lines) > 4*50 || half != paste.Unasked && len(p.Open) > 0 {
				t.Fatalf("%d classes, open are %q", len(p.Lines), p.Open)
			}
			for _, l := range p.Lines {
				if l.Rule.IsZero() || l.Length < timetable.MinLength || l.Length > timetable.MaxLength || len([]rune(l.Title)) > timetable.MaxTitle || l.N == 0 {
					t.Fatalf("%q is read as %q %v %q", l.Text, l.Rule, l.Length, l.Title)
				}
			}
			for _, fault := range p.Faults {
				if fault.Code == "" || fault.N == 0 || fault.Error() == "" {
					t.Fatalf("fault %+v", fault)
				}
			}
		}
	})
}

// BenchmarkRead reads the worst texts of a form: 4,000 characters.
func BenchmarkRead(b *testing.B) {
	for name, text := range worst(4000) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				paste.Read(text, paste.Evening, 50, here)
			}
		})
	}
}
