package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"unpinch/bot"
)

type initCmd struct {
	Config  string `default:"config.toml" placeholder:"FILE" help:"The configuration to write. Without it ${default}."`
	Service bool   `help:"Also write unpinch.service, a unit for systemd, beside it."`
	Yes     bool   `help:"Ask nothing: take the answers from UNPINCH_SECTION_KEY in the environment, and overwrite nothing."`
}

// Run writes a configuration by asking, and says what comes next. What is there
// already stays, unless somebody says otherwise.
func (c *initCmd) Run(ctx context.Context, p program) error {
	if c.Service && runtime.GOOS != "linux" {
		return usageError{errors.New("--service: only Linux has systemd; run it on the computer that the bot is for")}
	}
	s := &setup{initCmd: c, program: p, answers: p.answers(c.Yes)}
	cfg, app, err := s.configure(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.out, "\nAdd %s\n", app.Name)
	printInvite(p.out, app, invited)
	if c.Service {
		return s.service(ctx, cfg)
	}
	fmt.Fprintf(p.out, "\nNext:\nunpinch doctor --config %s\nunpinch run --config %[1]s\n", c.Config)
	return nil
}

// A setup is one run of init.
type setup struct {
	*initCmd
	program
	answers *answers
}

// tokenName is the file that init puts the token into, beside the configuration.
const tokenName = "token.txt"

// servicePath is the database of a bot that systemd runs.
const servicePath = "/var/lib/unpinch/unpinch.db"

// configure returns the configuration that is there, or writes one, and the
// application that its token is of.
func (s *setup) configure(ctx context.Context) (config, bot.Application, error) {
	if exists(s.Config) && !s.answers.sure(ctx, s.Config+" is there already. Write it anew, and lose what it says?") {
		cfg, err := loadConfig(s.Config, s.environ)
		if err != nil {
			return cfg, bot.Application{}, err
		}
		fmt.Fprintf(s.out, "%s is there already and stays as it is.\n", s.Config)
		app, err := s.application(ctx, cfg.Discord)
		return cfg, app, err
	}
	cfg := defaultConfig()
	if s.Service {
		cfg.Store.Path = servicePath
	}
	faults := &configFaults{path: s.Config, said: map[string]bool{}}
	cfg.override(s.environ, faults)
	if err := errors.Join(faults.all...); err != nil {
		return cfg, bot.Application{}, err
	}
	app, err := s.token(ctx, &cfg.Discord)
	if err != nil {
		return cfg, app, err
	}
	if err := s.operator(ctx, &cfg.Operator); err != nil {
		return cfg, app, err
	}
	complete := cfg // whose paths are those of this computer
	if complete.complete(s.Config, faults); len(faults.all) > 0 {
		return cfg, app, errors.Join(faults.all...)
	}
	if complete.Discord.TokenFile == "" {
		complete.Discord.TokenFile = tokenName
	}
	return complete, app, s.write(ctx, cfg)
}

// token asks for the token until Discord takes it.
func (s *setup) token(ctx context.Context, d *discordConfig) (bot.Application, error) {
	for {
		try := *d
		if d.Token == "" && d.TokenFile == "" {
			text, err := s.answers.hidden(ctx, "Bot token, from the Developer Portal under Bot (it is not shown): ")
			if errors.Is(err, errNoAnswer) {
				return bot.Application{}, errors.New("[discord] token: is not known; give it in UNPINCH_DISCORD_TOKEN, or as the first line of standard input")
			}
			if err != nil {
				return bot.Application{}, err
			}
			try.Token = text
		}
		faults := &configFaults{path: s.Config, said: map[string]bool{}}
		try.check(filepath.Dir(s.Config), faults.of)
		err := errors.Join(faults.all...)
		var app bot.Application
		if err == nil {
			app, err = s.application(ctx, try)
		}
		if err == nil {
			fmt.Fprintf(s.out, "The token is of %s, application %s.\n", app.Name, app.ID)
			if d.TokenFile == "" {
				d.Token = try.Token
			}
			return app, nil
		}
		if d.Token != "" || d.TokenFile != "" || !s.answers.live() || ctx.Err() != nil {
			return app, err
		}
		fmt.Fprintln(s.errOut, err)
	}
}

// operator asks who runs the bot.
func (s *setup) operator(ctx context.Context, o *operatorConfig) error {
	for _, q := range []struct {
		key, question string
		value         *string
	}{
		{"operator.name", "Who runs this bot, as members read it: ", &o.Name},
		{"operator.contact", "Where members reach you, such as an e-mail address: ", &o.Contact},
		{"operator.privacy_url", "The https address of your privacy policy (PRIVACY.md is a start): ", &o.PrivacyURL},
	} {
		for *q.value == "" {
			text, err := s.answers.ask(ctx, q.question)
			if errors.Is(err, errNoAnswer) {
				return fmt.Errorf("%s: is not known; give it in %s, or as a line of standard input", title(q.key), envPrefix+strings.ToUpper(strings.ReplaceAll(q.key, ".", "_")))
			}
			if err != nil {
				return err
			}
			*q.value = text
			if what := o.fault(q.key); what == "" {
				break
			} else if !s.answers.live() {
				return fmt.Errorf("%s: %s", title(q.key), what)
			} else {
				fmt.Fprintf(s.errOut, "It %s.\n", what)
				*q.value = ""
			}
		}
	}
	return nil
}

// fault says what is wrong with one of the operator's keys, or "".
func (o operatorConfig) fault(key string) (says string) {
	o.check(func(k, format string, a ...any) {
		if k == key {
			says = fmt.Sprintf(format, a...)
		}
	})
	return says
}

// write writes the configuration, and the token into a file of its own.
func (s *setup) write(ctx context.Context, cfg config) error {
	dir := filepath.Dir(s.Config)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make the folder of the configuration: %w", err)
	}
	if cfg.Discord.Token != "" {
		if err := s.put(ctx, filepath.Join(dir, tokenName), []byte(cfg.Discord.Token+"\n")); err != nil {
			return err
		}
		cfg.Discord.Token, cfg.Discord.TokenFile = "", tokenName
	}
	text, err := cfg.text()
	if err != nil {
		return err
	}
	if err := replace(s.Config, text); err != nil { // asked about before
		return err
	}
	fmt.Fprintf(s.out, "%s is written.\n", s.Config)
	return nil
}

// put writes a file that only its owner can read. In place of another it does so
// when somebody says so.
func (s *setup) put(ctx context.Context, path string, data []byte) error {
	old, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return fmt.Errorf("look at what is there: %w", err)
	case bytes.Equal(bytes.TrimSpace(old), bytes.TrimSpace(data)):
		return nil
	case !s.answers.sure(ctx, path+" is there already and says something else. Overwrite it?"):
		return fmt.Errorf("%s is there already and says something else: move it away, and run unpinch init again", path)
	}
	if err := replace(path, data); err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%s is written.\n", path)
	return nil
}

// replace writes a file whole or not at all.
func replace(path string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*") // of mode 0600
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	defer os.Remove(f.Name()) // which is gone once it bears its own name
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// text is the configuration as a file, with the keys that say something.
func (c *config) text() ([]byte, error) {
	silent := defaultConfig()
	said := map[string]any{}
	for _, k := range silent.keys() {
		said[k.id()] = k.value.Interface()
	}
	var b bytes.Buffer
	b.WriteString("# Written by unpinch init; config.example.toml tells of every key.\n")
	section := ""
	for _, k := range c.keys() {
		if v := k.value.Interface(); v == said[k.id()] && k.id() != "store.path" {
			continue
		}
		if k.section != section {
			section = k.section
			fmt.Fprintf(&b, "\n[%s]\n", section)
		}
		line, err := toml.Marshal(map[string]any{k.name: k.value.Interface()})
		if err != nil {
			return nil, fmt.Errorf("write %s: %w", k.title(), err)
		}
		b.Write(line)
	}
	return b.Bytes(), nil
}
