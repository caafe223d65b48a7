package button

import (
	"bufio"
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"unpinch/bot"
	"unpinch/content"
	"unpinch/schedule"
)

// A known is an ID with its longest state.
type known struct {
	name    string
	longest string // its custom ID, which reads takes only if it is within 100 bytes
	reads   func(customID string) bool
}

// of makes a known of an ID and a state as long as any that it is made of.
func of[T any](id bot.ID[T], longest T) known {
	return known{id.Name(), id.For(longest), func(customID string) bool {
		_, ok := id.Read(customID)
		return ok
	}}
}

// The longest of what states are made of.
const (
	anyID    = math.MinInt64          // of a row
	anyPage  = 1_000_000              // over all that can be listed
	playerID = "ZZZZZZZZZZZZZZZZZZZZ" // a reference of bot's is shorter
	country  = "GB"
)

// library is read once: nothing changes it.
var library = sync.OnceValues(content.Load)

// everything lists each ID with its longest state.
func everything(t testing.TB) []known {
	t.Helper()
	lib, err := library()
	if err != nil {
		t.Fatal(err)
	}
	area := longest(content.AreaIDs())
	var lifts, patterns, routines, topics, claims, words []string
	for _, e := range lib.Lifts("en").All() {
		lifts = append(lifts, e.ID)
	}
	for _, p := range lib.Lifts("en").Patterns() {
		patterns = append(patterns, p.ID)
	}
	for _, r := range lib.Routines("en") {
		routines = append(routines, r.ID)
	}
	for _, topic := range lib.Topics("en") {
		topics = append(topics, topic.ID)
	}
	for _, c := range lib.Claims("en") {
		claims = append(claims, c.ID)
	}
	for _, g := range lib.Glossaries("en") {
		for _, w := range g.Sensations {
			words = append(words, w.ID)
		}
	}
	lift, routine := longest(lifts), longest(routines)
	class := ClassState{ActHistory, anyID, anyID}
	lines := LinesState{anyID, anyID, -24 * 60, false}
	// What a member wrote is the one argument that people choose: its handlers keep
	// what is longer out of the ID.
	step := MeStep{"agree", strings.Repeat("x", 70)}
	myth := MythAnswer{longest(claims), true}
	ask := AskState{AskChannel, anyID, anyID}
	five := make([]string, LiftsAtOnce)
	for i := range five {
		five[i] = lift
	}
	many := ModifyState{View: LiftCard, Area: area, Less: content.Lesses()[0], Lift: LiftsMost, Page: 9}
	for range LiftsMost {
		many.Lifts, many.Doses = append(many.Lifts, lift), append(many.Doses, strings.Repeat("9", len(many.Doses)))
	}
	return []known{
		of(ClassID, class), of(ClassLookID, class), of(ClassFormID, class), of(ClassSetID, class), of(ClassKeepID, class), of(ChangesID, class),
		of(SetupID, class), of(ZoneID, ZoneState{anyID, anyID, "America/Argentina/ComodRivadavia"}), of(ClosedID, class), of(PlaceFormID, anyID), of(PlaceSetID, anyID), of(ClosedFormID, anyID), of(ClosedSetID, anyID),
		of(CloseID, farDays()), of(HolidaysID, Holidays{anyID, "NSW", false, 9}), of(AgainID, AgainState{strings.Repeat("z", 13), 4}),
		of(ClassManyID, anyID), of(LinesFormID, lines), of(LinesSetID, lines), of(LinesNewID, lines), of(TimetableID, class), of(TimetableFormID, class), of(TimetableSetID, class),
		of(PostID, PostState{anyID, Routine(routine)}), of(DoneID, anyID), of(NotifyID, anyID), of(MendID, anyID),
		of(AskFormID, ask), of(AskSentID, ask), of(AskID, ask), of(AskSetID, ask),
		of(NoticeID, NoticeState{NoticeSnooze, anyID}), of(FollowID, FollowState{FollowClass, anyID, schedule.EveryDay, true}),
		of(ConsentID, ConsentForget), of(ExportID, ExportAll), of(SettingsID, step), of(SettingsFormID, step), of(SettingsSetID, step),
		of(RemindersID, step), of(RemindersFormID, step), of(RemindersSetID, step), of(NotifyMeID, step), of(PauseMeID, step),
		of(EasyID, EasyRenew), of(EasyAgreeID, EasyWish(math.MaxUint16)), of(ProgressID, ProgressCount), of(OwnID, OwnSources), of(OwnFormID, OwnSources), of(OwnSetID, OwnSources),
		of(OwnFixID, OwnFix{OwnFixPick, 99, "ffffffff"}),
		of(NudgeID, 14), of(NudgeSetID, step),
		of(PlayID, PlayState{PlayPrevious, anyPage, playerID}), of(PickID, PickTogether), of(ReadID, ReadState{ReadSources, routine}), of(OpenID, Routine(routine)),
		of(StartID, StartState{routine, 60}), of(TogetherID, TogetherState{ActStandby, playerID}),
		of(PinchedID, PinchedState{area, PinchedSources, string(PinchedYoungOn) + "+" + strconv.Itoa(anyPage), country, lift}),
		of(PinchedOldID, PinchedState{area, PinchedSources, string(PinchedYoungOn) + "+" + strconv.Itoa(anyPage), country, lift}),
		// The glossary says an area's word, and what is beside it.
		of(PinchedID, PinchedState{area, PinchedGlossary, longest(words) + "+mistake", country, ""}),
		of(ModifyID, ModifyState{LiftSources, area, content.Lesses()[0], LiftsAtOnce, 9, "", five, nil}),
		of(ModifyID, ModifyState{LiftOf, area, content.Lesses()[0], 0, 0, longest(patterns), nil, nil}),
		of(ModifyID, many), of(PasteID, many), of(PasteSetID, many),
		of(EasierID, EasierState{anyID, anyID, longestLess(), anyPage}), of(EasierTurnID, EasierState{anyID, anyID, longestLess(), anyPage}),
		of(ShareID, five), of(LearnID, LearnState{longest(topics), LearnSources}),
		of(MythID, myth), of(MythBackID, myth), of(MythMistakeID, myth), of(StartHereID, StartReminders), of(HelpID, HelpJobs),
	}
}

func longestLess() content.Less {
	return slices.MaxFunc(content.Lesses(), func(a, b content.Less) int { return len(a) - len(b) })
}

// farDays are as many days as the place with the longest id closes, as far apart as
// they may be.
func farDays() Days {
	d := Days{Place: anyID}
	first := schedule.Date{Year: 2029, Month: 12, Day: 31}
	for n := 0; n <= 400; n += 8 {
		d.Days = append(d.Days, first.Add(n))
	}
	return d
}

func longest(all []string) string {
	return slices.MaxFunc(all, func(a, b string) int { return len(a) - len(b) })
}

// TestLongestStates builds the longest custom ID of each ID and reads it back. An
// ID that is declared and not here fails.
func TestLongestStates(t *testing.T) {
	all := everything(t)
	for _, k := range all {
		if !k.reads(k.longest) {
			t.Errorf("%s is not read back", k.longest)
		}
	}
	for _, name := range declared(t) {
		if !slices.ContainsFunc(all, func(k known) bool { return k.name == name }) {
			t.Errorf("%s has no longest state here", name)
		}
	}
}

// declared returns the names of the IDs that this package declares.
func declared(t *testing.T) (names []string) {
	t.Helper()
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), f.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			if of, ok := call.Fun.(*ast.IndexExpr); ok && of.X.(*ast.SelectorExpr).Sel.Name == "NewID" {
				name, err := strconv.Unquote(call.Args[0].(*ast.BasicLit).Value)
				if err != nil {
					t.Fatal(err)
				}
				names = append(names, name)
			}
			return true
		})
	}
	if len(names) < 40 {
		t.Fatalf("%d IDs are declared", len(names))
	}
	return names
}

// TestReleasedIDs holds that a button, once released, still leads somewhere:
// each custom ID of the file is read by its ID, and those below the line
// "# retired" by none, so that bot answers them with a fresh start.
func TestReleasedIDs(t *testing.T) {
	f, err := os.Open("testdata/released.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, retired, seen := everything(t), false, map[string]bool{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		line := lines.Text()
		if line == "# retired" {
			retired = true
		}
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, _, _ := strings.Cut(line, ":")
		seen[name] = true
		read := slices.ContainsFunc(all, func(k known) bool { return k.name == name && k.reads(line) })
		if read == retired {
			t.Errorf("%s: read is %t, retired is %t", line, read, retired)
		}
	}
	for _, name := range declared(t) {
		if !seen[name] {
			t.Errorf("no custom ID of %s is in released.txt: add one of each act", name)
		}
	}
}

// FuzzRead reads any text as a custom ID of each ID: what is read says itself
// again, and in Discord's length.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"class1:show/1/0", "follow1:days/1/42/yes", "pinched1:neck/sources/signs+2/GB", "pinched2:neck/soon//GB", "modify1:l1210squat+row", "nudge1:7", "settings1:agree/Europe/Lisbon|||", "play1:next/3/r1"} {
		f.Add(s)
	}
	all := everything(f)
	f.Fuzz(func(t *testing.T, customID string) {
		for _, k := range all {
			k.reads(customID) // which bot compares with what it would write
		}
	})
}
