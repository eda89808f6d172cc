# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# tap - what the flow tests share; sourced, not run.
#
# $build is the absolute build folder, $work a folder of the test's own that
# goes at the end, together with every process started in the background.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
# shellcheck disable=SC2034 # for the scripts that source this file
root=$PWD
# shellcheck disable=SC2034
build=$(realpath "${BUILD:-build}")
work=$(mktemp -d /tmp/nianbao-flow-XXXXXX)
failures=0

# Called by the trap.
# shellcheck disable=SC2317
tidy() {
    local pids
    pids=$(jobs -p)
    # shellcheck disable=SC2086
    [ -z "$pids" ] || kill -9 $pids 2>/dev/null
    wait 2>/dev/null
    [ -n "${KEEP:-}" ] || rm -rf "$work"
}
trap tidy EXIT
trap 'exit 1' INT TERM

# claim "what holds" COMMAND...: ok when the command succeeds
claim() {
    local what=$1
    shift
    if "$@"; then
        echo "ok - $what"
    else
        echo "not ok - $what"
        failures=$((failures + 1))
        return 1
    fi
}

# give_up "why": no claim could be tested
give_up() {
    echo "not ok - $1"
    exit 1
}

# until_true SECONDS COMMAND...: wait for an event, not for a time
until_true() {
    local tries=$(($1 * 20))
    shift
    until "$@"; do
        tries=$((tries - 1))
        [ $tries -gt 0 ] || return 1
        sleep 0.05
    done
}

# number KEY JSON-FILE: an integer of a flat JSON object
number() {
    sed -n "s/.*\"$1\":\\([0-9]*\\).*/\\1/p" "$2"
}

# text KEY JSON-FILE: a string of a flat JSON object
text() {
    sed -n "s/.*\"$1\":\"\\([^\"]*\\)\".*/\\1/p" "$2"
}
