# congvan: `make demo` and `make test` on a fresh Debian 12 do everything, packages included.
PREFIX ?= /usr/local
DESTDIR ?=
BUILD ?= build

CC = gcc
WARNINGS = -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes
CFLAGS ?= -O2 -g
PKGS = harfbuzz libxml-2.0 libzip libdeflate libutf8proc
# Asked for only when something is compiled, so that `make deps` works before pkg-config is there.
PKG_CFLAGS = $(shell pkg-config --cflags $(PKGS) libpq)
PKG_LIBS = $(shell pkg-config --libs $(PKGS)) -liniparser -lhpdf
# A process lives for some ten milliseconds, of which the dynamic linker took three: it looks each symbol
# up in one library after the other, in the order they are named here, and libcrypto, which libzip brings,
# has 3,400 of 7,000 symbols, libstdc++, which ICU brings, most of the rest (by its own name: the one to link
# by comes with g++, which nothing else needs). Named first they are found at once. Instructions of
# `congvan --version`: 11.1 million in any order, 7.1 in this one. Linking libxml2 from its archive would save
# half a million, and Debian's mends of it would no longer reach us. Tried without gain: -z now (0.2 million
# more), --hash-style=gnu (Debian's already), -no-pie (0.1 million less).
LEAN_LIBS = -Wl,--no-as-needed -lcrypto -l:libstdc++.so.6 $(PKG_LIBS)
# Of what signs and judges signatures.
SIGNATURE_LIBS = -lqpdf -lssl -lcrypto -lp11 -lm
# Of congvan-archive, besides those.
ARCHIVE_LIBS = -lsqlite3 -lcjson
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE -Isrc $(WARNINGS) $(PKG_CFLAGS) $(CFLAGS) \
	-DCONGVAN_DATADIR='"$(PREFIX)/share/congvan"'

# Libraries and the fonts to run; pdftotext, qpdf and the rest to test.
BUILD_DEPS = gcc make pkg-config libxml2-dev libzip-dev libhpdf-dev libiniparser-dev \
	libharfbuzz-dev libdeflate-dev libutf8proc-dev libfontconfig-dev libqpdf-dev libssl-dev libp11-dev \
	libsqlite3-dev libcjson-dev libpq-dev libtiff-dev libgif-dev libturbojpeg0-dev libhyphen-dev libfribidi-dev libfreetype-dev \
	fonts-liberation2 fonts-crosextra-carlito fonts-crosextra-caladea
TEST_DEPS = poppler-utils qpdf zip libxml2-utils unzip fonts-dejavu-core openssl softhsm2 opensc postgresql sqlite3 libtiff-tools \
	hyphen-en-us hyphen-fr
LINT_DEPS = clang-format cppcheck

STAGES = base dispatch docx layout check pdf batch signature archive cli
SOURCES = $(foreach stage,$(STAGES),$(sort $(wildcard src/$(stage)/*.c)))
OBJECTS = $(SOURCES:src/%.c=$(BUILD)/obj/%.o)
# The commands for signatures are a program of their own (src/cli/apart.h).
SIGNATURE = $(filter $(BUILD)/obj/signature/%,$(OBJECTS)) \
	$(addprefix $(BUILD)/obj/cli/,sign.o verify.o check_pdf.o pass.o stamp.o trusting.o)
# So are those for the archive, which judges signatures and renders its register as well.
ARCHIVE = $(filter $(BUILD)/obj/archive/% $(BUILD)/obj/cli/archive% $(BUILD)/obj/cli/register%,$(OBJECTS))
LIBRARY = $(filter-out $(SIGNATURE) $(ARCHIVE) $(BUILD)/obj/cli/main%,$(OBJECTS))
PROGRAMS = $(addprefix $(BUILD)/,congvan congvan-signature congvan-verify congvan-archive)
PROFILES = $(patsubst templates/%/profile.ini,%,$(sort $(wildcard templates/*/profile.ini)))
# A profile without a name is a frame that types build on, no type.
TYPES = $(patsubst templates/%/profile.ini,%,$(sort $(shell grep -l '^tên =' templates/*/profile.ini)))
# Forms that are no types: appendices where a template has no place for them, the register.
FORMS = phu-luc so-dang-ky-di
TEMPLATE_FILES = $(PROFILES:%=$(BUILD)/templates/%.ini) \
	$(TYPES:%=$(BUILD)/templates/%.docx) $(FORMS:%=$(BUILD)/templates/%.docx)
UNIT_TESTS = $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(sort $(wildcard tests/unit/test_*.c)))
FUZZ_TARGETS = $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
REPLAYS = $(FUZZ_TARGETS:%=$(BUILD)/tests/replay_%)

.PHONY: all demo test unit fuzz deps test-deps lint-deps install lint format asan bench fidelity judge regen clean
all: $(PROGRAMS) $(TEMPLATE_FILES)

demo: deps
	$(MAKE) all
	$(BUILD)/congvan render samples -o out
	@echo "out/: $$(ls out/*.pdf | wc -l) PDF, $$(ls out/*.docx | wc -l) DOCX"

test: deps test-deps
	$(MAKE) all unit
	tests/run $(BUILD)

unit: $(UNIT_TESTS) $(REPLAYS)

deps:
	@tests/tools/install $(BUILD_DEPS)
test-deps:
	@tests/tools/install $(TEST_DEPS)
lint-deps:
	@tests/tools/install $(LINT_DEPS)

$(BUILD)/congvan: $(LIBRARY) $(BUILD)/obj/cli/main.o
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LEAN_LIBS)

$(BUILD)/congvan-signature: $(LIBRARY) $(SIGNATURE) $(BUILD)/obj/cli/main_signature.o
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LEAN_LIBS) $(SIGNATURE_LIBS)

# From an archive, so that it holds only what it needs and loads few libraries: it runs for a few
# milliseconds. libstdc++, which is qpdf's, stands early because that is where most symbols are; by the name of the
# library itself, since the one to link by comes with g++, which nothing else needs.
$(BUILD)/congvan-verify: $(LIBRARY) $(SIGNATURE) $(BUILD)/obj/cli/main_verify.o
	rm -f $@.a && ar qcs $@.a $^
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(BUILD)/obj/cli/main_verify.o $@.a -Wl,--as-needed -lqpdf -l:libstdc++.so.6 \
		$(SIGNATURE_LIBS) $(PKG_LIBS)
	rm $@.a

$(BUILD)/congvan-archive: $(LIBRARY) $(SIGNATURE) $(ARCHIVE) $(BUILD)/obj/cli/main_archive.o
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LEAN_LIBS) $(SIGNATURE_LIBS) $(ARCHIVE_LIBS)

$(BUILD)/obj/%.o: src/%.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# Tests are compiled apart from being linked, so that a change of the program only links them anew, and take of
# its objects what they need.
UNIT_OBJECTS = $(UNIT_TESTS:$(BUILD)/tests/%=$(BUILD)/obj/tests/%.o)
LIBRARY_A = $(BUILD)/tests/library.a
SIGNATURE_A = $(BUILD)/tests/signature.a
ARCHIVE_A = $(BUILD)/tests/archive.a
ARCHIVES = $(ARCHIVE_A) $(SIGNATURE_A) $(LIBRARY_A)
$(LIBRARY_A): $(LIBRARY)
$(SIGNATURE_A): $(SIGNATURE)
$(ARCHIVE_A): $(ARCHIVE)
$(ARCHIVES):
	@mkdir -p $(@D)
	rm -f $@ && ar qcsT $@ $^

.SECONDARY: $(UNIT_OBJECTS)
$(BUILD)/obj/tests/%.o: tests/unit/%.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -Itests/unit -MMD -MP -c -o $@ $<

$(BUILD)/tests/%: $(BUILD)/obj/tests/%.o $(LIBRARY_A)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(PKG_LIBS)

# Those of the judge of signatures.
$(BUILD)/tests/test_signature%: $(BUILD)/obj/tests/test_signature%.o $(SIGNATURE_A) $(LIBRARY_A)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(PKG_LIBS) $(SIGNATURE_LIBS)

# Those of the archive.
$(BUILD)/tests/test_archive%: $(BUILD)/obj/tests/test_archive%.o $(ARCHIVES)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(PKG_LIBS) $(SIGNATURE_LIBS) $(ARCHIVE_LIBS)

$(BUILD)/tests/replay_%: tests/fuzz/fuzz_%.c tests/fuzz/replay.c $(LIBRARY_A)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -Itests/fuzz -o $@ $^ $(PKG_LIBS)

# The judge of signatures needs its stage and libraries.
$(BUILD)/tests/replay_verify: tests/fuzz/fuzz_verify.c tests/fuzz/replay.c $(SIGNATURE_A) $(LIBRARY_A)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -Itests/fuzz -o $@ $^ $(PKG_LIBS) $(SIGNATURE_LIBS)

# make fuzz TARGET=docx: searches for inputs that break it, with clang's libFuzzer.
TARGET ?= docx
fuzz:
	$(MAKE) CC=clang BUILD=build-fuzz CFLAGS="-O1 -g -fsanitize=fuzzer-no-link,address,undefined" build-fuzz/congvan-signature
	clang $(ALL_CFLAGS) -O1 -g -fsanitize=fuzzer,address,undefined -Itests/fuzz -o build-fuzz/fuzz_$(TARGET) \
		tests/fuzz/fuzz_$(TARGET).c $(LIBRARY:$(BUILD)/%=build-fuzz/%) \
		$(SIGNATURE:$(BUILD)/%=build-fuzz/%) $(PKG_LIBS) $(SIGNATURE_LIBS)
	mkdir -p build-fuzz/corpus/$(TARGET)
	build-fuzz/fuzz_$(TARGET) -max_total_time=60 build-fuzz/corpus/$(TARGET) tests/fuzz/corpus/$(TARGET)

# A template is a folder of readable XML parts and a profile; the program packs it itself. A folder may
# build on another one (`khung` in its profile), so all are packed anew when any part changes.
TEMPLATE_PARTS = $(shell find templates -name '*.xml' -o -name '*.rels' -o -name 'profile.ini')
$(BUILD)/templates/%.docx: $(BUILD)/congvan $(TEMPLATE_PARTS)
	@mkdir -p $(@D)
	@$(BUILD)/congvan pack templates/$* -o $@
$(BUILD)/templates/%.ini: templates/%/profile.ini
	@mkdir -p $(@D)
	@cp $< $@

install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/congvan/templates
	install -m 755 $(PROGRAMS) $(DESTDIR)$(PREFIX)/bin
	install -m 644 $(TEMPLATE_FILES) $(DESTDIR)$(PREFIX)/share/congvan/templates

# Stage order, one library in one place, file lengths, style, static analysis.
lint: lint-deps
	tests/tools/lint
	clang-format --dry-run -Werror $$(find src tests -name '*.[ch]')
	cppcheck --quiet --std=c11 --enable=warning,portability --inline-suppr --error-exitcode=1 \
		--suppress=missingIncludeSystem --suppress=varFuncNullUB \
		--suppress=identicalInnerCondition -Isrc -DCONGVAN_DATADIR='""' src

format:
	clang-format -i $$(find src tests -name '*.[ch]')

asan: deps test-deps
	$(MAKE) BUILD=build-asan CFLAGS="-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer" all unit
	tests/run build-asan

$(BUILD)/tests/bench_%: tests/bench/bench_%.c $(LIBRARY_A)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $< $(LIBRARY_A) $(PKG_LIBS)

$(BUILD)/tests/bench_archive: tests/bench/bench_archive.c $(ARCHIVES)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $< $(ARCHIVES) \
		$(PKG_LIBS) $(SIGNATURE_LIBS) $(ARCHIVE_LIBS)

bench: all $(BUILD)/tests/bench_merge $(BUILD)/tests/bench_archive
	tests/tools/bench $(BUILD)
	tests/tools/bench-batch $(BUILD)
	tests/tools/bench-watch $(BUILD)
	tests/tools/bench-merge $(BUILD)
	tests/tools/bench-sign $(BUILD)
	tests/tools/bench-archive $(BUILD)
	tests/tools/bench-store $(BUILD)

fidelity: all
	tests/tools/fidelity $(BUILD)

# PDF/A of the samples, by a judge from npm.
judge: all
	tests/tools/judge-pdfa $(BUILD)

# Writes the golden files anew and shows what changed.
regen: all
	tests/golden/run $(BUILD) --regen

clean:
	rm -rf build build-asan build-fuzz out

-include $(OBJECTS:.o=.d)
-include $(UNIT_OBJECTS:.o=.d)
