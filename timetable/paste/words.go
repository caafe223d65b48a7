package paste

import (
	"strings"
	"time"
)

// The days of the week as bits.
const (
	sun uint8 = 1 << time.Sunday
	mon uint8 = 1 << time.Monday
	tue uint8 = 1 << time.Tuesday
	wed uint8 = 1 << time.Wednesday
	thu uint8 = 1 << time.Thursday
	fri uint8 = 1 << time.Friday
	sat uint8 = 1 << time.Saturday

	everyDay = 1<<7 - 1
	weekend  = sat | sun
	weekdays = everyDay &^ weekend
)

// dayWords are the days in the languages of timetables: English, German and
// Spanish.
var dayWords = map[string]uint8{
	"mon": mon, "monday": mon, "mondays": mon, "montag": mon, "montags": mon, "lunes": mon, "lun": mon,
	"tue": tue, "tues": tue, "tuesday": tue, "tuesdays": tue, "dienstag": tue, "dienstags": tue, "martes": tue,
	"wed": wed, "weds": wed, "wednesday": wed, "wednesdays": wed, "mittwoch": wed, "mittwochs": wed, "miércoles": wed, "miercoles": wed, "mié": wed, "mie": wed,
	"thu": thu, "thur": thu, "thurs": thu, "thursday": thu, "thursdays": thu, "donnerstag": thu, "donnerstags": thu, "jueves": thu, "jue": thu,
	"fri": fri, "friday": fri, "fridays": fri, "freitag": fri, "freitags": fri, "viernes": fri, "vie": fri,
	"sat": sat, "saturday": sat, "saturdays": sat, "samstag": sat, "samstags": sat, "sonnabend": sat, "sonnabends": sat, "sábado": sat, "sábados": sat, "sabado": sat, "sabados": sat, "sáb": sat, "sab": sat,
	"sun": sun, "sunday": sun, "sundays": sun, "sonntag": sun, "sonntags": sun, "domingo": sun, "domingos": sun, "dom": sun,
	"weekday": weekdays, "weekdays": weekdays, "werktags": weekdays, "laborables": weekdays,
	"weekend": weekend, "weekends": weekend, "wochenende": weekend,
	"daily": everyDay, "everyday": everyDay, "täglich": everyDay, "diario": everyDay, "diariamente": everyDay,
}

// shortDays are days only beside another one, or before a time: they are words
// of other languages too.
var shortDays = map[string]uint8{
	"mo": mon, "tu": tue, "di": tue, "mar": tue, "we": wed, "mi": wed, "th": thu, "do": thu, "fr": fri, "sa": sat, "su": sun, "so": sun,
}

// letterDays are the letters of days, in the languages that write them so.
var letterDays = []map[string]uint8{
	{"M": mon, "T": tue, "TU": tue, "W": wed, "TH": thu, "R": thu, "F": fri, "SA": sat, "SU": sun, "U": sun},
	{"L": mon, "M": tue, "X": wed, "J": thu, "V": fri, "S": sat, "D": sun},
}

// Words that join days, and that stand between a first and a last one or
// between a start and an end.
var (
	andWords  = strings.Fields("and und y e sowie")
	toWords   = strings.Fields("to until till through thru bis a hasta")
	fromWords = strings.Fields("at from um von ab de las")
	// betweenWords make a span of two times that "and" joins.
	betweenWords = strings.Fields("between zwischen entre")
)

// fillers say nothing beside days and times. They are left out where nothing
// else stands with them.
var fillers = strings.Fields(`class classes or oder session sessions lesson lessons at from on in every each the a an and also start starts starting begin begins for
 is are will be there held between of o'clock oclock
 am um von ab bis und jeden jede jeweils zwischen immer uhr kurs kurse der die das
 de del el la los las y en a clase clases hora horas todos cada entre`)

// edges are fillers that are taken from the ends of a title as well.
var edges = strings.Fields("for at on from and or every each are is between um von ab und oder am jeden jeweils zwischen de los las el y o del en a um entre")

// halves say which half of the day it is.
var halves = map[string]Half{
	"morning": Morning, "mornings": Morning, "morgens": Morning, "vormittag": Morning, "vormittags": Morning, "mañana": Morning, "mañanas": Morning,
	"afternoon": Evening, "afternoons": Evening, "evening": Evening, "evenings": Evening, "night": Evening, "nights": Evening, "tonight": Evening,
	"nachmittag": Evening, "nachmittags": Evening, "abend": Evening, "abends": Evening, "tarde": Evening, "tardes": Evening, "noche": Evening, "noches": Evening,
}

// counted stand before numbers that are no times.
var counted = strings.Fields(`age ages aged kids kid level levels lvl squad group grade grades class under over u studio room court lane lanes hall stage year years
 week weeks team part phase pool floor tier set sets grupo sala nivel gruppe halle raum stufe alter max up maximum teens juniors`)

// months name a month beside a number.
var months = strings.Fields(`january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
 januar februar märz mai juni juli oktober dezember enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre`)

// once are words of a class that doesn't simply come every week.
var once = strings.Fields("except excluding fortnightly biweekly alternate alternating monthly month cancelled canceled tomorrow today außer ausser excepto salvo tba tbc")

// closed are cells and lines of days without classes.
var closed = strings.Fields("closed rest off none no geschlossen cerrado ruhetag frei")

// titles of whole timetables, which are of no class.
var headlines = strings.Fields("timetable timetables schedule schedules hours stundenplan kursplan trainingszeiten öffnungszeiten horario horarios calendar programme")

// ordinals stand before a day of the month.
var ordinals = strings.Fields("first second third fourth fifth last 1st 2nd 3rd 4th 5th other next this")

// The columns of a table by their names.
const (
	colDay = iota + 1
	colStart
	colEnd
	colTitle
	colLength
	colOther
)

// columns are their names.
var columns = map[string]int{
	"day": colDay, "days": colDay, "weekday": colDay, "tag": colDay, "wochentag": colDay, "tage": colDay, "día": colDay, "dia": colDay, "días": colDay, "dias": colDay,
	"time": colStart, "times": colStart, "start": colStart, "starts": colStart, "start time": colStart, "starttime": colStart, "start_time": colStart, "from": colStart, "begin": colStart, "zeit": colStart, "uhrzeit": colStart, "beginn": colStart, "hora": colStart, "horario": colStart, "inicio": colStart,
	"end": colEnd, "ends": colEnd, "end time": colEnd, "endtime": colEnd, "end_time": colEnd, "finish": colEnd, "to": colEnd, "until": colEnd, "ende": colEnd, "fin": colEnd,
	"class": colTitle, "activity": colTitle, "title": colTitle, "name": colTitle, "session": colTitle, "what": colTitle, "kurs": colTitle, "clase": colTitle, "actividad": colTitle, "event": colTitle, "class name": colTitle, "programme": colTitle,
	"length": colLength, "duration": colLength, "minutes": colLength, "min": colLength, "mins": colLength, "dauer": colLength, "duración": colLength, "duracion": colLength,
	"location": colOther, "room": colOther, "place": colOther, "studio": colOther, "where": colOther, "instructor": colOther, "coach": colOther, "teacher": colOther, "trainer": colOther, "level": colOther, "type": colOther, "session type": colOther, "class type": colOther, "raum": colOther, "ort": colOther, "lehrer": colOther, "sala": colOther, "lugar": colOther, "profesor": colOther, "price": colOther, "notes": colOther, "note": colOther, "capacity": colOther, "spaces": colOther, "category": colOther, "id": colOther,
}
