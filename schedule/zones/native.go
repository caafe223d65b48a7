//go:build ignore

// Command native rebuilds native.tsv; README.md says from what.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: go run native.go FOLDER")
		os.Exit(2)
	}
	if err := build(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "native:", err)
		os.Exit(1)
	}
}

// build writes what a country's own languages call its zones' cities and itself.
func build(folder string) error {
	var info struct {
		Supplemental struct {
			TerritoryInfo map[string]struct {
				LanguagePopulation map[string]struct {
					Status string `json:"_officialStatus"`
				} `json:"languagePopulation"`
			} `json:"territoryInfo"`
		} `json:"supplemental"`
	}
	if err := read(&info, folder, "cldr-core", "supplemental", "territoryInfo.json"); err != nil {
		return err
	}
	zones, err := os.ReadFile("zones.tsv")
	if err != nil {
		return err
	}
	rows := map[string]bool{}
	for line := range strings.Lines(string(zones)) {
		f := strings.Split(line, "\t")
		if len(f) != 4 || f[1] == "" {
			continue
		}
		for language, of := range info.Supplemental.TerritoryInfo[f[1]].LanguagePopulation {
			if !strings.Contains(of.Status, "official") {
				continue
			}
			city, country, err := named(folder, strings.ReplaceAll(language, "_", "-"), f[0], f[1])
			if err != nil {
				return err
			}
			if city != "" && !strings.EqualFold(city, strings.ReplaceAll(f[0][strings.LastIndex(f[0], "/")+1:], "_", " ")) {
				rows[city+"\t"+f[0]] = true
			}
			if country != "" {
				rows[country+"\t"+f[1]] = true
			}
		}
	}
	text := "# What cities and countries are called in their own languages, from the Unicode CLDR: a name, then a zone or a country's code.\n" +
		strings.Join(slices.Sorted(maps.Keys(rows)), "\n") + "\n"
	return os.WriteFile("native.tsv", []byte(text), 0o644)
}

// named returns what a language calls a zone's city and a country, "" for what it
// has no name of.
func named(folder, language, zone, country string) (city, territory string, err error) {
	var times struct {
		Main map[string]struct {
			Dates struct {
				TimeZoneNames struct {
					Zone map[string]any `json:"zone"`
				} `json:"timeZoneNames"`
			} `json:"dates"`
		} `json:"main"`
	}
	var names struct {
		Main map[string]struct {
			LocaleDisplayNames struct {
				Territories map[string]string `json:"territories"`
			} `json:"localeDisplayNames"`
		} `json:"main"`
	}
	if err := read(&times, folder, "cldr-dates-full", "main", language, "timeZoneNames.json"); errors.Is(err, os.ErrNotExist) {
		return "", "", nil
	} else if err != nil {
		return "", "", err
	}
	if err := read(&names, folder, "cldr-localenames-full", "main", language, "territories.json"); err != nil && !errors.Is(err, os.ErrNotExist) {
		return "", "", err
	}
	var of any = times.Main[language].Dates.TimeZoneNames.Zone
	for part := range strings.SplitSeq(zone, "/") {
		below, _ := of.(map[string]any)
		of = below[part]
	}
	at, _ := of.(map[string]any)
	city, _ = at["exemplarCity"].(string)
	territory = names.Main[language].LocaleDisplayNames.Territories[country]
	if territory == country { // CLDR has no name
		territory = ""
	}
	return city, territory, nil
}

func read(into any, parts ...string) error {
	data, err := os.ReadFile(filepath.Join(parts...))
	if err != nil {
		return err
	}
	return json.Unmarshal(data, into)
}
