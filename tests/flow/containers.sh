#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# containers - a portal that publishes its reports in zip and rar files, good
# ones and hostile ones: each report in them is a document of its own, kills
# change nothing, and each hostile file has its reason.
# shellcheck source=tests/flow/tap.sh
. "$(dirname "$0")/tap.sh"
# shellcheck source=tests/flow/site.sh
. "$(dirname "$0")/site.sh"

# ---- the portal ------------------------------------------------------------

make_site "$work/gen" 12
site=$work/site
mkdir -p "$site/bundles" "$work/parts"
mapfile -t pages < <(find "$work/gen" -name 't*_*.html' | sort)
[ ${#pages[@]} -ge 9 ] || give_up "the generator made ${#pages[@]} pages"

# box ARGUMENT...
box() {
    "$build/tests/nianbao-box" "$@" || give_up "nianbao-box $*"
}
bundles=$site/bundles
echo litter >"$work/litter"
box zip "$work/inner.zip" "深/丙.html=${pages[2]}" "丁.html=${pages[3]}"
box zip "$work/deeper.zip" "内.zip=$work/inner.zip"
box zip --gbk "$bundles/gbk.zip" "内部/甲局报告.html=${pages[0]}" \
    "乙局.html=${pages[1]}" "嵌套.zip=$work/inner.zip" \
    "Thumbs.db=$work/litter" "__MACOSX/内部/._甲局报告.html=$work/litter"
box rar4 --gbk "$bundles/four.rar" "内部/戊局.html=${pages[4]}" \
    "己局.html=${pages[5]}"
box rar5 "$bundles/five.rar" "内部/庚局.html=${pages[6]}" \
    "again.html=${pages[0]}"
box zip "$bundles/paths.zip" "../../../etc/passwd=${pages[7]}" \
    "/etc/shadow=$work/litter"
# hostile
box zip "$bundles/locked.zip" "a.doc!=$work/litter" "辛局.html=${pages[8]}"
box zip "$bundles/all-locked.zip" "a.doc!=$work/litter"
box zip "$bundles/deep.zip" "外.zip=$work/deeper.zip"
box zip "$bundles/nothing.zip" "Thumbs.db=$work/litter"
box bomb "$bundles/bomb.zip"
box many "$bundles/many.zip" 40000
head -c 4000000 /dev/zero | tr '\0' 'x' >"$work/large"
box overlap "$bundles/overlap.zip" 60 "$work/large"
head -c 3000 "$bundles/gbk.zip" >"$bundles/cut.zip"
head -c 5000 "$bundles/five.rar" >"$bundles/cut.rar"

report=政府信息公开工作年度报告
{
    echo '<html><head><meta charset="utf-8"></head><body>'
    for file in "$bundles"/*.zip "$bundles"/*.rar; do
        echo "<a href='${file##*/}'>某局2023年$report</a>"
    done
    echo '</body></html>'
} >"$bundles/index.html"
start_portal "$site"

# ask FOLDER SQL
ask() {
    sqlite3 -readonly -cmd '.timeout 5000' "$1/state/ledger.sqlite" "$2"
}

# ---- a night -----------------------------------------------------------------

calm=$work/calm
write_conf "$calm" 0 bundles </dev/null
run_nianbao "$calm" || give_up "the run: $(tail -n 5 "$calm/run.log")"

ended() {
    ask "$1" "SELECT replace(u.url, '$portal/bundles/', ''),
        CASE WHEN c.document IS NOT NULL THEN 'unpacked ' || c.part_n
        WHEN l.document <> d.id THEN 'duplicate' ELSE l.state END,
        coalesce(substr(q.reason, 1, instr(q.reason, ':') - 1), '')
        FROM documents d JOIN urls u ON u.id = d.url
        LEFT JOIN containers c ON c.document = d.id
        LEFT JOIN leases l ON l.sha256 = d.sha256
        LEFT JOIN quarantine q ON q.job = l.id AND l.document = d.id
        ORDER BY 1"
}
ended "$calm" >"$work/ended"
cat >"$work/wanted" <<'END'
all-locked.zip|quarantined|reader.encrypted
bomb.zip|quarantined|reader.ratio
cut.rar|quarantined|reader.broken
cut.zip|quarantined|reader.broken
deep.zip|unpacked 1|
deep.zip#外.zip|unpacked 1|
deep.zip#外.zip#内.zip|quarantined|reader.depth
five.rar|unpacked 2|
five.rar#again.html|loaded|
five.rar#内部/庚局.html|loaded|
four.rar|unpacked 2|
four.rar#内部/戊局.html|loaded|
four.rar#己局.html|loaded|
gbk.zip|unpacked 3|
gbk.zip#乙局.html|loaded|
gbk.zip#内部/甲局报告.html|duplicate|
gbk.zip#嵌套.zip|unpacked 2|
gbk.zip#嵌套.zip#丁.html|loaded|
gbk.zip#嵌套.zip#深/丙.html|loaded|
locked.zip|unpacked 2|
locked.zip#a.doc|quarantined|reader.encrypted
locked.zip#辛局.html|loaded|
many.zip|quarantined|reader.size
nothing.zip|quarantined|reader.none
overlap.zip|unpacked 1|
overlap.zip#a|rejected|
paths.zip|unpacked 2|
paths.zip#../../../etc/passwd|loaded|
paths.zip#/etc/shadow|rejected|
END
claim "each report in a container ends as one that was fetched, each hostile \
file with its reason" diff "$work/wanted" "$work/ended"

audit() {
    "$build/nianbao" audit --config "$1/conf/nianbao.yaml" \
        >"$work/audit.log" 2>&1 || {
        cat "$work/audit.log"
        return 1
    }
}
claim "the audit passes" audit "$calm"
claim "it counts the containers" grep -q 'unpacked=9 ' "$work/audit.log"
nothing_escaped() {
    [ -z "$(find "$calm" "$site" -name 'passwd*' -o -name 'shadow*')" ]
}
claim "no name of an entry became a file" nothing_escaped
archive=$(text archive "$calm/summary.json")
documents() {
    tar --zstd -xOf "$1" --wildcards '*/data/documents.csv'
}
claim "the archive names container and inner path" \
    grep -q "$portal/bundles/gbk.zip,内部/甲局报告.html" <(documents "$archive")
claim "a note stands for what could not be unpacked" \
    grep -rqs '^entry: a.doc$' "$calm/state/store"

# ---- the next night ------------------------------------------------------------

run_nianbao "$calm" || give_up "the second run: $(tail -n 5 "$calm/run.log")"
claim "a night without news brings nothing" \
    [ "$(text state "$calm/summary.json")" = empty ]

# The same bytes again, though the portal has forgotten that we know them.
sqlite3 "$calm/state/ledger.sqlite" \
    "UPDATE urls SET etag = NULL, last_modified = NULL"
run_nianbao "$calm" || give_up "the third run: $(tail -n 5 "$calm/run.log")"
claim "a container fetched again changes nothing" \
    [ "$(text state "$calm/summary.json")" = empty ]
ended "$calm" >"$work/ended.again"
claim "everything stays as it ended" diff "$work/ended" "$work/ended.again"

# ---- killed --------------------------------------------------------------------

wild=$work/wild
write_conf "$wild" 0 bundles </dev/null
fetched() {
    ask "$wild" "SELECT count(*) FROM fetches" 2>/dev/null || echo 0
}
# Killed after each visit, and while the one after is unpacked.
for n in 1 3 5 8 11 14; do
    "$build/nianbao-collector" --config "$wild/conf/nianbao.yaml" \
        2>>"$wild/log" &
    pid=$!
    reached() { [ "$(fetched)" -ge "$n" ]; }
    until_true 60 reached || give_up "the killed collector does not go on"
    kill -9 $pid
    wait $pid 2>/dev/null
done
run_nianbao "$wild" || give_up "after the kills: $(tail -n 5 "$wild/run.log")"
ended "$wild" >"$work/ended.wild"
claim "a collector killed while it unpacks loses and doubles nothing" \
    diff "$work/ended" "$work/ended.wild"
claim "the audit passes after the kills" audit "$wild"
claim "the archive is the same, byte for byte" \
    cmp "$archive" "$(text archive "$wild/summary.json")"

# ---- by hand --------------------------------------------------------------------

"$build/nianbao" extract --format jsonl "$bundles/gbk.zip" >"$work/hand" \
    2>"$work/hand.err"
claim "by hand each document in a container is printed with its path" [ "$(
    sed 's|^{"source":"[^"]*bundles/\([^"]*\)".*|\1|' "$work/hand"
)" = 'gbk.zip#内部/甲局报告.html
gbk.zip#乙局.html
gbk.zip#嵌套.zip#深/丙.html
gbk.zip#嵌套.zip#丁.html' ]
"$build/nianbao" extract --format jsonl "$bundles/locked.zip" >"$work/hand"
status=$?
claim "the status is that of the worst" [ $status != 0 ]
claim "an encrypted entry is printed with its reason" \
    grep -q 'locked.zip#a.doc".*reader.encrypted' "$work/hand"

[ "$failures" = 0 ]
