package setup

import (
	"testing"

	"unpinch/content"
	"unpinch/schedule"
)

// TestHolidayRules walks every country that has rules: within any twelve months
// each has a few days, in order, in reach of the form, and each region has a name.
func TestHolidayRules(t *testing.T) {
	lib, err := content.Load()
	if err != nil {
		t.Fatal(err)
	}
	countries, regions := 0, 0
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			country := string(a) + string(b)
			rules := holidaysOf(country)
			if rules == nil {
				continue
			}
			countries++
			for region := range rules {
				if region != "" {
					regions++
					if name := lib.Say("en", "region."+country+"_"+region, nil); name == "" || name[0] == '?' {
						t.Errorf("%s-%s has no name", country, region)
					}
				}
				for _, from := range []schedule.Date{{Year: 2026, Month: 11, Day: 30}, {Year: 2028, Month: 2, Day: 29}} {
					all := rules.within(region, from, from.Add(yearDays))
					if len(all) < 5 || len(all) > 40 {
						t.Errorf("%s-%s: %d days from %s", country, region, len(all), from)
					}
					for i, h := range all {
						if h.name == "" || h.day.Before(from) || !h.day.Before(from.Add(yearDays)) || i > 0 && h.day.Before(all[i-1].day) {
							t.Errorf("%s-%s: %+v", country, region, h)
						}
					}
				}
			}
		}
	}
	if countries < 45 || regions < 50 {
		t.Errorf("%d countries, %d regions", countries, regions)
	}
}

// TestKnownHolidays holds some days of the coming year against the countries' own
// calendars.
func TestKnownHolidays(t *testing.T) {
	from := schedule.Date{Year: 2026, Month: 11, Day: 30}
	for _, tc := range []struct {
		country, region, day string
		is                   bool
	}{
		{"PT", "", "2026-12-08", true}, {"PT", "", "2027-04-25", true}, {"PT", "", "2027-03-26", true},
		{"DE", "", "2026-12-25", true}, {"DE", "", "2027-01-06", false}, {"DE", "BY", "2027-01-06", true},
		{"US", "", "2027-07-04", true}, {"US", "", "2027-07-05", true}, {"US", "", "2027-11-25", true},
		{"GB", "", "2026-12-28", true}, {"FR", "", "2027-05-06", true}, {"AU", "NSW", "2027-01-26", true},
		{"CH", "ZH", "2027-08-01", true}, {"ES", "", "2027-01-06", true}, {"PL", "", "2026-11-30", false},
	} {
		got := false
		for _, h := range holidaysOf(tc.country).within(tc.region, from, from.Add(yearDays)) {
			got = got || h.day.String() == tc.day
		}
		if got != tc.is {
			t.Errorf("%s %s: %s is %t", tc.country, tc.region, tc.day, got)
		}
	}
}
