#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# extract - nianbao extract: exit statuses, formats, where it may be run.
# shellcheck disable=SC2317 # claims are called by name
# shellcheck source=tests/flow/tap.sh
. "$(dirname "$0")/tap.sh"

nianbao=$build/nianbao
cases=$root/tests/data/html
valid=$cases/gb18030-declared-gb2312.html
flagged=$cases/results-do-not-add-up.html
letter=$cases/not-a-report-letter.html
page=$cases/headings-of-tables-missing.html
printf '\001\002\003\000\000\000\004\005' >"$work/noise.bin"

# run ARGUMENT...: what it prints in $work/out and $work/err, its status
run() {
    "$nianbao" extract "$@" >"$work/out" 2>"$work/err" </dev/null
}

# ends STATUS ARGUMENT...
ends() {
    local want=$1 got
    shift
    run "$@"
    got=$?
    [ "$got" = "$want" ] || {
        echo "# status $got instead of $want: $*"
        head -c 300 "$work/err" | sed 's/^/# /'
        return 1
    }
}

claim "a valid report ends with 0" ends 0 "$valid"
claim "a flagged one with 3" ends 3 "$valid" "$flagged"
claim "a letter with 4" ends 4 "$letter"
claim "4 beats 3" ends 4 "$flagged" "$letter"
claim "bytes that nobody reads end with 4" ends 4 "$work/noise.bin"
claim "a missing file ends with 4" ends 4 "$work/nothing.html"
claim "a folder ends with 4" ends 4 "$work"
claim "no file is misuse" ends 2
claim "an unknown option is misuse" ends 2 --speed "$valid"
claim "an unknown format is misuse" ends 2 --format xml "$valid"
claim "a configuration that is not there ends with 1" \
    ends 1 --config "$work/none.yaml" "$valid"
claim "help ends with 0" ends 0 --help
claim "help shows an example" grep -q "nianbao extract report.html" "$work/out"

# ---- damaged ----------------------------------------------------------------

# Its table of objects and its text are lost; it was a report, who knows.
cat >"$work/torn.pdf" <<'PDF'
%PDF-1.4
1 0 obj
<</Type/Catalog/Pages 2 0 R>>
endobj
2 0 obj
<</Type/Pages/Kids[3 0 R]/Count 1>>
endobj
3 0 obj
<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>
endobj
PDF
torn() {
    ends 4 --format jsonl "$work/torn.pdf" &&
        grep -q '"reader.broken: the file is damaged' "$work/out"
}
if [ -x "$build/nianbao-reader-pdf" ]; then
    claim "what is left of a torn file is not judged" torn
fi

# ---- JSON lines -------------------------------------------------------------

# line N holds TEXT
line() {
    sed -n "$1p" "$work/out" | grep -qF "$2"
}
run "$valid" "$flagged" "$letter" "$work/noise.bin" "$work/nothing.html"
claim "each file is one line, in the order given" \
    [ "$(wc -l <"$work/out")" = 5 ]
claim "the source is the path as given" line 1 "{\"source\":\"$valid\","
claim "the digest is that of the bytes" \
    line 1 "\"sha256\":\"$(sha256sum <"$valid" | cut -c1-64)\""
claim "the year is a number" line 1 '"year":2022,'
claim "the forms are named" line 1 \
    '"forms":{"proactive":"2021","requests":"2021","review":"2021"}'
claim "a valid report has no reasons" line 1 '"status":"valid","reasons":[]'
claim "all cells of the requests table are there" [ "$(sed -n 1p "$work/out" |
    grep -o '{"table":"requests"' | wc -l)" = 175 ]
claim "values are decimal text" line 1 '"column":"total","value":"'
claim "checks that passed are there too" line 1 \
    '{"rule":"requests.balance.total","form":"2021",'
claim "the sections are there" line 1 '"sections":[{"number":1,"heading":"'
claim "the flagged one has its reasons" line 2 \
    '"status":"flagged","reasons":["'
claim "no report has no cells" line 3 '],"cells":[],"checks":[],"sections":[]}'
claim "bytes that nobody reads say so" line 4 '"reasons":["reader.none: '
claim "a missing file says so" line 5 '"reasons":["file.unreadable: '

# ---- CSV and table ------------------------------------------------------------

run --format csv "$valid" "$letter"
claim "CSV has a line for each cell" [ "$(wc -l <"$work/out")" -gt 200 ]
claim "CSV has one header for all files" \
    [ "$(grep -c '^source,sha256,' "$work/out")" = 1 ]
claim "CSV keeps a row for what is no report" \
    grep -q 'not-a-report-letter.html,.*,unrecognized,"report.none: ' "$work/out"

run --format table "$flagged"
claim "the table shows the form's labels" \
    grep -q '本年新收政府信息公开申请数量' "$work/out"
claim "the table explains the failed check" \
    grep -q 'error   requests.results.total: the results must add up' "$work/out"
claim "and names its cells" \
    grep -q '19 cells = 88; .*总计/总计 = 82; difference 6' "$work/out"
claim "no colours but on a terminal" sh -c "! grep -q '$(printf '\033')' '$work/out'"

# ---- where it runs -------------------------------------------------------------

cp "$valid" "$work/a.html"
elsewhere() {
    (cd "$work" && "$nianbao" extract a.html >out) &&
        line 1 '{"source":"a.html",'
}
claim "it works from any folder" elsewhere
through_link() {
    ln -sf "$nianbao" "$work/nb" && (cd / && "$work/nb" extract "$valid" >"$work/out")
}
claim "it works through a link" through_link
from_input() {
    "$nianbao" extract - <"$valid" >"$work/out" && line 1 '{"source":"-",'
}
claim "- is standard input" from_input
claim "other forms may be named" ends 0 --forms "$root/conf/forms" "$valid"
mkdir "$work/forms"
claim "a folder without forms ends with 1" ends 1 --forms "$work/forms" "$valid"
full_disk() {
    "$nianbao" extract "$valid" >/dev/full 2>"$work/err"
    [ $? = 1 ] && grep -q "output" "$work/err"
}
claim "output that cannot be written ends with 1" full_disk
claim "titles of tables may be missing" ends 0 "$page"

head -c 34000000 /dev/zero >"$work/large.html"
run "$work/large.html" "$valid"
claim "a file beyond the limit does not disturb the next" sh -c \
    "grep -c '\"status\":\"valid\"\|file.size' '$work/out' | grep -q 2"

"$build/nianbao-transformer" --dictionary --config conf/nianbao.yaml \
    >"$work/dictionary.md" && "$build/nianbao-loader" --dictionary \
    >>"$work/dictionary.md"
claim "the committed data dictionary is up to date" \
    cmp "$work/dictionary.md" docs/DATA_DICTIONARY.md
exit $((failures > 0))
