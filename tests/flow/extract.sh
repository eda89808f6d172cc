#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# extract - nianbao extract: exit statuses, formats, where it may be run.
# shellcheck source=tests/flow/tap.sh
. "$(dirname "$0")/tap.sh"

nianbao=$build/nianbao
cases=$root/tests/data/html
valid=$cases/gb18030-declared-gb2312.html
flagged=$cases/results-do-not-add-up.html
letter=$cases/not-a-report-letter.html
page=$cases/headings-of-tables-missing.html
printf '%%PDF-1.7\n\001\002\003' >"$work/noise.pdf"

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
    [ $got = "$want" ] || {
        echo "# status $got instead of $want: $*"
        head -c 300 "$work/err" | sed 's/^/# /'
        return 1
    }
}

claim "a valid report ends with 0" ends 0 "$valid"
claim "a flagged one with 3" ends 3 "$valid" "$flagged"
claim "a letter with 4" ends 4 "$letter"
claim "4 beats 3" ends 4 "$flagged" "$letter"
claim "bytes that nobody reads end with 4" ends 4 "$work/noise.pdf"
claim "a missing file ends with 4" ends 4 "$work/nothing.html"
claim "a folder ends with 4" ends 4 "$work"
claim "no file is misuse" ends 2
claim "an unknown option is misuse" ends 2 --speed "$valid"
claim "an unknown format is misuse" ends 2 --format xml "$valid"
claim "a configuration that is not there ends with 1" \
    ends 1 --config "$work/none.yaml" "$valid"
claim "help ends with 0" ends 0 --help
claim "help shows an example" grep -q "nianbao extract report.html" "$work/out"

# ---- JSON lines -------------------------------------------------------------

# value FILTER: of the first line printed
value() {
    head -n 1 "$work/out" | python3 -c '
import json, sys
document = json.load(sys.stdin)
print(eval(sys.argv[1], {"d": document}))' "$1"
}
run "$valid" "$flagged" "$letter" "$work/noise.pdf" "$work/nothing.html"
claim "each file is one line, in the order given" \
    [ "$(wc -l <"$work/out")" = 5 ]
claim "the source is the path as given" [ "$(value 'd["source"]')" = "$valid" ]
claim "the digest is that of the bytes" \
    [ "$(value 'd["sha256"]')" = "$(sha256sum <"$valid" | cut -c1-64)" ]
claim "the year is a number" [ "$(value 'd["year"] + 0')" = 2022 ]
claim "the forms are named" [ "$(value 'd["forms"]["requests"]')" = 2021 ]
claim "the six sections are there" [ "$(value 'len(d["sections"])')" = 6 ]
claim "175 cells of the requests table are there" [ "$(value \
    'len([c for c in d["cells"] if c["table"] == "requests"])')" = 189 ]
claim "values are decimal text" [ "$(value \
    'all(c["value"].isdigit() for c in d["cells"] if c["table"] == "review")')" = True ]
claim "the keys are the documented ones" [ "$(value '" ".join(d)')" = \
    "source sha256 media_type charset reader title organization year published forms status reasons cells checks sections" ]
claim "the flagged one has its reasons" sh -c \
    "sed -n 2p '$work/out' | grep -q '\"status\":\"flagged\",\"reasons\":\[\"'"
claim "the unreadable ones say why" sh -c \
    "tail -n 2 '$work/out' | grep -c '\"reasons\":\[\"\(reader.none\|file.unreadable\): ' | grep -q 2"

# ---- CSV and table ------------------------------------------------------------

# Lines with other than the header's number of fields, and lines.
odd_rows() {
    python3 -c '
import csv, sys
rows = list(csv.reader(open(sys.argv[1], newline="", encoding="utf-8")))
print(len([r for r in rows if len(r) != len(rows[0])]), len(rows) > 200)' \
        "$work/out"
}
run --format csv "$valid" "$letter"
claim "CSV has one width" [ "$(odd_rows)" = "0 True" ]
claim "CSV has one header for all files" \
    [ "$(grep -c '^source,sha256,' "$work/out")" = 1 ]
claim "CSV keeps a row for what is no report" \
    grep -q 'not-a-report-letter.html,.*,unrecognized,"report.none: ' "$work/out"

run --format table "$flagged"
claim "the table shows the form's labels" \
    grep -q '本年新收政府信息公开申请数量' "$work/out"
claim "the table explains the failed check" \
    grep -q 'error   requests.results.* = .*difference' "$work/out"
claim "no colours but on a terminal" sh -c "! grep -q '$(printf '\033')' '$work/out'"

# ---- where it runs -------------------------------------------------------------

cp "$valid" "$work/a.html"
elsewhere() {
    (cd "$work" && "$nianbao" extract a.html >out) &&
        [ "$(value 'd["source"]')" = a.html ]
}
claim "it works from any folder" elsewhere
through_link() {
    ln -sf "$nianbao" "$work/nb" && (cd / && "$work/nb" extract "$valid" >"$work/out")
}
claim "it works through a link" through_link
from_input() {
    "$nianbao" extract - <"$valid" >"$work/out" && [ "$(value 'd["source"]')" = - ]
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

head -c 9000000 /dev/zero >"$work/large.html"
run "$work/large.html" "$valid"
claim "a file beyond the limit does not disturb the next" sh -c \
    "grep -c '\"status\":\"valid\"\|file.size' '$work/out' | grep -q 2"

"$build/nianbao-transformer" --dictionary --config conf/nianbao.yaml \
    >"$work/dictionary.md" && "$build/nianbao-loader" --dictionary \
    >>"$work/dictionary.md"
claim "the committed data dictionary is up to date" \
    cmp "$work/dictionary.md" docs/DATA_DICTIONARY.md
exit $((failures > 0))
