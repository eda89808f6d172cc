#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# hostile - pages made to break their reader, between good reports, through
# the whole pipeline: each ends within its limits and with its reason, its
# neighbours are as they would be alone, and a second run says the same.
# shellcheck source=tests/flow/tap.sh
. "$(dirname "$0")/tap.sh"
# shellcheck source=tests/flow/site.sh
. "$(dirname "$0")/site.sh"

report=政府信息公开工作年度报告
site=$work/site
make_site "$site" 24
files=()
for format in "$root"/tests/data/*/; do
    case $format in
    */html/ | */text/) continue ;;
    esac
    for truth in "$format"*.expected.tsv; do
        for file in "${truth%.expected.tsv}".*; do
            [[ $file = *.tsv ]] || files+=("$file")
        done
        break # one of each format
    done
done
"$build/tests/nianbao-hostile" "$site" "${files[@]}" ||
    give_up "no hostile pages"

# ---- a column of good and hostile pages in turn ----------------------------

# Good reports: pages that are proved valid, found by reading each alone.
"$build/nianbao" extract --format csv "$site"/government/*/*.html \
    "$site"/bureaus/????????????????????????????????.html 2>/dev/null |
    awk -F , -v root="$site/" '$5 == "valid" && !seen[$1]++ {
        sub(root, "", $1); print $1 }' >"$work/good"
good_n=$(wc -l <"$work/good")

# The first of them, cut short at sixteen places before its last table ends.
whole=$site/$(head -n 1 "$work/good")
bytes=$(LC_ALL=C grep -abio '</table>' "$whole" | tail -n 1 | cut -d : -f 1)
for i in $(seq 1 16); do
    head -c $((bytes * i / 17)) "$whole" >"$site/case-cut-$i.html"
done
(cd "$site" && ls -d case-*.*) >"$work/bad"
printf 'fault/%s/case-fault.html\n' endless bomb truncated reset loop \
    headers >>"$work/bad"
{
    echo '<html><head><meta charset="utf-8"></head><body>'
    paste -d '\n' "$work/bad" "$work/good" | sed '/^$/d' |
        sed "s|.*|<a href=\"/&\">$report</a>|"
    echo '</body></html>'
} >"$work/index"
mkdir -p "$site/mixed"
mv "$work/index" "$site/mixed/index.html"
start_portal "$site"

# hostile_night FOLDER: configured and run; $portal is the same for all
hostile_night() {
    local lists
    mapfile -t lists < <(cd "$site" && ls -d list-*)
    write_conf "$1" 0 mixed "${lists[@]}" <<'CONF'
log_level: info
office_cpu_s: 0
CONF
    # addresses of the portal alone: a test asks nobody else
    sed -i -e '/^link_patterns:/,/^$/d' \
        -e 's/^retries_max:.*/retries_max: 0/' \
        -e 's/^list_pages_max:.*/list_pages_max: 8/' \
        "$1/conf/sources.d/sample.yaml"
    cat >>"$1/conf/sources.d/sample.yaml" <<CONF
link_patterns:
  - ^$portal/.*(case-|t[0-9]{8}_|[0-9a-f]{32}[.]html)
CONF
    run_nianbao "$1"
}

# ---- the first night ---------------------------------------------------------

# The highest memory of each program, in KB, for as long as a run lasts.
watch_memory() {
    local pid name kb
    while :; do
        for pid in $(pgrep -f "$1/conf/nianbao.yaml") \
            $(pgrep -f "^$build/nianbao-reader --memory"); do
            name=$(tr '\0' ' ' <"/proc/$pid/cmdline") || continue
            name=${name%% *}
            kb=$(awk '$1 == "VmHWM:" { print $2 }' "/proc/$pid/status")
            [ -z "$kb" ] || echo "${name##*/} $kb"
        done
        sleep 0.1
    done
}

night=$work/night
mkdir -p "$night"
watch_memory "$night" >"$work/memory" 2>/dev/null &
watcher=$!
hostile_night "$night"
status=$?
kill $watcher
claim "a night among hostile pages ends with status 0" [ $status = 0 ] ||
    tail -n 20 "$night/run.log"

# ask FOLDER SQL
ask() {
    sqlite3 -readonly "$1/state/ledger.sqlite" "$2"
}

# ended FOLDER: every page with its end and its reason
ended() {
    ask "$1" "SELECT replace(u.url, '$portal', ''), coalesce(l.state,
            CASE WHEN c.document IS NULL THEN '-' ELSE 'unpacked' END),
        coalesce(q.reason, l.reason, r.status || ' ' || r.reasons,
            (SELECT max(f.error) FROM fetches f WHERE f.url = u.id), '-')
        FROM urls u LEFT JOIN documents d ON d.url = u.id
        LEFT JOIN containers c ON c.document = d.id
        LEFT JOIN leases l ON l.sha256 = d.sha256
        LEFT JOIN quarantine q ON q.job = l.id
        LEFT JOIN reports r ON r.job = l.id ORDER BY 1"
}
ended "$night" >"$work/ended"

claim "every good neighbour is loaded and valid" [ "$(
    sed 's|.*|/&\|loaded\|valid|' "$work/good" | grep -cFf - "$work/ended"
)" = "$good_n" ]
claim "there are enough of them" [ "$good_n" -ge 12 ]

# is PATTERN REASON: how the case ended
is() {
    grep -Eq "^/$1.*\|$2" "$work/ended" || {
        grep -E "^/$1" "$work/ended"
        return 1
    }
}
each_has_its_reason() {
    local failed=0 name reason
    while read -r name reason; do
        is "case-$name" "quarantined\|reader.$reason:" || failed=1
    done <<'CASES'
attributes attributes
unclosed.html depth
unclosed-blocks depth
formatting depth
colspan size
wide-spans size
nested-tables depth
nested-cells depth
zeros none
only-zeros none
breaks memory
cells memory
links size
paragraphs size
short-paragraphs memory
tiny-tables size
long-table size
lists depth
headings size
svg depth
selects depth
bomb.zip size
bomb.docx size
entities entities
locked.zip encrypted
locked.doc encrypted
looping.doc size
deep.rtf depth
endless depth
torn none
CASES
    return $failed
}
claim "what asks for too much is quarantined, each for its reason" \
    each_has_its_reason
if [ -x "$build/nianbao-reader-pdf" ]; then
    claim "a PDF that opens with a password only is" \
        is case-locked.pdf 'quarantined\|reader.encrypted:'
fi
if [ -x "$build/nianbao-reader-ocr" ]; then
    claim "a picture too large to look at is" \
        is case-vast.png 'quarantined\|reader.size:'
fi
none_is_valid() {
    ! grep -E '^/case-' "$work/ended" | grep -F '|valid'
}
claim "no hostile page, and no report cut short, comes out valid" none_is_valid
all_of_them() {
    [ "$(grep -cE '^/(fault|case-)[^#|]*[|]' "$work/ended")" = "$(wc -l <"$work/bad")" ] &&
        ! grep -E '^/case-' "$work/ended" | grep -vE '\|(quarantined|rejected|loaded|unpacked)\|'
}
claim "each came to an end" all_of_them
faults() {
    is fault/endless/ '-\|limit: body too long' &&
        is fault/bomb/ '-\|limit: body too long' &&
        is fault/headers/ '-\|limit: headers too long' &&
        is fault/truncated/ '-\|truncated:' &&
        is fault/loop/ '-\|redirect: more than 5'
}
claim "bodies without end, bombs and loops are not kept" faults

lists() {
    is list-links/index '-\|list: reader.size' &&
        is list-base/index '-\|list: reader.size' &&
        is list-unclosed/index '-\|list: reader.depth' &&
        [ "$(grep -c '^/list-pages/' "$work/ended")" = 8 ]
}
claim "hostile list pages fail for their reason, or lead on within limits" lists
nobody_else() {
    ! grep -v '^/' "$work/ended"
}
claim "no link leads to a file, a script, another protocol or host" nobody_else

audit() {
    "$build/nianbao" audit --config "$night/conf/nianbao.yaml" \
        >"$work/audit.log" 2>&1 || {
        cat "$work/audit.log"
        return 1
    }
}
claim "the audit passes" audit

# at_most PROGRAM MB
at_most() {
    local kb
    kb=$(awk -v name="$1" '$1 == name && $2 > max { max = $2 }
        END { print max + 0 }' "$work/memory")
    echo "# $1 took at most $((kb / 1024)) MB"
    [ "$kb" -gt 0 ] && [ "$kb" -le $(($2 * 1024)) ]
}
if [ -z "${SANITIZE:-}" ]; then
    claim "the collector's memory is bounded" at_most nianbao-collector 160
    claim "the transformer's memory is bounded" at_most nianbao-transformer 96
    claim "the loader's memory is bounded" at_most nianbao-loader 256
    claim "the reader's memory is bounded" at_most nianbao-reader 384
fi

# ---- what people see -----------------------------------------------------------

no_control_characters() {
    ! LC_ALL=C grep -q "$(printf '[\001-\010\013-\037\177]')" "$@"
}
"$build/nianbao" extract --format table "$site/case-escapes.html" \
    >"$work/shown" 2>&1
"$build/nianbao" quarantine list --config "$night/conf/nianbao.yaml" \
    >>"$work/shown" 2>&1
claim "a document has no say over the terminal" \
    no_control_characters "$work/shown" "$night/run.log"

# ---- the same again --------------------------------------------------------------
hostile_night "$work/again"
ended "$work/again" >"$work/ended.again"
# What the machine had no time for says so, and is tried again next night.
# Of the two clocks of a document that takes too long, either may be first.
cat "$work/ended" "$work/ended.again" |
    sed -n 's/|[^|]*|.*reader[.]gone: the machine gave.*/|/p' >"$work/no-time"
for list in ended ended.again; do
    grep -vF -f "$work/no-time" "$work/$list" |
        sed -E 's/reader[.](cpu|wall): the document takes .*/reader: time/' \
            >"$work/$list.sure"
done
claim "another run gives every page the same end and reason" \
    diff "$work/ended.sure" "$work/ended.again.sure"

[ "$failures" = 0 ]
