# nianbao - builds, tests and installs; `make help` lists the targets.
# SPDX-License-Identifier: Apache-2.0

VERSION  := 0.1.0
BUILD    ?= build
PREFIX   ?= /usr/local
SYSCONF  ?= /etc
UNITDIR  ?= $(PREFIX)/lib/systemd/system
DESTDIR  ?=
# Where the DuckDB library and header are; `make deps` puts them here.
DUCKDB_PREFIX ?= $(CURDIR)/build/deps/duckdb

CC       ?= cc
WARN     := -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow \
            -Wcast-qual -Wcast-align -Wstrict-prototypes -Wmissing-prototypes \
            -Wold-style-definition -Wwrite-strings -Wpointer-arith -Wformat=2 \
            -Wundef -Wvla -Wnull-dereference -Wimplicit-fallthrough \
            -Wdouble-promotion -Wdate-time
IS_CLANG := $(findstring clang,$(shell $(CC) --version 2>/dev/null | head -n 1))
ifeq ($(IS_CLANG),)
WARN     += -Wlogical-op -Wduplicated-cond -Wduplicated-branches \
            -Wformat-signedness -Wjump-misses-init
HARDEN_CC := -ftrivial-auto-var-init=zero
endif
HARDEN   := -O2 -g -D_FORTIFY_SOURCE=3 -fstack-protector-strong \
            -fstack-clash-protection -fno-common -fPIE $(HARDEN_CC)
ifeq ($(shell uname -m),x86_64)
HARDEN   += -fcf-protection
endif
MODE     ?= $(HARDEN)
WERROR   ?=
CPPFLAGS += -D_GNU_SOURCE -I. -DNIANBAO_VERSION='"$(VERSION)"' \
            -DNIANBAO_SYSCONF='"$(SYSCONF)/nianbao"'
# Hidden: our names must never take the place of a library's own in the
# programs (libyaml, too, has a yaml_free).
CFLAGS   += -std=c17 $(WARN) $(WERROR) $(MODE) -fvisibility=hidden \
            -ffile-prefix-map=$(CURDIR)=.
LDFLAGS  += -pie -Wl,-z,relro,-z,now -Wl,--as-needed $(SANITIZE_LD)

PACKAGES := libzmq sqlite3 libcurl libarchive jansson libcrypto libseccomp \
            libsystemd libutf8proc uchardet libcyaml gumbo expat libgsf-1
# As headers of the system: theirs do not stand our warnings.
PKG_CFLAGS := $(patsubst -I%,-isystem %,$(shell pkg-config --cflags $(PACKAGES) 2>/dev/null))
LIBS_common      := -lzmq -lsqlite3 -lcyaml -ljansson -lcrypto -lsystemd -lm
LIBS_collector   := -lcurl
# PDF=no and OCR=no leave programs out; use another BUILD for each choice.
# libmupdf is a static library that says nothing of what it needs.
PDF      ?= yes
OCR      ?= yes
ifneq ($(PDF),no)
LIBS_pdf         := -lmupdf -lmupdf-third -lmujs -lgumbo -lopenjp2 -ljbig2dec \
                    -ljpeg -lfreetype -lharfbuzz -lz -lm
endif
ifneq ($(OCR),no)
LIBS_ocr         := -ltesseract -llept -lgomp -ljbig2dec
endif
LIBS_transformer := -lgumbo -lutf8proc -luchardet -lseccomp -larchive -lexpat \
                    -lgsf-1 -lgobject-2.0 -lglib-2.0
LIBS_loader      := -larchive -L$(DUCKDB_PREFIX) -lduckdb \
                    -Wl,-rpath,'$$ORIGIN/../lib/nianbao:$(DUCKDB_PREFIX)'
LIBS_cli         :=
LIBS_portal      := -lmicrohttpd
LIBS_scan        := -llept

# One short line a step; V=1 shows the whole commands, make -s nothing.
ifeq ($(V)$(findstring s,$(firstword -$(MAKEFLAGS))),)
say = @printf '  %-3s %s\n' $(1) $(patsubst $(BUILD)/%,%,$@);
else
say =
endif

# A room is a folder; its main files become programs, the rest a library.
# The tables of readers (transformer/reader.h) are linked with their programs.
ROOMS    := common collector transformer loader cli
MAINS    := collector/main.c transformer/main.c transformer/reader_main.c \
            loader/main.c cli/main.c $(wildcard transformer/readers_*.c)
# What only some programs link, and the tests of it.
ONLY_pdf := transformer/read_pdf% tests/unit/test_read_pdf% tests/fuzz/fuzz_pdf%
ONLY_ocr := transformer/read_picture% transformer/ocr% tests/unit/test_ocr% \
            tests/unit/test_read_picture% tests/fuzz/fuzz_ocr% \
            tests/fuzz/fuzz_picture% tests/scan/main.c
LEFT_OUT := $(if $(LIBS_pdf),,$(ONLY_pdf)) $(if $(LIBS_ocr),,$(ONLY_ocr))
srcs      = $(filter-out $(MAINS) $(LEFT_OUT),$(wildcard $(1)/*.c))
objs      = $(patsubst %.c,$(BUILD)/%.o,$(1))
lib       = $(BUILD)/lib$(1).a

PROGRAMS := $(BUILD)/nianbao $(BUILD)/nianbao-collector \
            $(BUILD)/nianbao-transformer $(BUILD)/nianbao-loader \
            $(BUILD)/nianbao-reader $(BUILD)/nianbao-reader-office \
            $(if $(LIBS_pdf),$(BUILD)/nianbao-reader-pdf) \
            $(if $(LIBS_ocr),$(BUILD)/nianbao-reader-ocr)

UNIT_TESTS := $(patsubst tests/unit/%.c,$(BUILD)/tests/unit/%,$(filter-out $(LEFT_OUT),$(wildcard tests/unit/test_*.c)))
TEST_TOOLS := $(patsubst tests/%/main.c,$(BUILD)/tests/nianbao-%,$(filter-out $(LEFT_OUT),$(wildcard tests/*/main.c)))

.DEFAULT_GOAL := all
.SECONDARY:
.DELETE_ON_ERROR:
.PHONY: all deps check demo bench lint format sanitize valgrind fuzz install \
        clean help tests tools fixtures torture

all: $(PROGRAMS) ## build the programs
tools: $(TEST_TOOLS)
tests: all tools $(UNIT_TESTS) ## build all that make check runs

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' Makefile

deps: ## install Debian packages and the pinned DuckDB library, if missing
	@./deps.sh

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(call say,CC)$(CC) $(CPPFLAGS) -isystem $(DUCKDB_PREFIX) $(PKG_CFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

define room_rules
$(call lib,$(1)): $(call objs,$(call srcs,$(1)))
	@rm -f $$@
	$$(call say,AR)ar rcD $$@ $$^
endef
$(foreach r,$(ROOMS),$(eval $(call room_rules,$(r))))

link = $(call say,LD)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(filter %.o,$^) \
       -Wl,--start-group $(filter %.a,$^) -Wl,--end-group

$(BUILD)/nianbao: $(BUILD)/cli/main.o $(call lib,cli) $(call lib,common)
	$(link) $(LIBS_cli) $(LIBS_common)
$(BUILD)/nianbao-collector: $(BUILD)/collector/main.o $(call lib,collector) $(call lib,common)
	$(link) $(LIBS_collector) $(LIBS_common)
$(BUILD)/nianbao-transformer: $(BUILD)/transformer/main.o $(call lib,transformer) $(call lib,common)
	$(link) $(LIBS_transformer) $(LIBS_common)
# READER: what every reader program is made of but its table.
READER := $(BUILD)/transformer/reader_main.o $(call lib,transformer) $(call lib,common)
$(BUILD)/nianbao-reader: $(BUILD)/transformer/readers_light.o $(READER)
	$(link) $(LIBS_transformer) $(LIBS_common)
$(BUILD)/nianbao-reader-office: $(BUILD)/transformer/readers_office.o $(READER)
	$(link) $(LIBS_transformer) $(LIBS_common)
$(BUILD)/nianbao-reader-pdf: $(BUILD)/transformer/readers_pdf.o $(READER)
	$(link) $(LIBS_transformer) $(LIBS_pdf) $(LIBS_common)
$(BUILD)/nianbao-reader-ocr: $(BUILD)/transformer/readers_ocr.o $(READER)
	$(link) $(LIBS_transformer) $(LIBS_pdf) $(LIBS_ocr) $(LIBS_common)
# It reads PDF as well where that is built.
$(BUILD)/transformer/readers_ocr.o: CPPFLAGS += -DWITH_PDF=$(if $(LIBS_pdf),1,0)
$(BUILD)/nianbao-loader: $(BUILD)/loader/main.o $(call lib,loader) $(call lib,common)
	$(link) $(LIBS_loader) $(LIBS_common)

# Test programs may use every room.  They read by the light table, as a
# library that gives way to another table among the objects.
TEST_LIBS := $(foreach r,cli collector transformer loader common readers,$(call lib,$(r)))
TEST_LINK  = $(link) $(LIBS_collector) $(LIBS_transformer) $(LIBS_readers) $(LIBS_loader) $(LIBS_common)
$(call lib,readers): $(BUILD)/transformer/readers_light.o
	@rm -f $@
	$(call say,AR)ar rcD $@ $^
of = $(patsubst %.c,$(BUILD)/%,$(filter $(1),$(wildcard tests/unit/test_*.c tests/fuzz/fuzz_*.c)))
ifneq ($(LIBS_pdf)$(call of,$(ONLY_pdf)),)
$(call of,$(ONLY_pdf)): LIBS_readers = $(LIBS_pdf)
$(call of,$(ONLY_pdf)): $(BUILD)/transformer/readers_pdf.o
endif
ifneq ($(LIBS_ocr)$(call of,$(ONLY_ocr)),)
$(call of,$(ONLY_ocr)): LIBS_readers = $(LIBS_pdf) $(LIBS_ocr)
$(call of,$(ONLY_ocr)): $(BUILD)/transformer/readers_ocr.o
endif

$(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.o $(TEST_LIBS)
	$(TEST_LINK) -lcmocka

# The judge and the bench make their documents with the generator.
GEN_OBJS := $(call objs,$(filter-out tests/gen/main.c tests/gen/site%,$(wildcard tests/gen/*.c)))
$(BUILD)/tests/nianbao-exact $(BUILD)/tests/nianbao-bench \
$(BUILD)/tests/nianbao-localize: $(GEN_OBJS)
$(BUILD)/tests/nianbao-scan $(BUILD)/tests/unit/test_ocr_rulings: $(BUILD)/tests/gen/rng.o

$(BUILD)/tests/nianbao-fakeoffice: $(BUILD)/transformer/reader_main.o

# Each tests/<name>/main.c with its neighbours is a tool nianbao-<name>.
define tool_rules
$(BUILD)/tests/nianbao-$(1): $(call objs,$(wildcard tests/$(1)/*.c)) $(TEST_LIBS)
	$$(TEST_LINK) $$(LIBS_$(1)) -lcmocka
endef
$(foreach t,$(patsubst tests/%/main.c,%,$(wildcard tests/*/main.c)),$(eval $(call tool_rules,$(t))))

check: deps ## install what is missing, build, pass the tests
	@$(MAKE) --no-print-directory -j$$(nproc) tests
	@BUILD=$(BUILD) tests/run.sh

sanitize: deps ## check under ASan and UBSan
	@$(MAKE) --no-print-directory -j$$(nproc) BUILD=build/asan \
	    MODE='-O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all' tests
	@BUILD=build/asan SANITIZE=1 tests/run.sh

FUZZ_SECONDS ?= 60
FUZZERS  := $(patsubst tests/fuzz/%.c,$(BUILD)/tests/fuzz/%,$(filter-out $(LEFT_OUT),$(wildcard tests/fuzz/fuzz_*.c)))
$(BUILD)/tests/fuzz/%: $(BUILD)/tests/fuzz/%.o $(call lib,transformer) $(call lib,common) $(call lib,readers)
	$(link) -fsanitize=fuzzer $(LIBS_transformer) $(LIBS_readers) $(LIBS_common)
.PHONY: fuzzers
fuzzers: $(FUZZERS)

fuzz: ## every reader fuzzed, FUZZ_SECONDS=60 or FUZZ_RUNS=<n> each
	@./deps.sh --lint
	@$(MAKE) --no-print-directory -j$$(nproc) CC=clang BUILD=build/fuzz \
	    MODE='-O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=all' fuzzers
	@BUILD=build/fuzz FUZZ_SECONDS=$(FUZZ_SECONDS) FUZZ_RUNS=$(FUZZ_RUNS) \
	    tests/fuzz/run.sh

fixtures: ## make the cases of office formats and OFD again, by LibreOffice
	@./deps.sh --office
	@$(MAKE) --no-print-directory -j$$(nproc) $(BUILD)/tests/nianbao-gen $(if $(LIBS_ocr),$(BUILD)/tests/nianbao-scan)
	@BUILD=$(BUILD) tests/fixtures.sh

torture: ## every layout in every format, written by LibreOffice
	@./deps.sh --office
	@$(MAKE) --no-print-directory -j$$(nproc) $(BUILD)/tests/nianbao-gen \
	    $(BUILD)/nianbao-reader \
	    $(if $(LIBS_pdf),$(BUILD)/nianbao-reader-pdf) \
	    $(if $(LIBS_ocr),$(BUILD)/nianbao-reader-ocr $(BUILD)/tests/nianbao-scan) \
	    $(BUILD)/tests/nianbao-exact $(BUILD)/tests/nianbao-localize
	@BUILD=$(BUILD) tests/torture_ofd.sh
	@if [ -n "$(LIBS_pdf)" ]; then BUILD=$(BUILD) tests/torture_pdf.sh; fi
	@if [ -n "$(LIBS_ocr)" ]; then BUILD=$(BUILD) tests/torture_scan.sh; fi
	@BUILD=$(BUILD) tests/torture.sh

lint: ## warnings as errors, analyzers, layout, room walls; LINT=<one step>
	@./deps.sh --lint
	@tests/lint.sh

format: ## lay the sources out with clang-format
	@git ls-files '*.c' '*.h' | xargs clang-format -i

valgrind: deps ## flow tests, the services under memcheck
	@$(MAKE) --no-print-directory -j$$(nproc) BUILD=build/valgrind \
	    MODE='-O1 -g' all tools
	@BUILD=build/valgrind tests/valgrind.sh

bench: ## how fast, how much memory; "name value unit" lines
	@./deps.sh --bench >&2
	@$(MAKE) --no-print-directory -j$$(nproc) all \
	    $(BUILD)/tests/nianbao-gen $(BUILD)/tests/nianbao-bench \
	    $(BUILD)/tests/nianbao-portal >&2
	@BUILD=$(BUILD) tests/bench/run.sh

demo: deps ## sample portal -> crawl -> archive, in out/demo, no root
	@$(MAKE) --no-print-directory -j$$(nproc) all \
	    $(BUILD)/tests/nianbao-gen $(BUILD)/tests/nianbao-portal
	@BUILD=$(BUILD) tests/demo.sh

docs/DATA_DICTIONARY.md: $(BUILD)/nianbao-transformer \
    $(BUILD)/nianbao-loader $(wildcard conf/forms/*.yaml)
	@{ $(BUILD)/nianbao-transformer --dictionary --config conf/nianbao.yaml \
	    && $(BUILD)/nianbao-loader --dictionary; } >$@.tmp
	@mv $@.tmp $@

install: all ## DESTDIR, PREFIX, SYSCONF: programs, conf, units, man pages
	@BUILD='$(BUILD)' DESTDIR='$(DESTDIR)' PREFIX='$(PREFIX)' \
	    SYSCONF='$(SYSCONF)' UNITDIR='$(UNITDIR)' \
	    DUCKDB_PREFIX='$(DUCKDB_PREFIX)' PDF='$(PDF)' OCR='$(OCR)' ./install.sh

clean: ## remove what was built, keep the fetched libraries
	rm -rf $(filter-out build/deps,$(wildcard $(BUILD)/*))
