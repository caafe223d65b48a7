package content

import (
	"cmp"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// embedded copies the real content, for a test to break.
func embedded(t *testing.T) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	err := fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(files, path)
		out[path] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// edit replaces the first occurrence of old in a file, which must be there.
func edit(t *testing.T, fsys fstest.MapFS, file, old, new string) {
	t.Helper()
	text := string(fsys[file].Data)
	if !strings.Contains(text, old) {
		t.Fatalf("%s has no %q", file, old)
	}
	fsys[file] = &fstest.MapFile{Data: []byte(strings.Replace(text, old, new, 1))}
}

const (
	neckFile = "en/areas/neck.toml"
	armFile  = "en/signs/arm.toml"
	legFile  = "en/signs/leg.toml"
	stopFile = "en/stop.toml"

	sentencesFile = "en/signs/sentences.toml"
	ideasFile     = "en/signs/ideas.toml"

	tuckFile     = "en/drills/chin-tuck.toml"
	sideNeckFile = "en/drills/side-neck-stretch.toml"
	routinesFile = "en/routines.toml"
)

// A fault is one slip, with the lines that Load must say of it.
type fault struct {
	name           string
	file, old, new string // an empty old drops the file
	want           []string
}

// faults is one slip each, with the lines that Load must say of it.
var faults = []fault{
	{"unknown key", neckFile, `felt =`, "colour = \"red\"\nfelt =",
		[]string{`en/areas/neck.toml: colour: is not a known key`}},
	{"unknown key inside", neckFile, `[first_days]`, "[first_days]\nsorces = []",
		[]string{`en/areas/neck.toml: first_days.sorces: is not a known key`}},
	{"not TOML", neckFile, `felt = "`, `felt = `,
		[]string{`en/areas/neck.toml: line 2: unexpected character U+004E 'N' at start of value`}},
	{"missing text", neckFile, `name = "Neck"`, ``,
		[]string{`en/areas/neck.toml: name: must be set`}},
	{"stray space", neckFile, `name = "Neck"`, `name = "Neck "`,
		[]string{`en/areas/neck.toml: name: has stray white space`}},
	{"half a bold mark", neckFile, `**Call now:**`, `**Call now:`,
		[]string{`en/areas/neck.toml: ladder.rung[0].text: has a bold mark without its partner`}},
	{"another area's name", neckFile, `id = "neck"`, `id = "thigh"`,
		[]string{`en/areas/neck.toml: id: "thigh" is not the file's name`, `en/areas: id: "thigh" names two areas`}},
	{"no such area", neckFile, `id = "neck"`, `id = "tail"`,
		[]string{`en/areas/neck.toml: id: "tail" is not one of neck, shoulder_upper_back, elbow, wrist_hand, mid_back, low_back, buttock_hip, thigh, knee_foot`,
			`en/areas/neck.toml: id: "tail" is not the file's name`}},
	{"dangling signs", "en/signs/trunk.toml", ``, ``,
		[]string{`en/areas/mid_back.toml: limb: has no danger signs: en/signs/trunk.toml has none`}},
	{"link to itself, twice and nowhere", neckFile, `areas = ["shoulder_upper_back", "elbow", "wrist_hand"]`, `areas = ["neck", "tail", "elbow", "elbow"]`,
		[]string{`en/areas/neck.toml: also.areas: has 4 areas, wants 1 to 3`,
			`en/areas/neck.toml: also.areas[0]: "neck" is not another area`,
			`en/areas/neck.toml: also.areas[1]: "tail" is not another area`,
			`en/areas/neck.toml: also.areas[3]: "elbow" is there twice`}},
	{"no such limb", neckFile, `limb = "arm"`, `limb = "wing"`,
		[]string{`en/areas/neck.toml: limb: "wing" is not one of arm, leg, trunk`}},
	{"no such group", neckFile, `group = "upper"`, `group = "top"`,
		[]string{`en/areas/neck.toml: group: "top" is not one of upper, middle, lower`}},
	{"source that is not there", neckFile, `sources = ["A34", "TC"]`, `sources = ["A34", "Z9"]`,
		[]string{`en/areas/neck.toml: clinic.sources[1]: source "Z9" is not in sources.toml`}},
	{"source twice", neckFile, `sources = ["A34", "TC"]`, `sources = ["A34", "A34"]`,
		[]string{`en/areas/neck.toml: clinic.sources[1]: source "A34" is named twice`}},
	{"no source", neckFile, `sources = ["A34", "TC"]`, `sources = []`,
		[]string{`en/areas/neck.toml: clinic.sources: names no source`}},
	{"no source of a rung", neckFile, `sources = ["B11", "B30", "TC"]`, ``,
		[]string{`en/areas/neck.toml: ladder.rung[3].sources: names no source`}},
	{"bad placeholder", neckFile, `{ago:7}`, `{ago:soon}`,
		[]string{`en/areas/neck.toml: ladder.rung[2].text: unknown placeholder "{ago:soon}"`}},
	{"open placeholder", neckFile, `{ago:7}`, `{ago:7`,
		[]string{`en/areas/neck.toml: ladder.rung[2].text: unknown placeholder "{"`}},
	{"placeholder in the wrong place", neckFile, `The lists overlap`, `{ago:7} overlap`,
		[]string{`en/areas/neck.toml: nerve.lead: unknown placeholder "{ago:7}"`}},
	{"rungs out of order", neckFile, `level = "urgent"`, `level = "routine"`,
		[]string{`en/areas/neck.toml: ladder.rung[1].level: "routine" is not "urgent"`}},
	{"long step", neckFile, `"No heat on numb skin."`, `"No heat on skin that is numb or that you can not feel well."`,
		[]string{`en/areas/neck.toml: first_days.part[4].lines[2]: has 14 words, at most 12`,
			`en/areas/neck.toml: first_days: has 108 words, at most 100`}},
	{"long ladder", neckFile, `passing tingling`, `passing tingling` + strings.Repeat(" or so", 20),
		[]string{`en/areas/neck.toml: ladder: has 129 words, at most 100`}},
	{"no closing line", neckFile, `close = "Numbness, tingling or weakness is never called soreness only."`, ``,
		[]string{`en/areas/neck.toml: nerve.close: must be set`}},
	{"reviewed by nobody", neckFile, `group = "upper"`, "group = \"upper\"\nreviewed = { by = \"\", role = \"physio\", date = \"soon\", hash = \"0123456789abcdef\" }",
		[]string{`en/areas/neck.toml: reviewed.by: must be set`,
			`en/areas/neck.toml: reviewed.date: "soon" is not a date such as 2026-11-22`}},

	{"sign dropped", armFile, `"chest", "breath", `, `"chest", `, []string{
		`en/signs/arm.toml: breathlessness: the sign is missing`,
	}},
	{"sign misspelt", sentencesFile, `codes = ["breathlessness"]`, `codes = ["breathlesness"]`, []string{
		`en/signs/sentences.toml: breath.codes: "breathlesness" is not in codes.toml`,
		`en/signs/leg.toml: breathlessness: the sign is missing`,
		`en/signs/arm.toml: breathlessness: the sign is missing`,
		`en/signs/trunk.toml: breathlessness: the sign is missing`,
	}},
	{"sentence unknown", armFile, `"chest", "breath", `, `"chest", "breath", "tail", `, []string{
		`en/signs/arm.toml: now[1].tells[2]: "tail" is not in sentences.toml`,
	}},
	{"sign on the wrong list", legFile, `"weaker_hourly", `, `"weaker_hourly", "worse", `, []string{
		`en/signs/leg.toml: now[0].tells[3]: "worsening_pain" is urgent, this list is emergency`,
	}},
	{"sign of another limb", legFile, `"weaker_hourly", `, `"weaker_hourly", "hands_clumsy", `, []string{
		`en/signs/leg.toml: now: "hand_clumsiness", of the sentence "hands_clumsy", is no sign of these areas`,
	}},
	{"sentence without a code", sentencesFile, `codes = ["kidney"]`, `codes = []`, []string{
		`en/signs/sentences.toml: kidney.codes: has none`,
		`en/signs/leg.toml: kidney: the sign is missing`,
		`en/signs/arm.toml: kidney: the sign is missing`,
		`en/signs/trunk.toml: kidney: the sign is missing`,
	}},
	{"sentence without words", sentencesFile, `text = "You are breathless at rest."`, `text = ""`, []string{
		`en/signs/sentences.toml: breath.text: must be set`,
		`en/signs/ideas.toml: breathlessness: nothing says "short of breath / breathless": ""`,
		`en/signs/ideas.toml: breathlessness: nothing says "at rest / without": ""`,
	}},
	{"sentence without a source", sentencesFile, `sources = ["NHS_kidney"]`, `sources = []`, []string{
		`en/signs/sentences.toml: kidney.sources: names no source`,
	}},
	{"idea dropped", sentencesFile, `have thin bones, or take prescribed steroid`, `have thin bones, or take steroid`, []string{
		`en/signs/ideas.toml: osteoporosis_steroids: nothing says "prescribed": "Pain, and one of these: you have thin bones, or take steroid tablets for months."`,
	}},
	{"no ideas", ideasFile, `hand_clumsiness = {`, `hand_clumsy = {`, []string{
		`en/signs/ideas.toml: hand_clumsiness: has no idea`,
	}},
	{"long sentence", sentencesFile, `You are breathless at rest.`, `You are breathless at rest` + strings.Repeat(" or so", 10) + `.`, []string{
		`en/signs/sentences.toml: breath.text: has 25 words, at most 22`,
		`en/signs/leg.toml: now: has 6 groups, 20 lines and 277 words, at most 7, 22 and 270`,
		`en/signs/arm.toml: now: has 5 groups, 20 lines and 286 words, at most 7, 22 and 270`,
	}},
	{"crowded card", legFile, `["fever_spine", "fever_head", "urine", "pre_eclampsia"]`, `["fever_spine", "fever_head", "urine", "urine", "pre_eclampsia", "pre_eclampsia"]`, []string{
		`en/signs/leg.toml: now: has 6 groups, 22 lines and 276 words, at most 7, 22 and 270`,
	}},
	{"group twice", armFile, `key = "face"`, `key = "chest"`, []string{
		`en/signs/arm.toml: now[2].key: "chest" is there twice`,
	}},
	{"group without a head", armFile, `head = "Face, head, injury"`, ``, []string{
		`en/signs/arm.toml: now[2].head: must be set`,
	}},
	{"no signs at all", armFile, ``, ``, []string{
		`en/areas/elbow.toml: limb: has no danger signs: en/signs/arm.toml has none`,
		`en/areas/neck.toml: limb: has no danger signs: en/signs/arm.toml has none`,
		`en/areas/shoulder_upper_back.toml: limb: has no danger signs: en/signs/arm.toml has none`,
		`en/areas/wrist_hand.toml: limb: has no danger signs: en/signs/arm.toml has none`,
	}},

	{"stop card without a number", stopFile, "  \"Stop training and call {emergency}. Don't drive yourself.\",\n", ``,
		[]string{`en/stop.toml: now: never says {emergency}`}},
	{"stop card with another placeholder", stopFile, `Ring {urgent} today.`, `Ring {urgent} by {ago:1}.`,
		[]string{`en/stop.toml: soon.part[0].lines[0]: unknown placeholder "{ago:1}"`}},
	{"no stop card", stopFile, ``, ``, []string{`en/stop.toml: file: is missing`}},

	{"http", "sources.toml", `url = "https://www.nice.org.uk`, `url = "http://www.nice.org.uk`,
		[]string{`sources.toml: A1.url: "http://www.nice.org.uk/guidance/ng127/chapter/Recommendations-for-adults-aged-over-16" is not an https address`}},
	{"no address", "sources.toml", `url = "https://www.nice.org.uk/guidance/ng127/chapter/Recommendations-for-adults-aged-over-16"`, ``,
		[]string{`sources.toml: A1.url: "" is not an https address`}},
	{"bad grade", "sources.toml", `grade = "guideline"`, `grade = "proven"`,
		[]string{`sources.toml: A1.grade: "proven" is not one of guideline, health_service, coaching, cautious`}},
	{"source twice in the file", "sources.toml", `[A2]`, `[A1]`,
		[]string{`sources.toml: line 17: table A1 already exists`}},

	{"urgent without a name", "numbers.toml", `urgent_name = "NHS 111"`, ``,
		[]string{`numbers.toml: GB.urgent: goes with urgent_name, and urgent_name with it`}},
	{"numbers mixed up", "numbers.toml", `dial = "000"`, `dial = "1800 022 222"`,
		[]string{`numbers.toml: AU.urgent: is the emergency number`}},
	{"second of two numbers mixed up", "numbers.toml", "{ dial = \"112\", for = \"all\" }]\nurgent = \"111\"", "{ dial = \"111\", for = \"all\" }]\nurgent = \"111\"",
		[]string{`numbers.toml: GB.urgent: is the emergency number`}},
	{"one number twice", "numbers.toml", "{ dial = \"112\", for = \"all\" }]\nurgent = \"111\"", "{ dial = \"999\", for = \"all\" }]\nurgent = \"111\"",
		[]string{`numbers.toml: GB.emergency[1].dial: "999" is there twice`}},
	{"number for nobody", "numbers.toml", `dial = "000", for = "all"`, `dial = "000", for = "police"`,
		[]string{`numbers.toml: AU.emergency[0].for: "police" is not one of ambulance, all`}},
	{"country without a number", "numbers.toml", `emergency = [{ dial = "000", for = "all" }]`, `emergency = []`,
		[]string{`numbers.toml: AU.emergency: names no number`}},
	{"page of an urgent number that is not there", "numbers.toml", `country = "US"`, "country = \"US\"\nurgent_source = \"https://example.org\"",
		[]string{`numbers.toml: US.urgent_source: goes with urgent`}},
	{"page of an urgent number over http", "numbers.toml", `urgent_source = "https://www.1177.se/"`, `urgent_source = "http://www.1177.se/"`,
		[]string{`numbers.toml: SE.urgent_source: "http://www.1177.se/" is not an https address`}},
	{"no number", "numbers.toml", `dial = "000"`, `dial = "triple zero"`,
		[]string{`numbers.toml: AU.emergency[0].dial: "triple zero" is not a number`}},
	{"country twice", "numbers.toml", `country = "CA"`, `country = "AU"`,
		[]string{`numbers.toml: AU.country: "AU" is there twice`}},
	{"country in words", "numbers.toml", `country = "CA"`, `country = "Canada"`,
		[]string{`numbers.toml: number[25].country: "Canada" is not a country code such as GB`}},

	{"code at no level", "codes.toml", `fever_alone = { level = "urgent"`, `fever_alone = { level = "routine"`,
		[]string{`codes.toml: fever_alone.level: "routine" is not one of emergency, urgent`,
			`en/signs/arm.toml: soon[3].tells[4]: "fever_alone" is routine, this list is urgent`,
			`en/signs/leg.toml: soon[3].tells[4]: "fever_alone" is routine, this list is urgent`,
			`en/signs/trunk.toml: soon[3].tells[4]: "fever_alone" is routine, this list is urgent`}},
	{"codes not TOML", "codes.toml", `gait_change = {`, `gait_change = `,
		[]string{`codes.toml: line 6: unexpected character U+006C 'l' at start of value`}},
	{"version", "version.toml", `version =`, `version = "v2" #`,
		[]string{`version.toml: version: "v2" is not a date such as 2026.11.22`}},
	{"no catalogue", "en/words.toml", ``, ``, []string{`en/words.toml: file: is missing`}},

	{"drill's unknown key", tuckFile, `name =`, "level = 1\nname =",
		[]string{`en/drills/chin-tuck.toml: level: is not a known key`}},
	{"drill's unknown key inside", tuckFile, `hold = 3`, `hold = 3, rest = 3`,
		[]string{`en/drills/chin-tuck.toml: rest: is not a known key`}},
	{"drill's id", "en/drills/open-book.toml", `id = "open-book"`, `id = "Open_Book"`,
		[]string{`en/drills/open-book.toml: id: "Open_Book" is not like chin-tuck`,
			`en/drills/open-book.toml: id: "Open_Book" is not the file's name`,
			`en/routines.toml: post-3.drills[2].drill: there is no drill "open-book"`,
			`en/routines.toml: post-5.drills[3].drill: there is no drill "open-book"`,
			`en/routines.toml: post-10.drills[4].drill: there is no drill "open-book"`,
			`en/routines.toml: post-10-3.drills[6].drill: there is no drill "open-book"`}},
	{"drill's sides", tuckFile, `sides = "none"`, `sides = "left"`,
		[]string{`en/drills/chin-tuck.toml: sides: "left" is not one of none, both, each`}},
	{"drill's equipment", "en/drills/wall-slides.toml", `["wall"]`, `["wall", "rack"]`,
		[]string{`en/drills/wall-slides.toml: equipment[1]: "rack" is not one of band, chair, desk, doorway, foam-roller, mat, pillow, towel, wall`}},
	{"drill's long step", tuckFile, `Sit or stand tall and look straight ahead.`, `Sit or stand tall and look straight ahead at a point on the wall.`,
		[]string{`en/drills/chin-tuck.toml: steps[0]: has 14 words, at most 12`}},
	{"drill without steps", "en/drills/hug-and-open.toml", `  "Stand and lift both arms to chest height.",
  "Swing them in gently to hug yourself.",
  "Then swing them open to a comfortable width.",
  "Each time the other arm is on top.",
`, ``, []string{`en/drills/hug-and-open.toml: steps: has none`}},
	{"drill's long gentle step", "en/drills/neck-turns.toml", `Keep it small:`, `Keep it small, that is to say:`,
		[]string{`en/drills/neck-turns.toml: gentle: has 14 words, at most 12`}},
	{"drill without a stop", tuckFile, `stop = "Stop if pain or tingling travels further down an arm."`, ``,
		[]string{`en/drills/chin-tuck.toml: stop: must be set`}},
	{"drill without words for its picture", tuckFile, `alt = "Seen from`, `alt = ""  # `,
		[]string{`en/drills/chin-tuck.toml: alt: must be set`}},
	{"drill's source", tuckFile, `"C37"`, `"Z9"`,
		[]string{`en/drills/chin-tuck.toml: sources[0]: source "Z9" is not in sources.toml`}},
	{"drill reviewed by nobody", tuckFile, `sides =`, "reviewed = { by = \"A B\", role = \"\", date = \"2026-11-22\", hash = \"0123456789abcdef\" }\nsides =",
		[]string{`en/drills/chin-tuck.toml: reviewed.role: must be set`}},
	{"no dose", "en/drills/half-kneeling-turn.toml", `reps = 5, pace = 4.5`, ``,
		[]string{`en/drills/half-kneeling-turn.toml: dose.breaths: must be set, for a hold too`,
			`en/routines.toml: pre-5-4.drills: take 255 s, which is not within a tenth of 300 s`}},
	{"no sets", "en/drills/half-kneeling-turn.toml", `reps = 5`, `sets = 0, reps = 5`,
		[]string{`en/drills/half-kneeling-turn.toml: dose.sets: 0 is not from 1 to 5`,
			`en/routines.toml: pre-5-4.drills: take 239 s, which is not within a tenth of 300 s`,
			`en/routines.toml: pre-10-2.drills: take 524 s, which is not within a tenth of 600 s`}},
	{"reps below 0", "en/drills/half-kneeling-turn.toml", `reps = 5`, `reps = -5`,
		[]string{`en/drills/half-kneeling-turn.toml: dose: has a number below 0`,
			`en/routines.toml: pre-5-4.drills: take 255 s, which is not within a tenth of 300 s`}},
	{"reps without pace", "en/drills/half-kneeling-turn.toml", `, pace = 4.5`, ``,
		[]string{`en/drills/half-kneeling-turn.toml: dose.pace: 0 s a rep is not from 1 to 10`,
			`en/routines.toml: pre-5-4.drills: take 255 s, which is not within a tenth of 300 s`}},
	{"reps held long", "en/drills/half-kneeling-turn.toml", `pace = 4.5`, `pace = 4.5, hold = 6`,
		[]string{`en/drills/half-kneeling-turn.toml: dose.hold: 6 s is too long for one rep, at most 5`,
			`en/routines.toml: pre-5-4.drills: take 361 s, which is not within a tenth of 300 s`}},
	{"reps and breaths", "en/drills/half-kneeling-turn.toml", `pace = 4.5`, `pace = 4.5, breaths = 2`,
		[]string{`en/drills/half-kneeling-turn.toml: dose.breaths: go with a hold, or alone, but not with reps`}},
	{"pace without reps", "en/drills/cross-body-stretch.toml", `hold = 24`, `pace = 2, hold = 24`,
		[]string{`en/drills/cross-body-stretch.toml: dose.pace: goes with reps`}},
	{"hold too long", "en/drills/front-side-neck-stretch.toml", `hold = 18, breaths = 3`, `hold = 90, breaths = 15`,
		[]string{`en/drills/front-side-neck-stretch.toml: dose.hold: 90 s is not from 10 to 60`}},
	{"breaths that don't fill the hold", "en/drills/front-side-neck-stretch.toml", `breaths = 3`, `breaths = 5`,
		[]string{`en/drills/front-side-neck-stretch.toml: dose.breaths: 5 of 6 s each do not fill 18 s`}},

	{"no routines", routinesFile, ``, ``, []string{`en/routines.toml: file: is missing`}},
	{"routine's unknown key", routinesFile, `title = "Desk break"`, "title = \"Desk break\"\ncolour = 1",
		[]string{`en/routines.toml: routine.colour: is not a known key`}},
	{"no word on when to stop", routinesFile, `text = "Stop a drill`, `text = "" # `,
		[]string{`en/routines.toml: stop.text: must be set`}},
	{"dangling drill", routinesFile, `{ drill = "wall-slides" }`, `{ drill = "wall-slide" }`,
		[]string{`en/routines.toml: pre-3.drills[4].drill: there is no drill "wall-slide"`}},
	{"routine's id", routinesFile, `id = "desk-3"`, `id = "desk"`,
		[]string{`en/routines.toml: desk.id: "desk" is not "desk-3", which kind, focus, minutes and variant make`}},
	{"routine twice", routinesFile, "id = \"post-5\"\nkind = \"post\"\nminutes = 5", "id = \"post-3\"\nkind = \"post\"\nminutes = 3",
		[]string{`en/routines.toml: post-3.id: is there twice`,
			`en/routines.toml: post-3.drills: take 312 s, which is not within a tenth of 180 s`}},
	{"routine's variant", routinesFile, `variant = 1`, `variant = 0`,
		[]string{`en/routines.toml: pre-3.variant: 0 is below 1`}},
	{"routine's second variant", routinesFile, `variant = 1`, `variant = 2`,
		[]string{`en/routines.toml: pre-3.id: "pre-3" is not "pre-3-2", which kind, focus, minutes and variant make`}},
	{"routine's focus", routinesFile, `focus = "whole"`, `focus = "all"`,
		[]string{`en/routines.toml: pre-whole-3.id: "pre-whole-3" is not "pre-all-3", which kind, focus, minutes and variant make`,
			`en/routines.toml: pre-whole-3.focus: "all" is not one of , lower, whole`}},
	{"cool-down with a focus", routinesFile, `kind = "post"`, "kind = \"post\"\nfocus = \"lower\"",
		[]string{`en/routines.toml: post-3.id: "post-3" is not "post-lower-3", which kind, focus, minutes and variant make`,
			`en/routines.toml: post-3.focus: goes with a warm-up`}},
	{"held neck without a hold", tuckFile, `sides =`, "holds_neck = true\nsides =",
		[]string{`en/drills/chin-tuck.toml: holds_neck: goes with a hold`}},
	{"routine's title", routinesFile, `title = "Desk break"`, ``,
		[]string{`en/routines.toml: desk-3.title: must be set`}},
	{"routine's source", routinesFile, `sources = ["A16", "CC"]`, `sources = ["A16", "CD"]`,
		[]string{`en/routines.toml: pre-3.sources[1]: source "CD" is not in sources.toml`}},
	{"routine of too many words", routinesFile, `lead = "A chair is enough."`, `lead = "` + strings.Repeat("So ", 38) + `on."`,
		[]string{`en/routines.toml: desk-3: has 41 words, at most 40`}},
	{"routine without drills", routinesFile, `  { drill = "side-neck-stretch" },
  { drill = "doorway-chest-stretch" },
  { drill = "open-book" },
]`, `]`, []string{`en/routines.toml: post-3.drills: has none`}},
	{"routine too long", routinesFile, `{ drill = "upper-back-hug", sets = 1 }`, `{ drill = "upper-back-hug", sets = 2 }`,
		[]string{`en/routines.toml: desk-3.drills: take 219 s, which is not within a tenth of 180 s`}},
	{"routine too short", routinesFile, "  { drill = \"breathing-reset\", breaths = 8 },\n  { drill = \"shoulder-rolls\" },\n  { drill = \"neck-turns\" },\n  { drill = \"shoulder-blade-squeeze\" },\n]", "  { drill = \"breathing-reset\" },\n  { drill = \"shoulder-rolls\" },\n  { drill = \"neck-turns\" },\n  { drill = \"shoulder-blade-squeeze\" },\n]",
		[]string{`en/routines.toml: calm-3.drills: take 157 s, which is not within a tenth of 180 s`}},
	{"routine's own dose", routinesFile, `{ drill = "chin-tuck", reps = 10 }`, `{ drill = "chin-tuck", breaths = 10 }`,
		[]string{`en/routines.toml: pre-10.drills[5].breaths: go with a hold, or alone, but not with reps`}},
	{"a hold before training", routinesFile, `{ drill = "wall-slides" }`, `{ drill = "upper-back-hug", sets = 1 }`,
		[]string{`en/routines.toml: pre-3.drills[4].drill: upper-back-hug is held; before training there is movement only`}},
	{"a hold in a calm routine", routinesFile, `{ drill = "shoulder-blade-squeeze" },
]`, `{ drill = "upper-back-hug" },
]`, []string{`en/routines.toml: calm-3.drills[3].drill: upper-back-hug is not gentle: a calm routine has small movements that say how, and no holds`}},
	{"a full movement in a calm routine", routinesFile, `{ drill = "shoulder-blade-squeeze" },
]`, `{ drill = "chin-tuck" },
]`, []string{`en/routines.toml: calm-3.drills[3].drill: chin-tuck is not gentle: a calm routine has small movements that say how, and no holds`}},
	{"a mat at the desk", routinesFile, `{ drill = "seated-turn" },
  { drill = "upper-back-hug", sets = 1 },`, `{ drill = "cat-cow" },
  { drill = "upper-back-hug", sets = 1 },`, []string{`en/routines.toml: desk-3.drills[3].drill: cat-cow needs more than a chair and a desk`}},
	{"a cool-down of movements", routinesFile, `  { drill = "side-neck-stretch" },
  { drill = "doorway-chest-stretch" },
  { drill = "open-book" },
]`, `  { drill = "side-neck-stretch" },
  { drill = "neck-turns" },
  { drill = "chin-tuck" },
  { drill = "breathing-reset" },
]`, []string{`en/routines.toml: post-3.drills: hold 1 stretches of 4, wants half of them or more`}},
}

func TestFaults(t *testing.T) { testFaults(t, faults) }

// testFaults makes the slips of a list, eight at once, as a load takes long. Where
// one of them hides another, each half is made by itself, down to single ones.
func testFaults(t *testing.T, list []fault) {
	t.Helper()
	load(t) // each slip is one more fault than none
	for group := range slices.Chunk(inTurn(list), 8) {
		t.Run(group[0].name, func(t *testing.T) {
			t.Parallel()
			eachTold(t, group)
		})
	}
}

// inTurn orders slips so that those of one file stand far apart.
func inTurn(list []fault) []fault {
	nth, turn := map[string]int{}, map[string]int{}
	for _, f := range list {
		turn[f.file+f.name+f.new] = nth[f.file]
		nth[f.file]++
	}
	return slices.SortedStableFunc(slices.Values(list), func(a, b fault) int {
		return cmp.Compare(turn[a.file+a.name+a.new], turn[b.file+b.name+b.new])
	})
}

// eachTold holds what Load says of slips against what it must.
func eachTold(t *testing.T, slips []fault) {
	t.Helper()
	var want []string
	for _, f := range slips {
		want = append(want, f.want...)
	}
	got := told(t, slips)
	if len(slips) > 1 {
		slices.Sort(want)
		slices.Sort(got)
	}
	switch half := len(slips) / 2; {
	case slices.Equal(got, want):
	case half > 0:
		eachTold(t, slips[:half])
		eachTold(t, slips[half:])
	default:
		t.Errorf("%s: Load says\n%s\nwant\n%s", slips[0].name, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// told returns what Load says of slips, nothing if one leaves no place for another.
func told(t *testing.T, slips []fault) []string {
	t.Helper()
	fsys := embedded(t)
	for _, f := range slips {
		switch was := fsys[f.file]; {
		case len(slips) > 1 && (was == nil || !strings.Contains(string(was.Data), f.old)):
			return nil
		case f.old == "":
			delete(fsys, f.file)
		default:
			edit(t, fsys, f.file, f.old, f.new)
		}
	}
	_, err := LoadFrom(fsys)
	if err == nil {
		t.Fatalf("%s: Load is content", slips[0].name)
	}
	return strings.Split(err.Error(), "\n")
}

// Slips in several files are told in one go.
func TestFaultsAtOnce(t *testing.T) {
	fsys := embedded(t)
	edit(t, fsys, neckFile, `name = "Neck"`, `name = ""`)
	edit(t, fsys, neckFile, `{ago:7}`, `{never}`)
	edit(t, fsys, armFile, `"breath", `, ``)
	edit(t, fsys, "numbers.toml", `country = "CA"`, `country = "AU"`)
	edit(t, fsys, "sources.toml", `grade = "guideline"`, `grade = "x"`)
	edit(t, fsys, "version.toml", `version =`, `version = "" #`)
	_, err := LoadFrom(fsys)
	if err == nil {
		t.Fatal("Load is content")
	}
	for _, want := range []string{"neck.toml: name:", "neck.toml: ladder.rung[2].text:", "arm.toml: breathlessness:", "numbers.toml: AU.country:", "sources.toml: A1.grade:", "version.toml: version:"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("Load does not say %q:\n%v", want, err)
		}
	}
}

// An empty list is a list: what refers to it dangles.
func TestEmptyLists(t *testing.T) {
	for file, want := range map[string]string{
		"sources.toml": `en/areas/neck.toml: clinic.sources[0]: source "A34" is not in sources.toml`,
		"codes.toml":   `en/signs/sentences.toml: breath.codes: "breathlessness" is not in codes.toml`,
	} {
		fsys := embedded(t)
		fsys[file] = &fstest.MapFile{Data: []byte("# nothing\n")}
		if _, err := LoadFrom(fsys); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s empty: Load says %v, want %q", file, err, want)
		}
	}
}

func TestEmptyFolder(t *testing.T) {
	_, err := LoadFrom(fstest.MapFS{})
	if err == nil || !strings.Contains(err.Error(), "en: folder: is missing") {
		t.Errorf("Load says %v", err)
	}
}
