package main

import (
	"errors"
	"fmt"
)

type aliveCmd struct {
	Config string `required:"" placeholder:"FILE" help:"The configuration of the bot that runs."`
}

// Run asks the bot that runs with a configuration whether it is alive, as a
// container does that has no other program to ask with.
func (c *aliveCmd) Run(p program) error {
	cfg, err := loadConfig(c.Config, p.environ)
	if err != nil {
		return err
	}
	if cfg.HTTP.Addr == "" {
		return errors.New("[http] addr: must be set, such as to 127.0.0.1:9090; the bot says there that it is alive")
	}
	if !ownHealth(cfg.HTTP.Addr) {
		return fmt.Errorf("no bot that is well answers at %s", cfg.HTTP.Addr)
	}
	fmt.Fprint(p.out, aliveText)
	return nil
}
