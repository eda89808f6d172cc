# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# site - a generated portal and a configuration for it; sourced after tap.sh,
# which sets these.
: "${work:?}" "${build:?}" "${root:?}"

# make_site FOLDER REPORTS [MORE...]: a portal as files
make_site() {
    local folder=$1 reports=$2
    shift 2
    "$build/tests/nianbao-gen" --site "$folder" --seed 20260131 \
        --reports "$reports" "$@" >"$work/gen.log" 2>&1 ||
        give_up "nianbao-gen: $(tail -n 3 "$work/gen.log")"
}

# start_portal FOLDER [MORE...]: serve it; sets $portal (URL)
start_portal() {
    local folder=$1
    shift
    "$build/tests/nianbao-portal" --root "$folder" "$@" \
        >"$work/portal.log" 2>&1 &
    until_true 20 grep -qs 'http://' "$work/portal.log" ||
        give_up "nianbao-portal: $(tail -n 3 "$work/portal.log")"
    portal=$(grep -o 'http://[0-9.:]*' "$work/portal.log" | head -n 1)
}

# write_conf FOLDER DELAY_MS COLUMN...: FOLDER/conf for the portal, state,
# archives and sockets in FOLDER; further keys come on standard input
write_conf() {
    local folder=$1 delay=$2
    shift 2
    mkdir -p "$folder/conf/sources.d"
    {
        echo "state_dir: $folder/state"
        echo "out_dir: $folder/archives"
        echo "run_dir: $folder/run"
        echo "forms_dir: $root/conf/forms"
        echo "sources_dir: sources.d"
        echo "clock: 2026-01-31T00:00:00Z"
        cat
    } >"$folder/conf/nianbao.yaml"
    {
        sed -e "s|^enabled:.*|enabled: true|" \
            -e "s|^delay_ms:.*|delay_ms: $delay|" \
            -e "/^columns:/,/^$/d" "$root/conf/sources.d/sample.yaml"
        echo "columns:"
        for column in "$@"; do
            echo "  - url: $portal/$column/index.html"
        done
    } >"$folder/conf/sources.d/sample.yaml"
}

# run_nianbao FOLDER [MORE...]: one run with FOLDER/conf, summary in
# FOLDER/summary.json
run_nianbao() {
    local folder=$1
    shift
    "$build/nianbao" run --config "$folder/conf/nianbao.yaml" --json "$@" \
        >"$folder/summary.json" 2>"$folder/run.log"
}
