package schedule

import (
	"archive/zip"
	"embed"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"
)

//go:embed zones/zoneinfo.zip zones/*.tsv zones/*.tab
var zoneFiles embed.FS

// Zones are the time zones of the world, from the program's own copy of the
// IANA Time Zone Database; the host's is never read. They are safe for
// concurrent use.
type Zones struct {
	version string
	files   map[string]*zip.File
	named   map[string]string // names in lower case, with their proper spelling
	zones   func() []zone     // for people to choose from; read when first asked for
	loaded  sync.Map          // *time.Location by name
}

// A Zone is one row of the list of zones, for people to choose from.
type Zone struct {
	Name    string // such as Europe/Lisbon
	City    string // such as Lisbon
	Country string // such as Portugal; empty for Etc/UTC and the like
	Code    string // of the country, such as PT
	Offset  int    // in seconds east of UTC, at the instant asked about
}

// A zone is a Zone with all that the search looks at.
type zone struct {
	Zone
	aliases []string
	keys    []key
	weight  int // grows with the cities that we know there
}

// LoadZones reads the names. The list for people to choose from, and the clocks
// of a zone, are read when they are first asked for.
func LoadZones() (*Zones, error) {
	z := &Zones{files: map[string]*zip.File{}, named: map[string]string{}, zones: sync.OnceValue(shippedList)}
	archive, err := openArchive()
	if err != nil {
		return nil, fmt.Errorf("read the zones: %w", err)
	}
	for _, f := range archive.File {
		z.files[f.Name] = f
		z.named[strings.ToLower(f.Name)] = f.Name
	}
	head, err := zoneFiles.Open("zones/zones.tsv")
	if err != nil {
		return nil, fmt.Errorf("read the zones: %w", err)
	}
	defer head.Close()
	if _, err := fmt.Fscanf(head, "# version %s", &z.version); err != nil {
		return nil, fmt.Errorf("read the zones: the version of zones.tsv: %w", err)
	}
	return z, nil
}

// openArchive opens the embedded archive without a copy of it.
func openArchive() (*zip.Reader, error) {
	f, err := zoneFiles.Open("zones/zoneinfo.zip")
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	at, ok := f.(io.ReaderAt)
	if !ok {
		return nil, errors.New("zoneinfo.zip cannot be read at a place")
	}
	return zip.NewReader(at, info.Size())
}

// shippedList returns the embedded list. A fault in it is one of the program,
// which TestShippedList finds.
func shippedList() []zone {
	l, err := readList()
	if err != nil {
		panic(fmt.Sprintf("read the list of zones: %v", err))
	}
	return l
}

// Version returns the version of the database, such as 2026f.
func (z *Zones) Version() string { return z.version }

// Names returns the names of all zones in order, other names for the same one
// included.
func (z *Zones) Names() []string {
	var names []string
	for name := range z.files {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Zone returns the row of a name; another name for a zone, such as US/Eastern,
// leads to the zone's own row.
func (z *Zones) Zone(name string, at time.Time) (Zone, error) {
	loc, err := z.Location(name)
	if err != nil {
		return Zone{}, err
	}
	for _, of := range z.zones() {
		if of.Name == loc.String() || slices.Contains(of.aliases, loc.String()) {
			return z.on(of.Zone, at), nil
		}
	}
	return Zone{}, &ZoneError{Seen: name}
}

// A ZoneError says that no zone has a name, and which have one like it; or that
// the name is of a clock that is never changed, where the clocks of places that
// are called so are.
type ZoneError struct {
	Seen  string
	Near  []string
	Still string // the name without a doubt of the clock that is never changed, such as Etc/GMT+5
}

// Error says it in English.
func (e *ZoneError) Error() string {
	if e.Still != "" {
		return fmt.Sprintf("%q is a clock that is never changed, while those of the places that use its name are; what works: %s, or %s for what is never changed",
			e.Seen, strings.Join(e.Near, ", "), e.Still)
	}
	if len(e.Near) == 0 {
		return fmt.Sprintf("there is no time zone %q; what works: Europe/Berlin, America/New_York", e.Seen)
	}
	return fmt.Sprintf("there is no time zone %q; nearest: %s", e.Seen, strings.Join(e.Near, ", "))
}

// Location returns the zone of a name such as Europe/Lisbon or US/Eastern, in
// capitals or not, or a *ZoneError if there is none. The location's own name
// is the proper spelling.
func (z *Zones) Location(name string) (*time.Location, error) {
	proper, ok := z.named[strings.ReplaceAll(strings.ToLower(strings.TrimSpace(name)), " ", "_")]
	if !ok {
		e := &ZoneError{Seen: name}
		near := z.Search(name, time.Time{}, 3)
		if i := strings.LastIndex(name, "/"); i >= 0 && len(near) == 0 { // Europe/München
			near = z.Search(name[i+1:], time.Time{}, 3)
		}
		for _, of := range near {
			e.Near = append(e.Near, of.Name)
		}
		return nil, e
	}
	if loc, ok := z.loaded.Load(proper); ok {
		return loc.(*time.Location), nil
	}
	loc, err := z.load(proper)
	if err != nil {
		return nil, fmt.Errorf("read the zone %s: %w", proper, err)
	}
	kept, _ := z.loaded.LoadOrStore(proper, loc)
	return kept.(*time.Location), nil
}

func (z *Zones) load(name string) (*time.Location, error) {
	f, err := z.files[name].Open()
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(f)
	if err := errors.Join(err, f.Close()); err != nil {
		return nil, err
	}
	return time.LoadLocationFromTZData(name, data)
}

// A list is the zones for people to choose from.
type list []zone

// readList reads the tables beside the clocks.
func readList() (list, error) {
	countries, err := rows("iso3166.tab", 2)
	if err != nil {
		return nil, err
	}
	country := map[string]string{}
	for _, c := range countries {
		country[c[0]] = c[1]
	}
	all, err := rows("zones.tsv", 4)
	if err != nil {
		return nil, err
	}
	var l list
	for _, row := range all {
		city := row[0][strings.LastIndex(row[0], "/")+1:]
		of := zone{Zone: Zone{Name: row[0], City: strings.ReplaceAll(city, "_", " "), Code: row[1], Country: country[row[1]]}}
		if row[2] != "" {
			of.aliases = strings.Split(row[2], ",")
		}
		of.addKeys(row[3])
		if strings.HasPrefix(row[3], "most ") || strings.Contains(row[3], "most areas") {
			of.weight++
		}
		l = append(l, of)
	}
	return l, errors.Join(l.readPlaces("places.tsv", 1), l.readPlaces("native.tsv", 0), l.readPlaces("regions.tsv", 0), l.readClocks())
}

// readPlaces adds the cities, regions and countries of a table. Each city adds to
// the weight of its zone.
func (l list) readPlaces(file string, weight int) error {
	places, err := rows(file, 2)
	if err != nil {
		return err
	}
	for _, p := range places {
		found := false
		for i := range l {
			switch of := &l[i]; p[1] {
			case of.Name:
				of.add(p[0], placeKind(p[0]))
				of.weight += weight
			case of.Code:
				of.add(p[0], keyCountry)
			default:
				continue
			}
			found = true
		}
		if !found {
			return fmt.Errorf("%s: %s: there is no zone or country %s", file, p[0], p[1])
		}
	}
	return nil
}

// placeKind is the kind of a place's name: two letters, such as CO, are a
// country's code first.
func placeKind(name string) int {
	if len(name) == 2 {
		return keyOther
	}
	return keyCity
}

// rows reads a table whose columns stand between tabs.
func rows(file string, columns int) ([][]string, error) {
	data, err := zoneFiles.ReadFile("zones/" + file)
	if err != nil {
		return nil, err
	}
	var rows [][]string
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(line, "#") || line == "" {
			continue
		}
		row := strings.Split(line, "\t")
		if len(row) != columns {
			return nil, fmt.Errorf("%s: %q has not %d columns", file, line, columns)
		}
		rows = append(rows, row)
	}
	return rows, nil
}
