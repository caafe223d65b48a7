package schedule_test

import (
	"flag"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files")

// shapes has a rule of every shape: each kind of days, with months, bounds and
// several times, and several kinds in one rule.
func shapes() []string {
	return strings.Split(`daily 06:30
weekdays 06:30 18:00
weekends 09:00
mon wed fri 18:00
mon wed fri 18:00 from 2026-12-07
mon 18:00 until 2027-03-29
mon 18:00 from 2026-12-07 until 2027-03-29
mon in jul aug 18:00
daily in mar 18:00
every 3 days 07:00 from 2026-11-30
every 3 days 07:00 from 2026-11-30 until 2026-12-31
every 2 weeks mon thu 18:00 from 2026-11-30
every 2 weeks mon 18:00 from 2026-11-30 until 2027-06-28
mon 18:00 and every 2 weeks sat 09:00 from 2026-12-05
first mon 19:00
first third sat 09:00
last fri 17:00
fifth sun 10:00
first sat 10:00 and third sun 10:00
first mon in jan apr jul oct 09:00
first weekday 09:00
last weekday in dec 17:00
first weekday among mon tue wed thu sun 09:00
1st 15th 09:00
last day 17:00
31st 18:00
30th last day 18:00
15th in jan apr jul oct 09:00
24th in dec 18:00
29th in feb 12:00
2026-12-24 18:00
2026-12-24 2026-12-31 10:00 18:00
mon 18:00 and 2026-12-24 10:00
mon wed 18:00 and fri 17:00 and sat 09:00
weekdays 06:00 and last fri 17:00 and 15th 09:00
daily 08:00 09:30 11:00 12:30 14:00
daily 08:00 09:00 10:00 11:00 12:00 13:00
0 18 * * 1-5
0 12 13 * 5
0 9-17 * 6-8 1`, "\n")
}

// TestShapes says every shape of a rule, and reads it back as it is stored.
func TestShapes(t *testing.T) {
	say := english(t)
	var b strings.Builder
	for _, text := range shapes() {
		r := parse(t, text)
		if r.String() != text {
			t.Errorf("%q is stored as %q", text, r)
		}
		roundTrip(t, say, r)
		b.WriteString(text + "\t" + r.Sentence(say) + "\n")
	}
	const golden = "testdata/shapes.golden"
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("the sentences are\n%s\nwant\n%s", b.String(), want)
	}
}
