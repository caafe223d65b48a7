package main

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/template"
)

//go:embed unpinch.service
var unitText string

// installed is where the unit has the program.
const installed = "/usr/local/bin/unpinch"

// serviceFolder is where systemd has the folder of servicePath, which is a link for
// root; a path that is resolved begins with it.
const serviceFolder = "/var/lib/private/unpinch/"

// service writes the unit for systemd beside the configuration, and says how to
// put it in place.
func (s *setup) service(ctx context.Context, cfg config) error {
	unit, err := cfg.unit(s.Config)
	if err != nil {
		return err
	}
	path := filepath.Join(filepath.Dir(s.Config), "unpinch.service")
	if err := s.put(ctx, path, unit); err != nil {
		return err
	}
	program, err := os.Executable()
	if err != nil {
		return fmt.Errorf("find this program: %w", err)
	}
	fmt.Fprint(s.out, "\nNext:\n")
	if program != installed {
		fmt.Fprintf(s.out, "sudo install -m 755 %q %s\n", program, installed)
	}
	fmt.Fprintf(s.out, "sudo cp %s /etc/systemd/system/\nsudo systemctl daemon-reload\nsudo systemctl enable --now unpinch\nsudo %s doctor --config %s\n", path, installed, s.Config)
	return nil
}

// unit is a unit for systemd that runs the bot with a configuration. Its user can
// read neither file: systemd hands it copies.
func (c config) unit(path string) ([]byte, error) {
	if !strings.HasPrefix(c.Store.Path, filepath.Dir(servicePath)+"/") && !strings.HasPrefix(c.Store.Path, serviceFolder) {
		return nil, fmt.Errorf("[store] path: is %s, where the service may not write; move the database to %s and put that there", c.Store.Path, servicePath)
	}
	full, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("find the configuration: %w", err)
	}
	token := c.Discord.TokenFile
	if token != "" && !filepath.IsAbs(token) {
		token = filepath.Join(filepath.Dir(full), token)
	}
	if strings.ContainsAny(full+token, " \t\"'\\%:") {
		return nil, errors.New("the names of the files and their folders must be without spaces, quotes, % and : for systemd; move them, such as to /etc/unpinch")
	}
	t, err := template.New("unit").Parse(unitText)
	if err != nil {
		return nil, fmt.Errorf("read the unit: %w", err)
	}
	var b bytes.Buffer
	if err := t.Execute(&b, map[string]string{"Config": full, "Token": token, "Program": installed}); err != nil {
		return nil, fmt.Errorf("write the unit: %w", err)
	}
	return b.Bytes(), nil
}
