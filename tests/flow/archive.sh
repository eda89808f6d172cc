#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# archive - what the loader publishes: whole, checked by strangers' tools,
# and the same bytes however often and wherever it was killed.
# Functions are called by claim.
# shellcheck disable=SC2317
# shellcheck source=tests/flow/tap.sh
. "$(dirname "$0")/tap.sh"

reports=120
run=20260131T000000Z
name=nianbao-$run

# setup NAME DOCUMENTS: a configuration and a ledger with a crawled run
setup() {
    mkdir -p "$work/$1/sources.d"
    cat >"$work/$1/nianbao.yaml" <<CONF
state_dir: state
out_dir: archives
run_dir: run
forms_dir: $root/conf/forms
sources_dir: sources.d
clock: "2026-01-31T00:00:00Z"
CONF
    fill "$1" "$2" || give_up "the ledger of $1 cannot be filled"
}

fill() {
    "$build/tests/nianbao-ledgerfill" "$work/$1/nianbao.yaml" "$2"
}

# publish NAME: the loader until the run is finished
publish() {
    timeout 60 "$build/nianbao-loader" --config "$work/$1/nianbao.yaml" \
        --once >>"$work/$1/log" 2>&1
}

# same_archives A B: the published folders are equal
same_archives() {
    diff -r "$work/$1/archives" "$work/$2/archives" >/dev/null
}

run_state() {
    sqlite3 "$work/$1/state/ledger.sqlite" \
        "SELECT state || coalesce(archive, '-') FROM runs ORDER BY id DESC LIMIT 1"
}

sha256() {
    sha256sum "$1" | cut -d ' ' -f 1
}

# ---- one publication ------------------------------------------------------
setup calm $reports
cp -r "$work/calm" "$work/before"
publish calm || give_up "no publication: $(tail -n 3 "$work/calm/log")"
archives=$work/calm/archives
tree=$archives/$name

manifests_hold() {
    (cd "$tree" && sha256sum --quiet -c manifest-sha256.txt \
        tagmanifest-sha256.txt)
}
claim "every file is as its manifest says" manifests_hold

no_file_is_left_out() {
    local listed
    listed=$(cat "$tree"/*manifest-sha256.txt | sed 's/^[0-9a-f]*  //')
    diff <(echo "$listed" | sort) \
        <(cd "$tree" && find . -type f ! -name tagmanifest-sha256.txt |
            sed 's|^\./||' | sort)
}
claim "every file is in a manifest" no_file_is_left_out

oxum_holds() {
    local bytes files
    bytes=$(cat "$tree"/data/* | wc -c)
    files=$(find "$tree/data" -type f | wc -l)
    grep -qx "Payload-Oxum: $bytes.$files" "$tree/bag-info.txt"
}
claim "the payload has the size that bag-info.txt says" oxum_holds

mkdir "$work/unpacked"
tar -C "$work/unpacked" --zstd -xf "$archives/$name.tar.zst"
claim "the tar.zst unpacks to the tree beside it" \
    diff -r "$work/unpacked/$name" "$tree"

claim "latest.json names the archive and its digest" \
    grep -q "\"sha256\": \"$(sha256 "$archives/$name.tar.zst")\"" \
    "$archives/latest.json"
claim "the ledger knows the archive" \
    [ "$(run_state calm)" = "published$name.tar.zst" ]
nothing_temporary() {
    [ -z "$(find "$work/$1/archives" -name '.tmp-*')" ]
}
claim "nothing temporary is left" nothing_temporary calm

# ---- values ---------------------------------------------------------------
# hyparquet, no DuckDB: another hand than the one that wrote.
stranger() {
    node "$root/tests/flow/archive.mjs" "$root/build/deps/hyparquet" "$1"
}
claim "CSV and Parquet hold the same values, as datapackage.json says" \
    stranger "$tree"
sed -i '2s/110105/110106/' "$work/unpacked/$name/data/cells.csv"
notices() {
    ! stranger "$work/unpacked/$name" 2>/dev/null
}
claim "(the comparison notices one digit)" notices

no_formula() {
    ! tail -n +2 "$tree/data/cells.csv" | grep -Eq '(^|,)"?[=+@]'
}
claim "no cell of a CSV file is a formula" no_formula

# ---- the same bytes -------------------------------------------------------
setup twin $reports
(
    export LC_ALL=C TZ=Asia/Shanghai
    publish twin
)
claim "the same ledger gives the same bytes in another zone and locale" \
    same_archives calm twin

# Each moment between two steps of the delivery, made by hand.
for step in 1 2 3; do
    cp -r "$work/before" "$work/step$step"
    mkdir -p "$work/step$step/archives/.tmp-$run"
    echo half >"$work/step$step/archives/.tmp-$run/latest.json"
    cp -r "$tree" "$work/step$step/archives/"
    [ $step -lt 2 ] ||
        cp "$archives/$name.tar.zst" "$work/step$step/archives/"
    [ $step -lt 3 ] || cp "$archives/latest.json" "$work/step$step/archives/"
    publish "step$step"
    claim "killed after step $step of the delivery it ends in the same files" \
        same_archives calm "step$step"
done

# Killed once when the n-th file appears, for every n.
cp -r "$work/before" "$work/wild"
mkdir -p "$work/wild/archives"
kills=0
for n in $(seq 1 16); do
    touch "$work/wild/mark"
    "$build/nianbao-loader" --config "$work/wild/nianbao.yaml" --once \
        >>"$work/wild/log" 2>&1 &
    loader=$!
    while kill -0 $loader 2>/dev/null; do
        made=$(find "$work/wild/archives" -newer "$work/wild/mark" 2>/dev/null |
            wc -l)
        if [ "$made" -gt "$n" ]; then
            kill -9 $loader 2>/dev/null && kills=$((kills + 1))
            break
        fi
    done
    wait $loader 2>/dev/null
done
publish wild
claim "killed $kills times in the midst of it, it ends in the same files" \
    same_archives calm wild
claim "it was killed at least ten times" [ "$kills" -ge 10 ]

# ---- a full disk ----------------------------------------------------------
cp -r "$work/before" "$work/full"
(
    trap '' XFSZ # writing past the limit fails as on a full disk
    ulimit -f 1000
    exec "$build/nianbao-loader" --config "$work/full/nianbao.yaml" \
        >>"$work/full/log" 2>&1
) &
loader=$!
is_postponed() {
    grep -qs 'postponed publication' "$work/full/log"
}
claim "a full disk postpones the publication" until_true 30 is_postponed
kill $loader
wait $loader
claim "and the loader ends well when asked" [ $? = 0 ]
nothing_published() {
    [ -z "$(ls -A "$work/full/archives")" ]
}
claim "and leaves nothing half made" nothing_published
publish full
claim "with room again it publishes the same" same_archives calm full

# ---- the nights after -----------------------------------------------------
fill calm 0
publish calm
claim "a night without news is empty" [ "$(run_state calm)" = "empty-" ]
claim "and publishes nothing" [ "$(find "$archives" -name '*.tar.zst' | wc -l)" = 1 ]

fill calm 30
publish calm
second=$(run_state calm)
second=${second#published}
claim "the next archive names the one before" \
    grep -q "\"previous\": \"$name.tar.zst\"" "$archives/latest.json"
claim "and holds all that was known, new revisions too" \
    stranger "$archives/${second%.tar.zst}"
supersedes() {
    sqlite3 -csv :memory: ".import '$archives/${second%.tar.zst}/data/reports.csv' r" \
        "SELECT count(*) FROM r WHERE revision = 2 AND superseded_by = ''" |
        grep -qx 27
}
claim "a changed report has a second revision" supersedes

exit $((failures > 0))
