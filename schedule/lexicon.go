package schedule

import (
	"slices"
	"strings"
	"time"
)

// A row of the lexicon gives several words one meaning.
type row struct {
	words string
	token piece
}

// lexicon has the words of rules that are no days, months or places.
var lexicon = lexiconOf()

// lexiconRows has those of them that are no numbers and no months.
func lexiconRows() []row {
	return []row{
		{"at on the of a an per please class classes session sessions only just single day's local time forever always start starts begins run runs o'clock oclock h hr hrs uhr sharp is are also then both", piece{kind: tokenFiller}},
		{"and or plus", piece{kind: tokenAnd}},
		{"to thru through", piece{kind: tokenDash}},
		{"until til till untill ending ends", piece{kind: tokenUntil}},
		{"from starting since beginning as effective", piece{kind: tokenFrom}},
		{"except excluding exclude but not no without minus apart", piece{kind: tokenExcept}},
		{"between", piece{kind: tokenBetween}},
		{"for", piece{kind: tokenFor}},
		{"in during", piece{kind: tokenIn}},
		{"next", piece{kind: tokenNext}},
		{"this coming", piece{kind: tokenThis}},
		{"every each all ev", piece{kind: tokenEvery}},
		{"other alternate alternating alternately", piece{kind: tokenOther}},
		{"min mins minute minutes", piece{kind: tokenUnit, n: unitMinute}},
		{"hour hours", piece{kind: tokenUnit, n: unitHour}},
		{"day days date", piece{kind: tokenUnit, n: unitDay}},
		{"week weeks wk wks", piece{kind: tokenUnit, n: unitWeek}},
		{"month months", piece{kind: tokenUnit, n: unitMonth}},
		{"quarter quarters", piece{kind: tokenUnit, n: unitQuarter}},
		{"year years", piece{kind: tokenUnit, n: unitYear}},
		{"end", piece{kind: tokenUnit, n: unitEnd}},
		{"hourly", piece{kind: tokenOften, n: unitHour}},
		{"halfhourly", piece{kind: tokenOften, n: unitMinute}},
		{"weekly", piece{kind: tokenOften, n: unitWeek}},
		{"monthly", piece{kind: tokenOften, n: unitMonth}},
		{"quarterly", piece{kind: tokenOften, n: unitQuarter}},
		{"yearly annually annual", piece{kind: tokenOften, n: unitYear}},
		{"biweekly fortnightly", piece{kind: tokenOften, n: unitWeek, size: 2}},
		{"fortnight fortnights", piece{kind: tokenUnit, n: unitWeek, size: 2}},
		{"once", piece{kind: tokenTwice, n: 1}},
		{"twice", piece{kind: tokenTwice, n: 2}},
		{"thrice", piece{kind: tokenTwice, n: 3}},
		{"times x", piece{kind: tokenTimes}},
		{"am", piece{kind: tokenHalf, n: 0}},
		{"pm", piece{kind: tokenHalf, n: 12}},
		{"morning mornings", piece{kind: tokenPart, n: 0}},
		{"afternoon afternoons evening evenings", piece{kind: tokenPart, n: 12}},
		{"night nights", piece{kind: tokenPart, n: 18}},
		{"nightly", piece{kind: tokenPart, n: 18, days: allDays}},
		{"today", piece{kind: tokenRelative, n: 0}},
		{"tonight", piece{kind: tokenRelative, n: 0, size: 18}},
		{"tomorrow tmrw tomorow tommorow tommorrow", piece{kind: tokenRelative, n: 1}},
		{"noon midday", piece{kind: tokenTime, clock: 12 * 60, plain: true, half: true}},
		{"midnight", piece{kind: tokenTime, clock: 0, plain: true, half: true}},
		{"utc gmt z cet cest est edt et pst pdt pt cst cdt ct mst mdt mt bst eet eest wet west ist jst aest aedt msk my your their", piece{kind: tokenZone}},
		{"daily everyday", piece{kind: tokenDays, days: allDays, group: true}},
		{"weekday weekdays workday workdays wkday wkdays", piece{kind: tokenDays, days: weekdays, group: true, plain: true}},
		{"weekend weekends", piece{kind: tokenDays, days: weekend, group: true}},
		{"among", piece{kind: tokenAmong}},
		{"last", piece{kind: tokenOrdinal, n: 0, plain: true}},
	}
}

func lexiconOf() map[string]piece {
	words := map[string]piece{}
	for _, row := range lexiconRows() {
		for w := range strings.FieldsSeq(row.words) {
			words[w] = row.token
		}
	}
	for i, w := range strings.Fields("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty") {
		words[w] = piece{kind: tokenNumber, n: i + 1, plain: true}
	}
	for i, w := range strings.Fields("thirty forty fifty") {
		words[w] = piece{kind: tokenNumber, n: 10*i + 30, plain: true}
	}
	words["couple"] = piece{kind: tokenNumber, n: 2, plain: true}
	for i, w := range nths[1:] {
		words[w] = piece{kind: tokenOrdinal, n: i + 1, plain: true}
	}
	for i, w := range strings.Fields("sixth seventh eighth ninth tenth") {
		words[w] = piece{kind: tokenOrdinal, n: i + 6, plain: true}
	}
	for m := time.January; m <= time.December; m++ {
		name := strings.ToLower(m.String())
		words[name], words[name[:3]] = piece{kind: tokenMonth, n: int(m)}, piece{kind: tokenMonth, n: int(m)}
	}
	words["sept"] = words["sep"]
	return words
}

// otherTongues names the days from Monday on as other languages write them. A
// text with one of them is refused, with the English names as its correction.
var otherTongues = []string{
	"montag,mo dienstag,di mittwoch,mi donnerstag,do freitag,fr samstag,sa sonntag,so",
	"lundi,lun,lu mardi,mar,ma mercredi,mer,me jeudi,jeu,je vendredi,ven,ve samedi,sam,sa dimanche,dim",
	"lunes,lun,lu martes,mar,ma miércoles,miercoles,mié,mie,mi jueves,jue,ju viernes,vie,vi sábado,sabado,sáb,sab domingo,dom",
	"lunedì,lunedi,lun martedì,martedi,mar mercoledì,mercoledi,mer giovedì,giovedi,gio venerdì,venerdi,ven sabato,sab domenica,dom",
	"segunda,seg terça,terca,ter quarta,qua quinta,qui sexta,sex sábado,sabado,sáb,sab domingo,dom",
	"maandag,ma dinsdag,di woensdag,wo donderdag,do vrijdag,vr zaterdag,za zondag,zo",
	"måndag,mån tisdag,tis onsdag,ons torsdag,tor,tors fredag,fre lördag,lör söndag,sön",
	"poniedziałek,pon wtorek,wt środa,śr czwartek,czw piątek,pt sobota,sob niedziela,nd",
	"понедельник,пн вторник,вт среда,ср четверг,чт пятница,пт суббота,сб воскресенье,вс",
	"周一,星期一,月曜,月曜日 周二,星期二,火曜,火曜日 周三,星期三,水曜,水曜日 周四,星期四,木曜,木曜日 周五,星期五,金曜,金曜日 周六,星期六,土曜,土曜日 周日,星期日,日曜,日曜日",
}

// foreignDays returns the days that a word means in other languages, one set for
// each language in which it does.
func foreignDays(word string) (days [10]uint8, ok bool) {
	for i, names := range otherTongues {
		day := 0
		for group := range strings.FieldsSeq(names) {
			if names := strings.Split(group, ","); slices.Contains(names, word) || len(word) > 4 && slices.Contains(names, strings.TrimSuffix(word, "s")) {
				days[i], ok = 1<<weekOrder[day], true
			}
			day++
		}
	}
	return days, ok
}

// wordToken says what a word is. It is in small letters.
func (s *scanner) wordToken(word string) piece {
	word = strings.TrimRight(strings.ReplaceAll(word, "’", "'"), "'")
	if t, ok := lexicon[word]; ok {
		if t.kind == tokenDays && t.plain {
			t.days = workweek(s.here.Country)
		}
		return t
	}
	word = strings.TrimSuffix(word, "'s")
	if days, ok := dayNames(word); ok {
		return piece{kind: tokenDays, days: days}
	}
	if t, ok := letterDays(word); ok {
		return t
	}
	if days, ok := slipOfDay(word); ok {
		return piece{kind: tokenDays, days: days}
	}
	return piece{kind: tokenUnknown}
}

// dayNames reads a word for one weekday: two letters of its name or more, with
// or without an s.
func dayNames(w string) (days uint8, ok bool) {
	if w == "weds" || w == "tues" || w == "thurs" || w == "thur" {
		w = w[:3]
	}
	if len(w) < 2 {
		return 0, false
	}
	for _, d := range weekOrder {
		name := strings.ToLower(d.String())
		if strings.HasPrefix(name, w) || len(w) > 3 && strings.HasPrefix(name, strings.TrimSuffix(w, "s")) {
			return 1 << d, true
		}
	}
	return 0, false
}

// letters are how timetables write days by a letter or two, in the order of the
// week.
var letters = []struct {
	text string
	day  time.Weekday
}{
	{"m", time.Monday}, {"tu", time.Tuesday}, {"t", time.Tuesday}, {"w", time.Wednesday}, {"th", time.Thursday}, {"r", time.Thursday}, {"t", time.Thursday},
	{"f", time.Friday}, {"sa", time.Saturday}, {"s", time.Saturday}, {"su", time.Sunday}, {"s", time.Sunday},
}

// letterDays reads MWF, TTh or MTWTF: letters in the order of the week. A T alone
// can be two days, and so can an S.
func letterDays(word string) (piece, bool) {
	t := piece{kind: tokenDays, lettered: len(word) == 1}
	rest, next := word, 0
	for rest != "" {
		found := -1
		for i := next; i < len(letters); i++ {
			if l := letters[i]; strings.HasPrefix(rest, l.text) && t.days&(1<<l.day) == 0 && (found < 0 || len(l.text) > len(letters[found].text)) {
				found = i
				if len(l.text) > 1 {
					break
				}
			}
		}
		if found < 0 {
			return piece{}, false
		}
		if letters[found].text == "s" && strings.Count(word, "s") == 1 {
			t.lettered = true
		}
		t.days |= 1 << letters[found].day
		rest, next = rest[len(letters[found].text):], found+1
	}
	return t, true
}
