#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# run - the whole pipeline on a generated portal, once and once more.
# shellcheck source=tests/flow/tap.sh
. "$(dirname "$0")/tap.sh"
# shellcheck source=tests/flow/site.sh
. "$(dirname "$0")/site.sh"

night=$work/night
make_site "$work/site" 72
start_portal "$work/site"
write_conf "$night" 0 government bureaus towns </dev/null

run_nianbao "$night"
status=$?
summary=$night/summary.json
claim "a run ends with status 0" [ $status = 0 ] ||
    tail -n 20 "$night/run.log"
claim "it is published" [ "$(text state "$summary")" = published ]

all_ended() {
    local ended=0 key
    for key in valid flagged rejected quarantined; do
        ended=$((ended + $(number $key "$summary")))
    done
    [ "$(number open "$summary")" = 0 ] &&
        [ $((ended + $(number duplicates "$summary"))) = \
            "$(number fetched "$summary")" ]
}
claim "every document came to an end" all_ended
claim "72 reports were loaded" [ \
    $(($(number valid "$summary") + $(number flagged "$summary"))) = 72 ]
claim "most of them are valid" [ "$(number valid "$summary")" -ge 60 ]
claim "those with a fault are flagged" [ "$(number flagged "$summary")" -ge 5 ]
claim "the letter is rejected" [ "$(number rejected "$summary")" = 1 ]
claim "noise and the attachment are quarantined" \
    [ "$(number quarantined "$summary")" = 2 ]
claim "the log is quiet" [ ! -s "$night/run.log" ] ||
    cat "$night/run.log"

archive=$(text archive "$summary")
claim "the archive is where the summary says" [ -s "$archive" ]
holds() {
    local name
    tar -tf "$archive" >"$work/list" || return 1
    for name in data/reports.csv data/cells.parquet datapackage.json \
        manifest-sha256.txt README.md; do
        grep -q "/$name\$" "$work/list" || {
            echo "# no $name"
            return 1
        }
    done
}
claim "it holds data and description" holds
claim "the unpacked tree is beside it" \
    [ -s "${archive%.tar.zst}/data/reports.csv" ]
claim "the manifest's sums are those of the files" \
    sh -c "cd '${archive%.tar.zst}' && sha256sum --quiet -c manifest-sha256.txt"

audit() {
    "$build/nianbao" audit --config "$night/conf/nianbao.yaml" \
        >"$work/audit.log" 2>&1 || {
        cat "$work/audit.log"
        return 1
    }
}
claim "the audit passes" audit

before=$(cd "$night/archives" && find . | sort)
run_nianbao "$night"
status=$?
claim "a second run ends with status 0" [ $status = 0 ] ||
    tail -n 20 "$night/run.log"
claim "it brings nothing new" [ "$(text state "$summary")" = empty ]
claim "it fetches nothing" [ "$(number fetched "$summary")" = 0 ]
claim "every request is answered with 304" [ \
    "$(number not_modified "$summary")" = "$(number requests "$summary")" ] ||
    cat "$summary"
claim "nothing is published" \
    [ "$before" = "$(cd "$night/archives" && find . | sort)" ]
claim "the audit still passes" audit

"$build/nianbao" run --config "$night/conf/nianbao.yaml" --source samlpe \
    >"$work/out" 2>"$work/typo"
status=$?
claim "an unknown source is trouble" [ $status = 1 ]
claim "a near name is offered" grep -q "did you mean 'sample'" "$work/typo"
"$build/nianbao" rnu >"$work/out" 2>"$work/typo"
status=$?
claim "an unknown command is a usage error" [ $status = 2 ]
claim "a near command is offered" grep -q "did you mean 'run'" "$work/typo"

# ---- interrupted, refused, resumed --------------------------------------
slow=$work/slow
write_conf "$slow" 50 government bureaus towns </dev/null
"$build/nianbao" run --config "$slow/conf/nianbao.yaml" --json \
    >"$slow/summary.json" 2>"$slow/run.log" &
pid=$!
has_begun() {
    [ "$(sqlite3 "$slow/state/ledger.sqlite" \
        'SELECT count(*) FROM documents' 2>/dev/null || echo 0)" -gt 5 ]
}
until_true 30 has_begun || give_up "the slow run does not begin"
"$build/nianbao" run --config "$slow/conf/nianbao.yaml" >"$work/out" \
    2>"$work/second"
status=$?
claim "a second run on the same state is refused" [ $status = 1 ]
claim "it says by whom" grep -q "process $pid" "$work/second"
kill -INT $pid
wait $pid
status=$?
claim "an interrupted run ends with status 1" [ $status = 1 ]
claim "it says that the next one resumes" grep -q "resumes" "$slow/run.log"
nobody_left() {
    ! pgrep -f "config $slow/conf/nianbao.yaml" >"$work/left"
}
claim "no process is left" nobody_left
sed -i 's/^delay_ms:.*/delay_ms: 0/' "$slow/conf/sources.d/sample.yaml"
run_nianbao "$slow"
status=$?
claim "the next run ends with status 0" [ $status = 0 ] ||
    tail -n 20 "$slow/run.log"
claim "it says that it resumes" grep -q "resuming run" "$slow/run.log"
claim "its archive is that of the undisturbed run" \
    cmp "$archive" "$(text archive "$slow/summary.json")"

[ "$failures" = 0 ]
