# What each check does is decided in .ci/run; the targets only name its steps.

.PHONY: build test lint golden check fuzz bench

build:
	go build -o unpinch ./cmd/unpinch

test:
	.ci/run vet race

lint:
	.ci/run format vet staticcheck tidy

# Rewrites the golden files of the packages that have them; read the diff.
golden:
	go test $$(grep -rl --include='*_test.go' 'flag.Bool("update"' . | xargs -n 1 dirname | sort -u) -update

# All that CI runs.
check:
	.ci/run

fuzz:
	.ci/run fuzz

# The figures of BENCHMARKS.md: a tick of the schedules, and robfig/cron beside it.
bench:
	go test -run '^$$' -bench '^Benchmark(Tick|Cron)' -benchmem -timeout 20m ./store
