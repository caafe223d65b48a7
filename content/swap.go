package content

import (
	"cmp"
	"slices"
)

// swapsAtMost is how many swaps one lift is given.
const swapsAtMost = 3

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

// stresses returns what it means in stresses; the load on the neck depends on
// the lift.
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
		return []Stress{Compression}
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

// Swaps returns at most three lifts in place of e, the best first. A swap
// keeps the pattern or trains the main muscle. It raises none of the stresses
// concerned and lowers their sum; no other stress of it is above the worst of
// e; and where the concern is an area, the whole load on that is lower. It
// asks no more than e in all, nor of its most loaded area, and is never a lift
// best left out.
func (s *Lifts) Swaps(e *Exercise, c Concern) []Swap {
	concerned := c.Of(e)
	if len(concerned) == 0 {
		return nil
	}
	var out []Swap
	for _, x := range s.all {
		if x != e && related(e, x) && lower(e, x, c, concerned) {
			out = append(out, newSwap(e, x, concerned))
		}
	}
	slices.SortStableFunc(out, func(a, b Swap) int {
		return cmp.Or(
			cmp.Compare(hint(e, a.Exercise), hint(e, b.Exercise)),
			first(a.SamePattern && a.Muscles[0] == e.Muscles[0], b.SamePattern && b.Muscles[0] == e.Muscles[0]),
			first(a.SamePattern, b.SamePattern),
			cmp.Compare(a.sum(concerned), b.sum(concerned)),
			cmp.Compare(a.total(), b.total()),
		)
	})
	return out[:min(len(out), swapsAtMost)]
}

// related reports whether x has the pattern of e or trains its main muscle.
// The whole body is no muscle that two lifts have in common.
func related(e, x *Exercise) bool {
	return x.Pattern == e.Pattern || e.Muscles[0] != fullBody && slices.Contains(x.Muscles, e.Muscles[0])
}

// lower is the rule that every swap keeps, whatever a hint says.
func lower(e, x *Exercise, c Concern, concerned []Stress) bool {
	if x.sum(concerned) >= e.sum(concerned) {
		return false
	}
	for _, l := range x.Loads {
		switch {
		case slices.Contains(concerned, l.Stress):
			if l.Grade > e.Grade(l.Stress) {
				return false
			}
		case l.Grade > e.worst():
			return false
		}
	}
	for _, area := range c.areas() {
		if x.On(area) > e.On(area) || x.On(area) == e.On(area) && e.On(area) > 0 {
			return false
		}
	}
	return x.total() <= e.total() && x.heaviest() <= e.heaviest() && !x.leftOut()
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
		if m != fullBody && slices.Contains(x.Muscles, m) {
			w.Shared = append(w.Shared, m)
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
