#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# run - every fuzz target of $BUILD for $FUZZ_SECONDS, one after another.
#
# Seeds are the cases of tests/data/<name> for fuzz_<name>, and what is in
# tests/fuzz/seeds/<name>; what a target
# learns stays in $BUILD/corpus/<name>.  A finding ends the run; its input
# is kept beside the corpus.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/fuzz}
FUZZ_SECONDS=${FUZZ_SECONDS:-60}
export ASAN_OPTIONS=handle_segv=2 UBSAN_OPTIONS=print_stacktrace=1
for program in "$BUILD"/tests/fuzz/fuzz_*; do
    [ -x "$program" ] || continue
    case $program in *.*) continue ;; esac
    name=$(basename "$program")
    name=${name#fuzz_}
    corpus=$BUILD/corpus/$name
    mkdir -p "$corpus"
    folders=("$corpus")
    if [ -d "tests/data/$name" ]; then
        folders+=("tests/data/$name")
    fi
    if [ -d "tests/fuzz/seeds/$name" ]; then
        folders+=("tests/fuzz/seeds/$name")
    fi
    dictionary=()
    if [ -f "tests/fuzz/$name.dict" ]; then
        dictionary=("-dict=tests/fuzz/$name.dict")
    fi
    if ! "$program" -max_total_time="$FUZZ_SECONDS" -max_len=65536 \
        -timeout=20 -rss_limit_mb=2048 \
        -artifact_prefix="$BUILD/corpus/$name-" "${dictionary[@]}" \
        "${folders[@]}" >"$BUILD/corpus/$name.log" 2>&1; then
        tail -n 40 "$BUILD/corpus/$name.log"
        exit 1
    fi
    echo "fuzz_$name: $FUZZ_SECONDS s, no finding"
done
