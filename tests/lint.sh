#!/usr/bin/env bash
# shellcheck disable=SC2317 # the steps are called by name, through step
# SPDX-License-Identifier: Apache-2.0
#
# lint - warnings of two compilers as errors, clang-tidy, cppcheck, gcc's
# analyzer, shellcheck, and the walls between the rooms.  Prints what it
# finds and fails; silent steps are clean.
set -u
cd "$(dirname "$0")/.." || exit
failed=0
step() {
    local name=$1
    shift
    echo "lint: $name"
    if ! "$@"; then
        echo "lint: $name FAILED"
        failed=1
    fi
}

sources() { git ls-files '*.c'; }

# A room includes itself and common/; common/ includes no room; the
# libraries that one file alone may know stay in that file.
walls() {
    local bad=0 room other found
    for room in collector transformer loader cli common; do
        for other in collector transformer loader cli; do
            [ "$room" = "$other" ] && continue
            if git grep -n "#include \"$other/" -- "$room/"; then
                echo "lint: $room/ must not include $other/"
                bad=1
            fi
        done
    done
    while read -r header file; do
        found=$(git grep -lE "#include <$header>" -- '*.c' '*.h' ':!tests' |
            grep -vx "$file")
        if [ -n "$found" ]; then
            echo "lint: <$header> belongs to $file alone, not to $found"
            bad=1
        fi
    done <<'LIST'
curl/curl.h collector/fetch.c
zmq.h common/link.c
sqlite3.h common/db_sqlite.c
archive.h loader/archive.c
duckdb.h loader/write_parquet.c
LIST
    return "$bad"
}

build_with() {
    make --no-print-directory -s -j"$(nproc)" CC="$1" BUILD="build/lint-$1" \
        WERROR=-Werror tests
}

analyze() {
    local bad=0 file
    for file in $(sources | grep -v '^tests/'); do
        make --no-print-directory -s BUILD=build/lint-analyzer CC=gcc \
            WERROR=-Werror MODE='-O1 -fanalyzer' \
            "build/lint-analyzer/${file%.c}.o" || bad=1
    done
    return "$bad"
}

tidy() {
    sources | xargs -P "$(nproc)" -I{} clang-tidy --quiet {} -- -std=c17 \
        -D_GNU_SOURCE -I. -Ibuild/deps/duckdb '-DNIANBAO_VERSION="0"' \
        '-DNIANBAO_SYSCONF="/etc/nianbao"' 2>/dev/null
}

check_with_cppcheck() {
    cppcheck --quiet --std=c11 --enable=warning,style,performance,portability \
        --inline-suppr --error-exitcode=1 --suppress=missingIncludeSystem \
        -D__GNUC__=12 -I. -j "$(nproc)" common collector transformer loader cli
}

formatted() {
    git ls-files '*.c' '*.h' | xargs clang-format --dry-run --Werror
}

step walls walls
step format formatted
step gcc build_with gcc
step clang build_with clang
step shellcheck sh -c 'git ls-files "*.sh" .ci/run | xargs shellcheck -x'
step cppcheck check_with_cppcheck
step clang-tidy tidy
step analyzer analyze
exit $failed
