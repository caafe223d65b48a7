// Command deploy reads the files that releases are made and run by, as the
// programs do that they are for: BuildKit, Compose and GoReleaser.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/goreleaser/goreleaser/v2/pkg/config"
	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

func main() {
	_, release := config.Load(".goreleaser.yaml")
	if err := errors.Join(release, compose("deploy/compose.yaml"), container("deploy/Containerfile")); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// compose reads a file of Compose by its schema and its rules.
func compose(path string) error {
	o, err := cli.NewProjectOptions([]string{path})
	if err != nil {
		return err
	}
	_, err = o.LoadProject(context.Background())
	return err
}

// container reads a Containerfile, and takes each of BuildKit's warnings for a
// fault.
func container(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	read, err := parser.Parse(f)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	var faults []error
	for _, w := range read.Warnings {
		faults = append(faults, fmt.Errorf("%s: %s", path, w.Short))
	}
	rules := linter.New(&linter.Config{Warn: func(rule, _, _, says string, at []parser.Range) {
		faults = append(faults, fmt.Errorf("%s:%d: %s (%s)", path, at[0].Start.Line, says, rule))
	}})
	if _, _, err := instructions.Parse(read.AST, rules); err != nil {
		faults = append(faults, fmt.Errorf("%s: %w", path, err))
	}
	return errors.Join(faults...)
}
