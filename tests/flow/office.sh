#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# office - a Word document that the direct reader cannot read, or whose
# tables do not pass, gets one second opinion.
#
# In place of LibreOffice stands nianbao-fakeoffice, which reads the HTML
# behind a document's own bytes; `make torture` asks LibreOffice itself.
# shellcheck disable=SC2317 # claims are called by name
# shellcheck source=tests/flow/tap.sh
. "$(dirname "$0")/tap.sh"

nianbao=$build/nianbao
valid=$root/tests/data/html/columns-in-another-order.html
flagged=$root/tests/data/html/results-do-not-add-up.html
docx=$root/tests/data/docx/written-by-libreoffice.docx

mkdir "$work/programs"
for program in "$build"/nianbao*; do
    [ -f "$program" ] && ln -s "$program" "$work/programs/"
done
ln -sf "$build/tests/nianbao-fakeoffice" \
    "$work/programs/nianbao-reader-office"

# configure NAME [LINE]...: the project's own, with other programs
configure() {
    local name=$1
    shift
    {
        grep -v -E '^(program_dir|office_cpu_s|forms_dir|sources_dir):' \
            "$root/conf/nianbao.yaml"
        echo "forms_dir: $root/conf/forms"
        echo "sources_dir: $root/conf/sources.d"
        echo "program_dir: $work/programs"
        printf '%s\n' "$@"
    } >"$work/$name.yaml"
}
configure with
configure without "office_cpu_s: 0"

# rtf: standard input as an RTF document without tables
rtf() {
    printf '{\\rtf1\\ansi '
    iconv -f UTF-8 -t UTF-16LE | od -An -v -tu2 -w2 | awk '{
        if ($1 == 10) printf "\\par "
        else printf "\\u%d?", ($1 > 32767 ? $1 - 65536 : $1) }'
    printf '}\n'
}

# Headings without tables: flagged by the direct reader.
rtf >"$work/headings.rtf" <<'END'
青石县人民政府2022年政府信息公开工作年度报告
一、总体情况
二、主动公开政府信息情况
三、收到和处理政府信息公开申请情况
四、政府信息公开行政复议、行政诉讼情况
END
cat "$work/headings.rtf" "$valid" >"$work/helped.rtf"
cat "$work/headings.rtf" "$flagged" >"$work/not-helped.rtf"
head -c 3000 "$docx" >"$work/torn.docx"
cat "$work/torn.docx" "$valid" >"$work/torn-helped.docx"
cat "$work/torn.docx" "$flagged" >"$work/torn-flagged.docx"

# says WHAT CONFIGURATION FILE: the record of FILE holds WHAT
says() {
    "$nianbao" extract --config "$work/$2.yaml" --format jsonl "$work/$3" \
        >"$work/out" 2>"$work/err" </dev/null
    grep -qF "$1" "$work/out" || {
        echo "# instead: $(cut -c1-400 "$work/out")"
        sed 's/^/# /' "$work/err"
        return 1
    }
}

claim "a second reading that passes is taken" \
    says '"status":"valid","reasons":[]' with helped.rtf
claim "and the record says who read it" \
    says '"reader":"libreoffice"' with helped.rtf
claim "one that does not pass either is not" \
    says '"reader":"rtf"' with not-helped.rtf
claim "a document that cannot be read is read the other way" \
    says '"status":"valid","reasons":[]' with torn-helped.docx
claim "even if that reading is flagged" \
    says '"status":"flagged","reasons":[' with torn-flagged.docx
claim "what neither can read keeps the direct reader's reason" \
    says '"reasons":["reader.broken: the zip file' with torn.docx
claim "without time for it nobody is asked" \
    says '"reader":"rtf"' without helped.rtf
rm "$work/programs/nianbao-reader-office"
claim "nor where its program is missing" \
    says '"reader":"rtf"' with helped.rtf
exit $((failures > 0))
