#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# run - every test, as TAP; ends with one line "N passed, N failed".
#
# A test is a program in $BUILD/tests/unit or a script tests/flow/*.sh or
# tests/data/*.sh; each prints TAP lines.  One that prints no result or ends
# with a status other than 0 counts as failed.  BUILD and SANITIZE are
# passed on to the scripts.
set -u
cd "$(dirname "$0")/.." || exit
export BUILD=${BUILD:-build}
export CMOCKA_MESSAGE_OUTPUT=tap
export ASAN_OPTIONS=handle_segv=2:detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1
logs=$BUILD/tests/logs
mkdir -p "$logs"
passed=0
failed=0

run_one() {
    local name log status ok not_ok
    name=$(basename "$1")
    log=$logs/$name.tap
    "$@" >"$log" 2>&1 </dev/null
    status=$?
    ok=$(grep -c '^ok ' "$log")
    # cmocka's word for a skipped test is "not ok N # SKIP"
    not_ok=$(grep '^not ok ' "$log" | grep -vc '^not ok [0-9]* # SKIP')
    if [ "$not_ok" = 0 ] && { [ $status != 0 ] || [ "$ok" = 0 ]; }; then
        not_ok=1
    fi
    passed=$((passed + ok))
    failed=$((failed + not_ok))
    if [ "$not_ok" != 0 ]; then
        echo "FAILED $name (status $status), log $log:"
        grep -v '^ok ' "$log" | tail -n 40
    elif [ -t 1 ] || [ -n "${VERBOSE:-}" ]; then
        echo "ok $name ($ok)"
    fi
}

for program in "$BUILD"/tests/unit/test_*; do
    [ -x "$program" ] && [ -f "$program" ] && run_one "$program"
done
for script in tests/data/*.sh tests/flow/*.sh; do
    [ -x "$script" ] && run_one "$script"
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" != 0 ]
