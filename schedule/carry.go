package schedule

import (
	"fmt"
	"slices"
	"strings"
)

// An Unclear is an exception of a class for whose start nobody can tell which
// one of another rule it is.
type Unclear struct {
	Slot   Slot   // of the start, by the rule of before
	To     Slot   // where that is moved to; none if it is left out
	Starts []Slot // of the other rule on that day, earliest first; none if it has none
}

// An Answer says which start an Unclear belongs to from now on.
type Answer struct {
	Of Slot
	Is Slot // none to let the exception go
}

// Carry returns the exceptions that a class keeps under another rule, and those
// of which it can't tell the start. A start keeps its own where the rule plans
// one at the same clock that day, else where the day has one start before and
// after. Then answers count. What is left stays for the rule that it was made
// for, which may come back.
func Carry(was Series, rule Rule, answers []Answer) (skips []Slot, moves []Move, unclear []Unclear) {
	carry := func(s, to Slot) (Slot, bool) {
		is, ok, starts := carried(was.Rule, rule, s, answers)
		if starts != nil || is == s && was.Rule.Plans(s) && !rule.Plans(s) {
			unclear = append(unclear, Unclear{s, to, starts})
		}
		return is, ok
	}
	for _, s := range was.Skips {
		if is, ok := carry(s, Slot{}); ok && !slices.Contains(skips, is) {
			skips = append(skips, is)
		}
	}
	for _, m := range was.Moves {
		is, ok := carry(m.From, m.To)
		if ok && is != m.To && !slices.ContainsFunc(moves, func(o Move) bool { return o.From == is }) {
			moves = append(moves, Move{is, m.To})
		}
	}
	return skips, moves, unclear
}

// carried returns which start of a rule is that of a slot by the rule before it,
// and whether it keeps its exception. If nobody can tell it is the slot itself,
// with the starts of that day.
func carried(before, after Rule, s Slot, answers []Answer) (is Slot, ok bool, starts []Slot) {
	if after.Plans(s) || before.Equal(after) {
		return s, true, nil
	}
	clocks := after.Clocks(s.Day)
	if i := slices.IndexFunc(answers, func(a Answer) bool { return a.Of == s }); i >= 0 {
		if is := answers[i].Is; is.IsZero() || is.Day == s.Day && slices.Contains(clocks, is.Clock) {
			return is, !is.IsZero(), nil
		}
	}
	if len(clocks) == 1 && slices.Equal(before.Clocks(s.Day), []Clock{s.Clock}) {
		return Slot{s.Day, clocks[0]}, true, nil
	}
	for _, c := range clocks {
		starts = append(starts, Slot{s.Day, c})
	}
	return s, true, starts
}

// WriteAnswers writes answers for ReadAnswers to read.
func WriteAnswers(all []Answer) string {
	var texts []string
	for _, a := range all {
		texts = append(texts, a.Of.String()+">"+a.Is.String())
	}
	return strings.Join(texts, ",")
}

// ReadAnswers reads what WriteAnswers wrote.
func ReadAnswers(text string) (all []Answer, err error) {
	if text == "" {
		return nil, nil
	}
	for one := range strings.SplitSeq(text, ",") {
		of, is, _ := strings.Cut(one, ">")
		a := Answer{}
		if a.Of, err = ParseSlot(of); err == nil && is != "" {
			a.Is, err = ParseSlot(is)
		}
		if err != nil {
			return nil, fmt.Errorf("read where an exception belongs: %w", err)
		}
		all = append(all, a)
	}
	return all, nil
}
