package schedule

// workweeks has the countries whose weekdays are not Monday to Friday, as weekData
// in CLDR's common/supplemental/supplementalData.xml has them: Afghanistan's weekend
// is Thursday and Friday there. The Emirates, Friday and Saturday in CLDR before
// version 42, have Saturday and Sunday since 2022.
var workweeks = map[string]uint8{
	"AF": allDays &^ (1<<4 | 1<<5),
	"IN": allDays &^ 1, "UG": allDays &^ 1,
	"IR": allDays &^ (1 << 5),
	"BH": sunToThu, "DZ": sunToThu, "EG": sunToThu, "IL": sunToThu, "IQ": sunToThu, "JO": sunToThu, "KW": sunToThu, "LY": sunToThu,
	"OM": sunToThu, "QA": sunToThu, "SA": sunToThu, "SD": sunToThu, "SY": sunToThu, "YE": sunToThu,
}

const sunToThu = allDays &^ (1<<5 | 1<<6)

// workweek returns the days that the word weekdays means in a country.
func workweek(country string) uint8 {
	if days, ok := workweeks[country]; ok {
		return days
	}
	return weekdays
}
