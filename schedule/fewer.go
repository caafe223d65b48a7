package schedule

// Days returns the days of the week on which a rule runs, or none for a rule that
// goes by dates or counts its days, so that leaving one out would change others.
func (r Rule) Days() (all Days) {
	for _, p := range r.parts {
		if p.days == 0 || p.dates != 0 || len(p.once) > 0 || p.among || p.daily {
			return 0
		}
		for day := range 7 { // a part counts from Sunday
			if p.days&(1<<day) != 0 {
				all |= 1 << ((day + 6) % 7)
			}
		}
	}
	return all
}

// Only returns the rule without its other days of the week. It returns false where
// that leaves no day, or the rule has no days to leave out.
func (r Rule) Only(keep Days) (Rule, bool) {
	if r.Days()&keep == 0 {
		return Rule{}, false
	}
	less := r
	less.parts, less.cron = nil, ""
	for _, p := range r.parts {
		var days uint8
		for day := range 7 {
			if p.days&(1<<day) != 0 && keep&(1<<((day+6)%7)) != 0 {
				days |= 1 << day
			}
		}
		if p.days = days; days != 0 {
			less.parts = append(less.parts, p)
		}
	}
	less, err := Parse(less.String())
	return less, err == nil
}
