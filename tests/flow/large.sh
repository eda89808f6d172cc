#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# large - documents of many megabytes go the whole way, by themselves and in
# a container; one beyond the limit is told.
# shellcheck source=tests/flow/tap.sh
. "$(dirname "$0")/tap.sh"
# shellcheck source=tests/flow/site.sh
. "$(dirname "$0")/site.sh"

site=$work/site
mkdir -p "$site/nb"
# grown NAME BYTES TO: a DOC with so much behind its last sector
grown() {
    { cat "$root/tests/data/doc/$1.doc" && head -c "$2" /dev/zero; } >"$3"
}
grown form-of-2019 20000000 "$site/nb/large.doc"
grown layout-tables-nested 33000000 "$site/nb/largest.doc"
grown written-by-libreoffice 33600000 "$site/nb/beyond.doc"
grown written-by-libreoffice 20000000 "$work/inner.doc"
"$build/tests/nianbao-box" zip "$site/nb/box.zip" "inner.doc=$work/inner.doc"
{
    echo '<html><head><meta charset="utf-8"></head><body>'
    for file in large.doc largest.doc beyond.doc box.zip; do
        echo "<a href='$file'>某局2023年政府信息公开工作年度报告</a>"
    done
    echo '</body></html>'
} >"$site/nb/index.html"
start_portal "$site"
write_conf "$work" 0 nb </dev/null
sed -i -e '/^link_patterns:/,/^$/d' "$work/conf/sources.d/sample.yaml"
run_nianbao "$work" || give_up "the run: $(tail -n 5 "$work/run.log")"
ask() {
    sqlite3 -readonly "$work/state/ledger.sqlite" "$1"
}
ask "SELECT replace(u.url, '$portal/nb/', ''), j.state, r.status
    FROM documents d JOIN urls u ON u.id = d.url
    JOIN leases j ON j.document = d.id LEFT JOIN reports r ON r.job = j.id
    ORDER BY 1" >"$work/ended"
claim "documents up to the limit are read, in containers as well" \
    diff - "$work/ended" <<'END'
box.zip#inner.doc|loaded|valid
large.doc|loaded|valid
largest.doc|loaded|valid
END
claim "one beyond it is told" [ "$(ask "SELECT replace(u.url, '$portal/nb/', ''),
    f.error FROM fetches f JOIN urls u ON u.id = f.url
    WHERE f.error IS NOT NULL")" = "beyond.doc|limit: body too long" ]
audit() {
    "$build/nianbao" audit --config "$work/conf/nianbao.yaml" \
        >"$work/audit.log" 2>&1 || {
        cat "$work/audit.log"
        return 1
    }
}
claim "the audit passes" audit

[ "$failures" = 0 ]
