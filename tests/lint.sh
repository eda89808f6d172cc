#!/usr/bin/env bash
# shellcheck disable=SC2317 # the steps are called by name, through step
# SPDX-License-Identifier: Apache-2.0
#
# lint - the walls between the rooms, layout, headers that stand alone, the
# warnings of two compilers as errors, shellcheck, cppcheck, clang-tidy and
# gcc's analyzer.  Prints what it finds and fails; silent steps are clean.
#
# What is built for it lies in build/lint-*, so a second run is short.
# LINT=<step> runs that step alone.
set -u
cd "$(dirname "$0")/.." || exit
export DUCKDB_PREFIX=${DUCKDB_PREFIX:-$PWD/build/deps/duckdb}
failed=0
step() {
    local name=$1
    shift
    [ "${LINT:-$name}" = "$name" ] || return
    echo "lint: $name"
    if ! "$@"; then
        echo "lint: $name FAILED"
        failed=1
    fi
}

sources() { git ls-files '*.c'; }

# The rooms and programs; the tests are judged by the compilers, clang-tidy
# and clang-format alone.
product() { sources | grep -v '^tests/'; }

make_here() { make --no-print-directory -s -j"$(nproc)" "$@"; }

# A room includes itself and common/; common/ includes no room; the
# libraries that one file alone may know stay in that file.
walls() {
    local bad=0 room other found header files file
    for room in collector transformer loader cli common; do
        for other in collector transformer loader cli; do
            [ "$room" = "$other" ] && continue
            if git grep -n "#include \"$other/" -- "$room/"; then
                echo "lint: $room/ must not include $other/"
                bad=1
            fi
        done
        if git grep -n '#include "tests/' -- "$room/"; then
            echo "lint: $room/ must not include tests/"
            bad=1
        fi
    done
    while read -r header files; do
        found=$(git grep -lE "#include <$header>" -- '*.c' '*.h' ':!tests' |
            grep -vxF "${files// /$'\n'}")
        if [ -n "$found" ]; then
            echo "lint: <$header> belongs to $files alone, not to $found"
            bad=1
        fi
        for file in $files; do
            if ! grep -q "#include <$header>" "$file"; then
                echo "lint: $file does not include <$header> any more"
                bad=1
            fi
        done
    done <<'LIST'
curl/curl.h collector/fetch.c collector/fetch_url.c
zmq.h common/link.c
sqlite3.h common/db_sqlite.c
archive.h loader/archive.c transformer/read_container.c transformer/zip_package.c
expat.h transformer/xml_walk.c
gsf/gsf.h transformer/ole_package.c
mupdf/fitz.h transformer/read_pdf.h
mupdf/pdf.h transformer/read_pdf.h
jbig2.h transformer/ocr_jbig2.c
tesseract/capi.h transformer/ocr_engine.c
duckdb.h loader/write_parquet.c
LIST
    return "$bad"
}

formatted() {
    git ls-files '*.c' '*.h' | xargs clang-format --dry-run --Werror
}

flags=(-std=c17 -D_GNU_SOURCE -I. -isystem "$DUCKDB_PREFIX"
    '-DNIANBAO_VERSION="0"' '-DNIANBAO_SYSCONF="/etc/nianbao"')
read -ra libraries < <(pkg-config --cflags libzmq libcurl uchardet gumbo \
    libgsf-1 | sed 's/-I/-isystem /g')
flags+=("${libraries[@]}")

# Each header compiles without another before it.
headers() {
    local bad=0 header
    for header in $(git ls-files '*.h'); do
        echo "#include \"$header\"" |
            gcc "${flags[@]}" -Wall -Wextra -Werror -Wno-unused-function \
                -fsyntax-only -x c - || bad=1
    done
    return "$bad"
}

build_with() {
    make_here CC="$1" BUILD="build/lint-$1" WERROR=-Werror tests
}

tidy() {
    sources | xargs -P "$(nproc)" -I{} clang-tidy --quiet {} -- \
        "${flags[@]}" 2>/dev/null
}

check_with_cppcheck() {
    cppcheck --quiet --std=c11 --enable=warning,style,performance,portability \
        --inline-suppr --error-exitcode=1 --suppress=missingIncludeSystem \
        -D__GNUC__=12 -I. -j "$(nproc)" collector transformer loader cli common
}

analyze() {
    local objects
    mapfile -t objects < <(product | sed 's,^\(.*\)\.c$,build/lint-analyzer/\1.o,')
    make_here -k CC=gcc BUILD=build/lint-analyzer WERROR=-Werror \
        MODE='-O1 -fanalyzer' "${objects[@]}"
}

check_scripts() {
    git ls-files '*.sh' .ci/run | xargs shellcheck -x
}

# Every option on a help page is in the manual, and no other.
manual() {
    local bad=0 program page pages=(nianbao:1 nianbao-collector:8
        nianbao-transformer:8 nianbao-loader:8 nianbao-reader:8)
    for page in "${pages[@]}"; do
        program=build/lint-gcc/${page%:*}
        diff <(help_pages "$program" | grep -oE '(^|[^a-z-])--[a-z]+(-[a-z]+)*' |
            sed 's/^[^-]*--//' | sort -u) \
            <(grep -oE '(Fl -|Op Fl -)[a-z]+(-[a-z]+)*' "docs/man/${page/:/.}" |
                sed 's/.*Fl -//' | sort -u) || {
            echo "lint: docs/man/${page/:/.} (>) and --help (<) differ"
            bad=1
        }
    done
    return "$bad"
}

# What `program --help` says, and of nianbao each command's.
help_pages() {
    local command
    "$1" --help
    [ "${1##*/}" = nianbao ] || return 0
    echo "--help --version"
    for command in run extract status audit check-config quarantine explain; do
        "$1" "$command" --help
    done
}

step walls walls
step format formatted
step headers headers
step gcc build_with gcc
step clang build_with clang
step manual manual
step shellcheck check_scripts
step cppcheck check_with_cppcheck
step clang-tidy tidy
step analyzer analyze
exit $failed
