#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# torture - every layout that the generator knows as DOC, DOCX, MHTML, ODT,
# PDF, RTF, XLS and XLSX, each cell compared; called by `make torture`.  Needs
# LibreOffice.
#
# ROUNDS (2) documents a layout and format; FORMATS (all) in this order.
# rtf-gbk is RTF with bytes of a code page; ODT is read by LibreOffice alone.  Layouts that exist in text or in
# an encoding only are left out, and as sheets layout tables, which
# LibreOffice spreads over 300 columns.  Prints TAP and a last line of counts.
# shellcheck source=tests/office.sh
. "$(dirname "$0")/office.sh"

status=0
mkdir -p "$work/html"
mapfile -t layouts < <("$BUILD/tests/nianbao-gen" --list |
    awk '$1 == "layout" && $2 !~ /^(dump-.*|utf16|gbk|gb18030|bom|crlf)$/ {
        print $2 }')
for ((round = 1; round <= ${ROUNDS:-2}; round++)); do
    for i in "${!layouts[@]}"; do
        "$BUILD/tests/nianbao-gen" --seed $((round * 1000 + i)) \
            --layout "${layouts[i]}" --out "$work/html" >/dev/null
    done
done
# As PDF the same with page breaks elsewhere in each, and one layout with a
# break at each of its rows.
lower_all() {
    local html lines=0
    mkdir -p "$work/lower"
    cp "$work"/html/* "$work/lower"
    for ((i = 0; i < ${BREAKS:-45}; i++)); do
        "$BUILD/tests/nianbao-gen" --seed $((9000 + i)) --layout clean \
            --out "$work/lower" >/dev/null
    done
    for html in "$work"/lower/*.html; do
        lower $((lines++ % 45)) "$html"
    done
    cp "$work"/lower/*.truth.tsv "$work/html/" # where truths are looked for
}
for format in ${FORMATS:-doc docx mht odt pdf rtf rtf-gbk xls xlsx}; do
    mkdir -p "$work/$format"
    if [[ $format = xls?(x) ]]; then
        rm -f "$work"/html/*-nested.*
    fi
    if [ "$format" = rtf-gbk ]; then
        convert rtf "$work/$format" "$work"/html/*.html
        rtf_in_gbk 134 "$work/$format"/*[02468]-*.rtf
        rtf_in_gbk 0 "$work/$format"/*[13579]-*.rtf
    elif [ "$format" = pdf ]; then
        lower_all
        convert pdf "$work/pdf" "$work"/lower/*.html
    else
        convert "$format" "$work/$format" "$work"/html/*.html
    fi
    for file in "$work"/html/*.truth.tsv; do
        # LibreOffice itself loses row ends that HTML leaves out, puts
        # tables without a header right below others, lets the widest run
        # off the page, and tears labels and their numbers at its end:
        # flagged is enough.
        case $format-$file in
        xls?(x)-*-unclosed.* | @(doc|rtf|rtf-gbk|xls|xlsx)-*-split-bare.*) printf '# status: either\n' ;;
        pdf-*-@(word|nested|repeat-all|label-breaks|split-bare|thead).*) printf '# status: either\n' ;;
        esac >"$work/$format/$(basename "$file")"
        truth "$format" "$file" >>"$work/$format/$(basename "$file")"
    done
    find "$work/html" -name '*.mustflag' -exec cp -t "$work/$format" {} + ||
        status=1
    "$BUILD/tests/nianbao-exact" --cases "$work/$format" \
        >"$work/$format.tap" || status=1
    cat "$work/$format.tap"
    echo "# $format: $(find "$work/$format" -name "*.${format%-*}" | wc -l)" \
        "documents, $(grep -c '^ok' "$work/$format.tap") as they must be," \
        "${#layouts[@]} layouts"
done
# One misread cell in 100,000 reports, and two: found and restored?
"$BUILD/tests/nianbao-localize" --errors "${ERRORS:-100000}" \
    --pairs "${PAIRS:-20000}" || status=1
exit $status
