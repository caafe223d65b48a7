package main

import (
	"strconv"

	"github.com/prometheus/client_golang/prometheus"
)

// shardsUp are the metric of which shards hear from Discord.
type shardsUp struct{ health *health }

func (shardsUp) desc() *prometheus.Desc {
	return prometheus.NewDesc("unpinch_shard_up", "Whether a shard, by its number, hears from Discord: 1 while it does, else 0.", []string{"shard"}, nil)
}

// Describe sends what the metric is.
func (s shardsUp) Describe(to chan<- *prometheus.Desc) { to <- s.desc() }

// Collect sends how each shard is now.
func (s shardsUp) Collect(to chan<- prometheus.Metric) {
	desc := s.desc()
	for n, trouble := range s.health.shards() {
		up := 0.0
		if trouble == "" {
			up = 1
		}
		to <- prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, up, strconv.Itoa(n))
	}
}
