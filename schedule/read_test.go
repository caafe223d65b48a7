package schedule_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"unpinch/schedule"
)

// monday is what the texts of the tests are read against.
func monday() schedule.Here {
	return schedule.Here{Today: schedule.Date{Year: 2026, Month: time.November, Day: 30}}
}

// outcome says how a text is read: the rule as it is stored with its length, or
// the fault with what was seen and what would work.
func outcome(text string, here schedule.Here) string {
	r, err := schedule.Read(text, here)
	pe, ok := errors.AsType[*schedule.ParseError](err)
	switch {
	case ok && pe.Suggest != "":
		return fmt.Sprintf("%s: %s -> %s", pe.Fault, pe.Seen, pe.Suggest)
	case ok:
		var all []string
		for _, c := range pe.Choices {
			all = append(all, c.Text)
		}
		return strings.TrimSuffix(fmt.Sprintf("%s: %s ?? %s", pe.Fault, pe.Seen, strings.Join(all, " | ")), " ?? ")
	case r.Length != 0:
		return fmt.Sprintf("= %s, %d min", r.Rule, int(r.Length.Minutes()))
	}
	return "= " + r.Rule.String()
}

// TestRead reads what people type, on Monday 30 November 2026.
func TestRead(t *testing.T) {
	data, err := os.ReadFile("testdata/typed.tsv")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(data)), "\n")
	if len(lines) < 300 {
		t.Errorf("%d lines, want 300 or more", len(lines))
	}
	for _, line := range lines {
		text, want, _ := strings.Cut(line, "\t")
		if got := outcome(text, monday()); got != want {
			t.Errorf("Read(%q)\n got %s\nwant %s", text, got, want)
		}
		sound(t, text, monday())
	}
}

// sound sees that what was read is stored and typed so that it reads back, and
// that what a refusal offers can be read.
func sound(t *testing.T, text string, here schedule.Here) {
	t.Helper()
	r, err := schedule.Read(text, here)
	if pe, ok := errors.AsType[*schedule.ParseError](err); ok {
		offers := pe.Choices
		if pe.Suggest != "" {
			offers = append(offers, schedule.Choice{Text: pe.Suggest})
		}
		for _, o := range offers {
			if back, err := schedule.Read(o.Text, here); err != nil || !o.Rule.IsZero() && !back.Rule.Equal(o.Rule) {
				t.Fatalf("Read(%q) offers %q, which is %v, %v", text, o.Text, back.Rule, err)
			}
		}
		return
	}
	if err != nil {
		t.Fatalf("Read(%q): %v", text, err)
	}
	if back, err := schedule.Parse(r.Rule.String()); err != nil || !back.Equal(r.Rule) {
		t.Fatalf("Read(%q) is stored as %q, which is read as %q, %v", text, r.Rule, back, err)
	}
	for _, country := range []string{"", "IL", "IN", "AF", "IR"} {
		typed := r.Rule.Typed(country)
		back, err := schedule.Read(typed, schedule.Here{Today: here.Today, Country: country})
		if err != nil || !back.Rule.Equal(r.Rule) || back.Length != 0 {
			t.Fatalf("Read(%q) is typed as %q in %q, which is read as %q, %v", text, typed, country, back.Rule, err)
		}
	}
}

// TestWeekdaysOfCountries reads the one word that differs by country.
func TestWeekdaysOfCountries(t *testing.T) {
	for country, want := range map[string]string{
		"": "weekdays 07:00", "PT": "weekdays 07:00", "AE": "weekdays 07:00", "IL": "mon tue wed thu sun 07:00",
		"IR": "mon tue wed thu sat sun 07:00", "IN": "mon tue wed thu fri sat 07:00", "AF": "mon tue wed sat sun 07:00",
	} {
		here := monday()
		here.Country = country
		for _, text := range []string{"weekdays 7am", "every weekday 7am", "week days 07:00", "workdays 07:00"} {
			if got := outcome(text, here); got != "= "+want {
				t.Errorf("%q in %q is %s, want %s", text, country, got, want)
			}
		}
		if got := outcome("mon-fri 7am", here); got != "= weekdays 07:00" {
			t.Errorf("mon-fri in %q is %s", country, got)
		}
	}
	israel := monday()
	israel.Country = "IL"
	for text, want := range map[string]string{
		"first weekday 9am":        "= first weekday among mon tue wed thu sun 09:00",
		"weekdays except sun 7am":  "= mon tue wed thu 07:00",
		"last weekday of month 17": "number: 17 -> last weekday of month 17:00",
	} {
		if got := outcome(text, israel); got != want {
			t.Errorf("%q in Israel is %s, want %s", text, got, want)
		}
	}
}

// FuzzRead reads anything without a panic; what it takes for a rule is stored and
// typed so that it reads back, and what a refusal offers can be read.
func FuzzRead(f *testing.F) {
	data, err := os.ReadFile("testdata/typed.tsv")
	if err != nil {
		f.Fatal(err)
	}
	for i, line := range strings.Split(string(data), "\n") {
		if text, _, _ := strings.Cut(line, "\t"); i%4 == 0 {
			f.Add(text)
		}
	}
	say := english(f)
	f.Fuzz(func(t *testing.T, text string) {
		sound(t, text, monday())
		if r, err := schedule.Read(text, monday()); err == nil {
			if n := len(r.Rule.Times()); n < 1 || r.Length < 0 || r.Rule.Sentence(say) == "" {
				t.Fatalf("Read(%q) = %v, %v", text, r.Rule, r.Length)
			}
		}
	})
}

// BenchmarkRead reads typical texts, and ones that are refused.
func BenchmarkRead(b *testing.B) {
	for _, text := range []string{"mon wed fri 18:00", "Mon & Wed: 5:30-6:30 & 7:00-8:00 pm", "every 2 weeks sat 09:00 from 2026-12-05", "mon foo 18:00", "every second thu 19:00"} {
		b.Run(text, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _ = schedule.Read(text, monday())
			}
		})
	}
}
