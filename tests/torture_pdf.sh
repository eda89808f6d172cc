#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# torture_pdf - every layout as PDF by LibreOffice, with page breaks at every
# row; called by `make torture`.
#
# Empty lines before a table move the break row by row; sizes of letters and
# paper, margins and paddings change with them.  Each cell must be exact or
# its report flagged.  VARIANTS (12) documents a layout.  Prints TAP and a
# line of counts.
# shellcheck source=tests/office.sh
. "$(dirname "$0")/office.sh"

gen=$BUILD/tests/nianbao-gen
variants=${VARIANTS:-12}
sizes=(8 9 10 10.5 11 12 14)
paddings=(0 0.5 1 1.5 2.5)
margins=(1.5 2 2.5)
html=$work/html
pdf=$work/pdf
mkdir -p "$html" "$pdf" "$work/plain"

# vary FILE N TO: the same report, its tables elsewhere on the pages
vary() {
    local file=$1 n=$2 to=$3
    local paper="21cm 29.7cm"
    case $n-$file in
    *-*-@(word|nested|repeat-all|one-table).*) paper="42cm 29.7cm" ;;
    *[37]-*) paper="29.7cm 21cm" ;;
    esac
    awk -v table=$((n % 3 + 1)) -v blank=$((n * 7 % 46)) -v style="<style>\
@page { size: $paper; margin: ${margins[n % 3]}cm }\
 td, th, p { font-size: ${sizes[n % 7]}pt }\
 td, th { padding: ${paddings[n % 5]}mm }</style>" '
        BEGIN { RS = "<"; ORS = "" }
        tolower($0) ~ /^table/ && ++tables == table {
            for (i = 0; i < blank; i++)
                print "<p>&nbsp;</p>\n"
        }
        tolower($0) ~ /^\/head>/ { print style }
        NR > 1 { print "<" }
        { print }' "$file" >"$to"
}

mapfile -t layouts < <("$gen" --list |
    awk '$1 == "layout" && $2 !~ /^(dump-.*|utf16|gbk|gb18030|bom|crlf)$/ {
        print $2 }')
for i in "${!layouts[@]}"; do
    "$gen" --seed $((3000 + i)) --layout "${layouts[i]}" --out "$work/plain" \
        >/dev/null
done
for file in "$work"/plain/*.html; do
    name=$(basename "$file" .html)
    for ((n = 1; n <= variants; n++)); do
        vary "$file" "$n" "$html/$n-$name.html"
        printf '# status: either\n' | cat - "${file%.html}.truth.tsv" \
            >"$pdf/$n-$name.expected.tsv"
    done
done
# One LibreOffice does not live for a thousand documents.
for ((n = 1; n <= variants; n++)); do
    convert pdf "$pdf" "$html/$n"-*.html
done
status=0
"$BUILD/tests/nianbao-exact" --cases "$pdf" >"$work/tap" || status=1
cat "$work/tap"
echo "# pdf: $(grep -c '^ok' "$work/tap") documents as they must be," \
    "$(grep -c '^ok.*, valid' "$work/tap") valid," \
    "$(grep -c '^not ok' "$work/tap" || true) wrong, ${#layouts[@]} layouts"
exit $status
