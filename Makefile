# What a person does with this repository. `make` alone lists it.

MVN       ?= mvn -B -ntp
JAVA      ?= java
# A small heap is enough, and the parallel collector costs the least CPU on one (docs/performance.md).
JAVA_OPTS ?= -Xmx512m -XX:+UseParallelGC
BENCH_OPTS ?=
FUZZ_SECONDS ?= 600
SERAI_HOME ?= data

# One line per thing that matters: warnings, errors, and how many tests ran.
QUIET := -Dorg.slf4j.simpleLogger.defaultLogLevel=warn
SUMMARY := $(QUIET) -Dorg.slf4j.simpleLogger.log.org.apache.maven.plugin.surefire=info

JAR := target/serai.jar
BENCH := bench/target/serai-bench.jar
MICRO := bench/micro/target/serai-micro.jar
# Makes a client of the OpenAPI document, in a test.
GENERATOR_VERSION := 7.17.0
GENERATOR := target/openapi-generator-cli-$(GENERATOR_VERSION).jar
SOURCES := pom.xml LICENSE $(wildcard .mvn/*) $(shell find src/main routes config -type f 2>/dev/null)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run build test fuzz faults store-outage crash conservation format e2e agents bench bench-quick bench-failover bench-credits bench-micro clean

help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(JAR) ## Build if needed, then start the gateway with the routes and config of this folder
	@SERAI_HOME='$(SERAI_HOME)' exec $(JAVA) $(JAVA_OPTS) -jar $(JAR) --routes routes --config config

build: $(JAR) ## Leave one executable jar, target/serai.jar

test: ## Run every test, check the format, and see that the benchmarks compile
	$(MVN) $(SUMMARY) verify
	@$(MVN) $(QUIET) -f bench/pom.xml verify
	@$(MVN) $(QUIET) -f bench/micro/pom.xml package

fuzz: ## Translate bent input of every kind for FUZZ_SECONDS, ten minutes if not set
	$(MVN) $(QUIET) -Djacoco.skip test -Dtest=CrossingFuzzTest -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dserai.fuzz.seconds=$(FUZZ_SECONDS) -Dserai.fuzz.seed=$$(date +%s)000000

faults: ## Do to Serai what providers do on bad days, and print what each ends in (about 2 minutes)
	$(MVN) $(QUIET) test -Dtest='FaultTableTest,ComingBackTest'
	@cat target/faults-measured.md

store-outage: ## Stop PostgreSQL under two busy nodes for two minutes (about 3 minutes)
	$(MVN) $(SUMMARY) -Djacoco.skip test -Dtest=StoreOutageTest -Dsurefire.failIfNoSpecifiedTests=false -Dserai.outage.seconds=120

crash: ## Kill Serai fifty times on each database, and PostgreSQL; fill the disk; settle 100,000 requests (about 11 minutes)
	$(MVN) $(SUMMARY) -Djacoco.skip test -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dtest='CrashTest,FullDiskTest,PostgresCrashTest,UsageDeliveryCrashTest,ParallelSettlementsTest' \
	  -Dserai.crash.kills=50 -Dserai.crash.full=6 -Dserai.crash.postgres=10 -Dserai.crash.settlements=100000
	@grep -h 'charged$$\|came twice$$\|/s$$' target/surefire-reports/*-output.txt

conservation: ## Live ten thousand random histories of accounts, and look whether every nano-dollar is somewhere (about 2 minutes)
	$(MVN) $(SUMMARY) -Djacoco.skip test -Dtest=ConservationPropertyTest -Dsurefire.failIfNoSpecifiedTests=false \
	  -Djqwik.tries.default=10000 -Djqwik.reporting.onlyfailures=false
	@grep -h '^checks = ' target/surefire-reports/*ConservationPropertyTest-output.txt

format: ## Format every source file
	$(MVN) $(QUIET) spotless:apply

e2e: $(JAR) $(GENERATOR) ## Run the clients from npm against the built jar (needs Node)
	@if command -v node >/dev/null && command -v npm >/dev/null; then \
	  cd e2e && npm ci --no-audit --no-fund && npm test --silent; \
	else \
	  echo "make e2e: skipped, because Node.js is not installed here"; \
	fi

# Not npm ci: opencode's packages for other platforms are not in every registry, and then not in the lock file.
agents: $(JAR) ## Run Claude Code, Codex and opencode against the built jar (needs Node; installs 1.1 GB)
	@cd e2e && npm ci --no-audit --no-fund && cd agents && npm install --no-save --no-audit --no-fund && npm test --silent

bench: $(JAR) $(BENCH) ## Measure the gateway beside a bare proxy and a direct call (about 8 minutes)
	@$(JAVA) -jar $(BENCH) --gateway $(JAR) $(BENCH_OPTS)

bench-quick: $(JAR) $(BENCH) ## One short, cold round of it: whether it works, not how fast it is
	@$(JAVA) -jar $(BENCH) --gateway $(JAR) --rounds 1 --warm-up 2 --seconds 2 --first-bytes 200 --streams 200 $(BENCH_OPTS)

bench-failover: $(JAR) $(BENCH) ## Measure what an attempt that fails costs (about 3 minutes)
	@$(JAVA) -jar $(BENCH) --gateway $(JAR) --failing-over --connections 32 --rounds 7 --seconds 4 $(BENCH_OPTS)

bench-credits: $(JAR) $(BENCH) ## Measure what counting and charging cost (about 7 minutes)
	@$(JAVA) -jar $(BENCH) --gateway $(JAR) --credits --warm-up 30 --rounds 5 --seconds 3 $(BENCH_OPTS)

bench-micro: $(JAR) $(MICRO) ## Measure single steps with JMH, such as an event translated (about three minutes)
	@$(JAVA) -cp "$(MICRO):bench/micro/target/lib/*:$(JAR)" org.openjdk.jmh.Main $(MICRO_OPTS)

clean: ## Remove everything that was built
	rm -rf target bench/target bench/micro/target e2e/node_modules e2e/agents/node_modules

$(JAR): $(SOURCES)
	$(MVN) $(QUIET) -Dmaven.test.skip -Dcyclonedx.skip package
	@touch $@

$(GENERATOR):
	$(MVN) $(QUIET) org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
	  -Dartifact=org.openapitools:openapi-generator-cli:$(GENERATOR_VERSION) -DoutputDirectory=$(@D)

$(BENCH): bench/pom.xml $(shell find bench/src -type f)
	$(MVN) $(QUIET) -f bench/pom.xml package
	@touch $@

$(MICRO): bench/micro/pom.xml $(JAR) $(shell find bench/micro/src -type f)
	$(MVN) $(QUIET) -f bench/micro/pom.xml package
	@touch $@
