//go:build ignore

// Command make rebuilds zoneinfo.zip, zones.tsv and iso3166.tab; README.md
// says from what.
package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: go run make.go FOLDER")
		os.Exit(2)
	}
	if err := build(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "make:", err)
		os.Exit(1)
	}
}

// build makes the three files from the folder of a release.
func build(folder string) error {
	zi, err := os.ReadFile(filepath.Join(folder, "tzdata.zi"))
	tab, err2 := os.ReadFile(filepath.Join(folder, "zone.tab"))
	iso, err3 := os.ReadFile(filepath.Join(folder, "iso3166.tab"))
	if err := errors.Join(err, err2, err3); err != nil {
		return err
	}
	version, ok := strings.CutPrefix(strings.SplitN(string(zi), "\n", 2)[0], "# version ")
	if !ok {
		return fmt.Errorf("%s: tzdata.zi: its first line names no version", folder)
	}
	names, err := compile(folder)
	if err != nil {
		return err
	}
	list := fmt.Sprintf("# version %s\n# name, country, other names, part of the country\n%s", version, table(names, string(zi), string(tab)))
	return errors.Join(
		os.WriteFile("zones.tsv", []byte(list), 0o644),
		os.WriteFile("iso3166.tab", iso, 0o644),
	)
}

// compile writes zoneinfo.zip and returns the names of its zones.
func compile(folder string) ([]string, error) {
	tmp, err := os.MkdirTemp("", "zones")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(tmp)
	if out, err := exec.Command("zic", "-b", "slim", "-d", tmp, filepath.Join(folder, "tzdata.zi")).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("zic: %w\n%s", err, out)
	}
	var names []string
	var packed bytes.Buffer
	w := zip.NewWriter(&packed)
	err = filepath.WalkDir(tmp, func(path string, d fs.DirEntry, err error) error {
		name, _ := filepath.Rel(tmp, path)
		if err != nil || d.IsDir() || name == "Factory" { // Factory is no place's clock
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		names = append(names, name)
		f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err != nil {
			return err
		}
		_, err = f.Write(data)
		return err
	})
	if err := errors.Join(err, w.Close()); err != nil {
		return nil, err
	}
	return names, os.WriteFile("zoneinfo.zip", packed.Bytes(), 0o644)
}

// table lists the zones: those of zone.tab, then those that are neither there
// nor another name for one.
func table(names []string, zi, tab string) string {
	rows := map[string][]string{}
	for line := range strings.Lines(tab) {
		if f := strings.Split(strings.TrimSpace(line), "\t"); len(f) >= 3 && line[0] != '#' {
			note := ""
			if len(f) > 3 {
				note = f[3]
			}
			rows[f[2]] = []string{f[0], note}
		}
	}
	target := map[string]string{}
	for line := range strings.Lines(zi) {
		if f := strings.Fields(line); len(f) == 3 && f[0] == "L" {
			target[f[2]] = f[1]
		}
	}
	target["Iceland"] = "Atlantic/Reykjavik" // and not Africa/Abidjan, whose clock is the same
	aliases := map[string][]string{}
	for _, name := range names {
		of := name
		for rows[of] == nil && target[of] != "" {
			of = target[of]
		}
		if of != name {
			aliases[of] = append(aliases[of], name)
		}
		if rows[of] == nil {
			rows[of] = []string{"", ""}
		}
	}
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(rows)) {
		fmt.Fprintf(&b, "%s\t%s\t%s\t%s\n", name, rows[name][0], strings.Join(aliases[name], ","), rows[name][1])
	}
	return b.String()
}
