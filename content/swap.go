package content

import (
	"cmp"
	"slices"
)

// How many swaps one lift is given: those that a coach named, and at most two
// where others fill up.
const (
	swapsAtMost = 3
	swapsFilled = 2
)

// A Less is what a person wants less of, in their words.
type Less string

// What a person may want less of.
const (
	LessOverhead   Less = "overhead"
	LessGrip       Less = "grip"
	LessWristBend  Less = "wrist_bend"
	LessElbowBend  Less = "elbow_bend"
	LessSpinalLoad Less = "spinal_load"
	LessNeckLoad   Less = "neck_load"
	LessBackBend   Less = "back_bend"
	LessImpact     Less = "impact"
)

// Lesses returns everything a person may want less of, in the order offered.
func Lesses() []Less {
	return []Less{LessOverhead, LessGrip, LessWristBend, LessElbowBend, LessSpinalLoad, LessNeckLoad, LessBackBend, LessImpact}
}

// stresses returns what it means in stresses; the loads on neck and spine depend
// on the lift.
func (l Less) stresses(e *Exercise) []Stress {
	switch l {
	case LessOverhead:
		return []Stress{Overhead}
	case LessGrip:
		return []Stress{Grip}
	case LessWristBend:
		return []Stress{WristExt}
	case LessElbowBend:
		return []Stress{ElbowFlex}
	case LessSpinalLoad:
		if i := slices.IndexFunc(e.Loads, func(g Graded) bool { return g.Stress == Compression && g.onSpine() }); i >= 0 {
			return []Stress{Compression}
		}
	case LessNeckLoad:
		return e.reaching("neck")
	case LessBackBend:
		return []Stress{FlexLoad, ExtLoad}
	case LessImpact:
		return []Stress{Impact}
	}
	return nil
}

// A LessSet is several of what a person may want less of.
type LessSet uint16

// LessSetOf returns the set of those; what is none of them is left out.
func LessSetOf(all ...Less) LessSet {
	var s LessSet
	for _, l := range all {
		if i := slices.Index(Lesses(), l); i >= 0 {
			s |= 1 << i
		}
	}
	return s
}

// All returns what is in the set, in the order offered.
func (s LessSet) All() []Less {
	var out []Less
	for i, l := range Lesses() {
		if s&(1<<i) != 0 {
			out = append(out, l)
		}
	}
	return out
}

// A Concern is what a swap has to ask less of: all that is set. If that is
// nothing, or only what the lift doesn't ask anyway, it is the lift's two
// highest stresses.
type Concern struct {
	Area string // id of an area
	Less Less
	Easy LessSet // what the person keeps low whatever they ask; counts where the lift has it
}

// Of returns the stresses of the lift that the concern is about, all of them
// of grade 1 or more. None means that the lift asks nothing of that kind.
func (c Concern) Of(e *Exercise) []Stress {
	var wanted []Stress
	if c.Area != "" {
		wanted = append(wanted, e.reaching(c.Area)...)
	}
	wanted = append(wanted, c.Less.stresses(e)...)
	for _, l := range c.Easy.All() {
		wanted = append(wanted, l.stresses(e)...)
	}
	if c.Area == "" && c.Less == "" && e.sum(wanted) == 0 {
		for _, l := range e.Loads[:min(2, len(e.Loads))] {
			wanted = append(wanted, l.Stress)
		}
	}
	var out []Stress
	for _, l := range e.Loads {
		if slices.Contains(wanted, l.Stress) {
			out = append(out, l.Stress)
		}
	}
	return out
}

// areas returns the areas whose load must fall too.
func (c Concern) areas() []string {
	var out []string
	if c.Area != "" {
		out = append(out, c.Area)
	}
	if c.Less == LessNeckLoad || c.Easy&LessSetOf(LessNeckLoad) != 0 {
		out = append(out, "neck")
	}
	return out
}

// reaching returns the stresses that reach an area.
func (e *Exercise) reaching(area string) []Stress {
	var out []Stress
	for _, l := range e.Loads {
		if l.reaches(area) {
			out = append(out, l.Stress)
		}
	}
	return out
}

// sum adds up the grades of some stresses.
func (e *Exercise) sum(of []Stress) int {
	n := 0
	for _, s := range of {
		n += e.Grade(s)
	}
	return n
}

// highest is the highest grade of some stresses.
func (e *Exercise) highest(of []Stress) int {
	n := 0
	for _, s := range of {
		n = max(n, e.Grade(s))
	}
	return n
}

// A Swap is a lift in place of another, with what it keeps and what it lowers.
type Swap struct {
	*Exercise
	SamePattern bool
	Shared      []string // muscles that both train
	Lowers      []Lowered
}

// A Lowered is a stress with its grade before and after a swap.
type Lowered struct {
	Stress   Stress
	From, To int
}

// Swaps returns at most three lifts in place of e, the best first; none is an
// answer too. A swap trains the main muscle of e, and e trains its main muscle.
// It raises none of the stresses concerned, lowers their sum and has none of them
// at the highest grade; it brings no other stress of grade 2 or more, and to the area asked about none at all. Of
// what passes, that which needs the commonest gear comes first, and one that
// needs dumbbells, a band or the body alone is among them where there is one.
func (s *Lifts) Swaps(e *Exercise, c Concern) []Swap {
	all := s.passing(e, c)
	out := withPlain(all[:min(len(all), places(e, all))], all)
	slices.SortStableFunc(out, func(a, b Swap) int { return first(a.usual(), b.usual()) })
	return out
}

// passing returns every swap that keeps the rule, those that a coach named first.
func (s *Lifts) passing(e *Exercise, c Concern) []Swap {
	concerned := c.Of(e)
	if len(concerned) == 0 {
		return nil
	}
	var near []string
	if p, ok := s.Pattern(e.Pattern); ok {
		near = p.Near
	}
	var out []Swap
	for _, x := range s.all {
		if x != e && related(e, x, near) && lower(e, x, c, concerned) {
			out = append(out, newSwap(e, x, concerned))
		}
	}
	slices.SortStableFunc(out, func(a, b Swap) int {
		return cmp.Or(
			first(hint(e, a.Exercise) < len(e.Hints), hint(e, b.Exercise) < len(e.Hints)),
			first(a.usual(), b.usual()),
			cmp.Compare(hint(e, a.Exercise), hint(e, b.Exercise)),
			first(a.SamePattern, b.SamePattern),
			first(a.Muscles[0] == e.Muscles[0], b.Muscles[0] == e.Muscles[0]),
			first(a.Staple, b.Staple),
			cmp.Compare(a.sum(concerned), b.sum(concerned)),
			cmp.Compare(b.total(), a.total()),
		)
	})
	return out
}

// places is how many swaps are shown of a list in order: three that a coach
// named, two where others have to fill up.
func places(e *Exercise, all []Swap) int {
	hinted := 0
	for _, w := range all {
		if hint(e, w.Exercise) < len(e.Hints) {
			hinted++
		}
	}
	return min(max(hinted, swapsFilled), swapsAtMost)
}

// withPlain returns what is shown of all, with the best plain lift if none of
// them is plain: at the end, or in the last place where that is taken.
func withPlain(shown, all []Swap) []Swap {
	out := slices.Clone(shown)
	if slices.ContainsFunc(out, Swap.plain) {
		return out
	}
	if i := slices.IndexFunc(all, Swap.plain); i >= 0 {
		out = append(out[:min(len(out), swapsAtMost-1)], all[i])
	}
	return out
}

// usual reports whether a lift needs no more than any gym has.
func (e *Exercise) usual() bool { return slices.Contains(common(), e.Equipment[0]) }

// plain reports whether a lift can be done with dumbbells, a band or the body alone.
func (w Swap) plain() bool {
	return slices.ContainsFunc(w.Equipment, func(q string) bool { return q == "dumbbell" || q == "band" || q == "bodyweight" })
}

// related reports whether x is the same kind of work as e: of its pattern, of
// one near it, or what a coach would swap in; and training the same. Lifts for
// the whole body have no main muscle: there a coach's hint will do.
func related(e, x *Exercise, near []string) bool {
	hinted, same := hint(e, x) < len(e.Hints), x.Pattern == e.Pattern
	switch {
	case !same && !hinted && !slices.Contains(near, x.Pattern):
		return false
	case x.HintOnly && !(hinted && same), !same && slices.Contains(x.Equipment, pool):
		return false
	case e.Muscles[0] == fullBody || x.Muscles[0] == fullBody:
		return hinted || e.Muscles[0] == x.Muscles[0]
	}
	return slices.Contains(x.Muscles, e.Muscles[0]) && slices.Contains(e.Muscles, x.Muscles[0])
}

// lower is the rule that every swap keeps, whatever a hint says.
func lower(e, x *Exercise, c Concern, concerned []Stress) bool {
	if x.leftOut() || x.total() > e.total() || x.sum(concerned) >= e.sum(concerned) ||
		x.highest(concerned) == maxGrade {
		return false
	}
	for _, l := range x.Loads {
		was := e.Grade(l.Stress)
		if l.Grade > was && (l.Grade > 1 || slices.Contains(concerned, l.Stress) || c.oneWith(l.Stress, concerned)) {
			return false
		}
	}
	for _, area := range c.areas() {
		if x.On(area) > 0 && x.On(area) >= e.On(area) || adds(e, x, area) {
			return false
		}
	}
	return c.Less == "" || x.sum(c.Less.stresses(e)) < e.sum(c.Less.stresses(e)) || e.sum(c.Less.stresses(e)) == 0
}

// oneWith reports whether a stress is the other bend of the back where one of
// them, or the load on the spine, is to fall: rounding is no remedy for arching.
func (c Concern) oneWith(s Stress, concerned []Stress) bool {
	if s != FlexLoad && s != ExtLoad {
		return false
	}
	spine := c.Less == LessSpinalLoad || c.Easy&LessSetOf(LessSpinalLoad) != 0
	return spine || slices.Contains(concerned, FlexLoad) || slices.Contains(concerned, ExtLoad)
}

// adds reports whether x brings an area a stress that e spares it, or more of one.
func adds(e, x *Exercise, area string) bool {
	for _, l := range x.Loads {
		if l.reaches(area) && (l.Grade > e.Grade(l.Stress) || !slices.Contains(e.reaching(area), l.Stress)) {
			return true
		}
	}
	return false
}

// hint is the place that a coach gave to a swap, those without one last.
func hint(e, x *Exercise) int {
	if i := slices.Index(e.Hints, x.ID); i >= 0 {
		return i
	}
	return len(e.Hints)
}

func newSwap(e, x *Exercise, concerned []Stress) Swap {
	w := Swap{Exercise: x, SamePattern: x.Pattern == e.Pattern}
	for _, m := range e.Muscles {
		if slices.Contains(x.Muscles, m) {
			w.Shared = append(w.Shared, m)
		}
	}
	if len(w.Shared) == 0 && !w.SamePattern { // one of the two trains the whole body
		w.Shared = []string{x.Muscles[0]}
		if x.Muscles[0] == fullBody {
			w.Shared[0] = e.Muscles[0]
		}
	}
	for _, s := range concerned {
		if from, to := e.Grade(s), x.Grade(s); to < from {
			w.Lowers = append(w.Lowers, Lowered{s, from, to})
		}
	}
	slices.SortStableFunc(w.Lowers, func(a, b Lowered) int { return cmp.Compare(b.From-b.To, a.From-a.To) })
	return w
}

// Gentler returns a pattern whose lifts ask less of what concerns a person,
// taken together, than e does; for when e has no good swap. False when none does.
func (s *Lifts) Gentler(e *Exercise, c Concern) (*Pattern, bool) {
	p, ok := s.Pattern(e.Pattern)
	concerned := c.Of(e)
	if !ok || len(concerned) == 0 {
		return nil, false
	}
	for _, id := range p.Gentler {
		n, sum := 0, 0
		for _, x := range s.all {
			if x.Pattern == id {
				n, sum = n+1, sum+x.sum(concerned)
			}
		}
		if n > 0 && sum < n*e.sum(concerned) {
			return s.Pattern(id)
		}
	}
	return nil, false
}
