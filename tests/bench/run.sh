#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# run - the bench: "name value unit" lines on standard output; called by
# `make bench`.
#
# Reading and extraction in one process, the same tables by Python libraries
# where they are installed, then the whole pipeline: the collector fills the
# store and queues REPORTS (1200) documents while nobody takes any; with the
# loader and two transformers started, the time runs from the first lease to
# the last document committed.  Memory is the peak of each process.
# shellcheck source=tests/flow/tap.sh
. "$(dirname "$0")/../flow/tap.sh"
# shellcheck source=tests/flow/site.sh
. "$(dirname "$0")/../flow/site.sh"

reports=${REPORTS:-1200}
workers=${WORKERS:-2}

echo "cores $(nproc) cores"

# ---- documents ---------------------------------------------------------------
small=$("$build/tests/nianbao-gen" --seed 2 --layout nested --out "$work/doc" |
    cut -f1)
large=$("$build/tests/nianbao-gen" --seed 2 --layout word --out "$work/doc" |
    cut -f1)
"$build/tests/nianbao-bench" --reader "$build/nianbao-reader" \
    "14k=$small" "100k=$large" | tee "$work/figures"
/usr/bin/python3 "$root/tests/bench/python_readers.py" \
    "14k=$small" "100k=$large" 2>/dev/null | tee -a "$work/figures"
others=()
for file in "$root"/tests/data/*/written-by-libreoffice.* \
    "$root"/tests/data/mhtml/base64.mht \
    "$root"/tests/data/ofd/edges-as-paths.ofd; do
    case $file in *.tsv) continue ;; esac
    others+=("${file##*.}=$file")
done
"$build/tests/nianbao-bench" "${others[@]}"

# Pages: the caged reader's own time, pdfminer's, and pdftotext's with all it
# takes to start.
pdf=$root/tests/data/pdf/written-by-libreoffice.pdf
if [ -x "$build/nianbao-reader-pdf" ]; then
    "$build/tests/nianbao-bench" --pages "$build/nianbao-reader-pdf" "pdf=$pdf"
    /usr/bin/python3 "$root/tests/bench/python_pdf.py" "pdf=$pdf" 2>/dev/null
fi

scan=$root/tests/data/picture/requests-page-of-two-colours.tif
if [ -x "$build/nianbao-reader-ocr" ]; then
    "$build/tests/nianbao-bench" --pages "$build/nianbao-reader-ocr" \
        "scan=$scan"
fi

# ratio NAME A B: how many times faster A is than B, when B was measured
ratio() {
    awk -v name="$1" -v a="$2" -v b="$3" '$1 == a {x = $2} $1 == b {y = $2}
        END {if (x && y) printf "%s %.1f ratio\n", name, x / y}' \
        "$work/figures"
}
for size in 14k 100k; do
    ratio "extract_over_lxml_$size" "extract_$size" "lxml_$size"
    ratio "extract_over_pandas_$size" "extract_$size" "pandas_$size"
done

# ---- the pipeline ----------------------------------------------------------------
make_site "$work/site" "$reports"
start_portal "$work/site"
write_conf "$work" 0 government bureaus towns </dev/null
ledger=$work/state/ledger.sqlite
conf=$work/conf/nianbao.yaml

query() {
    sqlite3 -cmd '.timeout 5000' "$ledger" "$1" 2>/dev/null
}

start() {
    "$build/nianbao-$1" --config "$conf" >>"$work/$1.log" 2>&1 &
}

is_crawled() {
    [ "$(query "SELECT count(*) FROM runs WHERE state = 'crawled'")" = 1 ]
}

# peak NAME PID: remember the largest VmHWM seen of a kind of process
declare -A peak=()
peak() {
    local kb
    kb=$(awk '/^VmHWM/ {print $2}' "/proc/$2/status" 2>/dev/null)
    [ "${kb:-0}" -le "${peak[$1]:-0}" ] || peak[$1]=$kb
}

peaks() {
    local pid child
    peak collector "$collector"
    peak loader "$loader"
    for pid in "${transformers[@]}"; do
        peak transformer "$pid"
        for child in $(pgrep -P "$pid"); do
            peak reader "$child"
        done
    done
    for child in $(pgrep -P "$collector"); do
        peak reader "$child"
    done
}

start collector
collector=$!
until_true 300 is_crawled || give_up "no crawl: $(tail -n 3 "$work/collector.log")"
queued=$(query "SELECT count(*) FROM leases WHERE state = 'queued'")
bytes=$(query "SELECT sum(size) FROM documents")
echo "pipeline_documents ${queued:-0} documents"
echo "pipeline_bytes ${bytes:-0} bytes"
[ "${queued:-0}" -gt 0 ] || give_up "nothing is queued"

start loader
loader=$!
transformers=()
for ((i = 0; i < workers; i++)); do
    start transformer
    transformers+=($!)
done
began=
for ((tries = 0; tries < 6000; tries++)); do
    # One question at a time, and seldom: asking costs what it measures.
    IFS='|' read -r left open < <(query "SELECT count(*) FILTER
        (WHERE state = 'queued'), count(*) FROM leases
        WHERE state IN ('queued', 'leased')")
    now=$(date +%s%N)
    if [ -z "$began" ] && [ "${left:-$queued}" -lt "$queued" ]; then
        began=$now
    fi
    [ "${open:-1}" != 0 ] || break
    ((tries % 8)) || peaks
    sleep 0.05
done
if [ -z "$began" ] || [ "$open" != 0 ]; then
    give_up "the run stands still: $(tail -qn 2 "$work"/*.log)"
fi
awk -v n="$queued" -v ns=$((now - began)) -v workers="$workers" 'BEGIN {
    printf "pipeline %.0f documents/s\n", n / (ns / 1e9)
    printf "pipeline_transformers %d processes\n", workers }'

# The loader writes the archive, Parquet with it, after the last document.
is_published() {
    peaks
    [ "$(query "SELECT count(*) FROM runs WHERE archive IS NOT NULL")" = 1 ]
}
until_true 120 is_published || give_up "no archive: $(tail -n 3 "$work/loader.log")"
for name in collector transformer reader loader; do
    echo "memory_$name $((${peak[$name]:-0} / 1024)) MB"
done
[ "$failures" = 0 ]
