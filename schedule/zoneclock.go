package schedule

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// clockMost is how many zones one name of a clock leads to.
const clockMost = 4

// readClocks adds what people call clocks: EST, Pacific time.
func (l list) readClocks() error {
	clocks, err := rows("clocks.tsv", 2)
	if err != nil {
		return err
	}
	for _, c := range clocks {
		for n, name := range strings.Split(c[1], ",") {
			i := slices.IndexFunc(l, func(of zone) bool { return of.Name == name })
			if i < 0 {
				return fmt.Errorf("clocks.tsv: %s: there is no zone %s", c[0], name)
			}
			l[i].add(c[0], keyClock+n)
		}
	}
	return nil
}

// ByClock returns the zones that a text may mean where it says a clock and no
// place: "EST", "Pacific time", "UTC+2", "Etc/GMT+5". Those of places stand
// first, at most clockMost; a zone that has that very name and no place is the
// last. It returns nothing for any other text, and for UTC, which is nobody's own.
func (z *Zones) ByClock(text string, at time.Time) []Zone {
	text = listedPattern().ReplaceAllString(text, "$1")
	own, err := z.Zone(text, at)
	placeless := err == nil && own.Code == "" && own.Name != utc
	var all []Zone
	switch offset, ok := offsetOf(text); {
	case placeless && strings.HasPrefix(own.Name, "Etc/GMT") && own.Offset != 0:
		all = z.atOffset(own.Offset, at)
	case err != nil && ok:
		if all = z.atOffset(offset, at); offset%3600 == 0 {
			own, err = z.Zone(fmt.Sprintf("Etc/GMT%+d", -offset/3600), at)
			placeless = err == nil && offset != 0
		}
	case placeless || err != nil:
		all = z.calledSo(fold(text), at)
	}
	if placeless {
		all = append(all, own)
	}
	return all
}

// OfPlace returns the zone of a name as Location does, or a *ZoneError also for a
// name such as EST: people mean New York by it, and its own clock is never changed.
func (z *Zones) OfPlace(name string, at time.Time) (*time.Location, error) {
	loc, err := z.Location(name)
	if err != nil || z.Changes(name, at) || strings.Contains(name, "/") {
		return loc, err
	}
	own, err := z.Zone(name, at)
	if err != nil || own.Code != "" || strings.HasPrefix(own.Name, "Etc/") {
		return loc, err
	}
	e := &ZoneError{Seen: name, Still: fmt.Sprintf("Etc/GMT%+d", -own.Offset/3600)}
	for _, of := range z.ByClock(name, at) {
		if z.Changes(of.Name, at) {
			e.Near = append(e.Near, of.Name)
		}
	}
	if len(e.Near) == 0 {
		return loc, nil
	}
	return nil, e
}

// utc is the one clock that people mean without a place.
const utc = "Etc/UTC"

// calledSo returns the zones of places whose clock people call so.
func (z *Zones) calledSo(name string, at time.Time) (all []Zone) {
	for kind := keyClock; kind < keyClock+clockMost; kind++ {
		i := slices.IndexFunc(z.zones(), func(of zone) bool { return slices.Contains(of.keys, key{name, kind}) })
		if i < 0 {
			break
		}
		all = append(all, z.on(z.zones()[i].Zone, at))
	}
	return all
}

// atOffset returns zones of places whose clock is so far from UTC at the
// instant: those of most people, one that changes its clock among them.
func (z *Zones) atOffset(seconds int, at time.Time) (all []Zone) {
	hours := fmt.Sprintf("%+03d:%02d", seconds/3600, max(seconds, -seconds)%3600/60)
	changes := func(of Zone) bool { return z.Changes(of.Name, at) }
	found := slices.DeleteFunc(z.Search(hours, at, len(z.zones())), func(of Zone) bool { return of.Code == "" })
	all = slices.Clone(found[:min(len(found), clockMost)])
	if i := slices.IndexFunc(found, changes); i >= clockMost {
		all[clockMost-1] = found[i]
	}
	return all
}

// Changes reports whether a zone's clock is changed within about a year of the
// instant.
func (z *Zones) Changes(name string, at time.Time) bool {
	loc, err := z.Location(name)
	if err != nil {
		return false
	}
	_, ok := NextChange(at, loc)
	return ok
}

// Letters returns what a zone's clock is called within about a year of the
// instant, as "EST/EDT"; "" where it has no letters.
func (z *Zones) Letters(name string, at time.Time) string {
	loc, err := z.Location(name)
	if err != nil {
		return ""
	}
	letters, _ := at.In(loc).Zone()
	if change, ok := NextChange(at, loc); ok {
		after, _ := change.In(loc).Zone()
		letters += "/" + after
	}
	if strings.ContainsAny(letters, "0123456789") {
		return ""
	}
	return letters
}
