#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# demo - a sample portal on the loopback address, crawled by the real
# programs into out/demo; called by `make demo`.
#
# CORPUS=FOLDER serves further documents in a column of their own, which is a
# source of its own; DEMO=FOLDER is used instead of out/demo.  Ends by itself,
# the portal with it; what was made stays there.
set -euo pipefail
cd "$(dirname "$0")/.."
build=$(realpath "${BUILD:-build}")
corpus=${CORPUS:-../shared/corpus}
demo=$(realpath -m "${DEMO:-out/demo}")
more=()
[ ! -d "$corpus" ] || more=(--corpus "$corpus")

say() {
    printf '\n== %s\n' "$*"
}

rm -rf "$demo"
mkdir -p "$demo/conf/sources.d"
# A socket's path has at most 107 bytes, a clone may lie deep.
sockets=$(mktemp -d /tmp/nianbao-demo-XXXXXX)
trap 'kill "$portal" 2>/dev/null || true; rm -rf "$sockets"' EXIT
trap 'exit 1' INT TERM

say "a sample portal"
"$build/tests/nianbao-gen" --site "$demo/site" --seed 2026 "${more[@]}"
"$build/tests/nianbao-portal" --root "$demo/site" \
    >"$demo/portal.log" 2>&1 &
portal=$!
for _ in {1..200}; do
    grep -qs 'http://' "$demo/portal.log" && break
    sleep 0.05
done
url=$(grep -o 'http://[0-9.:]*' "$demo/portal.log" | head -n 1)
echo "serving $demo/site at $url/"

cat >"$demo/conf/nianbao.yaml" <<EOF
# The demo's configuration; conf/nianbao.yaml explains every key.
state_dir: $demo/state
out_dir: $demo/archives
run_dir: $sockets
forms_dir: $PWD/conf/forms
sources_dir: sources.d
EOF
# write_source NAME COLUMN...: as conf/sources.d/sample.yaml, for our portal
write_source() {
    local name=$1
    shift
    sed -e "s|^enabled:.*|enabled: true|" -e "s|^name:.*|name: $name|" \
        -e "/^columns:/,/^$/d" conf/sources.d/sample.yaml
    echo "columns:"
    printf "  - url: $url/%s/index.html\n" "$@"
}
write_source sample government bureaus towns >"$demo/conf/sources.d/sample.yaml"
if [ -d "$corpus" ]; then
    write_source corpus corpus |
        sed "s#^  - /t.*#  - /corpus/[^/]*[.](html|txt|pdf)\$#" \
            >"$demo/conf/sources.d/corpus.yaml"
fi

say "nianbao run"
"$build/nianbao" run --config "$demo/conf/nianbao.yaml" | tee "$demo/run.txt"
archive=$(sed -n 's/^Archive: //p' "$demo/run.txt")
tree=${archive%.tar.zst}

# query SQL: over the archive's CSV files
query() {
    sqlite3 -batch ':memory:' \
        -cmd ".import --csv $tree/data/reports_wide.csv wide" "$1"
}

say "requests for information answered, by body and year (! flagged)"
years=$(query 'SELECT DISTINCT year FROM wide ORDER BY year')
sql="SELECT '' "
head=
for year in $years; do
    sql+="|| printf('%7s', coalesce(max(CASE WHEN year = '$year' THEN
        coalesce(nullif(\"requests.total.total\", ''), '?') ||
        CASE status WHEN 'valid' THEN ' ' ELSE '!' END END), ' '))"
    head+=$(printf '%6s ' "$year")
done
echo "$head  body"
query "$sql || '  ' || coalesce(nullif(organization, ''), '(which body is not said)') FROM wide GROUP BY organization
    ORDER BY organization"

report=$(query "SELECT report_id FROM wide WHERE status = 'valid'
    ORDER BY year DESC, report_id LIMIT 1")
# near FILE: its path as one would type it here
near() {
    realpath --relative-base=. "$1"
}
here=$(near "$tree")
say "look into it"
cat <<EOF
$(near "$build")/nianbao explain --config $(near "$demo/conf/nianbao.yaml") $report.requests.total.total
tar --zstd -tf $here.tar.zst
cut -d, -f1-8 $here/data/reports.csv | head | column -s, -t
EOF

say "the next night: nothing new"
"$build/nianbao" run --config "$demo/conf/nianbao.yaml"
