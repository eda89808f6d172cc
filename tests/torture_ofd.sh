#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# torture_ofd - OFD files in every way that programs write them, every
# layout, and a page break before every row; called by `make torture`.
#
# Each cell must be exact or its report flagged.  ROUNDS (2) seeds.  Prints
# TAP and a line of counts.
set -euo pipefail
shopt -s extglob
cd "$(dirname "$0")/.." || exit 1
BUILD=${BUILD:-build}
gen=$BUILD/tests/nianbao-gen
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mapfile -t ways < <("$gen" --list |
    awk '$1 == "ofd" && $2 != "picture" { print $2 }')
mapfile -t layouts < <("$gen" --list |
    awk '$1 == "layout" && $2 !~ /^(dump-.*|utf16|gbk|gb18030|bom|crlf)$/ {
        print $2 }')
seed=1000
make_one() {
    seed=$((seed + 1))
    "$gen" --seed "$seed" --out "$work" "$@" >/dev/null
}
for ((round = 1; round <= ${ROUNDS:-2}; round++)); do
    for way in "${ways[@]}"; do
        make_one --ofd "$way"
    done
    for layout in "${layouts[@]}"; do
        make_one --ofd plain --layout "$layout"
        make_one --ofd open,long --layout "$layout"
    done
    for way in plain open header torn open,torn open,header,bars \
        rects,header vertical,open turned,open,list glyphs,torn,one-path; do
        for ((row = 1; row <= 52; row++)); do
            make_one --ofd "$way,break=$row"
        done
    done
done
for truth in "$work"/*.truth.tsv; do
    printf '# status: either\n' | cat - "$truth" \
        >"${truth%.truth.tsv}.expected.tsv"
    rm "$truth"
done
status=0
"$BUILD/tests/nianbao-exact" --cases "$work" >"$work/tap" || status=1
cat "$work/tap"
echo "# ofd:" \
    "$(grep -c '^ok' "$work/tap") documents as they must be," \
    "$(grep -c '^ok.*, valid' "$work/tap") valid," \
    "$(grep -c '^not ok' "$work/tap" || true) wrong"
exit $status
