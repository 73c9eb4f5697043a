# Teade: `make help` lists what there is to do.

CC ?= cc
PORT ?= 8080
BUILD ?= build
TEST_DATA ?= ../shared/data

WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror
HARDENING = -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection \
  -fcf-protection=full -ftrivial-auto-var-init=zero -fPIE
CFLAGS ?= -O2 -g
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE -Isrc $(WARNINGS) $(HARDENING) $(CFLAGS) $(SANITIZE)
ALL_LDFLAGS = -pie -Wl,-z,relro,-z,now $(LDFLAGS) $(SANITIZE)

BASE_LIBS = -lyaml -ljansson -lsodium
TEADE_LIBS = -lcmark -lgettextpo -licui18n -licuuc -lz -lbrotlienc $(BASE_LIBS)

BASE = $(patsubst %.c,$(BUILD)/%.o,$(wildcard src/base/*.c))
TEADE = $(patsubst %.c,$(BUILD)/%.o,$(filter-out src/main.c,$(wildcard src/*.c)))
UNIT_TESTS = $(patsubst tests/%.c,$(BUILD)/tests/%,$(wildcard tests/test_*.c))

# `make V=1` shows the commands.
say = $(if $(V),,@printf '%-5s%s\n' '$(1)' '$@';)

all: $(BUILD)/teade

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(call say,CC)$(CC) $(ALL_CFLAGS) -MMD -MP -c $< -o $@

$(BUILD)/teade: $(BUILD)/src/main.o $(TEADE) $(BASE)
	$(call say,LINK)$(CC) $(ALL_LDFLAGS) $^ $(TEADE_LIBS) -o $@

$(BUILD)/tests/test_%: $(BUILD)/tests/test_%.o $(TEADE) $(BASE)
	$(call say,LINK)$(CC) $(ALL_LDFLAGS) $^ $(TEADE_LIBS) -lcmocka -o $@

unit: $(UNIT_TESTS)
	@TEST_DATA=$(TEST_DATA) CMOCKA_MESSAGE_OUTPUT=TAP prove --exec '' $(UNIT_TESTS)

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
.SECONDARY:
.PHONY: all unit
