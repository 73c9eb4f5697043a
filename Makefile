# Teade.  `make help` lists what there is to do.

CC ?= cc
PORT ?= 8080
DEMO_DAY ?= 2026-09-15
BUILD ?= build
TEST_DATA ?= ../shared/data
FUZZ_SECONDS ?= 60
TEST_JOBS ?= $(shell expr 2 \* $$(nproc))
PURPOSES = build test browser bench fuzz fresh deb
FUZZ_MAIN ?= $(BUILD)/tests/fuzz/replay.o

WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror
HARDENING = -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection \
  -fcf-protection=full -ftrivial-auto-var-init=zero -fPIE
CFLAGS ?= -O2 -g
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE -Isrc -Icgi -I$(BUILD) $(WARNINGS) $(HARDENING) $(CFLAGS) $(SANITIZE)
ALL_LDFLAGS = -pie -Wl,-z,relro,-z,now $(LDFLAGS) $(SANITIZE)

BASE_LIBS = -ljansson -lsodium
CONSENT_LIBS = -lfcgi -lsqlite3 -lqrencode $(BASE_LIBS)
TEADE_LIBS = -lyaml -lcmark -lgettextpo -licui18n -licuuc -lz -lbrotlienc $(BASE_LIBS)

objects = $(patsubst %.c,$(BUILD)/%.o,$(1))
# What both halves share.
BASE = $(call objects,$(wildcard src/base/*.c src/template/*.c))
TEADE = $(call objects,$(filter-out src/main.c src/base/% src/template/%,$(wildcard src/*.c src/*/*.c)))
CGI = $(call objects,$(filter-out cgi/operator/records.c,$(wildcard cgi/*/*.c)))
PROGRAMS = $(BUILD)/teade $(BUILD)/teade-consent $(BUILD)/teade-records
UNIT_TESTS = $(patsubst %.c,$(BUILD)/%,$(wildcard tests/unit/*/test_*.c))
TEST_HELPERS = $(patsubst %.c,$(BUILD)/%,$(wildcard tests/helpers/*.c))
BENCH_PROGRAMS = $(patsubst %.c,$(BUILD)/%,$(wildcard tests/bench/*.c))
FUZZ_TARGETS = $(patsubst %.c,$(BUILD)/%,$(wildcard tests/fuzz/fuzz_*.c))
# Slowest first, so that none of these runs alone at the end.
SLOW_TESTS = $(patsubst %,$(BUILD)/tests/unit/src/test_%,translate_identity redline table) \
  $(patsubst %,tests/%.sh,programs/publish endpoint/begins programs/faults endpoint/consent_refusals \
  endpoint/backup endpoint/consent endpoint/kill programs/deb programs/check endpoint/publish_kill programs/foreign \
  endpoint/states programs/life endpoint/receipt programs/languages endpoint/consent_faults)
TESTS = $(SLOW_TESTS) $(filter-out $(SLOW_TESTS),$(UNIT_TESTS) $(wildcard tests/programs/*.sh tests/endpoint/*.sh))

# Programs are compiled by all processors, unless make was told by how many.
parallel = $(MAKE) --no-print-directory $(if $(findstring -j,$(MAKEFLAGS)),,-j$(shell nproc))

# `make V=1` shows the commands.
say = $(if $(V),,@printf '%-5s%s\n' '$(1)' '$@';)

all: $(PROGRAMS) ## the programs, in build/
	@:

$(BUILD)/%.o: %.c | packages
	@mkdir -p $(@D)
	$(call say,CC)$(CC) $(ALL_CFLAGS) -MMD -MP -c $< -o $@

$(BUILD)/teade: $(BUILD)/src/main.o $(TEADE) $(BASE)
	$(call say,LINK)$(CC) $(ALL_LDFLAGS) $^ $(TEADE_LIBS) -o $@

$(BUILD)/cgi/store/store_schema.o: $(BUILD)/cgi/store/schema.inc

$(BUILD)/cgi/store/schema.inc: cgi/store/schema.sql
	@mkdir -p $(@D)
	$(call say,GEN)sed 's/[\\"]/\\&/g; s/.*/"&\\n",/' $< >$@

# An archive: each program takes of it only what it uses.
$(BUILD)/cgi.a: $(CGI) $(BASE)
	$(call say,AR)rm -f $@ && ar rcs $@ $^

$(BUILD)/teade-consent: $(BUILD)/cgi/main.o $(BUILD)/cgi.a
	$(call say,LINK)$(CC) $(ALL_LDFLAGS) $^ $(CONSENT_LIBS) -o $@

$(BUILD)/teade-records: $(BUILD)/cgi/operator/records.o $(BUILD)/cgi.a
	$(call say,LINK)$(CC) $(ALL_LDFLAGS) $^ $(CONSENT_LIBS) -o $@

$(BUILD)/tests/unit/cgi/%: $(BUILD)/tests/unit/cgi/%.o $(BUILD)/cgi.a
	$(call say,LINK)$(CC) $(ALL_LDFLAGS) $^ $(CONSENT_LIBS) -lcmocka -o $@

$(BUILD)/tests/helpers/%: $(BUILD)/tests/helpers/%.o $(BUILD)/cgi.a
	$(call say,LINK)$(CC) $(ALL_LDFLAGS) $^ $(CONSENT_LIBS) -lcmocka -o $@

$(BUILD)/tests/torture/power: $(patsubst %,$(BUILD)/tests/torture/%.o,power disk syscalls) $(BUILD)/cgi.a
	$(call say,LINK)$(CC) $(ALL_LDFLAGS) $^ $(CONSENT_LIBS) -lcmocka -o $@

$(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.o $(TEADE) $(BASE)
	$(call say,LINK)$(CC) $(ALL_LDFLAGS) $^ $(TEADE_LIBS) -lbrotlidec -lcmocka -o $@

$(BUILD)/tests/fuzz/fuzz_%: $(BUILD)/tests/fuzz/fuzz_%.o $(FUZZ_MAIN) $(TEADE) $(BUILD)/cgi.a
	$(call say,LINK)$(CC) $(ALL_LDFLAGS) $^ $(TEADE_LIBS) $(CONSENT_LIBS) -o $@

# A preview has a site and records of its own, and the endpoint's clock is fixed at noon of DAY.
noon = $(or $(shell [ "$$(date -u -d '$1' +%F 2>/dev/null)" = '$1' ] && date -u -d '$1T12:00Z' +%s),\
  $(error $2=$1 is not a day; write YYYY-MM-DD))
PREVIEW = $(if $(DAY)$(DRAFT),-preview)

run: install-build ## serve the real policy on http://127.0.0.1:8080 (PORT=; DAY=YYYY-MM-DD DRAFT=1)
	@$(parallel) all
	@$(if $(DAY),CONSENT_OPTIONS="--now $(call noon,$(DAY),DAY)") \
	  exec tests/serve.sh $(BUILD)/site$(PREVIEW) $(BUILD)/run$(PREVIEW) $(PORT) $(BUILD) \
	  $(BUILD)/teade build --output $(BUILD)/site$(PREVIEW) --base-url http://127.0.0.1:$(PORT) \
	  $(if $(DAY),--date $(DAY)) $(if $(DRAFT),--draft)

demo: install-build ## the same for a fictional company, tests/site, on DEMO_DAY
	@$(parallel) all
	@echo "demo: the clock is set to $(DEMO_DAY) 12:00 UTC.  Every record gets that time, and no week ends:" >&2
	@echo "      \`teade-records report' counts nothing.  A checkpoint of the log is published once an hour." >&2
	@CONSENT_OPTIONS="--now $(call noon,$(DEMO_DAY),DEMO_DAY)" \
	  exec tests/serve.sh $(BUILD)/demo $(BUILD)/run-demo $(PORT) $(BUILD) \
	  $(BUILD)/teade build --content tests/site/content --locale tests/site/locale \
	  --date $(DEMO_DAY) --output $(BUILD)/demo --base-url http://127.0.0.1:$(PORT)

check: all ## check content, translations and templates
	@$(BUILD)/teade check

po: all ## bring the catalogues up to date with content and templates
	@$(BUILD)/teade po

test: install-test ## all tests that need no browser
	@$(parallel) all unit-tests $(MANUALS)
	@TEST_DATA=$(abspath $(TEST_DATA)) TEADE=$(BUILD)/teade \
	  prove --jobs $(TEST_JOBS) --timer --directives --exec tests/run.sh $(TESTS) </dev/null

unit-tests: $(UNIT_TESTS) $(TEST_HELPERS) $(FUZZ_TARGETS) $(BUILD)/tests/torture/power

# Reports have addresses, as finding names takes a quarter of the time: addr2line -fe PROGRAM ADDRESS.
asan: ## the tests under AddressSanitizer and UndefinedBehaviorSanitizer
	@LSAN_OPTIONS=suppressions=$(CURDIR)/tests/lsan.supp:print_suppressions=0 ASAN_OPTIONS=symbolize=0 \
	  TEST_DOCUMENTS=300 PUBLISH_KILLS=5 KILLS=2 \
	  $(MAKE) --no-print-directory test BUILD=$(BUILD)/asan CFLAGS='-O1 -g' \
	  HARDENING=-fPIE WARNINGS='$(WARNINGS) -Wno-format-truncation' \
	  SANITIZE='-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer'

fuzz: install-fuzz ## look for inputs that break a parser, FUZZ_SECONDS for each
	@$(parallel) unit-tests BUILD=$(BUILD)/fuzz CC=clang CFLAGS='-O1 -g' \
	  HARDENING=-fPIE FUZZ_MAIN= UNIT_TESTS= TEST_HELPERS= SANITIZE='-fsanitize=fuzzer,address,undefined \
	  -fno-sanitize-recover=all'
	@for target in $(notdir $(FUZZ_TARGETS)); do mkdir -p $(BUILD)/fuzz/corpus/$$target && \
	  $(BUILD)/fuzz/tests/fuzz/$$target -max_total_time=$(FUZZ_SECONDS) -close_fd_mask=1 \
	  -artifact_prefix=$(BUILD)/fuzz/ $(BUILD)/fuzz/corpus/$$target \
	  tests/fuzz/seeds/$${target#fuzz_} || exit 1; done

test-fresh: install-fresh ## what a newcomer does, in a bare Debian tree with git and make, on a terminal
	@tests/fresh.sh $(BUILD)/fresh

test-browser: install-browser ## pages in Chromium and Firefox: layout, accessibility, habits; pictures in build/browser
	@$(parallel) all
	@BUILD=$(BUILD) tests/browser/install.sh
	@BUILD=$(BUILD) DEMO_DAY=$(DEMO_DAY) prove --jobs 4 --timer --directives --exec '' \
	  $(patsubst %,tests/browser/%.sh,policy demo chromium firefox) </dev/null

$(BUILD)/tests/bench/%: $(BUILD)/tests/bench/%.o $(TEADE) $(BASE)
	$(call say,LINK)$(CC) $(ALL_LDFLAGS) $^ $(TEADE_LIBS) -o $@

$(BUILD)/tests/bench/fill $(BUILD)/tests/bench/page: %: %.o $(BUILD)/cgi.a
	$(call say,LINK)$(CC) $(ALL_LDFLAGS) $^ $(CONSENT_LIBS) -o $@

torture: install-test ## power cuts, POWER_CUTS of them (5000): what was acknowledged is still there
	@$(parallel) all $(BUILD)/tests/torture/power
	@TEADE=$(BUILD)/teade POWER_CUTS=$(or $(POWER_CUTS),5000) tests/run.sh tests/programs/torture.sh

bench: install-bench ## speed and memory, beside PHP-FPM, Hugo and po4a with cmark; rewrites tests/bench/README.md
	@$(parallel) all bench-programs
	@TEADE=$(BUILD)/teade tests/bench/bench.sh $(BUILD)/bench/measured
	@$(MAKE) --no-print-directory bench-report

bench-programs: $(BENCH_PROGRAMS)
	@:

bench-report: ## the table and the chart of what `make bench` measured last
	@perl tests/bench/report.pl $(BUILD)/bench/measured tests/bench

modules: ## which module of src/ and cgi/ includes which
	@perl tests/helpers/modules.pl tests/modules.txt .

packages:
	@tests/install.sh --check build

$(addprefix install-,$(PURPOSES)): install-%:
	@tests/install.sh $*

include cgi/system/install.mk

clean: ## remove build/
	rm -rf $(BUILD)

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

-include $(shell find $(BUILD) -type f -name '*.d' 2>/dev/null)
.SECONDARY:
.PHONY: all run demo check po test torture unit-tests asan test-browser clean help \
  bench bench-programs bench-report fuzz test-fresh modules packages $(addprefix install-,$(PURPOSES))
