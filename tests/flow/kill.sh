#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# kill - every process killed at random moments, at least 50 times in a run
# of 300 documents: nothing is lost and the archive is the same, byte for
# byte.
#
# A kill follows an event (documents in the ledger, files of the archive), not
# a time.  The seed of the draws is printed; SEED= gives the same draws.
# shellcheck source=tests/flow/tap.sh
. "$(dirname "$0")/tap.sh"
# shellcheck source=tests/flow/site.sh
. "$(dirname "$0")/site.sh"

reports=300
kills_max=200
seed=${SEED:-$$}
echo "# SEED=$seed"
RANDOM=$seed

make_site "$work/site" $reports
start_portal "$work/site"

# ---- undisturbed ----------------------------------------------------------
calm=$work/calm
write_conf "$calm" 0 government bureaus towns </dev/null
run_nianbao "$calm" || give_up "the undisturbed run: $(tail -n 5 "$calm/run.log")"
calm_archive=$(text archive "$calm/summary.json")
claim "the undisturbed run loads $reports reports" [ \
    $(($(number valid "$calm/summary.json") + \
        $(number flagged "$calm/summary.json"))) = $reports ]

# ---- disturbed ------------------------------------------------------------
wild=$work/wild
write_conf "$wild" 60 government bureaus towns <<'EOF'
heartbeat_ms: 200
reader_wall_ms: 3000
lease_ms: 3300
attempts_max: 100
EOF
# a list page whose reader is killed is fetched again
sed -i 's/^retries_max:.*/retries_max: 10/' "$wild/conf/sources.d/sample.yaml"
conf=$wild/conf/nianbao.yaml
supervisor=

start_supervisor() {
    "$build/nianbao" run --config "$conf" --json \
        >"$wild/summary.json" 2>>"$wild/run.log" &
    supervisor=$!
}

# How far the run is: visits, and jobs that came to an end.
progress() {
    sqlite3 -cmd '.timeout 2000' "$wild/state/ledger.sqlite" \
        "SELECT (SELECT count(*) FROM fetches) + (SELECT count(*) FROM leases
            WHERE state NOT IN ('queued', 'leased'))" 2>/dev/null || echo 0
}

# How far the publication is: files made for it.
files() {
    find "$wild/archives" -mindepth 1 2>/dev/null | wc -l
}

supervisor_is_gone() {
    ! kill -0 "$supervisor" 2>/dev/null
}

# The run went on by $step since $seen, or it is over.
went_on() {
    supervisor_is_gone || [ "$(files)" != "$made" ] ||
        [ "$(progress)" -ge $((seen + step)) ]
}

# victim DRAW DRAW: one of the processes of the kind drawn, or nothing.
victim() {
    local found
    mapfile -t found < <(candidates "$1")
    [ ${#found[@]} = 0 ] || echo "${found[$(($2 % ${#found[@]}))]}"
}

candidates() {
    local draw=$(($1 % 10))
    [ "$made" = 0 ] || draw=$((draw < 8 ? 0 : 9)) # nobody else works then
    case $draw in
    0 | 1) pgrep -f "nianbao-loader --config $conf" ;;
    2 | 3) pgrep -f "nianbao-collector --config $conf" ;;
    4 | 5 | 6) pgrep -f "nianbao-transformer --config $conf" ;;
    7 | 8) readers ;;
    9) echo "$supervisor" ;;
    esac
}

# The caged readers below the supervisor.
readers() {
    local parent
    for parent in $(pgrep -P "$supervisor"); do
        pgrep -P "$parent"
    done
}

declare -A killed=()
n=0
publishing=0
start_supervisor
while [ $n -lt "$kills_max" ] && [ $publishing -lt 5 ]; do
    seen=$(progress)
    made=$(files)
    step=$((1 + RANDOM % 12))
    until_true 60 went_on || give_up "the run stands still at $seen"
    if supervisor_is_gone; then
        wait "$supervisor" && break
        start_supervisor
        continue
    fi
    made=$(files)
    pid=$(victim "$RANDOM" "$RANDOM")
    [ -n "$pid" ] || continue
    name=$(cat "/proc/$pid/comm" 2>/dev/null) || continue
    kill -9 "$pid" 2>/dev/null || continue
    killed[$name]=$((${killed[$name]:-0} + 1))
    n=$((n + 1))
    publishing=$((publishing + (made > 0)))
    if [ "$pid" = "$supervisor" ]; then
        wait "$supervisor" 2>/dev/null
        start_supervisor
    fi
done
for name in "${!killed[@]}"; do
    echo "# killed $name ${killed[$name]} times"
done
claim "50 kills found their victims before the run was over" [ $n -ge 50 ]
echo "# $publishing of the kills during the publication"
claim "every kind of process was among them" [ ${#killed[@]} -ge 5 ]

wait "$supervisor"
status=$?
claim "the run ends with status 0" [ $status = 0 ] || tail -n 20 "$wild/run.log"

audit() {
    "$build/nianbao" audit --config "$conf" >"$work/audit.log" 2>&1 || {
        cat "$work/audit.log"
        return 1
    }
}
claim "the audit passes" audit
claim "the archive is that of the undisturbed run, byte for byte" \
    cmp "$calm_archive" "$(text archive "$wild/summary.json")"
nothing_temporary() {
    [ -z "$(find "$wild/archives" -mindepth 1 -name '.*')" ]
}
claim "no half-made file is left among the archives" nothing_temporary

[ "$failures" = 0 ]
