#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# run - every fuzz target of $BUILD, one after another.
#
# First each seed is read cut short at every block of 512 bytes, then what
# libFuzzer makes of them for $FUZZ_SECONDS, or with FUZZ_RUNS set as often
# as that however long it takes.  FUZZ_ONLY (all) names targets.  Seeds are
# the cases of tests/data/<name> for fuzz_<name>, and what is in
# tests/fuzz/seeds/<name>; what a target learns stays in
# $BUILD/corpus/<name>.  A finding ends the run; its input is kept beside the
# corpus.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/fuzz}
FUZZ_SECONDS=${FUZZ_SECONDS:-60}
export ASAN_OPTIONS=handle_segv=2 UBSAN_OPTIONS=print_stacktrace=1
BLOCK=512

# cut_short FOLDER FILE...: each file without its end, at every block
cut_short() {
    local to=$1 file size at
    shift
    mkdir -p "$to"
    for file in "$@"; do
        size=$(stat -c %s "$file")
        for ((at = BLOCK; at < size; at += BLOCK)); do
            head -c "$at" "$file" >"$to/$at-${file##*/}"
        done
        head -c $((size - 1)) "$file" >"$to/last-${file##*/}"
    done
}

# fuzz NAME FOLDERS...: libFuzzer's own options before the folders
fuzz() {
    local name=$1
    shift
    "$BUILD/tests/fuzz/fuzz_$name" -max_len=65536 -timeout=20 \
        -rss_limit_mb=2048 -artifact_prefix="$BUILD/corpus/$name-" "$@" \
        >"$BUILD/corpus/$name.log" 2>&1 && return
    tail -n 40 "$BUILD/corpus/$name.log"
    exit 1
}

for program in "$BUILD"/tests/fuzz/fuzz_*; do
    [ -x "$program" ] || continue
    case $program in *.*) continue ;; esac
    name=$(basename "$program")
    name=${name#fuzz_}
    case " ${FUZZ_ONLY:-$name} " in *" $name "*) ;; *) continue ;; esac
    mkdir -p "$BUILD/corpus/$name"
    folders=("$BUILD/corpus/$name")
    seeds=()
    for folder in "tests/data/$name" "tests/fuzz/seeds/$name"; do
        [ -d "$folder" ] || continue
        folders+=("$folder")
        for seed in "$folder"/*; do
            [[ $seed = *.tsv ]] || seeds+=("$seed")
        done
    done
    how=("-max_total_time=$FUZZ_SECONDS")
    [ -z "${FUZZ_RUNS:-}" ] || how=("-runs=$FUZZ_RUNS")
    [ ! -f "tests/fuzz/$name.dict" ] || how+=("-dict=tests/fuzz/$name.dict")
    cut_n=0
    if [ ${#seeds[@]} != 0 ]; then
        cut_short "$BUILD/corpus/cut/$name" "${seeds[@]}"
        cuts=("$BUILD/corpus/cut/$name"/*)
        cut_n=${#cuts[@]}
        printf '%s\0' "${cuts[@]}" | xargs -0 -n 200 \
            "$program" -timeout=20 -rss_limit_mb=2048 \
            >"$BUILD/corpus/$name.log" 2>&1 || {
            tail -n 40 "$BUILD/corpus/$name.log"
            exit 1
        }
        rm -rf "$BUILD/corpus/cut/$name"
    fi
    fuzz "$name" "${how[@]}" "${folders[@]}"
    echo "fuzz_$name: $cut_n cut short," \
        "$(awk '/^Done/ { print $2, "inputs in", $5, "s" }' \
            "$BUILD/corpus/$name.log"), no finding"
done
