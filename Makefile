# Ringback. `make help` lists what there is; Maven is the only build tool behind it.
MVN := scripts/mvn

.PHONY: help run serve test test-long build dist image cluster npm bench bench-peers bench-memory bench-run bench-start mutants fmt lint docs screenshots clean

help: ## list these
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-11s %s\n", $$1, $$2}'

run: ## play the shipped scenarios against the sample app, print each call's timeline
	@./ringback run --timeline

serve: ## start the fake Twilio on port 4010
	@./ringback serve

test: ## everything that must be green
	@scripts/chromium --install >/dev/null || true
	@scripts/node --install || true
	@scripts/python --install || true
	@scripts/php --install || true
	@$(MVN) -q verify
	@scripts/archive-test
	@scripts/umoci --install || true
	@scripts/install-test
	@scripts/summary

test-long: ## the same with all random calls and hostile documents, and the tests that take minutes
	@scripts/chromium --install >/dev/null || true
	@scripts/node --install || true
	@scripts/python --install || true
	@scripts/php --install || true
	@$(MVN) -q verify -Dringback.calls=12000 -Dringback.worlds=500000 -Dringback.kills=200 -Dringback.documents=120000 -Dringback.parameters=100000 -Dringback.clients=1000 -Dringback.cluster.worlds=300 -Dringback.cluster.rounds=12 -Dtest.excluded=none
	@scripts/summary

build: ## compile and package, without the tests
	@$(MVN) -q -DskipTests package

dist: ## trees and archives with bin/ and lib/, under dist/, with a Java and without
	@$(MVN) -q -DskipTests package
	@scripts/dist

image: dist ## an OCI image under dist/, made without a daemon (umoci)
	@scripts/umoci --install
	@scripts/image

cluster: dist ## what `ringback cluster` needs, and an archive with it
	@scripts/cluster

npm: dist ## npm packages under dist/npm: `npx ringback`
	@scripts/npm

bench: ## sessions per second through the core, requests per second over loopback
	@$(MVN) -q -DskipTests package
	@scripts/bench

bench-run: ## a thousand scenarios against the sample app, five times
	@$(MVN) -q -DskipTests package
	@scripts/bench-run

bench-peers: dist ## start, memory and throughput beside the nearest peer, in turn in one run; writes docs/PERFORMANCE.md
	@scripts/bench-peers

bench-memory: ## a million calls through one world; writes docs/memory.jsonl
	@$(MVN) -q -DskipTests package
	@scripts/bench-memory >docs/memory.jsonl

bench-start: ## from the command to its first 200, and memory at rest, 20 whole processes each
	@./ringback --version >/dev/null
	@node simulator-bench/peers/start.mjs 20 "serve=4131=/healthz=./ringback serve --port {port} --quiet" "version===./ringback --version" "run===./ringback run scenarios/results/dialed-call-incomplete.yaml"

mutants: ## change the core's code in small ways, see whether a test notices; docs/MUTANTS.md
	@$(MVN) -q -pl simulator-core test-compile org.pitest:pitest-maven:mutationCoverage
	@scripts/mutants

fmt: ## format the sources
	@$(MVN) -q spotless:apply

lint: ## formatting and static analysis
	@$(MVN) -q -DskipTests verify

docs: ## write the generated pages of docs/ anew
	@$(MVN) -q verify -Dringback.docs=write -Dspotless.check.skip

screenshots: ## take the pictures of docs/images anew, in a real Chromium
	@scripts/chromium --install >/dev/null || true
	@$(MVN) -q -pl simulator-core,simulator-server -am test -Dsurefire.failIfNoSpecifiedTests=false -Dtest='ConsoleAccessTest,ReportTest'
	@mkdir -p docs/images
	@cp simulator-server/target/screenshots/ringing-light.png docs/images/phones.png
	@cp simulator-server/target/screenshots/finished-light.png docs/images/call.png
	@cp simulator-server/target/screenshots/report.png docs/images/report.png

clean: ## remove what was built
	@$(MVN) -q clean
