#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# renderings - reports that a portal publishes as a page and as its
# attachment, or twice in a zip file: one report each, whatever was killed,
# and what they contradict each other in is told.
# shellcheck source=tests/flow/tap.sh
. "$(dirname "$0")/tap.sh"
# shellcheck source=tests/flow/site.sh
. "$(dirname "$0")/site.sh"

# ---- the portal ------------------------------------------------------------

# make_report SEED LAYOUT TO [MORE...]: one report as HTML
make_report() {
    local seed=$1 layout=$2 to=$3 folder=$work/gen/$1-$2-${4:-}
    shift 3
    "$build/tests/nianbao-gen" --seed "$seed" --layout "$layout" "$@" \
        --out "$folder" >/dev/null || give_up "nianbao-gen --seed $seed"
    cp "$folder"/*.html "$to"
}
# attach PAGE FILE: link the page to its attachment
attach() {
    sed -i "s|</body>|<p><a href='files/$2'>附件下载</a></p></body>|" "$1"
}

site=$work/site
mkdir -p "$site/nb/files"
cd "$site/nb" || exit
# 1: both say the same
make_report 7 clean agree.html
make_report 7 word files/agree.doc
attach agree.html agree.doc
# 2: they differ where no sum decides, in the first cell of the first table
make_report 8 clean differ.html
cp differ.html files/differ.doc
sed -i '0,/<td>[0-9]*<\/td>/s//<td>777<\/td>/' files/differ.doc
attach differ.html differ.doc
# 3: the page has a misprint that its sums betray
make_report 9 clean misprint.html --damage digit
make_report 9 word files/misprint.doc
attach misprint.html misprint.doc
# 4: twice in a zip file
make_report 10 clean "$work/one.html"
make_report 10 thead "$work/two.html"
"$build/tests/nianbao-box" zip --gbk zip.zip "报告.doc=$work/two.html" \
    "报告.html=$work/one.html"
cd "$root" || exit
report=政府信息公开工作年度报告
{
    echo '<html><head><meta charset="utf-8"></head><body>'
    for file in agree.html differ.html misprint.html zip.zip; do
        echo "<a href='$file'>某局2023年$report</a>"
    done
    echo '</body></html>'
} >"$site/nb/index.html"
start_portal "$site"

# nb FOLDER: a configuration for it, and a run
write_nb() {
    write_conf "$1" 0 nb </dev/null
    cat >>"$1/conf/sources.d/sample.yaml" <<CONF
CONF
    sed -i -e '/^link_patterns:/,/^$/d' "$1/conf/sources.d/sample.yaml"
}

# ask FOLDER SQL
ask() {
    sqlite3 -readonly -cmd '.timeout 5000' "$1/state/ledger.sqlite" "$2"
}

# Every document, the revision that it is or renders, and how.
places() {
    ask "$1" "SELECT replace(u.url, '$portal/nb/', ''),
        CASE WHEN r.rendering_of IS NULL THEN 'is ' || r.revision || ' ' ||
            r.status ELSE 'of ' || replace(v.url, '$portal/nb/', '') END
        FROM documents d JOIN urls u ON u.id = d.url
        JOIN leases j ON j.document = d.id JOIN reports r ON r.job = j.id
        LEFT JOIN reports p ON p.id = r.rendering_of
        LEFT JOIN leases k ON k.id = p.job
        LEFT JOIN documents e ON e.id = k.document
        LEFT JOIN urls v ON v.id = e.url ORDER BY d.run, 1"
}
checks() {
    ask "$1" "SELECT replace(u.url, '$portal/nb/', ''), c.severity, c.status,
        coalesce(c.left_cells, '-') FROM checks c
        JOIN reports r ON r.id = c.report JOIN leases j ON j.id = r.job
        JOIN documents d ON d.id = j.document JOIN urls u ON u.id = d.url
        WHERE c.rule = 'report.renderings' ORDER BY d.run, 1"
}

# ---- a night -----------------------------------------------------------------

calm=$work/calm
write_nb "$calm"
run_nianbao "$calm" || give_up "the run: $(tail -n 5 "$calm/run.log")"
places "$calm" >"$work/places"
claim "one document of each report is the report, the others its renderings" \
    diff - "$work/places" <<'END'
agree.html|is 1 valid
differ.html|is 1 flagged
files/agree.doc|of agree.html
files/differ.doc|of differ.html
files/misprint.doc|is 1 valid
misprint.html|of files/misprint.doc
zip.zip#报告.doc|is 1 valid
zip.zip#报告.html|of zip.zip#报告.doc
END
checks "$calm" >"$work/checks"
sed 's/|[a-z_.0-9+ ]*$/|.../' "$work/checks" >"$work/checks.short"
claim "they are compared, and what no sum settles flags the report" \
    diff - "$work/checks.short" <<'END'
agree.html|warning|pass|-
differ.html|error|fail|...
files/misprint.doc|warning|fail|...
zip.zip#报告.doc|warning|pass|-
END
claim "the summary counts them" [ \
    "$(number renderings "$calm/summary.json")" = 4 ]

audit() {
    "$build/nianbao" audit --config "$1/conf/nianbao.yaml" \
        >"$work/audit.log" 2>&1 || {
        cat "$work/audit.log"
        return 1
    }
}
claim "the audit passes" audit "$calm"
archive=$(text archive "$calm/summary.json")
table() {
    tar --zstd -xOf "$archive" --wildcards "*/data/$1.csv"
}
claim "the archive has four reports" [ "$(table reports | wc -l)" = 5 ]
claim "its documents name the report that they render" \
    [ "$(table documents | grep -c ',rendering,document.rendering: of what ')" = 4 ]

cell=$(grep '^differ' "$work/checks" | cut -d '|' -f 4)
id=$(ask "$calm" "SELECT report_id FROM reports r JOIN leases j ON j.id = r.job
    JOIN documents d ON d.id = j.document JOIN urls u ON u.id = d.url
    WHERE u.url LIKE '%/differ.html'")
"$build/nianbao" explain --config "$calm/conf/nianbao.yaml" "$id.$cell" \
    >"$work/explain"
claim "explain shows what the other document says" \
    sh -c "grep -A 2 '^Other documents' '$work/explain' | grep -q 777"
claim "and the check that names the cell" \
    grep -q 'report.renderings FAILS' "$work/explain"

# ---- killed -------------------------------------------------------------------

wild=$work/wild
write_nb "$wild"
ended() {
    ask "$wild" "SELECT (SELECT count(*) FROM fetches) + (SELECT count(*)
        FROM leases WHERE state = 'loaded')" 2>/dev/null || echo 0
}
for n in 2 4 6 8 10 12; do
    "$build/nianbao" run --config "$wild/conf/nianbao.yaml" --json \
        >/dev/null 2>>"$wild/log" &
    pid=$!
    reached() {
        [ "$(ended)" -ge "$n" ] || ! kill -0 "$pid" 2>/dev/null
    }
    until_true 60 reached || give_up "the killed run does not go on"
    kill -9 $pid 2>/dev/null
    wait $pid 2>/dev/null
done
run_nianbao "$wild" || give_up "after the kills: $(tail -n 5 "$wild/run.log")"
places "$wild" >"$work/places.wild"
claim "a run killed on the way finds the same renderings" \
    diff "$work/places" "$work/places.wild"
latest() {
    find "$1/archives" -name '*.tar.zst' | sort | tail -n 1
}
claim "the archive is the same, byte for byte" \
    cmp "$archive" "$(latest "$wild")"

# ---- the next night -------------------------------------------------------------

# The page that agreed is corrected, its attachment is not.
sed -i '0,/<td>[0-9]*<\/td>/s//<td>555<\/td>/' "$site/nb/agree.html"
touch -d '2026-02-01' "$site/nb/agree.html"
run_nianbao "$calm" || give_up "the second run: $(tail -n 5 "$calm/run.log")"
places "$calm" >"$work/places.next"
claim "new content is a new revision, all else stays as published" \
    diff "$work/places.next" - <<END
$(cat "$work/places")
agree.html|is 2 valid
END
claim "the audit passes then" audit "$calm"

[ "$failures" = 0 ]
