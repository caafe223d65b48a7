package schedule_test

import (
	"archive/zip"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"unpinch/schedule"
)

// TestZoneDataIsOfOneRelease pins the compiled clocks to the version that the
// list names, so that nobody changes one without the other.
func TestZoneDataIsOfOneRelease(t *testing.T) {
	data, err := os.ReadFile("zones/zoneinfo.zip")
	if err != nil {
		t.Fatal(err)
	}
	const want = "2026f 261d653736819119f6d02a58b507ddc98e1a855b591ea2550b187146738ff913"
	if got := fmt.Sprintf("%s %x", loadZones(t).Version(), sha256.Sum256(data)); got != want {
		t.Errorf("zones/ is %s, want %s: after an update, put the new one here", got, want)
	}
}

// TestEveryZoneIsListed holds the list against the clocks, both ways.
func TestEveryZoneIsListed(t *testing.T) {
	zones := loadZones(t)
	names := zones.Names()
	if len(names) != 597 || !slices.IsSorted(names) {
		t.Errorf("%d zones, sorted %t", len(names), slices.IsSorted(names))
	}
	for _, name := range names {
		loc, err := zones.Location(name)
		if err != nil || loc.String() != name {
			t.Errorf("Location(%q) = %v, %v", name, loc, err)
		}
		row, err := zones.Zone(name, time.Unix(0, 0))
		if err != nil {
			t.Errorf("%s has clocks, but is not in zones.tsv", name)
			continue
		}
		main, err := zones.Location(row.Name)
		if err != nil {
			t.Errorf("%s is in zones.tsv, but has no clocks", row.Name)
			continue
		}
		for at := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC); at.Year() < 2040; at = at.AddDate(0, 0, 9) {
			_, a := at.In(loc).Zone()
			_, b := at.In(main).Zone()
			if a != b {
				t.Errorf("%s is listed as another name for %s, but differs on %v", name, row.Name, at)
				break
			}
		}
	}
}

// TestHostZonesAreNotRead gives the host a Berlin that keeps Tokyo's time.
func TestHostZonesAreNotRead(t *testing.T) {
	shipped, err := zip.OpenReader("zones/zoneinfo.zip")
	if err != nil {
		t.Fatal(err)
	}
	defer shipped.Close()
	host := t.TempDir()
	tokyo, err := fs.ReadFile(shipped, "Asia/Tokyo")
	err2 := os.Mkdir(filepath.Join(host, "Europe"), 0o755)
	err3 := os.WriteFile(filepath.Join(host, "Europe", "Berlin"), tokyo, 0o644)
	if err := errors.Join(err, err2, err3); err != nil {
		t.Fatal(err)
	}
	t.Setenv("ZONEINFO", host)
	berlin, err := loadZones(t).Location("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	if got := time.Unix(0, 0).In(berlin).Format("-07"); got != "+01" {
		t.Errorf("Berlin is at %s", got)
	}
	for _, name := range []string{"Local", ""} {
		if zone, err := loadZones(t).Location(name); err == nil {
			t.Errorf("%q is a zone: %v", name, zone)
		}
	}
}

func TestLocation(t *testing.T) {
	zones := loadZones(t)
	for text, want := range map[string]string{
		"Europe/Lisbon":    "Europe/Lisbon",
		"europe/lisbon":    "Europe/Lisbon",
		"America/New York": "America/New_York",
		"US/Eastern":       "US/Eastern",
		"utc":              "UTC",
	} {
		if loc, err := zones.Location(text); err != nil || loc.String() != want {
			t.Errorf("Location(%q) = %v, %v, want %s", text, loc, err, want)
		}
	}
	for text, near := range map[string]string{
		"Berlin":            "Europe/Berlin",
		"Europe/Berlni":     "Europe/Berlin",
		"Europe/München":    "Europe/Berlin",
		"../../etc/passwd":  "",
		"zzzzzzzz":          "",
		"America/Los Angls": "America/Los_Angeles",
	} {
		_, err := zones.Location(text)
		ze, ok := errors.AsType[*schedule.ZoneError](err)
		if !ok || ze.Seen != text {
			t.Errorf("Location(%q): %v", text, err)
			continue
		}
		if near != "" && (len(ze.Near) == 0 || ze.Near[0] != near) || near == "" && len(ze.Near) != 0 {
			t.Errorf("Location(%q): near are %q, want %q first", text, ze.Near, near)
		}
		if !strings.Contains(ze.Error(), text) {
			t.Errorf("Location(%q): %v", text, ze)
		}
	}
}

func TestZone(t *testing.T) {
	zones := loadZones(t)
	at := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	for name, want := range map[string]schedule.Zone{
		"Europe/Lisbon":     {"Europe/Lisbon", "Lisbon", "Portugal", "PT", 0},
		"us/eastern":        {"America/New_York", "New York", "United States", "US", -5 * 3600},
		"Asia/Calcutta":     {"Asia/Kolkata", "Kolkata", "India", "IN", 19800},
		"UTC":               {"Etc/UTC", "UTC", "", "", 0},
		"America/Vancouver": {"America/Vancouver", "Vancouver", "Canada", "CA", -7 * 3600},
	} {
		if got, err := zones.Zone(name, at); got != want || err != nil {
			t.Errorf("Zone(%q) = %+v, %v, want %+v", name, got, err, want)
		}
	}
	if got, err := zones.Zone("Atlantis", at); err == nil {
		t.Errorf("Zone(Atlantis) = %v", got)
	}
}

func TestSearch(t *testing.T) {
	zones := loadZones(t)
	winter := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	for _, tc := range []struct{ query, want string }{ // the first of those found
		{"lisbon", "Europe/Lisbon"},
		{"  LISBON ", "Europe/Lisbon"},
		{"lis", "Europe/Lisbon"},
		{"lisbno", "Europe/Lisbon"},
		{"lisbn", "Europe/Lisbon"},
		{"berlni", "Europe/Berlin"},
		{"europe/lisbon", "Europe/Lisbon"},
		{"new york", "America/New_York"},
		{"new_york", "America/New_York"},
		{"nyork", ""},
		{"US/Eastern", "America/New_York"},
		{"us", "America/New_York America/Chicago America/Los_Angeles America/Denver"},
		{"USA", "America/New_York America/Chicago"},
		{"germany", "Europe/Berlin Europe/Busingen"},
		{"germny", "Europe/Berlin"},
		{"de", "Europe/Berlin Europe/Busingen"},
		{"united kingdom", "Europe/London"},
		{"england", "Europe/London"},
		{"portugal", "Europe/Lisbon"},
		{"brazil", "America/Sao_Paulo"},
		{"chile", "America/Santiago"},
		{"munich", "Europe/Berlin"},
		{"münchen", "Europe/Berlin"},
		{"munchen", "Europe/Berlin"},
		{"san fran", "America/Los_Angeles"},
		{"são paulo", "America/Sao_Paulo"},
		{"sao paulo", "America/Sao_Paulo"},
		{"paris france", "Europe/Paris"},
		{"paris, france", "Europe/Paris"},
		{"cote d'ivoire", "Africa/Abidjan"},
		{"iceland", "Atlantic/Reykjavik"},
		{"kiev", "Europe/Kyiv"},
		{"calcutta", "Asia/Kolkata"},
		{"queensland", "Australia/Brisbane"},
		{"hawaii", "Pacific/Honolulu"},
		{"utc", "Etc/UTC"},
		{"+1", "Europe/Berlin"},
		{"utc+1", "Europe/Berlin"},
		{"EST", "America/New_York America/Toronto"},
		{"cet", "Europe/Berlin Europe/Paris"},
		{"pst", "America/Los_Angeles"},
		{"pacific t", "America/Los_Angeles"},
		{"mst", "America/Denver"},
		{"gmt", "Europe/London"},
		{"bst", "Europe/London"},
		{"ist", "Asia/Kolkata"},
		{"texas", "America/Chicago"},
		{"Ontario", "America/Toronto"},
		{"bavaria", "Europe/Berlin"},
		{"Bayern", "Europe/Berlin"},
		{"new south wales", "Australia/Sydney"},
		{"NSW", "Australia/Sydney"},
		{"Москва", "Europe/Moscow"},
		{"москва", "Europe/Moscow"},
		{"東京", "Asia/Tokyo"},
		{"大阪", "Asia/Tokyo"},
		{"Wien", "Europe/Vienna"},
		{"praha", "Europe/Prague"},
		{"lisboa", "Europe/Lisbon"},
		{"Αθήνα", "Europe/Athens"},
		{"서울", "Asia/Seoul"},
		{"Deutschland", "Europe/Berlin"},
		{"Österreich", "Europe/Vienna"},
		{"Muenchen", "Europe/Berlin"},
		{"heathrow", "Europe/London"},
		{"JFK", "America/New_York"},
		{"tenerife", "Atlantic/Canary"},
		{"bali", "Asia/Makassar"},
		{"UTC+01:00", "Europe/Berlin"},
		{"gmt-5", "America/New_York"},
		{"−5", "America/New_York"},
		{"utc+05:30", "Asia/Kolkata Asia/Colombo"},
		{"+0530", "Asia/Kolkata Asia/Colombo"},
		{"+5:45", "Asia/Kathmandu"},
		{"+20", ""},
		{"", ""},
		{"?", ""},
		{"qqqq", ""},
	} {
		var got []string
		for _, z := range zones.Search(tc.query, winter, max(1, len(strings.Fields(tc.want)))) {
			got = append(got, z.Name)
		}
		if got := strings.Join(got, " "); got != tc.want {
			t.Errorf("Search(%q) = %q, want %q", tc.query, got, tc.want)
		}
	}
	summer := time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)
	if got := zones.Search("+1", summer, 1); len(got) != 1 || got[0].Name != "Europe/London" || got[0].Offset != 3600 {
		t.Errorf("Search(+1) in summer = %v", got)
	}
	if got := zones.Search("a", winter, 25); len(got) != 25 {
		t.Errorf("Search(a) finds %d", len(got))
	}
}

// TestZonesAtOnce is for the race detector.
func TestZonesAtOnce(t *testing.T) {
	zones := loadZones(t)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for _, q := range []string{"+1", "berlin", "us"} {
				if len(zones.Search(q, time.Unix(0, 0), 5)) == 0 {
					t.Errorf("Search(%q) finds nothing", q)
				}
			}
		})
	}
	wg.Wait()
}

// zoneRow is a row of the list.
type zoneRow = schedule.Zone

// tableLines are the lines of a table of names below its first.
func tableLines(t *testing.T, file string) []string {
	t.Helper()
	data, err := os.ReadFile("zones/" + file)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(data)), "\n")[1:]
}

func BenchmarkSearch(b *testing.B) {
	zones := loadZones(b)
	for _, q := range []string{"lisbon", "germny", "paris france", "+1"} {
		b.Run(q, func(b *testing.B) {
			for b.Loop() {
				zones.Search(q, time.Unix(0, 0), 25)
			}
		})
	}
}

func BenchmarkLoadZones(b *testing.B) {
	for b.Loop() {
		loadZones(b)
	}
}
