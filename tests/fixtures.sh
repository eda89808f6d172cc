#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# fixtures - make the office cases (DOC to XLSX) and OFD of tests/data
# again; called by `make fixtures`.  Needs LibreOffice
# (libreoffice-writer-nogui and libreoffice-calc-nogui); the tests use what is
# committed.
#
# Reports are invented by nianbao-gen as HTML and converted.  What is known
# of them comes from the generator, not from a reader.
# shellcheck source=tests/office.sh
. "$(dirname "$0")/office.sh"

# case FORMAT NAME SEED LAYOUTS [LINES]
case_of() {
    local format=$1 name=$2 folder=tests/data/${1/%mht/mhtml} html
    html=$("$BUILD/tests/nianbao-gen" --seed "$3" --layout "$4" \
        --out "$work/html" | cut -f1)
    mv "$html" "$work/html/$name.html"
    if [ "$format" = pdf ]; then
        pdf_slim "$work/html/$name.html"
        lower "${5:-0}" "$work/html/$name.html"
    fi
    convert "$format" "$work/out" "$work/html/$name.html"
    case $format-$name in
    rtf-*gbk*) rtf_in_gbk 134 "$work/out/$name.rtf" ;;
    rtf-*fonts-say-nothing*) rtf_in_gbk 0 "$work/out/$name.rtf" ;;
    esac
    if [ "$format" = rtf ]; then
        rtf_slim "$work/out/$name.rtf"
    fi
    mkdir -p "$folder"
    cp "$work/out/$name.$format" "$folder/$name.$format"
    {
        printf '# status: valid\n'
        truth "$format" "${html%.html}.truth.tsv"
    } >"$folder/$name.expected.tsv"
    echo "made $folder/$name.$format"
}

# ofd_of NAME SEED WAYS LAYOUTS: our own maker writes it, no LibreOffice
ofd_of() {
    local made
    made=$("$BUILD/tests/nianbao-gen" --seed "$2" --layout "$4" --ofd "$3" \
        --out "$work/out" | cut -f1)
    mkdir -p tests/data/ofd
    cp "$made" "tests/data/ofd/$1.ofd"
    {
        printf '# status: valid\n'
        cat "${made%.ofd}.truth.tsv"
    } >"tests/data/ofd/$1.expected.tsv"
    echo "made tests/data/ofd/$1.ofd"
}

mkdir -p "$work/html" "$work/out"
ofd_of edges-as-paths 41 plain clean
ofd_of page-breaks-without-borders 42 open,long,scaled,break=20 form-2019
ofd_of header-repeated-bars-for-lines 43 header,bars,template,break=30 clean
ofd_of sideways-pages-vertical-labels 44 turned,vertical,long,list clean
ofd_of rows-torn-by-the-page 45 torn,one-path,glyph-ids,break=27 clean
ofd_of two-documents-newer-version 46 two,version,absolute,long clean
ofd_of rulings-in-a-group-white-lines 47 grouped,params,long beijing
ofd_of hidden-numbers-watermark-stamp 48 hidden,watermark,stamp,long clean
ofd_of text-without-steps-drawn-twice 49 no-delta,twice,backslash,long clean
case_of doc written-by-libreoffice 31 clean
case_of doc layout-tables-nested 32 nested
case_of doc form-of-2019 33 form-2019
case_of docx written-by-libreoffice 11 clean
case_of docx layout-tables-nested 12 nested
case_of docx table-split-by-page-label-repeated 13 split-label
case_of docx form-of-2019 14 form-2019
case_of docx labels-with-breaks 15 label-breaks
case_of docx headings-with-other-numbers 16 heading-numerals
case_of mht base64 51 clean
case_of mht form-of-2019 52 form-2019
case_of pdf written-by-libreoffice 91 clean
case_of pdf page-break-in-every-table 92 clean 24
case_of pdf form-of-2019 93 form-2019 7
# A page of the requests table alone, scanned in black and white.  EDIT is
# done to what is printed, LOST to what is to be read: NAME SEED LAYOUT
# [EDIT LOST]
scan_of() {
    local name=$1 html
    html=$("$BUILD/tests/nianbao-gen" --seed "$2" --layout "$3" \
        --out "$work/html" | cut -f1)
    sed -i -e "${4:-}" "$html"
    convert pdf "$work/out" "$html"
    rm -f "$work/out"/page-*
    pdftoppm -r 200 -f 2 -l 2 "$work/out/$(basename "$html" .html).pdf" \
        "$work/out/page"
    mkdir -p tests/data/picture
    "$BUILD/tests/nianbao-scan" --dpi 200 --bilevel \
        --out "tests/data/picture/$name.tif" "$work/out"/page-*.ppm
    {
        printf '# status: flagged\n'
        grep -E '^(table|requests)	' "${html%.html}.truth.tsv" |
            grep -vE '	(other|total|carried_forward)	' |
            sed -e "${5:-}"
    } >"tests/data/picture/$name.expected.tsv"
    echo "made tests/data/picture/$name.tif"
}
scan_of requests-page-of-two-colours 1 clean
# A point that is too faint to be seen would stand between digits so far apart.
scan_of digits-with-room-between 1 clean \
    's|<td>37</td>\(.*\)<td>46</td>|<td>3 7</td>\1<td>4 6</td>|' \
    's/^\(requests	new	\(natural_person\|total\)	\).*/\1/'
# The requests table on a page of its own, without rulings.
bare_scan_of() {
    local name=$1 html style page=1
    html=$("$BUILD/tests/nianbao-gen" --seed "$2" --layout "$3" \
        --out "$work/html" | cut -f1)
    style='@page { size: 29.7cm 42cm } h3 { page-break-before: always }
td, th, p { font-size: 10.5pt } td, th { padding: 1mm; text-align: center }'
    sed -i -e 's/ border="1"//' \
        -e "s|</head>|<style>${style/$'\n'/ }</style>&|I" "$html"
    convert pdf "$work/out" "$html"
    html=${html%.html}
    until pdftotext -f $page -l $page "$work/out/${html##*/}.pdf" - |
        grep -q 三、收到和处理; do
        page=$((page + 1))
    done
    rm -f "$work/out"/page-*
    pdftoppm -r 200 -f $page -l $page "$work/out/${html##*/}.pdf" \
        "$work/out/page"
    "$BUILD/tests/nianbao-scan" --dpi 200 --bilevel \
        --out "tests/data/picture/$name.tif" "$work/out"/page-*.ppm
    {
        printf '# status: flagged\n'
        grep -E '^(table|requests)	' "$html.truth.tsv"
    } >"tests/data/picture/$name.expected.tsv"
    echo "made tests/data/picture/$name.tif"
}
bare_scan_of requests-page-without-rulings 6 form-2019
# The same page where a web page shows nothing but it.
page_of() {
    printf '<html><head><meta charset="utf-8"></head><body>\n'
    printf '<h1>澄塘市教育局2019年度政府信息公开工作年度报告</h1>\n'
    printf '<p>发布日期：2020-01-17</p>\n<p><img src="%s"></p>\n' "$1"
    printf '<p>版权所有：澄塘市教育局</p></body></html>\n'
}
web_page_of() {
    local from=tests/data/picture/$1 to=tests/data/picture/$2
    page_of "data:image/tiff;base64,$(base64 -w 0 "$from.tif")" >"$to.html"
    {
        printf 'MIME-Version: 1.0\r\nContent-Type: multipart/related;'
        printf ' type="text/html"; boundary="=_part"\r\n\r\n--=_part\r\n'
        printf 'Content-Type: text/html\r\n'
        printf 'Content-Location: https://www.example.cn/a/b.html\r\n\r\n'
        page_of ../i/1.tif
        printf '\r\n--=_part\r\nContent-Type: image/tiff\r\n'
        printf 'Content-Transfer-Encoding: base64\r\n'
        printf 'Content-Location: https://www.example.cn/i/1.tif\r\n\r\n'
        base64 -w 76 "$from.tif"
        printf '\r\n--=_part--\r\n'
    } >"${to/in-the-page/beside-the-page}.mht"
    cp "$from.expected.tsv" "$to.expected.tsv"
    cp "$from.expected.tsv" "${to/in-the-page/beside-the-page}.expected.tsv"
    echo "made $to.html and its like"
}
web_page_of requests-page-of-two-colours pictures-in-the-page
case_of rtf written-by-libreoffice 41 clean
case_of rtf layout-tables-nested 42 nested
case_of rtf bytes-of-gbk 43 label-breaks
case_of rtf bytes-and-fonts-say-nothing 44 form-2019
case_of rtf table-split-by-page-label-repeated 45 split-label
case_of xls written-by-libreoffice 61 clean
case_of xls all-tables-in-one 62 one-table
case_of xls merged-cells-repeated 63 repeat-all
case_of xls numbers-with-thousands 64 thousands
case_of xls form-of-2019 65 form-2019
case_of xlsx written-by-libreoffice 21 clean
case_of xlsx all-tables-in-one 22 one-table
case_of xlsx merged-cells-repeated 23 repeat-all
case_of xlsx numbers-with-thousands 24 thousands
case_of xlsx form-of-2019 25 form-2019
