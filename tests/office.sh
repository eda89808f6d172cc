# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# office - LibreOffice for fixtures.sh and torture.sh: a work folder, and
# HTML converted to other formats.
set -euo pipefail
shopt -s extglob
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
BUILD=${BUILD:-build}
if ! command -v soffice >/dev/null; then
    echo "office: needs LibreOffice: apt-get install" \
        "libreoffice-writer-nogui libreoffice-calc-nogui" >&2
    exit 1
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# convert FORMAT FOLDER HTML...
convert() {
    local format=$1 to=$2
    local -a how
    shift 2
    case $format in
    doc) how=(--convert-to "doc:MS Word 97") ;;
    docx) how=(--convert-to "docx:MS Word 2007 XML") ;;
    rtf) how=(--convert-to "rtf:Rich Text Format") ;;
    odt) how=(--convert-to odt) ;;
    xls) how=("--infilter=HTML (StarCalc)" --convert-to "xls:MS Excel 97") ;;
    mht)
        save_pages "$to" "$@"
        return
        ;;
    pdf) how=("--infilter=HTML (StarWriter)"
        --convert-to pdf:writer_pdf_Export) ;;
    xlsx) how=("--infilter=HTML (StarCalc)" --convert-to xlsx) ;;
    *) return 1 ;;
    esac
    soffice "-env:UserInstallation=file://$work/profile" --headless \
        "${how[@]}" --outdir "$to" "$@" >/dev/null 2>"$work/soffice.log" ||
        {
            cat "$work/soffice.log" >&2
            return 1
        }
}

# save_pages FOLDER HTML...: as browsers and Word save them in one file, by
# turns in base64 and quoted-printable.
save_pages() {
    local to=$1 page turn=0 coding
    local -a codings=(base64 quoted-printable)
    shift
    mkdir -p "$to"
    for page in "$@"; do
        coding=${codings[turn++ % 2]}
        {
            printf 'MIME-Version: 1.0\r\nContent-Type: multipart/related;'
            printf '\r\n\tboundary="--=_Part"\r\n\r\n----=_Part\r\n'
            printf 'Content-Type: text/html\r\n'
            printf 'Content-Transfer-Encoding: %s\r\n\r\n' "$coding"
            if [ "$coding" = base64 ]; then
                base64 "$page"
            else
                perl -MMIME::QuotedPrint -0777 -pe '$_ = encode_qp($_)' "$page"
            fi
            printf '\r\n----=_Part--\r\n'
        } >"$to/$(basename "$page" .html).mht"
    done
}

# rtf_in_gbk FONTS FILE...: LibreOffice writes \u only; others write bytes of
# GBK, in fonts of FONTS (134 says so, 0 does not).
rtf_in_gbk() {
    local fonts=$1
    shift
    # shellcheck disable=SC2016 # perl's own variables
    FONTS=$fonts perl -MEncode -i -pe '
        sub bytes {
            my $said = shift;
            my $b = encode("gbk", chr(shift() & 0xffff), Encode::FB_QUIET);
            return length $b ? join "", map { sprintf "\\\x27%02x", ord }
                split //, $b : $said;
        }
        my $one = qr/\\\x27[0-9a-f]{2}/;
        s/(\\u(-?\d+)(?:\\\x27[89a-f].$one|$one))/bytes($1, $2)/ge;
        s/\\ansi\b/\\ansi\\ansicpg936/;
        s/\\fcharset0\b/\\fcharset$ENV{FONTS}/g;' "$@"
}

# rtf_slim FILE...: without borders, padding and gaps, half of a file.
rtf_slim() {
    perl -i -pe 's/\\(?:cl|tr)padf?[lrtb]\d+//g;
        s/\\s[ab]\d+//g;
        s/\\(?:cl|tr)brdr[lrtb](?:\\brdr[a-z]+\d*)*//g' "$@"
}

# pdf_slim HTML: one font for all, which comes with the file, and no long
# prose.
pdf_slim() {
    sed -i -e '/^<p>.\{60,\}/d' \
        -e 's|</head>|<style>body, p, td, h1, h3 { font-family: "WenQuanYi Zen Hei";\
            font-weight: normal; font-size: 10pt }</style></head>|' "$1"
}

# lower LINES HTML: move everything down, so that pages break elsewhere.
lower() {
    awk -v n="$1" '{ print }
        /<body/ { while (n-- > 0) print "<p>本页由办公室印发。</p>" }' "$2" \
        >"$2.lower"
    mv "$2.lower" "$2"
}

# truth FORMAT FILE: what is known, as the format can show it.  Numbers that
# LibreOffice finds in HTML lose the zeros at their end in a spreadsheet;
# those with wide digits or words stay texts.
truth() {
    if [[ $1 = xls?(x) ]] && [[ $2 != *-@(fullwidth|annotated|units)* ]]; then
        sed -E 's/(\t-?[0-9]+\.[0-9]*[1-9])0+$/\1/; s/(\t-?[0-9]+)\.0+$/\1/' \
            "$2"
    else
        cat "$2"
    fi
}
