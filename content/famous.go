package content

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// famousWords is how many words a text has at most that asks for a workout by its
// name.
const famousWords = 8

// A title is a famous workout's name among other lines.
type title struct {
	Workout
	at int // how many lines stand above it
}

// writtenOut reports whether the lines below the title have a lift of the workout.
func (t title) writtenOut(below []Line) bool {
	return slices.ContainsFunc(below, func(l Line) bool {
		return l.Certain() && slices.ContainsFunc(t.Lines, func(own Line) bool { return own.Exercise == l.Exercise })
	})
}

// famous returns a famous workout that a text asks for by its name, with nothing
// beside the name but numbers, ways to do it and words that say nothing of a lift.
func (s *Lifts) famous(text string) (Workout, bool) {
	n := s.index.naming
	all := n.words(head(text, nameBytes))
	if len(all) > famousWords {
		return Workout{}, false
	}
	said := func(w string) bool { return !n.plain[w] && !n.numeric(w) && !n.ways[w] }
	for long := len(all); long > 0; long-- {
		for i := 0; i+long <= len(all); i++ {
			w, ok := s.workouts[strings.Join(all[i:i+long], " ")]
			if ok && !slices.ContainsFunc(all[:i], said) && !slices.ContainsFunc(all[i+long:], said) {
				return w, true
			}
		}
	}
	return Workout{}, false
}

// Workouts returns the names of the famous workouts, sorted.
func (s *Lifts) Workouts() []string {
	var out []string
	for _, w := range s.workouts {
		out = append(out, w.Name)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// workouts reads a language's famous workouts.
func (r *reader) workouts(dir string, s *Lifts) {
	file := path.Join(dir, "workouts.toml")
	if dir != fallback && len(r.glob(file)) == 0 {
		file = path.Join(fallback, "workouts.toml")
	}
	var all struct {
		Workout []struct {
			Name  string   `toml:"name"`
			Names []string `toml:"names"`
			How   string   `toml:"how"`
			Lifts []string `toml:"lifts"`
		} `toml:"workout"`
	}
	s.workouts = map[string]Workout{}
	if !r.toml(file, &all) {
		return
	}
	for i, t := range all.Workout {
		at := fmt.Sprintf("workout[%d]", i)
		r.text(file, at+".name", t.Name, noPlaceholder)
		w := Workout{Name: t.Name, How: t.How}
		for j, line := range t.Lifts {
			id, dose, ok := strings.Cut(line, ": ")
			e, known := s.byID[id]
			if !ok || !known {
				r.fault(file, fmt.Sprintf("%s.lifts[%d]", at, j), "%q is no lift and how much of it", line)
				continue
			}
			w.Lines = append(w.Lines, Line{Match: Match{e, e.Name}, Text: e.Name, Dose: dose})
		}
		for _, name := range append([]string{t.Name}, t.Names...) {
			key := strings.Join(s.index.naming.words(name), " ")
			if _, there := s.workouts[key]; there {
				r.fault(file, at+".names", "%q is there twice", name)
			}
			s.workouts[key] = w
			s.index.naming.add(isNote, 0, []string{name}) // above its lifts it is a title
		}
	}
}
