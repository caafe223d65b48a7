package main

import (
	"context"
	"encoding/json"
	"net/http"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"unpinch/store"
)

// calendar says what stands in the server's events, as Discord tells.
func (g *gym) calendar() string {
	g.t.Helper()
	req, err := http.NewRequestWithContext(g.t.Context(), http.MethodGet, g.base+"/api/v10/guilds/"+g.id("guilds", "Iron Garden")+"/scheduled-events", nil)
	if err != nil {
		g.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bot playground")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		g.t.Fatal(err)
	}
	defer resp.Body.Close()
	var all []struct {
		Name, Description string
		Start             time.Time `json:"scheduled_start_time"`
		End               time.Time `json:"scheduled_end_time"`
		Status            int
		Meta              struct{ Location string } `json:"entity_metadata"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&all); err != nil {
		g.t.Fatal(err)
	}
	var lines []string
	zone := g.at("12:00").Location()
	for _, e := range all {
		lines = append(lines, e.Name+" at "+e.Meta.Location+e.Start.In(zone).Format(", Mon 15:04")+e.End.In(zone).Format("-15:04"))
	}
	return strings.Join(lines, "; ")
}

var _ = exec.Command
var _ = context.Background
var _ = filepath.Join
var _ = store.Open
