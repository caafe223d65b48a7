package content

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sahilm/fuzzy"

	"unpinch/typo"
)

// queries is what people type, and the lift that must come first: a line a
// lift. Nicknames, plurals, words apart or joined, other orders, typos.
const queries = `
overhead_press: ohp; OHP; military press; strict press; overhead pres; overhed press; press overhead; barbell overhead press; ohps; overheadpress; standing press
back_squat: squat; squats; back squat; backsquat; back squats; high bar; high bar squat; bb squat; barbell squat; bak squat; squat back; sqaut; sqat
bench_press: bench; bench press; benchpress; bench pres; bp; barbell bench; bb bench; bnech press; flat bench; press bench; becnh
deadlift: deadlift; dead lift; deadlifts; dead lifts; dl; DL; deads; conventional deadlift; dedlift; deadlfit; deadlit; barbell deadlift; daedlift
overhead_squat: ohs; overhead squat; over head squat; overhead squats; oh squat; overhad squat; squat overhead
rdl: rdl; rdls; RDL; romanian deadlift; romanian dead lift; romanain deadlift; romanian; romanian deadlifts; romainian deadlift
skull_crusher: skullcrusher; skullcrushers; skull crusher; skull crushers; lying triceps extension; scull crusher; french press; skull chrusher
bb_row: bb row; barbell row; bent over row; bent-over row; bor; bb rows; bent over barbell row; row barbell; barbel row; bentover row
kb_swing: kb swing; kb swings; kettlebell swing; kettle bell swing; kettlebel swing; russian swing; swing kettlebell; kettlebell swings
pullup: pull up; pullup; pull-up; pull ups; pullups; pul up; strict pull up; pul-ups
chinup: chin up; chinup; chin-ups; chins; chin ups
pushup: push up; pushup; push-ups; press up; press ups; pushups; psuh up
lat_pulldown: lat pulldown; lat pull down; lat pulldowns; pulldown; pull down; lat puldown; pulldowns; lats pulldown
db_row: db row; db rows; dumbbell row; dumbell row; one arm row; single arm row; one arm db row; kroc row
db_press: db ohp; db shoulder press; dumbbell shoulder press; dumbell shoulder press; shoulder dumbbell press; db press
db_bench: db bench; db bench press; dumbbell bench press; dumbell bench press; dumbbell bench; dumbbell chest press
front_squat: front squat; front squats; frontsquat; frnt squat; squat front; fsq
goblet_squat: goblet squat; goblet; goblet squats; goblin squat; kb squat; gobblet squat
split_squat: split squat; split squats; splitsquat; static lunge; spilt squat
bulgarian: bulgarian split squat; bss; bulgarians; bulgarian; rfess; bulgarain split squat; bulgarian squat
walking_lunge: lunge; lunges; walking lunge; walking lunges; db lunges; dumbbell lunge; lunges walking; luneg
leg_press: leg press; legpress; leg presses; leg pres; lge press
leg_extension: leg extension; leg extensions; leg ext; quad extension; leg extention
ham_curl: leg curl; leg curls; hamstring curl; hamstring curls; ham curl; lying leg curl
hip_thrust: hip thrust; hip thrusts; hipthrust; barbell hip thrust; hip thurst
glute_bridge: glute bridge; bridge; glute bridges; glut bridge; hip bridge
good_morning: good morning; good mornings; goodmorning; gm; barbell good morning
back_extension: back extension; back extensions; hyperextension; hyperextensions; roman chair; back ext
trap_bar: trap bar; trap bar deadlift; hex bar; hex bar deadlift; trap bar dead lift; trapbar deadlift; trap bar dl
sumo_deadlift: sumo; sumo deadlift; sumo dead lift; sumo deadlifts; sumo dl; deadlift sumo
stiff_leg_dl: stiff leg deadlift; sldl; stiff legged deadlift; stiff-leg deadlift; straight leg deadlift
sl_rdl: single leg rdl; one leg rdl; single leg romanian deadlift; single leg deadlift; sl rdl
clean: clean; cleans; squat clean; full clean
power_clean: power clean; power cleans; pc; hang power clean; powerclean
clean_jerk: clean and jerk; clean & jerk; c&j; clean jerk; cnj
snatch: snatch; snatches; squat snatch; sntach
push_press: push press; push presses; pushpress; pp
push_jerk: push jerk; jerk; jerks; power jerk
thruster: thruster; thrusters; thurster
wall_ball: wall ball; wall balls; wallball; wallballs; wb
kipping_pullup: kipping pull up; kipping; kipping pullups; kip; kiping pull ups
bar_muscleup: muscle up; muscle ups; bar muscle up; bmu; muscleup
t2b: t2b; ttb; toes to bar; toes-to-bar; toe to bar
hspu: hspu; handstand push up; handstand pushups; handstand push-ups; hand stand push up
burpee: burpee; burpees; burpe; burppees; burpies
box_jump: box jump; box jumps; jump box; boxjump
skipping: jump rope; skipping; skip rope
rower: row erg; rower; erg; rowing machine; concept 2; rowing; rowing machines
run: run; running; jog; jogging; runing; treadmill run
bike: bike; stationary bike; exercise bike; cycling
spin: spin; spinning; spin class; indoor cycling; spining class
assault_bike: assault bike; echo bike; air bike; airdyne; asault bike
front_crawl: swimming; swim; front crawl; freestyle; freestyle swim
breaststroke: breaststroke; breast stroke; breastroke
dip: dip; dips; bar dips; parallel bar dip; tricep dips
bb_curl: bicep curl; biceps curl; bicep curls; barbell curl; bb curl; curl barbell; ez bar curl
db_curl: db curl; dumbbell curl; dumbell curls; db curls; alternating curl
hammer_curl: hammer curl; hammer curls; hamer curl
preacher_curl: preacher curl; preacher curls; preacher; preecher curl
pressdown: tricep pushdown; triceps pushdown; pushdown; press down; pressdown; tricep pressdown; tri pushdown
oh_triceps: overhead tricep extension; overhead triceps extension; overhead extension; tricep overhead extension; oh tricep extension
lateral_raise: lateral raise; lateral raises; side raise; lat raise; lateral rasie; db lateral raise
face_pull: face pull; face pulls; facepull; facepulls
shrug: shrug; shrugs; barbell shrugs; shurg; dumbbell shrug
upright_row: upright row; upright rows; uprigt row; row upright
plank: plank; planks; plnak; front plank
side_plank: side plank; side planks; plank side
situp: sit up; situp; sit-ups; sit ups; situps
crunch: crunch; crunches; cruch; ab crunch
russian_twist: russian twist; russian twists; rusian twist; twist russian
hanging_raise: hanging leg raise; hanging leg raises; leg raise hanging; hanging knee raise; hlr
dead_bug: dead bug; deadbug; dead bugs
pallof: pallof press; palof press; paloff press; pallof
farmers_carry: farmers carry; farmer's carry; farmers walk; farmer carry; farmers carries; farmer walks
suitcase_carry: suitcase carry; suitcase carries; suit case carry
rucking: rucking; ruck; ruck march
down_dog: downward dog; down dog; downward facing dog; downdog; downward dogs
cat_cow: cat cow; cat-cow; cat camel; catcow
turkish_getup: turkish get up; tgu; turkish getup; get up; turkish get ups
seated_calf: seated calf raise; seated calf raises; calf raise seated
calf_raise: calf raise; calf raises; standing calf raise; calfraise
landmine_press: landmine press; land mine press; half kneeling landmine press; landmine presses
chest_row: chest supported row; chest-supported row; csr; seal row; chest supported rows
cable_row: seated cable row; seated row; cable row; seated rows; cabel row
ring_row: ring row; ring rows; trx row
incline_bench: incline bench; incline bench press; incline press; inclne bench
close_grip_bench: close grip bench; close grip bench press; cgbp; narrow bench press
nordic_curl: nordic curl; nordics; nordic hamstring curl; nordic curls
pistol_squat: pistol squat; pistols; pistol; pistol squats
sled_push: sled push; prowler; sled pushes
battle_ropes: battle ropes; battle rope; battling ropes
mat_pilates: pilates; pilates class; mat pilates
gentle_yoga: yoga; yoga class; yin yoga
hiit_class: hiit; f45; hiit class; bootcamp
kb_deadlift: kb deadlift; kettlebell deadlift; kb deadlifts
db_rdl: db rdl; dumbbell rdl; db rdls; dumbbell romanian deadlift
arnold_press: arnold press; arnolds; arnold; arnie press
`

// asked returns the queries with their lifts.
func asked() (list [][2]string) {
	for line := range strings.Lines(queries) {
		id, all, ok := strings.Cut(strings.TrimSpace(line), ": ")
		for q := range strings.SplitSeq(all, "; ") {
			if ok {
				list = append(list, [2]string{q, id})
			}
		}
	}
	return list
}

// TestFind: what people type is certain and right, or leads to the right lift among
// those that are near. A slip in a short word is never certain.
func TestFind(t *testing.T) {
	s := load(t).Lifts("en")
	list := asked()
	certain := 0
	for _, q := range list {
		m, ok := s.Certain(q[0])
		switch {
		case ok && m.ID != q[1]:
			t.Errorf("%q is %s by %q, want %s", q[0], m.ID, m.Matched, q[1])
		case ok:
			certain++
		case !slices.ContainsFunc(s.Find(q[0], 25), func(m Match) bool { return m.ID == q[1] }):
			t.Errorf("%q does not lead to %s", q[0], q[1])
		}
	}
	if len(list) < 250 || certain*10 < len(list)*9 {
		t.Errorf("%d of %d queries are certain", certain, len(list))
	}
}

// TestFindBeyondFuzzy measures what the kept library finds by itself: too
// little, so that our own ways come before it.
func TestFindBeyondFuzzy(t *testing.T) {
	s := load(t).Lifts("en")
	var names []string
	var of []string
	for _, e := range s.All() {
		for _, n := range append([]string{e.Name}, e.Names...) {
			names, of = append(names, n), append(of, e.ID)
		}
	}
	right := 0
	for _, q := range asked() {
		if m := fuzzy.Find(q[0], names); len(m) > 0 && of[m[0].Index] == q[1] {
			right++
		}
	}
	t.Logf("sahilm/fuzzy alone finds %d of %d first", right, len(asked()))
	if right*20 > len(asked())*19 {
		t.Error("the kept library does as well alone: our own ways can go")
	}
}

func TestEveryNameIsCertain(t *testing.T) {
	s := load(t).Lifts("en")
	for _, e := range s.All() {
		for _, name := range append([]string{e.ID, e.Name, strings.ToUpper(e.Name), " " + e.Name + "!", e.Name + " 3x10", "A1. " + e.Name}, e.Names...) {
			if name != e.ID && strings.Contains(strings.ToLower(name), strings.ToLower(e.Name)) && s.index.naming.mayBe(s.index.naming.words(e.Name)) != nil {
				continue
			}
			if m, ok := s.Certain(name); !ok || m.ID != e.ID {
				t.Errorf("%q is %v, %t, want %s", name, m.Exercise, ok, e.ID)
			}
		}
	}
}

// TestCertainOrUnsure: each kind of what may stand beside a name. "" is unsure.
func TestCertainOrUnsure(t *testing.T) {
	s := load(t).Lifts("en")
	for typed, want := range map[string]string{
		// the words of a name, in any order, joined or apart, in any letters
		"bench press": "bench_press", "BENCH-PRESS": "bench_press", "benchpress": "bench_press", "press bench": "bench_press",
		"Bénch prèss": "bench_press", "Be\u0301nch press": "bench_press", "ＢＥＮＣＨ press": "bench_press", "leg presses": "leg_press",
		"clean & jerk": "clean_jerk", "pull ups": "pullup", "handstand push-ups": "hspu", "dead lifts": "deadlift",
		"leg press" + strings.Repeat(" ", typo.Longest) + "machine": "leg_press",
		// a name that several lifts have, and one that is another lift's by a word
		"yoga": "", "swim": "", "jerk": "", "MU": "", "knee raise": "", "raise knee 3x10": "", "calf press": "", "glute kickback": "", "squat rack": "",
		"band squat": "", "KB row": "", "single arm lat pulldown": "", "kas glute bridge": "", "hip thrust single leg smith": "",
		"smith shoulder press": "smith_ohp", "seated OHP": "seated_press", "ring MU": "ring_muscleup", "W raise": "prone_i",
		// an implement that the lift has, and one that it has not
		"Leg Press (Machine)": "leg_press", "Leg Press (Kettlebell)": "", "Deadlift (Barbell)": "deadlift", "barbell push-up": "",
		"DB bench": "db_bench", "Front Squat (Sled)": "",
		// a stance, a side, a muscle
		"standing barbell curl": "bb_curl", "strict pull-ups": "pullup", "one arm db row": "db_row",
		"tricep dips": "dip", "bicep dips": "",
		// how much
		"squat 3x5 @ 80kg": "back_squat", "A1. DB bench 3x10": "db_bench", "21-15-9 thrusters": "thruster", "pull ups to failure": "pullup",
		"plank 3 x 45 sec each side": "plank", "rest 90 sec": "",
		// what a distance makes of a word
		"row 500 m": "rower", "8 calorie row": "rower", "row": "", "300 squats": "bw_squat", "3 squats": "back_squat",
		// slips in long words alone
		"benhc press": "bench_press", "deadlfit": "deadlift", "bench pres": "", "lge press": "", "psuh up": "",
		// words that make another lift, or none that we know
		"box deadlift": "", "wall deadlift": "", "zebra squat": "", "squat pizza": "", "elbows to knees": "", "squat 5 bench 5": "",
		// bare words that several lifts have
		"curl": "", "press": "", "3x10 rows": "", "barbell": "",
		"": "", "  ": "", "!!": "", "pizza": "",
	} {
		m, ok := s.Certain(typed)
		got := ""
		if ok {
			got = m.ID
		}
		if got != want {
			t.Errorf("%q is %q, want %q", typed, got, want)
		}
	}
}

func TestNear(t *testing.T) {
	s := load(t).Lifts("en")
	for typed, want := range map[string]string{
		"curl": "bb_curl", "press": "bench_press", "row": "bb_row", "bnchprssx": "bench_press", "zebra squat": "back_squat", "psuh up": "pushup", "pizza": "",
	} {
		near := s.Near(typed)
		if len(near) == 0 || len(near) > NearMost || want != "" && near[0].ID != want {
			t.Errorf("near %q: %d, want %s first", typed, len(near), want)
		}
	}
	for _, bare := range []string{"curl", "press", "row"} {
		if n := len(s.Near(bare)); n != NearMost {
			t.Errorf("near %q: %d lifts", bare, n)
		}
	}
	if near := s.Near(" !"); len(near) > 0 {
		t.Errorf("near nothing: %d", len(near))
	}
}

// TestWhileTyping: what an autocomplete shows, letter by letter.
func TestWhileTyping(t *testing.T) {
	s := load(t).Lifts("en")
	if got := s.Find("", 25); len(got) != 25 || !got[0].Staple {
		t.Errorf("without a query: %d, first %s", len(got), got[0].ID)
	}
	for typed, want := range map[string]string{
		"be": "bench_press", "ben": "bench_press", "bench pr": "bench_press", "dead": "deadlift", "kettlebell sw": "kb_swing",
		"rom": "rdl", "over": "overhead_press", "lat": "lat_pulldown", "pul": "pullup", "romanian d": "rdl", "skul": "skull_crusher",
	} {
		got := s.Find(typed, 25)
		if len(got) == 0 || len(got) > 25 || got[0].ID != want {
			t.Errorf("%q offers %v first of %d, want %s", typed, got[:min(1, len(got))], len(got), want)
		}
		var ids []string
		for _, m := range got {
			if slices.Contains(ids, m.ID) {
				t.Errorf("%q offers %s twice", typed, m.ID)
			}
			ids = append(ids, m.ID)
		}
	}
}

func FuzzFind(f *testing.F) {
	s := load(f).Lifts("en")
	for _, q := range []string{"ohp", "", "é", "\xff", "a b c d e f g", strings.Repeat("bench ", 40), "squat, bench 3x5\nrow", "21 thrusters 15 pizzas 9 pull-ups (heavy)"} {
		f.Add(q)
	}
	f.Fuzz(func(t *testing.T, q string) {
		got := s.Find(q, 25)
		if len(got) > 25 {
			t.Errorf("%d matches", len(got))
		}
		if m, ok := s.Certain(q); ok && (len(got) == 0 || got[0].ID != m.ID) {
			t.Errorf("%q is %s, but it is not offered first", q, m.ID)
		}
		for _, l := range s.Read(q).Lines {
			if l.Certain() == (len(l.Near) > 0) || len(l.Near) > NearMost {
				t.Errorf("%q: the line %q has a lift or up to %d near ones, not %d", q, l.Text, NearMost, len(l.Near))
			}
		}
	})
}

// TestFindAllocatesNothingPerName: of 1,400 names, what is allocated is for what
// is typed.
func TestFindAllocatesNothingPerName(t *testing.T) {
	s := load(t).Lifts("en")
	for _, typed := range []string{"benc", "bench press", "deadlfit", "romanain deadlif", "kneling tip fletxor stretch", "zzzzqx"} {
		if n := testing.AllocsPerRun(10, func() { s.Find(typed, 25) }); n > 500 {
			t.Errorf("%q takes %.0f allocations", typed, n)
		}
	}
}

// BenchmarkFind is one letter typed, over all beginnings of the queries. It
// reports the time that 99 of 100 stay under.
func BenchmarkFind(b *testing.B) {
	s := load(b).Lifts("en")
	var typed []string
	for _, q := range asked() {
		for i := range len(q[0]) {
			typed = append(typed, q[0][:i+1])
		}
	}
	var took []time.Duration
	for b.Loop() {
		start := time.Now()
		s.Find(typed[len(took)%len(typed)], 25)
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
}
