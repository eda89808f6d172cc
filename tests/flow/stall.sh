#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# stall - what no single kill is: the whole machine gone at once, a worker
# that sleeps past its lease, a ledger held by another, a disk that is full.
# Each run ends in the archive of the undisturbed one, byte for byte.
# shellcheck source=tests/flow/tap.sh
. "$(dirname "$0")/tap.sh"
# shellcheck source=tests/flow/site.sh
. "$(dirname "$0")/site.sh"

make_site "$work/site" 48
start_portal "$work/site"
columns=(government bureaus towns)

calm=$work/calm
write_conf "$calm" 0 "${columns[@]}" </dev/null
run_nianbao "$calm" || give_up "the undisturbed run: $(tail -n 5 "$calm/run.log")"
calm_archive=$(text archive "$calm/summary.json")

# same_archive FOLDER
same_archive() {
    cmp "$calm_archive" "$(text archive "$1/summary.json")"
}

# audit FOLDER
audit() {
    "$build/nianbao" audit --config "$1/conf/nianbao.yaml" \
        >"$work/audit.log" 2>&1 || {
        cat "$work/audit.log"
        return 1
    }
}

# ask FOLDER SQL: a number, 0 while there is no ledger
ask() {
    sqlite3 -cmd '.timeout 5000' "$1/state/ledger.sqlite" "$2" 2>/dev/null ||
        echo 0
}

# fetched FOLDER N: so many documents at least
fetched() {
    [ "$(ask "$1" 'SELECT count(*) FROM documents')" -ge "$2" ]
}

# begin FOLDER [MORE...]: a run in the background; sets $supervisor
begin() {
    run_nianbao "$@" 2>/dev/null &
    supervisor=$!
}

# ---- all at once --------------------------------------------------------------
dark=$work/dark
write_conf "$dark" 30 "${columns[@]}" </dev/null
for n in 3 9 16 24 33; do
    begin "$dark"
    until_true 30 fetched "$dark" $n || give_up "the run stands still at $n"
    mapfile -t crew < <(pgrep -f "config $dark/conf/nianbao.yaml")
    kill -9 "${crew[@]}"
    wait $supervisor 2>/dev/null
done
run_nianbao "$dark"
status=$?
claim "a run cut off five times, all its processes at once, ends well" \
    [ $status = 0 ] || tail -n 20 "$dark/run.log"
claim "nothing is lost by it" audit "$dark"
claim "its archive is the same" same_archive "$dark"

# ---- asleep -------------------------------------------------------------------
asleep=$work/asleep
write_conf "$asleep" 60 "${columns[@]}" <<'CONF'
heartbeat_ms: 200
reader_wall_ms: 1000
lease_ms: 1300
log_level: debug
CONF
begin "$asleep" --verbose
until_true 30 fetched "$asleep" 4 || give_up "the run does not begin"
sleeper=$(pgrep -f "nianbao-transformer --config $asleep/conf" | head -n 1)
kill -STOP "$sleeper"
was_given_again() {
    [ "$(ask "$asleep" 'SELECT count(*) FROM leases WHERE attempt > 1')" -gt 0 ]
}
claim "what a sleeping worker holds goes to another" \
    until_true 30 was_given_again
kill -CONT "$sleeper"
wait $supervisor
status=$?
claim "the run ends well though the worker woke up" [ $status = 0 ] ||
    tail -n 20 "$asleep/run.log"
was_late() {
    grep -Eq 'nianbao-loader: counters .*(repeated|stale)=[1-9]' "$asleep/run.log"
}
claim "its late records are known as such" was_late
claim "and change nothing: the audit passes" audit "$asleep"
claim "the archive is the same" same_archive "$asleep"
quarantined() {
    ask "$1" "SELECT u.url, q.reason FROM quarantine q
        JOIN leases l ON l.id = q.job JOIN documents d ON d.id = l.document
        JOIN urls u ON u.id = d.url ORDER BY 1"
}
claim "nothing was quarantined for its sake" \
    [ "$(quarantined "$asleep")" = "$(quarantined "$calm")" ]

# ---- a ledger held by another ---------------------------------------------------
held=$work/held
write_conf "$held" 10 "${columns[@]}" </dev/null
begin "$held"
until_true 30 fetched "$held" 10 || give_up "the run does not begin"
sqlite3 -cmd '.timeout 5000' "$held/state/ledger.sqlite" \
    'BEGIN IMMEDIATE;' '.shell sleep 3' 'COMMIT;' ||
    give_up "the ledger cannot be held"
wait $supervisor
status=$?
claim "a run waits for whoever holds the ledger" [ $status = 0 ] ||
    tail -n 20 "$held/run.log"
claim "and its archive is the same" same_archive "$held"

# ---- a full disk ----------------------------------------------------------------
# A small file system of our own, seen by us alone; it goes with us.
full=$work/full
write_conf "$full" 0 "${columns[@]}" </dev/null
mkdir -p "$full/state"
fill_disk() {
    mount -t tmpfs -o size=1m tmpfs "$full/state" || return 1
    timeout 120 "$build/nianbao" run --config "$full/conf/nianbao.yaml" \
        --json >"$full/summary.json" 2>"$full/first.log"
    echo $? >"$full/first.status"
    pgrep -f "config $full/conf/nianbao.yaml" >"$full/left"
    mount -o remount,size=200m "$full/state"
    run_nianbao "$full"
    echo $? >"$full/second.status"
    "$build/nianbao" audit --config "$full/conf/nianbao.yaml" \
        >"$full/audit.log" 2>&1
    echo $? >"$full/audit.status"
}
export -f fill_disk run_nianbao
export build full
if unshare -rm true 2>/dev/null && unshare -rm bash -c fill_disk; then
    claim "a full disk ends the run with status 1" \
        [ "$(cat "$full/first.status")" = 1 ]
    claim "it says what is full" \
        grep -Eqi 'disk is full|no space left' "$full/first.log" ||
        tail -n 5 "$full/first.log"
    claim "no process is left" [ ! -s "$full/left" ]
    claim "with room again the next run ends well" \
        [ "$(cat "$full/second.status")" = 0 ] || tail -n 20 "$full/run.log"
    claim "its audit passes" [ "$(cat "$full/audit.status")" = 0 ]
    claim "and its archive is the same" same_archive "$full"
else
    echo "# no user namespaces here: a full disk under the state is not tried"
fi

[ "$failures" = 0 ]
