#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# demo - what `make demo` shows is there, and its lines can be pasted.
# shellcheck source=tests/flow/tap.sh
. "$(dirname "$0")/tap.sh"

BUILD=$build DEMO=$work/demo CORPUS=none tests/demo.sh >"$work/out" 2>"$work/err"
status=$?
claim "the demo ends with status 0" [ $status = 0 ] ||
    tail -n 20 "$work/out" "$work/err"
claim "it says nothing on standard error" [ ! -s "$work/err" ] || cat "$work/err"
claim "the first run is published" grep -q '^Run .*: published$' "$work/out"
claim "the second run brings nothing new" grep -q '^Run .*: empty$' "$work/out"
claim "the table has twelve bodies and six years" [ \
    "$(sed -n '/^== requests/,/^== look/p' "$work/out" | grep -v ' body$' |
        grep -cE '^( *[0-9?]+[ !]){6}')" = 12 ]

sed -n '/^== look into it/,/^$/p' "$work/out" | sed '1d;$d' >"$work/lines"
claim "three lines can be pasted" [ "$(wc -l <"$work/lines")" = 3 ]
works() {
    bash -c "$1" >>"$work/all" 2>&1
}
while read -r line; do
    claim "this line works: ${line%% *} ..." works "$line"
done <"$work/lines"
claim "the explained cell shows where it was read" grep -q sha256 "$work/all"

[ "$failures" = 0 ]
