# What each check does is decided in .ci/run; the targets only name its steps.

.PHONY: build test lint golden check fuzz bench chaos

build:
	go build -o unpinch ./cmd/unpinch

test:
	.ci/run vet race

lint:
	.ci/run format vet staticcheck tidy

# Rewrites the golden files of the packages that have them; read the diff.
golden:
	go test $$(grep -rlE --include='*_test.go' 'flag.Bool\("update"|"unpinch/commands/golden"' . | xargs -n 1 dirname | sort -u) -update

# Takes the README's pictures of the page anew; look at them.
.PHONY: pictures
pictures:
	dir=$$(mktemp -d) && UNPINCH_BROWSER=1 go test ./cmd/unpinch -count=1 -run '^TestDoorsInBrowser$$' -screenshots $$dir && \
	cp $$dir/demo.gif $$dir/playground.png $$dir/playground-dark.png $$dir/playground-phone.png docs/ && rm -r $$dir

# Records the gym that the demo begins with anew, in about a minute.
.PHONY: demo-world
demo-world:
	go test ./cmd/unpinch -count=1 -run '^TestRecordGym$$' -record -v

# All that CI runs.
check:
	.ci/run

fuzz:
	.ci/run fuzz

# The figures of BENCHMARKS.md; the posts alone take six minutes.
bench:
	go test -run '^$$' -bench '^Benchmark(Tick|Cron)' -benchmem -timeout 20m ./store
	go test -run '^$$' -bench '^Benchmark(Find|Load)' -benchmem ./content
	go test -run '^$$' -bench '^Benchmark(TenThousandPosts|Fairness)' -benchtime 1x -timeout 30m ./cmd/unpinch
	go test -run '^$$' -bench '^BenchmarkPlayers$$' -benchtime 1x ./cmd/unpinch

# The program beside the bots in ../shared/peers, or where UNPINCH_PEERS says: one
# table, ten minutes. make bench-peers ONLY=start,command BOTS=unpinch is quicker.
.PHONY: bench-peers
ONLY ?= start,command,complete,memory,posts,idle,kills
BOTS ?= unpinch,discordgo,disgo
bench-peers:
	go test -run '^$$' -bench '^BenchmarkPeers$$' -benchtime 1x -timeout 30m ./cmd/unpinch -only $(ONLY) -bots $(BOTS)

# 200 uses a second for ten minutes: what grows. make soak SOAK=2m is shorter.
.PHONY: soak record-alerts
SOAK ?= 10m
soak:
	go test -run '^$$' -bench '^BenchmarkSoak$$' -benchtime 1x -timeout 60m ./cmd/unpinch -soak $(SOAK)

# Has each fault happen that an alert is of, and writes deploy/alerts_test.yml anew.
record-alerts:
	go test ./cmd/unpinch -count=1 -run '^TestRecordAlerts$$' -record

# Kills the program a thousand times at random moments; the tests do thirty.
# The log names the seed: make chaos SEED=... plays it again.
KILLS ?= 1000
SEED ?= 0
chaos:
	go test ./cmd/unpinch -run '^TestKills$$' -v -count=1 -timeout 60m -parallel 4 -kills $(KILLS) -seed $(SEED)

# What the README claims, proved: a /pinched leaves nothing behind, swaps keep their
# rules, and the clock is right in every zone.
.PHONY: prove-privacy prove-swaps prove-clock
prove-privacy:
	go test ./cmd/unpinch -count=1 -v -run '^Test(EveryAreaLeavesNothingBehind|PinchedFromEndToEnd|NobodyIsFoundByTime)$$'
prove-swaps:
	go test ./cmd/unpinch -count=1 -v -run '^Test(EverySwapKeepsTheRules)$$'
prove-clock:
	go test ./schedule -count=1 -v -run '^Test(EveryZoneEveryDay|EveryKindEveryDay)$$'
