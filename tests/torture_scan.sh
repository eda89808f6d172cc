#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# torture_scan - every layout printed by LibreOffice, scanned at 150, 200 and
# 300 dpi: clean, noisy, turned, bad, under a seal; called by `make torture`.
# Needs LibreOffice and pdftoppm.
#
# Each cell must be exact or its report flagged.  The three resolutions and
# five damages go round the layouts; LAYOUTS (all) are taken.  Some are printed
# without rulings as well, with gaps of other widths.  Prints TAP and lines of
# counts.
# shellcheck source=tests/office.sh
. "$(dirname "$0")/office.sh"

# LibreOffice prints half of "nested" beside the page.
mapfile -t layouts < <("$BUILD/tests/nianbao-gen" --list |
    awk '$1 == "layout" &&
        $2 !~ /^(dump-.*|utf16|gbk|gb18030|bom|crlf|nested)$/ {
        print $2 }' | head -n "${LAYOUTS:-999}")
damages=("--quality 90" "--noise 8 --quality 75"
    "--skew 0.6 --noise 8 --quality 60"
    "--skew -1.3 --blur 0.7 --noise 12 --quality 40"
    "--skew 0.9 --noise 6 --stamp --quality 70")
dpis=(200 300 150)
mkdir -p "$work/html" "$work/pdf" "$work/scan"
for i in "${!layouts[@]}"; do
    "$BUILD/tests/nianbao-gen" --seed $((3000 + i)) \
        --layout "${layouts[i]}" --out "$work/html" >/dev/null
done
# What would run off the page is printed on wider paper.
for file in "$work"/html/*-@(word|repeat-all|one-table).html; do
    [ ! -f "$file" ] ||
        sed -i 's|</head>|<style>@page { size: 42cm 29.7cm }</style>&|I' "$file"
done
# bare LAYOUT NAME STYLE...: the same page without rulings
bare() {
    local file
    for file in "$work"/html/*-"$1".html; do
        [ -f "$file" ] || continue
        sed -e 's/ border="1"//' -e "s|</head>|<style>${*:3}</style>&|" \
            "$file" >"${file%-"$1".html}-bare-$2.html"
        cp "${file%.html}.truth.tsv" "${file%-"$1".html}-bare-$2.truth.tsv"
    done
}
bare form-2019 small "td, th, p { font-size: 11pt }" \
    "td, th { padding: 0.5mm }"
bare zeros middle "td, th, p { font-size: 10.5pt }" \
    "td, th { padding: 1mm; text-align: center }"
bare clean wide "@page { size: 29.7cm 21cm; margin: 2cm }" \
    "td, th, p { font-size: 10pt } td, th { padding: 2.5mm }"
bare thousands narrow "td, th, p { font-size: 9pt }" \
    "td, th { padding: 0.5mm }"
convert pdf "$work/pdf" "$work"/html/*.html
round=0
for pdf in "$work"/pdf/*.pdf; do
    name=$(basename "$pdf" .pdf)
    for scan in 1 2; do
        dpi=${dpis[round % 3]}
        read -ra damage <<<"${damages[round % 5]}"
        round=$((round + 1))
        pdftoppm -r "$dpi" "$pdf" "$work/page"
        "$BUILD/tests/nianbao-scan" --dpi "$dpi" --seed "$round" \
            "${damage[@]}" --out "$work/scan/$name-$scan.pdf" "$work"/page-*
        rm "$work"/page-*
        {
            printf '# status: either\n'
            cat "$work/html/$name.truth.tsv"
        } >"$work/scan/$name-$scan.expected.tsv"
    done
done
status=0
"$BUILD/tests/nianbao-exact" --cases "$work/scan" >"$work/tap" || status=1
cat "$work/tap"
# count NAME FILE: what is printed of the documents named in FILE
count() {
    grep -F -f "$2" "$work/tap" | awk -v name="$1" '/^(not )?ok/ {
        for (i = 1; i < NF; i++) {
            if ($(i + 1) ~ /^cells/) cells += $i
            if ($(i + 1) ~ /^exact/) exact += $i
            if ($(i + 1) ~ /^wrong/) wrong += $i } }
        END { printf "# scans %s: %d cells, %d exact (%.2f %%), %d wrong\n",
            name, cells, exact, cells ? 100 * exact / cells : 0, wrong }'
}
for file in "$work"/html/*.html; do
    grep -qiE 'border|rules=' "$file" && to=ruled || to=bare
    echo " $(basename "$file" .html)-" >>"$work/$to"
done
for kind in ruled bare; do
    [ ! -f "$work/$kind" ] || count "$kind" "$work/$kind"
done
exit $status
