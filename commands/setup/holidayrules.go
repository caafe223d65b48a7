package setup

import (
	"slices"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/ar"
	"github.com/rickar/cal/v2/at"
	"github.com/rickar/cal/v2/au"
	"github.com/rickar/cal/v2/be"
	"github.com/rickar/cal/v2/bg"
	"github.com/rickar/cal/v2/br"
	"github.com/rickar/cal/v2/ca"
	"github.com/rickar/cal/v2/ch"
	"github.com/rickar/cal/v2/cy"
	"github.com/rickar/cal/v2/cz"
	"github.com/rickar/cal/v2/de"
	"github.com/rickar/cal/v2/dk"
	"github.com/rickar/cal/v2/ee"
	"github.com/rickar/cal/v2/es"
	"github.com/rickar/cal/v2/fi"
	"github.com/rickar/cal/v2/fr"
	"github.com/rickar/cal/v2/gb"
	"github.com/rickar/cal/v2/gr"
	"github.com/rickar/cal/v2/hr"
	"github.com/rickar/cal/v2/hu"
	"github.com/rickar/cal/v2/ie"
	"github.com/rickar/cal/v2/is"
	"github.com/rickar/cal/v2/it"
	"github.com/rickar/cal/v2/jp"
	"github.com/rickar/cal/v2/ke"
	"github.com/rickar/cal/v2/lt"
	"github.com/rickar/cal/v2/lu"
	"github.com/rickar/cal/v2/lv"
	"github.com/rickar/cal/v2/mt"
	"github.com/rickar/cal/v2/mw"
	"github.com/rickar/cal/v2/mx"
	"github.com/rickar/cal/v2/nc"
	"github.com/rickar/cal/v2/nl"
	"github.com/rickar/cal/v2/no"
	"github.com/rickar/cal/v2/nz"
	"github.com/rickar/cal/v2/pl"
	"github.com/rickar/cal/v2/pt"
	"github.com/rickar/cal/v2/ro"
	"github.com/rickar/cal/v2/rs"
	"github.com/rickar/cal/v2/ru"
	"github.com/rickar/cal/v2/se"
	"github.com/rickar/cal/v2/si"
	"github.com/rickar/cal/v2/sk"
	"github.com/rickar/cal/v2/th"
	"github.com/rickar/cal/v2/ua"
	"github.com/rickar/cal/v2/us"
	"github.com/rickar/cal/v2/za"

	"unpinch/schedule"
)

// A holiday is a day on which the law or custom of a country closes much.
type holiday struct {
	day     schedule.Date
	name    string // in the country's own language
	instead bool   // the day off in its place
}

// holidayRules are the rules of public holidays by region, as ISO 3166-2 has it
// behind the country; "" is the whole country.
type holidayRules map[string][]*cal.Holiday

// holidaysOf returns the rules of a country, by its code, or nothing where
// nobody has written them down.
func holidaysOf(country string) holidayRules {
	switch country {
	case "AR":
		return holidayRules{"": ar.Holidays}
	case "AT":
		return holidayRules{"": at.Holidays}
	case "AU":
		return holidayRules{

			"ACT": au.HolidaysACT, "NSW": au.HolidaysNSW, "NT": au.HolidaysNT, "QLD": au.HolidaysQLD,
			"SA": au.HolidaysSA, "TAS": au.HolidaysTAS, "VIC": au.HolidaysVIC, "WA": au.HolidaysWA,
		}
	case "BE":
		return holidayRules{"": be.Holidays}
	case "BG":
		return holidayRules{"": bg.Holidays}
	case "BR":
		return holidayRules{"": br.Holidays}
	case "CA":
		return holidayRules{"": ca.Holidays}
	case "CH":
		return holidayRules{"": ch.Holidays,

			"AG": ch.HolidaysAG, "AI": ch.HolidaysAI, "AR": ch.HolidaysAR, "BE": ch.HolidaysBE,
			"BL": ch.HolidaysBL, "BS": ch.HolidaysBS, "FR": ch.HolidaysFR, "GE": ch.HolidaysGE,
			"GL": ch.HolidaysGL, "GR": ch.HolidaysGR, "JU": ch.HolidaysJU, "LU": ch.HolidaysLU,
			"NE": ch.HolidaysNE, "NW": ch.HolidaysNW, "OW": ch.HolidaysOW, "SG": ch.HolidaysSG,
			"SH": ch.HolidaysSH, "SO": ch.HolidaysSO, "SZ": ch.HolidaysSZ, "TG": ch.HolidaysTG,
			"TI": ch.HolidaysTI, "UR": ch.HolidaysUR, "VD": ch.HolidaysVD, "VS": ch.HolidaysVS,
			"ZG": ch.HolidaysZG, "ZH": ch.HolidaysZH,
		}
	case "CY":
		return holidayRules{"": cy.Holidays}
	case "CZ":
		return holidayRules{"": cz.Holidays}
	case "DE":
		return holidayRules{"": de.Holidays,

			"BB": de.HolidaysBB, "BE": de.HolidaysBE, "BW": de.HolidaysBW, "BY": de.HolidaysBY,
			"HB": de.HolidaysHB, "HE": de.HolidaysHE, "HH": de.HolidaysHH, "MV": de.HolidaysMV,
			"NI": de.HolidaysNI, "NW": de.HolidaysNW, "RP": de.HolidaysRP, "SH": de.HolidaysSH,
			"SL": de.HolidaysSL, "SN": de.HolidaysSN, "ST": de.HolidaysST, "TH": de.HolidaysTH,
		}
	case "DK":
		return holidayRules{"": dk.Holidays}
	case "EE":
		return holidayRules{"": ee.Holidays}
	case "ES":
		return holidayRules{"": es.Holidays}
	case "FI":
		return holidayRules{"": fi.Holidays}
	case "FR":
		return holidayRules{"": fr.Holidays}
	case "GB":
		return holidayRules{"": gb.Holidays}
	case "GR":
		return holidayRules{"": gr.Holidays}
	case "HR":
		return holidayRules{"": hr.Holidays}
	case "HU":
		return holidayRules{"": hu.Holidays}
	case "IE":
		return holidayRules{"": ie.Holidays}
	case "IS":
		return holidayRules{"": is.Holidays}
	case "IT":
		return holidayRules{"": it.Holidays}
	case "JP":
		return holidayRules{"": jp.Holidays}
	case "KE":
		return holidayRules{"": ke.Holidays}
	case "LT":
		return holidayRules{"": lt.Holidays}
	case "LU":
		return holidayRules{"": lu.Holidays}
	case "LV":
		return holidayRules{"": lv.Holidays}
	case "MT":
		return holidayRules{"": mt.Holidays}
	case "MW":
		return holidayRules{"": mw.Holidays}
	case "MX":
		return holidayRules{"": mx.Holidays}
	case "NC":
		return holidayRules{"": nc.Holidays}
	case "NL":
		return holidayRules{"": nl.Holidays}
	case "NO":
		return holidayRules{"": no.Holidays}
	case "NZ":
		return holidayRules{"": nz.Holidays}
	case "PL":
		return holidayRules{"": pl.Holidays}
	case "PT":
		return holidayRules{"": pt.Holidays}
	case "RO":
		return holidayRules{"": ro.Holidays}
	case "RS":
		return holidayRules{"": rs.Holidays}
	case "RU":
		return holidayRules{"": ru.Holidays}
	case "SE":
		return holidayRules{"": se.Holidays}
	case "SI":
		return holidayRules{"": si.Holidays}
	case "SK":
		return holidayRules{"": sk.Holidays}
	case "TH":
		return holidayRules{"": th.Holidays}
	case "UA":
		return holidayRules{"": ua.Holidays}
	case "US":
		return holidayRules{"": us.Holidays}
	case "ZA":
		return holidayRules{"": za.Holidays}
	}
	return nil
}

// within returns the holidays of a region from a day on, before a last one. What
// falls on a weekend has a day off in its place in some countries: both are there.
func (rules holidayRules) within(region string, from, to schedule.Date) (all []holiday) {
	add := func(at time.Time, name string, instead bool) {
		h := holiday{schedule.DateOf(at), name, instead}
		if !at.IsZero() && !h.day.Before(from) && h.day.Before(to) && !slices.Contains(all, h) {
			all = append(all, h)
		}
	}
	for _, rule := range rules[region] {
		if rule.Type == cal.ObservanceOther {
			continue
		}
		for year := from.Year - 1; year <= to.Year+1; year++ {
			actual, observed := rule.Calc(year)
			add(actual, rule.Name, false)
			if !observed.Equal(actual) {
				add(observed, rule.Name, true)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b holiday) int {
		switch {
		case a.day.Before(b.day):
			return -1
		case b.day.Before(a.day):
			return 1
		}
		return 0
	})
	return all
}
